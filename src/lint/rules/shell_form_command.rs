use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Form, Instruction, InstructionKind, Text},
};

rule! {
    /// A command in shell form runs inside `/bin/sh -c`. The shell is process 1 then, and does not pass
    /// signals on: `docker stop` waits ten seconds and kills. Words of `docker run` get lost as well.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// CMD python app.py
    /// #   ^^^^^^^^^^^^^ this `CMD` runs in a shell, which does not pass signals on
    /// ```
    ///
    /// A JSON array starts the program itself. What only a shell can do, such as `$HOME` and `&&`, does
    /// not work there, so the repair is yours to check.
    ///
    /// ```dockerfile fixed
    /// FROM python:3.13
    /// CMD ["python", "app.py"]
    /// ```
    ///
    /// It is an `ENTRYPOINT` too; and what looks like JSON but has single quotes is shell form.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// ENTRYPOINT exec python "$APP"
    /// #          ^^^^^^^^^^^^^^^^^^ this `ENTRYPOINT` runs in a shell, which does not pass signals on
    /// FROM python:3.13
    /// CMD ['python', 'app.py']
    /// #   ^^^^^^^^^^^^^^^^^^^^ this `CMD` runs in a shell, which does not pass signals on
    /// ```
    ///
    /// Who sets `SHELL` wants one.
    ///
    /// ```dockerfile good
    /// FROM python:3.13 AS base
    /// SHELL ["/bin/bash", "-c"]
    /// CMD python app.py
    /// FROM base
    /// CMD python test.py
    /// FROM python:3.13
    /// CMD []
    /// ```
    DW706 "shell-form-command" Warning On
    "DL3025 JSONArgsRecommended KICS semgrep:prefer-json-notation"
    check
}

fn check(checker: &Checker<'_>) {
    let shells = checker.inherited(|it| matches!(it, InstructionKind::Shell(_)));
    for (at, stage) in checker.stages().iter().enumerate() {
        if checker.below(at, &shells) {
            continue;
        }
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::Shell(_) => break,
                InstructionKind::Cmd(it) => one(checker, "CMD", instruction, &it.command),
                InstructionKind::Entrypoint(it) => {
                    one(checker, "ENTRYPOINT", instruction, &it.command);
                }
                _ => (),
            }
        }
    }
}

fn one(checker: &Checker<'_>, keyword: &str, instruction: &Instruction<'_>, form: &Form<'_>) {
    let Form::Shell(text) = form else { return };
    let span = if text.is_empty() { instruction.keyword() } else { text.span };
    checker.report(
        Finding::new(
            span,
            format!("this `{keyword}` runs in a shell, which does not pass signals on"),
            "Write it as a JSON array of words.",
        )
        .fix(fix(text).filter(|_| instruction.marks().is_empty())),
    );
}

/// The same words as an array, if none of them means something to a shell.
fn fix(text: &Text<'_>) -> Option<Fix> {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=@%+,".contains(it);
    let words: Vec<_> = text.split([' ', '\t']).filter(|it| !it.is_empty()).collect();
    let first = words.first()?;
    if first.contains('=') || !words.iter().all(|it| it.chars().all(is_plain)) {
        return None;
    }
    let words: Vec<_> = words.iter().map(|it| format!("\"{it}\"")).collect();
    let edit = Edit::replace(text.span, format!("[{}]", words.join(", ")));
    Some(Fix::risky("Write as a JSON array", vec![edit]))
}
