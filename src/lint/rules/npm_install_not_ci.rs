use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Stage},
        declare::rule,
        packages::{action, action_word, head},
    },
    syntax::InstructionKind,
};

rule! {
    /// `npm install` may change the lock file: what is installed is then not what you tested.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// COPY package.json package-lock.json ./
    /// RUN npm install --omit=dev
    /// #   ^^^^^^^^^^^ `npm install` may install other versions than the lock file names
    /// ```
    ///
    /// `npm ci` installs what the lock file says, and fails if it does not fit to `package.json`.
    ///
    /// ```dockerfile fixed
    /// FROM node:22
    /// COPY package.json package-lock.json ./
    /// RUN npm ci --omit=dev
    /// ```
    ///
    /// Without a lock file in the image there is nothing to keep to.
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// COPY package.json ./
    /// RUN npm install
    /// COPY package*.json ./
    /// RUN npm install -g serve@14 && npm install left-pad@1.3.0 && npm ci
    /// ```
    DW452 "npm-install-not-ci" Info On
    "droast:DF031"
    check
}

fn check(checker: &Checker<'_>) {
    let locks: Vec<_> = checker.stages().iter().map(first_lock).collect();
    for (run, command) in checker.commands(&["npm"]) {
        let lock = locks.get(run.stage()).copied().flatten();
        let has_lock = lock.is_some_and(|it| it < run.instruction().span.start);
        let is_install =
            matches!(&*action(command), "install" | "i") && command.operands().len() == 1;
        let flags = ["-g", "--global", "--no-package-lock", "--package-lock"];
        if !has_lock || !is_install || checker.has_flag(run, command, &flags) {
            continue;
        }
        let edit = action_word(command).map(|it| Edit::replace(it.span(), "ci"));
        checker.report(
            Finding::new(
                head(command),
                "`npm install` may install other versions than the lock file names",
                "Write npm ci.",
            )
            .fix(edit.map(|it| Fix::risky("Write npm ci", vec![it]))),
        );
    }
}

/// Where the first lock file is copied.
fn first_lock(stage: &Stage<'_>) -> Option<u32> {
    let is_lock = |it: &str| {
        let name = it.rsplit('/').next().unwrap_or_default();
        matches!(name, "package-lock.json" | "npm-shrinkwrap.json" | "package*.json" | "package*")
    };
    let copy = stage.body.iter().find(|it| match &it.kind {
        InstructionKind::Copy(it) | InstructionKind::Add(it) => {
            it.sources.iter().any(|it| is_lock(it))
        }
        _ => false,
    });
    copy.map(|it| it.span.start)
}
