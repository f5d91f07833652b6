use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        files::is_whole_context,
    },
    syntax::InstructionKind,
};

rule! {
    /// `COPY . .` takes what happens to be there: the repository's history, notes, keys, what the last build left.
    ///
    /// ```dockerfile bad
    /// FROM node:22 AS build
    /// COPY . .
    /// FROM node:22
    /// WORKDIR /app
    /// COPY . .
    /// #    ^ the image gets all files of the context
    /// ```
    ///
    /// Name the files that the image needs. With a good `.dockerignore` it may be right, so the rule is for those who ask for it.
    ///
    /// ```dockerfile good
    /// FROM node:22 AS build
    /// COPY . .
    /// FROM node:22
    /// WORKDIR /app
    /// COPY package.json src ./
    /// COPY --from=build . .
    /// ```
    DW307 "copy-whole-context" Info Off "droast:DF007"
    check
}

fn check(checker: &Checker<'_>) {
    for (_, stage) in checker.stages().iter().enumerate().filter(|it| checker.ships(it.0)) {
        for instruction in stage.body {
            let (InstructionKind::Copy(copy) | InstructionKind::Add(copy)) = &instruction.kind
            else {
                continue;
            };
            let whole = copy.sources.iter().find(|it| is_whole_context(it));
            if let Some(whole) = whole.filter(|_| copy.flags().from.is_none()) {
                checker.report(Finding::new(
                    whole.span,
                    "the image gets all files of the context",
                    "Name the files that it needs.",
                ));
            }
        }
    }
}
