//! A shell's view of a line: words, quotes, escapes, and what joins commands.
//!
//! [`clean`] first repairs what a paste brings along: a prompt, `sudo`, typographic quotes and dashes.

use thiserror::Error;

/// A line made ready for reading, and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// The line to read.
    pub text: String,
    /// What was changed, in our words.
    pub notes: Vec<String>,
}

/// How a command follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// In any case: the first of a line, or after `;`.
    Always,
    /// After `&&`: if the one before succeeded.
    And,
    /// After `||`: if the one before failed.
    Or,
    /// After `|`: with the other's output as its input.
    Pipe,
}

/// A piece of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Itself.
    Text(String),
    /// The value of a variable.
    Variable(String),
}

/// One word, before variables get their values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word(pub Vec<Part>);

impl Word {
    /// The word with variables replaced by what `value` says, or by nothing.
    pub fn expand(&self, value: &dyn Fn(&str) -> Option<String>) -> String {
        let part = |it: &Part| match it {
            Part::Text(text) => text.clone(),
            Part::Variable(name) => value(name).unwrap_or_default(),
        };
        self.0.iter().map(part).collect()
    }

    fn push(&mut self, it: char) {
        match self.0.last_mut() {
            Some(Part::Text(text)) => text.push(it),
            Some(Part::Variable(_)) | None => self.0.push(Part::Text(it.to_string())),
        }
    }
}

/// Where the output of a command goes instead of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file.
    pub target: Word,
    /// Behind what is there, rather than instead of it.
    pub append: bool,
}

/// One command of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simple {
    /// How it follows the one before.
    pub link: Link,
    /// Its words; at least one.
    pub words: Vec<Word>,
    /// Where its output goes.
    pub redirect: Option<Redirect>,
}

/// Why a line cannot be read; the words are those of bash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LexError {
    /// A quote without its partner.
    #[error("unexpected EOF while looking for matching `{0}'")]
    Unclosed(char),
    /// An operator where a word should be.
    #[error("syntax error near unexpected token `{0}'")]
    Unexpected(&'static str),
}

/// The words of one command line, without variables: for what comes after `docker`.
pub fn words(line: &str) -> Result<Vec<String>, LexError> {
    let commands = commands(&clean(line).text)?;
    let first = commands.into_iter().next();
    let expand = |it: &Word| it.expand(&|name| Some(format!("${name}")));
    Ok(first.map(|it| it.words.iter().map(expand).collect()).unwrap_or_default())
}

/// The commands of a line that [`clean`] has seen.
pub fn commands(line: &str) -> Result<Vec<Simple>, LexError> {
    let mut reader = Reader { chars: line.chars().peekable(), commands: Vec::new() };
    reader.read()?;
    Ok(reader.commands)
}

/// Takes away a pasted prompt and `sudo`, and makes typographic marks plain ones.
pub fn clean(line: &str) -> Cleaned {
    let mut notes = Vec::new();
    let mut rest = line.trim();
    if let Some((prompt, after)) = prompt(rest) {
        notes.push(format!(
            "The prompt `{prompt}` was pasted along. It is not part of the command."
        ));
        rest = after.trim_start();
    }
    if let Some(after) = rest.strip_prefix("sudo ") {
        notes.push("`sudo` is not needed here: the command runs without it.".to_owned());
        rest = after.trim_start();
    }
    let text = plain_marks(rest);
    if text != rest {
        notes.push(
            "Typographic quotes or dashes were made plain ones: a shell knows only \" ' and -."
                .to_owned(),
        );
    }
    Cleaned { text, notes }
}

/// A prompt at the start of a line: `$ `, `user@node:~$ `, `root@42adc025b26f:/# `.
fn prompt(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = line.strip_prefix("$ ") {
        return Some(("$", rest));
    }
    let (first, rest) = line.split_once(' ')?;
    let (user, place) = first.split_once('@')?;
    let is_name = |it: &str| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it))
    };
    let (host, directory) = place.split_once(':')?;
    let ends = directory.ends_with('$') || directory.ends_with('#');
    (is_name(user) && is_name(host) && ends).then_some((first, rest))
}

/// Replaces typographic marks outside plain quotes.
fn plain_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut inside: Option<char> = None;
    let mut chars = text.chars();
    let mut at_start = true;
    while let Some(it) = chars.next() {
        let starts_word = std::mem::replace(&mut at_start, it.is_whitespace() || it == '\u{a0}');
        match (it, inside) {
            ('\'' | '"', None) => {
                inside = Some(it);
                plain.push(it);
            }
            (_, Some(open)) if it == open => {
                inside = None;
                plain.push(it);
            }
            ('“' | '”' | '„' | '«' | '»', None) => plain.push('"'),
            ('‘' | '’' | '‚', None) => plain.push('\''),
            ('\u{a0}' | '\u{202f}', None) => plain.push(' '),
            ('—' | '―', None) => plain.push_str("--"),
            ('–' | '−' | '‐' | '‑', None) => {
                let letters = chars.clone().take_while(char::is_ascii_alphanumeric);
                // `–it` was `-it`; `–name` was `--name`, which editors make one dash of.
                plain.push_str(if starts_word && letters.count() > 3 { "--" } else { "-" });
            }
            (_, Some(_) | None) => plain.push(it),
        }
    }
    plain
}

