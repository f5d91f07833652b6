//! What instructions copy from the folder.

use super::Seen;
use crate::differential::folder;
use dockwright::{
    ignore::has_wildcards,
    simulate::{CopyStep, Shared, Step, StepKind, context::Context, files, path},
};

/// The instructions that copy.
fn all<'s>(seen: &Seen<'s>) -> impl Iterator<Item = (&'s Step, &'s CopyStep)> {
    let steps = seen.build.into_iter().flat_map(|it| &it.steps);
    steps.filter_map(|step| match &step.kind {
        StepKind::Copy(it) => Some((step, &**it)),
        _ => None,
    })
}

/// The instruction whose sources are wildcards that no file is like.
pub(super) fn nothing(seen: &Seen<'_>) -> Option<&'static str> {
    let context = folder::context(seen.case).ok()?;
    all(seen).find(|(step, _)| found(&context, step) == Some(0)).map(|it| word(it.1))
}

/// How many files and directories the sources of a step name, if they are in the folder.
pub(super) fn found(context: &Context, step: &Step) -> Option<usize> {
    match &step.kind {
        StepKind::Copy(it) if it.from.is_none() => {
            let found = |it: &Shared| match files::sources(context.tree(), it) {
                Ok(found) => found.len(),
                Err(_) => usize::from(!has_wildcards(it)),
            };
            Some(it.sources.iter().map(found).sum())
        }
        _ => None,
    }
}

pub(super) fn word(step: &CopyStep) -> &'static str {
    if step.options.add { "ADD" } else { "COPY" }
}

/// The instruction and the source as it is written, of which an error says that it is not there.
pub(super) fn source_of(seen: &Seen<'_>, missing: &str) -> Option<(&'static str, String)> {
    all(seen).find_map(|(_, step)| {
        let source = step.sources.iter().find(|it| absolute(it) == missing)?;
        Some((word(step), String::from(source)))
    })
}

fn absolute(path: &str) -> String {
    path::clean(&format!("/{path}"))
}

/// The sources that are not in the folder, of an instruction that misses one of them.
pub(super) fn missed(seen: &Seen<'_>, path: &str) -> Vec<String> {
    let Ok(context) = folder::context(seen.case) else { return Vec::new() };
    let from_folder = all(seen).filter(|it| it.1.from.is_none());
    let mut paths = from_folder
        .map(|it| -> Vec<String> { it.1.sources.iter().map(|it| absolute(it)).collect() });
    let mut found = paths.find(|it| it.iter().any(|it| it == path)).unwrap_or_default();
    found.retain(|it| context.tree().get(it).is_none());
    found
}
