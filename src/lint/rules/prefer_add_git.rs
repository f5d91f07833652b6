use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    files::is_address,
};

rule! {
    /// A `RUN` is not run again when a repository has moved on: its text is the same. `ADD` asks the repository each time, needs
    /// no git in the image, and leaves no history in the layer.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN git clone https://github.com/team/app.git /app && make -C /app
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ADD` can fetch this repository
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ADD https://github.com/team/app.git#v1.2 /app
    /// RUN git clone "$ADDRESS" /app
    /// RUN --mount=type=ssh git clone git@github.com:team/private.git /app
    /// ```
    DW313 "prefer-add-git" Style Preview "tally:prefer-add-git tally:prefer-add-unpack"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["git"]) {
        let operands = command.operands();
        let is_clone = operands.first().is_some_and(|it| it.rough() == "clone");
        let address = operands.get(1).and_then(|it| it.value());
        let is_public = address.is_some_and(|it| is_address(&it));
        let has_mount = run.flags().is_some_and(|it| !it.mounts.is_empty());
        if is_clone && is_public && !has_mount {
            checker.report(Finding::new(
                command.span(),
                "`ADD` can fetch this repository",
                "Write ADD with the address, # and a tag or a commit, and a directory.",
            ));
        }
    }
}
