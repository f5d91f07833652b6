//! Sources of `ADD` that are Git repositories.

use crate::{order, syntax::csv::boolean};

/// A repository, as far as a build needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Git {
    /// Whether it looks like a path: `github.com/a/b`, which is one.
    pub(super) is_like_a_path: bool,
    /// `keep-git-dir` of the query.
    pub(super) keep_git_dir: Option<bool>,
    /// `checksum` or `commit` of the query.
    pub(super) checksum: String,
}

/// Whether BuildKit takes the text for a repository.
pub(super) fn is_git(text: &str) -> bool {
    parse(text).is_ok_and(|it| it.is_some())
}

/// Reads a repository; `None` if it is none. An error is in BuildKit's words. Follows `dfgitutil.ParseGitRef`.
pub(super) fn parse(text: &str) -> Result<Option<Git>, String> {
    if text.starts_with("./") || text.starts_with("../") {
        return Ok(None);
    }
    let is_like_a_path = text.starts_with("github.com/");
    // Most sources are paths.
    if !is_like_a_path && !text.contains(':') {
        return Ok(None);
    }
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (location, query) = before.split_once('?').unwrap_or((before, ""));
    let is_git = is_like_a_path
        || match location.split_once("://") {
            Some((protocol, rest)) if is_word(protocol) => {
                match protocol.to_ascii_lowercase().as_str() {
                    "git" | "ssh" => is_url(rest),
                    "http" | "https" => is_url(rest) && is_repository(rest),
                    _ => false,
                }
            }
            Some(_) | None => is_scp(location),
        };
    if !is_git {
        return Ok(None);
    }
    let (reference, subdir) = fragment.split_once(':').unwrap_or((fragment, ""));
    let mut it = Git { is_like_a_path, ..Git::default() };
    it.read(query, reference, subdir)?;
    Ok(Some(it))
}

impl Git {
    fn read(&mut self, query: &str, reference: &str, subdir: &str) -> Result<(), String> {
        let mut pairs: Vec<(String, String)> = query
            .split('&')
            .filter(|it| !it.is_empty())
            .map(|it| it.split_once('=').unwrap_or((it, "")))
            .map(|(key, value)| (decoded(key), decoded(value)))
            .collect();
        order::sort_by_key(&mut pairs, |it| it.0.clone());
        let mut reference = reference.to_owned();
        let (mut tag, mut branch) = (None, None);
        let mut before = None;
        for (key, value) in &pairs {
            if before == Some(key) {
                return Err(format!("query {key:?} has multiple values"));
            }
            before = Some(key);
            let is_switch = matches!(key.as_str(), "submodules" | "keep-git-dir");
            if value.is_empty() && !is_switch {
                return Err(format!("query {key:?} has no value"));
            }
            let is_on = || if value.is_empty() { Some(true) } else { boolean(value) };
            match key.as_str() {
                "ref" => set(&mut reference, value)?,
                "tag" => tag = Some(with_prefix("refs/tags/", value)),
                "branch" => branch = Some(with_prefix("refs/heads/", value)),
                "subdir" if !subdir.is_empty() && subdir != value => {
                    return Err(format!("subdir conflicts: {subdir:?} vs {value:?}"));
                }
                "subdir" => (),
                "checksum" | "commit" => self.checksum.clone_from(value),
                "keep-git-dir" | "submodules" => {
                    let is_on = is_on().ok_or_else(|| format!("invalid {key} value: {value:?}"))?;
                    if key == "keep-git-dir" {
                        self.keep_git_dir = Some(is_on);
                    }
                }
                _ => return Err(format!("unexpected query {key:?}")),
            }
        }
        if let Some(tag) = &tag {
            set(&mut reference, tag)?;
        }
        match (tag, branch) {
            (Some(_), Some(_)) => Err("branch conflicts with tag".to_owned()),
            (None, Some(branch)) => set(&mut reference, &branch),
            (_, None) => Ok(()),
        }
    }
}

/// Sets the reference, which must not be another one already.
fn set(reference: &mut String, to: &str) -> Result<(), String> {
    if !reference.is_empty() && reference != to {
        return Err(format!("ref conflicts: {reference:?} vs {to:?}"));
    }
    to.clone_into(reference);
    Ok(())
}

/// Whether a path ends as those of repositories do. Here, capitals count.
fn is_repository(location: &str) -> bool {
    location.split_once('/').is_some_and(|it| it.1.strip_suffix(".git").is_some())
}

fn with_prefix(prefix: &str, text: &str) -> String {
    if text.starts_with(prefix) { text.to_owned() } else { format!("{prefix}{text}") }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// Whether Go's `url.Parse` takes what follows `://`: no control characters or blanks in the host.
fn is_url(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    !rest.contains(|it: char| it.is_ascii_control()) && !host.contains([' ', '<', '>', '"', '^'])
}

/// `user@host:path`.
fn is_scp(text: &str) -> bool {
    let Some((user, rest)) = text.split_once('@') else { return false };
    let Some((host, _)) = rest.split_once(':') else { return false };
    let is_part = |part: &str, extra: [u8; 2]| {
        let fits = |it: u8| it.is_ascii_alphanumeric() || extra.contains(&it);
        !part.is_empty() && part.bytes().all(fits)
    };
    is_part(user, *b"-_") && is_part(host, *b"-.")
}

/// A part of a query: `+` is a blank, `%20` too.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(part.get(2..).unwrap_or_default().as_bytes());
            }
            None => {
                bytes.push(b'%');
                bytes.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_told_from_paths_and_files() {
        for it in [
            "git://github.com/a/b.git#v1",
            "https://github.com/a/b.git",
            "https://github.com/a/b.git#main:docs",
            "http://host/x.git?ref=v1",
            "ssh://git@host/x",
            "git@github.com:a/b",
            "GIT://host/x",
        ] {
            assert_eq!(parse(it).map(|it| it.map(|it| it.is_like_a_path)), Ok(Some(false)), "{it}");
        }
        for it in ["https://github.com/a/b", "ftp://host/x.git", "./a.git", "a.git", "a b@c:d", "x"]
        {
            assert_eq!(parse(it), Ok(None), "{it}");
        }
        assert!(parse("github.com/a/b").unwrap().unwrap().is_like_a_path);
    }

    #[test]
    fn queries_are_checked() {
        let check = |query: &str, expected: &str| {
            let found = parse(&format!("https://host/x.git{query}"));
            let found = found.map(|it| format!("{:?}", it.and_then(|it| it.keep_git_dir)));
            assert_eq!(found.unwrap_or_else(|it| it), expected, "{query}");
        };
        check("?keep-git-dir", "Some(true)");
        check("?keep-git-dir=0&ref=a#a", "Some(false)");
        check("?submodules=x", "invalid submodules value: \"x\"");
        check("?ref=", "query \"ref\" has no value");
        check("?ref=a&ref=b", "query \"ref\" has multiple values");
        check("?ref=a#b", "ref conflicts: \"b\" vs \"a\"");
        check("?tag=a&ref=refs/tags/a", "None");
        check("?branch=a&tag=b", "branch conflicts with tag");
        check("?branch=a%2fb#refs/heads/a/b", "None");
        check("?subdir=a#b:c", "subdir conflicts: \"c\" vs \"a\"");
        check("?x=1", "unexpected query \"x\"");
    }
}
