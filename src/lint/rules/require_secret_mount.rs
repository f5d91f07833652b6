use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
};

rule! {
    /// A command that needs a password should get it from a secret mount, the same one everywhere. The settings say which
    /// command needs which secret. Here `npm ci` needs `npmrc`.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// RUN npm ci --omit=dev
    /// #   ^^^ `npm ci` needs the secret `npmrc`
    /// RUN --mount=type=secret,id=other npm ci
    /// #                                ^^^ `npm ci` needs the secret `npmrc`
    /// ```
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
    /// RUN npm run build
    /// ```
    DW617 "require-secret-mount" Warning Configured
    "tally:require-secret-mounts"
    check
}

fn check(checker: &Checker<'_>) {
    let wanted = &checker.options().secret_commands;
    if wanted.is_empty() {
        return;
    }
    for run in checker.runs() {
        let mounts = run.flags().map_or(&[][..], |it| it.mounts.as_slice());
        let has = |id: &str| {
            mounts.iter().any(|it| {
                let value = |name| it.value(&[name]).map_or("", |it| it.as_str());
                value("type") == "secret" && value("id") == id
            })
        };
        for command in &run.commands {
            let is_named = |name: &str| {
                let mut words = name.split_ascii_whitespace();
                let operands = command.operands();
                let is_said = |(at, word): (usize, &str)| {
                    operands.get(at).is_some_and(|it| it.rough() == word)
                };
                words.next() == Some(command.name()) && words.enumerate().all(is_said)
            };
            let missing = wanted.iter().find(|it| is_named(&it.0) && !has(&it.1));
            if let (Some((name, id)), Some(word)) = (missing, command.words.first()) {
                checker.report(Finding::new(
                    word.span(),
                    format!("`{name}` needs the secret `{id}`"),
                    format!("Add --mount=type=secret,id={id}."),
                ));
            }
        }
    }
}
