use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
    },
    shell::{Command, Kind, Word},
    syntax::InstructionKind,
    text::Span,
};

rule! {
    /// A certificate is how a program knows whom it talks to. Without the check, whoever stands between the build and the
    /// server decides what gets into the image.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -fsSLk https://example.org/a -o /a && wget --no-check-certificate https://example.org/b
    /// #        ^^^^^^ this does not check whom it talks to
    /// #                                                   ^^^^^^^^^^^^^^^^^^^^^^ this does not check whom it talks to
    /// RUN pip install --trusted-host pypi.org flask && npm config set strict-ssl false
    /// #               ^^^^^^^^^^^^^^ this does not check whom it talks to
    /// #                                                               ^^^^^^^^^^ this does not check whom it talks to
    /// RUN git -c http.sslVerify=false clone https://example.org/app.git
    /// #          ^^^^^^^^^^^^^^^^^^^^ this does not check whom it talks to
    /// ```
    ///
    /// Variables say it as well.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// ENV NODE_TLS_REJECT_UNAUTHORIZED=0
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this turns the check of certificates off
    /// RUN GIT_SSL_NO_VERIFY=1 git clone https://example.org/app.git
    /// #   ^^^^^^^^^^^^^^^^^^^ this turns the check of certificates off
    /// ```
    ///
    /// Add the certificate of your own authority to the image instead. The machine itself needs none.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// COPY corp.crt /usr/local/share/ca-certificates/
    /// RUN update-ca-certificates && curl -fsSL -o k https://example.org/a && curl -k https://localhost:8443/
    /// RUN npm config set strict-ssl true && git config http.sslVerify true
    /// ENV NODE_TLS_REJECT_UNAUTHORIZED=1 GIT_SSL_NO_VERIFY=""
    /// ```
    ///
    /// Where the flag stands alone, a repair takes it out.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN curl -k https://example.org/a -o /a
    /// #        ^^ this does not check whom it talks to
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN curl https://example.org/a -o /a
    /// ```
    DW605 "tls-verify-off" Error On
    "CKV2_DOCKER_2 CKV2_DOCKER_3 CKV2_DOCKER_4 CKV2_DOCKER_5 CKV2_DOCKER_6 CKV2_DOCKER_12 CKV2_DOCKER_13 CKV2_DOCKER_14 CKV2_DOCKER_15 CKV2_DOCKER_16"
    check
}

/// Variables that turn the check off, and the values that do so; `None` for any value but the usual ones for no.
const VARIABLES: [(&str, Option<&str>); 6] = [
    ("GIT_SSL_NO_VERIFY", None),
    ("NODE_TLS_REJECT_UNAUTHORIZED", Some("0")),
    ("NPM_CONFIG_STRICT_SSL", Some("false")),
    ("PIP_TRUSTED_HOST", None),
    ("PYTHONHTTPSVERIFY", Some("0")),
    ("npm_config_strict_ssl", Some("false")),
];
const HELP: &str = "Leave it out, and add the certificate of your own authority to the image.";

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        match &instruction.kind {
            InstructionKind::Env(it) => {
                for it in &it.pairs {
                    variable(checker, &it.name, &it.value, it.name.span);
                }
            }
            InstructionKind::Arg(it) => {
                for it in &it.variables {
                    let value = it.default.as_ref().map_or("", |it| it.as_str());
                    variable(checker, &it.name, value, it.name.span);
                }
            }
            _ => (),
        }
    }
    for run in checker.runs() {
        for command in &run.commands {
            assignments(checker, command);
            if let Some(word) = word(command) {
                checker.report(
                    Finding::new(word.span(), "this does not check whom it talks to", HELP)
                        .fix(fix(checker, run, word)),
                );
            }
        }
    }
}

fn variable(checker: &Checker<'_>, name: &str, value: &str, span: Span) {
    let value = value.trim_matches(['"', '\'']);
    let is_off = VARIABLES.iter().filter(|it| it.0 == name).any(|it| match it.1 {
        Some(wrong) => value == wrong,
        None => !matches!(value, "" | "0" | "false"),
    });
    if is_off {
        checker.report(Finding::new(span, "this turns the check of certificates off", HELP));
    }
}

