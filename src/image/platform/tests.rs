//! Platforms and their texts, as tables.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = match text.parse::<Platform>() {
        Ok(it) => format!("{it} = {}", it.normalized()),
        Err(error) => error.to_string(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_is_not_said_is_filled_in() {
    check("linux", "linux/amd64 = linux/amd64");
    check("MacOS", "darwin/amd64 = darwin/amd64");
    check("X86-64", "linux/amd64 = linux/amd64");
    check("i386", "linux/386 = linux/386");
    check("riscv64", "linux/riscv64 = linux/riscv64");
    let arm = Platform::parse("linux", &Platform::new("linux", "arm", "v6")).unwrap();
    assert_eq!(arm.to_string(), "linux/arm/v6");
}

#[test]
fn variants_have_one_spelling() {
    check("armhf", "linux/arm = linux/arm/v7");
    check("linux/ARM/7", "linux/arm/v7 = linux/arm/v7");
    check("arm64", "linux/arm64 = linux/arm64");
    check("linux/arm64/8", "linux/arm64/v8 = linux/arm64");
    check("linux/aarch64/v9.0", "linux/arm64/v9 = linux/arm64/v9");
    check("linux/amd64/v1", "linux/amd64 = linux/amd64");
    check("linux/amd64/V3", "linux/amd64/v3 = linux/amd64/v3");
    check("plan10/vax", "plan10/vax = plan10/vax");
}

#[test]
fn an_operating_system_has_a_version_and_features() {
    check("windows(10.0.20348)", "windows(10.0.20348)/amd64 = windows(10.0.20348)/amd64");
    check("windows(+b+a+b)/arm64", "windows(+a+b+b)/arm64 = windows(+a+b)/arm64");
    check("linux(6%2b1)", "linux(6%2B1)/amd64 = linux(6%2B1)/amd64");
    check("linux()", "linux/amd64 = linux/amd64");
}

#[test]
fn errors_are_in_containerds_words() {
    check("linux/*", "\"linux/*\": wildcards not yet supported: invalid argument");
    check(
        "",
        r#""" is an invalid OS component of "": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$": invalid argument"#,
    );
    check(
        "linux/a b",
        r#""a b" is an invalid component of "linux/a b": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument"#,
    );
    for text in ["linux(", "linux(a", "linux(a)b", "linux(+)", "(a)", "lin ux", "linux(a b)"] {
        let error = text.parse::<Platform>().unwrap_err();
        assert!(matches!(error, PlatformError::Os(..)), "{text}: {error}");
    }
    check("vax", "\"vax\": unknown operating system or architecture: invalid argument");
    check(
        "a/b/c/d/e",
        r#""d/e" is an invalid component of "a/b/c/d/e": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument"#,
    );
    check("a/b/c/d", "\"a/b/c/d\": cannot parse platform specifier: invalid argument");
    check("linux(%4)", r#""linux(%4)" has an invalid OS version "%4": invalid URL escape "%4""#);
}
