use crate::lint::shell::{declare::check, script::Script};

check! {
    /// `find` without a path starts in the working directory with GNU, and is an error elsewhere.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN find -name "*.pyc" -delete
    /// #   ^^^^ not every `find` has a path of its own
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN find . -name "*.pyc" -delete
    /// ```
    SC2185 "find-without-path" Info check preview
}

fn check(script: &Script<'_>) {
    for call in script.named("find") {
        let args: Vec<_> = call
            .args()
            .iter()
            .map(|it| script.value(*it).unwrap_or_default().into_owned())
            .collect();
        let mut paths = args.iter().skip_while(|it| is_leading(it));
        let has_path = paths.next().is_some_and(|it| !it.starts_with('-'));
        if has_path || args.iter().any(|it| it == "--help") {
            continue;
        }
        if let Some(name) = call.name_word() {
            script.report(name, "not every `find` has a path of its own", "Write `find .`.");
        }
    }
}

/// A flag that stands before the path: of GNU or of BSD.
fn is_leading(text: &str) -> bool {
    text.strip_prefix('-')
        .is_some_and(|it| it.bytes().all(|it| b"-EHLPXdfsxO0123456789D".contains(&it)))
}
