//! Keeps what a group's programs print: whole in a file, the closing lines for the screen.

use crate::{
    daemon::tail,
    program::{start, wait},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

/// No program of a group takes longer: it hangs.
const LIMIT: Duration = Duration::from_mins(15);

/// Of a failure, so much is shown; the rest is in the file.
const SHOWN: usize = 150;

/// The log of one group.
pub(super) struct Log {
    file: PathBuf,
}

impl Log {
    /// An empty log `dir/NAME.log`.
    pub(super) fn new(dir: &Path, name: &str) -> Result<Self> {
        fs::create_dir_all(dir)?;
        let file = dir.join(format!("test-{name}.log"));
        File::create(&file).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self { file })
    }

    /// Runs a program; when it fails, the error is what it printed.
    pub(super) fn run(&mut self, command: &mut Command) -> Result<()> {
        let mut out = OpenOptions::new().append(true).open(&self.file)?;
        writeln!(out, "$ {command:?}")?;
        let begin = out.seek(SeekFrom::End(0))?;
        command.stdin(Stdio::null()).stdout(out.try_clone()?).stderr(out);
        let status = wait(start(command)?, Some(LIMIT));
        let shown = || -> Result<String> {
            let mut file = File::open(&self.file)?;
            file.seek(SeekFrom::Start(begin))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(tail(&String::from_utf8_lossy(&bytes), SHOWN))
        };
        let status = status.with_context(|| shown().unwrap_or_default())?;
        ensure!(
            status.success(),
            "{}\n{command:?}: {status}; all of it is in {}",
            shown()?,
            self.file.display()
        );
        Ok(())
    }

    /// What the test runners say at their end.
    pub(super) fn closing_lines(&self) -> Vec<String> {
        closing_lines(&fs::read_to_string(&self.file).unwrap_or_default())
    }
}

fn closing_lines(log: &str) -> Vec<String> {
    let plain = without_colours(log);
    let lines = plain.lines().map(str::trim).filter(|line| is_closing(line));
    lines.map(str::to_owned).collect()
}

fn is_closing(line: &str) -> bool {
    let counts = |start: &str| {
        line.strip_prefix(start)
            .is_some_and(|rest| rest.trim_start().starts_with(|it: char| it.is_ascii_digit()))
    };
    let is_playwright = || {
        let mut words = line.split(' ');
        words.next().is_some_and(|word| word.parse::<u32>().is_ok())
            && words.next() == Some("passed")
            && words.next().is_some_and(|word| word.starts_with('('))
    };
    // Of cargo's, those without tests say nothing.
    let is_cargo = line.starts_with("test result:") && !line.contains(" 0 passed; 0 failed;");
    let is_differential = line.starts_with("Docker ") && line.ends_with(" unexplained");
    is_cargo || is_differential || counts("Tests ") || is_playwright()
}

fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain += before;
        rest = after.trim_start_matches(|it: char| it.is_ascii_digit() || it == ';');
        rest = rest.strip_prefix('m').unwrap_or(rest);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_the_runners() {
        for (line, expected) in [
            ("test result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.1s", true),
            ("Docker 20.10, buildkit, seed 1: 9 cases in 1 s, 0 unexplained", true),
            ("test result: ok. 0 passed; 0 failed; 0 ignored; finished in 0.0s", false),
            ("test result: FAILED. 0 passed; 1 failed; 0 ignored", true),
            (
                "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m12 passed\u{1b}[39m\u{1b}[22m (12)",
                true,
            ),
            ("  7 passed (12.3s)", true),
            ("  ✓  1 [chromium] › e2e/page.spec.ts:1:1 › 7 passed (1s)", false),
            ("test parse::tests::x ... ok", false),
        ] {
            assert_eq!(closing_lines(line).len() == 1, expected, "{line}");
        }
    }

    #[test]
    fn a_failure_shows_what_was_printed() {
        let dir = std::env::temp_dir().join(format!("dockwright-log-{}", std::process::id()));
        let mut log = Log::new(&dir, "x").unwrap();
        log.run(Command::new("echo").arg("fine")).unwrap();
        let error = log
            .run(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]))
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("out\nerr\n") && error.contains("exit status: 3"), "{error}");
        fs::remove_dir_all(dir).unwrap();
    }
}
