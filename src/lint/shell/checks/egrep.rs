use crate::{
    diagnostic::Edit,
    lint::shell::{Repair, declare::check, script::Script},
};

check! {
    /// GNU warns of `egrep` since 2022; POSIX never had it.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN egrep "a|b" /list
    /// #   ^^^^^ `egrep` is deprecated
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN grep -E "a|b" /list
    /// ```
    SC2196 "egrep" Info check
}

fn check(script: &Script<'_>) {
    for call in script.named("egrep") {
        if let Some(name) = call.name_word() {
            let edits = vec![Edit { span: script.tree.span(name), text: "grep -E".to_owned() }];
            let repair = Repair { title: "Write grep -E", is_safe: true, edits };
            let repair = Some(repair).filter(|_| script.tree.text(name) == "egrep");
            script.add(name, "`egrep` is deprecated".into(), "Write grep -E.", repair);
        }
    }
}
