//! What machines an image is for: `os[(version+feature…)]/architecture[/variant]`.
//!
//! The rules are those of containerd's `platforms` package, which BuildKit and the engine use.

mod matches;
#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use thiserror::Error;

/// A platform, such as `linux/amd64` or `linux/arm/v7`, with the fields of the OCI image index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Platform {
    /// The operating system, such as `linux`.
    pub os: String,
    /// The architecture as Go names it, such as `amd64`.
    pub architecture: String,
    /// The variant of the architecture, such as `v7`; mostly empty.
    pub variant: String,
    /// The version of the operating system, such as `10.0.17763`; mostly empty.
    pub os_version: String,
    /// What the operating system must have, such as `win32k`; mostly empty.
    pub os_features: Vec<String>,
}

/// Why a text is no platform, in containerd's words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlatformError {
    /// It has a `*`.
    #[error("{0:?}: wildcards not yet supported: invalid argument")]
    Wildcard(String),
    /// The first part is none: the part and the text.
    #[error(
        "{0:?} is an invalid OS component of {1:?}: OSAndVersion specifier component must match {OS_PATTERN}: invalid argument"
    )]
    Os(String, String),
    /// Another part is none: the part and the text.
    #[error(
        "{0:?} is an invalid component of {1:?}: platform specifier component must match {PART_PATTERN}: invalid argument"
    )]
    Part(String, String),
    /// A `%` without two digits: the text, what it should be, and the three characters.
    #[error("{text:?} has an invalid OS {what} {part:?}: invalid URL escape {escape:?}")]
    Escape {
        /// The whole text.
        text: String,
        /// `version` or `feature`.
        what: &'static str,
        /// The part of the text.
        part: String,
        /// What is wrong in it.
        escape: String,
    },
    /// One word that is neither.
    #[error("{0:?}: unknown operating system or architecture: invalid argument")]
    Unknown(String),
    /// More than three parts.
    #[error("{0:?}: cannot parse platform specifier: invalid argument")]
    Parts(String),
}

/// The patterns, as Go's `%q` prints them.
const OS_PATTERN: &str =
    r#""^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$""#;
const PART_PATTERN: &str = r#""^[A-Za-z0-9_.-]+$""#;

const KNOWN_OS: &str = "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris \
     windows zos";
const KNOWN_ARCHITECTURES: &str = "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le \
     mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm";

impl Default for Platform {
    /// `linux/amd64`: what the simulated engine runs on.
    fn default() -> Self {
        Self::new("linux", "amd64", "")
    }
}

impl Platform {
    fn new(os: &str, architecture: &str, variant: &str) -> Self {
        Self {
            os: os.to_owned(),
            architecture: architecture.to_owned(),
            variant: variant.to_owned(),
            os_version: String::new(),
            os_features: Vec::new(),
        }
    }

    /// Reads a platform; what it does not say is as in `host`.
    ///
    /// # Errors
    /// If the text is no platform.
    pub fn parse(text: &str, host: &Self) -> Result<Self, PlatformError> {
        if text.contains('*') {
            return Err(PlatformError::Wildcard(text.to_owned()));
        }
        let parts: Vec<_> = text.splitn(4, '/').collect();
        let first = parts.first().copied().unwrap_or_default();
        let mut it = os(first, text)?;
        for part in parts.iter().skip(1) {
            let is_part = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'-');
            if part.is_empty() || !part.bytes().all(is_part) {
                return Err(PlatformError::Part((*part).to_owned(), text.to_owned()));
            }
        }
        match parts.as_slice() {
            [_] if is_one_of(KNOWN_OS, &it.os) => {
                it.architecture.clone_from(&host.architecture);
                if it.architecture == "arm" && host.variant != "v7" {
                    it.variant.clone_from(&host.variant);
                }
                Ok(it)
            }
            [one] => {
                it.set_architecture(one, "");
                if !is_one_of(KNOWN_ARCHITECTURES, &it.architecture) {
                    return Err(PlatformError::Unknown(text.to_owned()));
                }
                it.os.clone_from(&host.os);
                Ok(it)
            }
            [_, architecture] => {
                it.set_architecture(architecture, "");
                Ok(it)
            }
            [_, architecture, variant] => {
                (it.architecture, it.variant) = normal_architecture(architecture, variant);
                if it.architecture == "arm64" && it.variant.is_empty() {
                    "v8".clone_into(&mut it.variant);
                }
                Ok(it)
            }
            _ => Err(PlatformError::Parts(text.to_owned())),
        }
    }

    /// Sets an architecture without a variant: `v7` of `arm` is not said.
    fn set_architecture(&mut self, architecture: &str, variant: &str) {
        (self.architecture, self.variant) = normal_architecture(architecture, variant);
        if self.architecture == "arm" && self.variant == "v7" {
            self.variant.clear();
        }
    }

    /// The platform in its canonical spelling: `x86_64` is `amd64`, `arm64/v8` is `arm64`, `arm` is `arm/v7`.
    #[must_use]
    pub fn normalized(&self) -> Self {
        let (architecture, variant) = normal_architecture(&self.architecture, &self.variant);
        let mut os_features = self.os_features.clone();
        crate::order::sort_by(&mut os_features, Ord::cmp);
        os_features.dedup();
        let os_version = self.os_version.clone();
        Self { os: normal_os(&self.os), architecture, variant, os_version, os_features }
    }

    /// `os/architecture[/variant]`, without the options of the operating system.
    pub fn short(&self) -> String {
        self.format("")
    }

    fn format(&self, options: &str) -> String {
        if self.os.is_empty() {
            return "unknown".to_owned();
        }
        let mut text = self.os.clone() + options;
        for part in [&self.architecture, &self.variant] {
            if !part.is_empty() {
                text.push('/');
                text.push_str(part);
            }
        }
        text
    }
}

