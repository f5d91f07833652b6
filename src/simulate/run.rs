//! What a `RUN` starts.

use crate::{
    diagnostic::Diagnostic,
    simulate::{
        Change, RunStep, StepKind, path,
        stage::{Context, State},
        step::{Effect, wrong},
    },
    syntax::{
        Form, Heredoc, Instruction, Text,
        instruction::{
            mount::{MountSpec, MountType},
            run::Run,
        },
    },
    text::Span,
};

pub(super) fn apply(
    state: &mut State,
    instruction: &Instruction<'_>,
    run: &Run<'_>,
    context: &Context<'_>,
) -> Result<Effect, Box<Diagnostic>> {
    let mounts = mounts(state, run, context)?;
    let (shell, words) = match &run.command {
        Form::Exec(words) => (None, words.iter().map(|it| context.share(it)).collect()),
        Form::Shell(text) => {
            let windows = state.image_platform.os == "windows";
            let script = match &*instruction.heredocs {
                [] => context.share(text),
                heredocs => script(text, heredocs, context.source, windows).into(),
            };
            (Some(state.shell_words()), [script].into_iter().collect())
        }
    };
    let run = RunStep { shell, words, mounts, arguments: state.arguments_prefix() };
    Ok(Effect { kind: StepKind::Run(Box::new(run)), change: Change::Nothing })
}

/// The mounts: all are read, then all are checked.
fn mounts(
    state: &mut State,
    run: &Run<'_>,
    context: &Context<'_>,
) -> Result<Box<[MountSpec]>, Box<Diagnostic>> {
    let written = &run.flags().mounts;
    if written.is_empty() {
        return Ok(Box::default());
    }
    let mut mounts = Vec::with_capacity(written.len());
    for it in written {
        mounts.push(state.resolve(it, context)?);
    }
    for (it, written) in mounts.iter().zip(written) {
        if let Err((message, help)) = check(it, state, context) {
            let span = written.fields.first().map_or(Span::default(), |it| it.text.span);
            let last = written.fields.last().map_or(span, |it| it.text.span);
            return Err(wrong(span.to(last), message, help).into());
        }
    }
    Ok(mounts.into())
}

/// What BuildKit checks when all mounts of the command are read. An error comes with its help.
fn check(
    mount: &MountSpec,
    state: &State,
    context: &Context<'_>,
) -> Result<(), (String, &'static str)> {
    let MountSpec { kind, from, source, target, .. } = mount;
    if !from.is_empty() && context.is_later(context.stages.named(from)) {
        let message = format!(
            "cannot mount from stage {from:?} to {target:?}, stage needs to be defined before current command"
        );
        return Err((message, "Move the stage above this one."));
    }
    match kind {
        MountType::Secret => Ok(()),
        MountType::Ssh if source.is_empty() => Ok(()),
        MountType::Ssh => {
            Err(("ssh does not support source".to_owned(), "Write id=name, or nothing."))
        }
        MountType::Bind | MountType::Cache | MountType::Tmpfs => {
            let place = if path::is_absolute(target, state.windows) {
                target.clone()
            } else {
                path::clean(&format!("/{}/{target}", state.working_dir))
            };
            if place == "/" {
                let message = "invalid mount target \"/\"".to_owned();
                return Err((message, "Write target= and a directory below the root."));
            }
            Ok(())
        }
    }
}

/// The text that the shell gets: a here-document alone is the script itself.
fn script(text: &Text<'_>, heredocs: &[Heredoc<'_>], source: &str, windows: bool) -> String {
    match heredocs {
        [only] if only.opener == text.span => {
            let body = only.content(source);
            if body.starts_with("#!") && !windows {
                return format!("/dev/pipes/{}", only.name.as_str());
            }
            body.into_owned()
        }
        several => {
            let mut script = text.to_string();
            for it in several {
                script.push('\n');
                script.push_str(it.body.slice(source));
                script.push_str(&it.name);
            }
            script
        }
    }
}
