//! The instruction words, and the nearest one to a misspelt one.

use super::flag::{Kind, Spec};
use crate::text::to_u32;

/// The word that an instruction starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words of the Dockerfile reference")]
pub enum Keyword {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
}

impl Keyword {
    /// All of them, in alphabetical order.
    pub const ALL: [Self; 18] = [
        Self::Add,
        Self::Arg,
        Self::Cmd,
        Self::Copy,
        Self::Entrypoint,
        Self::Env,
        Self::Expose,
        Self::From,
        Self::Healthcheck,
        Self::Label,
        Self::Maintainer,
        Self::Onbuild,
        Self::Run,
        Self::Shell,
        Self::Stopsignal,
        Self::User,
        Self::Volume,
        Self::Workdir,
    ];

    /// The word, in capitals.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "ADD",
            Self::Arg => "ARG",
            Self::Cmd => "CMD",
            Self::Copy => "COPY",
            Self::Entrypoint => "ENTRYPOINT",
            Self::Env => "ENV",
            Self::Expose => "EXPOSE",
            Self::From => "FROM",
            Self::Healthcheck => "HEALTHCHECK",
            Self::Label => "LABEL",
            Self::Maintainer => "MAINTAINER",
            Self::Onbuild => "ONBUILD",
            Self::Run => "RUN",
            Self::Shell => "SHELL",
            Self::Stopsignal => "STOPSIGNAL",
            Self::User => "USER",
            Self::Volume => "VOLUME",
            Self::Workdir => "WORKDIR",
        }
    }

    /// The keyword that `word` is, in any case.
    pub fn find(word: &str) -> Option<Self> {
        // In capitals; nothing but a small letter becomes one.
        let up = |it: u8| it & !0x20;
        let found = match *word.as_bytes() {
            [a, b, c] => {
                return Some(match &[up(a), up(b), up(c)] {
                    b"RUN" => Self::Run,
                    b"ENV" => Self::Env,
                    b"ARG" => Self::Arg,
                    b"CMD" => Self::Cmd,
                    b"ADD" => Self::Add,
                    _ => return None,
                });
            }
            [a, b, c, d] => {
                return Some(match &[up(a), up(b), up(c), up(d)] {
                    b"COPY" => Self::Copy,
                    b"FROM" => Self::From,
                    b"USER" => Self::User,
                    _ => return None,
                });
            }
            // The length and the first letter tell the others apart.
            [first, ..] => match (word.len(), up(first)) {
                (5, b'L') => Self::Label,
                (5, _) => Self::Shell,
                (6, b'E') => Self::Expose,
                (6, _) => Self::Volume,
                (7, b'W') => Self::Workdir,
                (7, _) => Self::Onbuild,
                (10, b'E') => Self::Entrypoint,
                (10, b'M') => Self::Maintainer,
                (10, _) => Self::Stopsignal,
                (11, _) => Self::Healthcheck,
                _ => return None,
            },
            [] => return None,
        };
        found.as_str().eq_ignore_ascii_case(word).then_some(found)
    }

    /// The flags that the instruction has.
    pub const fn flags(self) -> &'static [Spec<'static>] {
        match self {
            Self::Add => {
                const {
                    &[
                        text("chmod"),
                        text("chown"),
                        text("checksum"),
                        texts("exclude"),
                        switch("keep-git-dir"),
                        switch("link"),
                        switch("unpack"),
                    ]
                }
            }
            Self::Copy => {
                const {
                    &[
                        text("chmod"),
                        text("chown"),
                        texts("exclude"),
                        text("from"),
                        switch("link"),
                        switch("parents"),
                    ]
                }
            }
            Self::From => const { &[text("platform")] },
            Self::Healthcheck => {
                const {
                    &[
                        text("interval"),
                        text("retries"),
                        text("start-interval"),
                        text("start-period"),
                        text("timeout"),
                    ]
                }
            }
            Self::Run => {
                const { &[texts("device"), texts("mount"), text("network"), text("security")] }
            }
            Self::Arg
            | Self::Cmd
            | Self::Entrypoint
            | Self::Env
            | Self::Expose
            | Self::Label
            | Self::Maintainer
            | Self::Onbuild
            | Self::Shell
            | Self::Stopsignal
            | Self::User
            | Self::Volume
            | Self::Workdir => &[],
        }
    }

    /// Whether here-documents can follow.
    pub(crate) const fn takes_heredocs(self) -> bool {
        matches!(self, Self::Add | Self::Copy | Self::Run)
    }
}

