//! The way through a file: directives, comments, instructions, and what is wrong with them.

use crate::{
    diagnostic::Diagnostic,
    order,
    syntax::{
        Heredoc, Instruction, InstructionKind, Keyword, Parse, Text,
        directives::directives,
        flag,
        form::array,
        heredoc,
        instruction::Input,
        keyword::nearest,
        lines::{Line, Logical, line_at, logical},
        word::{is_blank, list},
        wrong::Wrong,
    },
    text::{Span, to_u32},
};

/// Docker reads no longer lines.
const MAX_LINE: usize = 65_535;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a Dockerfile.
pub fn parse(source: &str) -> Parse<'_> {
    let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let top = directives(source, start);
    let mut parser = Parser { source, escape: top.escape, ..Parser::default() };
    parser.errors = top.errors;
    parser.instructions.reserve((source.len() / 32).min(64));
    let mut next = top.next;
    while let Some(line) = line_at(source, next) {
        next = parser.line(line);
    }
    parser.whole_file();
    order::sort_by_key(&mut parser.errors, |it| it.span);
    Parse {
        escape: parser.escape,
        directives: top.found,
        comments: parser.comments,
        instructions: parser.instructions,
        errors: parser.errors,
    }
}

#[derive(Default)]
struct Parser<'a> {
    source: &'a str,
    escape: char,
    comments: Vec<Span>,
    instructions: Vec<Instruction<'a>>,
    errors: Vec<Diagnostic>,
    /// Whether a `FROM` has been seen, broken or not.
    in_stage: bool,
}

impl<'a> Parser<'a> {
    /// Reads what starts at `line`; gives the start of the next line.
    fn line(&mut self, line: Line<'a>) -> usize {
        let next = if line.text.trim_start().is_empty() {
            line.next
        } else if let Some(comment) = line.comment() {
            self.comments.push(comment);
            line.next
        } else {
            self.instruction(logical(self.source, line, self.escape))
        };
        if next - line.start > MAX_LINE {
            self.long_lines(line.start, next);
        }
        next
    }

    fn long_lines(&mut self, mut at: usize, end: usize) {
        while let Some(line) = line_at(self.source, at).filter(|it| it.start < end) {
            if line.text.len() > MAX_LINE {
                let message =
                    format!("dockerfile line greater than max allowed size of {MAX_LINE}");
                let span = Span::new(to_u32(line.start), to_u32(line.end()));
                self.error(Wrong::text(span, message).help("Break the line with a continuation."));
            }
            at = line.next;
        }
    }

    /// Reads an instruction; gives the start of the next line.
    fn instruction(&mut self, it: Logical<'a>) -> usize {
        let Logical { text: line, marks, start: first, end, next } = it;
        let word_len = line.find(is_blank).unwrap_or(line.len());
        let word = line.get(..word_len).unwrap_or_default();
        let keyword = Keyword::find(word);
        let (flags, start) = flag::flags(&line, word_len, self.escape);
        let arguments = line.part(start, line.len());
        let mut heredocs = match keyword {
            Some(it) if has_heredocs(it, &arguments) => heredoc::openers(&arguments),
            Some(_) | None => Vec::new(),
        };
        let (end, next) = heredoc::bodies(self.source, &mut heredocs, (end, next));
        self.unterminated(&heredocs);
        let kind = match keyword {
            Some(keyword) => {
                let wrong = flag::check(&flags, keyword);
                self.errors.extend(wrong.map(Diagnostic::from));
                self.kind(Input { keyword, line: &line, arguments, escape: self.escape })
            }
            None => {
                let near = nearest(word, Keyword::ALL.map(Keyword::as_str));
                // A misspelt FROM still starts a stage: one error is enough.
                self.in_stage |= near == Some(Keyword::From.as_str());
                self.error(unknown(word, near, line.at(0, word_len)));
                InstructionKind::Broken(None)
            }
        };
        self.order(keyword, line.at(0, word_len));
        self.instructions.push(Instruction {
            span: Span::new(to_u32(first), to_u32(end)),
            keyword: line.at(0, word_len),
            arguments: to_u32(start),
            line,
            flags,
            kind,
            marks,
            heredocs,
        });
        next
    }

    fn kind(&mut self, input: Input<'_, 'a>) -> InstructionKind<'a> {
        let keyword = input.keyword;
        match input.parse() {
            Ok(kind) => kind,
            Err(wrong) => {
                self.error(wrong);
                InstructionKind::Broken(Some(keyword))
            }
        }
    }

    fn unterminated(&mut self, heredocs: &[Heredoc<'_>]) {
        for it in heredocs.iter().filter(|it| !it.is_closed()) {
            let help = format!("Write {} on a line of its own after the text.", it.name.as_str());
            self.error(Wrong::text(it.opener, "unterminated heredoc").help(help));
        }
    }

    /// Only `ARG` may stand above the first `FROM`.
    fn order(&mut self, keyword: Option<Keyword>, span: Span) {
        match keyword {
            Some(Keyword::From) => self.in_stage = true,
            Some(Keyword::Arg) | None => (),
            Some(_) if self.in_stage => (),
            Some(_) => self.error(
                Wrong::build(span, "no build stage in current context")
                    .help("Only ARG may stand above the first FROM."),
            ),
        }
    }

    fn whole_file(&mut self) {
        let wrong = if self.source.is_empty() {
            Wrong::text(Span::at(0), "the Dockerfile cannot be empty")
        } else if self.instructions.is_empty() && self.errors.is_empty() {
            Wrong::text(Span::at(0), "file with no instructions")
        } else if !self.in_stage && self.errors.is_empty() {
            Wrong::build(Span::at(0), "dockerfile contains no stages to build")
        } else {
            return;
        };
        self.error(wrong.help("Start with FROM and the name of an image."));
    }

    fn error(&mut self, wrong: Wrong) {
        self.errors.push(wrong.into());
    }
}

fn has_heredocs(keyword: Keyword, arguments: &Text<'_>) -> bool {
    let inner = match keyword {
        Keyword::Onbuild => list(arguments).next().and_then(Keyword::find),
        other => Some(other),
    };
    inner.is_some_and(Keyword::takes_heredocs)
        && arguments.contains("<<")
        && !matches!(array(arguments), Ok(Some(_)))
}

fn unknown(word: &str, near: Option<&str>, span: Span) -> Wrong {
    let suggestion = near.map(|it| format!(" (did you mean {it}?)")).unwrap_or_default();
    let help = match near {
        Some(it) => format!("Write {it}, if that is what you meant."),
        None => "A line starts with an instruction such as FROM, RUN or COPY. \
                 If it goes on from the line above, end that line with a continuation."
            .to_owned(),
    };
    Wrong::instruction(span, format!("unknown instruction: {word}{suggestion}")).help(help)
}
