//! The host's shell: lines become commands, and each command goes where it belongs.

use super::{Mode, Pending, Screen, Terminal, host};
use crate::{
    command::{self, lex, lex::Link},
    engine::{ChunkKind, Event, Outcome, Output},
    order::Map,
};

impl Terminal {
    /// Works through what is pending while somebody takes input.
    pub(super) fn drain(&mut self, screen: &mut Screen) {
        while !self.is_running() && !matches!(self.mode, Mode::Login(_)) {
            let Some(next) = self.pending.pop_front() else { return };
            match next {
                Pending::Line(at, count, line) => self.line(at, count, &line, screen),
                Pending::Command(command) => self.simple(&command, screen),
                Pending::End(at, count, line) => self.end_of_line(at, count, &line, screen),
            }
        }
        if self.is_running() && !self.pending.is_empty() {
            self.pending.clear();
            let note = "The lines after this one were not carried out: a program runs.";
            screen.output.push(ChunkKind::Note, note.to_owned());
        }
    }

    fn line(&mut self, at: usize, count: usize, line: &str, screen: &mut Screen) {
        let lex::Cleaned { text, notes } = lex::clean(line);
        for note in notes {
            screen.output.push(ChunkKind::Note, note);
        }
        if count > 1 {
            screen.output.push(ChunkKind::Stdout, format!("{}{text}", self.prompt()));
        }
        if let Mode::Container(mut attached) = std::mem::replace(&mut self.mode, Mode::Host) {
            let output = self.engine.type_line(&mut attached, &text);
            let exit = attached.prompt().is_some().then_some(output.exit);
            self.record(typed(&text, exit));
            self.attach(attached, output, screen);
            return;
        }
        self.history.push(text.clone());
        match lex::commands(&text) {
            Ok(commands) => {
                if count > 1 {
                    self.pending.push_front(Pending::End(at, count, text));
                }
                for command in commands.into_iter().rev() {
                    self.pending.push_front(Pending::Command(command));
                }
            }
            Err(error) => {
                self.last = 2;
                screen.print(Output::error(format!("bash: {error}"), 2));
            }
        }
    }

    /// After a line of several: the others wait for its success.
    fn end_of_line(&mut self, at: usize, count: usize, line: &str, screen: &mut Screen) {
        if self.last != 0 && at < count {
            self.pending.clear();
            let note = format!(
                "Stopped after line {at} of {count}: `{line}` ended with exit code {}.",
                self.last
            );
            screen.output.push(ChunkKind::Note, note);
        }
    }

    fn simple(&mut self, command: &lex::Simple, screen: &mut Screen) {
        match command.link {
            Link::Always => {}
            Link::And if self.last == 0 => {}
            Link::Or if self.last != 0 => {}
            Link::And | Link::Or => return,
            Link::Pipe => {
                let note = "Dockwright does not simulate pipes between commands yet.";
                screen.print(Output::default().note(note).exit(1));
                self.last = 1;
                return;
            }
        }
        let last = self.last.to_string();
        let env = &self.env;
        let value = |name: &str| match name {
            "?" => Some(last.clone()),
            "PWD" => {
                Some(format!("/home/user/{}", self.directory).trim_end_matches('/').to_owned())
            }
            _ => env.get(name).cloned(),
        };
        let words: Vec<String> = command.words.iter().map(|it| it.expand(&value)).collect();
        let target = command.redirect.as_ref().map(|it| (it.target.expand(&value), it.append));
        let words: Vec<String> = words.into_iter().skip_while(String::is_empty).collect();
        let mut inner = Screen::default();
        self.program(&words, &mut inner);
        if let Some((target, append)) = target {
            inner.output = self.redirect(inner.output, &target, append);
        }
        screen.cleared |= inner.cleared;
        screen.open = inner.open.or(screen.open.take());
        if inner.cleared {
            screen.output = Output::default();
        }
        screen.print(inner.output);
    }

    fn program(&mut self, words: &[String], screen: &mut Screen) {
        let Some((name, args)) = words.split_first() else { return };
        if name == "docker" {
            return self.docker(args, screen);
        }
        let output = host::run(self, screen, name, args);
        self.last = output.exit;
        let event = Event::Command {
            name: name.clone(),
            flags: Map::new(),
            args: args.to_vec(),
            exit: Some(output.exit),
        };
        self.record(event);
        screen.print(output);
    }

    fn docker(&mut self, words: &[String], screen: &mut Screen) {
        match command::invocation(words, self.engine.profile) {
            Err(failure) => {
                self.last = failure.exit;
                let event = Event::Command {
                    name: command::usual_name(words),
                    flags: Map::new(),
                    args: words.to_vec(),
                    exit: Some(failure.exit),
                };
                self.record(event);
                let output = Output::default().out(failure.stdout).err(failure.stderr);
                screen.print(output.exit(failure.exit));
            }
            Ok(invocation) => {
                if !invocation.accepted.is_empty() {
                    let names = invocation.accepted.join("`, `");
                    let note =
                        format!("Accepted, but without effect in the simulation: `{names}`.");
                    screen.output.push(ChunkKind::Note, note);
                }
                self.open_event = Some(self.engine.events().len());
                self.record(Event::Command {
                    name: invocation.name.clone(),
                    flags: invocation.flags.clone(),
                    args: invocation.args.clone(),
                    exit: None,
                });
                let host =
                    super::Host { files: &self.files, directory: &self.directory, env: &self.env };
                let outcome: Outcome = self.engine.apply(&invocation, &host);
                self.take(outcome, screen);
            }
        }
    }

    /// Puts the standard output of a command into a file.
    fn redirect(&mut self, output: Output, target: &str, append: bool) -> Output {
        let text = output.stdout();
        let chunks = output.chunks.into_iter().filter(|it| it.kind != ChunkKind::Stdout).collect();
        let rest = Output { chunks, exit: output.exit };
        if target == "/dev/null" {
            return rest;
        }
        let Some(path) = self.host().locate(target) else {
            self.last = 1;
            return rest.err(format!("bash: {target}: Permission denied")).exit(1);
        };
        self.files.change(path, |file| {
            if append {
                file.push_str(&text);
            } else {
                *file = text;
            }
        });
        rest
    }
}

/// A line typed into a container, as an event.
fn typed(line: &str, exit: Option<u8>) -> Event {
    let mut words = lex::words(line).unwrap_or_default().into_iter();
    Event::Command {
        name: words.next().unwrap_or_default(),
        flags: Map::new(),
        args: words.collect(),
        exit,
    }
}
