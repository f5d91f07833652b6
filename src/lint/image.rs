//! What is known of base images by their names.

use crate::image::{Reference, reference::DEFAULT_REGISTRY};

/// What kind of system an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Debian, Ubuntu, and what is made of them: dash as `sh`, GNU tools, apt.
    Debian,
    /// Alpine: `BusyBox`, apk.
    Alpine,
    /// `BusyBox` itself.
    Busybox,
    /// Fedora, Red Hat and its relatives: bash as `sh`, yum or dnf.
    RedHat,
    /// SUSE: bash as `sh`, zypper.
    Suse,
    /// Windows.
    Windows,
    /// Nothing at all.
    Scratch,
    /// Something else.
    Unknown,
}

/// Repositories by their last part, and what they are without a word in their tag.
const REPOSITORIES: [(&str, Family); 26] = [
    ("alpine", Family::Alpine),
    ("almalinux", Family::RedHat),
    ("amazonlinux", Family::RedHat),
    ("buildpack-deps", Family::Debian),
    ("busybox", Family::Busybox),
    ("centos", Family::RedHat),
    ("debian", Family::Debian),
    ("fedora", Family::RedHat),
    ("golang", Family::Debian),
    ("leap", Family::Suse),
    ("nanoserver", Family::Windows),
    ("nginx", Family::Debian),
    ("node", Family::Debian),
    ("openjdk", Family::RedHat),
    ("oraclelinux", Family::RedHat),
    ("php", Family::Debian),
    ("postgres", Family::Debian),
    ("python", Family::Debian),
    ("redis", Family::Debian),
    ("rockylinux", Family::RedHat),
    ("ruby", Family::Debian),
    ("rust", Family::Debian),
    ("servercore", Family::Windows),
    ("tumbleweed", Family::Suse),
    ("ubi", Family::RedHat),
    ("ubuntu", Family::Debian),
];

/// Words in names and tags, and what they say.
const WORDS: [(&str, Family); 20] = [
    ("alpine", Family::Alpine),
    ("bookworm", Family::Debian),
    ("bullseye", Family::Debian),
    ("buster", Family::Debian),
    ("busybox", Family::Busybox),
    ("debian", Family::Debian),
    ("fedora", Family::RedHat),
    ("focal", Family::Debian),
    ("jammy", Family::Debian),
    ("nanoserver", Family::Windows),
    ("noble", Family::Debian),
    ("slim", Family::Debian),
    ("stretch", Family::Debian),
    ("trixie", Family::Debian),
    ("ubi", Family::RedHat),
    ("ubi8", Family::RedHat),
    ("ubi9", Family::RedHat),
    ("ubuntu", Family::Debian),
    ("windows", Family::Windows),
    ("windowsservercore", Family::Windows),
];

impl Family {
    /// What the image of this name is.
    pub(crate) fn of_name(name: &str) -> Self {
        name.parse().map_or(Self::Unknown, |it| Self::of(&it))
    }

    /// What an image is.
    pub(crate) fn of(image: &Reference) -> Self {
        let path = image.path.as_str();
        let last = path.rsplit('/').next().unwrap_or_default();
        let words = image.tag.as_deref().unwrap_or_default().split(['-', '.', '_']);
        let words = words.chain(last.split(['-', '_'])).chain(path.split('/'));
        let said = |it: &str| {
            // The name of a release may have its number behind it: `alpine3`.
            let it = if it.starts_with("alpine") { "alpine" } else { it };
            WORDS.iter().find(|known| known.0 == it).map(|it| it.1)
        };
        let by_name = || REPOSITORIES.iter().find(|it| it.0 == last).map(|it| it.1);
        words.into_iter().find_map(said).or_else(by_name).unwrap_or(Self::Unknown)
    }
}

/// Images of which nothing but `PATH` is set.
const PLAIN: [&str; 10] = [
    "library/almalinux",
    "library/alpine",
    "library/amazonlinux",
    "library/busybox",
    "library/centos",
    "library/debian",
    "library/hello-world",
    "library/oraclelinux",
    "library/rockylinux",
    "library/ubuntu",
];

/// Other images of which the working directory is the root.
const IN_ROOT: [&str; 12] = [
    "library/buildpack-deps",
    "library/eclipse-temurin",
    "library/fedora",
    "library/mariadb",
    "library/maven",
    "library/mysql",
    "library/nginx",
    "library/node",
    "library/postgres",
    "library/python",
    "library/ruby",
    "library/rust",
];

/// What images of languages and servers set, by the start of the name.
const OF_IMAGES: [&str; 28] = [
    "APACHE_",
    "CARGO_",
    "CATALINA_",
    "COMPOSER_",
    "CONDA_",
    "CUDA_",
    "DOTNET_",
    "ELIXIR_",
    "GEM_",
    "GO",
    "GPG_KEY",
    "GRADLE_",
    "HOME",
    "JAVA_",
    "JDK_",
    "JULIA_",
    "LANG",
    "LC_",
    "LD_LIBRARY_PATH",
    "MAVEN_",
    "NGINX_",
    "NODE_",
    "NVIDIA_",
    "PG",
    "PHP_",
    "PYTHON",
    "RUBY_",
    "RUST",
];

/// Whether an image sets `PATH` and no other variable.
pub(crate) fn sets_path_only(image: &Reference) -> bool {
    image.registry == DEFAULT_REGISTRY && PLAIN.contains(&image.path.as_str())
}

/// Whether the working directory of an image is the root.
pub(crate) fn starts_in_root(image: &Reference) -> bool {
    let path = image.path.as_str();
    image.registry == DEFAULT_REGISTRY && (PLAIN.contains(&path) || IN_ROOT.contains(&path))
}

/// Whether an image of a language or a server may set a variable of this name.
pub(crate) fn may_be_set(name: &str) -> bool {
    OF_IMAGES.iter().any(|it| name.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tags_say_what_an_image_is() {
        for (name, expected) in [
            ("debian:13", Family::Debian),
            ("python:3.12-alpine3.20", Family::Alpine),
            ("node:22-alpine", Family::Alpine),
            ("node:22-slim", Family::Debian),
            ("node:22", Family::Debian),
            ("mcr.microsoft.com/windows/servercore:ltsc2022", Family::Windows),
            ("registry.access.redhat.com/ubi9/ubi-minimal", Family::RedHat),
            ("ghcr.io/me/tool:1", Family::Unknown),
            ("opensuse/leap:15.6", Family::Suse),
            ("busybox", Family::Busybox),
            ("UPPER", Family::Unknown),
        ] {
            assert_eq!(Family::of_name(name), expected, "{name}");
        }
    }
}
