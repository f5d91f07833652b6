use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// `export`, `local` and the like succeed whatever the command in their value does: the build goes on with an
    /// empty variable.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN export VERSION=$(curl -fsS https://example.org/version) && make
    /// #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `export` hides it when the command in this value fails
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN VERSION=$(curl -fsS https://example.org/version) && export VERSION && make
    /// ```
    SC2155 "masked-status" Warning check
}

fn check(script: &Script<'_>) {
    for call in &script.calls {
        let name = call.name.as_str();
        if !matches!(name, "export" | "local" | "declare" | "typeset" | "readonly") {
            continue;
        }
        for &it in call.args() {
            if script.tree.kind(it) == Kind::Assignment && runs_command(script, it) {
                let message = format!("`{name}` hides it when the command in this value fails");
                script.report(it, message, "Assign first, then declare.");
            }
        }
    }
}

fn runs_command(script: &Script<'_>, assignment: u32) -> bool {
    let tree = &script.tree;
    let is_command = |it: u32| matches!(tree.kind(it), Kind::Substitution | Kind::Backtick);
    let mut parts = tree.children_of(assignment, Kind::Word).flat_map(|it| tree.children(it));
    parts.any(|it| {
        is_command(it) || (tree.kind(it) == Kind::Double && tree.children(it).any(is_command))
    })
}
