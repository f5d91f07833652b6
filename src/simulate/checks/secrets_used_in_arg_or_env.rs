//! `SecretsUsedInArgOrEnv`: what stays in an image is no secret.

use super::{Checks, Rule};
use crate::{simulate::history::quoted, text::Span};

pub(super) const RULE: Rule = Rule::new(
    "SecretsUsedInArgOrEnv",
    "Sensitive data should not be used in the ARG or ENV commands",
    "Whoever has the image can read it there. Hand secrets over with RUN --mount=type=secret.",
);

/// Parts of names of secrets, with `_` or nothing around.
const SECRET: [&str; 10] = [
    "apikey",
    "auth",
    "credential",
    "credentials",
    "key",
    "password",
    "pword",
    "passwd",
    "secret",
    "token",
];
/// Parts of names that are no secrets after all.
const PUBLIC: [&str; 3] = ["public", "file", "version"];

/// Looks at a name that an instruction sets.
pub(super) fn check(checks: &mut Checks, keyword: &str, name: &str, place: Span) {
    let has = |parts: &[&str]| {
        name.split('_').any(|it| parts.iter().any(|part| it.eq_ignore_ascii_case(part)))
    };
    if has(&SECRET) && !has(&PUBLIC) {
        let name = quoted(name);
        let message =
            format!("Do not use ARG or ENV instructions for sensitive data ({keyword} {name})");
        checks.warn(&RULE, place, message);
    }
}
