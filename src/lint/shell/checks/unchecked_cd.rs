use crate::lint::shell::{declare::check, script::Script};

check! {
    /// When `cd` fails, what follows runs in the wrong directory.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN cd /src; rm -rf build
    /// #   ^^^^^^^ the rest runs in the wrong directory if `cd` fails
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN cd /src && rm -rf build
    /// RUN set -e; cd /src; rm -rf build
    /// ```
    SC2164 "unchecked-cd" Warning check
}

fn check(script: &Script<'_>) {
    if script.stops_on_errors {
        return;
    }
    for call in &script.calls {
        let name = call.name.as_str();
        if !matches!(name, "cd" | "pushd" | "popd") || script.is_condition(call.id) {
            continue;
        }
        let args: Vec<_> = call.args().iter().map(|it| script.value(*it)).collect();
        let is_safe = match args.as_slice() {
            [Some(only)] if name == "cd" => is_up(only),
            _ => name != "cd" && args.first().is_some_and(|it| it.as_deref() == Some("-n")),
        };
        if !is_safe {
            let message = format!("the rest runs in the wrong directory if `{name}` fails");
            script.report_around(
                call.id,
                message,
                "Join the next command with &&.",
                ("Stop if it fails", "", " || exit 1"),
            );
        }
    }
}

/// `..`, `../..`, `/`: these are always there.
fn is_up(path: &str) -> bool {
    path.split('/').all(|it| matches!(it, "" | "." | ".."))
}
