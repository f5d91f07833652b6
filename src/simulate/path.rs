//! Paths inside an image.

/// The path without `.`, `..` and doubled slashes.
pub fn clean(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => (),
            ".." if parts.last().is_some_and(|it| *it != "..") => drop(parts.pop()),
            ".." if absolute => (),
            part => parts.push(part),
        }
    }
    match (absolute, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

/// `path` as seen from the directory `base`.
pub fn join(base: &str, path: &str) -> String {
    if path.starts_with('/') { clean(path) } else { clean(&format!("{base}/{path}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned() {
        for (path, expected) in
            [("", "."), ("/", "/"), ("a/./b//c/", "a/b/c"), ("/a/../..", "/"), ("../a", "../a")]
        {
            assert_eq!(clean(path), expected, "{path}");
        }
        assert_eq!(join("/a", "b/../c"), "/a/c");
        assert_eq!(join("/a", "/x"), "/x");
        assert_eq!(join("/", ""), "/");
    }
}
