//! `bash` and `sh`: a prompt, a script in one argument, and a few builtins.

use super::{Foreground, Process, Ran, complain};
use crate::{
    command::lex::{self, Link, Simple},
    engine::{
        ChunkKind, Output,
        root::{NotStarted, join},
    },
};

/// A shell that waits for lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// How it was called: `bash`, `/bin/sh`.
    pub name: String,
    /// The exit code of the last command.
    pub last: u8,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The shell waits for the next one.
    Done(Output),
    /// A program goes on.
    Foreground(Output, Foreground),
    /// The shell has ended.
    Exit(Output),
}

/// Starts a shell: with `-c` a script, with a word a file to read, else a prompt.
pub fn start(process: &mut Process, name: &str, args: &[String]) -> Ran {
    let mut shell = Shell { name: name.to_owned(), last: 0 };
    let mut words = args.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            flags if flags.starts_with('-') && !flags.starts_with("--") && flags.contains('c') => {
                let Some(script) = words.next() else {
                    return Ran::Done(complain(
                        format!("{name}: -c: option requires an argument"),
                        2,
                    ));
                };
                return match shell.script(process, script) {
                    Line::Done(output) | Line::Exit(output) => Ran::Done(output),
                    Line::Foreground(output, program) => Ran::Foreground(output, program),
                };
            }
            flag if flag.starts_with('-') => {}
            file => return Ran::Done(shell.read_file(process, file)),
        }
    }
    if process.stdin {
        return Ran::Foreground(Output::default(), Foreground::Shell(shell));
    }
    if process.tty {
        let note = "The shell has a terminal, but its input is closed: it was started without -i.";
        let output = Output::default().note(note);
        return Ran::Foreground(output, Foreground::Waiting(name.to_owned()));
    }
    // Without input it reads the end of its script at once.
    Ran::Done(Output::default())
}

impl Shell {
    /// Whether this is bash, which words errors in its own way.
    pub fn is_bash(&self) -> bool {
        self.name.rsplit('/').next() == Some("bash")
    }

