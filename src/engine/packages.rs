//! Packages that `apt-get` can install in a simulated Debian or Ubuntu, from a data file.

use std::sync::LazyLock;

use crate::json::{self, Read as _, record};

const DATA: &str = include_str!("packages.json");

/// What a distribution offers.
#[derive(Debug, Default)]
pub struct Packages {
    /// The size of the lists that `apt-get update` fetches.
    pub lists: u64,
    /// Server and release of each system.
    pub releases: Vec<Release>,
    /// Names that several packages provide.
    pub provided: Vec<Virtual>,
    known: Vec<Package>,
}

/// Where a system's packages come from.
#[derive(Debug)]
pub struct Release {
    /// The system.
    pub system: String,
    /// The address of the server.
    pub server: String,
    /// The name of the release.
    pub name: String,
}

/// A name that several packages provide.
#[derive(Debug)]
pub struct Virtual {
    /// The name.
    pub name: String,
    /// The packages.
    pub packages: Vec<String>,
}

/// One package.
#[derive(Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Bytes when installed.
    pub size: u64,
    /// The programs it brings.
    pub programs: Vec<String>,
    /// What it needs.
    pub depends: Vec<String>,
}

record! {
    Packages { lists, releases, provided "virtual", known "packages" }
    Release { system, server, name }
    Virtual { name, packages }
    Package { name, version, size, programs, depends }
}

static PACKAGES: LazyLock<Packages> =
    LazyLock::new(|| json::parse(DATA).and_then(|it| Packages::read(&it)).unwrap_or_default());

/// The packages of the data file.
pub fn all() -> &'static Packages {
    &PACKAGES
}

impl Packages {
    /// The packages that provide a name.
    pub fn provides(&self, name: &str) -> Option<&[String]> {
        self.provided.iter().find(|it| it.name == name).map(|it| it.packages.as_slice())
    }

    /// A package by name.
    pub fn find(&self, name: &str) -> Option<&Package> {
        self.known.iter().find(|it| it.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_whole() {
        let data = Packages::read(&json::parse(DATA).unwrap()).unwrap();
        for package in &data.known {
            for needed in &package.depends {
                assert!(data.find(needed).is_some(), "{} needs {needed}", package.name);
            }
        }
        assert!(data.provided.iter().flat_map(|it| &it.packages).all(|it| data.find(it).is_some()));
    }
}
