//! Which process a shell leaves behind: itself, or the program of its command line.

use crate::{
    image::Reference,
    simulate::signal::{Receiver, Signal},
};

/// A shell that `sh` may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// `bash`: `sh` of Fedora, Rocky Linux and their relatives.
    Bash,
    /// `dash`: `sh` of Debian and Ubuntu.
    Dash,
    /// `busybox sh`: `sh` of Alpine.
    Busybox,
    /// A `sh` of which no more is known.
    Sh,
}

impl Shell {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Dash => "dash",
            Self::Busybox => "busybox sh",
            Self::Sh => "sh",
        }
    }

    /// Whether it takes no notice of a signal while a program runs in it.
    pub(super) fn waits(self, signal: Signal) -> bool {
        match signal.0 {
            2 => true,
            3 => self != Self::Dash,
            _ => false,
        }
    }
}

/// What images are built on, by words in their names.
const SYSTEMS: [(&str, Shell); 20] = [
    ("alpine", Shell::Busybox),
    ("busybox", Shell::Busybox),
    ("debian", Shell::Dash),
    ("ubuntu", Shell::Dash),
    ("bullseye", Shell::Dash),
    ("bookworm", Shell::Dash),
    ("trixie", Shell::Dash),
    ("buster", Shell::Dash),
    ("bionic", Shell::Dash),
    ("focal", Shell::Dash),
    ("jammy", Shell::Dash),
    ("noble", Shell::Dash),
    ("slim", Shell::Dash),
    ("fedora", Shell::Bash),
    ("centos", Shell::Bash),
    ("rockylinux", Shell::Bash),
    ("almalinux", Shell::Bash),
    ("amazonlinux", Shell::Bash),
    ("opensuse", Shell::Bash),
    ("archlinux", Shell::Bash),
];

/// What `sh` is in an image, as far as its name tells.
pub fn shell_of(image: &Reference) -> Option<Shell> {
    let name = image.familiar();
    let words = || name.split(['/', ':', '-', '@', '.']);
    let stem = |it: &str| it.trim_end_matches(|it: char| it.is_ascii_digit()).to_owned();
    SYSTEMS.iter().find(|it| words().any(|word| stem(word) == it.0)).map(|it| it.1)
}

/// Who gets the signals of a container that runs these words.
pub(super) fn receiver(argv: &[String], sh: Option<Shell>) -> Receiver {
    let Some((program, args)) = argv.split_first() else { return Receiver::Program };
    let shell = match program.rsplit('/').next().unwrap_or_default() {
        "sh" => sh.unwrap_or(Shell::Sh),
        "bash" => Shell::Bash,
        "dash" => Shell::Dash,
        "ash" => Shell::Busybox,
        _ => return Receiver::Program,
    };
    match line(args) {
        Some(line) if Line::read(line).commands.iter().any(Command::is_trap) => {
            Receiver::Trap(shell)
        }
        Some(line) => match replaces(shell, line) {
            Some(true) => Receiver::ProgramOfShell(shell),
            Some(false) => Receiver::Shell(shell),
            None => Receiver::Unsure(shell),
        },
        None => Receiver::Script(shell),
    }
}

/// The command line of `sh -c`.
fn line(args: &[String]) -> Option<&str> {
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let letters = arg.strip_prefix('-').filter(|it| !it.starts_with('-') && !it.is_empty())?;
        if letters.ends_with('o') {
            args.next();
        }
        if letters.contains('c') {
            return args.next().map(String::as_str);
        }
    }
    None
}

/// Whether the shell puts the last program of a command line in its own place; `None` if that is not known.
fn replaces(shell: Shell, line: &str) -> Option<bool> {
    let line = Line::read(line);
    let Some(last) = line.commands.last() else { return Some(false) };
    let word = |it: &Command| it.text.split_whitespace().next().unwrap_or_default().to_owned();
    let first = word(last);
    if last.background {
        return Some(false);
    }
    if first == "exec" && !last.piped {
        return Some(true);
    }
    let stays = last.piped
        || BUILTINS.contains(&&*first)
        || line.commands.iter().any(|it| matches!(&*word(it), "trap" | "for" | "while" | "until"));
    if shell == Shell::Dash || stays || line.commands.iter().any(|it| it.text.contains("()")) {
        return Some(false);
    }
    let is_compound = |it: &Command| {
        matches!(&*word(it), "if" | "case" | "{") || it.text.starts_with('(') || it.is_unclear
    };
    let bash_stays =
        last.redirected || line.commands.iter().any(|it| it.background || is_compound(it));
    match shell {
        Shell::Bash => Some(!bash_stays),
        Shell::Busybox if line.commands.iter().any(is_compound) => None,
        Shell::Busybox => Some(true),
        Shell::Dash | Shell::Sh => None,
    }
}

/// Words that a shell carries out itself.
const BUILTINS: [&str; 18] = [
    "!", "time", "eval", "wait", "true", "false", ":", "echo", "printf", "cd", "test", "[",
    "export", "set", "unset", "exit", "read", "return",
];

