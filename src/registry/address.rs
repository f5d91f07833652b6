//! Texts in addresses of HTTP.

/// A text as a part of a path or of a query: what would end it, or stands for something else there, is `%XX`, byte by
/// byte. `/`, `:`, `,` and `@` stay, as both parts may have them (RFC 3986, `pchar`).
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:,@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_part_is_escaped() {
        for (text, expected) in [
            ("repository:a/b:pull,push", "repository:a/b:pull,push"),
            ("a@sha256:1~-._", "a@sha256:1~-._"),
            ("a b&c=d?e#f+g%", "a%20b%26c%3Dd%3Fe%23f%2Bg%25"),
            ("{\"é\"\n}", "%7B%22%C3%A9%22%0A%7D"),
            ("", ""),
        ] {
            assert_eq!(encoded(text), expected);
        }
    }
}
