use crate::{
    lint::shell::{declare::check, script::Script},
    shell::Kind,
};

check! {
    /// When the variable is empty, `rm -rf "$dir/"*` removes everything from the root.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN dir="$(cat dir)" && rm -rf "$dir"/*
    /// #                              ^^^^^^^^ this is `/*` when the variable is empty
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN dir="$(cat dir)" && rm -rf "${dir:?}"/* "$dir/build"
    /// ```
    SC2115 "variable-root" Warning check
}

/// Directories without which a system is none.
pub(super) const SYSTEM: [&str; 15] = [
    "/",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/lib64",
    "/media",
    "/mnt",
    "/usr",
    "/usr/bin",
    "/usr/local",
    "/usr/share",
    "/var",
];

fn check(script: &Script<'_>) {
    for call in script.named("rm") {
        for (word, text) in removed(script, call) {
            let trimmed =
                if text.len() > 1 { text.strip_suffix('/').unwrap_or(&text) } else { &text };
            if !text.contains('/') || (!text.contains('\0') && !trimmed.ends_with('*')) {
                continue;
            }
            let plain = trimmed.replace('\0', "");
            let plain = if plain.is_empty() { "/".to_owned() } else { plain };
            if is_system(plain.trim_end_matches('*'), &plain) {
                let message = format!("this is `{plain}` when the variable is empty");
                let message = if text.contains('\0') {
                    message
                } else {
                    format!("`{plain}` is what a system is made of")
                };
                script.report(
                    word,
                    message,
                    "Write ${name:?}: it stops when the variable is empty.",
                );
            }
        }
    }
}

fn is_system(path: &str, whole: &str) -> bool {
    let path = squeeze(path);
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { &path };
    // `/usr*` is not `/usr/*`.
    let is_pattern = whole.ends_with('*') && !whole.trim_end_matches('*').ends_with('/');
    !is_pattern && SYSTEM.contains(&path)
}

/// One slash for several.
pub(super) fn squeeze(path: &str) -> String {
    let mut squeezed = String::with_capacity(path.len());
    for it in path.chars() {
        if it != '/' || !squeezed.ends_with('/') {
            squeezed.push(it);
        }
    }
    squeezed
}

/// What `rm -r` removes: each word, and its value in which a variable that may be empty is a zero byte.
pub(super) fn removed(
    script: &Script<'_>,
    call: &crate::lint::shell::script::Call,
) -> Vec<(u32, String)> {
    let tree = &script.tree;
    let is_recursive = |it: &u32| {
        let text = script.value(*it).unwrap_or_default();
        text == "--recursive"
            || (text.starts_with('-') && !text.starts_with("--") && text.contains(['r', 'R']))
    };
    if !call.args().iter().any(is_recursive) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for &word in call.args() {
        let part = |it: u32| match tree.kind(it) {
            Kind::Glob | Kind::Brace => tree.text(it),
            Kind::Braced if has_default(script, it) => "x",
            kind if kind.is_expansion() => "\0",
            _ => script.fixed(it).unwrap_or("x"),
        };
        let text: String = script.parts(word).map(part).collect();
        if !text.starts_with('-') {
            found.extend(braces(&text).into_iter().map(|it| (word, it)));
        }
    }
    found
}

/// `a{b,c}` as `ab` and `ac`; only the first brace.
fn braces(text: &str) -> Vec<String> {
    let Some((before, rest)) = text.split_once('{') else { return vec![text.to_owned()] };
    let Some((inside, after)) = rest.split_once('}') else { return vec![text.to_owned()] };
    inside.split(',').map(|it| format!("{before}{it}{after}")).collect()
}

/// `${x:-a}`, `${x:?}`: never empty.
fn has_default(script: &Script<'_>, id: u32) -> bool {
    let operator = script.tree.children_of(id, Kind::Operator).nth(1);
    operator.is_some_and(|it| matches!(script.tree.text(it), ":-" | ":?" | ":="))
}
