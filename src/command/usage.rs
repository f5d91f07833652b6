//! What Docker says when a line cannot be carried out: usage, help, counts of arguments.

use super::{
    Command, Failure, Profile,
    flags::{Flag, FlagError, Kind, Parsed},
};

/// How many arguments a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arity {
    /// This many.
    Exactly(usize),
    /// This many or more.
    AtLeast(usize),
    /// This many or fewer.
    AtMost(usize),
}

/// One command: its name, its flags, and how it becomes a value.
pub(crate) struct Spec {
    /// The usual name after `docker`.
    pub name: &'static str,
    /// Every way to call it, the usual one last, as the help shows them: `docker image pull, docker pull`.
    pub aliases: &'static [&'static str],
    /// The shape of its words: `[OPTIONS] NAME[:TAG|@DIGEST]`.
    pub synopsis: &'static str,
    /// One sentence, as Docker 28 and later print it.
    pub about: &'static str,
    /// The sentence of Docker 20.10.
    pub about_classic: &'static str,
    /// Whether flags may come after arguments.
    pub interspersed: bool,
    /// How many arguments it takes.
    pub arity: Arity,
    /// Its flags.
    pub flags: &'static [Flag],
    /// Makes the value.
    pub read: fn(&Parsed, &Invoked<'_>) -> Result<Command, Failure>,
}

/// A command as it was called.
pub(crate) struct Invoked<'a> {
    pub(crate) spec: &'a Spec,
    /// The words as typed: `docker image pull`.
    pub(crate) path: &'a str,
    pub(crate) profile: Profile,
}

impl Invoked<'_> {
    /// The name in messages: BuildKit's builds speak of the plugin behind `docker build`.
    fn path(&self) -> &str {
        if self.spec.name == "build" && self.profile.has_buildkit() {
            "docker buildx build"
        } else {
            self.path
        }
    }

    fn usage_line(&self) -> String {
        format!("Usage:  {} {}", self.path(), self.spec.synopsis).trim_end().to_owned()
    }

    fn about(&self) -> &'static str {
        match self.profile {
            Profile::V20_10 => self.spec.about_classic,
            Profile::V28 | Profile::V29 => self.spec.about,
        }
    }

    fn modern_hint(&self) -> String {
        let path = self.path();
        format!("{}\n\nRun '{path} --help' for more information\n", self.usage_line())
    }

    /// What Docker says about flags it could not read, or the help.
    pub(crate) fn flag_error(&self, error: FlagError) -> Failure {
        let message = match error {
            FlagError::Help => return Failure::help(self.help()),
            FlagError::Message(message) => message,
        };
        match self.profile {
            Profile::V20_10 => {
                Failure::new(format!("{message}\nSee '{} --help'.", self.path()), 125)
            }
            Profile::V28 | Profile::V29 => {
                Failure::new(format!("{message}\n\n{}", self.modern_hint()), 125)
            }
        }
    }

    /// Refuses a wrong number of arguments.
    pub(crate) fn check_arity(&self, count: usize) -> Result<(), Failure> {
        let (wrong, text) = match self.spec.arity {
            Arity::Exactly(0) | Arity::AtMost(0) => (count > 0, "accepts no arguments".to_owned()),
            Arity::Exactly(n) => (count != n, format!("requires {}", self.exactly(n))),
            Arity::AtLeast(n) => (count < n, format!("requires at least {}", arguments(n))),
            Arity::AtMost(n) => (count > n, format!("requires at most {}", arguments(n))),
        };
        if !wrong {
            return Ok(());
        }
        let (path, usage) = (self.path(), self.usage_line());
        Err(match self.profile {
            Profile::V20_10 => {
                let about = self.about();
                Failure::new(
                    format!("\"{path}\" {text}.\nSee '{path} --help'.\n\n{usage}\n\n{about}"),
                    1,
                )
            }
            Profile::V28 | Profile::V29 => {
                let plugin = if path == "docker buildx build" { "ERROR: " } else { "" };
                let hint = self.modern_hint();
                Failure::new(format!("{plugin}docker: '{path}' {text}\n\n{hint}"), 1)
            }
        })
    }

    fn exactly(&self, n: usize) -> String {
        match self.profile {
            Profile::V20_10 => format!("exactly {}", arguments(n)),
            Profile::V28 | Profile::V29 => arguments(n),
        }
    }

    /// The help, made from the flags.
    fn help(&self) -> String {
        let mut text = format!("\n{}\n\n{}\n", self.usage_line(), self.about());
        if self.profile != Profile::V20_10 {
            text.remove(0);
            if self.spec.aliases.len() > 1 {
                text.push_str(&format!("\nAliases:\n  {}\n", self.spec.aliases.join(", ")));
            }
        }
        let known: Vec<_> = self.spec.flags.iter().filter(|it| it.simulated).collect();
        if known.is_empty() {
            return text;
        }
        text.push_str("\nOptions:\n");
        let names: Vec<_> = known.iter().map(|it| option_name(it)).collect();
        let width = names.iter().map(String::len).max().unwrap_or_default();
        for (flag, name) in known.iter().zip(&names) {
            text.push_str(&format!("  {name:<width$}   {}\n", flag.help));
        }
        text
    }
}

