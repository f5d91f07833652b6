use crate::{
    lint::{
        checker::{Base, Checker, Finding},
        declare::rule,
    },
    syntax::{Form, InstructionKind},
};

rule! {
    /// A process may live and yet answer nobody. `HEALTHCHECK` lets an engine notice. This rule is off: many images are no
    /// services, and clusters have checks of their own.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// #    ^^^^^^^^^ nothing says how to find out whether containers of this image work
    /// CMD ["server"]
    /// ```
    ///
    /// A check in a stage below counts, and so does `HEALTHCHECK NONE`: somebody has thought about it.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS base
    /// HEALTHCHECK CMD curl -f http://localhost/
    /// FROM base
    /// CMD ["server"]
    /// ```
    ///
    /// Shells and functions have nothing to check, and stages that only build are no images.
    ///
    /// ```dockerfile good
    /// FROM golang:1.25 AS build
    /// CMD ["go"]
    /// FROM debian:13
    /// CMD ["/bin/bash"]
    /// ```
    ///
    /// ```dockerfile good
    /// FROM public.ecr.aws/lambda/python:3.13
    /// CMD ["app.handler"]
    /// ```
    DW710 "no-healthcheck" Info Off
    "DL3057 DS-0026 CKV_DOCKER_2 KICS droast:DF012"
    check
}

/// Parts of names of images whose programs somebody else starts, for one answer each.
const FUNCTIONS: [&str; 4] = ["lambda", "azure-functions", "functions-framework", "openfaas"];
const SHELLS: [&str; 6] = ["sh", "bash", "ash", "dash", "zsh", "fish"];

fn check(checker: &Checker<'_>) {
    let has = checker.inherited(|it| matches!(it, InstructionKind::Healthcheck(_)));
    for (at, stage) in checker.stages().iter().enumerate().filter(|it| checker.is_final(it.0)) {
        let is_function = match checker.root(at) {
            Base::Image(name) => FUNCTIONS.iter().any(|it| name.contains(it)),
            Base::Scratch => false,
            Base::Stage(_) | Base::Unknown => true,
        };
        let is_fine = is_function || has.get(at) == Some(&true) || is_shell(checker, at);
        if let Some(from) = stage.from.filter(|_| !is_fine) {
            checker.report(Finding::new(
                from.image.span,
                "nothing says how to find out whether containers of this image work",
                "Add a HEALTHCHECK, or HEALTHCHECK NONE if there is nothing to check.",
            ));
        }
    }
}

/// Whether containers of a stage start a shell for people.
fn is_shell(checker: &Checker<'_>, at: usize) -> bool {
    let stages = checker.chain(at).filter_map(|it| checker.stages().get(it));
    let mut above = stages.flat_map(|it| it.body.iter().rev());
    let command = above.find_map(|it| match &it.kind {
        InstructionKind::Entrypoint(it) => Some(&it.command),
        InstructionKind::Cmd(it) => Some(&it.command),
        _ => None,
    });
    let word = match command {
        Some(Form::Exec(words)) if words.len() == 1 => words.first().map_or("", |it| it.as_str()),
        Some(Form::Shell(text)) => text.trim(),
        Some(Form::Exec(_)) | None => "",
    };
    SHELLS.contains(&word.rsplit('/').next().unwrap_or_default())
}
