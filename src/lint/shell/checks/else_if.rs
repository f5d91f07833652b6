use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// `else if` opens another `if`, which needs another `fi`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN if a; then b; else if c; then d; fi; fi
    /// #                 ^^^^ `else if` opens an `if` inside the `if`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN if a; then b; elif c; then d; fi
    /// ```
    SC1075 "else-if" Warning check
}

fn check(script: &Script<'_>) {
    for id in script.tree.all(Kind::Keyword) {
        let end = script.tree.node(id).end as usize;
        let rest = script.tree.source.text().get(end..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', '\t']).strip_prefix("if");
        let is_if =
            rest.is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t', '\n', '(', ';']));
        if is_if && script.tree.text(id) == "else" {
            script.report(id, "`else if` opens an `if` inside the `if`", "Write elif.");
        }
    }
}
