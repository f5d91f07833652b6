use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
    },
};

rule! {
    /// Another `/bin/sh` changes every script of the system, which was written for the one that was there.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN rm /bin/sh && ln -s /bin/bash /bin/sh
    /// #                                 ^^^^^^^ every script of the system gets another shell
    /// ```
    ///
    /// `SHELL` is for your own commands alone.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// SHELL ["/bin/bash", "-c"]
    /// ```
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN ln -sf bash /bin/sh && echo done
    /// #               ^^^^^^^ every script of the system gets another shell
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN ln -s /bin/sh /usr/local/bin/shell && ln -s /bin/bash /opt/bin/sh
    /// ```
    DW508 "relink-sh" Warning On
    "DL4005 KICS semgrep:use-shell-instruction"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["ln"]) {
        let operands = command.operands();
        let [_, .., last] = operands else { continue };
        if !matches!(&*last.rough(), "/bin/sh" | "/usr/bin/sh") {
            continue;
        }
        let target = operands.first().map(|it| it.rough());
        let name = target.as_deref().and_then(|it| it.rsplit('/').next()).unwrap_or_default();
        checker.report(
            Finding::new(
                last.span(),
                "every script of the system gets another shell",
                "Write SHELL, which is for your own commands alone.",
            )
            .fix(fix(run, name)),
        );
    }
}

/// A `SHELL` in place of the `RUN`, if it does nothing else.
fn fix(run: &Run<'_>, shell: &str) -> Option<Fix> {
    let is_known = matches!(shell, "bash" | "dash" | "ash" | "ksh" | "zsh");
    let is_only = run.commands.iter().all(|it| matches!(it.name(), "rm" | "ln" | "mv"));
    let instruction = run.instruction();
    let is_plain = !run.script.is_trigger && instruction.marks().is_empty();
    let text = format!("SHELL [\"/bin/{shell}\", \"-c\"]");
    let edit = Edit::replace(instruction.span, text);
    (is_known && is_only && is_plain).then(|| Fix::risky("Write SHELL", vec![edit]))
}
