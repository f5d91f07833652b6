use crate::{
    diagnostic::Fix,
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::after_word,
        packages::{action, action_word, head},
    },
};

rule! {
    /// `cargo install` takes the newest versions of everything that a program is made of. The lock file of the program
    /// names those that it was tested with.
    ///
    /// ```dockerfile bad
    /// FROM rust:1.90
    /// RUN cargo install ripgrep@14.1.1
    /// #   ^^^^^^^^^^^^^ the lock file of what is installed is not looked at
    /// ```
    ///
    /// A program without a lock file is installed as before; one whose lock file is old may not build any more.
    ///
    /// ```dockerfile fixed
    /// FROM rust:1.90
    /// RUN cargo install --locked ripgrep@14.1.1
    /// ```
    ///
    /// ```dockerfile good
    /// FROM rust:1.90
    /// RUN cargo install --locked ripgrep && cargo install --frozen --path . && cargo build
    /// ```
    DW463 "cargo-install-unlocked" Info Preview
    ""
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["cargo"]) {
        if action(command) != "install"
            || checker.has_flag(run, command, &["--locked", "--frozen", "--list"])
        {
            continue;
        }
        let edit = action_word(command).and_then(|it| after_word(run, it, " --locked"));
        checker.report(
            Finding::new(
                head(command),
                "the lock file of what is installed is not looked at",
                "Add --locked.",
            )
            .fix(edit.map(|it| Fix::risky("Add --locked", vec![it]))),
        );
    }
}