    /// What stands before the next line.
    pub fn prompt(&self, process: &Process) -> String {
        if !process.tty {
            return String::new();
        }
        let user = super::system::user(process);
        let mark = if user == "root" { '#' } else { '$' };
        let host = &process.hostname;
        let home = if user == "root" { "/root".to_owned() } else { format!("/home/{user}") };
        let place = match process.directory.strip_prefix(&home) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("~{rest}"),
            Some(_) | None => process.directory.clone(),
        };
        match (self.is_bash(), process.is_busybox()) {
            (true, _) => format!("{user}@{host}:{place}{mark} "),
            (false, true) => format!("{place} {mark} "),
            (false, false) => format!("{mark} "),
        }
    }

    /// A line typed at the prompt.
    pub fn line(&mut self, process: &mut Process, line: &str) -> Line {
        self.run(process, line, &self.base_name())
    }

    /// The script of `-c`.
    fn script(&mut self, process: &mut Process, script: &str) -> Line {
        let place = if process.is_busybox() {
            self.name.clone()
        } else if self.is_bash() {
            format!("{}: line 1", self.name)
        } else {
            format!("{}: 1", self.name)
        };
        self.run(process, script, &place)
    }

    fn base_name(&self) -> String {
        let name = self.name.rsplit('/').next().unwrap_or_default();
        if name == "sh" && self.name != "bash" { "sh".to_owned() } else { name.to_owned() }
    }

    fn run(&mut self, process: &mut Process, text: &str, place: &str) -> Line {
        let mut output = Output::default();
        for line in text.replace("\\\n", " ").split('\n') {
            let commands = match lex::commands(line) {
                Ok(commands) => commands,
                Err(error) => {
                    self.last = 2;
                    return Line::Done(output.then(complain(format!("{place}: {error}"), 2)));
                }
            };
            for command in commands {
                match command.link {
                    Link::Always => {}
                    Link::And if self.last == 0 => {}
                    Link::Or if self.last != 0 => {}
                    Link::And | Link::Or => continue,
                    Link::Pipe => {
                        let note = "Dockwright does not simulate pipes between programs.";
                        output = output.note(note);
                        self.last = 1;
                        continue;
                    }
                }
                match self.simple(process, &command, place) {
                    Line::Done(next) => {
                        self.last = next.exit;
                        output = output.then(next);
                    }
                    Line::Foreground(next, program) => {
                        return Line::Foreground(output.then(next), program);
                    }
                    Line::Exit(next) => return Line::Exit(output.then(next)),
                }
            }
        }
        Line::Done(output.exit(self.last))
    }

    fn simple(&mut self, process: &mut Process, command: &Simple, place: &str) -> Line {
        let last = self.last;
        let value = |name: &str| match name {
            "?" => Some(last.to_string()),
            "HOSTNAME" => Some(process.hostname.clone()),
            "PWD" => Some(process.directory.clone()),
            _ => process.variable(name).map(str::to_owned),
        };
        let argv: Vec<String> = command.words.iter().map(|it| it.expand(&value)).collect();
        let target = command.redirect.as_ref().map(|it| (it.target.expand(&value), it.append));
        let argv: Vec<String> = argv.into_iter().skip_while(String::is_empty).collect();
        let line = self.program(process, &argv, place);
        match (line, target) {
            (Line::Done(output), Some((target, append))) => {
                Line::Done(write(process, &output, &target, append))
            }
            (line, _) => line,
        }
    }

    fn program(&mut self, process: &mut Process, argv: &[String], place: &str) -> Line {
        let Some((name, args)) = argv.split_first() else { return Line::Done(Output::default()) };
        let argument = args.first().map_or("", String::as_str);
        match name.as_str() {
            "exit" | "logout" => {
                let code = argument.parse().unwrap_or(self.last);
                return Line::Exit(Output::default().exit(code));
            }
            "cd" => return Line::Done(self.cd(process, argument, place)),
            "export" => {
                if let Some((name, value)) = argument.split_once('=') {
                    process.set_variable(name, value);
                }
                return Line::Done(Output::default());
            }
            "set" | ":" => return Line::Done(Output::default()),
            "pwd" => return Line::Done(Output::ok(process.directory.clone())),
            "echo" => return Line::Done(super::system::echo(args)),
            _ => {}
        }
        if let Some((variable, value)) = name.split_once('=')
            && args.is_empty()
            && variable.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
        {
            process.set_variable(variable, value);
            return Line::Done(Output::default());
        }
        match process.find(name) {
            Ok(_) => match super::start(process, argv) {
                Ran::Done(output) => Line::Done(output),
                Ran::Foreground(output, program) => Line::Foreground(output, program),
            },
            Err(why) => Line::Done(self.not_started(why, name, place)),
        }
    }

    fn not_started(&self, why: NotStarted, name: &str, place: &str) -> Output {
        let (text, exit) = match (why, self.is_bash()) {
            (NotStarted::NotInPath, true) => ("command not found", 127),
            (NotStarted::NotInPath | NotStarted::Missing, false) => ("not found", 127),
            (NotStarted::Missing, true) => ("No such file or directory", 127),
            (NotStarted::Directory, true) => ("Is a directory", 126),
            (NotStarted::Directory | NotStarted::NotExecutable, _) => ("Permission denied", 126),
        };
        complain(format!("{place}: {name}: {text}"), exit)
    }

    fn cd(&self, process: &mut Process, to: &str, place: &str) -> Output {
        let home = process.variable("HOME").unwrap_or("/root").to_owned();
        let target = if to.is_empty() || to == "~" { home } else { join(&process.directory, to) };
        if process.root.is_directory(&target) {
            process.directory = target;
            return Output::default();
        }
        let text = if self.is_bash() {
            format!("{place}: cd: {to}: No such file or directory")
        } else {
            format!("{place}: cd: can't cd to {to}")
        };
        complain(text, if self.is_bash() { 1 } else { 2 })
    }

    /// `bash WORD`: a script to read, which a program is not.
    fn read_file(&mut self, process: &mut Process, file: &str) -> Output {
        let name = self.name.clone();
        let found = process.root.files.get(&process.path(file)).cloned();
        if let Some(script) = found {
            return match self.script(process, &script) {
                Line::Done(output) | Line::Exit(output) | Line::Foreground(output, _) => output,
            };
        }
        match (process.find(file), self.is_bash()) {
            (Ok(path), true) => {
                complain(format!("{path}: {path}: cannot execute binary file"), 126)
            }
            (Err(_), true) => complain(format!("{name}: {file}: No such file or directory"), 127),
            (_, false) => complain(format!("{name}: 0: cannot open {file}: No such file"), 2),
        }
    }
}

/// Puts the standard output of a command into a file.
fn write(process: &mut Process, output: &Output, target: &str, append: bool) -> Output {
    let text = output.stdout();
    let rest = Output {
        chunks: output.chunks.iter().filter(|it| it.kind != ChunkKind::Stdout).cloned().collect(),
        exit: output.exit,
    };
    if target == "/dev/null" {
        return rest;
    }
    let path = process.path(target);
    process.grown += i64::try_from(text.len()).unwrap_or_default();
    process.root_mut().files.change(path, |file| {
        if append {
            file.push_str(&text);
        } else {
            *file = text;
        }
    });
    rest
}
