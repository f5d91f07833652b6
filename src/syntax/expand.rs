//! Variables, quotes and escapes in a word: `"$NAME/${PATH:-x}"` to its text.
//!
//! The rules are those of BuildKit's `frontend/dockerfile/shell/lex.go`.

pub mod pattern;
mod plain;
mod substitution;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use thiserror::Error;

pub use pattern::{PatternError, regex, reverse};
pub(crate) use plain::is_plain;
pub(crate) use words::Word;

use self::words::Splitter;

/// Deeper `${a:-${b:-…}}` is refused.
pub(crate) const MAX_DEPTH: u32 = 64;
/// A text that grows beyond this is refused, so that `A=$A$A` line after line ends.
pub(crate) const MAX_TEXT: usize = 1 << 20;

/// A word after expansion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expanded {
    /// The text.
    pub text: String,
    /// Where the word names variables that are not set and have no alternative, in bytes of the word.
    pub unset: Vec<Range<usize>>,
}

/// A word that names a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The name, in bytes of the word.
    pub name: Range<usize>,
    /// Whether the variable has a value, be it empty.
    pub is_set: bool,
    /// Whether the word says what to do without a value: `${name-x}` or `${name+x}`.
    pub has_alternative: bool,
}

/// Why a word cannot be expanded, in Docker's words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ExpandError {
    #[error("syntax error: missing '}}'")]
    MissingBrace,
    #[error("syntax error: bad substitution")]
    BadSubstitution,
    #[error("syntax error: missing '/' in ${{}}")]
    MissingSlash,
    #[error("unsupported modifier ({0}) in substitution")]
    Modifier(String),
    #[error("unexpected end of statement while looking for matching {0}")]
    OpenQuote(&'static str),
    #[error("{0}: {1}")]
    Required(String, String),
    #[error("invalid pattern ({0}) in substitution: {1}")]
    Pattern(String, PatternError),
    #[error("substitutions are nested too deeply")]
    TooDeep,
    #[error("the text is longer than 1 MiB after expansion")]
    TooLong,
}

/// Gives the values of variables.
pub type Lookup<'l, 'v> = &'l dyn Fn(&str) -> Option<&'v str>;

/// Expands `word`, where `lookup` gives the values of variables.
pub fn expand(word: &str, escape: char, lookup: Lookup<'_, '_>) -> Result<Expanded, ExpandError> {
    let mut uses = Vec::new();
    let text = expand_noting(word, escape, lookup, &mut uses)?;
    let missed = uses.into_iter().filter(|it| !it.is_set && !it.has_alternative);
    Ok(Expanded { text, unset: missed.map(|it| it.name).collect() })
}

/// Expands `word` and notes the variables that it names, as far as it can be read.
pub fn expand_noting(
    word: &str,
    escape: char,
    lookup: Lookup<'_, '_>,
    uses: &mut Vec<Use>,
) -> Result<String, ExpandError> {
    if is_plain(word, escape) {
        return Ok(word.to_owned());
    }
    let mut it = Walker::new(word, escape, lookup);
    let text = it.until(None, false);
    uses.append(&mut it.uses);
    text
}

/// The words that `text` is after expansion: split at white space outside quotes.
///
/// A value of a variable is split too, if the variable stands outside quotes.
pub fn words(text: &str, escape: char, lookup: Lookup<'_, '_>) -> Result<Vec<String>, ExpandError> {
    let mut it = Walker::new(text, escape, lookup);
    it.words = Some(Splitter::default());
    it.until(None, false)?;
    Ok(it.words().into_iter().map(|it| it.text).collect())
}

/// The text of a here-document: variables and escapes are read, quotes are characters like others.
pub fn document(
    text: &str,
    lookup: Lookup<'_, '_>,
    uses: &mut Vec<Use>,
) -> Result<String, ExpandError> {
    let mut it = Walker::new(text, '\\', lookup);
    it.raw.no_quotes = true;
    let found = it.until(None, false);
    uses.append(&mut it.uses);
    found
}

/// The words of `text` as they are written, with their quotes, escapes and variables, and where each starts;
/// none if a quote or a brace stays open.
pub(crate) fn raw_words(text: &str, escape: char) -> Vec<Word> {
    let mut it = Walker::new(text, escape, &|_| None);
    it.raw = Raw { quotes: true, variables: true, ..Raw::default() };
    it.words = Some(Splitter::default());
    match it.until(None, true) {
        Ok(_) => it.words(),
        Err(_) => Vec::new(),
    }
}

