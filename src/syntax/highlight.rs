//! What an editor colours.

#[cfg(test)]
mod tests;

use crate::{
    order::{self, Set},
    syntax::{
        Flag, Form, Instruction, InstructionKind, MarkKind, Parse, Text,
        expand::MAX_DEPTH,
        instruction::{env::Pair, from::From},
    },
    text::Span,
};

/// A brace that is further away than this does not close a variable.
const MAX_VARIABLE: usize = 1024;

/// A coloured part of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// As what.
    pub kind: TokenKind,
}

/// The kinds of coloured parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `FROM`, `AS`, `RUN`.
    Keyword,
    /// A parser directive.
    Directive,
    /// A comment.
    Comment,
    /// `--from=build`.
    Flag,
    /// A string of a JSON array, or a text in quotes.
    String,
    /// `$NAME` or `${NAME}`, and the name in `ENV NAME=value` and `ARG NAME`.
    Variable,
    /// The image of `FROM`.
    Image,
    /// A stage's name.
    Stage,
    /// Continuations and the brackets of JSON arrays.
    Operator,
    /// A here-document.
    Heredoc,
}

/// The tokens of a parsed source, sorted and apart.
pub fn tokens(parse: &Parse<'_>) -> Vec<Token> {
    let mut painter = Painter { escape: parse.escape, ..Painter::default() };
    for it in &parse.directives {
        painter.add(it.span, TokenKind::Directive);
    }
    for it in &parse.comments {
        painter.add(*it, TokenKind::Comment);
    }
    for it in &parse.instructions {
        painter.instruction(it);
    }
    flatten(painter.tokens)
}

/// Cuts outer tokens where inner ones begin, so that none overlap.
fn flatten(mut tokens: Vec<Token>) -> Vec<Token> {
    tokens.retain(|it| !it.span.is_empty());
    order::sort_by_key(&mut tokens, |it| (it.span.start, std::cmp::Reverse(it.span.end)));
    let mut flat: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut open: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut put = |at: &mut u32, to: u32, kind: TokenKind| {
        if *at < to {
            flat.push(Token { span: Span::new(*at, to), kind });
        }
        *at = (*at).max(to);
    };
    for token in tokens {
        while let Some(outer) = open.pop_if(|it| it.span.end <= token.span.start) {
            put(&mut at, outer.span.end, outer.kind);
        }
        if let Some(outer) = open.last() {
            put(&mut at, token.span.start, outer.kind);
        }
        at = at.max(token.span.start);
        open.push(token);
    }
    while let Some(outer) = open.pop() {
        put(&mut at, outer.span.end, outer.kind);
    }
    flat
}

#[derive(Default)]
struct Painter {
    escape: char,
    tokens: Vec<Token>,
    /// The names of the stages above.
    stages: Set,
}

impl Painter {
    fn add(&mut self, span: Span, kind: TokenKind) {
        self.tokens.push(Token { span, kind });
    }

    /// A part of a text, without the continuations in it.
    fn part(&mut self, text: &Text<'_>, (start, end): (usize, usize), kind: TokenKind) {
        for span in text.spans(start, end) {
            self.add(span, kind);
        }
    }

    fn whole(&mut self, text: &Text<'_>, kind: TokenKind) {
        self.part(text, (0, text.len()), kind);
    }

    fn instruction(&mut self, it: &Instruction<'_>) {
        self.part(&it.line, (0, it.word().len()), TokenKind::Keyword);
        for flag in &it.flags() {
            self.flag(flag);
        }
        for mark in it.marks() {
            match mark.kind {
                MarkKind::Continuation => self.add(mark.span, TokenKind::Operator),
                MarkKind::Comment => self.add(mark.span, TokenKind::Comment),
                MarkKind::Blank => (),
            }
        }
        for heredoc in &it.heredocs {
            self.add(heredoc.opener, TokenKind::Heredoc);
            self.add(heredoc.body, TokenKind::Heredoc);
            self.add(heredoc.end, TokenKind::Heredoc);
        }
        self.kind(it);
    }

    fn flag(&mut self, flag: &Flag<'_>) {
        self.add(flag.span, TokenKind::Flag);
        if let Some(value) = flag.value.as_ref().filter(|_| &*flag.name == "from") {
            self.add(value.span, TokenKind::Stage);
        }
    }

    fn kind(&mut self, it: &Instruction<'_>) {
        use InstructionKind as Kind;
        match &it.kind {
            Kind::From(from) => self.from(it, from),
            Kind::Run(run) => self.form(it, &run.command),
            Kind::Cmd(cmd) => self.form(it, &cmd.command),
            Kind::Entrypoint(entrypoint) => self.form(it, &entrypoint.command),
            Kind::Shell(shell) => self.array(it, &shell.words),
            Kind::Env(env) => self.pairs(&env.pairs, true),
            Kind::Label(label) => self.pairs(&label.pairs, false),
            Kind::Arg(arg) => {
                for variable in &arg.variables {
                    self.whole(&variable.name, TokenKind::Variable);
                    if let Some(default) = &variable.default {
                        self.words(default);
                    }
                }
            }
            Kind::Add(copy) | Kind::Copy(copy) if it.arguments().starts_with('[') => {
                let words = copy.sources.iter().chain([&copy.destination]);
                self.array(it, words);
            }
            Kind::Volume(volume) if it.arguments().starts_with('[') => {
                self.array(it, &volume.paths);
            }
            Kind::Add(_)
            | Kind::Copy(_)
            | Kind::Volume(_)
            | Kind::Expose(_)
            | Kind::Healthcheck(_)
            | Kind::Onbuild(_)
            | Kind::Stopsignal(_)
            | Kind::User(_)
            | Kind::Workdir(_) => self.words(&it.arguments()),
            Kind::Maintainer(_) | Kind::Broken(_) => (),
        }
    }

