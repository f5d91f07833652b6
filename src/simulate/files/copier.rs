//! Copies files into a stage.

use super::{
    FileError, Writer, find,
    mode::Mode,
    owner::{make_directory, owner},
    tar,
    tree::{Content, Entry, Node, Owner, Tree},
};
use crate::{
    ignore::{IgnoreError, Patterns, Seen, clean, has_wildcards},
    simulate::{CopyOptions, Shared, context::is_below, path},
};

/// What a `COPY` or an `ADD` copies, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Copying<'c> {
    /// Paths, wildcards and addresses; here-documents start with `<<`.
    pub sources: &'c [Shared],
    /// Where to, as written.
    pub destination: &'c str,
    /// The flags.
    pub options: &'c CopyOptions,
    /// The working directory.
    pub working_dir: &'c str,
    /// Whether the stage has files already; if not, there is nothing to look names of users up in.
    pub has_base: bool,
}

impl Copying<'_> {
    /// The sources that are no here-documents.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let documents = &self.options.documents;
        let is_document =
            |it: &&str| documents.iter().any(|(name, _)| it.strip_prefix("<<") == Some(name));
        self.sources.iter().map(Shared::as_str).filter(move |it| !is_document(it))
    }
}

/// Whether a source of an `ADD` is an address and not a path.
pub fn is_remote(source: &str) -> bool {
    let schemes = ["http://", "https://", "git://", "ssh://", "git@"];
    schemes.iter().any(|it| source.starts_with(it))
}

/// Where a `--parents` source starts, and the paths from there that are copied with their directories.
pub fn pivot(source: &str) -> (String, String) {
    let (start, rest) = source.split_once("/./").unwrap_or(("/", source));
    (clean(&format!("/{start}")), clean(&format!("/{rest}")).trim_start_matches('/').to_owned())
}

/// Copies from a tree to a stage.
pub fn copy(writer: &mut Writer, tree: &Tree, copying: &Copying<'_>) -> Result<(), FileError> {
    let options = copying.options;
    if options.link && options.chmod.is_none() {
        // The files are a layer of their own, made without looking at what is below it.
        let mut apart = Writer::default();
        onto(&mut apart, tree, &Copying { has_base: false, ..*copying })?;
        writer.unknown |= apart.unknown;
        writer.tree.open |= apart.tree.open;
        for (path, entry) in apart.tree.iter() {
            writer.put(&path, entry.clone());
        }
        return Ok(());
    }
    onto(writer, tree, copying)
}

fn onto(writer: &mut Writer, tree: &Tree, copying: &Copying<'_>) -> Result<(), FileError> {
    let options = copying.options;
    find::check_length(copying.destination)?;
    let exclude = filter("excludepatterns", &options.exclude)?;
    // Everything is looked for before anything is copied.
    let mut asked = Vec::new();
    for source in copying.paths() {
        let (start, include) = match pivot(source) {
            _ if !options.parents => (source.to_owned(), Vec::new()),
            (start, pattern) => (start, vec![pattern]),
        };
        let is_listed = match include.first() {
            _ if is_remote(source) => false,
            Some(it) if has_wildcards(&start) || has_wildcards(it) => true,
            Some(it) => find::exists(tree, &format!("{start}/{it}"))?,
            // With a filter BuildKit asks for what is below, which may be nothing.
            None if !exclude.is_empty() && !tree.open => true,
            None => find::exists(tree, source)?,
        };
        asked.push((start, filter("includepatterns", &include)?, is_listed));
    }
    let owner = match &options.chown {
        Some(it) => Some(owner(it, &writer.tree, copying.has_base)?),
        None => None,
    };
    let mut copier = Copier {
        writer,
        destination: destination(copying.working_dir, copying.destination),
        owner,
        mode: options.chmod.as_deref().map(Mode::new),
        include: Patterns::default(),
        exclude,
    };
    for (source, include, is_listed) in asked {
        if !is_listed {
            copier.unknown(&source)?;
            continue;
        }
        copier.include = include;
        copier.writer.unknown |= tree.open && has_wildcards(&source);
        for path in find::sources(tree, &source)? {
            if !options.unpack.unwrap_or(options.add) || !copier.unpack(tree, &path)? {
                copier.one(tree, &path)?;
            }
        }
    }
    copier.include = Patterns::default();
    for (name, text) in &options.documents {
        let mut tree = Tree::default();
        tree.insert(name, Entry::text(text));
        copier.one(&tree, &clean(&format!("/{name}")))?;
    }
    Ok(())
}

