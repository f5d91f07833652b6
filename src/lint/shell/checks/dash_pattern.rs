use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A file may be called `-rf`: a pattern that starts a word can turn into a flag.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN rm *.deb
    /// #      ^ a file whose name starts with a dash is read as a flag
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN rm ./*.deb && rm -- *.rpm && echo *
    /// ```
    SC2035 "dash-pattern" Info check
}

fn check(script: &Script<'_>) {
    if !script.tree.has(Kind::Glob) {
        return;
    }
    for call in &script.calls {
        let name = call.name.as_str();
        if matches!(name, "echo" | "printf" | "[") || call.name_word().is_none() {
            continue;
        }
        for &word in call.args() {
            if script.value(word).is_some_and(|it| it == "--") {
                break;
            }
            let Some(first) = script.tree.children(word).next() else { continue };
            let is_pattern = script.tree.kind(first) == Kind::Glob
                && matches!(script.tree.text(first), "*" | "?");
            if is_pattern && script.tree.kind(word) == Kind::Word {
                let message = "a file whose name starts with a dash is read as a flag";
                script.report_around(
                    first,
                    message,
                    "Start the pattern with ./.",
                    ("Start with ./", "./", ""),
                );
            }
        }
    }
}
