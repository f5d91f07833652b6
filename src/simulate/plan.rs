//! Which stages a build needs: the target, what it stands on, and what it copies from.

use crate::{
    diagnostic::Diagnostic,
    image::Reference,
    scope::{Globals, Stage, Stages},
    simulate::Base,
    syntax::{BUILD, Flag, Instruction, keyword::nearest},
    text::Span,
};

/// What a build needs.
pub(super) struct Plan {
    /// For each stage of the file, what it starts from; `None` for a stage that is not needed or is broken.
    pub(super) bases: Vec<Option<Base>>,
    /// The stage that becomes the image.
    pub(super) target: Option<usize>,
    pub(super) errors: Vec<Diagnostic>,
}

/// The stage that becomes the image, or an error if `--target` names none.
pub(super) fn target(
    stages: &Stages<'_, '_>,
    name: Option<&str>,
) -> (Option<usize>, Option<Diagnostic>) {
    let last = stages.list.len().checked_sub(1);
    let Some(name) = name.filter(|it| !it.is_empty()) else { return (last, None) };
    if let Some(found) = stages.named(name) {
        return (Some(found), None);
    }
    let near = nearest(name, stages.names());
    let near = near.map(|it| format!(" (did you mean {it}?)")).unwrap_or_default();
    let message = format!("target stage {name:?} could not be found{near}");
    (last, Some(wrong(Span::at(0), message, "Name a stage with FROM image AS name.")))
}

/// Finds out what the target needs.
pub(super) fn plan(
    stages: &Stages<'_, '_>,
    globals: &Globals,
    target: Option<usize>,
    escape: char,
) -> Plan {
    let mut plan = Plan { bases: Vec::new(), target, errors: Vec::new() };
    plan.bases.resize(stages.list.len(), None);
    let mut seen = vec![false; stages.list.len()];
    let mut open: Vec<_> = target.into_iter().collect();
    while let Some(at) = open.pop() {
        let (Some(stage), Some(seen)) = (stages.list.get(at), seen.get_mut(at)) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        match base(stages, globals, at, escape) {
            Ok(base) => {
                if let Base::Stage(below) = base {
                    open.push(below);
                }
                if let Some(slot) = plan.bases.get_mut(at) {
                    *slot = Some(base);
                }
            }
            Err(error) => plan.errors.extend(error.map(|it| *it)),
        }
        for (needed, span) in sources(stages, stage) {
            match needed {
                Ok(needed) if needed < at => open.push(needed),
                Ok(needed) => plan.errors.push(out_of_order(stages, at, needed, span)),
                Err(message) => plan.errors.push(wrong(span, message, "Count stages from 0.")),
            }
        }
    }
    plan
}

/// What stage `at` starts from; `Err(None)` if its `FROM` is broken, which is said already.
fn base(
    stages: &Stages<'_, '_>,
    globals: &Globals,
    at: usize,
    escape: char,
) -> Result<Base, Option<Box<Diagnostic>>> {
    let from = stages.list.get(at).and_then(|it| it.from).ok_or(None)?;
    let name = globals.expand(&from.image, escape)?.text;
    let place = from.image.span;
    if name.is_empty() {
        let message = format!("base name ({}) should not be blank", from.image.as_str());
        let help = "Give the ARG above FROM a default value.";
        return Err(Some(Box::new(wrong(place, message, help))));
    }
    if let Some(below) = stages.before(at, &name) {
        return Ok(Base::Stage(below));
    }
    if name == "scratch" {
        return Ok(Base::Scratch);
    }
    let reference: Result<Reference, _> = name.parse();
    reference.map(Base::Image).map_err(|error| {
        let message = format!("failed to parse stage name {name:?}: {error}");
        let help = "An image name looks like debian:13 or ghcr.io/team/app:1.2.";
        Some(Box::new(wrong(place, message, help)))
    })
}

/// The stages that a stage copies from or mounts, each with its place.
fn sources(stages: &Stages<'_, '_>, stage: &Stage<'_, '_>) -> Vec<(Result<usize, String>, Span)> {
    let froms =
        stage.body.iter().flat_map(|it| it.flags.iter().filter_map(|flag| source(it, flag)));
    froms
        .filter_map(|(name, span)| match name.parse::<i64>().map(usize::try_from) {
            Ok(Ok(index)) if index < stages.list.len() => Some((Ok(index), span)),
            Ok(_) => Some((Err(format!("invalid stage index {name}")), span)),
            Err(_) => stages.named(name).map(|it| (Ok(it), span)),
        })
        .collect()
}

/// The stage or image that a flag names: `--from=x`, `--mount=from=x`.
fn source<'i>(instruction: &Instruction<'_>, flag: &'i Flag<'_>) -> Option<(&'i str, Span)> {
    use crate::syntax::InstructionKind as Kind;
    let value = flag.value.as_ref()?;
    match (&instruction.kind, flag.name.as_str()) {
        (Kind::Copy(_), "from") => Some((value, value.span)),
        (Kind::Run(_), "mount") => {
            let name = value.split(',').find_map(|it| it.trim().strip_prefix("from="))?;
            Some((name, value.span))
        }
        _ => None,
    }
}

fn out_of_order(stages: &Stages<'_, '_>, at: usize, needed: usize, span: Span) -> Diagnostic {
    let name = |at: usize| {
        let name = stages.list.get(at).and_then(|it| it.name.clone());
        name.unwrap_or_else(|| format!("stage-{at}"))
    };
    if at == needed {
        let message = format!("circular dependency detected on stage: {}", name(at));
        return wrong(span, message, "A stage cannot copy from itself.");
    }
    let message = format!(
        "cannot copy from stage {:?}, it needs to be defined before current stage {:?}",
        name(needed),
        name(at)
    );
    wrong(span, message, "Move the stage above this one.")
}

fn wrong(span: Span, message: String, help: &'static str) -> Diagnostic {
    Diagnostic { code: BUILD, ..Diagnostic::error(span, message).with_help(help) }
}