/// The one word that `text` is without quotes and escapes, its variables left alone, and whether it had quotes;
/// `None` if it is not one word.
pub(crate) fn unquoted_word(
    text: &str,
    escape: char,
) -> Result<Option<(String, bool)>, ExpandError> {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    if !text.is_empty() && text.bytes().all(is_plain) {
        return Ok(Some((text.to_owned(), false)));
    }
    let words = |quotes| {
        let mut it = Walker::new(text, escape, &|_| None);
        it.raw = Raw { quotes, variables: true, ..Raw::default() };
        it.words = Some(Splitter::default());
        it.until(None, false)?;
        Ok(it.words())
    };
    let quotes = |it: &Word| it.text.matches(['\'', '"']).count();
    let (plain, quoted) = (words(false)?, words(true)?);
    let is_quoted = plain.first().map(quotes) != quoted.first().map(quotes);
    let mut plain = plain.into_iter();
    Ok(match (plain.next(), plain.next()) {
        (Some(word), None) => Some((word.text, is_quoted)),
        _ => None,
    })
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// What stays in the text instead of being read.
#[derive(Clone, Copy, Default)]
struct Raw {
    quotes: bool,
    /// Quotes are no quotes.
    no_quotes: bool,
    /// Only those that are not set.
    variables: bool,
}

/// A walk over a word.
struct Walker<'w, 'v> {
    word: &'w str,
    at: usize,
    escape: char,
    lookup: Lookup<'w, 'v>,
    uses: Vec<Use>,
    depth: u32,
    raw: Raw,
    words: Option<Splitter>,
}

impl<'w, 'v> Walker<'w, 'v> {
    fn new(word: &'w str, escape: char, lookup: Lookup<'w, 'v>) -> Self {
        // Go's scanner skips a byte order mark.
        let at = if word.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let (uses, raw, words) = (Vec::new(), Raw::default(), None);
        Self { word, at, escape, lookup, uses, depth: 0, raw, words }
    }

    fn words(&mut self) -> Vec<Word> {
        self.words.take().map(Splitter::finish).unwrap_or_default()
    }

    fn rest(&self) -> &'w str {
        self.word.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let it = self.peek()?;
        self.at += it.len_utf8();
        Some(it)
    }

    /// Takes `it`, if it comes next.
    fn eat(&mut self, it: char) -> bool {
        let found = self.peek() == Some(it);
        self.at += if found { it.len_utf8() } else { 0 };
        found
    }

    /// Expands up to `stop`, which is consumed, or to the end. In patterns, escapes stay.
    fn until(&mut self, stop: Option<char>, keep_escapes: bool) -> Result<String, ExpandError> {
        // The outermost text is mostly as long as what it comes from.
        let mut text = String::with_capacity(if stop.is_none() { self.rest().len() } else { 0 });
        while let Some(it) = self.peek() {
            let start = self.at;
            if stop == Some(it) {
                self.next();
                return Ok(text);
            }
            let len = text.len();
            let splits = self.piece(stop, keep_escapes, &mut text)?;
            // Only the outermost text is split into words.
            if stop.is_none()
                && let Some(words) = &mut self.words
            {
                words.add(text.get(len..).unwrap_or_default(), start, splits);
            }
            self.check_len(&text)?;
        }
        if stop.is_some() { Err(ExpandError::MissingBrace) } else { Ok(text) }
    }

    /// Expands the next piece: a quoted text, a variable, an escaped character, or plain text. Says whether white
    /// space in it splits words.
    fn piece(
        &mut self,
        stop: Option<char>,
        keep_escapes: bool,
        text: &mut String,
    ) -> Result<bool, ExpandError> {
        let quotes = if self.raw.no_quotes { ['$', '$'] } else { ['"', '\''] };
        let special = ['$', quotes[0], quotes[1], '<', self.escape, stop.unwrap_or('$')];
        let rest = self.rest();
        let plain = until_any(rest, special);
        if plain > 0 {
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            return Ok(true);
        }
        match self.next() {
            Some('\'') => self.single_quotes(text).map(|()| false),
            Some('"') => self.double_quotes(keep_escapes, text).map(|()| false),
            Some('$') => self.dollar(text).map(|()| true),
            Some('<') => {
                text.push('<');
                if self.eat('<') {
                    text.push('<');
                    // White space behind the sign of a here-document belongs to its word.
                    let rest = self.rest();
                    let blanks = rest.len() - rest.trim_start().len();
                    text.push_str(rest.get(..blanks).unwrap_or_default());
                    self.at += blanks;
                }
                Ok(false)
            }
            Some(it) => {
                if keep_escapes {
                    text.push(it);
                }
                text.extend(self.next());
                Ok(false)
            }
            None => Ok(false),
        }
    }

    fn check_len(&self, text: &str) -> Result<(), ExpandError> {
        if text.len() > MAX_TEXT.max(self.word.len()) { Err(ExpandError::TooLong) } else { Ok(()) }
    }

    fn single_quotes(&mut self, text: &mut String) -> Result<(), ExpandError> {
        let rest = self.rest();
        let Some((inside, _)) = rest.split_once('\'') else {
            self.at = self.word.len();
            return Err(ExpandError::OpenQuote("single-quote"));
        };
        let quote = if self.raw.quotes { "'" } else { "" };
        text.extend([quote, inside, quote]);
        self.at += inside.len() + 1;
        Ok(())
    }

    fn double_quotes(&mut self, keep: bool, text: &mut String) -> Result<(), ExpandError> {
        let quote = if self.raw.quotes { "\"" } else { "" };
        text.push_str(quote);
        while let Some(it) = self.next() {
            match it {
                '"' => {
                    text.push_str(quote);
                    return Ok(());
                }
                '$' => self.dollar(text)?,
                _ if it == self.escape => {
                    if keep {
                        text.push(it);
                    }
                    match self.peek() {
                        Some(next) if matches!(next, '"' | '$') || next == self.escape => {
                            text.extend(self.next());
                        }
                        Some(_) => text.push(it),
                        None => (),
                    }
                }
                _ => text.push(it),
            }
            self.check_len(text)?;
        }
        Err(ExpandError::OpenQuote("double-quote"))
    }
}

/// The place of the first of these characters, or the end.
fn until_any(text: &str, any: [char; 6]) -> usize {
    let found = if any.iter().all(char::is_ascii) {
        text.bytes().position(|it| any.iter().any(|sign| *sign == char::from(it)))
    } else {
        text.find(any)
    };
    found.unwrap_or(text.len())
}
