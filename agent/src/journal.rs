//! Which containers are ours: a file that outlives the agent, so that the next one removes what a killed one left.
//!
//! Each agent has a file of its own and holds a lock on it. A file without a lock belongs to an agent that is gone:
//! its containers are removed, and then it. Labels alone decide nothing, since an image can carry them too: a
//! container is ours if its id is in the file, or if it has the name *and* the random token that were written there
//! before it was made.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{DirBuilder, File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Mutex,
};

use serde::{Deserialize, Serialize};

use crate::{
    docker::{Engine, EngineError, Owner},
    lock::Locked as _,
    secret::random_hex,
};

const PREFIX: &str = "containers-";

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Note {
    /// A container is about to be made.
    Intent { token: String, name: String },
    /// The engine has made it.
    Made { token: String, id: String },
    /// It is gone, or was never made.
    Gone { token: String },
}

/// The file of this agent.
#[derive(Debug)]
pub(crate) struct Journal {
    instance: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// `None` if there is no place for it: containers are then known in memory only.
    file: Option<(File, PathBuf)>,
    /// Token to id, of containers that exist.
    containers: BTreeMap<String, String>,
    /// Tokens of containers that may exist: the engine has not said.
    intended: BTreeSet<String>,
}

impl Journal {
    /// Opens a new file in a folder, or none.
    pub(crate) fn open(folder: Option<&Path>) -> io::Result<Self> {
        let instance = random_hex::<16>().map_err(io::Error::other)?;
        let file = match folder {
            Some(folder) => {
                DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
                let path = folder.join(format!("{PREFIX}{instance}.jsonl"));
                let file =
                    OpenOptions::new().append(true).create_new(true).mode(0o600).open(&path)?;
                file.lock()?;
                Some((file, path))
            }
            None => None,
        };
        Ok(Self {
            instance,
            state: Mutex::new(State {
                file,
                containers: BTreeMap::new(),
                intended: BTreeSet::new(),
            }),
        })
    }

    /// Notes that a container is about to be made, and whose it will be.
    pub(crate) fn intend(&self, name: Option<String>) -> io::Result<Owner> {
        let token = random_hex::<16>().map_err(io::Error::other)?;
        let name = name.unwrap_or_else(|| format!("dw-{}", token.get(..12).unwrap_or_default()));
        let mut state = self.state.locked();
        state.note(&Note::Intent { token: token.clone(), name: name.clone() })?;
        state.intended.insert(token.clone());
        drop(state);
        Ok(Owner { instance: self.instance.clone(), token, name })
    }

    /// Notes the id of a container.
    pub(crate) fn made(&self, owner: &Owner, id: &str) -> io::Result<()> {
        let mut state = self.state.locked();
        state.intended.remove(&owner.token);
        state.containers.insert(owner.token.clone(), id.to_owned());
        state.note(&Note::Made { token: owner.token.clone(), id: id.to_owned() })
    }

    /// Notes that a container is gone. That the note may be lost does no harm: it is looked for in vain.
    pub(crate) fn gone(&self, token: &str) {
        let mut state = self.state.locked();
        state.intended.remove(token);
        state.containers.remove(token);
        let _lost = state.note(&Note::Gone { token: token.to_owned() });
    }

    /// The containers that exist: token to id.
    pub(crate) fn containers(&self) -> BTreeMap<String, String> {
        self.state.locked().containers.clone()
    }

    /// Removes the file if nothing is left that it must remember.
    pub(crate) fn close(&self) {
        let mut state = self.state.locked();
        if state.containers.is_empty()
            && state.intended.is_empty()
            && let Some((_, path)) = state.file.take()
        {
            let _left = std::fs::remove_file(path);
        }
    }
}

impl State {
    fn note(&mut self, note: &Note) -> io::Result<()> {
        let Some((file, _)) = &mut self.file else { return Ok(()) };
        let mut line = serde_json::to_vec(note)?;
        line.push(b'\n');
        file.write_all(&line)?;
        file.sync_data()
    }
}

/// Removes what agents that are gone have left, and says how many containers that were.
pub(crate) async fn sweep(engine: &Engine, folder: &Path) -> Result<usize, EngineError> {
    let mut removed = 0;
    for path in orphaned(folder) {
        for (owner, id) in left(&path) {
            let id = match id {
                Some(id) => Some(id),
                None => engine.with_token(&owner.name, &owner.token).await?,
            };
            if let Some(id) = id {
                engine.remove(&id, true).await?;
                removed += 1;
            }
        }
        let _left = std::fs::remove_file(&path);
    }
    Ok(removed)
}

/// The files that nobody holds.
fn orphaned(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|it| it.file_name().to_string_lossy().starts_with(PREFIX));
    let free = |path: &PathBuf| File::open(path).is_ok_and(|it| it.try_lock().is_ok());
    ours.map(|it| it.path()).filter(free).collect()
}

/// The containers that a file says exist, or may exist.
fn left(path: &Path) -> Vec<(Owner, Option<String>)> {
    let Ok(file) = File::open(path) else { return Vec::new() };
    let (mut names, mut ids, mut gone) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    for line in BufReader::new(file).lines().map_while(Result::ok) {
        // A line that was cut off by the end is none.
        match serde_json::from_str(&line) {
            Ok(Note::Intent { token, name }) => drop(names.insert(token, name)),
            Ok(Note::Made { token, id }) => drop(ids.insert(token, id)),
            Ok(Note::Gone { token }) => drop(gone.insert(token)),
            Err(_) => (),
        }
    }
    let left = names.into_iter().filter(|(token, _)| !gone.contains(token));
    left.map(|(token, name)| {
        let id = ids.get(&token).cloned().filter(|it| is_id(it));
        (Owner { instance: String::new(), token, name }, id)
    })
    .collect()
}

fn is_id(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_journal_says_what_is_left() {
        let folder =
            std::env::temp_dir().join(format!("dockwright-journal-{}", std::process::id()));
        let journal = Journal::open(Some(&folder)).unwrap();
        let id = "a".repeat(64);
        let one = journal.intend(None).unwrap();
        let two = journal.intend(Some("web".to_owned())).unwrap();
        let three = journal.intend(None).unwrap();
        journal.made(&one, &id).unwrap();
        journal.gone(&three.token);
        assert!(one.name.starts_with("dw-"));
        assert_eq!(
            journal.containers().into_values().collect::<Vec<_>>(),
            std::slice::from_ref(&id)
        );
        assert_eq!(orphaned(&folder), Vec::<PathBuf>::new());
        let path = journal.state.locked().file.as_ref().map(|(_, path)| path.clone()).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        journal.close();
        drop(journal);
        assert_eq!(orphaned(&folder), std::slice::from_ref(&path));
        OpenOptions::new()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(b"{\"intent\":{\"tok")
            .unwrap();
        let mut found: Vec<_> =
            left(&path).into_iter().map(|(owner, id)| (owner.name, id)).collect();
        found.sort();
        let mut expected = [(one.name, Some(id)), (two.name, None)];
        expected.sort();
        assert_eq!(found, expected);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
