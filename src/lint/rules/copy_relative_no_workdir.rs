use crate::{
    lint::{
        checker::{Base, Checker, Finding},
        declare::rule,
        image::starts_in_root,
    },
    syntax::InstructionKind,
};

rule! {
    /// A relative destination is inside the working directory. Where no `WORKDIR` has set one, that is the root of the file
    /// system, or what the base image says next year.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// COPY app.py app/
    /// #           ^^^^ `app/` is relative, and nothing sets a working directory
    /// ADD app.py .
    /// #          ^ `.` is relative, and nothing sets a working directory
    /// ```
    ///
    /// Images that set a directory of their own, and those that are not known here, are left alone.
    ///
    /// ```dockerfile good
    /// FROM python:3.13 AS base
    /// WORKDIR /app
    /// COPY app.py .
    /// FROM base
    /// COPY app.py app/
    /// FROM python:3.13
    /// COPY app.py /app/
    /// COPY app.py $HOME/
    /// FROM golang:1.25
    /// COPY main.go .
    /// FROM example.org/team/base:1
    /// COPY main.go .
    /// ```
    DW304 "copy-relative-no-workdir" Warning On "DL3045"
    check
}

fn check(checker: &Checker<'_>) {
    let workdirs = checker
        .inherited(|it| matches!(it, InstructionKind::Workdir(_) | InstructionKind::Broken(_)));
    for (at, stage) in checker.stages().iter().enumerate() {
        let is_known = match checker.root(at) {
            Base::Scratch => true,
            Base::Image(_) => checker.root_image(at).is_some_and(starts_in_root),
            Base::Stage(_) | Base::Unknown => false,
        };
        if !is_known || checker.below(at, &workdirs) {
            continue;
        }
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::Workdir(_) | InstructionKind::Broken(_) => break,
                InstructionKind::Copy(it) | InstructionKind::Add(it)
                    if is_relative(&it.destination) =>
                {
                    let path = it.destination.as_str();
                    checker.report(Finding::new(
                        it.destination.span,
                        format!("`{path}` is relative, and nothing sets a working directory"),
                        "Write WORKDIR above, or the whole path.",
                    ));
                }
                _ => (),
            }
        }
    }
}

/// Whether a path is relative whatever its variables are.
fn is_relative(path: &str) -> bool {
    let path = path.trim_start_matches(['"', '\'']);
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    !has_drive && !path.starts_with(['/', '\\', '$'])
}
