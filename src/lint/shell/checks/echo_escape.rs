use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Dialect,
};

check! {
    /// `echo` prints `\n` as two characters in one shell and as a line break in another.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo "one\ntwo" > /list
    /// #        ^^^^^^^^^^ not every `echo` makes something of this escape sequence
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN printf 'one\ntwo\n' > /list && echo plain
    /// ```
    SC2028 "echo-escape" Info check
}

fn check(script: &Script<'_>) {
    // `echo` of these always does.
    if matches!(script.dialect, Dialect::Dash | Dialect::Busybox) {
        return;
    }
    for call in script.named("echo") {
        let reads =
            |it: &u32| script.value(*it).is_some_and(|it| it.starts_with('-') && it.contains('e'));
        if call.args().iter().any(reads) {
            continue;
        }
        for &it in call.args() {
            if has_escape(&literal(script, it)) {
                let message = "not every `echo` makes something of this escape sequence";
                script.report(it, message, "Use printf.");
            }
        }
    }
}

/// What of a word no expansion changes, without quotes.
fn literal(script: &Script<'_>, word: u32) -> String {
    script.parts(word).map(|it| script.fixed(it).unwrap_or(" ")).collect()
}

fn has_escape(text: &str) -> bool {
    let escaped = |it: &str| {
        it.starts_with(['a', 'b', 'e', 'f', 'n', 'r', 't', 'v', 'x', '\\'])
            || it.starts_with(|it: char| it.is_ascii_digit())
    };
    text.match_indices('\\').any(|(at, _)| text.get(at + 1..).is_some_and(escaped))
}
