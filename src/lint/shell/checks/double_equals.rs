use crate::{
    lint::shell::{declare::check, script::Script},
    shell::{Kind, Node},
};

check! {
    /// POSIX compares with `=`; `dash` does not know `==`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN if [ "$A" == x ]; then make; fi
    /// #             ^^ `sh` compares with `=`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN if [ "$A" = x ]; then make; fi
    /// ```
    SC3014 "double-equals" Warning check
}

fn check(script: &Script<'_>) {
    // Words of two bytes are few.
    let is_short = |it: &Node| it.kind == Kind::Word && it.end - it.start == 2;
    if !script.dialect.is_plain() || !script.tree.nodes.iter().any(is_short) {
        return;
    }
    for id in script.tree.all(Kind::Word).filter(|it| script.tree.text(*it) == "==") {
        let above = script.tree.parent(id);
        let call = script.command_of(id).filter(|it| it.is_direct());
        let name = call.map_or("", |it| it.name.as_str());
        let is_test = script.tree.kind(above) == Kind::Test || name == "[";
        if is_test || name == "test" {
            let help = "Write =.";
            script.report(if is_test { id } else { above }, "`sh` compares with `=`", help);
        }
    }
}
