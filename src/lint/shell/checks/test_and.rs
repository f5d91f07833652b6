use crate::lint::shell::{declare::check, script::Script};

check! {
    /// `-a` and `-o` in `[ ]` mean something else when an operand looks like an operator; POSIX has given them up.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN if [ -n "$A" -a -n "$B" ]; then make; fi
    /// #                ^^ `-a` in `[ ]` is not defined for every operand
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN if [ -n "$A" ] && [ -n "$B" ]; then make; fi
    /// ```
    SC2166 "test-and" Warning check
}

fn check(script: &Script<'_>) {
    for call in script.named("[") {
        for pair in call.args().windows(2) {
            let &[_, word] = pair else { continue };
            let text = script.tree.text(word).to_owned();
            if matches!(&*text, "-a" | "-o") {
                let help = if text == "-a" {
                    "Write [ … ] && [ … ]."
                } else {
                    "Write [ … ] || [ … ]."
                };
                script.report(
                    word,
                    format!("`{text}` in `[ ]` is not defined for every operand"),
                    help,
                );
            }
        }
    }
}
