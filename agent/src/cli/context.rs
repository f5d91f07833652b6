//! The folder that would be built, read from the disk.

use std::{fs, io, os::unix::fs::PermissionsExt as _, path::Path};

use dockwright::simulate::{
    context::Context,
    files::tree::{Content, Entry, Node, Owner, Tree},
};

use super::{Failed, WRONG, print::printable};

/// Of a larger file, only the size is read. Archives up to here are looked into.
const MAX_FILE: u64 = 16 << 20;
/// The bytes of all files together that are kept.
const MAX_BYTES: u64 = 256 << 20;
/// The most files.
const MAX_FILES: usize = 200_000;

/// Reads a folder, and takes away what its `.dockerignore` says. `dockerfile` is the file as it was given.
pub(super) fn read(folder: &Path, dockerfile: &Path) -> Result<Context, Failed> {
    let mut reader = Reader { tree: Tree::default(), bytes: 0, files: 0 };
    reader.folder(folder, "").map_err(|it| it.help("--context names the folder that is built"))?;
    let name = dockerfile.strip_prefix(folder).unwrap_or(dockerfile).display().to_string();
    let context = Context::new(reader.tree).ignoring(&name);
    context.map_err(|it| Failed { code: WRONG, ..Failed::usage(it) })
}

/// A folder of which nothing is known: whatever is copied from it is there.
pub(super) fn unknown() -> Context {
    Context::new(Tree::unknown())
}

struct Reader {
    tree: Tree,
    bytes: u64,
    files: usize,
}

impl Reader {
    fn folder(&mut self, folder: &Path, inside: &str) -> Result<(), Failed> {
        let failed = |it: io::Error| Failed::read(folder, &it);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let Ok(name) = entry.file_name().into_string() else {
                let path = printable(&entry.path().display().to_string());
                let text = format!("{path}: the name is not UTF-8");
                return Err(Failed::usage(text));
            };
            self.files += 1;
            if self.files > MAX_FILES {
                let folder = printable(&folder.display().to_string());
                return Err(Failed::usage(format!("{folder} has more than {MAX_FILES} files")));
            }
            let inside = format!("{inside}/{name}");
            let path = entry.path();
            let metadata = entry.metadata().map_err(|it| Failed::read(&path, &it))?;
            let node = if metadata.is_dir() {
                Node::Directory
            } else if metadata.is_symlink() {
                let target = fs::read_link(&path).map_err(|it| Failed::read(&path, &it))?;
                Node::Link(target.display().to_string())
            } else if metadata.is_file() {
                Node::File(self.content(&path, metadata.len())?)
            } else {
                // Sockets and devices do not go into a build.
                continue;
            };
            let is_directory = node == Node::Directory;
            let mode = metadata.permissions().mode() & 0o7777;
            self.tree.insert(&inside, Entry { node, mode, owner: Owner::default() });
            if is_directory {
                self.folder(&path, &inside)?;
            }
        }
        Ok(())
    }

    fn content(&mut self, path: &Path, size: u64) -> Result<Content, Failed> {
        if size > MAX_FILE || self.bytes + size > MAX_BYTES {
            return Ok(Content::Size(size, String::new()));
        }
        self.bytes += size;
        let bytes = fs::read(path).map_err(|it| Failed::read(path, &it))?;
        Ok(Content::Bytes(bytes.into()))
    }
}
