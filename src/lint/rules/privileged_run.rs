use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::instruction::run::{Network, Security},
    text::Span,
};

rule! {
    /// A `RUN` is held in a sandbox. `--security=insecure` opens it: the command may do to the machine that builds what
    /// its root may do. `--network=host` lets it reach what listens on that machine alone, and `--device` gives it hardware.
    /// Whoever can change the Dockerfile, or one of the packages it installs, can do so then.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN --security=insecure mount -t tmpfs none /mnt
    /// #   ^^^^^^^^^^^^^^^^^^^ this command may change the machine that builds
    /// RUN --network=host curl http://localhost:8080/
    /// #   ^^^^^^^^^^^^^^ this command can reach what listens on the machine that builds
    /// RUN --device=vendor.com/gpu=all make
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ this command uses a device of the machine that builds
    /// ```
    ///
    /// What can be done in the sandbox should be, and a command that needs no network is safest without one.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN --network=none make
    /// RUN --security=sandbox --network=default make
    /// ```
    DW614 "privileged-run" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    for run in checker.runs() {
        let Some(flags) = run.flags() else { continue };
        let place = |name: &str| run.instruction().flag(name).map(|it| it.span);
        let report = |span: Option<Span>, message: &'static str| {
            if let Some(span) = span {
                let help = "Leave the flag out, or do this step where the machine is yours.";
                checker.report(Finding::new(span, message, help));
            }
        };
        if flags.security == Some(Security::Insecure) {
            report(place("security"), "this command may change the machine that builds");
        }
        if flags.network == Some(Network::Host) {
            let message = "this command can reach what listens on the machine that builds";
            report(place("network"), message);
        }
        if !flags.devices.is_empty() {
            report(place("device"), "this command uses a device of the machine that builds");
        }
    }
}
