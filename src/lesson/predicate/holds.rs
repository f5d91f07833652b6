//! Whether conditions hold.

use super::{
    BuildIs, BuildStatus, CommandIs, ContainerIs, Exit, Facts, FileIs, Finding, FormIs, ImageIs,
    Predicate,
};
use crate::{
    engine::{Container, Event},
    image::Reference,
    lint,
    simulate::{self, Options},
    syntax::{self, Form, InstructionKind},
};

impl Exit {
    fn fits(&self, code: Option<u8>) -> bool {
        match self {
            Self::Is(wanted) => code == Some(*wanted),
            Self::Text(text) => {
                let unwanted = text.strip_prefix("not ").and_then(|it| it.trim().parse().ok());
                unwanted.is_some() && code != unwanted
            }
        }
    }
}

impl Predicate {
    /// Whether it holds.
    pub fn holds(&self, facts: &Facts<'_>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|it| it.holds(facts)),
            Self::Any(any) => any.iter().any(|it| it.holds(facts)),
            Self::Not(it) => !it.holds(facts),
            Self::Image(it) => it.holds(facts),
            Self::Container(it) => facts.containers().any(|container| it.holds(container, facts)),
            Self::Remote(it) => {
                let name = full(&it.name);
                let pushed =
                    name.and_then(|name| facts.terminal.engine().hub().pushed(&name)).is_some();
                pushed == it.present.unwrap_or(true)
            }
            Self::Login(registry) => facts.terminal.engine().user(registry).is_some(),
            Self::File(it) => it.holds(facts),
            Self::Build(it) => facts.events.iter().any(|event| it.holds(event)),
            Self::Command(it) => facts.events.iter().any(|event| it.holds(event)),
        }
    }
}

impl<'a> Facts<'a> {
    fn containers(&self) -> impl Iterator<Item = &'a Container> {
        let engine = self.terminal.engine();
        self.events.iter().filter_map(|it| match it {
            Event::Container(id) => engine.any_container(id),
            Event::Command { .. } | Event::Build(_) => None,
        })
    }
}

/// A name with everything that Docker fills in.
fn full(name: &str) -> Option<Reference> {
    name.parse::<Reference>().ok().map(Reference::with_default_tag)
}

fn same_name(a: &str, b: &str) -> bool {
    full(a).is_some_and(|it| full(b) == Some(it))
}

fn is(wanted: Option<bool>, found: bool) -> bool {
    wanted.is_none_or(|it| it == found)
}

/// Whether a list of words is the wanted one. An empty list and none are the same for what runs.
fn same_words(wanted: Option<&Option<Vec<String>>>, found: Option<&Vec<String>>) -> bool {
    let words = |it: Option<&Vec<String>>| it.cloned().unwrap_or_default();
    wanted.is_none_or(|it| words(it.as_ref()) == words(found))
}

impl ImageIs {
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let engine = facts.terminal.engine();
        let id = |name: &str| {
            let name = full(name)?;
            engine.tags().iter().find(|it| it.0 == name).map(|it| it.1.clone())
        };
        let wanted = self.present.unwrap_or(true);
        let found = id(&self.name);
        let Some(image) = found.as_ref().and_then(|it| engine.image(it.as_str())) else {
            return !wanted;
        };
        let config = &image.config;
        wanted
            && self.same_id_as.as_ref().is_none_or(|it| id(it) == found)
            && same_words(self.entrypoint.as_ref(), config.entrypoint.as_ref())
            && same_words(self.cmd.as_ref(), config.cmd.as_ref())
            && self.label.iter().all(|it| config.labels.get(it.0) == Some(it.1))
            && self.max_size.is_none_or(|it| image.size() <= it)
    }
}

impl ContainerIs {
    fn holds(&self, it: &Container, facts: &Facts<'_>) -> bool {
        let removed = facts.terminal.engine().is_removed(&it.id);
        self.image.as_ref().is_none_or(|name| same_name(name, &it.process.image))
            && self.argv.as_ref().is_none_or(|argv| *argv == it.process.argv)
            && self.argv0.as_ref().is_none_or(|word| it.process.argv.first() == Some(word))
            && is(self.tty, it.process.tty)
            && is(self.stdin, it.process.open_stdin)
            && is(self.detached, it.detached)
            && self.exit.as_ref().is_none_or(|exit| exit.fits(it.status.code()))
            && is(self.removed, removed)
            && self.state.as_ref().is_none_or(|state| state == it.status.word())
    }
}

impl FileIs {
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let Some(source) = facts.terminal.read_file(&self.path) else { return false };
        let parse = syntax::parse(source);
        let has_instruction = self.instruction.as_ref().is_none_or(|wanted| {
            parse.instructions.iter().any(|it| {
                let word = it.line.to_string();
                let word = word.split_whitespace().next().unwrap_or_default();
                word.eq_ignore_ascii_case(wanted)
                    && self.form.is_none_or(|form| form_of(&it.kind) == Some(form))
            })
        });
        let parses = parse.errors.is_empty() && !parse.instructions.is_empty();
        let findings = if self.lint.is_empty() { Vec::new() } else { lint::lint(source) };
        let reports = |code: &str| {
            let is_called = |it: &lint::Rule| it.is_called(code);
            findings.iter().any(|it| lint::find(it.code).is_some_and(is_called))
        };
        is(self.parses, parses)
            && has_instruction
            && self.contains.as_ref().is_none_or(|it| source.contains(it.as_str()))
            && self.gives(source, facts)
            && self.lint.iter().all(|(code, finding)| match finding {
                Finding::Present => reports(code),
                Finding::Absent => !reports(code),
            })
    }
}

impl FileIs {
    /// Whether the image that the file gives is as wanted.
    fn gives(&self, source: &str, facts: &Facts<'_>) -> bool {
        if self.entrypoint.is_none() && self.cmd.is_none() && self.label.is_empty() {
            return true;
        }
        let bases = facts.terminal.bases();
        let build = simulate::build(source, &Options::new(&bases));
        let config = &build.config;
        build.errors.is_empty()
            && same_words(self.entrypoint.as_ref(), config.entrypoint.as_ref())
            && same_words(self.cmd.as_ref(), config.cmd.as_ref())
            && self.label.iter().all(|it| config.labels.get(it.0) == Some(it.1))
    }
}

fn form_of(kind: &InstructionKind<'_>) -> Option<FormIs> {
    let form = match kind {
        InstructionKind::Cmd(it) => &it.command,
        InstructionKind::Entrypoint(it) => &it.command,
        _ => return None,
    };
    Some(match form {
        Form::Exec(_) => FormIs::Exec,
        Form::Shell(_) => FormIs::Shell,
    })
}

impl BuildIs {
    fn holds(&self, event: &Event) -> bool {
        let Event::Build(it) = event else { return false };
        let tagged = |wanted: &String| it.tags.iter().any(|tag| same_name(tag, wanted));
        self.tag.as_ref().is_none_or(tagged)
            && self.cached.is_none_or(|least| it.cached >= least)
            && self.status.is_none_or(|status| it.ok == (status == BuildStatus::Ok))
    }
}

impl CommandIs {
    fn holds(&self, event: &Event) -> bool {
        let Event::Command { name, flags, args, exit } = event else { return false };
        *name == self.name
            && self.args.as_ref().is_none_or(|it| it == args)
            && self.exit.as_ref().is_none_or(|it| it.fits(*exit))
            && self
                .flags
                .iter()
                .all(|(flag, value)| flags.get(flag).is_some_and(|given| given.contains(value)))
    }
}
