use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Form, Instruction, InstructionKind, Text, form::mistake::mistake},
    text::Span,
};

rule! {
    /// What looks like a JSON array and is none is a command for a shell. The shell then looks for a program that is called `[`,
    /// or for one with brackets and quotes in its name.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// CMD ['node', 'app.js']
    /// #    ^ this is no JSON array, so a shell gets it
    /// ENTRYPOINT ["node",]
    /// #                 ^ this is no JSON array, so a shell gets it
    /// HEALTHCHECK CMD [curl, -f, http://localhost]
    /// #                ^^^^ this is no JSON array, so a shell gets it
    /// ```
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// CMD ['node', 'app.js']
    /// #    ^ this is no JSON array, so a shell gets it
    /// ```
    ///
    /// JSON has double quotes, around each word, and commas between.
    ///
    /// ```dockerfile fixed
    /// FROM node:22
    /// CMD ["node", "app.js"]
    /// ```
    ///
    /// The test of a shell has blanks inside its brackets.
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// CMD ["node", "app.js"]
    /// RUN [ -f app.js ] && echo yes
    /// RUN [ "$A" = "b" ] || exit 1
    /// RUN [[ -f app.js ]] && echo yes
    /// ```
    DW008 "broken-json-form" Warning On
    "util:JSON_IN_SINGLE_QUOTES tally:invalid-json-form"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let form = match &instruction.kind {
            InstructionKind::Run(it) => &it.command,
            InstructionKind::Cmd(it) => &it.command,
            InstructionKind::Entrypoint(it) => &it.command,
            InstructionKind::Healthcheck(it) => match &it.command {
                Some(it) => it,
                None => continue,
            },
            _ => continue,
        };
        let Form::Shell(text) = form else { continue };
        if !looks_like_json(text) {
            continue;
        }
        let Some(found) = mistake(text) else { continue };
        let span = text.at(found.place.start, found.place.end);
        let span = if span.is_empty() { Span::new(span.start, span.start + 1) } else { span };
        checker.report(
            Finding::new(span, "this is no JSON array, so a shell gets it", found.help)
                .fix(fix(instruction, text)),
        );
    }
}

/// Whether somebody meant an array: a quote or a letter follows the bracket at once, or words in quotes have commas between.
fn looks_like_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[') else { return false };
    let first = inside.chars().next().unwrap_or(' ');
    let is_quote = matches!(first, '"' | '\'' | '\u{2018}'..='\u{201f}');
    let has_commas = ["\",", "',", "\" ,", "' ,"].iter().any(|it| inside.contains(it));
    is_quote || has_commas || first.is_ascii_alphabetic() && inside.contains(',')
}

/// Double quotes instead of single ones, where nothing else is wrong.
fn fix(instruction: &Instruction<'_>, text: &Text<'_>) -> Option<Fix> {
    if text.contains(['"', '\\']) || !instruction.marks().is_empty() {
        return None;
    }
    let mended = text.replace('\'', "\"");
    let is_array = mended.ends_with(']') && mistake(&mended).is_none();
    let edit = Edit::replace(text.span, mended);
    is_array.then(|| Fix::risky("Write double quotes", vec![edit]))
}
