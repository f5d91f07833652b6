use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A quote inside single quotes ends them: what stands between is not quoted.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo 'it'is'so' > /text
    /// #            ^^ this word stands outside of the quotes around it
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN echo "it'is'so" > /text
    /// ```
    SC2026 "word-between-quotes" Warning check
}

fn check(script: &Script<'_>) {
    let tree = &script.tree;
    if !tree.has(Kind::Single) {
        return;
    }
    let is_word = |it: &u32| {
        let text = tree.text(*it);
        tree.kind(*it) == Kind::Literal && text.chars().all(char::is_alphanumeric)
    };
    let is_outside = |id: &u32| {
        // A part without parts stands right before it.
        let before = tree.node(id.saturating_sub(1));
        let is_beside = before.kind == Kind::Single && before.parent == tree.parent(*id);
        is_beside && tree.after(*id).next().is_none_or(|it| tree.kind(it) != Kind::Escape)
    };
    let found: Vec<_> = tree.all(Kind::Literal).filter(is_word).filter(is_outside).collect();
    for id in found {
        let message = "this word stands outside of the quotes around it";
        script.report(
            id,
            message,
            "Use double quotes around all of it, if quotes are meant inside.",
        );
    }
}
