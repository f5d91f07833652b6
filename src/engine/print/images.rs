//! `docker images`, the classic table and the list of Docker 29.

use super::{ImageRow, columns, template, units};
use crate::{
    command::{Images, Profile},
    order,
};

pub(super) fn print(rows: &[ImageRow], options: &Images, profile: Profile, now: i64) -> String {
    let rows: Vec<&ImageRow> = rows.iter().filter(|it| is_wanted(it, options)).collect();
    if options.quiet {
        return rows.iter().map(|it| format!("{}\n", id(it, options))).collect();
    }
    if let Some(format) = options.format.as_deref().filter(|it| *it != "table") {
        let rows: Vec<_> = rows.iter().map(|it| fields(it, options, now)).collect();
        return template::print(format, HEADERS, &rows);
    }
    let classic = match profile {
        Profile::V20_10 | Profile::V28 => !options.tree,
        Profile::V29 => options.no_trunc || options.digests || options.format.is_some(),
    };
    if classic { table(&rows, options, now) } else { list(&rows, options.all) }
}

const HEADERS: &[(&str, &str)] = &[
    ("Repository", "REPOSITORY"),
    ("Tag", "TAG"),
    ("Digest", "DIGEST"),
    ("ID", "IMAGE ID"),
    ("CreatedSince", "CREATED"),
    ("CreatedAt", "CREATED AT"),
    ("Size", "SIZE"),
];

fn fields(row: &ImageRow, options: &Images, now: i64) -> Vec<String> {
    vec![
        or_none(row.repository.as_deref()),
        or_none(row.tag.as_deref()),
        or_none(row.digest.as_deref()),
        id(row, options),
        units::ago(row.created, now),
        units::date(row.created),
        units::size(row.size),
    ]
}

fn table(rows: &[&ImageRow], options: &Images, now: i64) -> String {
    let mut wanted = vec!["Repository", "Tag"];
    if options.digests {
        wanted.push("Digest");
    }
    wanted.extend(["ID", "CreatedSince", "Size"]);
    let pick = |all: Vec<String>| -> Vec<String> {
        let named = HEADERS.iter().zip(all);
        let mut picked: Vec<_> =
            named.filter(|((name, _), _)| wanted.contains(name)).map(|it| it.1).collect();
        picked.truncate(wanted.len());
        picked
    };
    let header = pick(HEADERS.iter().map(|it| it.1.to_owned()).collect());
    let cells = rows.iter().map(|it| pick(fields(it, options, now)));
    columns::set(&std::iter::once(header).chain(cells).collect::<Vec<_>>())
}

/// Docker 29's list: sorted by name, numbers to the right, `U` for an image in use.
fn list(rows: &[&ImageRow], all: bool) -> String {
    let mut named: Vec<(String, &ImageRow)> = rows
        .iter()
        .filter(|it| all || it.repository.is_some())
        .map(|it| match (&it.repository, &it.tag) {
            (Some(repository), Some(tag)) => (format!("{repository}:{tag}"), *it),
            (Some(repository), None) => (repository.clone(), *it),
            (None, _) => ("<untagged>".to_owned(), *it),
        })
        .collect();
    order::sort_by(&mut named, |a, b| a.0.cmp(&b.0));
    let width = named.iter().map(|it| it.0.chars().count()).max().unwrap_or_default().max(5);
    let mut text =
        format!("{:width$}   {:12}   DISK USAGE   CONTENT SIZE   EXTRA\n", "IMAGE", "ID");
    for (name, row) in named {
        let (size, content) = (units::size(row.size), units::size(row.content_size));
        let used = if row.in_use { "U" } else { "" };
        let id = short(&row.id);
        text.push_str(&format!(
            "{name:width$}   {id:12}   {size:>10}   {content:>12}   {used:5}\n"
        ));
    }
    text
}

fn or_none(it: Option<&str>) -> String {
    it.unwrap_or("<none>").to_owned()
}

fn short(id: &str) -> &str {
    let hex = id.split_once(':').map_or(id, |it| it.1);
    hex.get(..12).unwrap_or(hex)
}

fn id(row: &ImageRow, options: &Images) -> String {
    if options.no_trunc { row.id.clone() } else { short(&row.id).to_owned() }
}

fn is_wanted(row: &ImageRow, options: &Images) -> bool {
    let repository = row.repository.as_deref().unwrap_or_default();
    let tag = row.tag.as_deref().unwrap_or_default();
    let named = match &options.repository {
        None => true,
        Some(wanted) => is_named(wanted, repository, tag),
    };
    named
        && options.filters.iter().all(|it| match it.split_once('=') {
            Some(("reference", pattern)) => is_named(pattern, repository, tag),
            Some(("dangling", value)) => (value == "true") == row.repository.is_none(),
            _ => true,
        })
}

/// Whether a name fits `repository` or `repository:tag`, with `*` for any text without a slash.
fn is_named(pattern: &str, repository: &str, tag: &str) -> bool {
    let pattern = pattern.strip_prefix("docker.io/library/").unwrap_or(pattern);
    let (name, wanted) = match pattern.rsplit_once(':') {
        Some((name, wanted)) if !wanted.contains('/') => (name, Some(wanted)),
        Some(_) | None => (pattern, None),
    };
    fits(name, repository) && wanted.is_none_or(|it| fits(it, tag))
}

fn fits(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else { return pattern == text };
    let Some(rest) = text.strip_prefix(before) else { return false };
    let ends = rest.char_indices().map(|it| it.0).chain([rest.len()]);
    ends.take_while(|at| !rest.get(..*at).unwrap_or_default().contains('/'))
        .any(|at| fits(after, rest.get(at..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns() {
        for (pattern, expected) in [
            ("ubuntu", true),
            ("ubuntu:bionic", true),
            ("ubuntu:focal", false),
            ("ub*", true),
            ("*:bio*", true),
            ("x", false),
            ("docker.io/library/ubuntu", true),
        ] {
            assert_eq!(is_named(pattern, "ubuntu", "bionic"), expected, "{pattern}");
        }
        assert!(!is_named("a*", "a/b", "x"));
        assert!(is_named("host:5000/a", "host:5000/a", "x"));
    }
}