fn filter(name: &'static str, patterns: &[String]) -> Result<Patterns, FileError> {
    Patterns::new(patterns).map_err(|_| FileError::Filter(name, patterns.join(" ")))
}

/// The absolute destination. What it ends with says whether it is a directory.
pub fn destination(working_dir: &str, written: &str) -> String {
    let written = if matches!(written, "" | ".") { "./" } else { written };
    let mut path = path::join(&format!("/{working_dir}"), written);
    if written.ends_with("/.") {
        path.push_str(if path == "/" { "." } else { "/." });
    } else if written.ends_with('/') && path != "/" {
        path.push('/');
    }
    path
}

/// What the sources of one instruction share.
struct Copier<'c> {
    writer: &'c mut Writer,
    destination: String,
    owner: Option<Owner>,
    mode: Option<Mode>,
    /// What is copied with `--parents`; everything, if empty.
    include: Patterns,
    /// What is not copied.
    exclude: Patterns,
}

/// A directory whose content is being copied.
struct Open {
    source: String,
    target: String,
    include: Seen,
    exclude: Seen,
    /// Whether it is there at the destination.
    is_made: bool,
}

impl Copier<'_> {
    /// Makes the directories that the destination needs. Gives the destination without links.
    fn prepare(&mut self) -> Result<String, FileError> {
        let (above, name) = self.destination.rsplit_once('/').unwrap_or(("", ""));
        let needed = if matches!(name, "" | ".") { self.destination.as_str() } else { above };
        let needed = clean(&format!("/{needed}"));
        make_directory(self.writer, &needed, self.owner.unwrap_or_default())?;
        self.writer.tree.resolve(&self.destination).ok_or(FileError::Links)
    }

    /// Copies one file, or what is in one directory.
    fn one(&mut self, tree: &Tree, source: &str) -> Result<(), FileError> {
        let mut target = self.prepare()?;
        let followed = tree.resolve(source).ok_or(FileError::Links)?;
        if tree.is_directory(&followed) {
            if self.writer.tree.get(&target).is_some_and(|it| !it.is_directory()) {
                return Err(FileError::OntoFile(target));
            }
            make_directory(self.writer, &target, self.owner.unwrap_or_default())?;
            return self.directory(tree, &followed, &target);
        }
        let Some(entry) = tree.get(&followed) else {
            return Err(FileError::NoDirectory(source.to_owned()));
        };
        if self.writer.tree.is_directory(&target) {
            let name = source.rsplit('/').next().unwrap_or_default();
            target = format!("{}/{name}", target.trim_end_matches('/'));
        }
        self.file(&target, entry)
    }

    fn directory(&mut self, tree: &Tree, source: &str, target: &str) -> Result<(), FileError> {
        let mut open: Vec<Open> = Vec::new();
        let base = source.trim_end_matches('/').len() + 1;
        for (path, entry) in tree.below(source) {
            while open.last().is_some_and(|it| !is_below(&path, &it.source)) {
                open.pop();
            }
            let relative = path.get(base..).unwrap_or_default();
            let top = (Seen::default(), Seen::default());
            let (include, exclude) =
                open.last().map_or((&top.0, &top.1), |it| (&it.include, &it.exclude));
            let wrong = |_: IgnoreError| FileError::Pattern;
            let (is_included, include) = self.include.walk(relative, include).map_err(wrong)?;
            let (is_excluded, exclude) = self.exclude.walk(relative, exclude).map_err(wrong)?;
            let is_copied = (is_included || self.include.is_empty()) && !is_excluded;
            let target = format!("{}/{relative}", target.trim_end_matches('/'));
            if is_copied {
                for it in open.iter_mut().filter(|it| !it.is_made) {
                    it.is_made = true;
                    if let Some(entry) = tree.get(&it.source) {
                        self.directory_only(&it.target, entry)?;
                    }
                }
            }
            if !entry.is_directory() {
                if is_copied {
                    self.file(&target, entry)?;
                }
                continue;
            }
            if is_copied {
                self.directory_only(&target, entry)?;
            }
            open.push(Open { source: path, target, include, exclude, is_made: is_copied });
        }
        self.writer.unknown |= tree.open;
        Ok(())
    }

    fn file(&mut self, target: &str, entry: &Entry) -> Result<(), FileError> {
        if self.writer.tree.is_directory(target) {
            return Err(FileError::OntoDirectory(target.to_owned()));
        }
        let entry = self.dressed(entry);
        self.writer.put(target, entry);
        Ok(())
    }

    fn directory_only(&mut self, target: &str, entry: &Entry) -> Result<(), FileError> {
        if self.writer.tree.get(target).is_some_and(|it| !it.is_directory()) {
            return Err(FileError::OntoFile(target.to_owned()));
        }
        let entry = self.dressed(entry);
        self.writer.put(target, entry);
        Ok(())
    }

    /// The entry with the owner and the permissions that the instruction gives it.
    fn dressed(&self, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        if let Some(owner) = self.owner {
            entry.owner = owner;
        }
        if let (Some(mode), Node::File(_) | Node::Directory) = (&self.mode, &entry.node) {
            entry.mode = mode.apply(entry.mode, entry.is_directory());
        }
        entry
    }

    /// Copies what is not known: from an address, or from files that are not listed.
    fn unknown(&mut self, source: &str) -> Result<(), FileError> {
        let mut target = self.prepare()?;
        self.writer.unknown = true;
        let is_download = source.starts_with("http") && is_remote(source);
        let path = source.split(['?', '#']).next().unwrap_or_default();
        if is_remote(source) && (!is_download || path.strip_suffix(".git").is_some()) {
            self.writer.tree.open = true;
            make_directory(self.writer, &target, self.owner.unwrap_or_default())?;
            return Ok(());
        }
        let path = if is_download { path.splitn(4, '/').nth(3).unwrap_or_default() } else { path };
        let name = path.rsplit('/').find(|it| !it.is_empty()).unwrap_or("__unnamed__");
        if self.writer.tree.is_directory(&target) {
            target = format!("{}/{name}", target.trim_end_matches('/'));
        }
        // What is not listed may be a directory.
        self.writer.tree.open |= !is_download;
        let mode = if is_download { 0o600 } else { 0o644 };
        self.file(&target, &Entry { mode, ..Entry::file(Content::Unknown) })
    }

    /// Unpacks an archive. Gives whether it is one.
    fn unpack(&mut self, tree: &Tree, source: &str) -> Result<bool, FileError> {
        let Some((path, entry)) = tree.follow(source) else { return Ok(false) };
        let archive = match &entry.node {
            Node::File(content) => tar::archive(&path, content),
            Node::Directory | Node::Link(_) => None,
        };
        let Some(archive) = archive else { return Ok(false) };
        let target = self.writer.tree.resolve(&self.destination).ok_or(FileError::Links)?;
        let target = make_directory(self.writer, &target, self.owner.unwrap_or_default())?;
        match archive {
            tar::Archive::Packed => {
                self.writer.unknown = true;
                self.writer.tree.open = true;
            }
            tar::Archive::Listed(entries) => {
                // What is in an archive keeps its owner, whatever `--chown` says.
                for (name, entry) in entries {
                    let place = clean(&format!("{target}/{name}"));
                    let Some((above, _)) = place.rsplit_once('/').filter(|_| place != "/") else {
                        continue;
                    };
                    make_directory(self.writer, above, Owner::default())?;
                    self.writer.put(&place, entry);
                }
            }
        }
        Ok(true)
    }
}
