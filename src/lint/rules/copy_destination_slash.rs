use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::InstructionKind,
    text::to_u32,
};

rule! {
    /// Several files go into a directory, and the builder wants to see that it is one: without a slash at its end it stops.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// COPY package.json package-lock.json /app
    /// #                                   ^^^^ the directory for several files has no slash at its end
    /// COPY ["a.json", "b.json", "/app"]
    /// #                         ^^^^^^ the directory for several files has no slash at its end
    /// COPY a.json b.json '/app'
    /// #                  ^^^^^^ the directory for several files has no slash at its end
    /// ADD <<one <<two /etc/app
    /// #               ^^^^^^^^ the directory for several files has no slash at its end
    /// 1
    /// one
    /// 2
    /// two
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM node:22
    /// COPY package.json package-lock.json /app/
    /// COPY ["a.json", "b.json", "/app/"]
    /// COPY a.json b.json '/app/'
    /// ADD <<one <<two /etc/app/
    /// 1
    /// one
    /// 2
    /// two
    /// ```
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// ENV APP=/app/
    /// COPY package.json package-lock.json ./
    /// COPY package.json package-lock.json .
    /// COPY package.json package-lock.json $APP
    /// COPY package.json package-lock.json './'
    /// COPY src /app
    /// ```
    ///
    /// What is quoted in part is left to its author.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// COPY a.json b.json /"app"
    /// #                  ^^^^^^ the directory for several files has no slash at its end
    /// ```
    DW303 "copy-destination-slash" Error On
    "DL3021 DS-0011 KICS util:INVALID_DESTINATION"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let (InstructionKind::Copy(copy) | InstructionKind::Add(copy)) = &instruction.kind else {
            continue;
        };
        let path = copy.destination.trim_end_matches(['"', '\'']);
        let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_directory = matches!(last, "" | "." | "..") || last.contains('$');
        if copy.sources.len() < 2 || is_directory {
            continue;
        }
        let span = copy.destination.span;
        let end = end(span.slice(checker.source()));
        let edit = end.map(|it| Edit::insert(span.start + to_u32(it), "/"));
        checker.report(
            Finding::new(
                span,
                "the directory for several files has no slash at its end",
                "Write a slash behind it.",
            )
            .fix(edit.map(|it| Fix::safe("Write a slash behind it", vec![it]))),
        );
    }
}

/// Where a word ends, inside of its quotes if they stand around all of it; `None` if it has others.
fn end(word: &str) -> Option<usize> {
    let quotes = ['"', '\''];
    let whole = quotes.iter().find_map(|it| word.strip_prefix(*it)?.strip_suffix(*it));
    let inside = whole.unwrap_or(word);
    let end = if whole.is_some() { word.len() - 1 } else { word.len() };
    (!inside.contains(quotes)).then_some(end)
}
