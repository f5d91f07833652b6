use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    order,
    shell::Word,
    syntax::MarkKind,
    text::Span,
};

rule! {
    /// A long list is easier to read, to compare and to merge if it is sorted, and nothing stands in it twice.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get update && apt-get install -y --no-install-recommends \
    ///     git=1:2.47.* \
    ///     curl \
    /// #   ^^^^ `curl` stands before `git=1:2.47.*` in the alphabet
    ///     zip \
    ///  && rm -rf /var/lib/apt/lists/*
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN apt-get update && apt-get install -y --no-install-recommends \
    ///     curl \
    ///     git=1:2.47.* \
    ///     zip \
    ///  && rm -rf /var/lib/apt/lists/*
    /// ```
    ///
    /// A list in one line may be as it is.
    ///
    /// ```dockerfile good
    /// FROM alpine:3.22
    /// RUN apk add --no-cache git curl && apk add --no-cache \
    ///     curl \
    ///     git
    /// ```
    DW471 "sort-packages" Style Off
    "tally:sort-packages"
    check
}

/// The package managers for which the order means nothing.
const TOOLS: [&str; 11] = [
    "apt-get", "apt", "aptitude", "apk", "yum", "dnf", "dnf5", "microdnf", "tdnf", "zypper", "npm",
];

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&TOOLS) {
        let Some(packages) = command.packages().filter(|it| is_column(checker, it)) else {
            continue;
        };
        let texts: Vec<_> = packages.iter().map(|it| it.span().slice(checker.source())).collect();
        let late = packages.iter().zip(&texts).zip(texts.iter().skip(1));
        let Some((((_, before), after), word)) =
            late.zip(packages.iter().skip(1)).find(|it| key(it.0.0.1) > key(it.0.1))
        else {
            continue;
        };
        let mut sorted = texts.clone();
        order::sort_by_key(&mut sorted, |it| key(it));
        let edits =
            packages.iter().zip(sorted).map(|it| Edit::replace(it.0.span(), it.1)).collect();
        // A comment belongs to the line below it.
        let has_comment = run.instruction().marks().iter().any(|it| it.kind == MarkKind::Comment);
        checker.report(
            Finding::new(
                word.span(),
                format!("`{after}` stands before `{before}` in the alphabet"),
                "Sort the list.",
            )
            .fix(Some(Fix::safe("Sort the packages", edits)).filter(|_| !has_comment)),
        );
    }
}

fn key(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_ascii_lowercase()
}

/// Whether each word stands on a line of its own, and is what it says.
fn is_column(checker: &Checker<'_>, words: &[Word<'_>]) -> bool {
    words.iter().all(|it| it.value().is_some())
        && words.windows(2).all(|pair| match pair {
            [one, two] => {
                let (one, two) = (one.span().end, two.span().start);
                Span::new(one, two.max(one)).slice(checker.source()).contains('\n')
            }
            _ => true,
        })
}
