//! What each comment silences. Comments and findings may be many, so that no finding is held against each comment.

use super::{Name, Suppression};
use crate::{
    diagnostic::Diagnostic,
    lint::{Rule, find},
    order::{self, Map},
};

/// The findings of a rule, and the comments that name it.
struct Group {
    rule: &'static Rule,
    /// Where its findings start and their numbers, in order.
    found: Vec<(u32, usize)>,
    /// The parts of the file in which it is silenced.
    scopes: Vec<(u32, u32)>,
}

impl Group {
    /// Whether a finding starts in this part of the file.
    fn starts_in(&self, start: u32, end: u32) -> bool {
        let first = self.found.partition_point(|it| it.0 < start);
        self.found.get(first).is_some_and(|it| it.0 < end)
    }
}

/// For each name in each comment whether it silences something, and for each finding whether it is silenced. The findings
/// are in order of place.
pub(super) fn of(all: &[Suppression], found: &[Diagnostic]) -> (Vec<Vec<bool>>, Vec<bool>) {
    let mut groups = groups(found);
    // For each name, the groups of the rules that it means.
    let mut known: Map<Vec<usize>> = Map::new();
    let mut uses = Vec::with_capacity(all.len());
    for it in all {
        let mut used = vec![false; it.names.len()];
        let Some(scope) = it.scope else {
            uses.push(used);
            continue;
        };
        for (name, used) in it.names.iter().zip(&mut used) {
            if known.get(&name.text).is_none() {
                known.insert(name.text.clone(), meant(name, &groups));
            }
            for at in known.get(&name.text).into_iter().flatten() {
                let Some(group) = groups.get_mut(*at) else { continue };
                if group.starts_in(scope.start, scope.end) {
                    *used = true;
                    group.scopes.push((scope.start, scope.end));
                }
            }
        }
        uses.push(used);
    }
    let mut is_silenced = vec![false; found.len()];
    for group in &mut groups {
        order::sort_by_key(&mut group.scopes, |it| *it);
        let mut scopes = group.scopes.iter().peekable();
        let mut end = 0;
        for (start, number) in &group.found {
            while let Some(scope) = scopes.next_if(|it| it.0 <= *start) {
                end = end.max(scope.1);
            }
            if let Some(it) = is_silenced.get_mut(*number) {
                *it = *start < end;
            }
        }
    }
    (uses, is_silenced)
}

/// The findings by their rules. What no builder can read cannot be silenced.
fn groups(found: &[Diagnostic]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, it) in found.iter().enumerate() {
        let place = (it.span.start, number);
        if let Some(group) = groups.iter_mut().find(|group| group.rule.code == it.code) {
            group.found.push(place);
        } else if let Some(rule) = find(it.code) {
            groups.push(Group { rule, found: vec![place], scopes: Vec::new() });
        }
    }
    groups.retain(|it| !it.rule.is_of_reader());
    groups
}

/// The numbers of the groups whose rules a name means.
fn meant(name: &Name, groups: &[Group]) -> Vec<usize> {
    let means = |it: &(usize, &Group)| name.means(it.1.rule);
    groups.iter().enumerate().filter(means).map(|it| it.0).collect()
}
