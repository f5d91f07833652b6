use crate::{
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
    },
    shell::{Command, Kind},
};

rule! {
    /// `set -x` prints each command with all variables expanded. A secret among them stands in the log of the build, where
    /// many can read it.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN --mount=type=secret,id=token set -ex; curl -fH "Authorization: $(cat /run/secrets/token)" https://example.org
    /// #                                    ^^^ this prints a secret into the log of the build
    /// RUN --mount=type=secret,id=npm,env=NPM_AUTH set -x && npm config set //example.org/:_authToken "$NPM_AUTH"
    /// #                                               ^^ this prints a secret into the log of the build
    /// ```
    ///
    /// Turn it off before, with `set +x`, or let the program read the file itself.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN --mount=type=secret,id=token set -ex; make; set +x; curl -fH "Bearer: $(cat /run/secrets/token)" https://example.org
    /// RUN --mount=type=secret,id=netrc,target=/root/.netrc set -x && curl -fn https://example.org
    /// RUN set -x && echo "$KEYBOARD" && make
    /// ```
    DW510 "xtrace-secret" Warning On
    ""
    check
}

/// More mounts are not looked at.
const MAX_MOUNTS: usize = 16;

fn check(checker: &Checker<'_>) {
    for (_, run) in checker.runs_with(&["set"]) {
        let mut traced = None;
        for command in &run.commands {
            if command.name() == "set" {
                for word in command.arguments() {
                    let text = word.rough();
                    let has_x = text.get(1..).is_some_and(|it| it.contains('x')) && text.len() < 8;
                    match text.get(..1) {
                        Some("-") if has_x => traced = Some(word.span()),
                        Some("+") if has_x => traced = None,
                        _ => (),
                    }
                }
            } else if let Some(span) = traced.filter(|_| shows_secret(run, command)) {
                checker.report(Finding::new(
                    span,
                    "this prints a secret into the log of the build",
                    "Write set +x before the secret is used.",
                ));
                break;
            }
        }
    }
}

/// Whether an expansion in the words of a command is a secret: a variable that is called so, or a file of a mount.
fn shows_secret(run: &Run<'_>, command: &Command<'_>) -> bool {
    let tree = command.tree;
    let mounts = run.flags().map_or(&[][..], |it| &it.mounts);
    let is_secret = |it: &&crate::syntax::instruction::mount::Mount<'_>| {
        it.value(&["type"]).is_some_and(|it| &**it == "secret")
    };
    let mut secrets = mounts.iter().filter(is_secret).take(MAX_MOUNTS);
    let has_file = secrets.clone().next().is_some();
    tree.inside(command.id).any(|it| match tree.kind(it) {
        Kind::Variable | Kind::Braced => {
            let text = tree.text(it).trim_start_matches(['$', '{', '!', '#']);
            let len =
                text.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'_').count();
            let name = text.get(..len).unwrap_or_default();
            let is_mounted =
                secrets.clone().any(|it| it.value(&["env"]).is_some_and(|it| &**it == name));
            is_mounted || is_secret_name(name)
        }
        Kind::Substitution | Kind::Backtick => {
            has_file
                && (tree.text(it).contains("/run/secrets/")
                    || secrets.by_ref().any(|mount| {
                        let target = mount.value(&["target", "dst", "destination"]);
                        target.is_some_and(|target| tree.text(it).contains(target.as_str()))
                    }))
        }
        _ => false,
    })
}

/// Whether a variable sounds like a secret: a word of its name does.
fn is_secret_name(name: &str) -> bool {
    let words = ["password", "passwd", "passphrase", "secret", "token", "apikey", "credentials"];
    let public = ["file", "path", "public", "url", "version", "id"];
    let has = |all: &[&str]| {
        name.split('_').any(|it| all.iter().any(|known| known.eq_ignore_ascii_case(it)))
    };
    has(&words) && !has(&public)
}