impl fmt::Display for Platform {
    /// The platform with the version and the features of its operating system.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut options = encoded(&self.os_version);
        let mut features: Vec<&String> = self.os_features.iter().collect();
        crate::order::sort_by(&mut features, Ord::cmp);
        for it in features {
            options.push('+');
            options.push_str(&encoded(it));
        }
        if !options.is_empty() {
            options = format!("({options})");
        }
        f.write_str(&self.format(&options))
    }
}

impl FromStr for Platform {
    type Err = PlatformError;

    /// Reads a platform; what it does not say is as in `linux/amd64`.
    fn from_str(text: &str) -> Result<Self, PlatformError> {
        Self::parse(text, &Self::default())
    }
}

/// The first part: `os` or `os(version+feature…)`.
fn os(part: &str, text: &str) -> Result<Platform, PlatformError> {
    let wrong = || PlatformError::Os(part.to_owned(), text.to_owned());
    let (name, options) = match part.split_once('(') {
        Some((name, options)) => (name, Some(options.strip_suffix(')').ok_or_else(wrong)?)),
        None => (part, None),
    };
    let is_name = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    let is_option = |it: u8| is_name(it) || matches!(it, b'.' | b'%');
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(wrong());
    }
    let mut it = Platform::new(&normal_os(name), "", "");
    for (at, option) in options.into_iter().flat_map(|it| it.split('+')).enumerate() {
        if !option.bytes().all(is_option) || (at > 0 && option.is_empty()) {
            return Err(wrong());
        }
        let decoded = |what| {
            decoded(option).map_err(|escape| PlatformError::Escape {
                text: text.to_owned(),
                what,
                part: option.to_owned(),
                escape,
            })
        };
        if at == 0 {
            it.os_version = decoded("version")?;
        } else {
            it.os_features.push(decoded("feature")?);
        }
    }
    Ok(it)
}

fn is_one_of(words: &str, word: &str) -> bool {
    words.split(' ').any(|it| it == word)
}

fn normal_os(os: &str) -> String {
    match os.to_ascii_lowercase().as_str() {
        "" => "linux".to_owned(),
        "macos" => "darwin".to_owned(),
        it => it.to_owned(),
    }
}

/// Architecture and variant in their canonical spelling.
fn normal_architecture(architecture: &str, variant: &str) -> (String, String) {
    let (architecture, variant) = (architecture.to_ascii_lowercase(), variant.to_ascii_lowercase());
    let (architecture, variant) = match (architecture.as_str(), variant.as_str()) {
        ("i386", _) => ("386", ""),
        ("x86_64" | "x86-64" | "amd64", "v1") => ("amd64", ""),
        ("x86_64" | "x86-64" | "amd64", it) => ("amd64", it),
        ("aarch64" | "arm64", "8" | "v8" | "v8.0") => ("arm64", ""),
        ("aarch64" | "arm64", "9" | "9.0" | "v9.0") => ("arm64", "v9"),
        ("aarch64" | "arm64", it) => ("arm64", it),
        ("armhf", _) | ("arm", "" | "7") => ("arm", "v7"),
        ("armel", _) | ("arm", "6") => ("arm", "v6"),
        ("arm", "5") => ("arm", "v5"),
        ("arm", "8") => ("arm", "v8"),
        other => other,
    };
    (architecture.to_owned(), variant.to_owned())
}

/// An option with the characters that mean something written as `%XX`.
fn encoded(text: &str) -> String {
    let mut coded = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '%' | '+' | '(' | ')' | '/' => coded.push_str(&format!("%{:02X}", u32::from(it))),
            it => coded.push(it),
        }
    }
    coded
}

/// The text of an option; an error is the part that is no `%XX`.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        // Only ASCII gets here.
        let digits = after.get(..2).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let Some(byte) = digits.and_then(|it| u8::from_str_radix(it, 16).ok()) else {
            return Err(format!("%{}", after.get(..2).unwrap_or(after)));
        };
        bytes.push(byte);
        rest = after.get(2..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
