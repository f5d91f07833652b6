//! The folder that is built: a few files, and a `.dockerignore` now and then.

use super::case::{Builder, Case};
use crate::{
    engine::Isolated,
    paths,
    program::{program, start, wait},
    tar::Tar,
};
use anyhow::{Context as _, Result, ensure};
use dockwright::{
    ignore::{self, Patterns, Seen},
    simulate::{
        context::Context,
        files::tree::{Entry, Tree},
        path,
    },
};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
};

/// The files that every build gets.
const FILES: &[(&str, u32, &str)] = &[
    ("a.txt", 0o644, "a\n"),
    ("b.txt", 0o600, "bb\n"),
    ("dir/c.txt", 0o644, "ccc\n"),
    ("dir/d.sh", 0o755, "#!/bin/sh\n"),
    ("dir/sub/e.txt", 0o644, ""),
    ("with space/é.md", 0o644, "é\n"),
];

/// The directories among them, those above before those below.
const DIRECTORIES: &[&str] = &["dir", "dir/sub", "with space"];

/// All files of a case: name, permissions, text.
fn files(case: &Case) -> impl Iterator<Item = (&str, u32, &str)> {
    let ignore = case.ignore.as_deref().map(|it| (".dockerignore", 0o644, it));
    FILES.iter().copied().chain([("Dockerfile", 0o644, case.text.as_str())]).chain(ignore)
}

/// What the virtual build knows of the folder; an error of its `.dockerignore` ends a build before it begins.
pub(super) fn context(case: &Case) -> Result<Context, String> {
    let mut tree = Tree::default();
    for (name, mode, text) in files(case) {
        tree.insert(name, Entry { mode, ..Entry::text(text) });
    }
    let context = Context::new(tree).ignoring("Dockerfile").map_err(|it| it.to_string())?;
    if !case.old_client {
        return Ok(context);
    }
    let exceptions = case.ignore.iter().flat_map(|it| it.lines());
    let exceptions: Vec<String> = exceptions
        .filter_map(|it| it.trim().strip_prefix('!'))
        .map(|it| path::clean(it.trim()) + "/")
        .collect();
    let lines = ignore::read(case.ignore.as_deref().unwrap_or_default());
    let patterns = Patterns::new(&lines.map_err(|it| it.to_string())?);
    let patterns = patterns.map_err(|it| it.to_string())?;
    let mut tree = context.tree().clone();
    let mut above: Vec<(&str, Seen)> = Vec::new();
    for directory in DIRECTORIES {
        let is_below = |it: &(&str, Seen)| directory.starts_with(&format!("{}/", it.0));
        let top = Seen::default();
        let seen = above.iter().rfind(|it| is_below(it)).map_or(&top, |it| &it.1);
        let (is_ignored, seen) = patterns.walk(directory, seen).map_err(|it| it.to_string())?;
        above.push((directory, seen));
        let parent = directory.rsplit_once('/').map_or("/", |it| it.0);
        if !is_ignored {
            continue;
        }
        // It looks into it only for an exception that starts with its name, and sends it then.
        let is_entered = exceptions.iter().any(|it| it.starts_with(&format!("{directory}/")));
        if !is_entered {
            tree.remove(&format!("/{directory}"));
        } else if (parent == "/" || tree.is_directory(parent)) && !tree.is_directory(directory) {
            tree.insert(directory, Entry::directory());
        }
    }
    Ok(Context::new(tree))
}

/// The folder as an archive.
pub(super) fn tar(case: &Case) -> Result<Vec<u8>> {
    let mut tar = Tar::default();
    for (name, mode, text) in files(case) {
        tar.file(name, mode, text.as_bytes())?;
    }
    Ok(tar.finish())
}

/// Builds folders as a person does, with the client: it sends only what is not ignored.
pub(super) struct Sent {
    client: PathBuf,
    socket: PathBuf,
    /// The folder, and beside it the client's configuration and the image's number.
    place: PathBuf,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Sent {
    pub(super) fn new(engine: &Isolated) -> Result<Self> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let place =
            paths::target().join(format!("test/differential/{}-{number}", std::process::id()));
        Ok(Self { client: Isolated::client()?, socket: engine.socket(), place })
    }

    /// The number of the image, or the error.
    pub(super) fn build(&self, case: &Case) -> Result<Result<String, String>> {
        let (folder, id, errors) =
            (self.place.join("folder"), self.place.join("id"), self.place.join("errors"));
        for (name, mode, text) in files(case) {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
            fs::write(&path, text)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(mode))?;
        }
        let mut command = program(&self.client);
        let buildkit = case.builder == Builder::BuildKit;
        command.env("DOCKER_BUILDKIT", if buildkit { "1" } else { "0" });
        command.env("DOCKER_CONFIG", &self.place);
        command.arg("--host").arg(format!("unix://{}", self.socket.display()));
        command.args(["build", "--network=none", "--iidfile"]).arg(&id);
        if buildkit {
            command.arg("--progress=plain");
        } else {
            command.args(["--no-cache", "--force-rm"]);
        }
        for (flag, map) in [("--build-arg", &case.build_args), ("--label", &case.labels)] {
            for (name, value) in map {
                command.arg(flag).arg(format!("{name}={value}"));
            }
        }
        if let Some(target) = &case.target {
            command.arg(format!("--target={target}"));
        }
        command.arg(&folder).stdin(Stdio::null()).stdout(Stdio::null());
        let status = wait(start(command.stderr(fs::File::create(&errors)?))?, None)?;
        let text = String::from_utf8_lossy(&fs::read(&errors)?).into_owned();
        let number = fs::read_to_string(&id).unwrap_or_default();
        fs::remove_dir_all(&self.place)?;
        if status.success() {
            ensure!(number.starts_with("sha256:"), "the build gave no image: {text}");
            return Ok(Ok(number.trim().to_owned()));
        }
        Ok(Err(error(&text)))
    }
}

/// The error at the end of what a client says about the progress of a build.
fn error(text: &str) -> String {
    let is_progress = |line: &&str| {
        line.is_empty() || line.starts_with("------") || line.starts_with(" > ") || {
            let number = line.strip_prefix('#').and_then(|it| it.split(' ').next());
            number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
        }
    };
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let last = lines.rsplit(is_progress).next().unwrap_or_default();
    let text = last.join("\n");
    text.strip_prefix("Error response from daemon: ").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Generation;

    #[test]
    fn the_error_of_a_client() {
        let text = "#4 [1/1] COPY b.txt /\n#4 ERROR: not found\n------\n > [1/1] COPY b.txt /:\n------\nfailed: x\n";
        assert_eq!(error(text), "failed: x");
        assert_eq!(error("#1 done\n\ntwo\nlines"), "two\nlines");
    }

    #[test]
    fn what_is_ignored_is_not_there() {
        let mut case = Case::new(1, Builder::BuildKit, Generation::V20);
        case.ignore = Some("*.txt\n".into());
        let context = context(&case).unwrap();
        assert!(context.tree().get("/a.txt").is_none());
        assert!(context.tree().get("/dir/c.txt").is_some());
    }
}
