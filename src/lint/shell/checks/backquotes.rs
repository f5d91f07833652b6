use crate::{
    diagnostic::{Edit, Fix},
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// Backquotes hide where a command starts and ends, and need backslashes inside each other.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN echo "built at `date`"
    /// #                  ^^^^^^ `$(…)` is easier to read than backquotes
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// RUN echo "built at $(date)"
    /// ```
    SC2006 "backquotes" Info check
}

fn check(script: &Script<'_>) {
    let ticks: Vec<_> = script.tree.all(Kind::Backtick).collect();
    for id in ticks.into_iter().filter(|it| script.substituted(*it).is_some()) {
        let node = script.tree.node(id);
        let inside = script.tree.text(id).trim_matches('`');
        // Backslashes mean something else there.
        let borders =
            [(node.start, node.start + 1, "$("), (node.end.saturating_sub(1), node.end, ")")];
        let edit = |it: (u32, u32, &str)| Edit::replace(script.tree.source.span(it.0, it.1), it.2);
        let fix = Fix::safe("Write $(…)", borders.map(edit).to_vec());
        let fix = Some(fix).filter(|_| !inside.contains(['\\', '#']));
        let message = "`$(…)` is easier to read than backquotes";
        script.add(id, message.into(), "Write $(…).", fix);
    }
}
