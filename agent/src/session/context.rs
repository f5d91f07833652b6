//! Build contexts: files from the page, packed by the agent, in memory.

use std::{
    collections::BTreeSet,
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use dockwright::protocol::{
    ErrorKind, INPUT_WINDOW, MAX_CONTEXT, MAX_CONTEXT_FILES, RpcError, call::ContextPut,
};

/// The longest path, and the longest part of one, in bytes.
const MAX_PATH: usize = 1024;
const MAX_PART: usize = 255;

/// A context that is being filled, or is full.
pub(crate) struct Context {
    tar: tar::Builder<Vec<u8>>,
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
    /// The announced bytes of all files.
    size: u64,
    /// How many bytes have come.
    received: u64,
    /// How many of them the page has been given credit for.
    granted: u64,
    current: Option<File>,
    committed: bool,
    modified: u64,
    /// The texts that are called like Dockerfiles: which one counts is known when the build starts.
    dockerfiles: Vec<(String, String)>,
}

struct File {
    path: String,
    rest: u64,
    bytes: Vec<u8>,
    executable: bool,
}

/// A context that a build can use.
pub(crate) struct Packed {
    pub(crate) tar: Bytes,
    /// Paths and texts.
    dockerfiles: Vec<(String, String)>,
}

/// A text longer than this is no Dockerfile worth keeping apart, in bytes.
const MAX_DOCKERFILE: usize = 1024 * 1024;

impl Packed {
    /// The text of the Dockerfile at a path.
    pub(crate) fn dockerfile(&self, path: &str) -> &str {
        let path = path.trim_start_matches("./");
        self.dockerfiles
            .iter()
            .find(|(it, _)| it == path)
            .map(|(_, text)| text.as_str())
            .unwrap_or_default()
    }
}

impl Context {
    pub(crate) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            tar: tar::Builder::new(Vec::new()),
            files: BTreeSet::new(),
            folders: BTreeSet::new(),
            size: 0,
            received: 0,
            granted: INPUT_WINDOW,
            current: None,
            committed: false,
            modified: now.map(|it| it.as_secs()).unwrap_or_default(),
            dockerfiles: Vec::new(),
        }
    }

    /// Announces a file.
    pub(crate) fn put(&mut self, put: ContextPut) -> Result<(), RpcError> {
        let ContextPut { path, size, executable, .. } = put;
        let invalid = |it: String| RpcError::new(ErrorKind::InvalidParams, it);
        if self.committed {
            return Err(invalid("the context is complete".to_owned()));
        }
        if let Some(File { path, rest, .. }) = &self.current {
            return Err(invalid(format!("{rest} bytes of {path:?} are missing")));
        }
        let folders = folders(&path).map_err(|it| invalid(format!("{path:?}: {it}")))?;
        if self.files.len() >= MAX_CONTEXT_FILES {
            let text = format!("a build context has at most {MAX_CONTEXT_FILES} files");
            return Err(RpcError::new(ErrorKind::LimitExceeded, text).with_detail("files"));
        }
        self.size = self.size.saturating_add(size);
        if self.size > MAX_CONTEXT {
            let text = format!("a build context has at most {} MiB", MAX_CONTEXT / (1024 * 1024));
            return Err(RpcError::new(ErrorKind::LimitExceeded, text).with_detail("bytes"));
        }
        if self.folders.contains(&path) || folders.iter().any(|it| self.files.contains(it)) {
            return Err(invalid(format!("{path:?} is both a file and a folder")));
        }
        if !self.files.insert(path.clone()) {
            return Err(invalid(format!("{path:?} is there already")));
        }
        for folder in folders {
            if self.folders.insert(folder.clone()) {
                self.append(&format!("{folder}/"), tar::EntryType::Directory, 0o755, &[])?;
            }
        }
        self.current = Some(File { path, rest: size, bytes: Vec::new(), executable });
        self.finish_file()
    }

    /// Takes bytes of the announced file. How many the page may send more, if it is time to say so.
    pub(crate) fn bytes(&mut self, offset: u64, bytes: &[u8]) -> Result<Option<u64>, RpcError> {
        let overrun = |it: &str| RpcError::new(ErrorKind::LimitExceeded, it);
        let size = bytes.len() as u64;
        if offset != self.received || self.received + size > self.granted {
            return Err(overrun("bytes beyond the credit, or at another place"));
        }
        let file = self.current.as_mut().filter(|it| it.rest >= size);
        let file = file.ok_or_else(|| overrun("bytes that no file announced"))?;
        file.rest -= size;
        file.bytes.extend_from_slice(bytes);
        self.received += size;
        self.finish_file()?;
        let more = self.received + INPUT_WINDOW - self.granted;
        if more < INPUT_WINDOW / 2 {
            return Ok(None);
        }
        self.granted += more;
        Ok(Some(more))
    }

    /// Says that all files are there.
    pub(crate) fn commit(&mut self) -> Result<(), RpcError> {
        match &self.current {
            Some(File { path, rest, .. }) => {
                let text = format!("{rest} bytes of {path:?} are missing");
                Err(RpcError::new(ErrorKind::InvalidParams, text))
            }
            None => {
                self.committed = true;
                Ok(())
            }
        }
    }

    /// The archive.
    pub(crate) fn pack(self) -> Result<Packed, RpcError> {
        if !self.committed {
            return Err(RpcError::new(ErrorKind::InvalidParams, "the context is not complete"));
        }
        let tar = self.tar.into_inner().map_err(|it| internal(&it))?;
        Ok(Packed { tar: tar.into(), dockerfiles: self.dockerfiles })
    }

    fn finish_file(&mut self) -> Result<(), RpcError> {
        match self.current.take_if(|it| it.rest == 0) {
            Some(File { path, bytes, executable, .. }) => {
                let mode = if executable { 0o755 } else { 0o644 };
                self.append(&path, tar::EntryType::Regular, mode, &bytes)?;
                if path.to_ascii_lowercase().contains("dockerfile") && bytes.len() <= MAX_DOCKERFILE
                {
                    self.dockerfiles.push((path, String::from_utf8_lossy(&bytes).into_owned()));
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn append(
        &mut self,
        path: &str,
        kind: tar::EntryType,
        mode: u32,
        bytes: &[u8],
    ) -> Result<(), RpcError> {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        header.set_mode(mode);
        header.set_mtime(self.modified);
        header.set_uid(0);
        header.set_gid(0);
        self.tar.append_data(&mut header, path, bytes).map_err(|it| internal(&it))
    }
}

fn internal(error: &std::io::Error) -> RpcError {
    RpcError::new(ErrorKind::Internal, format!("the build context cannot be packed: {error}"))
}

/// The folders that a path is in, or what is wrong with it.
fn folders(path: &str) -> Result<Vec<String>, &'static str> {
    if path.is_empty() || path.len() > MAX_PATH {
        return Err("a path has 1 to 1024 bytes");
    }
    if path.starts_with('/') {
        return Err("a path is relative to the build context");
    }
    if path.contains(['\0', '\\']) || path.chars().any(char::is_control) {
        return Err("a path has no backslash and no control character");
    }
    let parts: Vec<&str> = path.split('/').collect();
    if parts.iter().any(|it| matches!(*it, "" | "." | "..")) {
        return Err("a path has no empty part, no `.` and no `..`");
    }
    if parts.iter().any(|it| it.len() > MAX_PART) {
        return Err("a part of a path has at most 255 bytes");
    }
    let mut folders = Vec::new();
    for part in parts.iter().take(parts.len() - 1) {
        let parent: Option<&String> = folders.last();
        folders.push(parent.map_or_else(|| (*part).to_owned(), |it| format!("{it}/{part}")));
    }
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn put(path: &str, size: u64) -> ContextPut {
        ContextPut { ctx: 1, path: path.to_owned(), size, executable: path.contains("run") }
    }

    fn refusal(result: Result<(), RpcError>) -> Option<ErrorKind> {
        result.err().map(|it| it.data.kind)
    }

    #[test]
    fn files_become_an_archive() {
        let mut context = Context::new();
        let mut at = 0;
        for (path, text) in
            [("Dockerfile", "FROM a"), ("src/bin/run.sh", "exit"), ("src/empty", "")]
        {
            context.put(put(path, text.len() as u64)).unwrap();
            for byte in text.as_bytes().chunks(2) {
                context.bytes(at, byte).unwrap();
                at += byte.len() as u64;
            }
        }
        context.commit().unwrap();
        let packed = context.pack().unwrap();
        assert_eq!(packed.dockerfile("./Dockerfile"), "FROM a");
        let mut archive = tar::Archive::new(&*packed.tar);
        let entries: Vec<_> = archive
            .entries()
            .unwrap()
            .map(|it| {
                let mut it = it.unwrap();
                let mut text = String::new();
                it.read_to_string(&mut text).unwrap();
                format!("{} {:o} {text}", it.path().unwrap().display(), it.header().mode().unwrap())
            })
            .collect();
        assert_eq!(
            entries,
            [
                "Dockerfile 644 FROM a",
                "src/ 755 ",
                "src/bin/ 755 ",
                "src/bin/run.sh 755 exit",
                "src/empty 644 "
            ]
        );
    }

    #[test]
    fn paths_stay_inside() {
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "./a",
            "a/",
            "a\\b",
            "a\0",
            "a\nb",
            &"x".repeat(256),
        ] {
            assert_eq!(
                refusal(Context::new().put(put(path, 0))),
                Some(ErrorKind::InvalidParams),
                "{path:?}"
            );
        }
        for path in ["a", "a/b.c", "..a", "a b", "é/ü", ".dockerignore"] {
            assert_eq!(refusal(Context::new().put(put(path, 0))), None, "{path:?}");
        }
    }

    #[test]
    fn limits_hold() {
        let mut context = Context::new();
        assert_eq!(
            refusal(context.put(put("big", MAX_CONTEXT + 1))),
            Some(ErrorKind::LimitExceeded)
        );
        let mut context = Context::new();
        context.put(put("a", 3)).unwrap();
        assert_eq!(refusal(context.put(put("b", 0))), Some(ErrorKind::InvalidParams));
        assert_eq!(refusal(context.commit()), Some(ErrorKind::InvalidParams));
        assert!(context.bytes(0, b"abcd").is_err());
        assert!(context.bytes(1, b"a").is_err());
        context.bytes(0, b"abc").unwrap();
        assert_eq!(refusal(context.put(put("a", 0))), Some(ErrorKind::InvalidParams));
        assert_eq!(refusal(context.put(put("a/b", 0))), Some(ErrorKind::InvalidParams));
        context.commit().unwrap();
        let mut context = Context::new();
        context.put(put("a", INPUT_WINDOW * 2)).unwrap();
        let half = usize::try_from(INPUT_WINDOW / 2).unwrap();
        assert_eq!(context.bytes(0, &vec![0; half]).unwrap(), Some(INPUT_WINDOW / 2));
        assert!(context.bytes(half as u64, &vec![0; 2 * half + 1]).is_err());
    }
}
