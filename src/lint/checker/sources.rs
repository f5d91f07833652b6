//! What `COPY --from` and `RUN --mount=from=` name.

use crate::{
    lint::checker::{Base, Checker},
    syntax::{Instruction, InstructionKind, Text},
};

/// A place that names a stage or an image besides `FROM`.
pub(crate) struct Source<'c> {
    /// The stage that it stands in.
    pub(crate) stage: usize,
    /// The instruction; that of an `ONBUILD` is the one inside.
    pub(crate) instruction: &'c Instruction<'c>,
    /// The name, which is not empty.
    pub(crate) name: &'c Text<'c>,
    /// Whether it is that of a mount.
    pub(crate) is_mount: bool,
    /// What it names.
    pub(crate) named: Named,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// An earlier stage.
    Stage(usize),
    /// The stage itself, or a later one.
    NotYet(usize),
    /// No stage: an image, or something that the build is given.
    Other,
    /// A number, and there are not so many stages.
    NoNumber,
    /// A variable is in it.
    Unknown,
}

/// All such places, in order.
pub(super) fn sources<'c>(checker: &Checker<'c>) -> Vec<Source<'c>> {
    let mut found = Vec::new();
    for (stage, it) in checker.stages().iter().enumerate() {
        for instruction in it.body {
            let (instruction, is_trigger) = match &instruction.kind {
                InstructionKind::Onbuild(kept) => (&*kept.instruction, true),
                _ => (instruction, false),
            };
            let mut add = |name: &'c Text<'c>, is_mount: bool| {
                if !name.is_empty() {
                    // What is kept runs in a file of somebody else.
                    let named =
                        if is_trigger { Named::Unknown } else { named(checker, stage, name) };
                    found.push(Source { stage, instruction, name, is_mount, named });
                }
            };
            match &instruction.kind {
                InstructionKind::Copy(it) => {
                    it.flags().from.iter().for_each(|it| add(it, false));
                }
                InstructionKind::Run(it) => {
                    let fields = it.flags().mounts.iter().flat_map(|it| &it.fields);
                    let from = fields.filter(|it| it.key == "from");
                    from.filter_map(|it| it.value.as_ref()).for_each(|it| add(it, true));
                }
                _ => (),
            }
        }
    }
    found
}

fn named(checker: &Checker<'_>, stage: usize, name: &str) -> Named {
    if name.contains('$') {
        return Named::Unknown;
    }
    let count = checker.stages().len();
    let found = if name.bytes().all(|it| it.is_ascii_digit()) {
        match name.parse().ok().filter(|it| *it < count) {
            Some(it) => Some(it),
            None => return Named::NoNumber,
        }
    } else {
        checker.stage_above(count, name)
    };
    match found {
        Some(it) if it < stage => Named::Stage(it),
        Some(it) => Named::NotYet(it),
        None => Named::Other,
    }
}

/// For each stage, the stages that it needs: what it is based on, what it copies from, and what it mounts.
pub(super) fn needs(checker: &Checker<'_>) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = (0..checker.stages().len())
        .map(|at| match checker.base(at) {
            Base::Stage(below) => vec![*below],
            Base::Image(_) | Base::Scratch | Base::Unknown => Vec::new(),
        })
        .collect();
    for it in checker.sources() {
        if let Named::Stage(needed) | Named::NotYet(needed) = it.named
            && let Some(stage) = all.get_mut(it.stage)
        {
            stage.push(needed);
        }
    }
    all
}

/// The stages that are needed to build those given, with them.
pub(super) fn reached(needs: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; needs.len()];
    let mut left: Vec<usize> = from.into_iter().collect();
    while let Some(at) = left.pop() {
        if let Some(is_reached) = reached.get_mut(at)
            && !*is_reached
        {
            *is_reached = true;
            left.extend(needs.get(at).into_iter().flatten());
        }
    }
    reached
}

/// For each stage, the number of the circle that it is in; those that need each other have one number.
pub(super) fn circles(needs: &[Vec<usize>]) -> Vec<usize> {
    let mut users = vec![Vec::new(); needs.len()];
    for (at, needed) in needs.iter().enumerate() {
        for it in needed {
            if let Some(users) = users.get_mut(*it) {
                users.push(at);
            }
        }
    }
    // Those that need nothing which is left come first; the way back then stays inside a circle.
    let mut order = Vec::with_capacity(needs.len());
    let mut seen = vec![false; needs.len()];
    for root in 0..needs.len() {
        let mut way = vec![(root, 0_usize)];
        while let Some((at, next)) = way.last_mut() {
            let at = *at;
            if *next == 0 && seen.get_mut(at).is_none_or(|it| std::mem::replace(it, true)) {
                way.pop();
                continue;
            }
            let found = needs.get(at).and_then(|it| it.get(*next)).copied();
            *next += 1;
            match found {
                Some(it) => way.push((it, 0)),
                None => {
                    order.push(at);
                    way.pop();
                }
            }
        }
    }
    let mut circles = vec![usize::MAX; needs.len()];
    for root in order.into_iter().rev() {
        let mut left = vec![root];
        while let Some(at) = left.pop() {
            if let Some(circle) = circles.get_mut(at)
                && *circle == usize::MAX
            {
                *circle = root;
                left.extend(users.get(at).into_iter().flatten());
            }
        }
    }
    circles
}
