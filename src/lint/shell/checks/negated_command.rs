use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// `set -e` does not stop for a command behind `!`, whatever it gives.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN set -e; ! grep -q root /etc/shadow; make
    /// #           ^^^^^^^^^^^^^^^^^^^^^^^^^^ `set -e` does not see what a command behind `!` gives
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN set -e; if grep -q root /etc/shadow; then exit 1; fi; ! grep -q a b
    /// ```
    SC2251 "negated-command" Info check
}

fn check(script: &Script<'_>) {
    if !script.stops_on_errors {
        return;
    }
    let tree = &script.tree;
    let is_dead = |id: &u32| {
        let and_or = tree.parent(*id);
        let is_alone = tree.children(and_or).nth(1).is_none();
        let is_negated = tree.children(*id).next().is_some_and(|it| tree.text(it) == "!");
        is_negated && is_alone && !is_last(script, and_or) && !script.is_condition(and_or)
    };
    let found: Vec<_> = tree.all(Kind::Pipeline).filter(is_dead).collect();
    for id in found {
        let message = "`set -e` does not see what a command behind `!` gives";
        script.report(id, message, "Write if, or add && exit 1 behind the command without !.");
    }
}

/// Whether a command is the last of the script, of a function or of a condition, or runs beside it.
fn is_last(script: &Script<'_>, and_or: u32) -> bool {
    let tree = &script.tree;
    let list = tree.parent(and_or);
    if tree.after(and_or).next().is_some_and(|it| tree.text(it) == "&") {
        return true;
    }
    let is_end = script.is_last(and_or);
    let above = tree.parent(list);
    match tree.kind(above) {
        Kind::Script | Kind::Subshell => is_end,
        Kind::Group => is_end && is_last(script, tree.parent(tree.parent(above))),
        Kind::If | Kind::Loop => is_end && script.is_condition_list(list),
        Kind::For | Kind::ForArithmetic => false,
        _ => true,
    }
}
