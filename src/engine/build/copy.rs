//! Files for `COPY` and `ADD`: where they come from and where they go.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    engine::{Root, SharedRoot, root::join},
    image::Config,
};

/// Files to copy: the path below the source, and the text.
pub(super) type Files = Vec<(String, String)>;

/// The files that sources name, or the first source that names none.
pub(super) fn find(
    sources: &[String],
    from_elsewhere: bool,
    root: Option<&Root>,
    context: &BTreeMap<String, String>,
) -> Result<Files, String> {
    let mut files = Files::new();
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    if let Some(root) = root {
        let named = |it: &String| it.trim_start_matches('/').to_owned();
        all.extend(root.files.iter().map(|it| (named(it.0), it.1.clone())));
        all.extend(root.programs.iter().map(|it| (named(it), String::new())));
    } else if from_elsewhere {
        return Err(sources.first().cloned().unwrap_or_default());
    } else {
        all.clone_from(context);
    }
    for source in sources {
        let before = files.len();
        if source.starts_with("<<") || source.contains("://") {
            files.push((source.trim_start_matches('<').to_owned(), String::new()));
            continue;
        }
        let wanted = join("/", source);
        let wanted = wanted.trim_start_matches('/');
        for (path, text) in &all {
            if path == wanted || fits(wanted, path) {
                let name = path.rsplit('/').next().unwrap_or_default();
                files.push((name.to_owned(), text.clone()));
            } else if wanted.is_empty() {
                files.push((path.clone(), text.clone()));
            } else if let Some(rest) = path.strip_prefix(&format!("{wanted}/")) {
                files.push((rest.to_owned(), text.clone()));
            }
        }
        if files.len() == before && !wanted.contains('*') && !wanted.is_empty() {
            return Err(source.clone());
        }
    }
    Ok(files)
}

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            let inner = path.strip_prefix(before).and_then(|it| it.strip_suffix(after));
            inner.is_some_and(|it| !it.contains('/'))
        }
        None => false,
    }
}

/// Puts files at a destination. Gives the bytes they take.
pub(super) fn put(root: &mut SharedRoot, files: &Files, destination: &str, config: &Config) -> u64 {
    let place = join(&config.working_dir, destination);
    let into = destination.ends_with(['/', '.']) || root.is_directory(&place) || files.len() > 1;
    let root = Arc::make_mut(root);
    let mut size = 0;
    for (name, text) in files {
        let path = if into { join(&place, name) } else { place.clone() };
        size += text.len();
        root.files.insert(path, text.clone());
    }
    u64::try_from(size).unwrap_or_default()
}
