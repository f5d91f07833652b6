//! What `# check=skip=A,B;error=true;experimental=C` asks of the build checks.

use thiserror::Error;

use crate::syntax::directives::directives;

/// Which build checks run, and whether their warnings fail the build.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckOptions {
    /// The checks that do not run; empty if nothing is said.
    pub skip: Vec<String>,
    /// No check runs, except experimental ones that are asked for.
    pub skip_all: bool,
    /// The experimental checks that run; empty if nothing is said.
    pub experimental: Vec<String>,
    /// All experimental checks run.
    pub experimental_all: bool,
    /// A warning fails the build.
    pub error: bool,
}

/// Why options cannot be read, in BuildKit's words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckOptionsError {
    /// A part that is none of the three, as it is written.
    #[error("invalid check option {0:?}")]
    Unknown(String),
    /// `error=` with something that is not a truth value: the part, and the value.
    #[error("failed to parse check option {0:?}: strconv.ParseBool: parsing {1:?}: invalid syntax")]
    NotBool(String, String),
}

impl CheckOptions {
    /// Reads options as BuildKit's `linter.ParseLintOptions` does: up to three parts with `;` between them.
    pub fn parse(text: &str) -> Result<Self, CheckOptionsError> {
        let text = text.trim();
        let mut options = Self::default();
        if text.is_empty() {
            return Ok(options);
        }
        for part in text.splitn(3, ';') {
            let Some((key, value)) = part.split_once('=') else {
                return Err(CheckOptionsError::Unknown(part.to_owned()));
            };
            let value = value.trim();
            match key.trim() {
                "skip" if value == "all" => options.skip_all = true,
                "skip" => options.skip = names(value),
                "experimental" if value == "all" => options.experimental_all = true,
                "experimental" => options.experimental = names(value),
                "error" => {
                    options.error = boolean(value).ok_or_else(|| {
                        CheckOptionsError::NotBool(part.to_owned(), value.to_owned())
                    })?;
                }
                key => return Err(CheckOptionsError::Unknown(key.to_owned())),
            }
        }
        Ok(options)
    }

    /// The options of the comments above an instruction, if one of them has some that can be read.
    pub fn of_comments<'c>(comments: impl IntoIterator<Item = &'c str>) -> Option<Self> {
        let value = comments.into_iter().find_map(in_comment)?;
        Self::parse(value).ok()
    }

    /// Whether a check runs. Skipping says nothing about experimental checks: they run if they are asked for.
    pub fn allows(&self, name: &str, is_experimental: bool) -> bool {
        if is_experimental {
            self.experimental_all || self.experimental.iter().any(|it| it == name)
        } else {
            !self.skip_all && !self.skip.iter().any(|it| it == name)
        }
    }
}

/// The text of `# check=` at the top of a file, up to the first blank.
///
/// BuildKit looks for it apart from the other directives: a `#!` line may stand above, and an indented directive ends
/// the search.
pub fn check_directive(source: &str) -> Option<&str> {
    let mut start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if source.get(start..)?.starts_with("#!") {
        start += source.get(start..)?.find('\n')? + 1;
    }
    // Most files start with an instruction.
    if source.get(start..)?.starts_with(|it: char| it.is_ascii_alphabetic()) {
        return None;
    }
    let found = directives(source, start).found;
    let mut end = start;
    for directive in found {
        let place = directive.span.start as usize;
        if place != end {
            return None;
        }
        if directive.name.eq_ignore_ascii_case("check") {
            return directive.value.span.slice(source).split(' ').next();
        }
        end = place + source.get(place..)?.find('\n')? + 1;
    }
    None
}

/// The value of `check=` in a comment, which is given without its `#`.
fn in_comment(comment: &str) -> Option<&str> {
    let (name, value) = comment.split_once('=')?;
    let value = value.trim();
    let is_check = name.trim_end().eq_ignore_ascii_case("check") && !value.is_empty();
    value.split(' ').next().filter(|_| is_check)
}

fn names(list: &str) -> Vec<String> {
    list.split(',').map(|it| it.trim().to_owned()).collect()
}

