use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    shell::Kind,
    text::{Span, to_u32},
};

rule! {
    /// Docker puts continued lines together before the shell sees them. A comment behind a command then goes on to the end of the
    /// last line, and all that stands there is never run.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN make # all of it \
    /// #        ^^^^^^^^^^^^^ this comment goes on in the next line, which is never run
    ///     && make install
    /// ```
    ///
    /// A comment on a line of its own is taken out before.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN make \
    ///     # all of it
    ///     && make install # and no more
    /// RUN <<EOF
    /// make # all of it \
    /// make install
    /// EOF
    /// ```
    DW020 "comment-eats-continuation" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    let source = checker.source();
    for run in checker.runs().iter().filter(|it| it.script.dialect.is_posix()) {
        let Some(tree) = run.script.script.tree() else { continue };
        let head = run.instruction().head();
        for comment in tree.all(Kind::Comment) {
            let span = tree.span(comment);
            let line = span.slice(source).lines().next().unwrap_or_default();
            let line = Span::new(span.start, span.start + to_u32(line.trim_end().len()));
            if span.end > line.end && span.end <= head.end {
                checker.report(
                    Finding::new(
                        line,
                        "this comment goes on in the next line, which is never run",
                        "Put the comment on a line of its own.",
                    )
                    .related(Span::new(line.end, span.end), "this is a part of the comment"),
                );
            }
        }
    }
}
