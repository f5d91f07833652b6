use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, Text},
};

rule! {
    /// `FROM` and `AS` are one instruction. In one case they read as one, and the image and the name between them stand out.
    ///
    /// ```dockerfile bad
    /// FROM debian:13 as build
    /// #              ^^ `as` and `FROM` are not in the same case
    /// FROM --platform=$BUILDPLATFORM debian:13 As test
    /// #                                        ^^ `As` and `FROM` are not in the same case
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13 AS build
    /// FROM --platform=$BUILDPLATFORM debian:13 AS test
    /// ```
    ///
    /// ```dockerfile bad
    /// from debian:13 AS build
    /// #              ^^ `AS` and `from` are not in the same case
    /// ```
    ///
    /// A `FROM` that is mixed itself is another rule's matter.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS as
    /// From debian:13 as two
    /// from debian:13 as three
    /// ```
    DW906 "from-as-casing" Style On
    "FromAsCasing"
    check
}

fn check(checker: &Checker<'_>) {
    for from in checker.stages().iter().filter_map(|it| it.head) {
        let keyword = from.word();
        let Some(word) = word(from) else { continue };
        let right = if keyword.eq("from") {
            "as"
        } else if keyword.eq("FROM") {
            "AS"
        } else {
            continue;
        };
        if word.as_str() != right {
            let message = format!("`{}` and `{keyword}` are not in the same case", word.as_str());
            let edit = Edit::replace(word.span, right);
            checker.report(
                Finding::new(word.span, message, format!("Write {right}."))
                    .fix(Fix::safe(format!("Write {right}"), vec![edit])),
            );
        }
    }
}

/// The `AS` of a `FROM`, if a word follows it.
fn word<'a>(from: &Instruction<'a>) -> Option<Text<'a>> {
    let arguments = from.arguments();
    let mut words = arguments.split_ascii_whitespace();
    let image = words.next()?;
    let word = words.next().filter(|it| it.eq_ignore_ascii_case("as"))?;
    words.next()?;
    let start = arguments.as_str().get(image.len()..)?.find(word)? + image.len();
    Some(arguments.part(start, start + word.len()))
}
