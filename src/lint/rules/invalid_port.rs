use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::InstructionKind,
};

rule! {
    /// Ports go from 0 to 65535, and their protocol is `tcp`, `udp` or `sctp`. The build stops at others.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// EXPOSE 80 80000
    /// #         ^^^^^ invalid containerPort: 80000
    /// EXPOSE http
    /// #      ^^^^ invalid containerPort: http
    /// EXPOSE 9000-8000/udp
    /// #      ^^^^^^^^^^^^^ invalid containerPort: 9000-8000
    /// EXPOSE 53/dns
    /// #      ^^^^^^ invalid port: "53/dns": invalid proto: dns
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// EXPOSE 80 8000-9000/udp 53/UDP $PORT ${PORT:-80}/tcp
    /// ```
    DW015 "invalid-port" Error On
    "DL3011 util:INVALID_PORT util:INVALID_PROTO DS-0008 KICS semgrep:invalid-port dfl:invalid_port"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let InstructionKind::Expose(expose) = &instruction.kind else { continue };
        for word in expose.ports.iter().filter(|it| !it.contains(['$', '"', '\'', '\\', '`'])) {
            if let Some(message) = wrong(word) {
                let help = "Write a number up to 65535, and perhaps /tcp, /udp or /sctp.";
                checker.report(Finding::new(word.span, message, help));
            }
        }
    }
}

/// What is wrong with a port, in the words of the build. What is said of the host is not looked at.
fn wrong(word: &str) -> Option<String> {
    let container = word.rsplit(':').next().unwrap_or_default();
    let (port, protocol) = container.split_once('/').unwrap_or((container, ""));
    let is_known = ["", "tcp", "udp", "sctp"].iter().any(|it| protocol.eq_ignore_ascii_case(it));
    if port.is_empty() {
        return Some(format!("invalid port: {word:?}: no port specified"));
    }
    if !is_known {
        return Some(format!("invalid port: {word:?}: invalid proto: {protocol}"));
    }
    let (first, last) = port.split_once('-').unwrap_or((port, port));
    let is_range = number(first).zip(number(last)).is_some_and(|it| it.0 <= it.1);
    (!is_range).then(|| format!("invalid containerPort: {port}"))
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}
