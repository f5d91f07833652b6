use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// `echo` prints what the command prints.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo "$(date)" > /built
    /// #        ^^^^^^^^^ the command prints this by itself
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN date > /built
    /// ```
    SC2005 "useless-echo" Info check
}

fn check(script: &Script<'_>) {
    for call in script.named("echo") {
        let &[only] = call.args() else { continue };
        if call.name_word().is_none_or(|it| script.tree.text(it) != "echo") {
            continue;
        }
        let Some(list) = script.only_part(only).and_then(|it| script.substituted(it)) else {
            continue;
        };
        let tree = &script.tree;
        let is_one = tree.children_of(list, Kind::AndOr).nth(1).is_none();
        // `$(<file)` is a command of the shell's own.
        let is_file = tree
            .inside(list)
            .filter(|it| tree.kind(*it) == Kind::Simple)
            .all(|it| tree.children(it).all(|it| tree.kind(it) == Kind::Redirect))
            && !tree
                .inside(list)
                .any(|it| tree.kind(it).is_command() && tree.kind(it) != Kind::Simple);
        if is_one && !is_file {
            script.report(only, "the command prints this by itself", "Write the command alone.");
        }
    }
}
