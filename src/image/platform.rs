//! What machines an image is for: `os/architecture[/variant]`.

use std::fmt;

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

impl Default for Platform {
    /// `linux/amd64`: what the simulated engine runs on.
    fn default() -> Self {
        Self {
            os: "linux".to_owned(),
            architecture: "amd64".to_owned(),
            variant: String::new(),
            os_version: String::new(),
            os_features: Vec::new(),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { os, architecture, variant, .. } = self;
        write!(f, "{os}/{architecture}")?;
        if variant.is_empty() { Ok(()) } else { write!(f, "/{variant}") }
    }
}
