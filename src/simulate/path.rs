//! Paths inside an image.

pub use crate::ignore::clean;

/// `path` as seen from the directory `base`.
pub fn join(base: &str, path: &str) -> String {
    if path.starts_with('/') { clean(path) } else { clean(&format!("{base}/{path}")) }
}

/// Whether a path starts at the root; on Windows also behind a drive letter.
pub fn is_absolute(path: &str, windows: bool) -> bool {
    if windows {
        return without_drive(&slashes(path)).is_ok_and(|it| it.starts_with('/'));
    }
    path.starts_with('/')
}

/// The working directory after `WORKDIR path`, with slashes. An absolute path stays as it is written, except on
/// Windows. Follows `system.NormalizeWorkdir` of BuildKit; an error is in its words.
pub fn working_dir(current: &str, path: &str, windows: bool) -> Result<String, String> {
    if !windows {
        return Ok(match (path.starts_with('/'), current.starts_with('/')) {
            (true, _) => path.to_owned(),
            (false, true) if path.is_empty() => current.to_owned(),
            (false, true) => clean(&format!("{current}/{path}")),
            (false, false) => clean(&format!("/{current}/{path}")),
        });
    }
    let read = |path: &str| {
        without_drive(path).map_err(|error| {
            format!(
                "normalizing workdir: normalizing working directory: removing drive letter: {error}"
            )
        })
    };
    let mut current = read(&slashes(current))?;
    if !current.starts_with('/') {
        current = clean(&format!("/{current}"));
    }
    let path = slashes(path);
    let path = if path.is_empty() { current.clone() } else { read(&path)? };
    Ok(if path.starts_with('/') { path } else { clean(&format!("{current}/{path}")) })
}

/// The destination of a copy as BuildKit checks it; an error is in its words.
pub fn check_destination(path: &str, windows: bool) -> Result<(), String> {
    if windows {
        without_drive(path).map_err(|error| format!("removing drive letter: {error}"))?;
    }
    Ok(())
}

fn slashes(path: &str) -> String {
    path.replace('\\', "/")
}

/// A Windows path without `C:`, clean.
fn without_drive(path: &str) -> Result<String, String> {
    if path.len() == 2 && path.ends_with(':') {
        return Err(format!("No relative path specified in {path:?}"));
    }
    if slashes(path).starts_with("//") {
        return Err("UNC paths are not supported".to_owned());
    }
    match path.split_once(':') {
        None => Ok(slashes(&clean(path))),
        Some((drive, rest)) if drive.eq_ignore_ascii_case("c") => Ok(slashes(&clean(rest))),
        Some(_) => Err("The specified path is not on the system drive (C:)".to_owned()),
    }
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

    #[test]
    fn a_working_directory_starts_at_the_old_one() {
        let check = |current: &str, path: &str, windows: bool, expected: &str| {
            let found = working_dir(current, path, windows).unwrap_or_else(|it| it);
            assert_eq!(found, expected, "{current} {path}");
        };
        check("/a", "b/../c", false, "/a/c");
        check("/a", "/x/./y//", false, "/x/./y//");
        check("", "x", false, "/x");
        check("rel", "x", false, "/rel/x");
        check("/a/", "", false, "/a/");
        check("\\", "a\\b", true, "/a/b");
        check("\\a", "C:\\b\\..\\c\\", true, "/c");
        check("c:\\a", "c:b", true, "/a/b");
        check("/", "/a//b/", true, "/a/b");
        let wrong = "normalizing workdir: normalizing working directory: removing drive letter: ";
        check("/", "c:", true, &format!("{wrong}No relative path specified in \"c:\""));
        check("/", "\\\\x\\y", true, &format!("{wrong}UNC paths are not supported"));
        let drive = "The specified path is not on the system drive (C:)";
        check("/", "d:\\x", true, &format!("{wrong}{drive}"));
        assert!(is_absolute("c:/x", true) && !is_absolute("c:x", true));
    }
}
