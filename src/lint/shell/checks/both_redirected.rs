use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A plain `sh` reads `&>` as `&` and `>`: the command runs in the background.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN make &> /log
    /// #        ^^^^^^^ `sh` runs the command in the background here
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN make > /log 2>&1
    /// ```
    SC3020 "both-redirected" Warning check
}

fn check(script: &Script<'_>) {
    if !script.dialect.is_plain() {
        return;
    }
    for id in script.tree.all(Kind::Redirect).filter(|it| is_both(script.tree.text(*it))) {
        script.report(id, "`sh` runs the command in the background here", "Write > file 2>&1.");
    }
}

fn is_both(text: &str) -> bool {
    text.starts_with("&>") && !text.starts_with("&>>")
}
