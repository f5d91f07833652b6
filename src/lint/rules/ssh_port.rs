use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    ports::Port,
};

rule! {
    /// Port 22 is for logging in from afar. A container that lets people in has one more program to keep up to date, one more
    /// set of passwords, and changes that no image holds; `docker exec` needs none of that.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// EXPOSE 80 22
    /// #         ^^ port 22 is for logging in from afar
    /// EXPOSE 22/tcp
    /// #      ^^^^^^ port 22 is for logging in from afar
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// EXPOSE 2222 22/udp 20-25
    /// ```
    DW610 "ssh-port" Info On
    "DS-0004 CKV_DOCKER_1"
    check
}

fn check(checker: &Checker<'_>) {
    for it in Port::all(checker) {
        let is_tcp = it.protocol.is_empty() || it.protocol.eq_ignore_ascii_case("tcp");
        if it.number == "22" && is_tcp {
            checker.report(Finding::new(
                it.word.span,
                "port 22 is for logging in from afar",
                "Use docker exec to look into a container.",
            ));
        }
    }
}
