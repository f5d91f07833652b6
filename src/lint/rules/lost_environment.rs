use crate::{
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
    },
    shell::{Command, Kind},
};

/// Files that only set variables, by the end of the name.
const ENVIRONMENTS: [&str; 10] = [
    "activate",
    ".bashrc",
    ".profile",
    ".bash_profile",
    "/profile",
    ".zshrc",
    "/env",
    "nvm.sh",
    "env.sh",
    "setvars.sh",
];

rule! {
    /// Each `RUN` is a new shell. What it exports, the directory it goes to, and the file it reads are forgotten when it ends,
    /// and the next line starts as if nothing had happened.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// RUN export APP_ENV=production
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^ what this `export` sets is lost when the `RUN` ends
    /// RUN python -m venv /venv && . /venv/bin/activate
    /// #                           ^^^^^^^^^^^^^^^^^^^^ what this file sets is lost when the `RUN` ends
    /// RUN mkdir /app && cd /app
    /// #                 ^^^^^^^ this directory is left when the `RUN` ends
    /// ```
    ///
    /// `ENV` and `WORKDIR` stay.
    ///
    /// ```dockerfile good
    /// FROM python:3.13
    /// ENV APP_ENV=production
    /// RUN python -m venv /venv
    /// ENV PATH=/venv/bin:$PATH
    /// WORKDIR /app
    /// RUN export APP_ENV=test && make
    /// RUN . /venv/bin/activate && pip install .
    /// RUN (cd /tmp && make) && . ./install.sh
    /// RUN cd /tmp || exit 1
    /// RUN export
    /// ```
    DW207 "lost-environment" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    let runs = checker.runs_with(&["export", ".", "source", "cd"]).map(|it| it.1);
    for run in runs.filter(|it| !it.script.is_exec) {
        let Some(command) = last(run) else { continue };
        let name = command.name();
        let mut arguments = command.arguments().iter();
        let first = arguments.next().map(|it| it.rough());
        let first = first.as_deref().unwrap_or_default();
        let (message, help) = match name {
            "export" if first.contains('=') => (
                "what this `export` sets is lost when the `RUN` ends",
                "Write ENV, or use it in the same RUN.",
            ),
            "." | "source" if ENVIRONMENTS.iter().any(|it| first.ends_with(it)) => (
                "what this file sets is lost when the `RUN` ends",
                "Read it in the RUN that needs it, or set the variables with ENV.",
            ),
            "cd" => ("this directory is left when the `RUN` ends", "Write WORKDIR."),
            _ => continue,
        };
        checker.report(Finding::new(command.span(), message, help));
    }
}

/// The last command of a script, if the script ends with it whatever happens before, and nothing stands around it.
fn last<'r, 'c>(run: &'r Run<'c>) -> Option<&'r Command<'c>> {
    let tree = run.script.script.tree()?;
    let last = run.commands.iter().rfind(|it| std::ptr::eq(it.tree, tree))?;
    let mut above = tree.parents(last.id).map(|it| tree.kind(it));
    let is_outside =
        above.all(|it| matches!(it, Kind::Pipeline | Kind::AndOr | Kind::List | Kind::Script));
    let is_after_or = last.before() == "||";
    (is_outside && !is_after_or && last.after().is_empty() && last.through.is_empty())
        .then_some(last)
}
