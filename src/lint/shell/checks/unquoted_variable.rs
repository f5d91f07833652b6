use std::cell::OnceCell;

use crate::{
    lint::shell::{declare::check, flow, script::Script},
    shell::Kind,
};

check! {
    /// A variable without quotes is split at blanks, and each part is a pattern for names of files: `a b` is two
    /// arguments, `*` is all files.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN name=$(cat name) && touch $name
    /// #                             ^^^^^ `$name` is split at blanks and read as a pattern
    /// ```
    ///
    /// Quotes keep it in one piece. A value that the script itself has set to one word needs none.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG VERSION=1
    /// RUN name=$(cat name) && touch "$name"
    /// RUN dir=/opt/a && mkdir $dir $dir/$VERSION
    /// ```
    SC2086 "unquoted-variable" Info check
}

fn check(script: &Script<'_>) {
    let one_word = OnceCell::new();
    for (id, node) in (0..).zip(&script.tree.nodes) {
        if !matches!(node.kind, Kind::Variable | Kind::Braced) {
            continue;
        }
        let text = script.tree.text(id);
        let inside = text.trim_start_matches(['$', '{']);
        // `$@` and arrays have a problem of their own; a length is a number; `${x:+…}` is quoted where it must be;
        // `: ${x:=…}` only assigns.
        let is_other = inside.starts_with(['@', '#'])
            || text.contains("[@]")
            || is_alternative(script, id)
            || is_default(script, id);
        if is_other || script.is_quote_free(id) || script.is_name(id) {
            continue;
        }
        let one_word = one_word.get_or_init(|| flow::one_word(script.tree, script.variables));
        if one_word.get(id as usize) == Some(&true) {
            continue;
        }
        let message = format!("`{text}` is split at blanks and read as a pattern");
        let help = "Put it in double quotes, unless it is a list on purpose.";
        script.report_around(id, message, help, ("Put it in double quotes", "\"", "\""));
    }
}

/// `${x:+…}`, `${x+…}`.
fn is_alternative(script: &Script<'_>, id: u32) -> bool {
    let operator = script.tree.children_of(id, Kind::Operator).nth(1);
    operator.is_some_and(|it| matches!(script.tree.text(it), "+" | ":+"))
}

/// `: ${x:=…}`.
fn is_default(script: &Script<'_>, id: u32) -> bool {
    let operator = script.tree.children_of(id, Kind::Operator).nth(1);
    let assigns = operator.is_some_and(|it| matches!(script.tree.text(it), "=" | ":="));
    assigns && script.command_of(id).is_some_and(|it| it.name == ":")
}
