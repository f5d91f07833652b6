use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A command can be asked directly; between it and `$?` anything may slip in.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN make; if [ $? -ne 0 ]; then cat log; fi
    /// #              ^^ `if` can ask the command itself
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN if ! make; then cat log; fi
    /// ```
    SC2181 "status-test" Info check
}

/// What compares with zero.
const COMPARES: [&str; 9] = ["=", "==", "!=", "-eq", "-ne", "-gt", "-le", "-lt", "-ge"];

fn check(script: &Script<'_>) {
    let tree = &script.tree;
    if ![Kind::Variable, Kind::Braced].iter().any(|it| tree.has(*it)) {
        return;
    }
    let reads: Vec<_> = (0..crate::text::to_u32(tree.nodes.len()))
        .filter(|it| {
            matches!(tree.kind(*it), Kind::Variable | Kind::Braced)
                && matches!(tree.text(*it), "$?" | "${?}")
        })
        .filter(|it| is_tested(script, *it) && !is_first(script, *it))
        .collect();
    for id in reads {
        // Quotes belong to it.
        let above = script.tree.parent(id);
        let id = if script.tree.kind(above) == Kind::Double { above } else { id };
        script.report(id, "`if` can ask the command itself", "Write `if command; then`.");
    }
}

/// `[ $? -eq 0 ]` and its relatives.
fn is_tested(script: &Script<'_>, id: u32) -> bool {
    let tree = &script.tree;
    let Some(word) =
        tree.parents(id).find(|it| matches!(tree.kind(*it), Kind::Word | Kind::Arithmetic))
    else {
        return false;
    };
    if tree.kind(word) == Kind::Arithmetic {
        let text = tree.text(word).trim_matches(['(', ')', ' ', '!']);
        let rest = text.strip_prefix("$?").unwrap_or(text).trim();
        return rest.is_empty() || matches!(rest.replace(' ', "").as_str(), "==0" | "!=0" | ">0");
    }
    if script.only_part(word) != Some(id) {
        return false;
    }
    let above = tree.parent(word);
    if !matches!(tree.kind(above), Kind::Test | Kind::Simple) {
        return false;
    }
    let text = |it| if tree.kind(it) == Kind::Word { tree.rough(it) } else { tree.text(it).into() };
    let words: Vec<String> = tree.children(above).skip(1).map(|it| text(it).into_owned()).collect();
    let is_bracket = tree.kind(above) == Kind::Test || tree.text(above).starts_with("[ ");
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|it| *it != "!").collect();
    let is_zero = |it: &str| it == "0";
    let compared = match words.as_slice() {
        [one, operator, other, "]" | "]]"] => {
            COMPARES.contains(operator)
                && !matches!(*operator, "-lt" | "-ge")
                && (is_zero(one) || is_zero(other))
        }
        _ => false,
    };
    is_bracket && compared
}

/// Whether the function's caller has run the command: it stands first in a function.
fn is_first(script: &Script<'_>, id: u32) -> bool {
    let tree = &script.tree;
    let Some(function) = tree.parents(id).find(|it| tree.kind(*it) == Kind::Function) else {
        return false;
    };
    let first = tree
        .inside(function)
        .find(|it| matches!(tree.kind(*it), Kind::Simple | Kind::Test | Kind::Arithmetic));
    let own = tree.parents(id).find(|it| tree.kind(*it).is_command());
    first == own
}
