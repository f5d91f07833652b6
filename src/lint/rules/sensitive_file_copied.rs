use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        files::is_address,
    },
    syntax::InstructionKind,
};

/// Names of files and directories that hold secrets.
const NAMES: [&str; 20] = [
    ".aws",
    ".azure",
    ".env",
    ".git",
    ".git-credentials",
    ".gnupg",
    ".htpasswd",
    ".kube",
    ".netrc",
    ".npmrc",
    ".pgpass",
    ".pypirc",
    ".ssh",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_rsa",
    "kubeconfig",
    "credentials.json",
    "service-account.json",
];
/// What names of keys end in.
const KEYS: [&str; 6] = [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore"];
/// Words in names of what everybody may see.
const PUBLIC: [&str; 7] = ["ca", "cert", "certificate", "chain", "fullchain", "pub", "public"];

rule! {
    /// What is copied into an image can be taken out of it, by everybody who gets the image, and a later `RUN rm` changes nothing:
    /// the layer below still has it.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// COPY .env .npmrc /app/
    /// #    ^^^^ `.env` often holds secrets, and stays in the image
    /// #         ^^^^^^ `.npmrc` often holds secrets, and stays in the image
    /// COPY keys/id_rsa /root/.ssh/
    /// #    ^^^^^^^^^^^ `id_rsa` often holds secrets, and stays in the image
    /// ADD server-key.pem /etc/ssl/
    /// #   ^^^^^^^^^^^^^^ `server-key.pem` often holds secrets, and stays in the image
    /// ```
    ///
    /// `RUN --mount=type=secret` shows a file to one command. Stages that no image is made of keep it out too, and certificates
    /// are public.
    ///
    /// ```dockerfile good
    /// FROM node:22 AS build
    /// COPY .npmrc ./
    /// FROM node:22
    /// COPY .env.example id_rsa.pub ca.pem server-cert.pem /app/
    /// COPY --from=build /app/.env /app/
    /// RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
    /// ```
    DW308 "sensitive-file-copied" Warning On "DS-0031"
    check
}

fn check(checker: &Checker<'_>) {
    for (_, stage) in checker.stages().iter().enumerate().filter(|it| checker.ships(it.0)) {
        for instruction in stage.body {
            let (InstructionKind::Copy(copy) | InstructionKind::Add(copy)) = &instruction.kind
            else {
                continue;
            };
            if copy.flags().from.is_some() {
                continue;
            }
            for source in copy.sources.iter().filter(|it| !is_address(it)) {
                let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                if is_sensitive(name) {
                    checker.report(Finding::new(
                        source.span,
                        format!("`{name}` often holds secrets, and stays in the image"),
                        "Use RUN --mount=type=secret, or give it to the container when it starts.",
                    ));
                }
            }
        }
    }
}

fn is_sensitive(name: &str) -> bool {
    let is_key = KEYS.iter().any(|it| name.len() > it.len() && name.ends_with(it));
    let is_public = || {
        name.split(['.', '-', '_'])
            .any(|it| PUBLIC.iter().any(|word| it.eq_ignore_ascii_case(word)))
    };
    NAMES.contains(&name) || is_key && !name.contains(['*', '$']) && !is_public()
}
