//! Words of `ENV`, `LABEL`, `ARG` and of flags: split on white space outside quotes.

/// The words of `text`, as slices of it. Quotes and escapes stay in them.
///
/// ```text
/// a="b c" d\ e 'f "'
/// ^^^^^^^ ^^^^ ^^^^^
/// ```
pub fn words(text: &str, escape: char) -> impl Iterator<Item = &str> {
    let mut rest = trim_start(text);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (len, next) = word(rest, escape);
        let found = rest.get(..len);
        rest = trim_start(rest.get(next..).unwrap_or_default());
        found
    })
    // An escape character alone at the end is no word.
    .filter(|it| !it.is_empty())
}

/// What [`is_plain`] says.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut rest: &mut [bool] = &mut plain;
    let mut byte = 0_u8;
    while let [it, others @ ..] = rest {
        *it = byte > b' ' && byte.is_ascii() && !matches!(byte, b'\'' | b'"' | b'\\' | b'`');
        byte = byte.wrapping_add(1);
        rest = others;
    }
    plain
};

/// The length of the word that `text` starts with, and where the text goes on: behind an escape character that has
/// nothing to escape, and is no part of the word.
fn word(text: &str, escape: char) -> (usize, usize) {
    // Most words have neither quotes nor escapes.
    let plain = text.bytes().position(|it| !is_plain(it)).unwrap_or(text.len());
    if matches!(text.as_bytes().get(plain), None | Some(b' ' | b'\t'..=b'\r')) {
        return (plain, plain);
    }
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
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|it| !is_blank(it))?;
        let word = rest.get(start..)?;
        let len = word_end(word);
        rest = word.get(len..)?;
        word.get(..len)
    })
}

/// Where the blanks behind the first word start.
#[inline]
pub(crate) fn word_end(text: &str) -> usize {
    text.bytes().position(is_blank).unwrap_or(text.len())
}

/// Whether a byte ends no word and means nothing in it: not all of those, but most.
#[inline]
pub(crate) fn is_plain(it: u8) -> bool {
    PLAIN.get(usize::from(it)).is_some_and(|it| *it)
}

/// What separates words in a logical line.
#[inline]
pub(crate) fn is_blank(it: u8) -> bool {
    it <= b' ' && matches!(it, b' ' | b'\t' | b'\x0b' | b'\x0c' | b'\r')
}

/// Whether a byte is a character of ASCII that shows: most texts start and end with one.
#[inline]
fn is_letter(it: u8) -> bool {
    matches!(it, b'!'..=b'~')
}

/// The text without white space at its start.
#[inline]
pub(crate) fn trim_start(text: &str) -> &str {
    if text.bytes().next().is_some_and(is_letter) {
        return text;
    }
    let blanks = text.bytes().take_while(|it| matches!(it, b' ' | b'\t'..=b'\r')).count();
    let rest = text.get(blanks..).unwrap_or_default();
    if rest.bytes().next().is_some_and(|it| !it.is_ascii()) { rest.trim_start() } else { rest }
}

/// The text without white space at its end.
#[inline]
pub(crate) fn trim_end(text: &str) -> &str {
    if text.bytes().next_back().is_some_and(is_letter) {
        return text;
    }
    let blanks = text.bytes().rev().take_while(|it| matches!(it, b' ' | b'\t'..=b'\r')).count();
    let rest = text.get(..text.len() - blanks).unwrap_or_default();
    if rest.bytes().next_back().is_some_and(|it| !it.is_ascii()) { rest.trim_end() } else { rest }
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
