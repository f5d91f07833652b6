//! `(did you mean …?)`: the name that needs the fewest edits, as BuildKit's `util/suggest` finds it.

/// So many names are compared in one build, or in one stage; then there are no more suggestions.
pub(super) const MAX_COMPARED: usize = 100_000;

/// The first of `known` that needs the fewest edits from `name`, if at most two. `None` if `name` is among them.
pub(super) fn similar<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    similar_of(name, known.into_iter().enumerate())
}

/// The same, where each name comes with its rank: the first is the one with the lowest.
pub(super) fn similar_of<'k, R: Ord>(
    name: &str,
    known: impl IntoIterator<Item = (R, &'k str)>,
) -> Option<&'k str> {
    let mut best: Option<(usize, R, &str)> = None;
    for (rank, it) in known {
        let most = best.as_ref().map_or(2, |it| it.0);
        match edits(name, it, most) {
            Some(0) => return None,
            Some(edits) if best.as_ref().is_none_or(|best| (edits, &rank) < (best.0, &best.1)) => {
                best = Some((edits, rank, it));
            }
            Some(_) | None => (),
        }
    }
    best.map(|it| it.2)
}

/// How many letters must be changed, added or taken away, if at most `most`. Takes time in proportion to the length.
fn edits(from: &str, to: &str, most: usize) -> Option<usize> {
    // A letter takes at most four bytes.
    if from.len().abs_diff(to.len()) > 4 * most {
        return None;
    }
    let same = from.chars().zip(to.chars()).take_while(|(a, b)| a == b);
    let same: usize = same.map(|(it, _)| it.len_utf8()).sum();
    let (from, to) = (from.get(same..)?, to.get(same..)?);
    if from.is_empty() && to.is_empty() {
        return Some(0);
    }
    let most = most.checked_sub(1)?;
    let (mut from_rest, mut to_rest) = (from.chars(), to.chars());
    let (removed, added) = (from_rest.next().is_some(), to_rest.next().is_some());
    let (from_rest, to_rest) = (from_rest.as_str(), to_rest.as_str());
    let ways = [
        (removed && added).then_some((from_rest, to_rest)),
        removed.then_some((from_rest, to)),
        added.then_some((from, to_rest)),
    ];
    ways.into_iter().flatten().filter_map(|(from, to)| edits(from, to, most)).min().map(|it| it + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_with_the_fewest_edits_is_meant() {
        let check = |name: &str, known: &[&str], expected: Option<&str>| {
            assert_eq!(similar(name, known.iter().copied()), expected, "{name} {known:?}");
        };
        check("VERSON", &["PATH", "VERSION"], Some("VERSION"));
        check("PAHT", &["PATH"], Some("PATH"));
        check("PTH", &["PHP", "PATH"], Some("PATH"));
        check("PATHS", &["PATH", "PATH2"], Some("PATH"));
        check("ab", &["a", "abc"], Some("a"));
        check("abxx", &["abcd", "abxy"], Some("abxy"));
        check("path", &["PATH"], None);
        check("é", &["🐳", "éé"], Some("🐳"));
        check("A", &["B", "A"], None);
        check("A", &["XYZ", "WXYZ"], None);
        check("", &["A", ""], None);
        check("kitten", &["sitting"], None);
    }
}
