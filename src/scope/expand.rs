//! Variables, quotes and escapes in a word: `"$NAME/${PATH:-x}"` to its text.

use std::ops::Range;

use thiserror::Error;

use crate::scope::pattern::{self, Pattern, PatternError};

/// Deeper `${a:-${b:-…}}` is refused.
const MAX_DEPTH: u32 = 64;
/// A text that grows beyond this is refused, so that `A=$A$A` line after line ends.
const MAX_TEXT: usize = 1 << 20;

/// A word after expansion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expanded {
    /// The text.
    pub text: String,
    /// Where the word names variables that are not set, in bytes of the word.
    pub unset: Vec<Range<usize>>,
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

/// Expands `word`, where `lookup` gives the values of variables.
pub fn expand<'v>(
    word: &str,
    escape: char,
    lookup: &dyn Fn(&str) -> Option<&'v str>,
) -> Result<Expanded, ExpandError> {
    if !word.contains(['$', '"', '\'', escape]) {
        return Ok(Expanded { text: word.to_owned(), unset: Vec::new() });
    }
    let mut it = Expander { word, at: 0, escape, lookup, unset: Vec::new(), depth: 0 };
    let text = it.until(None, false)?;
    Ok(Expanded { text, unset: it.unset })
}

/// A walk over a word.
pub struct Expander<'w, 'v> {
    word: &'w str,
    at: usize,
    escape: char,
    lookup: &'w dyn Fn(&str) -> Option<&'v str>,
    unset: Vec<Range<usize>>,
    depth: u32,
}

