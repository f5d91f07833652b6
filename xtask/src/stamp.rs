//! Skips work whose inputs are those of the last time.

use crate::paths;
use anyhow::{Context, Result};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// A remembered digest of everything that a step reads.
pub(crate) struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// Digests the names and contents of `inputs`; a folder counts with everything in it, but for names in `skip`.
    pub(crate) fn new(name: &str, inputs: &[PathBuf], skip: &[&str]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            digest(input, skip, &mut hasher)?;
        }
        let file = paths::target().join("xtask").join(name);
        Ok(Self { file, digest: format!("{:016x}", hasher.finish()) })
    }

    /// Whether the step was finished with the same inputs, and its `output` is still there.
    pub(crate) fn is_fresh(&self, output: &Path) -> bool {
        output.exists() && fs::read_to_string(&self.file).is_ok_and(|old| old == self.digest)
    }

    /// Remembers that the step was finished.
    pub(crate) fn write(&self) -> Result<()> {
        if let Some(dir) = self.file.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::write(&self.file, &self.digest)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }
}

fn digest(path: &Path, skip: &[&str], hasher: &mut DefaultHasher) -> Result<()> {
    let shown = || format!("cannot read {}", path.display());
    if path.is_dir() {
        let mut entries = fs::read_dir(path).with_context(shown)?.collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            if !skip.iter().any(|name| entry.file_name() == *name) {
                digest(&entry.path(), skip, hasher)?;
            }
        }
    } else {
        path.hash(hasher);
        fs::read(path).with_context(shown)?.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_fresh_until_an_input_changes() {
        let dir = std::env::temp_dir().join(format!("dockwright-stamp-{}", std::process::id()));
        fs::create_dir_all(dir.join("node_modules")).unwrap();
        let stamp = || {
            let mut stamp =
                Stamp::new("test", std::slice::from_ref(&dir), &["node_modules"]).unwrap();
            stamp.file = dir.with_extension("stamp");
            stamp
        };
        fs::write(dir.join("a"), "1").unwrap();
        assert!(!stamp().is_fresh(&dir), "never written");
        stamp().write().unwrap();
        assert!(stamp().is_fresh(&dir), "same input");
        assert!(!stamp().is_fresh(&dir.join("gone")), "no output");
        fs::write(dir.join("node_modules/x"), "1").unwrap();
        assert!(stamp().is_fresh(&dir), "a skipped folder");
        fs::write(dir.join("a"), "2").unwrap();
        assert!(!stamp().is_fresh(&dir), "other content");
        fs::write(dir.join("a"), "1").unwrap();
        fs::rename(dir.join("a"), dir.join("b")).unwrap();
        assert!(!stamp().is_fresh(&dir), "other name");
        fs::remove_dir_all(&dir).unwrap();
        fs::remove_file(dir.with_extension("stamp")).unwrap();
    }
}
