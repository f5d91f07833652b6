//! `ARG` as older engines read it.

use super::container::variables;
use crate::differential::{bases::Known, case::Case, model};
use dockwright::{
    simulate::StepKind,
    syntax::{InstructionKind, parse},
};

/// The Dockerfile in which no word of an `ARG` names a variable that another word of it sets for the first time.
pub(super) fn words_apart(case: &Case) -> Option<String> {
    let known = Known::new().ok()?;
    let (_, build) = model::built(case, &known);
    let build = build?;
    let mut text = case.text.clone();
    for step in build.steps.iter().rev().filter(|it| matches!(it.kind, StepKind::Metadata)) {
        let (from, to) =
            (usize::try_from(step.span.start).ok()?, usize::try_from(step.span.end).ok()?);
        let parse = parse(&case.text);
        let same = parse.instructions.iter().find(|it| it.span == step.span);
        let Some(InstructionKind::Arg(arg)) = same.map(|it| &it.kind) else { continue };
        let set = variables(&build, step);
        let mut written = case.text.get(from..to)?.to_owned();
        for variable in &arg.variables {
            let name = variable.name.as_str();
            if !set.iter().any(|it| it.0 == name) {
                written = renamed(&written, name);
            }
        }
        text.replace_range(from..to, &written);
    }
    (text != case.text).then_some(text)
}

/// A text in which what is asked of a variable is asked of another, which nobody sets.
fn renamed(text: &str, name: &str) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        done += before;
        done.push('$');
        let brace = if after.starts_with('{') { "{" } else { "" };
        let inside = after.strip_prefix('{').unwrap_or(after);
        rest = after;
        if let Some(behind) = inside.strip_prefix(name)
            && !behind.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '_')
        {
            done += &format!("{brace}_nobody_sets_{name}");
            rest = behind;
        }
    }
    done + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_renamed() {
        assert_eq!(
            renamed("ARG A=1 B=$A${A:-x}$AB$", "A"),
            "ARG A=1 B=$_nobody_sets_A${_nobody_sets_A:-x}$AB$"
        );
    }
}
