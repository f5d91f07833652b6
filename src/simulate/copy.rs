//! What a `COPY` or an `ADD` copies.

use crate::{
    diagnostic::Diagnostic,
    simulate::{
        Change, CopyOptions, StepKind,
        stage::{Context, State},
        step::{Effect, wrong},
    },
    syntax::{Instruction, InstructionKind, instruction::copy::Copy},
};

const NO_VARIABLES: &str = "variable expansion is not supported for --from, define a new stage with FROM using ARG \
     from global scope as a workaround";

pub(super) fn apply(
    state: &State,
    instruction: &Instruction<'_>,
    copy: &Copy<'_>,
    context: &Context<'_>,
) -> Result<Effect, Box<Diagnostic>> {
    let is_copy = matches!(instruction.kind, InstructionKind::Copy(_));
    let from = instruction.flag("from").and_then(|it| it.value.as_ref());
    if let Some(from) = from.filter(|it| it.contains('$')) {
        return Err(wrong(from.span, NO_VARIABLES).into());
    }
    let mut options = CopyOptions {
        add: !is_copy,
        parents: is_set(instruction, "parents"),
        link: is_set(instruction, "link"),
        unpack: instruction.flag("unpack").map(|_| is_set(instruction, "unpack")),
        ..CopyOptions::default()
    };
    let excludes = instruction.flags.iter().filter(|it| it.name.as_str() == "exclude");
    options.exclude.extend(excludes.filter_map(|it| Some(it.value.as_ref()?.to_string())));
    let mut sources = Vec::with_capacity(copy.sources.len());
    for word in &copy.sources {
        let heredocs = &instruction.heredocs;
        // Openers stand in the order of the text.
        if let Ok(at) = heredocs.binary_search_by_key(&word.span, |it| it.opener)
            && let Some(heredoc) = heredocs.get(at)
        {
            sources.push(format!("<<{}", heredoc.name));
            let text = heredoc.content(context.source).into_owned();
            options.documents.push((heredoc.name.to_string(), text));
            continue;
        }
        let source = state.expand(word, context.escape)?;
        if is_copy && (source.starts_with("http://") || source.starts_with("https://")) {
            return Err(wrong(word.span, "source can't be a URL for COPY").into());
        }
        sources.push(source);
    }
    let destination = state.expand(&copy.destination, context.escape)?;
    let flags = flags(state, instruction, context, &mut options)?;
    let keyword = if is_copy { "COPY" } else { "ADD" };
    let created_by = format!("{keyword} {flags}{} {destination} # buildkit", sources.join(" "));
    let from = from.map(ToString::to_string);
    let kind = StepKind::Copy { sources, destination, from, options: Box::new(options) };
    Ok(Effect { kind, created_by, change: Change::Nothing })
}

/// Whether a flag without or with a value says yes.
fn is_set(instruction: &Instruction<'_>, name: &str) -> bool {
    instruction
        .flag(name)
        .is_some_and(|it| it.value.as_ref().is_none_or(|it| it.eq_ignore_ascii_case("true")))
}

/// The flags that the history shows.
fn flags(
    state: &State,
    instruction: &Instruction<'_>,
    context: &Context<'_>,
    options: &mut CopyOptions,
) -> Result<String, Box<Diagnostic>> {
    let mut shown = String::new();
    if options.parents {
        shown.push_str("--parents ");
    }
    for name in ["chown", "chmod"] {
        let Some(word) = instruction.flag(name).and_then(|it| it.value.as_ref()) else { continue };
        let value = state.expand(word, context.escape)?;
        if name == "chmod" && !is_mode(&value) {
            let message = format!(
                "invalid chmod parameter: '{value}'. it should be octal string and between 0 and 07777"
            );
            return Err(wrong(word.span, message).into());
        }
        shown.push_str(&format!("--{name}={value} "));
        let slot = if name == "chown" { &mut options.chown } else { &mut options.chmod };
        *slot = Some(value);
    }
    Ok(shown)
}

/// Whether the text is an octal mode, or one with letters such as `u+x`.
fn is_mode(text: &str) -> bool {
    if text.bytes().all(|it| it.is_ascii_digit()) {
        return u32::from_str_radix(text, 8).is_ok_and(|it| it <= 0o7777);
    }
    text.bytes().all(|it| b"ugoarwxXst+-=,".contains(&it))
}
