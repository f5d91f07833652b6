//! Paths inside an image.

pub use crate::ignore::clean;

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