impl<'v> Expander<'_, 'v> {
    fn peek(&self) -> Option<char> {
        self.word.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let it = self.peek()?;
        self.at += it.len_utf8();
        Some(it)
    }

    /// Expands up to `stop`, which is consumed, or to the end. In patterns, escapes stay.
    fn until(&mut self, stop: Option<char>, in_pattern: bool) -> Result<String, ExpandError> {
        let mut text = String::new();
        while let Some(it) = self.next() {
            match it {
                _ if Some(it) == stop => return Ok(text),
                '\'' => self.single_quotes(&mut text)?,
                '"' => self.double_quotes(&mut text)?,
                '$' => self.dollar(&mut text)?,
                _ if it == self.escape => {
                    let next = self.next();
                    if in_pattern && next != stop {
                        text.push(it);
                    }
                    text.extend(next);
                }
                _ => text.push(it),
            }
            if text.len() > MAX_TEXT.max(self.word.len()) {
                return Err(ExpandError::TooLong);
            }
        }
        if stop.is_some() { Err(ExpandError::MissingBrace) } else { Ok(text) }
    }

    fn single_quotes(&mut self, text: &mut String) -> Result<(), ExpandError> {
        let rest = self.word.get(self.at..).unwrap_or_default();
        let (inside, _) = rest.split_once('\'').ok_or(ExpandError::OpenQuote("single-quote"))?;
        text.push_str(inside);
        self.at += inside.len() + 1;
        Ok(())
    }

    fn double_quotes(&mut self, text: &mut String) -> Result<(), ExpandError> {
        while let Some(it) = self.next() {
            match it {
                '"' => return Ok(()),
                '$' => self.dollar(text)?,
                _ if it == self.escape => match self.peek() {
                    Some(next) if matches!(next, '"' | '$') || next == self.escape => {
                        text.extend(self.next());
                    }
                    Some(_) => text.push(it),
                    None => (),
                },
                _ => text.push(it),
            }
            if text.len() > MAX_TEXT.max(self.word.len()) {
                return Err(ExpandError::TooLong);
            }
        }
        Err(ExpandError::OpenQuote("double-quote"))
    }

    /// Expands what follows a `$`.
    fn dollar(&mut self, text: &mut String) -> Result<(), ExpandError> {
        if self.peek() == Some('{') {
            self.at += 1;
            if self.depth >= MAX_DEPTH {
                return Err(ExpandError::TooDeep);
            }
            self.depth += 1;
            let found = self.braces()?;
            self.depth -= 1;
            text.push_str(&found);
            return Ok(());
        }
        let name = self.name();
        if name.is_empty() {
            text.push('$');
        } else {
            let value = self.value(name).unwrap_or_default();
            text.push_str(value);
        }
        Ok(())
    }

    fn braces(&mut self) -> Result<String, ExpandError> {
        match self.peek() {
            None => return Err(ExpandError::MissingBrace),
            Some('{' | '}' | ':') => return Err(ExpandError::BadSubstitution),
            Some(_) => (),
        }
        let name = self.name();
        let place = name.clone();
        let operator = self.next();
        match operator {
            None => Err(ExpandError::MissingBrace),
            Some('}') => Ok(self.value(name).unwrap_or_default().to_owned()),
            Some('/') => self.replace(place),
            Some(':') => match self.next() {
                None => Err(ExpandError::MissingBrace),
                Some(it @ ('-' | '+' | '?')) => self.choose(place, it, true),
                Some(it) => Err(ExpandError::Modifier(format!(":{it}"))),
            },
            Some(it @ ('-' | '+' | '?')) => self.choose(place, it, false),
            Some(it @ ('#' | '%')) => self.strip(place, it),
            Some(it) => Err(ExpandError::Modifier(it.to_string())),
        }
    }

    /// `${name-word}`, `${name+word}`, `${name?word}`; with a colon, empty is as unset.
    fn choose(
        &mut self,
        name: Range<usize>,
        how: char,
        colon: bool,
    ) -> Result<String, ExpandError> {
        let word = self.until(Some('}'), false)?;
        let value = match how {
            // What has an alternative is not missed.
            '-' | '+' => (self.lookup)(self.word.get(name.clone()).unwrap_or_default()),
            _ => self.value(name.clone()),
        };
        let is_set = value.is_some();
        let value = value.filter(|it| !(colon && it.is_empty()));
        match (how, value) {
            ('-', None) | ('+', Some(_)) => Ok(word),
            ('?', None) => {
                let state = if is_set { "empty" } else { "unset" };
                let said =
                    if word.is_empty() { format!("is not allowed to be {state}") } else { word };
                let name = self.word.get(name).unwrap_or_default().to_owned();
                Err(ExpandError::Required(name, said))
            }
            (_, Some(value)) => Ok(value.to_owned()),
            (_, None) => Ok(String::new()),
        }
    }

    /// `${name#pattern}`, `##`, `%`, `%%`.
    fn strip(&mut self, name: Range<usize>, how: char) -> Result<String, ExpandError> {
        let is_longest = self.peek() == Some(how);
        self.at += usize::from(is_longest);
        let pattern = self.until(Some('}'), true)?;
        let pattern = read_pattern(pattern)?;
        let value = self.value(name).unwrap_or_default();
        Ok(match how {
            '#' => pattern.strip_prefix(value, is_longest),
            _ => pattern.strip_suffix(value, is_longest),
        }
        .to_owned())
    }

    /// `${name/pattern/text}` and `${name//pattern/text}`.
    fn replace(&mut self, name: Range<usize>) -> Result<String, ExpandError> {
        let all = self.peek() == Some('/');
        self.at += usize::from(all);
        let pattern = match self.until(Some('/'), true) {
            Err(ExpandError::MissingBrace) => Err(ExpandError::MissingSlash),
            found => found,
        }?;
        let by = self.until(Some('}'), true)?;
        let value = self.value(name).unwrap_or_default();
        Ok(pattern::replace(value, &read_pattern(pattern)?, &by, all))
    }

    /// The name that starts here: letters, digits and `_`, or digits, or one special character.
    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        match self.peek() {
            Some(it) if it.is_numeric() => self.skip(char::is_numeric),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => self.at += 1,
            Some(_) => self.skip(|it| it.is_alphanumeric() || it == '_'),
            None => (),
        }
        start..self.at
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.next();
        }
    }

    /// The value of a variable; if there is none, it is noted.
    fn value(&mut self, name: Range<usize>) -> Option<&'v str> {
        let found = (self.lookup)(self.word.get(name.clone()).unwrap_or_default());
        if found.is_none() {
            self.unset.push(name);
        }
        found
    }
}

