//! Texts of an image's history, as BuildKit writes them.

use std::fmt::Write as _;

/// A text in double quotes, as Go's `%q` prints it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\x0c' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x0b' => quoted.push_str("\\v"),
            // Writing to a string cannot fail.
            '\0'..' ' | '\x7f' => drop(write!(quoted, "\\x{:02x}", u32::from(it))),
            '\u{80}'..='\u{a0}' | '\u{ad}' => drop(write!(quoted, "\\u{:04x}", u32::from(it))),
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

/// `KEYWORD ["a" "b"]`.
pub(super) fn command(keyword: &str, words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|it| quoted(it)).collect();
    format!("{keyword} [{}]", words.join(" "))
}

/// `KEYWORD [a b]`.
pub(super) fn list(keyword: &str, words: &[String]) -> String {
    format!("{keyword} [{}]", words.join(" "))
}

/// `KEYWORD a=b c=d`.
pub(super) fn pairs(keyword: &str, pairs: &[(String, String)]) -> String {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{keyword} {}", pairs.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_go_quotes_them() {
        let words = ["a", "b\"c\\", "\t\n\x01", "é'"].map(str::to_owned);
        assert_eq!(command("CMD", &words), r#"CMD ["a" "b\"c\\" "\t\n\x01" "é'"]"#);
        assert_eq!(command("CMD", &[]), "CMD []");
    }
}
