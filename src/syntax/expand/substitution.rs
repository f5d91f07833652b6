//! What follows a `$`: `$name`, `${name}`, `${name:-word}`, `${name%pattern}`, `${name/pattern/word}`.

use std::ops::Range;

use super::{
    ExpandError, MAX_DEPTH, Use, Walker,
    pattern::{Pattern, reverse},
};

impl<'w, 'v> Walker<'w, 'v> {
    /// Expands what follows a `$`.
    pub(super) fn dollar(&mut self, text: &mut String) -> Result<(), ExpandError> {
        let start = self.at - 1;
        if self.eat('{') {
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
        match self.value(&name, false) {
            _ if name.is_empty() => text.push('$'),
            Some(value) => text.push_str(value),
            None if self.raw.variables => {
                text.push_str(self.word.get(start..name.end).unwrap_or_default());
            }
            None => (),
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
        match self.next() {
            Some('}') => match self.value(&name, false) {
                None if self.raw.variables => Ok(format!("${{{}}}", self.text(&name))),
                value => Ok(value.unwrap_or_default().to_owned()),
            },
            Some('/') => self.replace(name),
            Some(':') => match self.next() {
                None => Err(ExpandError::MissingBrace),
                Some(it @ ('#' | '%')) => Err(ExpandError::Modifier(format!(":{it}"))),
                Some(it) => self.choose(name, it, true),
            },
            Some(it @ ('-' | '+' | '?')) => self.choose(name, it, false),
            Some(it @ ('#' | '%')) => self.strip(name, it),
            // At the end of the text, Go's scanner gives the character for what is no character.
            it => Err(ExpandError::Modifier(it.unwrap_or(char::REPLACEMENT_CHARACTER).to_string())),
        }
    }

    /// The text up to `stop`, where `otherwise` is the error if the word ends in it.
    fn inside(
        &mut self,
        stop: char,
        keep_escapes: bool,
        otherwise: ExpandError,
    ) -> Result<String, ExpandError> {
        self.until(Some(stop), keep_escapes).map_err(|error| match error {
            ExpandError::TooDeep | ExpandError::TooLong => error,
            _ if self.at >= self.word.len() => otherwise,
            _ => error,
        })
    }

    /// `${name-word}`, `${name+word}`, `${name?word}`; with a colon, empty is as unset.
    fn choose(
        &mut self,
        name: Range<usize>,
        how: char,
        colon: bool,
    ) -> Result<String, ExpandError> {
        let word = self.inside('}', false, ExpandError::MissingBrace)?;
        let value = self.value(&name, matches!(how, '-' | '+'));
        let sign = if colon { ":" } else { "" };
        if self.raw.variables && value.is_none() {
            return Ok(format!("${{{}{sign}{how}{word}}}", self.text(&name)));
        }
        let is_set = value.is_some();
        let value = value.filter(|it| !(colon && it.is_empty()));
        match (how, value) {
            ('-', None) | ('+', Some(_)) => Ok(word),
            ('?', None) => {
                let state = if is_set { "empty" } else { "unset" };
                let said =
                    if word.is_empty() { format!("is not allowed to be {state}") } else { word };
                Err(ExpandError::Required(self.text(&name).to_owned(), said))
            }
            ('+', None) => Ok(String::new()),
            ('-' | '?', Some(value)) => Ok(value.to_owned()),
            _ => Err(ExpandError::Modifier(format!("{sign}{how}"))),
        }
    }

    /// `${name#pattern}`, `##`, `%`, `%%`.
    fn strip(&mut self, name: Range<usize>, how: char) -> Result<String, ExpandError> {
        let word = self.inside('}', true, ExpandError::MissingBrace)?;
        let value = self.value(&name, false);
        if self.raw.variables && value.is_none() {
            return Ok(format!("${{{}{how}{word}}}", self.text(&name)));
        }
        let (pattern, longest) = match word.strip_prefix(how) {
            Some(pattern) => (pattern, true),
            None => (word.as_str(), false),
        };
        let value = value.unwrap_or_default();
        Ok(match how {
            '#' => read_pattern(pattern)?.strip_prefix(value, longest),
            _ => read_pattern(&reverse(pattern))?.strip_suffix(value, longest),
        }
        .to_owned())
    }

    /// `${name/pattern/text}` and `${name//pattern/text}`.
    fn replace(&mut self, name: Range<usize>) -> Result<String, ExpandError> {
        let all = self.eat('/');
        let pattern = self.inside('/', true, ExpandError::MissingSlash)?;
        let by = self.inside('}', true, ExpandError::MissingBrace)?;
        let value = self.value(&name, false);
        if self.raw.variables && value.is_none() {
            return Ok(format!("${{{}/{pattern}/{by}}}", self.text(&name)));
        }
        Ok(read_pattern(&pattern)?.replace(value.unwrap_or_default(), &by, all))
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

    fn text(&self, name: &Range<usize>) -> &'w str {
        self.word.get(name.clone()).unwrap_or_default()
    }

    /// The value of a variable; its use is noted.
    fn value(&mut self, name: &Range<usize>, has_alternative: bool) -> Option<&'v str> {
        let found = (self.lookup)(self.text(name));
        if !name.is_empty() {
            self.uses.push(Use { name: name.clone(), is_set: found.is_some(), has_alternative });
        }
        found
    }
}

fn read_pattern(text: &str) -> Result<Pattern, ExpandError> {
    Pattern::new(text).map_err(|error| ExpandError::Pattern(text.to_owned(), error))
}
