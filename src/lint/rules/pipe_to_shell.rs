use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    shell::{Command, Id, Kind, Tree, Word},
};

rule! {
    /// What is downloaded and run at once has been seen by nobody: the image holds what that server says today, and a
    /// download that breaks off in the middle is run up to there.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -fsSL https://example.org/install.sh | sh
    /// #                                               ^^ this runs what was just downloaded
    /// RUN wget -qO- https://example.org/install.py | sudo python3 - --yes
    /// #                                                   ^^^^^^^ this runs what was just downloaded
    /// RUN bash -c "$(curl -fsSL https://example.org/install.sh)"
    /// #   ^^^^ this runs what was just downloaded
    /// SHELL ["/bin/bash", "-c"]
    /// RUN bash <(curl -fsSL https://example.org/install.sh) && . <(wget -qO- https://example.org/env)
    /// #   ^^^^ this runs what was just downloaded
    /// #                                                        ^ this runs what was just downloaded
    /// ```
    ///
    /// Download it to a file, compare its checksum, then run it. What only reads a download is fine.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ADD --checksum=sha256:ade97f2d3ce6b3fb0fa06c3a1d5bfc5a7ddf4b1dd9ca2d0aee0d9b9c1bfcf1df https://example.org/install.sh /tmp/
    /// RUN sh /tmp/install.sh
    /// RUN curl https://example.org/list.json | python3 -c "import json" && curl https://example.org/app.tar | tar x
    /// RUN curl https://example.org/list | sh filter.sh && sh build.sh $(curl https://example.org/version)
    /// RUN curl https://example.org/list > list && echo make | sh
    /// ```
    DW604 "pipe-to-shell" Warning On
    "droast:DF021"
    check
}

const DOWNLOADERS: [&str; 5] = ["curl", "wget", "fetch", "aria2c", "http"];
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "ash", "zsh", "ksh"];

fn check(checker: &Checker<'_>) {
    // The command that downloads is one of the `RUN`, also inside a substitution.
    for (_, run) in checker.runs_with(&DOWNLOADERS) {
        // The pipeline of the last command that downloads.
        let mut last: Option<(&Tree, Id)> = None;
        for command in &run.commands {
            let pipeline = (command.tree, command.tree.parent(command.id));
            if DOWNLOADERS.contains(&command.name()) {
                last = Some(pipeline);
                continue;
            }
            let is_behind =
                last.is_some_and(|it| std::ptr::eq(it.0, pipeline.0) && it.1 == pipeline.1);
            let runs = is_behind && reads_program(command) || runs_download(command);
            if let Some(word) = command.words.first().filter(|_| runs) {
                checker.report(Finding::new(
                    word.span(),
                    "this runs what was just downloaded",
                    "Download it to a file, compare its checksum, then run it.",
                ));
            }
        }
    }
}

fn is_interpreter(name: &str) -> bool {
    SHELLS.contains(&name)
        || name.starts_with("python")
        || matches!(name, "perl" | "ruby" | "node" | "php")
}

/// Whether a command reads its program from its input.
fn reads_program(command: &Command<'_>) -> bool {
    if !is_interpreter(command.name()) || command.through.contains(&"xargs") {
        return false;
    }
    let is_shell = SHELLS.contains(&command.name());
    let mut words = command.arguments().iter().map(|it| it.rough());
    while let Some(word) = words.next() {
        match word.strip_prefix('-') {
            Some("") => return true,
            Some(long) if long.starts_with('-') => (),
            // The rest is for the program.
            Some(letters) if is_shell && letters.contains('s') => return true,
            Some(letters) if letters.contains(['c', 'm', 'n', 'p', 'r']) => return false,
            Some(letters) if letters.contains('e') && !is_shell => return false,
            Some(letters) if letters.ends_with(['o', 'O']) => drop(words.next()),
            Some(_) => (),
            None => return word == "/dev/stdin",
        }
    }
    true
}

/// Whether a word of a command is a download that it runs.
fn runs_download(command: &Command<'_>) -> bool {
    let mut arguments = command.arguments().iter();
    match command.name() {
        "eval" => arguments.any(|it| is_download(*it, true)),
        "." | "source" => arguments.next().is_some_and(|it| is_download(*it, false)),
        name if is_interpreter(name) => {
            let mut is_text = false;
            for word in arguments {
                let text = word.rough();
                if let Some(letters) = text.strip_prefix('-') {
                    is_text = letters.ends_with(['c', 'e']);
                } else {
                    return is_download(*word, is_text);
                }
            }
            false
        }
        _ => false,
    }
}

/// Whether a word is nothing but what a command downloads: its text, or a file.
fn is_download(word: Word<'_>, is_text: bool) -> bool {
    let Word { tree, id } = word;
    let mut part = id;
    while let Some(first) = tree.children(part).next() {
        match tree.kind(first) {
            Kind::Double => part = first,
            Kind::Substitution | Kind::Backtick if is_text => {
                return downloads(tree, first);
            }
            Kind::ProcessSubstitution if !is_text => return downloads(tree, first),
            _ => return false,
        }
    }
    false
}

/// Whether the first command inside downloads.
fn downloads(tree: &Tree, id: Id) -> bool {
    let first = tree.inside(id).find(|it| tree.kind(*it) == Kind::Simple);
    first.is_some_and(|it| DOWNLOADERS.contains(&Command::new(tree, it).name()))
}
