//! Files for `COPY` and `ADD`: what goes wrong, in the words of each builder.

use crate::{
    command::Profile,
    engine::root::join,
    ignore::has_wildcards,
    simulate::{
        CopyOptions,
        files::{self, Copying, FileChange, FileError, Writer, tree::Tree},
    },
};

/// What a copy does to the files of a stage.
pub(super) struct Copied {
    pub(super) changes: Vec<FileChange>,
    /// Names and texts of the files: what the image's id is made of.
    pub(super) content: String,
}

/// Copies; the error is the builder's message.
pub(super) fn copy(
    source: &Tree,
    target: Tree,
    copying: &Copying<'_>,
    is_elsewhere: bool,
    profile: Profile,
) -> Result<Copied, String> {
    if !profile.has_buildkit() {
        classic(source, copying, is_elsewhere)?;
    }
    let mut writer = Writer::new(target);
    files::copy(&mut writer, source, copying).map_err(|error| match error {
        FileError::OntoFile(path) if !profile.has_buildkit() => {
            format!("failed to copy files: failed to copy directory: mkdir {path}: not a directory")
        }
        FileError::NotADirectory(path) if !profile.has_buildkit() => format!(
            "failed to copy files: failed to create new directory: mkdir {path}: not a directory"
        ),
        error => error.to_string(),
    })?;
    let (_, changes) = writer.finish();
    Ok(Copied { changes, content: content(source, copying) })
}

/// What the classic builder refuses before it copies.
fn classic(source: &Tree, copying: &Copying<'_>, is_elsewhere: bool) -> Result<(), String> {
    let keyword = if copying.options.add { "ADD" } else { "COPY" };
    let mut count = copying.options.documents.len();
    for path in copying.paths().filter(|it| !files::is_remote(it)) {
        if !is_elsewhere && is_outside(path) {
            return Err(format!(
                "{keyword} failed: forbidden path outside the build context: {path} ()"
            ));
        }
        let found = files::sources(source, path).unwrap_or_default();
        if has_wildcards(path) {
            count += found.len();
            continue;
        }
        count += 1;
        if files::exists(source, path).is_err() {
            let why = if is_elsewhere {
                ""
            } else {
                "file not found in build context or excluded by .dockerignore: "
            };
            let path = join("/", path);
            let path = path.trim_start_matches('/');
            return Err(format!("{keyword} failed: {why}stat {path}: file does not exist"));
        }
    }
    count += copying.paths().filter(|it| files::is_remote(it)).count();
    if count == 0 {
        return Err(format!("{keyword} failed: no source files were specified"));
    }
    if count > 1 && !copying.destination.ends_with('/') {
        return Err(format!(
            "When using {keyword} with more than one source file, the destination must be a directory and end with a /"
        ));
    }
    Ok(())
}

/// Whether a path leads out of the folder.
fn is_outside(path: &str) -> bool {
    let mut depth = 0_i32;
    path.split('/').any(|it| {
        match it {
            "" | "." => (),
            ".." => depth -= 1,
            _ => depth += 1,
        }
        depth < 0
    })
}

fn content(source: &Tree, copying: &Copying<'_>) -> String {
    let options = CopyOptions {
        parents: copying.options.parents,
        exclude: copying.options.exclude.clone(),
        ..CopyOptions::default()
    };
    let mut content = String::new();
    for path in copying.paths() {
        let sources = [path.into()];
        let plain =
            Copying { sources: &sources, destination: "/0/", options: &options, ..*copying };
        let mut writer = Writer::default();
        if files::is_remote(path) || files::copy(&mut writer, source, &plain).is_err() {
            content.push_str(&format!("\n{path}\0"));
            continue;
        }
        for (path, entry) in writer.tree.below("/0").filter(|it| !it.1.is_directory()) {
            let name = path.get("/0/".len()..).unwrap_or_default();
            let text = String::from_utf8_lossy(entry.bytes().unwrap_or_default());
            content.push_str(&format!("\n{name}\0{text}"));
        }
    }
    for (name, text) in &copying.options.documents {
        content.push_str(&format!("\n{name}\0{text}"));
    }
    content
}
