use crate::lint::shell::{declare::check, script::Script};

check! {
    /// `echo` of a plain `sh` may print `-e` and `-n` instead of obeying them.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo -e "a\tb" > /list
    /// #        ^^ `sh` need not know `echo` with flags
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN printf 'a\tb\n' > /list && echo plain
    /// SHELL ["/bin/bash", "-c"]
    /// RUN echo -e "a\tb" > /list
    /// ```
    SC3037 "echo-flag" Warning check
}

fn check(script: &Script<'_>) {
    use crate::shell::Dialect;
    if script.dialect != Dialect::Sh {
        return;
    }
    for call in script.named("echo") {
        let Some(&first) = call.args().first() else { continue };
        let value = script.value(first).unwrap_or_default();
        let is_flag = value.strip_prefix('-').is_some_and(|it| {
            !it.is_empty() && it.bytes().all(|it| matches!(it, b'e' | b'n' | b'E'))
        });
        if is_flag {
            script.report(first, "`sh` need not know `echo` with flags", "Use printf.");
        }
    }
}
