use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// The shell expands the pattern before `find` sees it, if a file in the working directory matches.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN find / -name *.pyc -delete
    /// #                ^^^^^ the shell expands this pattern before `find` sees it
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN find / -name "*.pyc" -delete
    /// ```
    SC2061 "unquoted-find-pattern" Warning check
}

/// The tests of `find` that take a pattern.
const TESTS: [&str; 10] = [
    "-name",
    "-iname",
    "-path",
    "-ipath",
    "-wholename",
    "-iwholename",
    "-lname",
    "-ilname",
    "-regex",
    "-iregex",
];

fn check(script: &Script<'_>) {
    for call in script.named("find") {
        for pair in call.args().windows(2) {
            let &[test, word] = pair else { continue };
            let test = script.tree.text(test);
            let is_pattern =
                |it: u32| matches!(script.tree.kind(it), Kind::Glob | Kind::ExtendedPattern);
            if TESTS.contains(&test) && script.tree.children(word).any(is_pattern) {
                let message = "the shell expands this pattern before `find` sees it";
                script.report_around(
                    word,
                    message,
                    "Put it in quotes.",
                    ("Put it in quotes", "\"", "\""),
                );
            }
        }
    }
}
