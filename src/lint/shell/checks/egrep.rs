use crate::{
    diagnostic::{Edit, Fix},
    lint::shell::{declare::check, script::Script},
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
            let edit = Edit::replace(script.tree.span(name), "grep -E");
            let fix = Fix::safe("Write grep -E", vec![edit]);
            let fix = Some(fix).filter(|_| script.tree.text(name) == "egrep");
            script.add(name, "`egrep` is deprecated".into(), "Write grep -E.", fix);
        }
    }
}
