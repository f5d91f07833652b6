use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, Text},
};

rule! {
    /// What an `ARG` or an `ENV` holds stays in the image: `docker history` and `docker inspect` show it to everyone who has
    /// the image, also if a later instruction empties the variable.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ARG NPM_TOKEN
    /// #   ^^^^^^^^^ `NPM_TOKEN` sounds like a secret, and an image keeps the values of `ARG`
    /// ENV PGPASSWORD=$PASSWORD AWS_SECRET_ACCESS_KEY=x
    /// #   ^^^^^^^^^^ `PGPASSWORD` sounds like a secret, and an image keeps the values of `ENV`
    /// #                        ^^^^^^^^^^^^^^^^^^^^^ `AWS_SECRET_ACCESS_KEY` sounds like a secret, and an image keeps the values of `ENV`
    /// ```
    ///
    /// A secret mount shows it to one command and keeps nothing. `docker build --secret id=npm,env=NPM_TOKEN` hands it over.
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
    /// ```
    ///
    /// Words count, not letters: `GOPRIVATE` and `KEYBOARD` are no secrets. Neither is what names a file, a version, an
    /// address or something public, nor a fingerprint, a switch, or nothing at all.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG GOPRIVATE=github.com/corp KEYBOARD=de TOKENIZER=fast
    /// ENV API_KEY_FILE=/run/secrets/key PUBLIC_KEY=x TOKEN_URL=https://example.org SECRET_PATH=x
    /// ENV TLS_KEY=/etc/tls/key.pem ENABLE_AUTH=true API_TOKEN=""
    /// ENV GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568
    /// ```
    DW602 "secret-name" Warning On
    "DL3064 SecretsUsedInArgOrEnv DS-0031 KICS semgrep:secret-in-build-arg droast:DF013 droast:DF014"
    check
}

/// Words in names of secrets; those of `BuildKit` first.
const SECRET: [&str; 22] = [
    "apikey",
    "auth",
    "credential",
    "credentials",
    "key",
    "password",
    "pword",
    "passwd",
    "secret",
    "token",
    "accesskey",
    "authtoken",
    "pass",
    "passphrase",
    "passwords",
    "pat",
    "privatekey",
    "pwd",
    "secretkey",
    "secrets",
    "sshkey",
    "tokens",
];
/// Ends of words that hold a secret with something in front: `PGPASSWORD`.
const ENDS: [&str; 4] = ["password", "passwd", "apikey", "secretkey"];
/// Words after which a name is no secret; those of `BuildKit` first.
const PUBLIC: [&str; 22] = [
    "public",
    "file",
    "version",
    "dir",
    "directory",
    "endpoint",
    "expiration",
    "expires",
    "expiry",
    "fingerprint",
    "fingerprints",
    "host",
    "length",
    "name",
    "path",
    "port",
    "pub",
    "server",
    "timeout",
    "ttl",
    "uri",
    "url",
];
/// Names that are known to be none.
const KNOWN: [&str; 5] = ["GPG_KEY", "GPG_KEYS", "PWD", "OLDPWD", "SSH_AUTH_SOCK"];

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        match &instruction.kind {
            InstructionKind::Arg(it) => {
                for it in &it.variables {
                    look_at(checker, "ARG", &it.name, it.default.as_ref());
                }
            }
            InstructionKind::Env(it) => {
                for it in &it.pairs {
                    look_at(checker, "ENV", &it.name, Some(&it.value));
                }
            }
            _ => (),
        }
    }
}

fn look_at(checker: &Checker<'_>, keyword: &str, name: &Text<'_>, value: Option<&Text<'_>>) {
    let written = name.trim_matches(['"', '\'']);
    if !is_secret(written) {
        return;
    }
    let is_allowed = checker.options().allowed_secrets.iter().any(|it| it == written);
    let is_empty = keyword == "ENV" && value.is_some_and(|it| plain(it).is_empty());
    let is_harmless = value.is_some_and(|it| is_harmless(plain(it)));
    if !is_allowed && !is_empty && !is_harmless {
        let message = format!(
            "`{written}` sounds like a secret, and an image keeps the values of `{keyword}`"
        );
        let help =
            "Use RUN --mount=type=secret in a build, and hand it over when a container starts.";
        checker.report(Finding::new(name.span, message, help));
    }
}

fn is_secret(name: &str) -> bool {
    let words = || name.split(['_', '-', '.']);
    let is = |list: &[&str], word: &str| list.iter().any(|it| word.eq_ignore_ascii_case(it));
    let ends = |word: &str| {
        let end = |len: usize| word.as_bytes().get(word.len().checked_sub(len)?..);
        ENDS.iter()
            .any(|it| end(it.len()).is_some_and(|end| end.eq_ignore_ascii_case(it.as_bytes())))
    };
    words().any(|it| is(&SECRET, it) || ends(it))
        && !words().any(|it| is(&PUBLIC, it))
        && !is(&KNOWN, name)
}

fn plain<'t>(value: &'t Text<'_>) -> &'t str {
    value.trim_matches(['"', '\''])
}

/// Whether a value is a switch, or the path of a file.
fn is_harmless(value: &str) -> bool {
    let switch = ["true", "false", "yes", "no", "on", "off", "enabled", "disabled", "none"];
    let is_path = value.starts_with(['/', '~']) || value.starts_with("./");
    switch.iter().any(|it| value.eq_ignore_ascii_case(it)) || is_path
}
