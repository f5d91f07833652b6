use crate::{
    lint::shell::{
        declare::check,
        script::{Call, Script},
    },
    shell::Kind,
};

check! {
    /// What a command prints is split at blanks, and each part is a pattern for names of files.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN tar xf $(find /dist -name "*.tar")
    /// #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ what `find` prints is split at blanks and read as patterns
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN tar xf "$(find /dist -name '*.tar')" && kill $(pgrep server) && list=$(ls)
    /// ```
    SC2046 "unquoted-substitution" Warning check
}

fn check(script: &Script<'_>) {
    if ![Kind::Substitution, Kind::Backtick].iter().any(|it| script.tree.has(*it)) {
        return;
    }
    for id in 0..crate::text::to_u32(script.tree.nodes.len()) {
        let Some(list) = script.substituted(id) else { continue };
        if script.is_quote_free(id) || script.is_name(id) {
            continue;
        }
        let first = script.first_call(list);
        let name = first.map_or("", |it| it.name.as_str());
        let written = first.and_then(Call::name_word).map_or("", |it| script.tree.text(it));
        // Numbers, one a line: they are meant to be split.
        if matches!(written, "seq" | "pgrep") && is_alone(script, list) {
            continue;
        }
        let message = if name.is_empty() {
            "what a command prints is split at blanks and read as patterns".to_owned()
        } else {
            format!("what `{name}` prints is split at blanks and read as patterns")
        };
        let help = "Put it in double quotes, unless it is a list on purpose.";
        script.report_around(id, message, help, ("Put it in double quotes", "\"", "\""));
    }
}

/// Whether a list is one simple command.
fn is_alone(script: &Script<'_>, list: u32) -> bool {
    let tree = &script.tree;
    let inside: Vec<_> = tree.inside(list).take(4).map(|it| tree.kind(it)).collect();
    let commands = tree.inside(list).filter(|it| tree.kind(*it) == Kind::Pipeline).count();
    let pipes = tree.inside(list).any(|it| matches!(tree.text(it), "|" | "|&"));
    inside.get(2) == Some(&Kind::Simple) && commands == 1 && !pipes
}
