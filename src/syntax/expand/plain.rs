//! Words in which nothing is read: most words of a Dockerfile.

/// Whether nothing in a word is read: no variable, no quote, no escape, no byte order mark.
pub(crate) fn is_plain(word: &str, escape: char) -> bool {
    let is_known = matches!(escape, '\\' | '`');
    (is_known && !may_be_read(word.as_bytes()))
        || !word.contains(['$', '"', '\'', escape, '\u{feff}'])
}

/// Whether a text has a byte that starts something that is read, with either escape character of Dockerfiles.
fn may_be_read(text: &[u8]) -> bool {
    const READ: [u8; 6] = [b'$', b'"', b'\'', b'\\', b'`', 0xef];
    const fn lanes(it: u8) -> u64 {
        u64::from_ne_bytes([it; 8])
    }
    // Eight bytes at once: a lane that is zero is one of the sign.
    let is_in = |eight: &[u8; 8]| {
        let eight = u64::from_ne_bytes(*eight);
        let has = READ.into_iter().fold(0, |has, it| {
            let lane = eight ^ lanes(it);
            has | (lane.wrapping_sub(lanes(1)) & !lane)
        });
        has & lanes(0x80) != 0
    };
    match text.last_chunk::<8>() {
        Some(last) => text.as_chunks::<8>().0.iter().any(is_in) || is_in(last),
        None => text.iter().any(|it| READ.contains(it)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_word_has_nothing_that_is_read_anywhere() {
        for len in 0..20 {
            let plain = "a-Z_9/\u{e9}:=".repeat(2).chars().take(len).collect::<String>();
            assert!(is_plain(&plain, '\\') && is_plain(&plain, '`'), "{plain}");
            for (at, _) in plain.char_indices() {
                let (before, behind) = plain.split_at(at);
                for sign in ["$", "\"", "'", "\u{feff}"] {
                    let word = [before, sign, behind].concat();
                    assert!(!is_plain(&word, '\\') && !is_plain(&word, '`'), "{word}");
                }
                // The escape character of another file is a letter, and so is one that only starts like the mark.
                for (sign, escape) in [("\\", '\\'), ("`", '`'), ("\u{ff01}", '\0')] {
                    let word = [before, sign, behind].concat();
                    assert_eq!(is_plain(&word, '\\'), escape != '\\', "{word}");
                    assert_eq!(is_plain(&word, '`'), escape != '`', "{word}");
                }
            }
        }
    }
}
