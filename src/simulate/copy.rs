//! What a `COPY` or an `ADD` copies.

use std::sync::{Arc, LazyLock};

use crate::{
    diagnostic::Diagnostic,
    image::Digest,
    simulate::{
        Change, CopyOptions, CopyStep, Shared, StepKind, git, path, plan,
        stage::{Context, State},
        step::{Effect, WINDOWS_PATH, wrong},
    },
    syntax::{
        Instruction, InstructionKind, OneOrMore, Text,
        instruction::copy::{Copy, Source},
    },
};

/// Simulates a copy. The checks stand in BuildKit's order: words are expanded, then the stage must be there, then come
/// mode, checksum and the sources one by one.
pub(super) fn apply(
    state: &mut State,
    instruction: &Instruction<'_>,
    copy: &Copy<'_>,
    context: &Context<'_>,
) -> Result<Effect, Box<Diagnostic>> {
    let flags = copy.flags();
    let mut options = CopyOptions {
        add: matches!(instruction.kind, InstructionKind::Add(_)),
        parents: flags.parents,
        link: flags.link,
        unpack: flags.unpack,
        exclude: flags.exclude.iter().map(|it| it.as_str().to_owned()).collect(),
        ..CopyOptions::default()
    };
    let mut expanded = |word: Option<&Text<'_>>| match given(word) {
        Some(word) => state.expand(word, context).map(|it| Some(String::from(&it))),
        None => Ok(None),
    };
    options.chown = expanded(flags.chown.as_ref())?;
    options.chmod = expanded(flags.chmod.as_ref())?;
    let checksum = expanded(flags.checksum.as_ref())?.unwrap_or_default();
    let mut sources = OneOrMore::new();
    let mut done = 0;
    let mut add = |sources: &mut OneOrMore<Shared>, source: Shared| {
        sources.push(source, (done, copy.sources.len()));
        done += 1;
    };
    let mut documents = Vec::with_capacity(instruction.heredocs.len());
    for it in copy.inputs(&instruction.heredocs) {
        match it {
            Source::Path(word) => {
                add(&mut sources, state.expand(word, context)?);
            }
            Source::Document { name, document, expand, .. } => {
                documents.push((name, document, expand));
            }
        }
    }
    let destination = state.expand(&copy.destination, context)?;
    options.documents.reserve_exact(documents.len());
    for (name, document, expand) in documents {
        let text = document.map(|it| (it.content(context.source), it.body)).unwrap_or_default();
        let text = match text {
            (text, body) if expand => state.expand_document(&text, body)?,
            (text, _) => text.into_owned(),
        };
        options.documents.push((name, text));
    }
    let from = given(flags.from.as_ref());
    if let Some(name) = from.filter(|it| context.is_later(plan::stage_of(it, context.stages))) {
        let message = format!(
            "cannot copy from stage {:?}, it needs to be defined before current stage {:?}",
            name.as_str(),
            (context.name)()
        );
        return Err(wrong(name.span, message, "Move the stage above this one.").into());
    }
    check(copy, state, &options, &destination)?;
    check_sources(copy, options.add, &sources, &checksum).map_err(|(place, message, help)| {
        let span = match place {
            Place::Checksum => given(flags.checksum.as_ref()).map(|it| it.span),
            Place::Source(at) => {
                let paths = copy.inputs(&instruction.heredocs).filter_map(|it| match it {
                    Source::Path(word) => Some(word.span),
                    Source::Document { .. } => None,
                });
                paths.into_iter().nth(at)
            }
        };
        wrong(span.unwrap_or(copy.destination.span), message, help)
    })?;
    for (name, _) in &options.documents {
        add(&mut sources, format!("<<{name}").into());
    }
    let from = from.map(|it| context.share(it));
    let plain = PLAIN.iter().find(|it| ***it == options).map(Arc::clone);
    let options = plain.unwrap_or_else(|| Arc::new(options));
    let kind = StepKind::Copy(Box::new(CopyStep { sources, destination, from, options }));
    Ok(Effect { kind, change: Change::Nothing })
}

/// A `COPY` and an `ADD` without flags and here-documents.
static PLAIN: LazyLock<[Arc<CopyOptions>; 2]> = LazyLock::new(|| {
    [false, true].map(|add| Arc::new(CopyOptions { add, ..CopyOptions::default() }))
});

/// The value of a flag, if it is not empty.
fn given<'f, 'a>(flag: Option<&'f Text<'a>>) -> Option<&'f Text<'a>> {
    flag.filter(|it| !it.is_empty())
}

