use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        ports::Port,
    },
};

rule! {
    /// Protocols of ports are written in small letters: tools that look for `53/udp` in an image do not find `53/UDP`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// EXPOSE 80 53/UDP "443/Tcp"
    /// #            ^^^ the protocol is not in small letters
    /// #                     ^^^ the protocol is not in small letters
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// EXPOSE 80 53/udp "443/tcp"
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG PROTOCOL=UDP
    /// EXPOSE 80/tcp 53/$PROTOCOL
    /// ```
    DW712 "expose-proto-casing" Style On
    "ExposeProtoCasing"
    check
}

fn check(checker: &Checker<'_>) {
    for port in Port::all(checker) {
        if port.protocol.contains(|it: char| it.is_ascii_uppercase()) {
            let start = port.word.rfind(port.protocol).unwrap_or_default();
            let span = port.word.at(start, start + port.protocol.len());
            let edit = Edit::replace(span, port.protocol.to_ascii_lowercase());
            checker.report(
                Finding::new(
                    span,
                    "the protocol is not in small letters",
                    "Write it in small letters.",
                )
                .fix(Fix::safe("Write the protocol in small letters", vec![edit])),
            );
        }
    }
}
