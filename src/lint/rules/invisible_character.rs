use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, MarkKind},
    text::{Span, to_u32},
};

rule! {
    /// Text from a web page or a word processor has characters that look like others, or like nothing. A no-break space is no
    /// blank, and a curly quote quotes nothing.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN make install
    /// #       ^^ this is a no-break space, which separates no words
    /// ENV A=“one”
    /// #     ^^^ this is a curly quote, which quotes nothing
    /// #           ^^^ this is a curly quote, which quotes nothing
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN make install
    /// ENV A="one"
    /// ```
    ///
    /// In texts for people and in comments they may stand.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// # “The image”
    /// LABEL description="the “best” of all, it’s said"
    /// RUN echo 'a “b” c' \
    ///     # “why”
    ///     && make
    /// ```
    DW022 "invisible-character" Warning On "SC1018"
    check
}

fn check(checker: &Checker<'_>) {
    let source = checker.source();
    if source.is_ascii() {
        return;
    }
    for instruction in &checker.parse().instructions {
        one(checker, instruction);
    }
}

fn one(checker: &Checker<'_>, instruction: &Instruction<'_>) {
    let source = checker.source();
    let head = instruction.head();
    let text = head.slice(source);
    if text.is_ascii() {
        return;
    }
    let comments = instruction.marks().iter().filter(|it| it.kind == MarkKind::Comment);
    let mut comments = comments.map(|it| it.span).peekable();
    let mut quote = None;
    let mut before = ' ';
    for (at, it) in text.char_indices() {
        let span = Span::new(head.start + to_u32(at), head.start + to_u32(at + it.len_utf8()));
        while comments.next_if(|it| it.end <= span.start).is_some() {}
        if comments.peek().is_some_and(|it| it.start <= span.start) {
            continue;
        }
        match (it, quote) {
            ('"' | '\'', None) if before != '\\' => quote = Some(it),
            (_, Some(open)) if open == it && before != '\\' => quote = None,
            _ => (),
        }
        before = it;
        if let Some((message, text)) = wrong(it, quote.is_some()) {
            checker.report(
                Finding::new(span, message, "Type it anew.")
                    .fix(Fix::safe("Replace it", vec![Edit::replace(span, text)])),
            );
        }
    }
}

/// What is wrong with a character, and what it was meant to be.
fn wrong(it: char, is_quoted: bool) -> Option<(&'static str, &'static str)> {
    Some(match it {
        '\u{200b}' | '\u{2060}' | '\u{feff}' => ("this character cannot be seen", ""),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            ("this character changes the order in which the line is shown", "")
        }
        '\u{a0}' if !is_quoted => ("this is a no-break space, which separates no words", " "),
        '\u{201c}'..='\u{201f}' if !is_quoted => {
            ("this is a curly quote, which quotes nothing", "\"")
        }
        '\u{2018}'..='\u{201b}' if !is_quoted => {
            ("this is a curly quote, which quotes nothing", "'")
        }
        _ => return None,
    })
}
