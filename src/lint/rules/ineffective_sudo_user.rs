use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    packages::name_span,
};

rule! {
    /// `sudo -u` and `su` run one command as another user. What follows, and what the container starts, is still run by the
    /// old one; and a program in between is one more to install, and to pass signals on.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN su - app -c "make install" && sudo -u app ./configure
    /// #   ^^ this runs one command as another user
    /// #                                             ^^^^^^^^^^^ this runs one command as another user
    /// ```
    ///
    /// `USER` says it for all that follows.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// USER app
    /// RUN make install && command -v su sudo
    /// ```
    DW512 "ineffective-sudo-user" Info Preview
    ""
    check
}

fn check(checker: &Checker<'_>) {
    for run in checker.runs() {
        for command in &run.commands {
            let tree = command.tree;
            let mut words = tree.children(command.id).map(|it| tree.rough(it));
            let has_user = command.through.contains(&"sudo")
                && words.any(|it| it == "-u" || it.starts_with("--user"));
            let is_su = command.name() == "su" && command.flag(&["-c", "--command"]).is_some();
            let is_other =
                ["gosu", "su-exec", "runuser"].iter().any(|it| command.through.contains(it));
            if has_user || is_su || is_other {
                checker.report(Finding::new(
                    name_span(command),
                    "this runs one command as another user",
                    "Write USER above, which holds for what follows.",
                ));
            }
        }
    }
}
