use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// The next command can read the file itself.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN cat /list | sort > /sorted
    /// #       ^^^^^ the next command can read this file itself
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN sort /list > /sorted
    /// ```
    SC2002 "useless-cat" Info check preview
}

fn check(script: &Script<'_>) {
    for call in script.named("cat") {
        let &[only] = call.args() else { continue };
        let tree = &script.tree;
        // What may be several files is for `cat` to join.
        let may_split = tree.children(only).any(|it| {
            let kind = tree.kind(it);
            matches!(
                kind,
                Kind::Variable | Kind::Braced | Kind::Glob | Kind::ExtendedPattern | Kind::Brace
            )
        });
        let is_first = tree.children(tree.parent(call.id)).find(|it| tree.kind(*it).is_command())
            == Some(call.id);
        if is_first && !may_split && !tree.text(only).starts_with('-') && script.is_piped(call.id) {
            script.report(
                only,
                "the next command can read this file itself",
                "Name the file behind the next command.",
            );
        }
    }
}
