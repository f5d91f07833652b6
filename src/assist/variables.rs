//! Where variables stand: in words that Docker expands, and in scripts.

use super::names::{Found, Role};
use crate::{
    lint::{expanded_words, shell::scripts},
    scope::Stages,
    shell::{self, Kind, Source, Tree},
    syntax::{
        Form, Instruction, InstructionKind, Parse, Text,
        expand::{Use, document, expand_noting},
    },
    text::{Span, to_u32},
};

/// Commands of a shell that are given names of variables.
const NAMING: [&str; 8] =
    ["export", "readonly", "unset", "read", "local", "declare", "typeset", "printenv"];

/// All variables of a file, in no order; some may be there twice.
pub(super) fn find(source: &str, parse: &Parse<'_>, stages: &Stages<'_, '_>) -> Vec<Found> {
    let mut walk =
        Walk { source, escape: parse.escape, stage: None, instruction: 0, found: Vec::new() };
    for it in stages.global {
        walk.enter(it, None);
        walk.instruction(it);
    }
    for (at, stage) in stages.list.iter().enumerate() {
        walk.enter(stage.head, None);
        if let Some(from) = stage.from {
            walk.word(&from.image);
            from.platform.iter().for_each(|it| walk.word(it));
        }
        for it in stage.body {
            walk.enter(it, Some(at));
            walk.instruction(it);
        }
    }
    for it in scripts(source, parse) {
        // A part of a file has no stages.
        let stage = stages.list.get(it.stage).map(|_| it.stage);
        if !it.is_trigger && (it.dialect.is_posix() || it.is_exec) {
            walk.enter(it.instruction, stage);
            it.script.trees.iter().for_each(|it| walk.tree(it));
        }
    }
    walk.found
}

struct Walk<'s> {
    source: &'s str,
    escape: char,
    stage: Option<usize>,
    instruction: u32,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn enter(&mut self, instruction: &Instruction<'_>, stage: Option<usize>) {
        self.instruction = instruction.span.start;
        self.stage = stage;
    }

    fn add(&mut self, name: &str, span: Span, role: Role) {
        let starts = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
        // What stands in two lines cannot be shown or changed.
        if starts && span.len() as usize == name.len() && span.slice(self.source) == name {
            let Self { stage, instruction, .. } = *self;
            self.found.push(Found { name: name.to_owned(), span, role, stage, instruction });
        }
    }

    fn instruction(&mut self, it: &Instruction<'_>) {
        match &it.kind {
            InstructionKind::Arg(arg) => {
                for it in &arg.variables {
                    // Even with a default, what is given to the build is one value for both.
                    let is_global = self.stage.is_none();
                    let role = if is_global { Role::Definition } else { Role::Declaration };
                    self.add(&it.name, it.name.span, role);
                }
            }
            InstructionKind::Env(env) => {
                for it in &env.pairs {
                    self.add(&it.name, it.name.span, Role::Definition);
                }
            }
            InstructionKind::Cmd(it) => self.form(&it.command),
            InstructionKind::Entrypoint(it) => self.form(&it.command),
            InstructionKind::Healthcheck(it) => it.command.iter().for_each(|it| self.form(it)),
            _ => (),
        }
        if !it.span.slice(self.source).contains('$') {
            return;
        }
        expanded_words(it, |word| self.word(word));
        if let InstructionKind::Copy(_) | InstructionKind::Add(_) = it.kind {
            for it in it.heredocs.iter().filter(|it| it.expand) {
                let text = it.body.slice(self.source);
                self.expanded(&Text::new(text, it.body), |value, uses| {
                    let value = |_: &str| value;
                    drop(document(text, &value, uses));
                });
            }
        }
    }

    fn word(&mut self, word: &Text<'_>) {
        if word.contains('$') {
            let escape = self.escape;
            self.expanded(word, |value, uses| {
                let value = |_: &str| value;
                drop(expand_noting(word, escape, &value, uses));
            });
        }
    }

    /// What an expansion reads: with all variables set, and with none, for alternatives are read only then.
    fn expanded(&mut self, word: &Text<'_>, expand: impl Fn(Option<&'static str>, &mut Vec<Use>)) {
        for value in [None, Some("x")] {
            let mut uses = Vec::new();
            expand(value, &mut uses);
            for it in uses {
                let Some(name) = word.get(it.name.clone()) else { continue };
                self.add(name, word.at(it.name.start, it.name.end), Role::Use);
            }
        }
    }

    /// A command that a shell runs when the container starts.
    fn form(&mut self, form: &Form<'_>) {
        let Form::Shell(text) = form else { return };
        if !text.contains('$') {
            return;
        }
        let mut source = Source::default();
        let mut at = 0;
        for span in text.spans(0, text.len()) {
            let end = at + span.len() as usize;
            source.push(text.get(at..end).unwrap_or_default(), span);
            at = end;
        }
        self.tree(&shell::parse(source));
    }

    fn tree(&mut self, tree: &Tree) {
        for id in tree.all(Kind::Variable) {
            let span = tree.span(id);
            if let Some(name) = tree.text(id).strip_prefix('$') {
                self.add(name, Span::new(span.start + 1, span.end), Role::Use);
            }
        }
        for id in tree.all(Kind::Name) {
            if tree.kind(tree.parent(id)) != Kind::Function {
                self.add(tree.text(id), tree.span(id), Role::Use);
            }
        }
        // `${NAME}` is one text.
        for id in tree.all(Kind::Braced) {
            let name = tree.text(id).strip_prefix("${").and_then(|it| it.strip_suffix('}'));
            if let Some(name) = name.filter(|it| is_name(it)) {
                let start = tree.span(id).start + 2;
                self.add(name, Span::new(start, start + to_u32(name.len())), Role::Use);
            }
        }
        for it in shell::commands(tree).filter(|it| NAMING.contains(&it.name())) {
            for word in it.arguments() {
                let name = word.tree.text(word.id);
                if is_name(name) {
                    self.add(name, word.span(), Role::Use);
                }
            }
        }
    }
}

/// Whether a text is the name of a variable.
pub(super) fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|it| it.is_ascii_alphabetic() || it == b'_')
        && bytes.all(|it| it.is_ascii_alphanumeric() || it == b'_')
}
