//! The grammar of image names: the expressions of `distribution/reference`, as functions that give the length of what they
//! match at the start of a text.

/// The path of a name with its tag and its digest, if it has them.
pub(super) type Remainder<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// Whether a text is a host, with its port if it has one.
pub(super) fn is_host(text: &str) -> bool {
    host_and_port(text) == Some(text.len())
}

/// The host at the start of a text, with its port if it has one.
pub(super) fn host_and_port(text: &str) -> Option<usize> {
    let text = text.as_bytes();
    let len = address(text).or_else(|| host(text))?;
    Some(len + behind(b':', rest(text, len), |it| some(it, |it| it.is_ascii_digit())))
}

/// The parts of a text that is a path with a tag and a digest, or without.
pub(super) fn remainder(text: &str) -> Option<Remainder<'_>> {
    let bytes = text.as_bytes();
    let path = list(bytes, |it| one(it, |it| it == b'/'), component)?;
    let tag = path + behind(b':', rest(bytes, path), tag);
    let end = tag + behind(b'@', rest(bytes, tag), digest);
    // The sign before a part is no part of it.
    let part = |from: usize, to: usize| text.get(from + 1..to);
    (end == text.len()).then_some((text.get(..path)?, part(path, tag), part(tag, end)))
}

/// `[::1]`.
fn address(text: &[u8]) -> Option<usize> {
    let digits = some(text.strip_prefix(b"[")?, |it| it.is_ascii_hexdigit() || it == b':')?;
    (text.get(digits + 1) == Some(&b']')).then_some(digits + 2)
}

/// `registry.example`: labels that neither start nor end with a hyphen.
fn host(text: &[u8]) -> Option<usize> {
    let is_label = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    let len = list(text, |it| one(it, |it| it == b'.'), |it| some(it, is_label))?;
    let mut labels = text.get(..len)?.split(|it| *it == b'.');
    labels.all(|it| !it.starts_with(b"-") && !it.ends_with(b"-")).then_some(len)
}

/// `my-app_2`: letters and digits with `.`, `_`, `__` or hyphens between.
fn component(text: &[u8]) -> Option<usize> {
    let separator = |it: &[u8]| match it {
        [b'_', b'_', ..] => Some(2),
        [b'.' | b'_', ..] => Some(1),
        _ => some(it, |it| it == b'-'),
    };
    list(text, separator, |it| some(it, |it| it.is_ascii_lowercase() || it.is_ascii_digit()))
}

/// `1.2-slim`: up to 128 characters.
fn tag(text: &[u8]) -> Option<usize> {
    let is_word = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    one(text, is_word)?;
    let len = some(text, |it| is_word(it) || matches!(it, b'.' | b'-'))?;
    Some(len.min(128))
}

/// `sha256:…`: at least 32 hexadecimal digits.
fn digest(text: &[u8]) -> Option<usize> {
    let separator = |it: &[u8]| one(it, |it| matches!(it, b'-' | b'_' | b'+' | b'.'));
    let algorithm = list(text, separator, |it| {
        one(it, |it| it.is_ascii_alphabetic())?;
        some(it, |it| it.is_ascii_alphanumeric())
    })?;
    let digits = some(rest(text, algorithm).strip_prefix(b":")?, |it| it.is_ascii_hexdigit())?;
    (digits >= 32).then_some(algorithm + 1 + digits)
}

/// Items, with separators between. A separator without an item behind it is no part of them.
fn list(
    text: &[u8],
    separator: impl Fn(&[u8]) -> Option<usize>,
    item: impl Fn(&[u8]) -> Option<usize>,
) -> Option<usize> {
    let mut len = item(text)?;
    loop {
        let rest = rest(text, len);
        let next = separator(rest).and_then(|it| Some(it + item(rest.get(it..)?)?));
        let Some(next) = next else { return Some(len) };
        len += next;
    }
}

/// What may follow a sign: the length of both, or 0.
fn behind(sign: u8, text: &[u8], item: impl Fn(&[u8]) -> Option<usize>) -> usize {
    let found = text.strip_prefix(&[sign]).and_then(item);
    found.map_or(0, |it| it + 1)
}

/// One byte.
fn one(text: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    text.first().is_some_and(|it| is(*it)).then_some(1)
}

/// One byte or more.
fn some(text: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let len = text.iter().position(|it| !is(*it)).unwrap_or(text.len());
    (len > 0).then_some(len)
}

fn rest(text: &[u8], from: usize) -> &[u8] {
    text.get(from..).unwrap_or_default()
}
