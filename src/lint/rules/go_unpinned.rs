use crate::{
    lint::{
        checker::{Checker, Finding, Stage},
        declare::rule,
        packages::action,
    },
    syntax::InstructionKind,
};

rule! {
    /// A tool without a version, or with `@latest`, is the newest one of the day.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.25
    /// RUN go install -v golang.org/x/tools/cmd/goimports@latest && go get github.com/me/tool
    /// #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `golang.org/x/tools/cmd/goimports@latest` is whatever is newest
    /// #                                                                   ^^^^^^^^^^^^^^^^^^ `github.com/me/tool` has no version
    /// RUN go run example.com/tool@latest github.com/me/argument
    /// #          ^^^^^^^^^^^^^^^^^^^^^^^ `example.com/tool@latest` is whatever is newest
    /// ```
    ///
    /// Write a version behind `@`. Packages of the module itself and of Go have theirs, and below a `go.mod` its versions
    /// hold.
    ///
    /// ```dockerfile good
    /// FROM golang:1.25
    /// ARG VERSION=v0.38.0
    /// RUN go install golang.org/x/tools/cmd/goimports@$VERSION && go get ./... && go install std cmd/vet main.go
    /// COPY go.mod go.sum ./
    /// RUN go install github.com/me/tool && go build example.com/app
    /// ```
    DW462 "go-unpinned" Warning On
    "DL3062 droast:DF054"
    check
}

fn check(checker: &Checker<'_>) {
    let modules: Vec<_> = checker.stages().iter().map(first_module).collect();
    for (run, command) in checker.commands(&["go"]) {
        let action = action(command);
        if !matches!(&*action, "install" | "get" | "run") || command.has_flag(&["-mod"]) {
            continue;
        }
        let count = if action == "run" { 1 } else { usize::MAX };
        let module = modules.get(run.stage()).copied().flatten();
        let has_module = module.is_some_and(|it| it < run.instruction().span.start);
        let operands = command.operands().iter().copied().skip(1).take(count);
        for package in checker.values(run, operands) {
            let (name, version) = package.text.split_once('@').unwrap_or((&package.text, ""));
            let host = name.split_once('/').map_or("", |it| it.0);
            let is_remote = host.contains('.') && !host.starts_with('.');
            let message = match version {
                _ if !is_remote => continue,
                "" if has_module => continue,
                "" => format!("`{}` has no version", package.text),
                "latest" => format!("`{}` is whatever is newest", package.text),
                _ => continue,
            };
            checker.report(Finding::new(package.span, message, "Write package@version."));
        }
    }
}

/// Where a module, or a whole folder, is first copied into a stage.
fn first_module(stage: &Stage<'_>) -> Option<u32> {
    let is_module =
        |it: &str| matches!(it, "." | "./") || it.ends_with("go.mod") || it.contains("go.*");
    let copy = stage.body.iter().find(|it| match &it.kind {
        InstructionKind::Copy(it) | InstructionKind::Add(it) => {
            it.sources.iter().any(|it| is_module(it))
        }
        _ => false,
    });
    copy.map(|it| it.span.start)
}
