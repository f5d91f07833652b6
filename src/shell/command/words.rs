//! Lists of words in tables, written in one line and taken apart by the compiler.

/// The words of a text with single blanks between, as a list.
macro_rules! words {
    ("") => {
        &[]
    };
    ($text:expr) => {{
        const TEXT: &str = $text;
        const WORDS: [&str; super::words::count(TEXT)] = super::words::split(TEXT);
        &WORDS
    }};
}

pub(super) use words;

/// The number of words in a text with single blanks between.
pub(super) const fn count(text: &str) -> usize {
    let mut bytes = text.as_bytes();
    let mut count = 1;
    while let [first, rest @ ..] = bytes {
        if *first == b' ' {
            count += 1;
        }
        bytes = rest;
    }
    count
}

/// The first `COUNT` words of such a text.
pub(super) const fn split<const COUNT: usize>(text: &'static str) -> [&'static str; COUNT] {
    let mut words = [""; COUNT];
    let mut places: &mut [&'static str] = &mut words;
    let mut rest = text;
    while let [place, others @ ..] = places {
        let (word, behind) = rest.split_at(blank(rest));
        *place = word;
        rest = match behind.split_at_checked(1) {
            Some((_, it)) => it,
            None => "",
        };
        places = others;
    }
    words
}

/// Where the first blank is, or the end.
const fn blank(text: &str) -> usize {
    let mut bytes = text.as_bytes();
    let mut at = 0;
    while let [first, rest @ ..] = bytes {
        if *first == b' ' {
            break;
        }
        at += 1;
        bytes = rest;
    }
    at
}