/// Those before a command, and those of `export` and `env`.
fn assignments(checker: &Checker<'_>, command: &Command<'_>) {
    let tree = command.tree;
    let parts = tree.children(command.id);
    for id in parts.filter(|it| matches!(tree.kind(*it), Kind::Assignment | Kind::Word)) {
        let text = tree.text(id);
        // Most words are something else.
        if text.starts_with(['G', 'N', 'P', 'n'])
            && let Some((name, value)) = text.split_once('=')
            && VARIABLES.iter().any(|it| it.0 == name)
        {
            let span = tree.span(id);
            variable(checker, name, value, span);
        }
    }
}

/// The word of a command that turns the check off.
fn word<'t>(command: &Command<'t>) -> Option<Word<'t>> {
    let words = command.arguments();
    let find = |names: &[&str]| {
        words.iter().copied().find(|it| {
            let text = it.rough();
            names.contains(&text.split('=').next().unwrap_or_default())
        })
    };
    let setting = |name: &str, values: &[&str]| {
        words.iter().copied().enumerate().find_map(|(at, it)| {
            let text = it.rough();
            // Most words are something else.
            let key = text.split('=').find(|it| *it != "--setopt").unwrap_or_default();
            let end = key.len().checked_sub(name.len()).and_then(|it| key.get(it..));
            if !end.is_some_and(|it| it.eq_ignore_ascii_case(name)) {
                return None;
            }
            let text = text.trim_start_matches("--setopt=").trim_start_matches("--");
            let (key, value) = text.split_once('=').unwrap_or((text, ""));
            let next = words.get(at + 1).map(|it| it.rough()).unwrap_or_default();
            let value = if value.is_empty() { &*next } else { value };
            let is_off = values.iter().any(|it| value.eq_ignore_ascii_case(it));
            (key.eq_ignore_ascii_case(name) && is_off).then_some(it)
        })
    };
    match command.name() {
        "curl" => {
            let local = words.iter().any(|it| is_local(&it.rough()));
            if local || !command.has_flag(&["-k", "--insecure", "--proxy-insecure"]) {
                return None;
            }
            find(&["--insecure", "--proxy-insecure"]).or_else(|| {
                words.iter().copied().find(|it| {
                    let text = it.rough();
                    text.starts_with('-') && !text.starts_with("--") && text.contains('k')
                })
            })
        }
        "wget" => {
            let local = words.iter().any(|it| is_local(&it.rough()));
            find(&["--no-check-certificate"]).filter(|_| !local)
        }
        "npm" | "yarn" | "pnpm" => setting("strict-ssl", &["false"]),
        "git" => setting("http.sslVerify", &["false", "0"]),
        "yum" | "dnf" | "microdnf" | "dnf5" => setting("sslverify", &["false", "0"]),
        "conda" | "mamba" => setting("ssl_verify", &["false", "no"]),
        "apt-get" | "apt" => setting("Acquire::https::Verify-Peer", &["false"])
            .or_else(|| setting("Acquire::https::Verify-Host", &["false"])),
        name if name.starts_with("pip") => find(&["--trusted-host", "--allow-insecure-host"]),
        "apk" => find(&["--no-check-certificate"]),
        _ => None,
    }
}

/// Whether an address is one of the machine itself.
fn is_local(word: &str) -> bool {
    let host = word.split_once("://").map_or(word, |it| it.1);
    ["localhost", "127.", "[::1]", "0.0.0.0"].iter().any(|it| host.starts_with(it))
}

/// Takes the word out if it is nothing but the flag.
fn fix(checker: &Checker<'_>, run: &Run<'_>, word: Word<'_>) -> Option<Fix> {
    let is_flag = matches!(&*word.rough(), "-k" | "--insecure" | "--no-check-certificate");
    let span = word.span();
    let behind = checker.source().get(span.end as usize..)?;
    let is_script = !run.script.is_exec;
    (is_flag && is_script && behind.starts_with(' ')).then(|| {
        let edit = Edit::delete(Span::new(span.start, span.end + 1));
        Fix::risky("Leave out the flag", vec![edit])
    })
}
