use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, instruction::env::Pair, words},
    text::Span,
};

rule! {
    /// `ENV name value` takes the rest of the line for one value. `ENV A 1 B=2` sets one variable, and nobody sees it. The form
    /// is kept for old files only.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ENV LANG C.UTF-8
    /// #   ^^^^^^^^^^^^ this is the old form, without an equals sign
    /// LABEL description a small tool
    /// #     ^^^^^^^^^^^^^^^^^^^^^^^^ this is the old form, without an equals sign
    /// ENV EDITOR   "vi -e"
    /// #   ^^^^^^^^^^^^^^^^ this is the old form, without an equals sign
    /// ```
    ///
    /// With an equals sign, a value with blanks needs quotes.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// ENV LANG=C.UTF-8
    /// LABEL description="a small tool"
    /// ENV EDITOR="vi -e"
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ENV LANG=C.UTF-8 EDITOR="vi -e"
    /// ```
    DW204 "legacy-key-value" Style On
    "LegacyKeyValueFormat util:SYNTAX_MISSING_EQUALS"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let (pairs, keyword) = match &instruction.kind {
            InstructionKind::Env(it) if it.legacy => (&it.pairs, "ENV"),
            InstructionKind::Label(it) if it.legacy => (&it.pairs, "LABEL"),
            _ => continue,
        };
        for pair in pairs {
            checker.report(
                Finding::new(
                    pair.name.span.to(pair.value.span),
                    "this is the old form, without an equals sign",
                    format!("Write {keyword} {}=value.", pair.name.as_str()),
                )
                .fix(fix(checker, pair)),
            );
        }
    }
}

/// An equals sign in place of the blanks, and quotes if the value has blanks.
fn fix(checker: &Checker<'_>, pair: &Pair<'_>) -> Option<Fix> {
    let escape = checker.parse().escape;
    let (name, value) = (&pair.name, &pair.value);
    let between = Span::new(name.span.end, value.span.start);
    let blanks = between.slice(checker.source());
    if blanks.contains('\n') || value.is_empty() {
        return None;
    }
    let mut all = words(value, escape);
    let is_word = all.next().is_some_and(|it| it.len() == value.len()) && all.next().is_none();
    let mut edits = vec![Edit::replace(between, "=")];
    if !is_word {
        // Quotes inside quotes would mean something else.
        if value.contains(['"', '\'', escape]) {
            return None;
        }
        edits = vec![Edit::replace(between, "=\""), Edit::insert(value.span.end, "\"")];
    }
    Some(Fix::safe("Write an equals sign", edits))
}
