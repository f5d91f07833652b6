//! The way through a file: directives, comments, instructions, and what is wrong with them.

use crate::{
    diagnostic::Diagnostic,
    order,
    syntax::{
        Flag, Heredoc, INSTRUCTION, Instruction, InstructionKind, Keyword, Parse, SYNTAX, Text,
        directives::directives,
        form::array,
        heredoc::{self, may_open},
        instruction::{Head, Input},
        keyword::{nearest, suggestion},
        lines::{Join, Line, Logical, line_at, logical},
        list::reserve,
        word::trim_start,
        wrong::Wrong,
    },
    text::{Span, to_u32},
};

/// More errors of one kind are not kept: nobody reads them, and a hostile file has a million of them. Docker shows one.
const MAX_ERRORS: usize = 10_000;
/// Docker reads no longer lines.
const MAX_LINE: usize = 65_535;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a Dockerfile.
pub fn parse(source: &str) -> Parse<'_> {
    let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let top = directives(source, start);
    let mut parser = Parser { source, escape: top.escape, ..Parser::default() };
    parser.errors = top.errors;
    parser.instructions.reserve((source.len() / 40 + 4).min(4096));
    let mut next = top.next;
    // Those of one instruction after the other.
    let mut flags = Vec::new();
    while let Some(line) = line_at(source, next) {
        next = parser.line(line, &mut flags);
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
    /// How many errors there were of each kind: of the text, of an instruction, of the build.
    counts: [usize; 3],
    join: Join,
    /// Where the comments start that belong to the next instruction.
    docs: usize,
    /// Whether a `FROM` has been seen, broken or not.
    in_stage: bool,
}

impl<'a> Parser<'a> {
    /// Reads what starts at `line`; gives the start of the next line.
    fn line(&mut self, line: Line<'a>, flags: &mut Vec<Flag<'a>>) -> usize {
        let text = trim_start(line.text);
        let next = match text.as_bytes().first() {
            None => line.next,
            Some(b'#') => {
                if self.comments.is_empty() {
                    self.comments.reserve(16);
                }
                reserve(&mut self.comments, line.start, self.source.len());
                self.comments.push(Span::new(to_u32(line.end() - text.len()), to_u32(line.end())));
                // A lone sign ends what belongs to the next instruction. Docker looks behind the first byte of the
                // line.
                if line.text.get(1..).is_some_and(|it| it.trim().is_empty()) {
                    self.docs = self.comments.len();
                }
                line.next
            }
            Some(_) => {
                let logical = logical(self.source, line, text, self.escape, &mut self.join);
                self.instruction(logical, flags)
            }
        };
        if next - line.start > MAX_LINE {
            self.long_lines(line.start, next);
        }
        next
    }

    fn long_lines(&mut self, mut at: usize, end: usize) {
        while let Some(line) = line_at(self.source, at).filter(|it| it.start < end) {
            at = line.next;
            let raw = self.source.get(line.start..line.next).unwrap_or_default();
            if raw.strip_suffix('\n').unwrap_or(raw).len() > MAX_LINE {
                let message =
                    format!("dockerfile line greater than max allowed size of {MAX_LINE}");
                let span = Span::new(to_u32(line.start), to_u32(line.end()));
                self.error(Wrong::text(span, message).help("Break the line with a continuation."));
            }
        }
    }

    /// Reads an instruction; gives the start of the next line.
    fn instruction(&mut self, it: Logical<'a>, flags: &mut Vec<Flag<'a>>) -> usize {
        let Logical { text: line, start: first, end, next } = it;
        flags.clear();
        let head = Head::read(&line, 0, flags);
        let mut heredocs =
            if has_heredocs(&line, &head) { heredoc::heredocs(&line) } else { Vec::new() };
        let (end, next) = heredoc::bodies(self.source, &mut heredocs, (end, next));
        let kind = self.kind(&line, &head, flags);
        self.unterminated(&heredocs);
        let docs = to_u32(self.docs);
        self.docs = self.comments.len();
        reserve(&mut self.instructions, first, self.source.len());
        self.instructions.push(Instruction {
            span: Span::new(to_u32(first), to_u32(end)),
            arguments: to_u32(head.arguments),
            line,
            kind,
            heredocs: heredocs.into(),
            docs,
        });
        next
    }

