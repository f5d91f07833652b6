//! Words of `ENV`, `LABEL`, `ARG` and of flags: split on white space outside quotes.

/// The words of `text`, as slices of it. Quotes and escapes stay in them.
///
/// ```text
/// a="b c" d\ e 'f "'
/// ^^^^^^^ ^^^^ ^^^^^
/// ```
pub fn words(text: &str, escape: char) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (len, next) = word(rest, escape);
        let found = rest.get(..len);
        rest = rest.get(next..).unwrap_or_default().trim_start();
        found
    })
    // An escape character alone at the end is no word.
    .filter(|it| !it.is_empty())
}

/// The length of the word that `text` starts with, and where the text goes on: behind an escape character that has
/// nothing to escape, and is no part of the word.
fn word(text: &str, escape: char) -> (usize, usize) {
    // Most words have neither quotes nor escapes.
    let is_plain =
        |it: u8| it > b' ' && it.is_ascii() && !matches!(it, b'\'' | b'"' | b'\\' | b'`');
    let plain = text.bytes().position(|it| !is_plain(it)).unwrap_or(text.len());
    let mut quote = None;
    let mut chars = text.get(plain..).unwrap_or_default().char_indices();
    while let Some((at, it)) = chars.next() {
        match quote {
            None if it.is_whitespace() => return (plain + at, plain + at),
            None if matches!(it, '\'' | '"') => quote = Some(it),
            // In single quotes, the escape character is a character like others.
            Some('\'') if it == escape => (),
            Some(open) if it == open => quote = None,
            None | Some(_) if it == escape => {
                if chars.next().is_none() {
                    return (plain + at, text.len());
                }
            }
            None | Some(_) => (),
        }
    }
    (text.len(), text.len())
}

/// The words of `text` between white space of any kind, without a look at quotes.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_blank).filter(|it| !it.is_empty())
}

/// What separates words in a logical line.
pub(crate) fn is_blank(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\x0b' | '\x0c' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text, '\\').collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn words_end_at_white_space_outside_quotes() {
        check("", &[]);
        check("  a\tb ", &["a", "b"]);
        check(r#"a="b c" d\ e 'f "'"#, &[r#"a="b c""#, r"d\ e", r#"'f "'"#]);
        check(r#""a\" b" c"#, &[r#""a\" b""#, "c"]);
        check(r"'a\' b", &[r"'a\'", "b"]);
        check(r"a\", &["a"]);
        check(r"a \", &["a"]);
        check(r#""a\"#, &[r#""a"#]);
        check(r"a\\", &[r"a\\"]);
        check("\"a b", &["\"a b"]);
        check("'é 🐳' ü", &["'é 🐳'", "ü"]);
    }
}