    fn from(&mut self, it: &Instruction<'_>, from: &From<'_>) {
        let is_stage = self.stages.contains(from.image.as_str());
        let kind = if is_stage { TokenKind::Stage } else { TokenKind::Image };
        self.whole(&from.image, kind);
        self.words(&from.image);
        if let Some(name) = &from.name {
            if let Some(word) = from.as_word(&it.arguments()) {
                self.whole(&word, TokenKind::Keyword);
            }
            self.whole(name, TokenKind::Stage);
            self.stages.insert(name.to_ascii_lowercase());
        }
    }

    fn form(&mut self, it: &Instruction<'_>, form: &Form<'_>) {
        match form {
            Form::Exec(words) => self.array(it, words),
            Form::Shell(text) => self.words(text),
        }
    }

    /// A JSON array, which is all of the arguments.
    fn array<'w, 'a: 'w>(
        &mut self,
        it: &Instruction<'_>,
        words: impl IntoIterator<Item = &'w Text<'a>>,
    ) {
        let arguments = it.arguments();
        if arguments.starts_with('[') && arguments.ends_with(']') {
            let end = arguments.len();
            self.part(&arguments, (0, 1), TokenKind::Operator);
            self.part(&arguments, (end - 1, end), TokenKind::Operator);
        }
        for word in words {
            self.add(word.span, TokenKind::String);
        }
    }

    fn pairs(&mut self, pairs: &[Pair<'_>], are_variables: bool) {
        for pair in pairs {
            if are_variables {
                self.whole(&pair.name, TokenKind::Variable);
            } else {
                self.words(&pair.name);
            }
            self.words(&pair.value);
        }
    }

    /// Quoted texts and variables in a text, whatever reads it later.
    fn words(&mut self, text: &Text<'_>) {
        let mut at = 0;
        while let Some(found) = find(text, at, &['\'', '"', '$', self.escape]) {
            let rest = text.get(found..).unwrap_or_default();
            let len = match rest.chars().next() {
                Some('$') => self.variable(text, found),
                Some('\'') => {
                    let end = rest.get(1..).and_then(|it| it.find('\'')).map_or(1, |it| it + 2);
                    if end > 1 {
                        self.part(text, (found, found + end), TokenKind::String);
                    }
                    end
                }
                Some('"') => self.quoted(text, found),
                Some(_) | None => rest.chars().take(2).map(char::len_utf8).sum(),
            };
            at = found + len.max(1);
        }
    }

    /// A text in double quotes, with variables in it. Gives its length.
    fn quoted(&mut self, text: &Text<'_>, start: usize) -> usize {
        let first = self.tokens.len();
        let mut at = start + 1;
        while let Some(found) = find(text, at, &['"', '$', self.escape]) {
            let rest = text.get(found..).unwrap_or_default();
            match rest.chars().next() {
                Some('"') => {
                    self.part(text, (start, found + 1), TokenKind::String);
                    return found + 1 - start;
                }
                Some('$') => at = found + self.variable(text, found).max(1),
                Some(_) | None => {
                    at = found + rest.chars().take(2).map(char::len_utf8).sum::<usize>();
                }
            }
        }
        // It has no end: a quote like others.
        self.tokens.truncate(first);
        1
    }

    /// A variable. Gives its length; 1 if it is a dollar sign only.
    fn variable(&mut self, text: &Text<'_>, start: usize) -> usize {
        let rest = text.get(start + 1..).unwrap_or_default();
        let len = match rest.chars().next() {
            Some('{') => closing_brace(rest).unwrap_or_default(),
            Some(_) | None => {
                let is_name = |it: char| it.is_alphanumeric() || it == '_';
                rest.len() - rest.trim_start_matches(is_name).len()
            }
        };
        if len > 0 {
            self.part(text, (start, start + 1 + len), TokenKind::Variable);
        }
        len + 1
    }
}

/// The next of `chars` at or after `at`.
fn find(text: &str, at: usize, chars: &[char]) -> Option<usize> {
    text.get(at..)?.find(chars).map(|it| at + it)
}

/// The length of `{…}` with the braces inside it.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, it) in text.bytes().enumerate().take(MAX_VARIABLE) {
        match it {
            // Deeper ones are no variables for those who read them either.
            b'{' if depth > MAX_DEPTH => return None,
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth = depth.saturating_sub(1),
            _ => (),
        }
    }
    None
}