fn read_pattern(text: String) -> Result<Pattern, ExpandError> {
    Pattern::new(&text).map_err(|error| ExpandError::Pattern(text, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Option<&'static str> {
        let set = [("A", "1"), ("EMPTY", ""), ("PATH", "/bin:/usr/bin"), ("Ü", "u")];
        set.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    #[track_caller]
    fn check(word: &str, expected: &str) {
        assert_eq!(expand(word, '\\', &lookup).unwrap().text, expected, "{word}");
    }

    #[track_caller]
    fn check_error(word: &str, expected: &str) {
        assert_eq!(expand(word, '\\', &lookup).unwrap_err().to_string(), expected, "{word}");
    }

    #[test]
    fn variables_are_replaced_outside_single_quotes() {
        check("a", "a");
        check("$A ${A}x $Ax", "1 1x ");
        check(r#""$A" '$A' \$A "\$A""#, "1 $A $A $A");
        check(r#"a\ b "c\d" "e\"f" 'g\'"#, r#"a b c\d e"f g\"#);
        check("$ $. a$", "$ $. a$");
        check("$1x $@ $00x", "x  x");
        check("${Ü}$Ü", "uu");
        check("a\\", "a");
    }

    #[test]
    fn modifiers_choose_by_what_is_set() {
        check("${A-x}${B-x}${EMPTY-x}", "1x");
        check("${A:-x}${B:-x}${EMPTY:-x}", "1xx");
        check("${A+x}${B+x}${EMPTY+x}", "xx");
        check("${A:+x}${B:+x}${EMPTY:+x}", "x");
        check("${B:-${C:-$A}}", "1");
        check("${B:-\"a b\"}", "a b");
        check("${A?no}${EMPTY?no}", "1");
    }

    #[test]
    fn modifiers_cut_by_patterns() {
        check("${PATH#*/}", "bin:/usr/bin");
        check("${PATH##*/}", "bin");
        check("${PATH%/*}", "/bin:/usr");
        check("${PATH%%/*}", "");
        check("${PATH#x}", "/bin:/usr/bin");
        check("${PATH/bin/B} ${PATH//bin/B}", "/B:/usr/bin /B:/usr/B");
        check("${PATH/:*/}", "/bin");
        check(r"${PATH//\//\/}", r"\/bin:\/usr\/bin");
        check("${A/$EMPTY/x}", "x1");
    }

    #[test]
    fn errors_are_in_dockers_words() {
        check_error("${A", "syntax error: missing '}'");
        check_error("${A:-x", "syntax error: missing '}'");
        check_error("${}", "syntax error: bad substitution");
        check_error("${A:=x}", "unsupported modifier (:=) in substitution");
        check_error("'a", "unexpected end of statement while looking for matching single-quote");
        check_error("\"a", "unexpected end of statement while looking for matching double-quote");
        check_error("${B?}", "B: is not allowed to be unset");
        check_error("${EMPTY:?}", "EMPTY: is not allowed to be empty");
        check_error("${B:?say}", "B: say");
        check_error("${A#\\x}", r"invalid pattern (\x) in substitution: invalid escape '\x'");
        check_error("${A/x}", "syntax error: missing '/' in ${}");
        check_error(&"${B:-".repeat(100_000), "substitutions are nested too deeply");
    }

    #[test]
    fn unset_variables_are_noted_unless_they_have_an_alternative() {
        let found = expand("$A $B ${C:-x} ${D}", '\\', &lookup).unwrap();
        assert_eq!(found.unset, [4..5, 16..17]);
    }

    #[test]
    fn growth_has_an_end() {
        let long = "x".repeat(1 << 16);
        let word = "$A".repeat(1 << 10);
        let lookup = |_: &str| Some(&*long);
        assert_eq!(expand(&word, '\\', &lookup), Err(ExpandError::TooLong));
    }
}
