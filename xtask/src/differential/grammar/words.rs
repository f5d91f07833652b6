//! Values: quoted, escaped and expanded in every odd form.

use super::Grammar;
use crate::engine::Generation;

const LETTERS: &[&str] = &[
    "a", "b", "x1", "foo", "bar", "Hello", "0", "42", "v1.2", "a-b", "a_b", "é", "日本", "a,b",
    "a=b", "a:b", "/usr/bin", "a#b", "#", "*", "?", "[a]", "{}", "a;b", "a&b", "<x>", "~", "%d",
    "@", "!", "(a)", "|", "^", "+",
];

/// What a person may name a variable.
pub(super) const NAMES: &[&str] =
    &["A", "B", "C", "V", "FOO", "foo", "x1", "_y", "PATH", "HOME", "LONG_NAME", "P"];

impl Grammar {
    /// A value without anything special, for `--build-arg` and `--label`.
    pub(super) fn plain_value(&mut self) -> String {
        self.random.one(&["", "1", "given", "two words", "a=b", "é", "x:y", "$A", "'q'"]).into()
    }

    /// A variable's name; most are set.
    pub(super) fn name(&mut self) -> String {
        if !self.names.is_empty() && self.random.chance(75) {
            return self.random.one(&self.names.clone());
        }
        self.random.one(NAMES).into()
    }

    /// A word of some pieces, without a space outside quotes.
    pub(super) fn word(&mut self) -> String {
        let count = if self.random.chance(60) { 1 } else { self.random.between(1, 4) };
        (0..count).map(|_| self.piece()).collect()
    }

    /// A word that is not empty and does not start as something else would.
    pub(super) fn safe_word(&mut self) -> String {
        self.random.one(&["a", "b", "x1", "foo", "bar", "v1.2", "a-b", "a_b", "42"]).into()
    }

    fn piece(&mut self) -> String {
        let escape = self.escape;
        match self.random.below(20) {
            0..=7 => self.random.one(LETTERS).into(),
            8..=10 => self.variable(),
            11 | 12 => format!("\"{}\"", self.inside_double()),
            13 | 14 => format!("'{}'", self.inside_single()),
            15 => format!(
                "{escape}{}",
                self.random.one(&["$", "\"", "'", "n", "a", " ", "t", "{", "}"])
            ),
            16 => format!("{escape}{escape}"),
            17 => "\"\"".into(),
            18 => "''".into(),
            _ => format!("{}{}", self.random.one(LETTERS), self.variable()),
        }
    }

    fn inside_double(&mut self) -> String {
        let count = self.random.between(0, 4);
        let escape = self.escape;
        (0..count)
            .map(|_| match self.random.below(10) {
                0..=3 => self.random.one(LETTERS).into(),
                4 | 5 => " ".into(),
                6 => self.variable(),
                7 => format!("{escape}{}", self.random.one(&["\"", "$", "n", "'", "x"])),
                8 => "'".into(),
                _ => format!("{escape}{escape}"),
            })
            .collect()
    }

    fn inside_single(&mut self) -> String {
        let count = self.random.between(0, 4);
        (0..count)
            .map(|_| self.random.one(&["a", " ", "$A", "\"", "${V}", "b c", "é", "=", "#", "  "]))
            .collect()
    }

    /// `$name` in one of its forms.
    pub(super) fn variable(&mut self) -> String {
        let name = self.name();
        match self.random.below(16) {
            0..=4 => format!("${name}"),
            5..=8 => format!("${{{name}}}"),
            9 | 10 => format!("${{{name}:-{}}}", self.substitute(0)),
            11 => format!("${{{name}:+{}}}", self.substitute(0)),
            12 => self.modern(&name),
            13 => format!("${{{name}:?{}}}", self.random.one(&["no", "is missing", ""])).replace(
                "${",
                // Most of these are set: an error ends the case.
                if self.names.contains(&name) { "${" } else { "$A${B:-" },
            ),
            14 => self
                .random
                .one(&["$", "$1", "$@", "$*", "$?", "$-", "$$", "$!", "$0", "$12"])
                .into(),
            _ => format!("${{{name}}}{}", self.random.one(&["", "x", ".", "-", "}"])),
        }
    }

