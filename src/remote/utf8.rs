//! Text out of a stream of bytes: a character may be cut in two between chunks.

/// Keeps the start of an unfinished character until the rest comes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decoder {
    rest: Vec<u8>,
}

impl Decoder {
    /// The text of `bytes`; bytes that are no UTF-8 become `U+FFFD`.
    pub fn decode(&mut self, bytes: &[u8]) -> String {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let mut text = String::with_capacity(all.len());
        for chunk in all.utf8_chunks() {
            text.push_str(chunk.valid());
            let invalid = chunk.invalid();
            let is_last = all.ends_with(invalid) && is_unfinished(invalid);
            match (invalid.is_empty(), is_last) {
                (true, _) => (),
                (false, true) => self.rest = invalid.to_vec(),
                (false, false) => text.push(char::REPLACEMENT_CHARACTER),
            }
        }
        text
    }

    /// What is left when no more bytes come.
    pub fn finish(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.rest)).into_owned()
    }
}

/// Whether bytes are the start of a character, and not all of it.
fn is_unfinished(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|it| it.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_character_may_be_cut_in_two() {
        let mut decoder = Decoder::default();
        let whale = "🐳".as_bytes();
        assert_eq!(decoder.decode(&whale[..1]), "");
        assert_eq!(decoder.decode(&whale[1..3]), "");
        assert_eq!(decoder.decode(&whale[3..]), "🐳");
        assert_eq!(decoder.decode(b"a\xffb\xf0"), "a\u{fffd}b");
        assert_eq!(decoder.finish(), "\u{fffd}");
        assert_eq!(decoder.finish(), "");
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter(text in "\\PC{0,40}", at in 0_usize..80) {
            let (one, two) = text.as_bytes().split_at(at.min(text.len()));
            let mut decoder = Decoder::default();
            prop_assert_eq!(decoder.decode(one) + &decoder.decode(two) + &decoder.finish(), text);
        }
    }
}
