use crate::lint::shell::{declare::check, script::Script};

check! {
    /// `xargs` splits at blanks and quotes, which names of files may have.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN find . -name "*.pyc" | xargs rm
    /// #   ^^^^^^^^^^^^^^^^^^^^ `xargs` splits names at blanks
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN find . -name "*.pyc" -print0 | xargs -0 rm
    /// RUN find . -name "*.pyc" -exec rm {} +
    /// ```
    SC2038 "find-xargs" Warning check
}

fn check(script: &Script<'_>) {
    for call in script.named("find") {
        let tree = &script.tree;
        let pipeline = tree.parent(call.id);
        let next = tree
            .children(pipeline)
            .filter(|it| tree.kind(*it).is_command())
            .find(|it| *it > call.id);
        let Some(next) = next.and_then(|next| script.call(next)) else { continue };
        let first = next.name_word().map_or("", |it| tree.text(it));
        let has = |call: &crate::lint::shell::script::Call, found: fn(&str) -> bool| {
            call.args().iter().any(|it| found(&script.value(*it).unwrap_or_default()))
        };
        let is_zero = |it: &str| {
            it == "--null" || (it.starts_with('-') && !it.starts_with("--") && it.contains('0'))
        };
        if first != "xargs"
            || has(next, is_zero)
            || has(call, |it| matches!(it, "-print0" | "-fprint0" | "-printf"))
        {
            continue;
        }
        let help = "Use -print0 and xargs -0, or -exec … {} +.";
        script.report(call.id, "`xargs` splits names at blanks", help);
    }
}
