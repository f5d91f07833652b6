use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    shell::{Command, Word},
    text::Span,
};

rule! {
    /// A program that logs in keeps what it needs for the next time in a file, and that file gets into the image. The words
    /// of the command stand in its history.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ARG KEY TOKEN
    /// RUN aws configure set aws_secret_access_key $KEY && docker login -u ci -p $TOKEN registry.example.org
    /// #   ^^^ this leaves a credential in the image
    /// #                                                   ^^^^^^ this leaves a credential in the image
    /// RUN npm config set //registry.example.org/:_authToken $TOKEN && npm ci
    /// #   ^^^ this leaves a credential in the image
    /// RUN echo "machine example.org login ci password $TOKEN" > ~/.netrc
    /// #                                                         ^^^^^^^^ this leaves a credential in the image
    /// ```
    ///
    /// A secret mount can be the very file that the program reads, for one command.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp s3://corp/app .
    /// RUN --mount=type=secret,id=npm,env=TOKEN npm config set //registry.example.org/:_authToken $TOKEN
    /// RUN aws configure set region eu-west-1 && npm config set registry https://registry.example.org
    /// RUN docker login --help && doctl version
    /// ```
    DW611 "credential-command" Error On
    "DS-0031"
    check
}

const FILES: [&str; 4] = [".netrc", ".pypirc", ".git-credentials", "_netrc"];

fn check(checker: &Checker<'_>) {
    for run in checker.runs() {
        let mounts = run.flags().map_or(&[][..], |it| it.mounts.as_slice());
        if mounts.iter().any(|it| it.value(&["type"]).is_some_and(|it| it.as_str() == "secret")) {
            continue;
        }
        for command in &run.commands {
            let file = command.redirects().find_map(|it| file(it.0, it.1?));
            let first = || command.words.first().map(|it| it.span());
            if let Some(span) = file.or_else(|| first().filter(|_| logs_in(command))) {
                checker.report(Finding::new(
                    span,
                    "this leaves a credential in the image",
                    "Use RUN --mount=type=secret, as the file that the program reads.",
                ));
            }
        }
    }
}

/// Where a redirection writes a file of credentials.
fn file(operator: &str, word: Word<'_>) -> Option<Span> {
    let name = word.rough();
    let name = name.rsplit('/').next().unwrap_or_default();
    (operator.contains('>') && FILES.contains(&name)).then(|| word.span())
}

fn logs_in(command: &Command<'_>) -> bool {
    let is = |words: &[&str]| {
        let operands = command.operands();
        words.iter().zip(operands).filter(|it| *it.0 == it.1.rough()).count() == words.len()
    };
    let has = |part: &str| command.arguments().iter().any(|it| it.rough().contains(part));
    let has_flag = |names: &[&str]| command.has_flag(names);
    match command.name() {
        "aws" => is(&["configure", "set"]) && (has("secret") || has("session_token")),
        "gcloud" => is(&["auth", "activate-service-account"]),
        "az" => is(&["login"]) && has_flag(&["-p", "--password"]),
        "doctl" => is(&["auth", "init"]) && has_flag(&["-t", "--access-token"]),
        "docker" | "podman" | "buildah" | "skopeo" => {
            is(&["login"]) && has_flag(&["-p", "--password", "--password-stdin"])
        }
        "npm" | "yarn" | "pnpm" => {
            is(&["config", "set"]) && (has("_auth") || has("_password") || has("npmAuthToken"))
        }
        "git" => is(&["config"]) && (has("extraheader") || has("Authorization:")),
        "composer" => is(&["config"]) && (has("http-basic.") || has("github-oauth.")),
        "poetry" => is(&["config"]) && (has("http-basic.") || has("pypi-token.")),
        _ => false,
    }
}
