//! Repairs in files, and what they would change.

use std::{fs, io, path::Path};

use similar::TextDiff;

use super::Failed;

/// Writes a file, and one that is there in one step: whoever reads it sees the old text or the new one.
pub(in crate::cli) fn write(path: &Path, text: &str) -> Result<(), Failed> {
    let cannot =
        |error: &io::Error| Failed::usage(format!("{} cannot be written: {error}", path.display()));
    if !path.exists() {
        return fs::write(path, text).map_err(|it| cannot(&it));
    }
    let failed = |error: io::Error| cannot(&error).help("nothing in it was changed");
    // Where the name is a link, what it leads to is written.
    let path = fs::canonicalize(path).map_err(failed)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)?;
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    fs::set_permissions(file.path(), permissions).map_err(failed)?;
    file.persist(&path).map_err(|it| failed(it.error))?;
    Ok(())
}

/// What changes, in the form of `diff -u`; nothing if nothing does.
pub(in crate::cli) fn diff(name: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
