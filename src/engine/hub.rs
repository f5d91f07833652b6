//! The simulated registry: a few well-known images from a data file, and what was pushed.

use std::sync::Arc;

use crate::{
    engine::{Image, Layer, Root, print::units},
    image::{Config, Digest, Reference},
    json::{self, Read as _, record},
    order::{self, Map, Set, Table},
};

const DATA: &str = include_str!("hub.json");

/// The registry as one engine sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    known: Arc<Vec<Known>>,
    pushed: Table<Reference, Image>,
}

/// An image that the registry has had all along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    names: Vec<Reference>,
    /// The image.
    pub image: Image,
}

struct Data {
    systems: Vec<System>,
    images: Vec<Entry>,
}

struct System {
    name: String,
    programs: Set,
    files: Map<String>,
}

struct Entry {
    names: Vec<String>,
    id: Option<String>,
    created: String,
    layers: Vec<u64>,
    system: String,
    programs: Vec<String>,
    files: Map<String>,
    config: Config,
}

record! {
    Data { systems, images }
    System { name, programs, files }
    Entry { names, id, created, layers, system, programs, files, config }
}

impl Default for Hub {
    fn default() -> Self {
        // The file is part of the program; a test reads it.
        let data = json::parse(DATA).and_then(|it| Data::read(&it));
        Self {
            known: Arc::new(data.map(Data::known).unwrap_or_default()),
            pushed: Table::default(),
        }
    }
}

impl Data {
    fn known(self) -> Vec<Known> {
        let Self { systems, images } = self;
        images.into_iter().filter_map(|it| it.known(&systems)).collect()
    }
}

impl Entry {
    fn known(self, systems: &[System]) -> Option<Known> {
        let Self { names, id, created, layers, system, programs, files, config } = self;
        let first = names.first()?.clone();
        let base = systems.iter().find(|it| it.name == system)?;
        let mut root = Root {
            system: if system == "scratch" { String::new() } else { system },
            programs: base.programs.clone(),
            files: base.files.clone(),
            ..Root::default()
        };
        root.programs.extend(programs);
        root.files.extend(files);
        let layer = |(at, size)| Layer { id: Digest::of(format!("{first}/{at}").as_bytes()), size };
        let image = Image {
            id: match id {
                Some(id) => pinned(&id),
                None => Digest::of(first.as_bytes()),
            },
            digest: Some(Digest::of(format!("manifest/{first}").as_bytes())),
            config,
            created: units::moment(&created)?,
            layers: layers.into_iter().enumerate().map(layer).collect(),
            root: Arc::new(root),
        };
        Some(Known { names: names.iter().filter_map(|it| it.parse().ok()).collect(), image })
    }
}

/// A digest that starts with the given digits; the others follow from them.
pub fn pinned(short: &str) -> Digest {
    let rest = Digest::of(short.as_bytes());
    let hex: String = short.chars().chain(rest.hex().chars()).take(64).collect();
    format!("sha256:{hex}").parse().unwrap_or_else(|_| Digest::of(short.as_bytes()))
}

/// Why the registry does not give an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such repository, or it is not for everybody.
    Repository,
    /// The repository has no such tag.
    Tag,
    /// There is no such registry in the simulation.
    Host,
}

impl Hub {
    /// The image under a full name with a tag.
    pub fn find(&self, name: &Reference) -> Option<&Known> {
        self.known.iter().find(|it| it.names.contains(name))
    }

    /// The image under a full name, pushed or known, or why there is none.
    pub fn pull(&self, name: &Reference) -> Result<&Image, Refusal> {
        if let Some(image) = self.pushed(name) {
            return Ok(image);
        }
        if let Some(digest) = &name.digest {
            let of_name = self.known.iter().filter(|it| it.has_repository(name));
            let mut found = of_name.filter(|it| it.image.digest.as_ref() == Some(digest));
            return found.next().map(|it| &it.image).ok_or(Refusal::Tag);
        }
        if let Some(known) = self.find(name) {
            return Ok(&known.image);
        }
        let pushed = self.pushed.keys().any(|it| it.name() == name.name());
        if pushed || self.known.iter().any(|it| it.has_repository(name)) {
            return Err(Refusal::Tag);
        }
        let hosts = ["docker.io", "registry.hub.docker.com"];
        let known_host = hosts.contains(&name.registry.as_str());
        Err(if known_host { Refusal::Repository } else { Refusal::Host })
    }

    /// Every tag of a repository.
    pub fn tags(&self, repository: &Reference) -> Vec<Reference> {
        let known = self.known.iter().flat_map(|it| &it.names);
        let mut all: Vec<&Reference> =
            known.chain(self.pushed.keys()).filter(|it| it.name() == repository.name()).collect();
        order::sort_by(&mut all, Ord::cmp);
        all.into_iter().cloned().collect()
    }

    /// Whether somebody has pushed under a name.
    pub fn pushed(&self, name: &Reference) -> Option<&Image> {
        self.pushed.get(name)
    }

    /// Takes an image under a name.
    pub fn accept(&mut self, name: Reference, image: Image) {
        self.pushed.insert(name, image);
    }

    /// Whether a repository already holds a layer.
    pub fn has_layer(&self, repository: &Reference, layer: &Digest) -> bool {
        let in_repository = self.pushed.iter().filter(|it| it.0.name() == repository.name());
        in_repository.flat_map(|it| &it.1.layers).any(|it| it.id == *layer)
    }

    /// A repository on the same registry from which a layer can be taken over.
    pub fn holder(&self, registry: &str, layer: &Digest) -> Option<&str> {
        let known = self.known.iter().find_map(|it| {
            let has = it.image.layers.iter().any(|it| it.id == *layer);
            it.names.iter().find(|name| has && name.registry == registry)
        });
        let pushed = || {
            self.pushed.iter().find_map(|(name, image)| {
                let has = image.layers.iter().any(|it| it.id == *layer);
                (has && name.registry == registry).then_some(name)
            })
        };
        known.or_else(pushed).map(|it| it.path.as_str())
    }

    /// Familiar names of the images that can be pulled, for completion.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let known = self.known.iter().flat_map(|it| &it.names);
        known.chain(self.pushed.keys()).map(Reference::familiar)
    }
}

impl Known {
    fn has_repository(&self, name: &Reference) -> bool {
        self.names.iter().any(|it| it.name() == name.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_whole() {
        let data = Data::read(&json::parse(DATA).unwrap()).unwrap();
        let entries: usize = data.images.len();
        let names: usize = data.images.iter().map(|it| it.names.len()).sum();
        let hub = Hub::default();
        assert_eq!(hub.known.len(), entries);
        assert_eq!(hub.names().count(), names);
    }

    #[test]
    fn debian_has_no_ping_and_two_names_are_one_image() {
        let hub = Hub::default();
        let find = |name: &str| hub.pull(&name.parse().unwrap()).unwrap();
        assert!(!find("debian:latest").root.has_program("/bin/ping"));
        let (one, other) =
            (find("ubuntu:bionic"), find("registry.hub.docker.com/library/ubuntu:bionic"));
        assert_eq!(one, other);
        assert_eq!((one.id.short(), one.size()), ("35b3f4f76a24", 63_100_000));
        assert_eq!(hub.pull(&"ubuntu:nope".parse().unwrap()), Err(Refusal::Tag));
        assert_eq!(hub.pull(&"nope:latest".parse().unwrap()), Err(Refusal::Repository));
        assert_eq!(hub.pull(&"a.example/b:1".parse().unwrap()), Err(Refusal::Host));
    }
}
