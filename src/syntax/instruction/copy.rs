//! `COPY`, and `ADD`, whose arguments have the same form: files into the image.

use super::Input;
use crate::syntax::{
    Flag, Heredoc, Keyword, OneOrMore, Text,
    flag::boolean,
    form::{advice, array},
    heredoc::{ByName, opener},
    word::{is_blank, list},
    wrong::Wrong,
};

/// Files into the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy<'a> {
    /// ```text
    /// COPY --chown=me go.mod go.sum ./
    ///                 ^^^^^^ ^^^^^^
    /// ```
    pub sources: OneOrMore<Text<'a>>,
    /// ```text
    /// COPY --chown=me go.mod go.sum ./
    ///                               ^^
    /// ```
    pub destination: Text<'a>,
    flags: Option<Box<CopyFlags<'a>>>,
}

/// The flags of `COPY` and `ADD`, all before expansion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyFlags<'a> {
    /// `--chown=user:group`.
    pub chown: Option<Text<'a>>,
    /// `--chmod=644`.
    pub chmod: Option<Text<'a>>,
    /// `--link`.
    pub link: bool,
    /// `--exclude=pattern`, each.
    pub exclude: Vec<Text<'a>>,
    /// `--from=stage`, of `COPY`.
    pub from: Option<Text<'a>>,
    /// `--parents`, of `COPY`.
    pub parents: bool,
    /// `--checksum=sha256:…`, of `ADD`.
    pub checksum: Option<Text<'a>>,
    /// `--keep-git-dir`, of `ADD`.
    pub keep_git_dir: Option<bool>,
    /// `--unpack`, of `ADD`.
    pub unpack: Option<bool>,
}

impl CopyFlags<'_> {
    const NONE: &'static CopyFlags<'static> = &CopyFlags {
        chown: None,
        chmod: None,
        link: false,
        exclude: Vec::new(),
        from: None,
        parents: false,
        checksum: None,
        keep_git_dir: None,
        unpack: None,
    };
}

/// A source of a `COPY` or an `ADD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source<'s, 'a> {
    /// A path, a pattern, or an address.
    Path(&'s Text<'a>),
    /// A here-document: its name, which is the name of the file, and the document.
    Document {
        /// The word that opens it.
        word: &'s Text<'a>,
        /// The name of the file.
        name: String,
        /// Its text. Of two documents with one name, it is the later one, as in Docker.
        document: Option<&'s Heredoc<'a>>,
        /// Whether variables in it are expanded.
        expand: bool,
    },
}

impl<'a> Copy<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let last = |it: &str| it.bytes().rposition(is_blank).map_or(0, |it| it + 1);
        let (sources, destination): (OneOrMore<_>, _) = match array(text)? {
            Some(mut words) => {
                let last = words.pop();
                (words.into_iter().collect(), last)
            }
            None => {
                let start = last(text);
                let sources = text.get(..start).unwrap_or_default();
                let destination = text.part(start, text.len());
                let some = Some(destination).filter(|it| !it.is_empty());
                (list(sources).map(|it| text.of(it)).collect(), some)
            }
        };
        let Some(destination) = destination.filter(|_| !sources.is_empty()) else {
            let name = input.keyword.as_str();
            let message = format!(
                "{name} requires at least two arguments, but only one was provided. \
                 Destination could not be determined"
            );
            return Err(match advice(text) {
                Some((span, help)) => Wrong::instruction(span, message).help(help),
                None => input.wrong(message).help(format!("Write {name} source destination.")),
            });
        };
        input.check_flags()?;
        if opener(&destination).is_ok_and(|it| it.is_some()) {
            let message =
                format!("{} cannot accept a heredoc as a destination", input.keyword.as_str());
            return Err(Wrong::instruction(destination.span, message)
                .help("Write a path after the here-documents."));
        }
        let flags = read_flags(input.flags, input.keyword);
        Ok(Self { sources, destination, flags })
    }

    /// The flags.
    pub fn flags(&self) -> &CopyFlags<'a> {
        self.flags.as_deref().unwrap_or(CopyFlags::NONE)
    }

    /// The sources, where `documents` are the here-documents of the instruction.
    pub fn inputs<'s>(
        &'s self,
        documents: &'s [Heredoc<'a>],
    ) -> impl Iterator<Item = Source<'s, 'a>> {
        let documents = ByName::new(documents);
        self.sources.iter().map(move |word| match opener(word) {
            Ok(Some(it)) => {
                let document = documents.last(&it.name);
                Source::Document { word, name: it.name, document, expand: it.expand }
            }
            Ok(None) | Err(_) => Source::Path(word),
        })
    }
}

fn read_flags<'a>(flags: &[Flag<'a>], keyword: Keyword) -> Option<Box<CopyFlags<'a>>> {
    if flags.is_empty() {
        return None;
    }
    let is_add = keyword == Keyword::Add;
    let mut all = CopyFlags::default();
    for Flag { name, value, .. } in flags {
        let is_on = || value.as_ref().is_none_or(|it| boolean(it) == Some(true));
        match (&**name, is_add) {
            ("chown", _) => all.chown.clone_from(value),
            ("chmod", _) => all.chmod.clone_from(value),
            ("link", _) => all.link = is_on(),
            ("exclude", _) => all.exclude.extend(value.clone()),
            ("from", false) => all.from.clone_from(value),
            ("parents", false) => all.parents = is_on(),
            ("checksum", true) => all.checksum.clone_from(value),
            ("keep-git-dir", true) => all.keep_git_dir = Some(is_on()),
            ("unpack", true) => all.unpack = Some(is_on()),
            // There are no others: the flags are checked.
            _ => (),
        }
    }
    Some(Box::new(all))
}
