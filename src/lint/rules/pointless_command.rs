use std::cell::OnceCell;

use crate::{
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        packages::{action, head},
    },
    shell::{Kind, Tree},
};

rule! {
    /// What a `RUN` starts ends with it, what it shows nobody sees, and nobody sits in front of an editor: such commands
    /// work on a machine, not in a build.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && top -b -n1 && service nginx start
    /// #                     ^^^ `top` is of no use in a build
    /// #                                   ^^^^^^^^^^^^^ `service` is of no use in a build
    /// RUN systemctl start nginx && mount /dev/sdb /mnt && ifconfig
    /// #   ^^^^^^^^^^^^^^^ `systemctl` is of no use in a build
    /// #                            ^^^^^ `mount` is of no use in a build
    /// #                                                   ^^^^^^^^ `ifconfig` is of no use in a build
    /// ```
    ///
    /// Start services in `CMD` or `ENTRYPOINT`. What the rest of the same `RUN` needs is fine, and so is what the flags of
    /// the `RUN` are for.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN service postgresql start && createdb app
    /// RUN ./server & ./test && kill $!
    /// RUN --mount=type=ssh ssh -T git@example.org
    /// RUN --security=insecure mount -t tmpfs none /mnt
    /// RUN systemctl enable nginx && apt-get install -y vim
    /// ```
    DW503 "pointless-command" Info On
    "DL3001 KICS semgrep:nonsensical-command"
    check
}

/// Commands that show something, wait for somebody, or change a machine.
const NAMES: [&str; 17] = [
    "free",
    "halt",
    "htop",
    "ifconfig",
    "kill",
    "mount",
    "nano",
    "poweroff",
    "ps",
    "reboot",
    "service",
    "shutdown",
    "ssh",
    "systemctl",
    "top",
    "vi",
    "vim",
];

fn check(checker: &Checker<'_>) {
    for (_, run) in checker.runs_with(&NAMES) {
        let starts = OnceCell::new();
        let mut commands = run.commands.iter().peekable();
        while let Some(command) = commands.next() {
            let name = command.name();
            if !NAMES.contains(&name) || is_needed(run, name, commands.peek().is_some(), &starts) {
                continue;
            }
            let is_start = |it: &str| matches!(it, "start" | "restart" | "reload");
            if name == "systemctl" && !is_start(&action(command)) {
                continue;
            }
            let span = match command.words.first() {
                Some(it) if !matches!(name, "systemctl" | "service") => it.span(),
                _ => head(command),
            };
            let message = format!("`{name}` is of no use in a build");
            checker.report(Finding::new(
                span,
                message,
                "Remove it, or do it when the container starts.",
            ));
        }
    }
}

/// Whether the `RUN` itself makes use of it.
fn is_needed(run: &Run<'_>, name: &str, is_followed: bool, starts: &OnceCell<bool>) -> bool {
    let Some(flags) = run.flags() else { return false };
    match name {
        "service" => is_followed,
        "mount" => flags.security.is_some(),
        "ssh" => flags.mounts.iter().any(|it| it.value(&["type"]).is_some_and(|it| &**it == "ssh")),
        "kill" | "ps" => *starts.get_or_init(|| starts_something(run)),
        _ => false,
    }
}

/// Whether something runs behind the commands.
fn starts_something(run: &Run<'_>) -> bool {
    let is_behind = |tree: &Tree| tree.all(Kind::Operator).any(|at| tree.text(at) == "&");
    run.script.script.tree().is_some_and(is_behind)
        || run.commands.iter().any(|it| matches!(it.name(), "service" | "nohup"))
}
