use crate::lint::shell::{declare::check, script::Script};

check! {
    /// Not every `sh` knows `set -o pipefail`: older ones of `dash` end the build there.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN set -o pipefail && curl -fsS https://example.org | sh
    /// #          ^^^^^^^^ not every `sh` knows `set -o pipefail`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    /// RUN set -o errexit && curl -fsS https://example.org | sh
    /// ```
    SC3040 "set-option" Warning check
}

/// The options of POSIX.
const KNOWN: [&str; 15] = [
    "allexport",
    "errexit",
    "ignoreeof",
    "monitor",
    "noclobber",
    "noexec",
    "noglob",
    "nolog",
    "notify",
    "nounset",
    "verbose",
    "vi",
    "xtrace",
    "emacs",
    "",
];

fn check(script: &Script<'_>) {
    use crate::shell::Dialect;
    if script.dialect != Dialect::Sh {
        return;
    }
    for call in script.named("set") {
        for pair in call.args().windows(2) {
            let &[flag, word] = pair else { continue };
            let text = script.tree.text(flag);
            let option = script.value(word).unwrap_or_default().into_owned();
            if text.starts_with(['-', '+']) && text.ends_with('o') && !KNOWN.contains(&&*option) {
                let message = format!("not every `sh` knows `set -o {option}`");
                script.report(word, message, "Set SHELL to bash.");
            }
        }
    }
}
