use crate::{
    diagnostic::{Edit, Fix},
    image::Platform,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Flag, Instruction, Text},
    text::{Span, to_u32},
};

rule! {
    /// A stage is built for the machine that the image is wanted for. With a fixed `--platform` it is not: the image for
    /// `linux/arm64` has files for `linux/amd64` in it.
    ///
    /// ```dockerfile bad
    /// FROM --platform=linux/amd64 debian:13
    /// #               ^^^^^^^^^^^ this stage is always built for `linux/amd64`
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// ```
    ///
    /// A tool that runs during the build may say `$BUILDPLATFORM`. A stage that is there for one platform has it in its name.
    ///
    /// ```dockerfile good
    /// ARG PLATFORM=linux/amd64
    /// FROM --platform=$BUILDPLATFORM golang:1.25 AS build
    /// FROM --platform=$PLATFORM debian:13
    /// FROM --platform=linux/amd64 debian:13 AS tool-amd64
    /// FROM --platform=windows/amd64 mcr.microsoft.com/windows/servercore:ltsc2022 AS windows
    /// ```
    DW110 "constant-platform" Warning On
    "DL3029 FromPlatformFlagConstDisallowed KICS semgrep:avoid-platform-with-from"
    check
}

fn check(checker: &Checker<'_>) {
    for stage in checker.stages() {
        let Some((head, flag, value)) = stage.head.and_then(platform) else { continue };
        if value.contains('$') {
            continue;
        }
        let Ok(platform) = Platform::parse(&value, &Platform::default()) else { continue };
        let name = stage.name.as_deref().unwrap_or_default();
        if name.contains(&platform.os) || name.contains(&platform.architecture) {
            continue;
        }
        checker.report(
            Finding::new(
                value.span,
                format!("this stage is always built for `{}`", value.as_str()),
                "Leave the flag out, or use $BUILDPLATFORM for a stage that only builds.",
            )
            .fix(Fix::risky("Leave the flag out", vec![without(checker.source(), head, &flag)])),
        );
    }
}

/// The flag `--platform` of a `FROM`, and its value.
pub(super) fn platform<'i>(
    head: &'i Instruction<'i>,
) -> Option<(&'i Instruction<'i>, Flag<'i>, Text<'i>)> {
    let flag = head.flag("platform")?;
    let value = flag.value.clone().filter(|it| !it.is_empty())?;
    Some((head, flag, value))
}

/// Takes a flag out, with the blanks behind it.
pub(super) fn without(source: &str, head: &Instruction<'_>, flag: &Flag<'_>) -> Edit {
    let rest = Span::new(flag.span.end, head.span.end).slice(source);
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    Edit::delete(Span::new(flag.span.start, flag.span.end + to_u32(blanks)))
}
