use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, InstructionKind, MarkKind},
};

rule! {
    /// `MAINTAINER` is deprecated since 2017: it can hold one text, and few tools show it.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// MAINTAINER Jo "J" <jo@example.org>
    /// #^^^^^^^^^ `MAINTAINER` is deprecated
    /// ```
    ///
    /// A label is read by every tool, and can be searched for.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// LABEL org.opencontainers.image.authors="Jo \"J\" <jo@example.org>"
    /// ```
    DL4000 "deprecated-maintainer" Warning check
}

fn check(checker: &mut Checker<'_>) {
    let parse = checker.parse;
    for instruction in &parse.instructions {
        if let InstructionKind::Maintainer(name) = &instruction.kind {
            checker.report(Finding {
                span: instruction.keyword(),
                message: "`MAINTAINER` is deprecated".into(),
                help: "Write LABEL org.opencontainers.image.authors= instead.".into(),
                fix: fix(instruction, name, parse.escape),
            });
        }
    }
}

/// The label, unless a comment stands inside the instruction.
fn fix(instruction: &Instruction<'_>, name: &str, escape: char) -> Option<Fix> {
    if instruction.marks().iter().any(|it| it.kind == MarkKind::Comment) {
        return None;
    }
    let plain = name.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let mut value = String::new();
    for it in plain.filter(|it| !it.contains('"')).unwrap_or(name).chars() {
        if matches!(it, '"' | '$') || it == escape {
            value.push(escape);
        }
        value.push(it);
    }
    let text = format!("LABEL org.opencontainers.image.authors=\"{value}\"");
    let edits = vec![Edit { span: instruction.head(), text }];
    Some(Fix { title: "Write as a LABEL".into(), safe: true, edits })
}
