//! Stages that copy from each other in a circle.

use super::Planned;
use crate::text::Span;

/// How far the search is with a stage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Not,
    /// It is on the way from the first stage to here.
    OnPath,
    Done,
}

/// The first stage from which a circle can be reached, and the places on the way from it to the end of the circle.
///
/// Like BuildKit, it follows what stages copy and mount, not what they stand on.
pub(super) fn find(stages: &[Planned]) -> Option<(usize, Vec<Span>)> {
    if stages.iter().all(|it| it.sources.is_empty()) {
        return None;
    }
    let mut seen = vec![Seen::Not; stages.len()];
    // Each stage on the way, and how many of its sources have been followed.
    let mut way = Vec::new();
    for root in 0..stages.len() {
        if seen.get(root) != Some(&Seen::Not) {
            continue;
        }
        way.push((root, 0_usize));
        while let Some((at, next)) = way.last_mut() {
            let Some(stage) = stages.get(*at) else { break };
            let Some((source, _)) = stage.sources.get(*next) else {
                mark(&mut seen, *at, Seen::Done);
                way.pop();
                continue;
            };
            mark(&mut seen, *at, Seen::OnPath);
            *next += 1;
            match seen.get(*source) {
                Some(Seen::OnPath) => return Some((root, places(stages, &way))),
                Some(Seen::Not) => way.push((*source, 0)),
                Some(Seen::Done) | None => (),
            }
        }
    }
    None
}

/// The place of the source that was followed last, for each stage on the way.
fn places(stages: &[Planned], way: &[(usize, usize)]) -> Vec<Span> {
    let place = |&(at, next): &(usize, usize)| {
        stages.get(at)?.sources.get(next.checked_sub(1)?).map(|it| it.1)
    };
    way.iter().filter_map(place).collect()
}

fn mark(seen: &mut [Seen], at: usize, as_what: Seen) {
    if let Some(it) = seen.get_mut(at) {
        *it = as_what;
    }
}
