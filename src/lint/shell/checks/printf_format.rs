use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// A percent sign or a backslash in the value becomes a part of the format.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN line="$(cat line)" && printf "$line"
    /// #                                ^^^^^^^ `printf` reads the value as a format
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN line="$(cat line)" && printf '%s\n' "$line"
    /// ```
    SC2059 "printf-format" Info check
}

fn check(script: &Script<'_>) {
    for call in script.named("printf") {
        let text = |at: usize| call.args().get(at).map_or("", |it| script.tree.text(*it));
        let at = match text(0) {
            "--" => 1,
            "-v" => 2,
            _ => 0,
        };
        let Some(&format) = call.args().get(at) else { continue };
        let tree = &script.tree;
        let inside = tree.children(format).flat_map(|it| {
            let is_double = tree.kind(it) == Kind::Double;
            let deeper = tree.children(it).filter(move |_| is_double);
            deeper.chain(Some(it))
        });
        let expands = inside.clone().any(|it| tree.kind(it).is_expansion());
        let is_format = inside.clone().any(|it| {
            !tree.kind(it).is_expansion()
                && tree.kind(it) != Kind::Double
                && tree.text(it).contains('%')
        });
        if expands && !is_format {
            script.report(
                format,
                "`printf` reads the value as a format",
                "Write printf '%s' and the value.",
            );
        }
    }
}
