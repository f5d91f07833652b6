//! `(did you mean …?)`: the name that needs the fewest edits, as BuildKit's `util/suggest` finds it.

/// The first of `known` that needs the fewest edits from `name`, if at most two. `None` if `name` is among them.
pub(super) fn similar<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let mut best = None;
    let mut most = 2;
    for it in known {
        match edits(name, it, most) {
            Some(0) => return None,
            Some(edits) => {
                best = Some(it);
                most = edits - 1;
            }
            None => (),
        }
    }
    best
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
