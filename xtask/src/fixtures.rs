//! The Dockerfiles that the linter and another tool are held against.

use crate::paths;
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The Dockerfiles below directories, and their texts; without any, those below `usual` ones of the project.
pub(crate) fn read(dirs: &[&str], usual: &[&str]) -> Result<Vec<(PathBuf, String)>> {
    let dirs: Vec<PathBuf> = match dirs {
        [] => usual.iter().map(|it| paths::at(it)).collect(),
        _ => dirs.iter().map(PathBuf::from).collect(),
    };
    let mut files = Vec::new();
    for dir in dirs {
        below(&dir, &mut files).with_context(|| dir.display().to_string())?;
    }
    Ok(files)
}

/// The Dockerfiles below a directory, and their texts.
fn below(dir: &Path, files: &mut Vec<(PathBuf, String)>) -> Result<()> {
    let mut entries: Vec<_> = fs::read_dir(dir)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let file = entry.path();
        if file.is_dir() {
            below(&file, files)?;
        } else if file.extension().is_some_and(|it| it == "Dockerfile") {
            let dockerfile = fs::read_to_string(&file)?;
            files.push((file, dockerfile));
        }
    }
    Ok(())
}
