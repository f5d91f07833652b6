//! The Dockerfiles of `tests/fixtures/dockerfiles`, found by walking: a new file is a new case.

use std::{fs, path::Path};

/// A Dockerfile.
pub(crate) struct Fixture {
    /// Its path below the folder, without its extension: `languages/go-tiny`.
    pub(crate) name: String,
    /// Its text.
    pub(crate) source: String,
}

impl Fixture {
    /// Whether builders refuse it.
    pub(crate) fn is_broken(&self) -> bool {
        self.name.starts_with("broken/")
    }
}

/// All of them, by name.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The fuzz targets are a package of their own, below the project.
    let folder = Path::new("tests/fixtures/dockerfiles");
    let folder =
        [root.join(folder), root.join("..").join(folder)].into_iter().find(|it| it.is_dir());
    let mut found = Vec::new();
    let mut open: Vec<_> = folder.iter().cloned().collect();
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "Dockerfile") {
                let name = path.strip_prefix(folder.as_ref().unwrap()).unwrap().with_extension("");
                let name = name.to_str().unwrap().replace('\\', "/");
                found.push(Fixture { name, source: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}
