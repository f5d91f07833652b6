use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::instruction::run::RunFlags,
};

rule! {
    /// A password that a build sets is the same in all containers of the image, and stands in its history for everyone to
    /// read. Even a hash can be guessed at leisure.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo "app:s3cret" | chpasswd
    /// #                       ^^^^^^^^ this build sets a password
    /// RUN useradd -m -p s3cret app && echo s3cret | passwd --stdin app
    /// #              ^^ this build sets a password
    /// #                                             ^^^^^^ this build sets a password
    /// ```
    ///
    /// Users of containers need none. One that does gets it from a secret.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN useradd -m app && useradd -p '!' web && passwd -l root
    /// RUN --mount=type=secret,id=password chpasswd < /run/secrets/password
    /// ```
    DW609 "password-in-build" Warning On
    "CKV2_DOCKER_17"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["chpasswd", "passwd", "useradd", "usermod"]) {
        if run.flags().is_some_and(has_secret) {
            continue;
        }
        let arguments = command.arguments();
        let word = match command.name() {
            "chpasswd" => command.words.first().copied(),
            "passwd" => {
                let is_read = arguments.iter().any(|it| it.rough() == "--stdin");
                command.words.first().copied().filter(|_| is_read)
            }
            _ => {
                let password = command.flag(&["-p", "--password"]).unwrap_or_default();
                let is_none = matches!(password, "" | "!" | "!!" | "*" | "x");
                let is_flag = |text: &str| {
                    let is_long = text.starts_with("--");
                    text.starts_with("--password")
                        || text.starts_with('-') && !is_long && text.contains('p')
                };
                arguments.iter().copied().find(|it| is_flag(&it.rough())).filter(|_| !is_none)
            }
        };
        if let Some(word) = word {
            checker.report(Finding::new(
                word.span(),
                "this build sets a password",
                "Leave it out, or read it from RUN --mount=type=secret.",
            ));
        }
    }
}

/// Whether a command sees a secret of the build.
fn has_secret(flags: &RunFlags<'_>) -> bool {
    flags.mounts.iter().any(|it| it.value(&["type"]).is_some_and(|it| it.as_str() == "secret"))
}
