use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    text::to_u32,
};

rule! {
    /// `# syntax=docker/dockerfile:1` makes every builder fetch the newest reader of Dockerfiles, so that new instructions and
    /// flags work on old machines. This rule is off: builders that cannot fetch it then cannot build.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// #^^^ this file does not say which reader it is written for
    /// CMD ["app"]
    /// ```
    ///
    /// ```dockerfile fixed
    /// # syntax=docker/dockerfile:1
    /// FROM debian:13
    /// CMD ["app"]
    /// ```
    ///
    /// ```dockerfile good
    /// # syntax=docker/dockerfile:1.20
    /// FROM debian:13
    /// ```
    DW908 "no-syntax-directive" Style Off ""
    check
}

fn check(checker: &Checker<'_>) {
    let (parse, source) = (checker.parse(), checker.source());
    let has = parse.directives.iter().any(|it| it.name.eq_ignore_ascii_case("syntax"));
    let Some(first) = parse.instructions.first().filter(|_| !has) else { return };
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!("# syntax=docker/dockerfile:1{line_end}");
    let edit = Edit::insert(to_u32(start), text);
    checker.report(
        Finding::new(
            first.keyword(),
            "this file does not say which reader it is written for",
            "Begin with # syntax=docker/dockerfile:1.",
        )
        .fix(Fix::risky("Begin with # syntax=", vec![edit])),
    );
}
