use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A plain `sh` has no `[[ ]]`: `dash` looks for a program of that name.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN if [[ -f /x ]]; then make; fi
    /// #      ^^^^^^^^^^^ `sh` has no `[[ ]]`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN if [ -f /x ]; then make; fi
    /// ```
    SC3010 "double-brackets" Warning check
}

fn check(script: &Script<'_>) {
    if !script.dialect.is_plain() {
        return;
    }
    for id in script.tree.all(Kind::Test) {
        script.report(id, "`sh` has no `[[ ]]`", "Write [ ], or set SHELL to bash.");
    }
}
