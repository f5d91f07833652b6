//! What a `RUN` starts.

use crate::{
    diagnostic::Diagnostic,
    simulate::{
        Change, StepKind, mount,
        stage::{Context, State},
        step::Effect,
    },
    syntax::{Form, Heredoc, Instruction, Text, instruction::run::Run},
};

pub(super) fn apply(
    state: &mut State,
    instruction: &Instruction<'_>,
    run: &Run<'_>,
    context: &Context<'_>,
) -> Result<Effect, Box<Diagnostic>> {
    let mounts = mount::mounts(state, instruction, context)?;
    let (argv, shell) = match &run.command {
        Form::Exec(_) => (run.command.argv(&[]), false),
        Form::Shell(text) => {
            let windows = state.image_platform.os == "windows";
            let script = script(text, &instruction.heredocs, context.source, windows);
            (state.in_shell(script), true)
        }
    };
    let mut created_by = "RUN ".to_owned();
    created_by.push_str(state.arguments_prefix());
    if argv.is_empty() && created_by.len() == "RUN ".len() {
        created_by.push(' ');
    }
    for it in &argv {
        created_by.push_str(it);
        created_by.push(' ');
    }
    created_by.push_str("# buildkit");
    let kind = StepKind::Run { argv, shell, mounts };
    Ok(Effect { kind, created_by, change: Change::Nothing })
}

/// The text that the shell gets: a here-document alone is the script itself.
fn script(text: &Text<'_>, heredocs: &[Heredoc<'_>], source: &str, windows: bool) -> String {
    match heredocs {
        [] => text.to_string(),
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
