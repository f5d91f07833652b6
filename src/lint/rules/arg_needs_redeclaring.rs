use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Stage, Unset, Why, unset::line_start},
        declare::rule,
    },
    order::Map,
    text::Span,
};

rule! {
    /// An `ARG` above the first `FROM` is for `FROM` lines. Inside a stage it has no value until the stage declares it, and
    /// the same is true of the variables that every build has, such as `TARGETARCH`.
    ///
    /// ```dockerfile bad
    /// ARG VERSION=1.4
    /// FROM debian:13
    /// LABEL version=$VERSION
    /// #             ^^^^^^^^ this stage does not declare `VERSION`, so it is empty here
    /// ENV VERSION_OF_APP=$VERSION
    /// #                  ^^^^^^^^ this stage does not declare `VERSION`, so it is empty here
    /// RUN curl -fsSO https://example.org/app-${TARGETARCH}.tar.gz
    /// #                                      ^^^^^^^^^^^^^ this stage does not declare `TARGETARCH`, so it is empty here
    /// ```
    ///
    /// `ARG` without a value brings it in.
    ///
    /// ```dockerfile fixed
    /// ARG VERSION=1.4
    /// FROM debian:13
    /// ARG VERSION
    /// LABEL version=$VERSION
    /// ENV VERSION_OF_APP=$VERSION
    /// ARG TARGETARCH
    /// RUN curl -fsSO https://example.org/app-${TARGETARCH}.tar.gz
    /// ```
    ///
    /// Stages on top of the one that declares it need it again, unless it is an `ENV`. A script that sets the variable itself
    /// means its own.
    ///
    /// ```dockerfile good
    /// ARG VERSION=1.4 NODE_VERSION=22
    /// FROM debian:13 AS base
    /// ARG VERSION
    /// ENV VERSION=$VERSION
    /// FROM base
    /// LABEL version=$VERSION
    /// FROM debian:13
    /// RUN VERSION=$(cat version) && echo "$VERSION"
    /// RUN . /etc/os-release && echo "$VERSION"
    /// RUN ["echo", "$VERSION"]
    /// FROM node:${NODE_VERSION}
    /// LABEL node=$NODE_VERSION
    /// ```
    DW202 "arg-needs-redeclaring" Warning On "UndefinedVar"
    check
}

fn check(checker: &Checker<'_>) {
    // Where the stage of the last repair for a name starts: one is enough for a stage.
    let mut mended: Map<u32> = Map::new();
    for it in checker.unset() {
        let Why::Global(place) = it.why else { continue };
        let name = &it.name;
        let stages = checker.stages();
        let start = |it: &Stage<'_>| it.head.map_or(0, |it| it.span.start);
        let next = stages.partition_point(|stage| start(stage) <= it.span.start);
        let stage = next.checked_sub(1).and_then(|at| stages.get(at)).map_or(0, start);
        let is_first = mended.insert(name.clone(), stage) != Some(stage);
        let mut finding = Finding::new(
            it.span,
            format!("this stage does not declare `{name}`, so it is empty here"),
            format!("Write ARG {name} above, in this stage."),
        )
        .fix(is_first.then(|| fix(checker, it)));
        if let Some(place) = place {
            finding = finding.related(place, "only FROM lines see this one");
        }
        checker.report(finding);
    }
}

/// Declares it on a line above the instruction and its comments.
fn fix(checker: &Checker<'_>, it: &Unset<'_>) -> Fix {
    let source = checker.source();
    let docs = checker.parse().docs(it.instruction);
    let first = docs.first().map_or(it.instruction.span.start, |it| it.start);
    let line = line_start(source, first);
    let indent = Span::new(line, first).slice(source);
    let end = it.instruction.span.slice(source).contains("\r\n");
    let end = if end || source.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!("{indent}ARG {}{end}", it.name);
    Fix::safe(format!("Declare {}", it.name), vec![Edit::insert(line, text)])
}
