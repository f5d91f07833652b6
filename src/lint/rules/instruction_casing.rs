use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, InstructionKind},
};

rule! {
    /// Keywords in one case are found at a glance. Capitals are usual; what counts is that all are alike, so this compares
    /// with most of the file. Mixed words have no say.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// run make
    /// #^^ `run` is not written as most keywords of this file are
    /// Copy . .
    /// #^^^ `Copy` is not written as most keywords of this file are
    /// CMD ["app"]
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN make
    /// COPY . .
    /// CMD ["app"]
    /// ```
    ///
    /// ```dockerfile bad
    /// from debian:13
    /// run make
    /// CMD ["app"]
    /// #^^ `CMD` is not written as most keywords of this file are
    /// ```
    ///
    /// What stands above the first `FROM` is not looked at, and Docker does not look there either.
    ///
    /// ```dockerfile good
    /// ARG VERSION=13
    /// from debian:$VERSION
    /// run make
    /// ```
    DW905 "instruction-casing" Style On
    "ConsistentInstructionCasing util:CASING_INSTRUCTION dfl:uppercase_commands"
    check
}

fn check(checker: &Checker<'_>) {
    let all = || checker.stages().iter().flat_map(|it| it.head.into_iter().chain(it.body));
    let (mut lower, mut upper, mut count) = (0_usize, 0_usize, 0_usize);
    for it in all() {
        let word = it.word();
        lower += usize::from(is_lower(word));
        upper += usize::from(is_upper(word));
        count += 1;
    }
    if upper == count {
        return;
    }
    let is_lower = lower > upper;
    for instruction in all().filter(|it| !matches!(it.kind, InstructionKind::Broken(None))) {
        look_at(checker, instruction, is_lower);
    }
}

fn look_at(checker: &Checker<'_>, instruction: &Instruction<'_>, lower: bool) {
    let word = instruction.word();
    let is_right = if lower { is_lower(word) } else { is_upper(word) };
    if is_right {
        return;
    }
    let (right, letters) = if lower {
        (word.to_ascii_lowercase(), "small letters")
    } else {
        (word.to_ascii_uppercase(), "capitals")
    };
    let edit = Edit::replace(instruction.keyword(), right);
    checker.report(
        Finding::new(
            instruction.keyword(),
            format!("`{word}` is not written as most keywords of this file are"),
            format!("Write it in {letters}."),
        )
        .fix(Fix::safe(format!("Write the keyword in {letters}"), vec![edit])),
    );
}

fn is_lower(word: &str) -> bool {
    !word.bytes().any(|it| it.is_ascii_uppercase())
}

fn is_upper(word: &str) -> bool {
    !word.bytes().any(|it| it.is_ascii_lowercase())
}