/// The commands of a line that is not inside quotes or brackets.
#[derive(Default)]
struct Line {
    commands: Vec<Command>,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Command {
    text: String,
    /// Whether it is a pipeline.
    piped: bool,
    /// Whether `<` or `>` stands in it.
    redirected: bool,
    /// Whether `&` follows.
    background: bool,
    /// Whether a quote or a bracket in it is not closed.
    is_unclear: bool,
}

impl Command {
    fn is_trap(&self) -> bool {
        self.text.split_whitespace().next() == Some("trap")
    }
}

impl Line {
    fn read(text: &str) -> Self {
        let mut line = Self::default();
        let mut now = Command::default();
        let mut quote = None;
        let mut depth = 0_usize;
        let mut chars = text.chars().peekable();
        while let Some(it) = chars.next() {
            let is_plain = quote.is_none() && depth == 0;
            match (it, quote) {
                ('\\', None | Some('"')) => {
                    now.text.push(it);
                    now.text.extend(chars.next());
                    continue;
                }
                ('\'' | '"' | '`', None) => quote = Some(it),
                (_, Some(open)) if open == it => quote = None,
                ('(', None) => depth += 1,
                (')', None) => depth = depth.saturating_sub(1),
                ('#', None) if now.text.is_empty() || now.text.ends_with(char::is_whitespace) => {
                    while chars.next_if(|it| *it != '\n').is_some() {}
                    continue;
                }
                (';' | '\n', None) if is_plain => {
                    line.end(&mut now);
                    continue;
                }
                ('&', None) if is_plain => {
                    let is_both = now.text.ends_with('>') || chars.peek() == Some(&'>');
                    if !is_both {
                        now.background = chars.next_if_eq(&'&').is_none();
                        line.end(&mut now);
                        continue;
                    }
                }
                ('|', None) if is_plain => {
                    if chars.next_if_eq(&'|').is_some() {
                        line.end(&mut now);
                        continue;
                    }
                    now.piped = true;
                }
                ('<' | '>', None) if is_plain => now.redirected = true,
                _ => (),
            }
            now.text.push(it);
        }
        now.is_unclear = quote.is_some() || depth > 0;
        line.end(&mut now);
        line
    }

    fn end(&mut self, now: &mut Command) {
        let mut command = std::mem::take(now);
        command.text = command.text.trim().into();
        if !command.text.is_empty() {
            self.commands.push(command);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What dash, bash and busybox sh leave: `x` for the program, `-` for the shell, `?` for what is not known.
    /// A row without `?` is what the real shells do.
    #[test]
    fn some_shells_put_the_program_in_their_place() {
        let shells = [Shell::Dash, Shell::Bash, Shell::Busybox];
        for (line, expected) in [
            ("sleep 3", "-xx"),
            ("exec sleep 3", "xxx"),
            ("echo a > /tmp/a; exec sleep 3", "xxx"),
            ("sleep 3 && true", "---"),
            ("sleep 3; true", "---"),
            ("true; sleep 3", "-xx"),
            ("true\nsleep 3", "-xx"),
            ("cd / && sleep 3", "-xx"),
            ("false || sleep 3", "-xx"),
            ("A=1 sleep 3", "-xx"),
            ("sleep $((3))", "-xx"),
            ("sleep `echo 3`", "-xx"),
            ("sleep 3 # c; d", "-xx"),
            ("sleep 3 ';' '&'", "-xx"),
            ("sleep 3 >/dev/null", "--x"),
            ("sleep 3 >/dev/null 2>&1", "--x"),
            ("true & sleep 3", "--x"),
            ("sleep 3 | cat", "---"),
            ("sleep 3 &", "---"),
            ("sleep 3 &\nwait", "---"),
            ("trap 'echo t' TERM; sleep 3", "---"),
            ("! sleep 3", "---"),
            ("time sleep 3", "---"),
            ("while true; do sleep 3; done", "---"),
            ("for i in 1; do sleep 3; done", "---"),
            ("x() { sleep 3; }; x", "---"),
            ("eval sleep 3", "---"),
            ("{ sleep 3; }", "--?"),
            ("(sleep 3)", "--?"),
            ("if true; then sleep 3; fi", "--?"),
            ("", "---"),
        ] {
            let shown = |it| match replaces(it, line) {
                Some(true) => 'x',
                Some(false) => '-',
                None => '?',
            };
            assert_eq!(shells.map(shown).iter().collect::<String>(), expected, "{line}");
        }
    }

    #[test]
    fn a_name_tells_what_sh_is() {
        for (name, expected) in [
            ("alpine:3.20", Some(Shell::Busybox)),
            ("node:22-alpine3.20", Some(Shell::Busybox)),
            ("python:3.12-slim-bookworm", Some(Shell::Dash)),
            ("ubuntu", Some(Shell::Dash)),
            ("registry.example.org/fedora:40", Some(Shell::Bash)),
            ("nginx", None),
        ] {
            assert_eq!(shell_of(&name.parse().unwrap()), expected, "{name}");
        }
    }

    #[test]
    fn a_command_line_follows_c() {
        let own = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        for (words, expected) in [
            (&["-c", "a"][..], Some("a")),
            (&["-exc", "a", "b"], Some("a")),
            (&["-o", "pipefail", "-c", "a"], Some("a")),
            (&["-eo", "pipefail", "-c", "a"], Some("a")),
            (&["/run.sh"], None),
            (&["-x"], None),
            (&["-c"], None),
            (&[], None),
        ] {
            assert_eq!(line(&own(words)), expected, "{words:?}");
        }
    }
}
