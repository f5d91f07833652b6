use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, unset::line_start},
        declare::rule,
    },
    syntax::MarkKind,
    text::{Span, to_u32},
};

rule! {
    /// An empty line inside a continued instruction does not end it, although it looks so. Docker means to make an error of it.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN make \
    /// #^^ an empty line stands inside this instruction
    ///
    ///     && make install
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN make \
    ///     && make install
    /// ```
    ///
    /// A comment may stand there.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN make \
    ///     # then
    ///     && make install
    /// ```
    DW021 "empty-continuation" Warning On
    "NoEmptyContinuation util:EMPTY_CONTINUATION_LINE"
    check
}

fn check(checker: &Checker<'_>) {
    let source = checker.source();
    for instruction in &checker.parse().instructions {
        let blank = instruction.marks().iter().filter(|it| it.kind == MarkKind::Blank);
        let lines: Vec<Span> = blank.map(|it| whole_line(source, it.span)).collect();
        let Some(first) = lines.first() else { continue };
        let edits = lines.iter().map(|it| Edit::delete(*it)).collect();
        checker.report(
            Finding::new(
                instruction.keyword(),
                "an empty line stands inside this instruction",
                "Take the empty line out, or end the instruction above it.",
            )
            .related(*first, "the empty line")
            .fix(Fix::safe("Take the empty lines out", edits)),
        );
    }
}

/// The line of a place, with its line break.
fn whole_line(source: &str, span: Span) -> Span {
    let start = line_start(source, span.start);
    let rest = source.get(start as usize..).unwrap_or_default();
    let len = rest.find('\n').map_or(rest.len(), |it| it + 1);
    Span::new(start, start + to_u32(len))
}