    /// Forms that came after the engine of the article.
    fn modern(&mut self, name: &str) -> String {
        if self.engine == Generation::V20 {
            return format!("${{{name}}}");
        }
        let kinds = if self.engine == Generation::V26 { 7 } else { 9 };
        match self.random.below(kinds) {
            0 => format!("${{{name}-{}}}", self.substitute(0)),
            1 => format!("${{{name}+{}}}", self.substitute(0)),
            2 | 3 => format!("${{{name}#{}}}", self.pattern()),
            4 => format!("${{{name}##{}}}", self.pattern()),
            5 => format!("${{{name}%{}}}", self.pattern()),
            6 => format!("${{{name}%%{}}}", self.pattern()),
            7 => format!("${{{name}/{}/{}}}", self.pattern(), self.random.one(&["", "R", "$A"])),
            _ => format!("${{{name}//{}/{}}}", self.pattern(), self.random.one(&["", "R", "-"])),
        }
    }

    fn pattern(&mut self) -> String {
        self.random
            .one(&[
                "*", "a", "?", "a*", "*b", "f?o", "x1", "/*", "*/", "*.", "g*n", "\\*", "é", "o",
            ])
            .into()
    }

    fn substitute(&mut self, depth: usize) -> String {
        match self.random.below(9) {
            0..=3 => self.random.one(&["d", "default", "a b", "x/y", "", "é", "1"]).into(),
            4 => format!("\"{}\"", self.random.one(&["q", "q r", "$A", ""])),
            5 => format!("'{}'", self.random.one(&["s", "s t", "$A"])),
            6 => format!("${}", self.name()),
            7 if depth < 2 => {
                let name = self.name();
                format!("${{{name}:-{}}}", self.substitute(depth + 1))
            }
            _ => "z".into(),
        }
    }

    /// The text of a shell form: what the builder does not look into.
    pub(super) fn shell_text(&mut self) -> String {
        let count = self.random.between(1, 5);
        let words: Vec<String> = (0..count)
            .map(|_| match self.random.below(8) {
                0..=4 => self.word(),
                5 => "&&".into(),
                6 => "\"a  b\"".into(),
                _ => "$(date)".into(),
            })
            .collect();
        let text = words.join(if self.random.chance(10) { "   " } else { " " });
        // What begins with a bracket may be read as JSON, a dash as a flag: other rules write those.
        if text.starts_with(['[', '-', '#', '<']) { format!("x{text}") } else { text }
    }

    /// A list in JSON.
    pub(super) fn json_list(&mut self, least: usize) -> String {
        let count = self.random.between(least, 3);
        let words: Vec<String> = (0..count).map(|_| self.json_string()).collect();
        let space = |on: bool| if on { " " } else { "" };
        let [a, b, c] = [30, 70, 10].map(|it| space(self.random.chance(it)));
        format!("[{a}{}{a}]{c}", words.join(&format!("{c},{b}")))
    }

    fn json_string(&mut self) -> String {
        let count = self.random.between(0, 3);
        let parts = [
            "a",
            "b c",
            "$A",
            "${V}",
            "\\n",
            "\\t",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u00e9",
            "\\ud83d\\ude00",
            "é",
            "'",
            "-c",
            "/bin/sh",
            "<",
            "&",
            "\\u003c",
            "\\ud800",
            "=",
            "#",
        ];
        let text: String = (0..count).map(|_| self.random.one(&parts)).collect();
        format!("\"{text}\"")
    }

    /// What looks like JSON and is not: then it is a shell form.
    pub(super) fn broken_json(&mut self) -> String {
        let whole = self.json_list(1);
        match self.random.below(6) {
            0 => whole.replace('"', "'"),
            1 => whole.replace(']', ",]"),
            2 => whole.replace(']', ""),
            3 => format!("[{whole}"),
            4 => whole.replacen('"', "", 1),
            _ => "[\"a\", \"C:\\x\"]".into(),
        }
    }
}
