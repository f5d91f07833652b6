//! `--env-file` and `--label-file`: lines of `NAME=value`, as docker/cli `pkg/kvfile` reads them.

use super::{Outside, Run};

/// Gives the bytes of a file, or why not, in the system's words: `open x: no such file or directory`.
pub type Open<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

impl Run {
    /// The same command with the lines of `--env-file` and `--label-file` in front of what `-e` and `-l` say, and with
    /// values for `-e NAME`. A variable that is not outside stays a name alone: it takes the image's away.
    ///
    /// # Errors
    /// In Docker's words, if a file cannot be opened or has a wrong line.
    pub fn resolve(mut self, open: Open<'_>, outside: Outside<'_>) -> Result<Self, String> {
        let mut env = Vec::new();
        for name in std::mem::take(&mut self.env_files) {
            env.extend(read(&name, open, Some(outside))?);
        }
        for entry in self.env {
            match outside(&entry) {
                Some(value) if !entry.contains('=') => env.push(format!("{entry}={value}")),
                Some(_) | None => env.push(entry),
            }
        }
        self.env = env;
        let mut labels = Vec::new();
        for name in std::mem::take(&mut self.label_files) {
            labels.extend(read(&name, open, None)?);
        }
        labels.append(&mut self.labels);
        self.labels = labels;
        Ok(self)
    }
}

fn read(name: &str, open: Open<'_>, outside: Option<Outside<'_>>) -> Result<Vec<String>, String> {
    let bytes = open(name)?;
    lines(&bytes, outside).map_err(|it| format!("invalid env file ({name}): {it}"))
}

/// The lines that count. `outside` gives the value of a `NAME` alone; without it, such lines do not count.
fn lines(bytes: &[u8], outside: Option<Outside<'_>>) -> Result<Vec<String>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut found = Vec::new();
    for (at, line) in bytes.split(|it| *it == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Ok(line) = std::str::from_utf8(line) else {
            let shown: Vec<_> = line.iter().map(ToString::to_string).collect();
            let shown = shown.join(" ");
            return Err(format!("invalid utf8 bytes at line {}: [{shown}]", at + 1));
        };
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, has_value) = match line.split_once('=') {
            Some((key, _)) => (key, true),
            None => (line, false),
        };
        if key.is_empty() {
            return Err(format!("no variable name on line '{line}'"));
        }
        if key.contains(char::is_whitespace) {
            return Err(format!("variable '{key}' contains whitespaces"));
        }
        if has_value {
            found.push(line.to_owned());
        } else if let Some(value) = outside.and_then(|it| it(key)) {
            found.push(format!("{key}={value}"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[u8], expected: Result<&[&str], &str>) {
        let outside = |name: &str| (name == "HERE").then(|| "1".to_owned());
        let open = |name: &str| match name {
            "f" => Ok(text.to_vec()),
            _ => Err("open g: no such file or directory".to_owned()),
        };
        let run = Run { env_files: vec!["f".to_owned()], ..Run::default() };
        let found = run.resolve(&open, &outside).map(|it| it.env);
        let expected = expected
            .map(|it| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
            .map_err(str::to_owned);
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_variable() {
        check(
            b"\xef\xbb\xbfA=1\r\n  # no\n\n  B= x y \nHERE\nNOT\nC=",
            Ok(&["A=1", "B= x y ", "HERE=1", "C="]),
        );
        check(b"=1", Err("invalid env file (f): no variable name on line '=1'"));
        check(b"A B=1", Err("invalid env file (f): variable 'A B' contains whitespaces"));
        check(
            b"A=1\nB=\xff",
            Err("invalid env file (f): invalid utf8 bytes at line 2: [66 61 255]"),
        );
    }

    #[test]
    fn files_come_before_flags() {
        let words = |it: &str| vec![it.to_owned()];
        let run = Run {
            env: words("A=2"),
            env_files: words("f"),
            labels: words("l=2"),
            label_files: words("f"),
            ..Run::default()
        };
        let open = |_: &str| Ok(b"A=1\nNAME".to_vec());
        let run = run.resolve(&open, &|_| Some("x".to_owned())).unwrap();
        assert_eq!(
            (run.env.join(" "), run.labels.join(" ")),
            ("A=1 NAME=x A=2".to_owned(), "A=1 l=2".to_owned())
        );
        let missing = Run { env_files: words("g"), ..Run::default() };
        let open = |it: &str| Err(format!("open {it}: no such file or directory"));
        let wrong = missing.resolve(&open, &|_| None).unwrap_err();
        assert_eq!(wrong, "open g: no such file or directory");
    }
}