/// What `docker run` prints when it does not get as far as starting a container.
pub(crate) fn run_error(message: &str, profile: Profile) -> Failure {
    Failure::new(run_error_text(message, profile), 125)
}

/// The same words for another exit code.
pub(crate) fn run_error_text(message: &str, profile: Profile) -> String {
    match profile {
        Profile::V20_10 => format!("docker: {message}.\nSee 'docker run --help'.\n"),
        Profile::V28 | Profile::V29 => {
            format!("docker: {message}\n\nRun 'docker run --help' for more information\n")
        }
    }
}

fn option_name(flag: &Flag) -> String {
    let short = match flag.short {
        Some(it) => format!("-{it}, "),
        None => "    ".to_owned(),
    };
    match flag.kind {
        Kind::Switch => format!("{short}--{}", flag.long),
        other => format!("{short}--{} {}", flag.long, other.type_name()),
    }
}

fn arguments(n: usize) -> String {
    if n == 1 { "1 argument".to_owned() } else { format!("{n} arguments") }
}

/// `docker: unknown command: docker nope`, and its older form.
pub(crate) fn unknown_command(word: &str, profile: Profile) -> Failure {
    let text = match profile {
        Profile::V20_10 => {
            format!("docker: '{word}' is not a docker command.\nSee 'docker --help'")
        }
        Profile::V28 | Profile::V29 => format!(
            "docker: unknown command: docker {word}\n\nRun 'docker --help' for more information"
        ),
    };
    Failure::new(text, 1)
}

/// An unknown word after a group such as `docker image`.
pub(crate) fn unknown_in_group(group: &str, word: &str, profile: Profile) -> Failure {
    let text = match profile {
        Profile::V20_10 => format!(
            "docker: '{group} {word}' is not a docker command.\nSee 'docker {group} --help'"
        ),
        Profile::V28 | Profile::V29 => format!(
            "docker: unknown command: docker {group} {word}\n\nUsage:  docker {group} COMMAND\n\nRun 'docker {group} --help' for more information"
        ),
    };
    Failure::new(text, 1)
}

/// `docker` alone and `docker --help`: the commands that are simulated.
pub(crate) fn top_level(profile: Profile) -> Failure {
    let mut text = "\nUsage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n\nCommands that Dockwright simulates:\n".to_owned();
    if profile != Profile::V20_10 {
        text.remove(0);
    }
    for spec in super::names::SPECS {
        let about = match profile {
            Profile::V20_10 => spec.about_classic,
            Profile::V28 | Profile::V29 => spec.about,
        };
        let about = about.lines().next().unwrap_or_default();
        text.push_str(&format!("  {:<11} {about}\n", spec.name));
    }
    text.push_str("\nRun 'docker COMMAND --help' for more information on a command.\n");
    Failure::help(text)
}
