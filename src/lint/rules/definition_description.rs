use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        suppress::suppressions,
    },
    syntax::InstructionKind,
    text::Span,
};

rule! {
    /// The comment above a stage or an `ARG` is its description: `docker build --call=outline` shows it, if it begins with the
    /// name. One that begins otherwise is lost. This rule is tried out, as Docker's own check is.
    ///
    /// ```dockerfile bad
    /// # The version of the base image.
    /// #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this description does not begin with `VERSION`
    /// ARG VERSION=13
    /// # builds the program
    /// #^^^^^^^^^^^^^^^^^^^ this description does not begin with `build`
    /// FROM debian:$VERSION AS Build
    /// ```
    ///
    /// ```dockerfile fixed
    /// # VERSION The version of the base image.
    /// ARG VERSION=13
    /// # build builds the program
    /// FROM debian:$VERSION AS Build
    /// ```
    ///
    /// An empty comment below one says that it is about something else. Comments for tools describe nothing.
    ///
    /// ```dockerfile good
    /// # The program of all programs
    /// #
    /// ARG VERSION=13
    /// # VERSION is a number
    /// # VERSION and nothing else
    /// ARG VERSION
    /// # hadolint ignore=DL3006
    /// FROM debian AS build
    /// # a stage without a name
    /// FROM debian:13
    /// ```
    DW907 "definition-description" Style Preview
    "InvalidDefinitionDescription"
    check
}

fn check(checker: &Checker<'_>) {
    let (parse, source) = (checker.parse(), checker.source());
    let silencing = suppressions(source, parse);
    for instruction in &parse.instructions {
        let names: Vec<String> = match &instruction.kind {
            InstructionKind::From(it) => it.name.iter().map(|it| it.to_ascii_lowercase()).collect(),
            InstructionKind::Arg(it) => {
                it.variables.iter().map(|it| it.name.as_str().to_owned()).collect()
            }
            _ => continue,
        };
        let comment = parse.docs(instruction).last().copied();
        let text = parse.doc_texts(instruction, source).last();
        let (Some(span), Some(text)) = (comment, text) else { continue };
        let first = text.split(' ').next().unwrap_or_default();
        let is_for_tools = silencing.binary_search_by_key(&span, |it| it.span).is_ok();
        if is_for_tools || names.is_empty() || names.iter().any(|it| it == first) {
            continue;
        }
        let message = match names.as_slice() {
            [name] => format!("this description does not begin with `{name}`"),
            _ => "this description does not begin with the name of a variable".to_owned(),
        };
        let help = "Begin with the name, or leave an empty comment below.";
        checker.report(Finding::new(span, message, help).fix(fix(source, span, &names)));
    }
}

/// Writes the name in front; Docker reads no description in an indented comment.
fn fix(source: &str, comment: Span, names: &[String]) -> Option<Fix> {
    let [name] = names else { return None };
    let before = source.get(..comment.start as usize)?;
    let text = comment.slice(source);
    let behind = text.strip_prefix('#')?;
    let blanks = behind.len() - behind.trim_start().len();
    let at = comment.start + 1 + crate::text::to_u32(blanks);
    let blank = if blanks == 0 { " " } else { "" };
    let is_first = before.is_empty() || before.ends_with('\n');
    is_first.then(|| {
        let edit = Edit::insert(at, format!("{blank}{name} "));
        Fix::safe("Begin with the name", vec![edit])
    })
}
