use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::Keyword,
};

rule! {
    /// Instructions of a Dockerfile are no programs. Behind `&&`, or behind a backslash that is one too many, the shell looks for a
    /// program of that name.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && \
    ///     RUN apt-get install -y curl
    /// #   ^^^ `RUN` is an instruction, not a program
    /// RUN make \
    ///  && COPY app /app
    /// #   ^^^^ `COPY` is an instruction, not a program
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN apt-get update && \
    ///     apt-get install -y curl
    /// RUN echo RUN COPY && run x
    /// ```
    DW019 "instruction-inside-run" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    for (_, command) in checker.commands_in_capitals() {
        let Some(word) = command.words.first() else { continue };
        let name = command.name();
        if Keyword::ALL.iter().any(|it| it.as_str() == name) && word.rough() == name {
            checker.report(Finding::new(
                word.span(),
                format!("`{name}` is an instruction, not a program"),
                "Start a line of its own with it, and end the line above without a backslash.",
            ));
        }
    }
}