/// An error of a source: its place, BuildKit's words, and what to do.
type Wrong = (Place, String, &'static str);

const GIT: &str =
    "A repository looks like https://github.com/team/app.git?branch=main&subdir=docs.";
const NOT_FOR_COPY: &str = "ADD fetches addresses, COPY does not.";
const CHECKSUM: &str = "A checksum is for one source, which ADD fetches.";
const DIGEST: &str = "Write sha256: and 64 hexadecimal digits.";
const TWICE: &str = "Say it in one place: in the flag or in the address.";

fn check(
    copy: &Copy<'_>,
    state: &State,
    options: &CopyOptions,
    destination: &str,
) -> Result<(), Box<Diagnostic>> {
    path::check_destination(destination, state.windows)
        .map_err(|it| wrong(copy.destination.span, it, WINDOWS_PATH))?;
    let Some(mode) = options.chmod.as_deref().filter(|it| !it.is_empty()) else { return Ok(()) };
    let span = given(copy.flags().chmod.as_ref()).map_or(copy.destination.span, |it| it.span);
    check_mode(mode)
        .map_err(|it| wrong(span, it, "A mode looks like 644, 0755 or u=rwX,go=rX.").into())
}

/// Octal up to 07777, or the letters of chmod(1). Follows `mode.Parse` of dchapes-mode.
fn check_mode(mode: &str) -> Result<(), String> {
    if mode.starts_with(|it: char| it.is_ascii_digit()) {
        let octal = u32::from_str_radix(mode, 8).is_ok_and(|it| it <= 0o7777);
        return if octal {
            Ok(())
        } else {
            Err(format!(
                "invalid chmod parameter: '{mode}'. it should be octal string and between 0 and 07777"
            ))
        };
    }
    let is_clause = |clause: &str| {
        let rest = clause.trim_start_matches(['a', 'u', 'g', 'o']);
        let is_known = |it: u8| b"+-=rwxXstugo".contains(&it);
        rest.starts_with(['+', '-', '=']) && rest.bytes().all(is_known)
    };
    if mode.split(',').all(is_clause) { Ok(()) } else { Err("invalid syntax".to_owned()) }
}

/// Where a check of the sources finds an error.
#[derive(Clone, Copy)]
enum Place {
    Checksum,
    /// The source of this number.
    Source(usize),
}

fn check_sources(
    copy: &Copy<'_>,
    add: bool,
    sources: &[Shared],
    checksum: &str,
) -> Result<(), Wrong> {
    let flags = copy.flags();
    let at_checksum = Place::Checksum;
    if !checksum.is_empty() {
        let [only] = sources else {
            let message = "checksum can't be specified for multiple sources";
            return Err((at_checksum, message.to_owned(), CHECKSUM));
        };
        if !is_url(only) && !git::is_git(only) {
            let message = "checksum requires HTTP(S) or Git sources";
            return Err((at_checksum, message.to_owned(), CHECKSUM));
        }
    }
    let mut checksum = checksum.to_owned();
    let mut keep = flags.keep_git_dir;
    for (at, source) in sources.iter().enumerate() {
        let at = Place::Source(at);
        let repository = git::parse(source).map_err(|it| (at, it, GIT))?;
        if let Some(git) = repository.filter(|it| !it.is_like_a_path) {
            if !add {
                return Err((at, "source can't be a git ref for COPY".to_owned(), NOT_FOR_COPY));
            }
            if keep.zip(git.keep_git_dir).is_some_and(|(flag, query)| flag != query) {
                return Err((at, "inconsistent keep-git-dir configuration".to_owned(), TWICE));
            }
            keep = git.keep_git_dir.or(keep);
            if !git.checksum.is_empty() {
                if !checksum.is_empty() && checksum != git.checksum {
                    let message = format!("checksum mismatch {checksum:?} != {:?}", git.checksum);
                    return Err((at_checksum, message, TWICE));
                }
                checksum = git.checksum;
            }
        } else if is_url(source) {
            if !add {
                return Err((at, "source can't be a URL for COPY".to_owned(), NOT_FOR_COPY));
            }
            if !checksum.is_empty()
                && let Err(error) = checksum.parse::<Digest>()
            {
                return Err((at_checksum, error.to_string(), DIGEST));
            }
        }
    }
    Ok(())
}

pub(super) fn is_url(source: &str) -> bool {
    (source.starts_with("http://") || source.starts_with("https://")) && !git::is_git(source)
}

/// Whether a source is in the context, or in the stage that is copied from.
pub(super) fn is_path(source: &str) -> bool {
    let is_like_a_path = |it: git::Git| it.is_like_a_path;
    git::parse(source).is_ok_and(|it| it.is_none_or(is_like_a_path)) && !is_url(source)
}

/// The text in the history. The here-documents stand behind the other sources.
pub(super) fn history(it: &CopyStep) -> String {
    let CopyStep { sources, destination, options, .. } = it;
    let mut text = if options.add { "ADD" } else { "COPY" }.to_owned();
    if options.parents {
        text.push_str(" --parents");
    }
    for (name, value) in [(" --chown=", &options.chown), (" --chmod=", &options.chmod)] {
        if let Some(value) = value.as_ref().filter(|it| !it.is_empty()) {
            text.push_str(name);
            text.push_str(value);
        }
    }
    for it in sources {
        text.push(' ');
        text.push_str(it);
    }
    text.push(' ');
    text.push_str(destination);
    text.push_str(" # buildkit");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_octal_or_letters() {
        for it in ["0", "755", "07777", "u+x", "a=rX,u+w", "+x", "go=u-w", "u=,g=", "+t", "u+s-x"] {
            assert_eq!(check_mode(it), Ok(()), "{it}");
        }
        for it in ["8", "10000", "0o7", "7x", "99999999999"] {
            let message = format!(
                "invalid chmod parameter: '{it}'. it should be octal string and between 0 and 07777"
            );
            assert_eq!(check_mode(it), Err(message));
        }
        for it in ["x", "u", "u+y", "u+x,", "rwx", "-7", "u x"] {
            assert_eq!(check_mode(it), Err("invalid syntax".to_owned()), "{it}");
        }
    }
}
