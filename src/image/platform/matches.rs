//! Which images run on a machine.

use crate::image::Platform;

/// Windows Server 2022: from here on, hosts run containers of older builds too.
const STABLE_BUILD: u16 = 20_348;

impl Platform {
    /// Whether a machine of this platform runs images for `image`: its own and older variants of its architecture,
    /// `386` on `amd64`, `arm` on `arm64`. Follows `platforms.Only` of containerd.
    pub fn runs(&self, image: &Self) -> bool {
        let machine = self.normalized();
        machine.is(image) || machine.older().iter().any(|it| it.is(image))
    }

    /// Whether `image` is for this platform and no other one. Follows `platforms.OnlyStrict` of containerd.
    pub fn is_exactly(&self, image: &Self) -> bool {
        self.normalized().is(image)
    }

    /// Whether the two are the same, where `self` is normalized and may have more features.
    fn is(&self, image: &Self) -> bool {
        let Self { os, architecture, variant, os_version, os_features } = image.normalized();
        self.os == os
            && self.architecture == architecture
            && self.normalized().variant == variant
            && (self.os != "windows" || windows_runs(&self.os_version, &os_version))
            && os_features.iter().all(|it| self.os_features.contains(it))
    }

    /// The platforms whose images run here too, the best first.
    fn older(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut add = |architecture: &str, variant: String| {
            let architecture = architecture.to_owned();
            found.push(Self { architecture, variant, ..self.clone() });
        };
        // Only two digits: a variant is not a place to count to billions.
        let number = |it: &str| it.parse::<u8>().ok().filter(|it| *it < 100);
        let version = self.variant.trim_start_matches('v');
        match self.architecture.as_str() {
            "amd64" => {
                for it in (1..number(version).unwrap_or(1)).rev() {
                    add("amd64", format!("v{it}"));
                }
                add("386", String::new());
            }
            "arm" => {
                for it in (5..number(version).unwrap_or(5)).rev() {
                    add("arm", format!("v{it}"));
                }
            }
            "arm64" => {
                let version = if version.is_empty() { "8" } else { version };
                let (major, minor) = version.split_once('.').unwrap_or((version, ""));
                // Go reads a second number of one digit only.
                let minor = if self.variant.len() == 4 { number(minor).unwrap_or(0) } else { 0 };
                let mut minors = |major: u8, below: u8| {
                    for it in (0..below).rev() {
                        add(
                            "arm64",
                            if it == 0 { format!("v{major}") } else { format!("v{major}.{it}") },
                        );
                    }
                };
                match number(major) {
                    Some(9) => {
                        minors(9, minor);
                        // v9.0 came out of v8.5, and v8 ends with v8.9.
                        minors(8, minor.min(4) + 6);
                    }
                    Some(major) if major >= 8 => minors(major, minor),
                    Some(_) | None => (),
                }
                let arm = match major {
                    "9" if version.contains('.') => "v8",
                    "8" => "v8",
                    _ => self.variant.as_str(),
                };
                add("arm", arm.to_owned());
                let arm = number(arm.trim_start_matches('v')).unwrap_or(5);
                for it in (5..arm).rev() {
                    add("arm", format!("v{it}"));
                }
            }
            _ => (),
        }
        found
    }
}

/// Whether a Windows host of one version runs containers of another; what is not known fits.
fn windows_runs(host: &str, container: &str) -> bool {
    let Some(host) = windows_version(host) else { return true };
    if container.is_empty() {
        return true;
    }
    let (major, minor, build) = windows_version(container).unwrap_or_default();
    if (host.0, host.1) != (major, minor) {
        return false;
    }
    if host.2 < STABLE_BUILD { host.2 == build } else { (STABLE_BUILD..=host.2).contains(&build) }
}

fn windows_version(text: &str) -> Option<(u8, u8, u16)> {
    let mut parts = text.split('.');
    let (major, minor, build) = (parts.next()?, parts.next()?, parts.next()?);
    let version = (major.parse().ok()?, minor.parse().ok()?, build.parse().ok()?);
    (version != (0, 0, 0)).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The images that a machine runs, of those that stand behind it.
    #[track_caller]
    fn check(machine: &str, images: &str, expected: &str) {
        let machine: Platform = machine.parse().unwrap();
        let (mut runs, mut exactly) = (Vec::new(), Vec::new());
        for text in images.split(' ') {
            let image: Platform = text.parse().unwrap();
            runs.extend(machine.runs(&image).then_some(text));
            exactly.extend(machine.is_exactly(&image).then_some(text));
        }
        assert_eq!(format!("{} | {}", runs.join(" "), exactly.join(" ")), expected);
    }

    #[test]
    fn a_machine_runs_what_is_older() {
        check("amd64", "amd64 386 arm64 linux/amd64/v2 windows/amd64", "amd64 386 | amd64");
        check(
            "linux/amd64/v3",
            "amd64 linux/amd64/v2 linux/amd64/v3 linux/amd64/v4",
            "amd64 linux/amd64/v2 linux/amd64/v3 | linux/amd64/v3",
        );
        check("arm", "arm armel linux/arm/v5 linux/arm/v8 arm64", "arm armel linux/arm/v5 | arm");
        check("linux/arm/v6", "arm armel linux/arm/v5", "armel linux/arm/v5 | armel");
        check(
            "arm64",
            "arm64 linux/arm64/v8 linux/arm/v8 arm linux/arm64/v8.1",
            "arm64 linux/arm64/v8 linux/arm/v8 arm | arm64 linux/arm64/v8",
        );
        check(
            "linux/arm64/v9.1",
            "arm64 linux/arm64/v9 linux/arm64/v9.2 linux/arm64/v8.6 linux/arm64/v8.7 arm",
            "arm64 linux/arm64/v9 linux/arm64/v8.6 arm | ",
        );
        check("riscv64", "riscv64 arm64", "riscv64 | riscv64");
        check("linux/amd64/v18446744073709551616", "amd64", " | ");
    }

    #[test]
    fn features_must_be_there() {
        check(
            "linux(+a+b)",
            "linux linux(+a) linux(+b+a) linux(+c)",
            "linux linux(+a) linux(+b+a) | linux linux(+a) linux(+b+a)",
        );
        check("linux", "linux(+a)", " | ");
    }

    #[test]
    fn windows_has_versions() {
        check(
            "windows(10.0.17763)/amd64",
            "windows/amd64 windows(10.0.17763.1)/amd64 windows(10.0.20348)/amd64 windows(x)/amd64",
            "windows/amd64 windows(10.0.17763.1)/amd64 | windows/amd64 windows(10.0.17763.1)/amd64",
        );
        check(
            "windows(10.0.22621)/amd64",
            "windows(10.0.20348)/amd64 windows(10.0.20347)/amd64 windows(10.0.22622)/amd64",
            "windows(10.0.20348)/amd64 | windows(10.0.20348)/amd64",
        );
        check(
            "windows/amd64",
            "windows(10.0.1)/amd64 linux",
            "windows(10.0.1)/amd64 | windows(10.0.1)/amd64",
        );
    }
}
