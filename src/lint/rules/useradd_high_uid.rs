use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::after_word,
    },
    shell::Arg,
};

rule! {
    /// `useradd` notes each user in `/var/log/lastlog` and `/var/log/faillog`, which have a place for every number up to
    /// the highest. With a large number they look gigabytes long, and a builder that does not know holes in files
    /// writes them all.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ARG ID=123456
    /// RUN useradd -m -u 1000000 me && useradd --uid=$ID you
    /// #                 ^^^^^^^ the log of logins is as long as this number is high
    /// #                                       ^^^^^^^^^ the log of logins is as long as this number is high
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// ARG ID=123456
    /// RUN useradd -l -m -u 1000000 me && useradd -l --uid=$ID you
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN useradd -u 10001 a && useradd --no-log-init -u 1000000 b && useradd -lu 1000000 c && useradd -u "$ID" d
    /// ```
    DW507 "useradd-high-uid" Warning On
    "DL3046 droast:DF064"
    check
}

/// A log for more is worth a thought.
const MAX: u64 = 99_999;

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["useradd"]) {
        if checker.has_flag(run, command, &["-l", "--no-log-init"]) {
            continue;
        }
        let mut words = command.arguments().iter();
        let mut found = None;
        for arg in command.args() {
            if let Arg::Flag { name, value: Some(value), word } = arg
                && matches!(&**name, "-u" | "--uid")
            {
                // The number is a word of its own, or a part of the flag's.
                let next = words.by_ref().skip_while(|it| it.id != word.id).nth(1);
                let own = next.filter(|it| it.rough() == *value);
                let text = match own {
                    Some(it) => checker.value(run, *it),
                    None => checker.value(run, *word),
                };
                let digits = text.unwrap_or_default();
                let digits = digits.trim_start_matches(|it: char| !it.is_ascii_digit());
                if digits.parse::<u64>().is_ok_and(|it| it > MAX) {
                    found = Some(own.unwrap_or(word).span());
                }
            }
        }
        let Some(span) = found else { continue };
        let edit = command.words.first().and_then(|it| after_word(run, *it, " -l"));
        checker.report(
            Finding::new(span, "the log of logins is as long as this number is high", "Add -l.")
                .fix(edit.map(|it| Fix::safe("Add -l", vec![it]))),
        );
    }
}
