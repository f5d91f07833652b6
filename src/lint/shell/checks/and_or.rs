use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// The last command also runs when the one in the middle fails.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN test -f /x && make || install
    /// #              ^^ what follows `||` also runs when the command in the middle fails
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN if test -f /x; then make; else install; fi
    /// RUN test -f /x && make || true
    /// ```
    SC2015 "and-or" Info check preview
}

fn check(script: &Script<'_>) {
    for list in script.tree.all(Kind::AndOr) {
        if script.tree.children(list).nth(4).is_none() {
            continue;
        }
        if script.is_condition(list) || script.is_condition_of_loop(list) {
            continue;
        }
        let children: Vec<_> = script
            .tree
            .children(list)
            .filter(|it| script.tree.kind(*it) != Kind::Comment)
            .collect();
        let found: Vec<_> = children
            .windows(5)
            .enumerate()
            .filter(|(at, it)| is_and_or(script, it, children.get(at + 5).copied()))
            .filter_map(|(_, it)| it.get(1).copied())
            .collect();
        for id in found {
            let message = "what follows `||` also runs when the command in the middle fails";
            script.report(id, message, "Write if … then … else.");
        }
    }
}

fn is_and_or(script: &Script<'_>, part: &[u32], next: Option<u32>) -> bool {
    let &[_, and, middle, or, last] = part else { return false };
    let tree = &script.tree;
    // What decides again is no mistake.
    let is_chain = next.is_some_and(|it| tree.text(it) == "||" || tree.text(it) == "&&");
    tree.text(and) == "&&"
        && tree.text(or) == "||"
        && !is_chain
        && !is_harmless(script, middle, &["[", "test"])
        && !is_harmless(script, last, &["echo", "exit", "return", "printf", "true", ":"])
}

/// Whether a pipeline is one command that cannot do harm here: a test, an assignment, one of these.
fn is_harmless(script: &Script<'_>, pipeline: u32, names: &[&str]) -> bool {
    let tree = &script.tree;
    let mut parts = tree.children(pipeline);
    if parts.clone().next().is_some_and(|it| tree.text(it) == "!") {
        return names.contains(&"exit");
    }
    let (Some(command), None) = (parts.next(), parts.next()) else { return false };
    match tree.kind(command) {
        Kind::Test => names.contains(&"["),
        Kind::Simple => match script.call(command) {
            Some(call) if call.name_word().is_some() => {
                call.is_direct() && names.contains(&call.name.as_str())
            }
            _ => tree
                .inside(command)
                .all(|it| !matches!(tree.kind(it), Kind::Substitution | Kind::Backtick)),
        },
        _ => false,
    }
}
