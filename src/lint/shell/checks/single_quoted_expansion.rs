use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// Nothing is expanded in single quotes: `'$HOME'` is five characters.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo 'export PATH=$PATH:/opt' && grep '$HOME' /etc/passwd
    /// #        ^^^^^^^^^^^^^^^^^^^^^^^^ nothing is expanded in single quotes
    /// #                                         ^^^^^^^ nothing is expanded in single quotes
    /// ```
    ///
    /// Programs that expand such text themselves are known.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN awk '{ print $1 }' list && sh -c 'echo $0' && sed -i '$d' list && echo "$HOME"
    /// ```
    SC2016 "single-quoted-expansion" Info check
}

/// Programs that read such text as a language of their own.
const READERS: [&str; 22] = [
    "trap",
    "sh",
    "bash",
    "ksh",
    "zsh",
    "ssh",
    "eval",
    "xprop",
    "alias",
    "sudo",
    "doas",
    "run0",
    "docker",
    "podman",
    "oc",
    "dpkg-query",
    "jq",
    "rename",
    "rg",
    "unset",
    "let",
    "awk",
];

fn check(script: &Script<'_>) {
    for id in script.tree.all(Kind::Single) {
        let text = script.tree.text(id);
        if has_expansion(text) && !is_read(script, id) {
            let help = "Use double quotes if it is meant; escape the dollar sign if not.";
            script.report(id, "nothing is expanded in single quotes", help);
        }
    }
}

/// `$x`, `${`, `$(`, `$1`, or a command in backquotes.
fn has_expansion(text: &str) -> bool {
    let starts = |it: char| it.is_ascii_alphanumeric() || matches!(it, '{' | '(' | '_');
    let mut dollars = text.match_indices('$');
    if dollars.any(|(at, _)| text.get(at + 1..).is_some_and(|it| it.starts_with(starts))) {
        return true;
    }
    let mut ticks = text.split('`').skip(1);
    let inside = ticks.next().is_some_and(|it| !it.is_empty() && !it.contains('\n'));
    inside && ticks.next().is_some()
}

/// Whether the command that gets the text expands it.
fn is_read(script: &Script<'_>, id: u32) -> bool {
    let tree = &script.tree;
    let is_prompt = |it: u32| {
        let name = tree.children_of(it, Kind::Name).next().map_or("", |it| tree.text(it));
        tree.kind(it) == Kind::Assignment
            && matches!(name, "PS1" | "PS2" | "PS3" | "PS4" | "PROMPT_COMMAND")
    };
    let mut above = tree
        .parents(id)
        .take_while(|it| !tree.kind(*it).is_command() || tree.kind(*it) == Kind::Test);
    if above.any(|it| {
        is_prompt(it) || (tree.kind(it) == Kind::Test && tree.text(it).starts_with("[[ -v "))
    }) {
        return true;
    }
    let Some(call) = script.command_of(id) else { return false };
    let name = call.name.as_str();
    let args: Vec<_> = call.args().iter().map(|it| tree.text(*it)).collect();
    let first = args.first().copied().unwrap_or_default();
    match name {
        "sed" => is_address(tree.text(id)),
        "git" => first == "filter-branch",
        "mumps" => first == "-run",
        "[" => first == "-v",
        "find" => {
            let mut rest = args
                .iter()
                .skip_while(|it| !matches!(**it, "-exec" | "-execdir" | "-ok" | "-okdir"));
            rest.nth(1).is_some_and(|it| READERS.contains(it) || it.ends_with("awk"))
        }
        _ => name.ends_with("awk") || name.starts_with("perl") || READERS.contains(&name),
    }
}

/// `$d`, `$!`: the last line, for `sed`.
fn is_address(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let mut next = text.get(at + 1..).unwrap_or_default().chars();
        matches!(next.next(), Some('{' | 'd' | 'p' | 's' | 'a' | 'i' | 'c'))
            && !next.next().is_some_and(|it| it.is_ascii_alphabetic())
    })
}
