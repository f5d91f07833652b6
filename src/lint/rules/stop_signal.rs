use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::InstructionKind,
};

rule! {
    /// `STOPSIGNAL` is the signal that asks a program to end, so that it can finish what it does. Nobody can answer `SIGKILL`
    /// and `SIGSTOP`: the program is cut off, or stands still until it is killed.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// STOPSIGNAL SIGKILL
    /// #          ^^^^^^^ a program cannot answer `SIGKILL`
    /// STOPSIGNAL 9
    /// #          ^ a program cannot answer `9`
    /// STOPSIGNAL stop
    /// #          ^^^^ a program cannot answer `stop`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM nginx:1.29
    /// STOPSIGNAL SIGQUIT
    /// STOPSIGNAL 15
    /// STOPSIGNAL $SIGNAL
    /// ```
    DW713 "stop-signal" Warning On
    "tally:no-ungraceful-stopsignal"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let InstructionKind::Stopsignal(signal) = &instruction.kind else { continue };
        let written = signal.trim_matches(['"', '\'']);
        let upper = written.to_ascii_uppercase();
        let name = upper.strip_prefix("SIG").unwrap_or(&upper);
        if matches!(name, "KILL" | "STOP" | "9" | "19") {
            checker.report(Finding::new(
                signal.span,
                format!("a program cannot answer `{written}`"),
                "Name the signal on which the program ends: SIGTERM, or what its manual says.",
            ));
        }
    }
}
