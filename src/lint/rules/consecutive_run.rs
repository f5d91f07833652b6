use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        edit::append,
    },
    text::Span,
};

rule! {
    /// Each `RUN` makes a layer. Several small ones in a row can be one, with less to store and to fetch.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN mkdir /srv/app
    /// RUN chown 1000 /srv/app
    /// #^^ this `RUN` could be one with the `RUN` above
    /// ```
    ///
    /// Yet what stands in layers of its own is kept by the builder on its own: a long `RUN` is done again as a whole. So
    /// the rule is off.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN mkdir /srv/app && chown 1000 /srv/app
    /// ```
    ///
    /// Other flags, or many commands, are a reason to stay apart.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN mkdir /srv/app
    /// RUN --network=none make
    /// RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    /// RUN make install
    /// COPY a b
    /// RUN make test
    /// ```
    DW504 "consecutive-run" Info Off
    "DL3059 droast:DF003"
    check
}

fn check(checker: &Checker<'_>) {
    for pair in checker.runs().windows(2) {
        let [first, next] = pair else { continue };
        let (one, two) = (first.instruction(), next.instruction());
        let between = Span::new(one.span.end, two.span.start.max(one.span.end));
        let between = between.slice(checker.source());
        let is_next = between.lines().all(|it| it.trim().is_empty() || it.trim().starts_with('#'));
        let flags = |it: &Run<'_>| {
            it.instruction()
                .flags()
                .iter()
                .map(|it| it.span.slice(checker.source()))
                .collect::<Vec<_>>()
        };
        let is_small =
            |it: &Run<'_>| it.commands.len() <= 2 && !it.script.is_exec && !it.script.is_trigger;
        if !is_next || !is_small(first) || !is_small(next) || flags(first) != flags(next) {
            continue;
        }
        let escape = checker.parse().escape;
        let is_chain = |it: &Run<'_>| append(checker.source(), escape, it, "true").is_some();
        let is_plain = between.trim().is_empty() && is_chain(first) && is_chain(next);
        let edit = Edit::replace(Span::new(one.span.end, two.arguments().span.start), " && ");
        let fix = is_plain.then(|| Fix::risky("Join the two", vec![edit]));
        checker.report(
            Finding::new(
                two.keyword(),
                "this `RUN` could be one with the `RUN` above",
                "Join them with &&.",
            )
            .related(one.keyword(), "the RUN above")
            .fix(fix),
        );
    }
}
