use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, Keyword},
};

/// What flags need, as the Dockerfile reference says: the version of `docker/dockerfile`.
const FLAGS: [(Keyword, &str, (u32, u32)); 14] = [
    (Keyword::Add, "checksum", (1, 6)),
    (Keyword::Add, "chmod", (1, 2)),
    (Keyword::Add, "exclude", (1, 19)),
    (Keyword::Add, "keep-git-dir", (1, 1)),
    (Keyword::Add, "link", (1, 4)),
    (Keyword::Add, "unpack", (1, 17)),
    (Keyword::Copy, "chmod", (1, 2)),
    (Keyword::Copy, "exclude", (1, 19)),
    (Keyword::Copy, "link", (1, 4)),
    (Keyword::Copy, "parents", (1, 20)),
    (Keyword::Run, "device", (1, 99)),
    (Keyword::Run, "mount", (1, 2)),
    (Keyword::Run, "network", (1, 3)),
    (Keyword::Run, "security", (1, 20)),
];
const HEREDOCS: (u32, u32) = (1, 4);

rule! {
    /// `# syntax=` with a version chooses a builder of that time, which does not know what was added later.
    ///
    /// ```dockerfile bad
    /// # syntax=docker/dockerfile:1.2
    /// FROM debian:13
    /// COPY --link app /app
    /// #    ^^^^^^ `--link` needs docker/dockerfile:1.4, and the file asks for 1.2
    /// RUN <<EOF
    /// #   ^^^^^ a here-document needs docker/dockerfile:1.4, and the file asks for 1.2
    /// make
    /// EOF
    /// RUN --mount=type=cache,target=/c make
    /// ```
    ///
    /// `docker/dockerfile:1` is always the newest.
    ///
    /// ```dockerfile good
    /// # syntax=docker/dockerfile:1
    /// FROM debian:13
    /// COPY --link app /app
    /// ```
    DW023 "syntax-too-old" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    let Some(version) = version(checker) else { return };
    let asked = |needed: (u32, u32), what: &str| {
        let (major, minor) = version;
        // What is in no release yet is needed by nobody here.
        if needed.1 < 99 && needed > version {
            Some(format!(
                "{what} needs docker/dockerfile:{}.{}, and the file asks for {major}.{minor}",
                needed.0, needed.1
            ))
        } else {
            None
        }
    };
    let help = "Write docker/dockerfile:1 behind # syntax=.";
    for instruction in &checker.parse().instructions {
        if matches!(instruction.kind, InstructionKind::Broken(_)) {
            continue;
        }
        let keyword = instruction.kind.keyword();
        for flag in &instruction.flags() {
            let needed = FLAGS
                .iter()
                .find(|it| Some(it.0) == keyword && it.1 == flag.name.as_str())
                .map(|it| it.2);
            if let Some(message) = needed.and_then(|it| asked(it, &format!("`--{}`", flag.name))) {
                checker.report(Finding::new(flag.span, message, help));
            }
        }
        if let Some(it) = instruction.heredocs.first()
            && let Some(message) = asked(HEREDOCS, "a here-document")
        {
            checker.report(Finding::new(it.opener, message, help));
        }
    }
}

/// The version that the file asks for: of `docker/dockerfile:1.2`, but not of `:1`, `:1-labs`, or another builder.
fn version(checker: &Checker<'_>) -> Option<(u32, u32)> {
    let directives = &checker.parse().directives;
    let syntax = directives.iter().find(|it| it.name.eq_ignore_ascii_case("syntax"))?;
    let image = syntax.value.strip_prefix("docker.io/").unwrap_or(&syntax.value);
    let tag = image.strip_prefix("docker/dockerfile:")?;
    let mut parts = tag.split('@').next()?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