struct Reader<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    commands: Vec<Simple>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), LexError> {
        let mut link = Link::Always;
        let mut operator = None;
        loop {
            let (words, redirect) = self.simple()?;
            let next = self.operator();
            match (words.is_empty(), operator, next) {
                (false, _, _) => self.commands.push(Simple { link, words, redirect }),
                (true, _, Some((_, token))) => return Err(LexError::Unexpected(token)),
                (true, Some("&&" | "||" | "|"), None) => {
                    return Err(LexError::Unexpected("newline"));
                }
                (true, _, None) => {}
            }
            let Some((after, token)) = next else { return Ok(()) };
            (link, operator) = (after, Some(token));
        }
    }

    fn operator(&mut self) -> Option<(Link, &'static str)> {
        let first = self.chars.next()?;
        let doubled = self.chars.next_if_eq(&first).is_some();
        match (first, doubled) {
            ('&', true) => Some((Link::And, "&&")),
            ('|', true) => Some((Link::Or, "||")),
            ('|', false) => Some((Link::Pipe, "|")),
            ('&', false) => Some((Link::Always, "&")),
            (_, true) => Some((Link::Always, ";;")),
            (_, false) => Some((Link::Always, ";")),
        }
    }

    /// Words up to the next operator.
    fn simple(&mut self) -> Result<(Vec<Word>, Option<Redirect>), LexError> {
        let (mut words, mut redirect) = (Vec::new(), None);
        loop {
            while self.chars.next_if(|it| it.is_whitespace()).is_some() {}
            match self.chars.peek() {
                None | Some('&' | '|' | ';') => return Ok((words, redirect)),
                Some('#') => while self.chars.next_if(|it| *it != '\n').is_some() {},
                Some('>') => {
                    self.chars.next();
                    let append = self.chars.next_if_eq(&'>').is_some();
                    while self.chars.next_if(|it| it.is_whitespace()).is_some() {}
                    let target = self.word()?;
                    if target.0.is_empty() {
                        return Err(LexError::Unexpected("newline"));
                    }
                    redirect = Some(Redirect { target, append });
                }
                Some(_) => words.push(self.word()?),
            }
        }
    }

    fn word(&mut self) -> Result<Word, LexError> {
        let mut word = Word::default();
        while let Some(&it) = self.chars.peek() {
            if it.is_whitespace() || "&|;>".contains(it) {
                break;
            }
            self.chars.next();
            match it {
                '\\' => match self.chars.next() {
                    Some('\n') | None => {}
                    Some(escaped) => word.push(escaped),
                },
                '\'' => self.single_quoted(&mut word)?,
                '"' => self.double_quoted(&mut word)?,
                '$' => self.variable(&mut word),
                _ => word.push(it),
            }
        }
        Ok(word)
    }

    fn single_quoted(&mut self, word: &mut Word) -> Result<(), LexError> {
        word.0.push(Part::Text(String::new()));
        loop {
            match self.chars.next() {
                None => return Err(LexError::Unclosed('\'')),
                Some('\'') => return Ok(()),
                Some(it) => word.push(it),
            }
        }
    }

    fn double_quoted(&mut self, word: &mut Word) -> Result<(), LexError> {
        word.0.push(Part::Text(String::new()));
        loop {
            match self.chars.next() {
                None => return Err(LexError::Unclosed('"')),
                Some('"') => return Ok(()),
                Some('$') => self.variable(word),
                Some('\\') => match self.chars.next() {
                    None => return Err(LexError::Unclosed('"')),
                    Some('\n') => {}
                    Some(it @ ('"' | '\\' | '$' | '`')) => word.push(it),
                    Some(it) => {
                        word.push('\\');
                        word.push(it);
                    }
                },
                Some(it) => word.push(it),
            }
        }
    }

    /// What follows a `$`: a name, a name in braces, `$?`, or a plain dollar.
    fn variable(&mut self, word: &mut Word) {
        let is_name = |it: &char| it.is_ascii_alphanumeric() || *it == '_';
        let mut name = String::new();
        if self.chars.next_if_eq(&'?').is_some() {
            name.push('?');
        } else if self.chars.next_if_eq(&'{').is_some() {
            while let Some(it) = self.chars.next_if(|it| *it != '}') {
                name.push(it);
            }
            self.chars.next();
        } else {
            while let Some(it) = self.chars.next_if(is_name) {
                name.push(it);
            }
        }
        if name.is_empty() {
            word.push('$');
        } else {
            word.0.push(Part::Variable(name));
        }
    }
}
