//! Writes tar archives: contexts of builds, and images to load. The oldest form will do: short names, files and folders.

use anyhow::{Context, Result, ensure};

/// An archive in memory.
#[derive(Default)]
pub(crate) struct Tar(Vec<u8>);

const BLOCK: usize = 512;

impl Tar {
    /// Adds a file.
    pub(crate) fn file(&mut self, name: &str, mode: u32, content: &[u8]) -> Result<()> {
        ensure!(name.len() <= 100, "the name is too long for this kind of archive: {name}");
        let mut header = Header([0; BLOCK]);
        header.put(0, name)?;
        header.put(100, &format!("{mode:07o}"))?;
        header.put(108, &format!("{:07o}", 0))?;
        header.put(116, &format!("{:07o}", 0))?;
        header.put(124, &format!("{:011o}", content.len()))?;
        header.put(136, &format!("{:011o}", 0))?;
        header.put(148, "        ")?;
        header.put(156, "0")?;
        header.put(257, "ustar\x0000")?;
        let sum: u32 = header.0.iter().map(|byte| u32::from(*byte)).sum();
        header.put(148, &format!("{sum:06o}\0 "))?;
        self.0.extend(header.0);
        self.0.extend(content);
        self.0.resize(self.0.len().next_multiple_of(BLOCK), 0);
        Ok(())
    }

    /// The finished archive.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.0.resize(self.0.len() + 2 * BLOCK, 0);
        self.0
    }
}

struct Header([u8; BLOCK]);

impl Header {
    fn put(&mut self, at: usize, text: &str) -> Result<()> {
        let field = self.0.get_mut(at..at + text.len()).context("a field outside the header")?;
        field.copy_from_slice(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Write,
        process::{Command, Stdio},
    };

    #[test]
    fn the_system_reads_it() {
        let mut tar = Tar::default();
        tar.file("Dockerfile", 0o644, b"FROM scratch\n").unwrap();
        tar.file("dir/run.sh", 0o755, &[b'x'; 600]).unwrap();
        let mut list = Command::new("tar")
            .args(["-tvf", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        list.stdin.take().unwrap().write_all(&tar.finish()).unwrap();
        let output = list.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let words: Vec<Vec<&str>> =
            text.lines().map(|line| line.split_whitespace().collect()).collect();
        let [first, second] = words.as_slice() else { panic!("{text}") };
        assert_eq!((first[0], first[2], first[5]), ("-rw-r--r--", "13", "Dockerfile"));
        assert_eq!((second[0], second[2], second[5]), ("-rwxr-xr-x", "600", "dir/run.sh"));
    }
}
