use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, InstructionKind, instruction::env::Pair},
};

/// What is said to package managers during a build.
const BUILD_ONLY: [&str; 6] = [
    "APT_LISTCHANGES_FRONTEND",
    "DEBCONF_NONINTERACTIVE_SEEN",
    "DEBIAN_FRONTEND",
    "DEBIAN_PRIORITY",
    "NEEDRESTART_MODE",
    "UCF_FORCE_CONFFNEW",
];

rule! {
    /// `ENV` stays in the image. `DEBIAN_FRONTEND=noninteractive` is for the build: left in, `apt-get install` in a container
    /// asks nothing and chooses for its user, years later.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ENV DEBIAN_FRONTEND=noninteractive
    /// #   ^^^^^^^^^^^^^^^ `DEBIAN_FRONTEND` is for the build, and stays in the image
    /// RUN apt-get update && apt-get install -y tzdata
    /// ```
    ///
    /// An `ARG` is gone when the build is over.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// ARG DEBIAN_FRONTEND=noninteractive
    /// RUN apt-get update && apt-get install -y tzdata
    /// ```
    ///
    /// Stages that no image is made of may have it, and so may one that takes it back.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS build
    /// ENV DEBIAN_FRONTEND=noninteractive
    /// FROM debian:13
    /// ENV DEBIAN_FRONTEND=noninteractive
    /// RUN DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata
    /// ENV DEBIAN_FRONTEND=
    /// ```
    DW206 "env-build-only" Info On ""
    check
}

fn check(checker: &Checker<'_>) {
    for (_, stage) in checker.stages().iter().enumerate().filter(|it| checker.ships(it.0)) {
        let mut last = BUILD_ONLY.map(|_| None);
        for instruction in stage.body {
            let InstructionKind::Env(env) = &instruction.kind else { continue };
            for pair in &env.pairs {
                let at = BUILD_ONLY.iter().position(|it| *pair.name == **it);
                if let Some(it) = at.and_then(|it| last.get_mut(it)) {
                    *it = Some((instruction, pair));
                }
            }
        }
        for (name, last) in BUILD_ONLY.iter().zip(last) {
            if let Some((instruction, pair)) = last.filter(|it| is_set(&it.1.value)) {
                checker.report(
                    Finding::new(
                        pair.name.span,
                        format!("`{name}` is for the build, and stays in the image"),
                        "Use ARG, or set it in the RUN that needs it.",
                    )
                    .fix(fix(instruction, pair)),
                );
            }
        }
    }
}

fn is_set(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']);
    !["", "dialog", "newt", "readline", "teletype"].contains(&value)
}

fn fix(instruction: &Instruction<'_>, pair: &Pair<'_>) -> Option<Fix> {
    let InstructionKind::Env(env) = &instruction.kind else { return None };
    let is_alone = env.pairs.len() == 1 && !env.legacy && pair.value.find('$').is_none();
    let edit = Edit::replace(instruction.keyword(), "ARG");
    is_alone.then(|| Fix::risky("Use ARG", vec![edit]))
}
