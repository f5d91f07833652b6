//! What a rule is.

use std::fmt;

use crate::{
    diagnostic::Severity,
    lint::{
        checker::Checker,
        rules::RULES,
        shell::{CHECKS, script::Script},
    },
};

/// A rule: what it is called, what it objects to, why.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The code that findings carry: `DW101`, or `ShellCheck`'s number, `SC2086`.
    pub code: &'static str,
    /// What it objects to, in words, so that "allow untagged-image" reads well.
    pub name: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// Whether it runs when nobody says anything.
    pub state: State,
    /// What other tools call it, with blanks between: `DL3006 DuplicateStageName CKV_DOCKER_7`.
    pub aliases: &'static str,
    /// Markdown: why, with examples. It is empty in WebAssembly: the page fetches it when it is wanted.
    pub docs: &'static str,
    pub(super) check: Check,
}

/// Whether a rule runs when nobody says anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It runs.
    On,
    /// It runs when it is asked for.
    Off,
    /// It is tried out: it runs when it is asked for, and may still change.
    Preview,
    /// It runs, and says nothing before an option says what it looks for.
    Configured,
}

/// How a rule looks.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// At the file.
    File(fn(&Checker<'_>)),
    /// At each script of a shell.
    Script(fn(&Script<'_>)),
    /// Something else looks: the parser, or what reads suppressions.
    Elsewhere,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Rule {
    /// The documentation without the blank that stands before each line of a comment.
    pub fn markdown(&self) -> String {
        let lines = self.docs.lines().map(|it| it.strip_prefix(' ').unwrap_or(it));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What other tools call it.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> {
        self.aliases.split(' ').filter(|it| !it.is_empty())
    }

    /// The code that hadolint gives it: `DL3006`.
    pub fn hadolint(&self) -> Option<&'static str> {
        let is_shell = self.code.starts_with("SC");
        self.aliases().find(|it| is_hadolint(it)).or(is_shell.then_some(self.code))
    }

    /// The check of `BuildKit` that says the same: `DuplicateStageName`.
    pub fn buildkit(&self) -> Option<&'static str> {
        self.aliases().find(|it| is_buildkit(it))
    }

    /// Whether the parser finds it, so that no builder can read such a file.
    pub fn is_of_reader(&self) -> bool {
        matches!(self.check, Check::Elsewhere) && !self.code.starts_with("DW9")
    }

    /// Whether it is called so, here or elsewhere. Small and capital letters are the same.
    pub fn is_called(&self, name: &str) -> bool {
        self.code.eq_ignore_ascii_case(name)
            || self.name.eq_ignore_ascii_case(name)
            || self.aliases().any(|it| it.eq_ignore_ascii_case(name))
    }
}

/// All rules: those about Dockerfiles by code, then those about shells by number.
pub fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    RULES.iter().chain(CHECKS)
}

/// The rule of this code or name; the first one, if another tool calls several so.
pub fn find(name: &str) -> Option<&'static Rule> {
    let own = |it: &&Rule| it.code.eq_ignore_ascii_case(name) || it.name == name;
    rules().find(own).or_else(|| rules().find(|it| it.is_called(name)))
}

/// Whether this is one of hadolint's codes: `DL` and four digits.
pub(super) fn is_hadolint(code: &str) -> bool {
    code.strip_prefix("DL")
        .is_some_and(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a name is written like those of `BuildKit`'s checks: letters alone, small ones too.
pub(super) fn is_buildkit(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase())
        && name.bytes().all(|it| it.is_ascii_alphabetic())
        && name.bytes().any(|it| it.is_ascii_lowercase())
}
