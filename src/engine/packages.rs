//! Packages that `apt-get` can install in a simulated Debian or Ubuntu, from a data file.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

const DATA: &str = include_str!("packages.json");

/// What a distribution offers.
#[derive(Debug, Default, Deserialize)]
pub struct Packages {
    /// The size of the lists that `apt-get update` fetches.
    pub lists: u64,
    /// Server and release of each system.
    pub release: BTreeMap<String, (String, String)>,
    /// Names that several packages provide.
    #[serde(rename = "virtual")]
    pub provided: BTreeMap<String, Vec<String>>,
    #[serde(rename = "packages")]
    known: Vec<Package>,
}

/// One package.
#[derive(Debug, Deserialize)]
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

static PACKAGES: LazyLock<Packages> =
    LazyLock::new(|| serde_json::from_str(DATA).unwrap_or_default());

/// The packages of the data file.
pub fn all() -> &'static Packages {
    &PACKAGES
}

impl Packages {
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
        let data: Packages = serde_json::from_str(DATA).unwrap();
        for package in &data.known {
            for needed in &package.depends {
                assert!(data.find(needed).is_some(), "{} needs {needed}", package.name);
            }
        }
        assert!(data.provided.values().flatten().all(|it| data.find(it).is_some()));
    }
}
