use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, keyword::nearest},
};

/// The signals of Linux, without `SIG`.
const SIGNALS: [&str; 36] = [
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "IOT", "BUS", "FPE", "KILL", "USR1", "SEGV",
    "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CLD", "CONT", "STOP", "TSTP", "TTIN",
    "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "POLL", "PWR", "SYS", "RTMIN",
    "RTMAX",
];

rule! {
    /// `docker stop` sends the signal of `STOPSIGNAL`. One that does not exist stops the build.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// STOPSIGNAL SIGTREM
    /// #          ^^^^^^^ invalid signal: SIGTREM
    /// STOPSIGNAL 0
    /// #          ^ invalid signal: 0
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// STOPSIGNAL SIGTERM
    /// STOPSIGNAL quit
    /// STOPSIGNAL 9
    /// STOPSIGNAL SIGRTMIN+3
    /// STOPSIGNAL $SIGNAL
    /// ```
    DW016 "invalid-signal" Error On "util:INVALID_SIGNAL"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let InstructionKind::Stopsignal(word) = &instruction.kind else { continue };
        if word.contains(['$', '"', '\'']) || is_signal(word) {
            continue;
        }
        let upper = word.to_ascii_uppercase();
        let name = upper.strip_prefix("SIG").unwrap_or(&upper);
        let help = match nearest(name, SIGNALS) {
            Some(near) if name.len() > 2 => format!("Write SIG{near}, if that is what you meant."),
            Some(_) | None => "Write a name such as SIGTERM, or a number.".to_owned(),
        };
        // The build says it in these words too, and it is said once.
        checker.report(Finding::new(word.span, format!("invalid signal: {}", word.as_str()), help));
    }
}

fn is_signal(word: &str) -> bool {
    if word.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '+' | '-')) {
        return word.parse::<i64>().is_ok_and(|it| it != 0);
    }
    let upper = word.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let is_step = |rest: &str, most: u8| {
        !rest.starts_with('0') && rest.parse::<u8>().is_ok_and(|it| (1..=most).contains(&it))
    };
    SIGNALS.contains(&name)
        || name.strip_prefix("RTMIN+").is_some_and(|it| is_step(it, 15))
        || name.strip_prefix("RTMAX-").is_some_and(|it| is_step(it, 14))
}
