//! What is known of files by their names, and of paths.

/// What `ADD` unpacks, by the end of the name.
const ARCHIVES: [&str; 11] = [
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.bz2",
    ".tbz2",
    ".tbz",
    ".tar.xz",
    ".txz",
    ".tar.zst",
    ".tzst",
    ".tar.lzma",
];
/// What else holds files or one file, packed.
const PACKED: [&str; 9] = [".zip", ".gz", ".bz2", ".xz", ".zst", ".lzma", ".7z", ".Z", ".rar"];

/// Whether `ADD` unpacks a file of this name.
pub(crate) fn is_archive(name: &str) -> bool {
    let name = name.trim_end_matches('*');
    ARCHIVES.iter().any(|it| name.ends_with(it)) || name.ends_with(".tar.")
}

/// Whether a file of this name is packed.
pub(crate) fn is_packed(name: &str) -> bool {
    is_archive(name) || PACKED.iter().any(|it| name.ends_with(it))
}

/// Whether `ADD` takes a source for an address.
pub(crate) fn is_address(source: &str) -> bool {
    let has_scheme =
        ["http://", "https://", "git://", "ssh://"].iter().any(|it| source.starts_with(it));
    has_scheme || is_repository(source)
}

/// Whether `ADD` takes a source for a repository.
pub(crate) fn is_repository(source: &str) -> bool {
    let location = source.split(['#', '?']).next().unwrap_or_default();
    let is_scp =
        location.split_once('@').is_some_and(|it| it.1.contains(':') && !it.0.contains('/'));
    location.starts_with("git://")
        || location.starts_with("ssh://")
        || is_scp
        || location.starts_with("http")
            && location.contains("://")
            && location.strip_suffix(".git").is_some()
}

/// Whether a source of `COPY` is all that the build is given.
pub(crate) fn is_whole_context(source: &str) -> bool {
    matches!(source, "." | "./" | "/" | "*" | "./*" | "./.")
}

/// A path inside a directory, without what does not matter: `/app` and `./x/` are `/app/x`.
pub(crate) fn joined(directory: &str, path: &str) -> String {
    let path = path.trim_matches(['"', '\'']);
    let is_absolute = path.starts_with(['/', '$']) || directory.is_empty();
    let mut all = if is_absolute { String::new() } else { directory.to_owned() };
    for part in path.split('/').filter(|it| !matches!(*it, "" | ".")) {
        if !part.starts_with('$') || !all.is_empty() {
            all.push('/');
        }
        all.push_str(part);
    }
    if all.is_empty() { "/".to_owned() } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        for (directory, path, expected) in [
            ("/app", "x", "/app/x"),
            ("/app", "./x/", "/app/x"),
            ("/app", ".", "/app"),
            ("", "/", "/"),
            ("/app", "/srv//x", "/srv/x"),
            ("/app", "$HOME/x", "$HOME/x"),
            ("", "x", "/x"),
        ] {
            assert_eq!(joined(directory, path), expected, "{directory} {path}");
        }
    }

    #[test]
    fn addresses_are_those_that_add_fetches() {
        for (source, address, repository) in [
            ("https://example.org/a.tar", true, false),
            ("https://example.org/a.git#v1", true, true),
            ("git@github.com:a/b.git", true, true),
            ("ssh://git@example.org/a", true, true),
            ("a.git", false, false),
            ("node_modules/@a/b:c", false, false),
        ] {
            assert_eq!(
                (is_address(source), is_repository(source)),
                (address, repository),
                "{source}"
            );
        }
    }
}
