use memchr::memchr_iter;

use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    texts::texts,
};

rule! {
    /// A password in an address stays in the image: in its history, in its environment, in what git keeps of where it cloned
    /// from. Programs print addresses into logs as well.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN git clone https://ci:s3cr3t-w0rd@example.org/app.git
    /// #                        ^^^^^^^^^^^ a password is in this address
    /// ENV DATABASE_URL=postgres://app:tEfl0n@db.corp.example/app
    /// #                               ^^^^^^ a password is in this address
    /// ```
    ///
    /// A secret mount hands it over and keeps nothing. Variables are judged by their names, and what stands for a password
    /// in an example is none.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN --mount=type=secret,id=token git clone "https://ci:$(cat /run/secrets/token)@example.org/app.git"
    /// RUN git clone git@example.org:app.git ssh://git@example.org:22/app.git https://example.org:8080/@scope
    /// ENV A=https://ci:$TOKEN@example.org B=https://user:password@example.org C=postgres://x:x@localhost/test
    /// ```
    DW616 "credential-in-url" Error On ""
    check
}

/// What stands for a password where there is none yet.
const EXAMPLES: [&str; 12] = [
    "", "changeme", "example", "guest", "pass", "passwd", "password", "postgres", "pw", "secret",
    "token", "user",
];
const MAX: usize = 200;

fn check(checker: &Checker<'_>) {
    if !checker.source().contains('@') {
        return;
    }
    for text in texts(checker) {
        let all = text.as_str();
        let is_scheme =
            |at: &usize| all.as_bytes().get(*at..).is_some_and(|it| it.starts_with(b"://"));
        for at in memchr_iter(b':', all.as_bytes()).filter(is_scheme) {
            let start = at + 3;
            let rest = all.get(start..).unwrap_or_default();
            // Passwords are short: a long line is not read again and again.
            let is_end = |it: char| it.is_whitespace() || "/\"'`<>\\$(){}[]?#".contains(it);
            let end = rest.char_indices().take(MAX).find(|it| is_end(it.1));
            let authority = rest.get(..end.map_or(rest.len().min(MAX), |it| it.0));
            let Some((who, host)) = authority.and_then(|it| it.rsplit_once('@')) else { continue };
            let Some((user, password)) = who.split_once(':') else { continue };
            let is_local = host.starts_with("localhost") || host.starts_with("127.");
            let is_example = password == user
                || EXAMPLES.iter().any(|it| password.eq_ignore_ascii_case(it))
                || password.bytes().all(|it| matches!(it, b'x' | b'X' | b'*' | b'.'));
            if is_local || is_example || host.is_empty() {
                continue;
            }
            let start = start + user.len() + 1;
            checker.report(Finding::new(
                text.at(start, start + password.len()),
                "a password is in this address",
                "Use RUN --mount=type=secret in a build, and hand it over when a container starts.",
            ));
        }
    }
}
