//! `--baseline`: findings that were there before somebody started to look.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::PathBuf};

use dockwright::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

use super::{Failed, File, Report, format::number, repair};

/// Another form of the file has another number.
const VERSION: u32 = 1;

/// What is known, and where it is written.
pub(super) struct Baseline {
    path: PathBuf,
    /// The folder of the file, in full.
    folder: PathBuf,
    known: BTreeMap<Key, usize>,
}

/// What a finding is, wherever it moves to in its file: the file, the rule, and a number of the text that it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    file: String,
    code: String,
    text: String,
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: Key,
    count: usize,
}

impl Baseline {
    /// Reads the file; one that is to be written need not be there.
    pub(super) fn read(path: PathBuf, is_updated: bool) -> Result<Self, Failed> {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.map_or_else(|| PathBuf::from("."), PathBuf::from);
        let folder = folder.canonicalize().unwrap_or(folder);
        let mut baseline = Self { path, folder, known: BTreeMap::new() };
        if is_updated {
            return Ok(baseline);
        }
        let path = &baseline.path;
        let text = fs::read_to_string(path).map_err(|error| {
            let failed = Failed::read(path, &error);
            match error.kind() {
                ErrorKind::NotFound => failed.help("say --update-baseline too, to write it"),
                _ => failed,
            }
        })?;
        let wrong = |it: &str| {
            Failed::usage(format!("{}: {it}", path.display()))
                .help("say --update-baseline too, to write it anew")
        };
        let written: Written = serde_json::from_str(&text).map_err(|it| wrong(&it.to_string()))?;
        if written.version != VERSION {
            return Err(wrong("another version of dockwright wrote it"));
        }
        for Entry { key, count } in written.findings {
            *baseline.known.entry(key).or_default() += count;
        }
        Ok(baseline)
    }

    /// Takes what is known out of the findings of a file: it is silenced.
    pub(super) fn apply(&mut self, file: &File, report: &mut Report) {
        let shown = std::mem::take(&mut report.linted.shown);
        for it in shown {
            let key = self.key(file, report, &it);
            match self.known.get_mut(&key).filter(|it| **it > 0) {
                Some(left) => {
                    *left -= 1;
                    report.linted.silenced.push(it);
                }
                None => report.linted.shown.push(it),
            }
        }
        report.linted.silenced.sort_by_key(|it| it.span);
    }

    /// Notes what was found in a file.
    pub(super) fn note(&mut self, file: &File, report: &Report) {
        for it in &report.linted.shown {
            *self.known.entry(self.key(file, report, it)).or_default() += 1;
        }
    }

    /// Writes what was noted; gives how much that is.
    pub(super) fn write(self) -> Result<usize, Failed> {
        let count = self.known.values().sum();
        let findings = self.known.into_iter().map(|(key, count)| Entry { key, count }).collect();
        let written = Written { version: VERSION, findings };
        let text = serde_json::to_string_pretty(&written)
            .map_err(|it| Failed::usage(format!("the baseline cannot be written: {it}")))?;
        repair::write(&self.path, &format!("{text}\n"))?;
        Ok(count)
    }

    fn key(&self, file: &File, report: &Report, it: &Diagnostic) -> Key {
        // From wherever the program runs, a file has the same name.
        let inside = file.path.canonicalize().ok();
        let inside = inside.as_ref().and_then(|it| it.strip_prefix(&self.folder).ok());
        let file = inside.map_or_else(|| report.name.clone(), super::name_of);
        let text: Vec<_> = it.span.slice(&report.text).split_whitespace().collect();
        Key {
            file: file.replace('\\', "/"),
            code: it.code.to_owned(),
            text: number(text.join(" ").bytes()),
        }
    }
}
