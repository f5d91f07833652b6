use crate::lint::shell::{declare::check, script::Script};

use super::variable_root::{SYSTEM, removed, squeeze};

check! {
    /// `rm -rf` of a directory that the system is made of.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN rm -rf /usr
    /// #          ^^^^ `/usr` is what a system is made of
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN rm -rf /usr/share/doc /var/lib/apt/lists/*
    /// ```
    SC2114 "removed-system-directory" Warning check
}

fn check(script: &Script<'_>) {
    for call in script.named("rm") {
        for (word, text) in removed(script, call) {
            let path = squeeze(&text);
            let path = if path.len() > 1 { path.trim_end_matches('/') } else { &path };
            if SYSTEM.contains(&path) {
                let message = format!("`{path}` is what a system is made of");
                script.report(word, message, "Name what is inside, if that is meant.");
            }
        }
    }
}
