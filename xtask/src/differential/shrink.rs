//! Makes a failing case small: first without lines, then without words, then without letters.

use super::case::{Builder, Case};
use anyhow::Result;

/// So many builds may be spent on one case.
const TRIES: usize = 150;

/// The smallest case found that still fails as this one does.
pub(super) fn shrink(case: &Case, mut fails: impl FnMut(&Case) -> Result<bool>) -> Result<Case> {
    let mut best = case.clone();
    let mut left = TRIES;
    let mut attempt = |best: &mut Case, smaller: Case| -> Result<bool> {
        if left == 0 {
            return Ok(false);
        }
        left -= 1;
        let is_better = fails(&smaller)?;
        if is_better {
            *best = smaller;
        }
        Ok(is_better)
    };
    for (name, _) in best.build_args.clone() {
        let mut smaller = best.clone();
        smaller.build_args.remove(&name);
        attempt(&mut best, smaller)?;
    }
    for (name, _) in best.labels.clone() {
        let mut smaller = best.clone();
        smaller.labels.remove(&name);
        attempt(&mut best, smaller)?;
    }
    if best.target.is_some() {
        let smaller = Case { target: None, ..best.clone() };
        attempt(&mut best, smaller)?;
    }
    if case.builder == Builder::Run {
        return Ok(best);
    }
    for split in [Split::Lines, Split::Words, Split::Letters] {
        let mut size = parts(&best, split).len() / 2;
        while size > 0 {
            let mut at = 0;
            while at < parts(&best, split).len() {
                let smaller = without(&best, split, at, size);
                if !attempt(&mut best, smaller)? {
                    at += size;
                }
            }
            size /= 2;
        }
    }
    Ok(best)
}

#[derive(Clone, Copy)]
enum Split {
    Lines,
    Words,
    Letters,
}

fn parts(case: &Case, split: Split) -> Vec<String> {
    if case.builder == Builder::Import && matches!(split, Split::Lines) {
        return case.changes.clone();
    }
    let text =
        if case.builder == Builder::Import { case.changes.join("\n") } else { case.text.clone() };
    match split {
        Split::Lines => text.split_inclusive('\n').map(str::to_owned).collect(),
        Split::Words => text.split_inclusive(' ').map(str::to_owned).collect(),
        Split::Letters => text.chars().map(String::from).collect(),
    }
}

fn without(case: &Case, split: Split, at: usize, size: usize) -> Case {
    let mut kept = parts(case, split);
    kept.drain(at..(at + size).min(kept.len()));
    let mut smaller = case.clone();
    if case.builder != Builder::Import {
        smaller.text = kept.concat();
    } else if matches!(split, Split::Lines) {
        smaller.changes = kept;
    } else {
        smaller.changes = kept.concat().split('\n').map(str::to_owned).collect();
    }
    smaller
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Generation;

    #[test]
    fn what_matters_is_left() {
        let mut case = Case::new(1, Builder::BuildKit, Generation::V20);
        case.text = "FROM scratch\nENV A=1\nUSER bad guy\nLABEL x=y\n".into();
        case.labels.insert("k".into(), "v".into());
        let small = shrink(&case, |it| Ok(it.text.contains("bad"))).unwrap();
        assert_eq!((small.text.as_str(), small.labels.len()), ("bad", 0));
    }
}
