//! Programs that the tests need, and the Debian packages that have them.

use crate::program::{find, output, program};
use anyhow::{Result, ensure};
use std::{fs::File, io::Read, path::Path};

/// Program and package.
const PACKAGES: &[(&str, &str)] = &[
    ("busybox", "busybox-static"),
    ("chromedriver", "chromium-driver"),
    ("chromium", "chromium"),
    ("containerd", "containerd"),
    ("docker-registry", "docker-registry"),
    ("dockerd", "docker.io"),
    ("htpasswd", "apache2-utils"),
    ("ip", "iproute2"),
    ("iptables", "iptables"),
    ("mmdebstrap", "mmdebstrap"),
];

/// Installs what is missing of `programs`: by itself as root on Debian; else it says how, and fails.
pub(crate) fn install(programs: &[&str]) -> Result<()> {
    let missing: Vec<&str> = programs.iter().copied().filter(|name| !is_there(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> =
        PACKAGES.iter().filter(|(name, _)| missing.contains(name)).map(|it| it.1).collect();
    let names = missing.join(", ");
    let packages_line = packages.join(" ");
    ensure!(
        find("apt-get").is_some(),
        "the tests need programs that are not here: {names}. On Debian they come with \
         `apt-get install --no-install-recommends {packages_line}`; install them the way of this system"
    );
    ensure!(
        rustix::process::geteuid().is_root(),
        "the tests need programs that are not here: {names}. Install them with \
         `sudo apt-get update && sudo apt-get install --no-install-recommends {packages_line}`; as root this is done for you"
    );
    println!("{:>8}  {packages_line}", "apt-get");
    output(program("apt-get").args(["update", "-q"]))?;
    let mut install = program("apt-get");
    install
        .args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends"])
        .args(&packages);
    output(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
    let still: Vec<&str> = missing.into_iter().filter(|name| !is_there(name)).collect();
    ensure!(
        still.is_empty(),
        "`apt-get install {packages_line}` succeeded, but these are still missing: {}",
        still.join(", ")
    );
    Ok(())
}

/// The busybox that many systems have needs libraries, which our image has not.
fn is_there(name: &str) -> bool {
    find(name).is_some_and(|file| name != "busybox" || is_static(&file))
}

/// A program that needs libraries names its loader at its beginning.
fn is_static(file: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(file).and_then(|file| file.take(4096).read_to_end(&mut start));
    read.is_ok() && !start.windows(3).any(|bytes| bytes == b"/ld")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_and_missing_ones_named() {
        install(&["sh", "tar"]).unwrap();
        assert!(find("no-such-program").is_none());
        assert!(!is_static(&find("cat").unwrap()), "cat needs libc");
        assert!(is_static(Path::new("/etc/os-release")));
        assert!(!is_static(Path::new("/no/such/file")));
    }

    #[test]
    fn packages_are_sorted_and_named_once() {
        assert!(PACKAGES.is_sorted());
    }
}
