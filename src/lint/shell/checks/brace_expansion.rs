use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A plain `sh` has no brace expansion: `dash` makes one directory called `{bin,lib}`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN mkdir -p /opt/{bin,lib}
    /// #                 ^^^^^^^^^ `sh` has no brace expansion
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN mkdir -p /opt/bin /opt/lib
    /// SHELL ["/bin/bash", "-c"]
    /// RUN mkdir -p /opt/{bin,lib}
    /// ```
    SC3009 "brace-expansion" Warning check
}

fn check(script: &Script<'_>) {
    if !script.dialect.is_plain() {
        return;
    }
    for id in script.tree.all(Kind::Brace) {
        script.report(
            id,
            "`sh` has no brace expansion",
            "Write the words out, or set SHELL to bash.",
        );
    }
}
