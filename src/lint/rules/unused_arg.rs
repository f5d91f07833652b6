use crate::{
    lint::{
        checker::{Checker, Finding, unset::identifiers},
        declare::rule,
    },
    order::{Map, Set},
    syntax::InstructionKind,
    text::Span,
};

/// What builders, shells and package managers read without being told.
const READ_ANYWAY: [&str; 17] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "FTP_PROXY",
    "ftp_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
    "SOURCE_DATE_EPOCH",
    "DEBIAN_FRONTEND",
    "DEBCONF_NONINTERACTIVE_SEEN",
    "MAKEFLAGS",
    "CFLAGS",
    "CXXFLAGS",
    "LDFLAGS",
];

rule! {
    /// An `ARG` that nothing reads looks as if it changed the build. Whoever passes `--build-arg` wonders why nothing happens.
    ///
    /// ```dockerfile bad
    /// ARG BASE=13
    /// #   ^^^^ no `FROM` and no stage uses `BASE`
    /// FROM debian:13
    /// ARG VERSION=1
    /// #   ^^^^^^^ nothing in this stage uses `VERSION`
    /// RUN make install
    /// ```
    ///
    /// A program may read the variable although its name stands nowhere. So the rule is for those who ask for it.
    ///
    /// ```dockerfile good
    /// ARG BASE=13
    /// ARG VERSION=1
    /// FROM debian:${BASE}
    /// ARG VERSION
    /// ARG HTTP_PROXY
    /// ARG DEBIAN_FRONTEND=noninteractive
    /// RUN make VERSION=$VERSION install
    /// ```
    DW205 "unused-arg" Info Off ""
    check
}

fn check(checker: &Checker<'_>) {
    global(checker);
    for stage in checker.stages() {
        // From the last instruction up: what stands below an ARG can use it.
        let mut used = Set::new();
        let mut unused: Vec<(Span, &str)> = Vec::new();
        for instruction in stage.body.iter().rev() {
            if let InstructionKind::Arg(it) = &instruction.kind {
                for it in it.variables.iter().rev() {
                    let name = it.name.as_str();
                    if !used.contains(name) && !is_read_anyway(name) {
                        unused.push((it.name.span, name));
                    }
                    note(&mut used, it.default.as_deref().unwrap_or_default());
                }
                continue;
            }
            note(&mut used, instruction.span.slice(checker.source()));
        }
        for (span, name) in unused.into_iter().rev() {
            let message = format!("nothing in this stage uses `{name}`");
            checker.report(Finding::new(span, message, "Remove it, or use it."));
        }
    }
}

fn global(checker: &Checker<'_>) {
    let mut unused: Map<Span> = Map::new();
    let source = checker.source();
    for it in checker.global_args() {
        if let Some(default) = &it.default {
            forget(&mut unused, default);
        }
        unused.insert(it.name.to_string(), it.name.span);
    }
    for stage in checker.stages() {
        if let Some(head) = stage.head {
            forget(&mut unused, head.span.slice(source));
        }
        for instruction in stage.body {
            if let InstructionKind::Arg(it) = &instruction.kind {
                for it in &it.variables {
                    unused.remove(&it.name);
                }
            }
        }
    }
    for it in checker.global_args() {
        let name = it.name.as_str();
        if unused.get(name) == Some(&it.name.span) && !is_read_anyway(name) {
            let message = format!("no `FROM` and no stage uses `{name}`");
            checker.report(Finding::new(it.name.span, message, "Remove it, or use it."));
        }
    }
}

fn is_read_anyway(name: &str) -> bool {
    READ_ANYWAY.contains(&name) || name.starts_with("BUILDKIT_")
}

fn note(used: &mut Set, text: &str) {
    for it in identifiers(text) {
        if !used.contains(it) {
            used.insert(it.to_owned());
        }
    }
}

fn forget(unused: &mut Map<Span>, text: &str) {
    for it in identifiers(text) {
        unused.remove(it);
    }
}
