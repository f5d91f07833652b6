//! The global scope: `ARG`s above the first `FROM`, and the platform's own. Only `FROM` lines see it.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    scope::expand::{ExpandError, Expanded, expand},
    syntax::{BUILD, Instruction, InstructionKind, Text, instruction::arg::Variable},
};

/// What every build has, for the platform of the simulated machine.
const PLATFORM: [(&str, &str); 10] = [
    ("BUILDARCH", "amd64"),
    ("BUILDOS", "linux"),
    ("BUILDOSVERSION", ""),
    ("BUILDPLATFORM", "linux/amd64"),
    ("BUILDVARIANT", ""),
    ("TARGETARCH", "amd64"),
    ("TARGETOS", "linux"),
    ("TARGETOSVERSION", ""),
    ("TARGETPLATFORM", "linux/amd64"),
    ("TARGETVARIANT", ""),
];

/// The variables of the global scope. A name that is declared without a value has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Globals {
    declared: BTreeMap<String, Option<String>>,
    target: String,
}

impl Globals {
    /// Reads the `ARG`s above the first `FROM`. `target` is the value of `TARGETSTAGE`.
    pub fn new(
        global: &[Instruction<'_>],
        build_args: &BTreeMap<String, String>,
        target: &str,
        escape: char,
    ) -> (Self, Vec<Diagnostic>) {
        let mut globals = Self { declared: BTreeMap::new(), target: target.to_owned() };
        let mut errors = Vec::new();
        for (name, value) in build_args {
            if globals.automatic(name).is_some() {
                globals.declared.insert(name.clone(), Some(value.clone()));
            }
        }
        for instruction in global {
            let InstructionKind::Arg(arg) = &instruction.kind else { continue };
            for variable in &arg.variables {
                let value = globals.value(variable, build_args, escape);
                match value {
                    Ok(value) => drop(globals.declared.insert(variable.name.to_string(), value)),
                    Err(error) => errors.push(*error),
                }
            }
        }
        (globals, errors)
    }

    fn value(
        &self,
        variable: &Variable<'_>,
        build_args: &BTreeMap<String, String>,
        escape: char,
    ) -> Result<Option<String>, Box<Diagnostic>> {
        if let Some(value) = build_args.get(variable.name.as_str()) {
            return Ok(Some(value.clone()));
        }
        match &variable.default {
            Some(default) => Ok(Some(self.expand(default, escape)?.text)),
            None => Ok(self.get(&variable.name).map(str::to_owned)),
        }
    }

    /// The value that a variable has without being declared.
    fn automatic(&self, name: &str) -> Option<&str> {
        if name == "TARGETSTAGE" {
            return Some(&self.target);
        }
        PLATFORM.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        match self.declared.get(name) {
            Some(value) => value.as_deref(),
            None => self.automatic(name),
        }
    }

    /// Whether the name is known, with or without a value.
    pub fn is_declared(&self, name: &str) -> bool {
        self.declared.contains_key(name) || self.automatic(name).is_some()
    }

    /// A word of a `FROM` line, expanded.
    pub fn expand(&self, word: &Text<'_>, escape: char) -> Result<Expanded, Box<Diagnostic>> {
        expand(word, escape, &|name| self.get(name)).map_err(|it| cannot_expand(word, &it))
    }
}

/// Docker's error for a word that it cannot expand.
pub fn cannot_expand(word: &Text<'_>, error: &ExpandError) -> Box<Diagnostic> {
    let message = format!("failed to process {:?}: {error}", word.as_str());
    let help = match error {
        ExpandError::MissingBrace => "Close the substitution with a brace.",
        ExpandError::OpenQuote(_) => "Close the quote, or write the escape character before it.",
        ExpandError::Required(..) => "Give the variable a value, for example with --build-arg.",
        ExpandError::Modifier(_) | ExpandError::BadSubstitution | ExpandError::MissingSlash => {
            "Docker knows ${name}, ${name:-x}, ${name:+x}, ${name:?x}, ${name#x}, ${name%x} and ${name/x/y}."
        }
        ExpandError::Pattern(..) => "Only *, ? and the backslash can be escaped in a pattern.",
        ExpandError::TooDeep | ExpandError::TooLong => {
            "Dockwright does not simulate texts of this size."
        }
    };
    Box::new(Diagnostic { code: BUILD, ..Diagnostic::error(word.span, message).with_help(help) })
}