/// What Go's `strconv.ParseBool` takes.
fn boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let found = match CheckOptions::parse(text) {
            Ok(it) => {
                let list = |all: bool, names: &[String]| {
                    if all { "all".to_owned() } else { format!("{names:?}") }
                };
                let skip = list(it.skip_all, &it.skip);
                let experimental = list(it.experimental_all, &it.experimental);
                format!("skip {skip}, experimental {experimental}, error {}", it.error)
            }
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&found);
    }

    #[test]
    fn options_have_three_parts() {
        check("", &expect!["skip [], experimental [], error false"]);
        check("  ", &expect!["skip [], experimental [], error false"]);
        check("skip=all", &expect!["skip all, experimental [], error false"]);
        check("skip=One, Two ", &expect![[r#"skip ["One", "Two"], experimental [], error false"#]]);
        check("skip=", &expect![[r#"skip [""], experimental [], error false"#]]);
        check("skip=One;skip=Two", &expect![[r#"skip ["Two"], experimental [], error false"#]]);
        check("experimental=all;error=T", &expect!["skip [], experimental all, error true"]);
        check(" error = 1 ;skip=One", &expect![[r#"skip ["One"], experimental [], error true"#]]);
        check(
            "error=0;skip=One;experimental=Two;skip=Three",
            &expect![[r#"skip ["One"], experimental ["Two;skip=Three"], error false"#]],
        );
        check("One", &expect![[r#"invalid check option "One""#]]);
        check("one=two", &expect![[r#"invalid check option "one""#]]);
        check("Skip=One", &expect![[r#"invalid check option "Skip""#]]);
        check("skip=One;", &expect![[r#"invalid check option """#]]);
        check(
            "error=yes",
            &expect![[
                r#"failed to parse check option "error=yes": strconv.ParseBool: parsing "yes": invalid syntax"#
            ]],
        );
    }

    #[test]
    fn skipping_is_for_the_common_checks_only() {
        let options = |text| CheckOptions::parse(text).unwrap();
        assert!(options("").allows("One", false) && !options("").allows("One", true));
        assert!(
            !options("skip=One").allows("One", false) && options("skip=One").allows("Two", false)
        );
        assert!(!options("skip=all").allows("One", false));
        assert!(options("skip=all;experimental=One").allows("One", true));
        assert!(!options("experimental=One").allows("Two", true));
        assert!(options("experimental=all").allows("Two", true));
    }

    #[test]
    fn the_directive_stands_at_the_top() {
        let check = |source: &str, expected: Option<&str>| {
            assert_eq!(check_directive(source), expected, "{source:?}");
        };
        check("", None);
        check("FROM a\n# check=skip=all", None);
        check("# check=skip=all", Some("skip=all"));
        check("#Check = skip=One, Two\n", Some("skip=One,"));
        check("# syntax=a\n# escape=`\r\n# check=skip=all\r\nFROM a", Some("skip=all"));
        check("\u{feff}# check=error=true\n", Some("error=true"));
        check("#!/bin/x\n# check=error=true\n", Some("error=true"));
        check("#!/bin/x", None);
        check("# a comment\n# check=skip=all", None);
        check("\n# check=skip=all", None);
        check(" # check=skip=all", None);
        check("# syntax=a\n # check=skip=all", None);
    }

    #[test]
    fn comments_have_options_too() {
        let check = |comments: &[&str], expected: Option<&str>| {
            let expected = expected.map(|it| CheckOptions::parse(it).unwrap());
            assert_eq!(CheckOptions::of_comments(comments.iter().copied()), expected);
        };
        check(&[], None);
        check(&["why", "check=skip=One // because"], Some("skip=One"));
        check(&["CHECK = skip=all"], Some("skip=all"));
        check(&["check=skip=One", "check=skip=Two"], Some("skip=One"));
        check(&["check=nonsense", "check=skip=Two"], None);
        check(&["check", "check=", "# check=skip=all", "to check=skip=all"], None);
    }
}
