//! What a `RUN` starts.

use crate::{
    simulate::{
        Change, StepKind,
        stage::{Context, State},
        step::Effect,
    },
    syntax::{Form, Heredoc, Instruction, Text, instruction::run::Run},
};

pub(super) fn apply(
    state: &State,
    instruction: &Instruction<'_>,
    run: &Run<'_>,
    context: &Context<'_>,
) -> Effect {
    let (argv, shell) = match &run.command {
        Form::Exec(_) => (run.command.argv(&[]), false),
        Form::Shell(text) => {
            let script = script(text, &instruction.heredocs, context.source);
            (state.config.shell().into_iter().chain([script]).collect(), true)
        }
    };
    let created_by = format!("RUN {}{} # buildkit", state.arguments_prefix(), argv.join(" "));
    Effect { kind: StepKind::Run { argv, shell }, created_by, change: Change::Nothing }
}

/// The text that the shell gets: a here-document alone is the script itself.
fn script(text: &Text<'_>, heredocs: &[Heredoc<'_>], source: &str) -> String {
    match heredocs {
        [] => text.to_string(),
        [only] if only.opener == text.span => {
            let body = only.content(source);
            if body.starts_with("#!") {
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
