//! What the classic builder of Docker 20.10 prints.

use super::{
    Plan, archived, short,
    steps::{Done, Failure, Report},
};
use crate::{
    engine::{ChunkKind, Output, print::units},
    simulate::{Step, StepKind, files::tree::Entry},
};

/// The size of the context as a tar archive: a header and whole blocks for each file, two blocks at the end.
fn context_size(plan: &Plan) -> u64 {
    let size = |it: &Entry| archived(it.bytes().map_or(0, <[u8]>::len));
    let files: usize = plan.context.iter().map(|it| size(it.1)).sum();
    u64::try_from(files + plan.sent_anyway + 1024).unwrap_or_default()
}

fn head(plan: &Plan) -> Output {
    let size = units::long_size(context_size(plan));
    Output::ok(format!("Sending build context to Docker daemon  {size}\n"))
}

/// A Dockerfile that cannot be built.
pub(super) fn refused(plan: &Plan, text: &str) -> Output {
    // This generation says `line 2`, the later ones `on line 2`.
    let text = text.replacen("dockerfile parse error on line", "dockerfile parse error line", 1);
    let text = text.split(" (did you mean").next().unwrap_or_default();
    head(plan).err(format!("Error response from daemon: {text}\n")).exit(1)
}

/// The whole build.
pub(super) fn print(plan: &Plan, steps: &[Step], report: &Report) -> Output {
    let mut output = head(plan);
    for (at, (step, done)) in steps.iter().zip(&report.done).enumerate() {
        output = output.out(format!("Step {}/{} : {}\n", at + 1, steps.len(), step.text));
        let is_last = at + 1 == report.done.len();
        let failure = report.failure.as_ref().filter(|_| is_last);
        output = one(output, step, done, failure);
        if let Some(failure) = failure {
            return failed(output, step, failure);
        }
    }
    output = output.out(format!("Successfully built {}\n", short(&report.id)));
    for tag in &plan.tags {
        output = output.out(format!("Successfully tagged {}\n", tag.familiar()));
    }
    output
}

fn one(mut output: Output, step: &Step, done: &Done, failure: Option<&Failure>) -> Output {
    let arrow = format!(" ---> {}\n", short(&done.id));
    if let Some(Failure::Base(..) | Failure::Files(_)) = failure {
        return output;
    }
    let printed = |mut output: Output| {
        for chunk in &done.output.chunks {
            match chunk.kind {
                // A builder prints both streams of a command as one.
                ChunkKind::Stdout | ChunkKind::Stderr => {
                    output.push(ChunkKind::Stdout, chunk.text.clone());
                }
                ChunkKind::Note => output.push(ChunkKind::Note, chunk.text.clone()),
            }
        }
        output
    };
    if done.cached {
        return output.out(" ---> Using cache\n").out(arrow);
    }
    match &step.kind {
        StepKind::From { .. } => printed(output).out(arrow),
        StepKind::Copy { .. } => output.out(arrow),
        StepKind::Run { .. } | StepKind::Workdir | StepKind::Metadata => {
            let container = short(&done.container);
            output = printed(output.out(format!(" ---> Running in {container}\n")));
            if failure.is_some() {
                return output;
            }
            output.out(format!("Removing intermediate container {container}\n")).out(arrow)
        }
    }
}

fn failed(output: Output, step: &Step, failure: &Failure) -> Output {
    let command = match &step.kind {
        StepKind::Run(it) => it.line(),
        _ => String::new(),
    };
    match failure {
        Failure::Exit(code) => output
            .err(format!("The command '{command}' returned a non-zero code: {code}\n"))
            .exit(*code),
        Failure::Start(why) => output
            .err(format!(
                "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: {why}: unknown\n"
            ))
            .exit(1),
        Failure::Files(message) => output.err(format!("{message}\n")).exit(1),
        Failure::Base(_, why) => output.err(format!("{why}\n")).exit(1),
    }
}
