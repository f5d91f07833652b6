use crate::lint::{checker::Checker, declare::rule, labels, settings::LabelKind};

rule! {
    /// A licence that is named by its SPDX identifier means one text, and tools can count with it. This looks at the labels
    /// that the settings call licences, here `org.opencontainers.image.licenses`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.licenses="Apache 2.0"
    /// #                                        ^^^^^^^^^^ the label `org.opencontainers.image.licenses` is no SPDX licence expression
    /// LABEL org.opencontainers.image.licenses=GPLv3
    /// #                                       ^^^^^ the label `org.opencontainers.image.licenses` is no SPDX licence expression
    /// LABEL org.opencontainers.image.licenses="MIT OR"
    /// #                                        ^^^^^^ the label `org.opencontainers.image.licenses` is no SPDX licence expression
    /// LABEL org.opencontainers.image.licenses="(MIT AND ISC"
    /// #                                        ^^^^^^^^^^^^ the label `org.opencontainers.image.licenses` is no SPDX licence expression
    /// LABEL org.opencontainers.image.licenses=not-a-licence
    /// #                                       ^^^^^^^^^^^^^ the label `org.opencontainers.image.licenses` is no SPDX licence expression
    /// ```
    ///
    /// Licences may be joined.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.opencontainers.image.licenses=MIT
    /// LABEL org.opencontainers.image.licenses="(Apache-2.0 OR MIT) AND GPL-2.0-or-later WITH Classpath-exception-2.0"
    /// LABEL org.opencontainers.image.licenses=LicenseRef-Corp-1
    /// LABEL org.opencontainers.image.licenses=$LICENSE
    /// ```
    DW807 "label-not-spdx" Warning Configured
    "DL3054"
    check
}

fn check(checker: &Checker<'_>) {
    labels::check(
        checker,
        LabelKind::Licence,
        is_right,
        "no SPDX licence expression",
        "Write the identifiers of spdx.org/licenses, joined by AND, OR and WITH.",
    );
}

/// What people write, and what is no identifier: it leaves out which version or which variant.
const VAGUE: [&str; 18] = [
    "AGPL",
    "Apache",
    "Apache2",
    "Apache-2",
    "BSD",
    "CC",
    "CC-BY",
    "Commercial",
    "EPL",
    "GPL",
    "GPL-2",
    "GPL-3",
    "LGPL",
    "MPL",
    "Other",
    "Proprietary",
    "Public",
    "Unlicensed",
];
/// Identifiers without capitals and digits, and common ones that people write in small letters.
const SMALL: [&str; 12] = [
    "blessing",
    "curl",
    "diffmark",
    "dvipdfm",
    "gnuplot",
    "isc",
    "libtiff",
    "mit",
    "psfrag",
    "psutils",
    "unlicense",
    "zlib",
];
const MAX_WORDS: usize = 200;

/// Whether a text is an expression of the SPDX specification, annex D. The list of identifiers grows with every month:
/// those are refused that are known to be none, or look like none.
fn is_right(value: &str) -> bool {
    let spaced = value.replace('(', " ( ").replace(')', " ) ");
    let mut depth = 0usize;
    // Whether a licence is next, or something that joins two.
    let mut is_next = true;
    for (at, word) in spaced.split_ascii_whitespace().enumerate() {
        let is_right = match word {
            "(" => {
                depth += 1;
                is_next
            }
            ")" => match depth.checked_sub(1) {
                Some(less) => {
                    depth = less;
                    !is_next
                }
                None => false,
            },
            "AND" | "OR" | "WITH" => !std::mem::replace(&mut is_next, true),
            _ => std::mem::replace(&mut is_next, false) && is_identifier(word),
        };
        if !is_right || at > MAX_WORDS {
            return false;
        }
    }
    !is_next && depth == 0
}

fn is_identifier(word: &str) -> bool {
    let word = word.strip_suffix('+').unwrap_or(word);
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b':');
    let is_named = word.bytes().any(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    // `GPLv3` is what people say.
    let has_version = ["gplv", "apachev", "mplv", "bsdv", "eplv"]
        .iter()
        .any(|it| word.to_ascii_lowercase().contains(it));
    word.bytes().all(is_letter)
        && (is_named || SMALL.contains(&word))
        && !has_version
        && !VAGUE.iter().any(|it| word.eq_ignore_ascii_case(it))
}