    fn kind(&mut self, line: &Text<'a>, head: &Head, flags: &[Flag<'a>]) -> InstructionKind<'a> {
        let Some(keyword) = head.keyword else {
            // A hostile file has a million of them.
            let is_kept = self.has_room(INSTRUCTION);
            if self.in_stage && !is_kept {
                return InstructionKind::Broken(None);
            }
            let word = line.get(..head.word.1).unwrap_or_default();
            let near = nearest(word, Keyword::ALL.map(Keyword::as_str));
            // A misspelt FROM still starts a stage: one error is enough.
            self.in_stage |= near == Some(Keyword::From.as_str());
            if is_kept {
                self.error(unknown(word, near, line.at(0, head.word.1)));
            }
            return InstructionKind::Broken(None);
        };
        let found = Input::new(line, head, flags, keyword, self.escape).parse();
        if keyword == Keyword::From {
            self.in_stage = true;
        } else if keyword != Keyword::Arg && !self.in_stage && found.is_ok() {
            // Only `ARG` may stand above the first `FROM`.
            let span = line.at(0, head.word.1);
            let help = "Only ARG may stand above the first FROM.";
            self.error(Wrong::build(span, "no build stage in current context").help(help));
        }
        match found {
            Ok(kind) => kind,
            Err(wrong) => {
                self.error(wrong);
                InstructionKind::Broken(Some(keyword))
            }
        }
    }

    fn unterminated(&mut self, heredocs: &[Heredoc<'_>]) {
        for it in heredocs.iter().filter(|it| !it.is_closed()).take(MAX_ERRORS) {
            let help = format!("Write {} on a line of its own after the text.", it.name.as_str());
            self.error(Wrong::text(it.opener, "unterminated heredoc").help(help));
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
        if self.has_room(wrong.code()) {
            *self.count(wrong.code()) += 1;
            self.errors.push(wrong.into());
        }
    }

    fn has_room(&mut self, code: &str) -> bool {
        *self.count(code) < MAX_ERRORS
    }

    fn count(&mut self, code: &str) -> &mut usize {
        let [text, instruction, build] = &mut self.counts;
        match code {
            SYNTAX => text,
            INSTRUCTION => instruction,
            _ => build,
        }
    }
}

/// Whether here-documents can follow: in `ADD`, `COPY` and `RUN`, or one of them in `ONBUILD`, unless they are written
/// as JSON.
fn has_heredocs(line: &Text<'_>, head: &Head) -> bool {
    let takes = |it: Option<Keyword>| it.is_some_and(Keyword::takes_heredocs);
    let is_onbuild = head.keyword == Some(Keyword::Onbuild);
    if !(is_onbuild || takes(head.keyword)) || !may_open(line) {
        return false;
    }
    let nested = is_onbuild.then(|| Head::read(line, head.arguments, &mut Vec::new()));
    let head = nested.as_ref().unwrap_or(head);
    takes(head.keyword) && !matches!(array(&line.part(head.arguments, line.len())), Ok(Some(_)))
}

fn unknown(word: &str, near: Option<&str>, span: Span) -> Wrong {
    let suggestion = suggestion(word, Keyword::ALL.map(Keyword::as_str), false);
    let help = match near {
        Some(it) => format!("Write {it}, if that is what you meant."),
        None => "A line starts with an instruction such as FROM, RUN or COPY. \
                 If it goes on from the line above, end that line with a continuation."
            .to_owned(),
    };
    Wrong::instruction(span, format!("unknown instruction: {word}{suggestion}")).help(help)
}
