use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        edit::line_end,
        mounts::is_in_mount,
        packages::name_span,
    },
    shell::{Command, Kind},
    text::Span,
};

rule! {
    /// Each `RUN` starts in the folder that `WORKDIR` says. A `cd` holds no longer than its `RUN`: alone it does nothing,
    /// and in front of all others it hides where the work is done.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN cd /srv/app
    /// #   ^^ this `cd` ends with its `RUN`
    /// RUN cd "lib" && make
    /// #   ^^ this `cd` says where the whole `RUN` works
    /// ```
    ///
    /// `WORKDIR` holds for what follows too, and makes the folder if there is none.
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// WORKDIR /srv/app
    /// WORKDIR lib
    /// RUN make
    /// ```
    ///
    /// A `cd` on the way, in a subshell, into a mount, or to a place that is left or removed again is what `cd` is for.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN git clone https://example.org/a && cd a && make
    /// RUN (cd a && make) && make
    /// RUN cd a && make && cd .. && rm -rf a
    /// RUN cd /tmp && curl -fsSLO https://example.org/a.tgz
    /// RUN cd "$(mktemp -d)" && make
    /// RUN --mount=type=bind,target=/src cd /src/app && make
    /// ```
    DW502 "cd-instead-of-workdir" Info On
    "DL3003 DS-0013 KICS semgrep:use-workdir"
    check
}

fn check(checker: &Checker<'_>) {
    for (_, run) in checker.runs_with(&["cd"]) {
        let Some(command) = leading(run) else { continue };
        let [folder] = command.arguments() else { continue };
        let text = folder.rough();
        let is_temporary = ["/tmp", "/var/tmp", "-", ".."].iter().any(|it| text.starts_with(it));
        let is_made = folder
            .tree
            .inside(folder.id)
            .any(|it| matches!(folder.tree.kind(it), Kind::Substitution | Kind::Backtick));
        if is_temporary || is_made || is_in_mount(checker, run, &text) {
            continue;
        }
        let is_alone = run.commands.len() == 1;
        let message = if is_alone {
            "this `cd` ends with its `RUN`"
        } else {
            "this `cd` says where the whole `RUN` works"
        };
        let name = name_span(command);
        checker.report(
            Finding::new(name, message, "Write WORKDIR above.").fix(fix(checker, run, command)),
        );
    }
}

/// The `cd` with which a `RUN` starts, if nothing goes elsewhere behind it, and nothing is removed.
fn leading<'r, 'c>(run: &'r Run<'c>) -> Option<&'r Command<'c>> {
    let mut commands = run.commands.iter().skip_while(|it| it.name() == "set");
    let first = commands.next().filter(|it| it.name() == "cd")?;
    let tree = first.tree;
    let is_top = tree.parents(first.id).all(|it| {
        matches!(tree.kind(it), Kind::Pipeline | Kind::AndOr | Kind::List | Kind::Script)
    });
    let goes_on = |it: &Command<'_>| !matches!(it.name(), "cd" | "rm" | "pushd" | "popd");
    (is_top && first.after() != "|" && commands.all(goes_on)).then_some(first)
}

fn fix(checker: &Checker<'_>, run: &Run<'_>, command: &Command<'_>) -> Option<Fix> {
    let folder = command.arguments().first()?;
    let path = folder.value()?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./+@".contains(it);
    let is_first = run.commands.first()?.id == command.id;
    if run.script.is_exec || run.script.is_trigger || !is_first || !path.chars().all(is_plain) {
        return None;
    }
    let instruction = run.instruction();
    if run.commands.len() == 1 && instruction.flags().is_empty() && instruction.marks().is_empty() {
        let edit = Edit::replace(instruction.span, format!("WORKDIR {path}"));
        return Some(Fix::risky("Write WORKDIR", vec![edit]));
    }
    let next = run.commands.get(1).filter(|_| command.after() == "&&")?.span();
    let rest = Span::new(command.span().start, next.start);
    let between = Span::new(command.span().end, next.start).slice(checker.source());
    let line_end = line_end(checker.source());
    let is_joined = between.trim_matches(|it| " \t\r\n\\`&".contains(it)).is_empty();
    let edits = vec![
        Edit::insert(instruction.span.start, format!("WORKDIR {path}{line_end}")),
        Edit::delete(rest),
    ];
    is_joined.then(|| Fix::risky("Write WORKDIR", edits))
}
