use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A subshell comes back by itself, from wherever it was.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN cd /src; make; cd ..; tidy
    /// #                  ^^^^^ a subshell would come back by itself
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN (cd /src && make); tidy
    /// ```
    SC2103 "cd-back" Info check preview
}

fn check(script: &Script<'_>) {
    if script.stops_on_errors || script.named("cd").next().is_none() {
        return;
    }
    for list in script.tree.all(Kind::List) {
        let above = script.tree.kind(script.tree.parent(list));
        if matches!(
            above,
            Kind::Subshell | Kind::Substitution | Kind::Backtick | Kind::ProcessSubstitution
        ) {
            continue;
        }
        let mut last: Option<bool> = None;
        let mut found = None;
        for and_or in script.tree.children_of(list, Kind::AndOr) {
            let tree = &script.tree;
            let command =
                tree.inside(and_or).nth(1).filter(|_| tree.children(and_or).nth(1).is_none());
            let call = command.and_then(|id| script.call(id));
            let Some(call) = call.filter(|it| it.is_direct() && it.name == "cd") else { continue };
            let target = call.args().first().and_then(|it| script.value(*it));
            let is_back = matches!(target.as_deref(), Some(".." | "-")) && call.args().len() == 1;
            if is_back && last == Some(false) {
                found = found.or(Some(call.id));
            }
            last = Some(is_back);
        }
        if let Some(id) = found {
            script.report(
                id,
                "a subshell would come back by itself",
                "Write (cd directory && command).",
            );
        }
    }
}
