use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::quoted,
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
    DW716 "maintainer" Warning On
    "DL4000 MaintainerDeprecated DS-0022 CKV_DOCKER_6 KICS util:DEPRECATED_MAINTAINER semgrep:maintainer-is-deprecated"
    check
}

fn check(checker: &Checker<'_>) {
    let escape = checker.parse().escape;
    for instruction in checker.instructions() {
        if let InstructionKind::Maintainer(name) = &instruction.kind {
            checker.report(
                Finding::new(
                    instruction.keyword(),
                    "`MAINTAINER` is deprecated",
                    "Write LABEL org.opencontainers.image.authors= instead.",
                )
                .fix(fix(instruction, name, escape)),
            );
        }
    }
}

fn fix(instruction: &Instruction<'_>, name: &str, escape: char) -> Option<Fix> {
    if instruction.marks().iter().any(|it| it.kind == MarkKind::Comment) {
        return None;
    }
    let plain = name.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let value = quoted(plain.filter(|it| !it.contains('"')).unwrap_or(name), escape);
    let text = format!("LABEL org.opencontainers.image.authors={value}");
    Some(Fix::safe("Write as a LABEL", vec![Edit::replace(instruction.head(), text)]))
}