const fn text(name: &'static str) -> Spec<'static> {
    Spec { name, kind: Kind::Text }
}

const fn texts(name: &'static str) -> Spec<'static> {
    Spec { name, kind: Kind::Texts }
}

const fn switch(name: &'static str) -> Spec<'static> {
    Spec { name, kind: Kind::Switch }
}

/// The one of `known` that needs the fewest edits from `word`, if at most two; in any case.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    nearest_of(word, known, false)
}

fn nearest_of<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
    case_matters: bool,
) -> Option<&'k str> {
    // A long word is no misspelling of a short one, and the distance is quadratic.
    if word.len() > 64 {
        return None;
    }
    let fold = |it: &str| if case_matters { it.to_owned() } else { it.to_ascii_lowercase() };
    let folded = fold(word);
    let signs = signs(word, case_matters);
    let mut best = (3, None);
    for it in known {
        // Most words are too far away, which their letters tell.
        let other = self::signs(it, case_matters);
        let edits = (signs & !other).count_ones().max((other & !signs).count_ones());
        if edits >= best.0 {
            continue;
        }
        let distance = to_u32(distance(&folded, &fold(it)));
        if distance < best.0 {
            best = (distance, Some(it));
        }
    }
    best.1
}

/// A bit for each letter of ASCII in a word. What one word has and another one has not takes an edit each.
fn signs(word: &str, case_matters: bool) -> u64 {
    let letters = word.bytes().filter(u8::is_ascii);
    letters.fold(0, |all, it| {
        let it = if case_matters { it } else { it.to_ascii_lowercase() };
        all | 1 << (it & 63)
    })
}

/// Docker's ` (did you mean …?)`, or nothing: `util/suggest` of BuildKit. Where the case does not matter, the
/// suggestion is written in capitals or not, as the word is.
pub fn suggestion<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
    case_matters: bool,
) -> String {
    let Some(near) = nearest_of(word, known, case_matters) else { return String::new() };
    let is_same = if case_matters { near == word } else { near.eq_ignore_ascii_case(word) };
    if is_same {
        return String::new();
    }
    let near = if case_matters {
        near.to_owned()
    } else if word.bytes().any(|it| it.is_ascii_lowercase()) {
        near.to_ascii_lowercase()
    } else {
        near.to_ascii_uppercase()
    };
    format!(" (did you mean {near}?)")
}

/// The Levenshtein distance.
pub(crate) fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, found) in from.chars().enumerate() {
        let mut left = line + 1;
        let mut above_left = line;
        for (wanted, above) in to.iter().zip(row.iter_mut().skip(1)) {
            let replaced = above_left + usize::from(found != *wanted);
            above_left = *above;
            left = replaced.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        let words = Keyword::ALL.map(Keyword::as_str);
        assert_eq!(nearest(word, words), expected, "{word}");
    }

    #[test]
    fn a_misspelt_word_finds_the_nearest() {
        check("FOO", Some("FROM"));
        check("from", Some("FROM"));
        check("RUNN", Some("RUN"));
        check("ENTRYPIONT", Some("ENTRYPOINT"));
        check("WORKDIRECTORY", None);
        check("BANANA", None);
        check(&"RUN".repeat(99), None);
    }

    #[test]
    fn keywords_are_found_in_any_case() {
        for it in Keyword::ALL {
            assert_eq!(Keyword::find(it.as_str()), Some(it));
            assert_eq!(Keyword::find(&it.as_str().to_lowercase()), Some(it));
        }
        assert_eq!(Keyword::find("FORM"), None);
    }
}
