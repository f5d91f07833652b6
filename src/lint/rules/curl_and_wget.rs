use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        packages::name_span,
    },
    text::Span,
};

rule! {
    /// `curl` and `wget` do the same here. With one of them the image is smaller, and whoever reads the file has one set of
    /// options to know.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -fsSLO https://example.org/a && wget -q https://example.org/b
    /// #                                        ^^^^ `wget` and `curl` are both used in this stage
    /// ```
    ///
    /// In other stages others may be used. Installing is not using.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// RUN apt-get install -y curl wget && curl -fsSLO https://example.org/a
    /// FROM debian:13
    /// RUN wget -q https://example.org/b
    /// ```
    DW505 "curl-and-wget" Info Off
    "DL4001 DS-0014 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    // The stage, the first downloader in it, and whether the other one has been found.
    let mut seen: Option<(usize, &str, Span, bool)> = None;
    for (run, command) in checker.commands(&["curl", "wget"]) {
        let span = name_span(command);
        let name = command.name();
        match &mut seen {
            Some((stage, first, place, is_found)) if *stage == run.stage() => {
                if *first != name && !*is_found {
                    *is_found = true;
                    checker.report(
                        Finding::new(
                            span,
                            format!("`{name}` and `{first}` are both used in this stage"),
                            "Use one of them.",
                        )
                        .related(*place, format!("`{first}` is used here")),
                    );
                }
            }
            _ => seen = Some((run.stage(), name, span, false)),
        }
    }
}
