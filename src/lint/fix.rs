//! Makes repairs until there is nothing left to repair.

use crate::{
    diagnostic::{Edit, Fix, Safety},
    lint::{Settings, lint_with},
    order,
    syntax::parse,
    text::Span,
};

/// So often a file is repaired and looked at again. Each time, repairs that touch each other wait for the next.
const MAX_ROUNDS: usize = 10;

/// A repaired file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The repairs that were made, in order: the rule's code, and what the repair does.
    pub made: Vec<(&'static str, String)>,
}

/// Makes the repairs of a file that are at most as risky as `allowed`, up to [`Safety::Unsafe`]; no tool makes those for
/// display. A repair after which the file has more errors than before is not made.
pub fn fix(source: &str, settings: &Settings, allowed: Safety) -> Fixed {
    let allowed = allowed.min(Safety::Unsafe);
    let mut fixed = Fixed { text: source.to_owned(), made: Vec::new() };
    for _ in 0..MAX_ROUNDS {
        if !round(&mut fixed, settings, allowed) {
            break;
        }
    }
    fixed
}

/// Makes the repairs that do not touch each other. Whether there were some.
fn round(fixed: &mut Fixed, settings: &Settings, allowed: Safety) -> bool {
    let parsed = parse(&fixed.text);
    let errors = parsed.errors.len();
    let found = lint_with(&fixed.text, &parsed, settings).shown;
    let wanted = |it: &Fix| it.safety <= allowed && !it.edits.is_empty();
    let repairs = found.into_iter().filter_map(|it| Some((it.code, it.fix.filter(wanted)?)));
    let mut edits: Vec<Edit> = Vec::new();
    let mut chosen: Vec<(&'static str, Fix)> = Vec::new();
    for (code, fix) in repairs {
        // The same repair may mend two findings.
        let is_made = chosen.iter().any(|it| it.1.edits == fix.edits);
        if !is_made && !touches(&edits, &fix.edits) {
            edits.extend(fix.edits.iter().cloned());
            order::sort_by_key(&mut edits, |it| it.span);
            chosen.push((code, fix));
        }
    }
    if chosen.is_empty() {
        return false;
    }
    let is_good = |text: &String| parse(text).errors.len() <= errors && *text != fixed.text;
    if let Some(text) = Fix::safe("", edits).apply(&fixed.text).filter(is_good) {
        fixed.text = text;
        fixed.made.extend(chosen.into_iter().map(|it| (it.0, it.1.title.into_owned())));
        return true;
    }
    // One of them is wrong: each for itself, the first that is right.
    for (code, it) in chosen {
        if let Some(text) = it.apply(&fixed.text).filter(is_good) {
            fixed.text = text;
            fixed.made.push((code, it.title.into_owned()));
            return true;
        }
    }
    false
}

/// Whether one of the edits touches one of those in order of place.
fn touches(sorted: &[Edit], edits: &[Edit]) -> bool {
    let touches = |a: Span, b: Span| a.start <= b.end && b.start <= a.end;
    edits.iter().any(|it| {
        let at = sorted.partition_point(|other| other.span.end < it.span.start);
        sorted.get(at).is_some_and(|other| touches(other.span, it.span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, allowed: Safety, expected: &str) {
        let settings = Settings::default();
        let fixed = fix(source, &settings, allowed);
        assert_eq!(fixed.text, expected);
        assert_eq!(fix(&fixed.text, &settings, allowed).text, expected, "a second time");
    }

    #[test]
    fn repairs_are_made_until_there_are_none_and_risky_ones_only_if_wanted() {
        let source = "FROM debian:13\r\nMAINTAINER me\r\nCMD [\"a\"]\r\nCMD b c";
        let safe = "FROM debian:13\r\nLABEL org.opencontainers.image.authors=\"me\"\r\nCMD b c";
        check(source, Safety::Safe, safe);
        let all = safe.replace("CMD b c", "CMD [\"b\", \"c\"]");
        check(source, Safety::Unsafe, &all);
        check(source, Safety::Display, &all);
        // What is broken stays so, and all else is mended.
        check(
            "FROM debian:13\nNOPE\nMAINTAINER me\n",
            Safety::Safe,
            "FROM debian:13\nNOPE\nLABEL org.opencontainers.image.authors=\"me\"\n",
        );
        // What a later layer needs is not removed before it.
        check(
            "FROM debian:13\nRUN apt-get update\nRUN apt-get install -y curl\n",
            Safety::Unsafe,
            "FROM debian:13\nRUN apt-get update && apt-get install --no-install-recommends -y curl && rm -rf /var/lib/apt/lists/*\n",
        );
        // What a comment silences is not mended.
        let silenced = "FROM debian:13\n# hadolint ignore=DL4000\nMAINTAINER me\n";
        check(silenced, Safety::Safe, silenced);
    }
}
