//! Names for containers that get none: the same at each run.

/// Left halves of names.
const MOODS: &[&str] = &[
    "calm", "patient", "steady", "bright", "quiet", "brave", "gentle", "curious", "eager", "kind",
    "nimble", "sunny",
];

/// Right halves of names.
const CRAFTS: &[&str] = &[
    "caulker",
    "joiner",
    "rigger",
    "sawyer",
    "sailmaker",
    "shipwright",
    "carpenter",
    "cooper",
    "smith",
    "rower",
    "pilot",
    "draftsman",
];

/// The name for a number: `calm_joiner`.
pub(super) fn name(number: u64) -> String {
    let pick = |from: &[&'static str], at: u64| {
        let length = u64::try_from(from.len()).unwrap_or(1).max(1);
        let at = usize::try_from(at % length).unwrap_or_default();
        from.get(at).copied().unwrap_or_default()
    };
    format!("{}_{}", pick(MOODS, number * 5), pick(CRAFTS, number * 7 + number / 12))
}
