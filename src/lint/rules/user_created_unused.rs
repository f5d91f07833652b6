use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Form, InstructionKind},
};

rule! {
    /// Who creates a user in an image means containers to run as that user. Without `USER` they run as root all the same.
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN addgroup -S app && adduser -S -G app app
    /// #                                        ^^^ nothing switches to the user `app`
    /// CMD ["server"]
    /// ```
    ///
    /// A number will do. A program or a script that starts as root may switch by itself.
    ///
    /// ```dockerfile good
    /// FROM alpine:3.22 AS one
    /// RUN adduser -D -u 1000 app
    /// USER 1000
    /// FROM alpine:3.22 AS two
    /// RUN adduser -D app
    /// ENTRYPOINT ["/docker-entrypoint.sh"]
    /// FROM alpine:3.22 AS three
    /// RUN adduser -D app
    /// CMD ["su-exec", "app", "server"]
    /// ```
    DW704 "user-created-unused" Warning Preview
    "tally:user-created-but-never-used"
    check
}

/// Programs that start others as another user.
const SWITCHES: [&str; 10] = [
    "gosu",
    "su-exec",
    "setpriv",
    "runuser",
    "chroot",
    "sudo",
    "su",
    "supervisord",
    "s6-setuidgid",
    "sshd",
];

fn check(checker: &Checker<'_>) {
    for at in (0..checker.stages().len()).filter(|it| checker.is_final(*it)) {
        if checker.has_user(at) || may_switch(checker, at) {
            continue;
        }
        let chain: Vec<_> = checker.chain(at).collect();
        let created = checker
            .commands(&["useradd", "adduser"])
            .filter(|it| chain.binary_search_by(|at| it.0.stage().cmp(at)).is_ok());
        for (_, command) in created {
            // With two, a user gets into a group.
            let [word] = *command.operands() else { continue };
            let Some(name) = word.value().filter(|it| !it.is_empty()) else { continue };
            checker.report(Finding::new(
                word.span(),
                format!("nothing switches to the user `{name}`"),
                "Switch to it with USER, or do not create it.",
            ));
        }
    }
}

/// Whether what the image starts may switch to another user: a script, or a program that is made for that.
fn may_switch(checker: &Checker<'_>, at: usize) -> bool {
    let stages = checker.chain(at).filter_map(|it| checker.stages().get(it));
    let mut is_started = false;
    for instruction in stages.flat_map(|it| it.body) {
        let command = match &instruction.kind {
            InstructionKind::Entrypoint(it) => &it.command,
            InstructionKind::Cmd(it) => &it.command,
            _ => continue,
        };
        is_started = true;
        let is_switch = |word: &str| {
            let name = word.rsplit('/').next().unwrap_or_default();
            SWITCHES.contains(&name)
                || name.contains("entrypoint")
                || name.strip_suffix(".sh").is_some()
        };
        let switches = match command {
            Form::Exec(words) => words.iter().any(|it| is_switch(it)),
            Form::Shell(text) => text.split_ascii_whitespace().any(is_switch),
        };
        if switches {
            return true;
        }
    }
    // What the base starts is not known.
    !is_started
}
