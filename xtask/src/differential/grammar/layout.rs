//! How instructions are laid out: continued lines, comments, blank lines, letter case.

use super::Grammar;

impl Grammar {
    /// The text of a file.
    pub(super) fn lay_out(&mut self, lines: &[String]) -> String {
        let mut text = String::new();
        let end = if self.random.chance(5) { "\r\n" } else { "\n" };
        for (at, line) in lines.iter().enumerate() {
            if at > 0 && self.random.chance(6) {
                text += self.random.one(&["", "# comment", "  # indented", "#", "\t"]);
                text += end;
            }
            let line = self.keyword(line);
            let line = if line.starts_with('#') || line.contains('\n') {
                line
            } else {
                self.continued(&line, end)
            };
            text += &line.replace("\r\n", "\n").replace('\n', end);
            if at + 1 < lines.len() || !self.random.chance(5) {
                text += end;
            }
        }
        text
    }

    fn keyword(&mut self, line: &str) -> String {
        let Some((word, rest)) = line.split_once(' ').filter(|_| !line.starts_with('#')) else {
            return line.to_owned();
        };
        let indent = if self.random.chance(3) { self.random.one(&[" ", "\t", "   "]) } else { "" };
        let gap = if self.random.chance(4) { self.random.one(&["  ", "\t", " \t "]) } else { " " };
        let word = match self.random.below(20) {
            0 => word.to_lowercase(),
            1 => {
                let (first, others) = word.split_at_checked(1).unwrap_or_default();
                first.to_owned() + &others.to_lowercase()
            }
            _ => word.to_owned(),
        };
        format!("{indent}{word}{gap}{rest}")
    }

    /// Breaks a line somewhere, once or more.
    fn continued(&mut self, line: &str, end: &str) -> String {
        if !self.random.chance(12) {
            return line.to_owned();
        }
        let escape = self.escape;
        let mut text = String::new();
        let mut rest = line;
        for _ in 0..self.random.between(1, 3) {
            let places: Vec<usize> =
                rest.char_indices().map(|it| it.0).filter(|it| *it > 8).collect();
            let at_space: Vec<usize> = places
                .iter()
                .copied()
                .filter(|at| rest.get(*at..).is_some_and(|it| it.starts_with(' ')))
                .collect();
            let places = if self.random.chance(75) { at_space } else { places };
            if places.is_empty() {
                break;
            }
            let at = self.random.one(&places);
            let Some((before, after)) = rest.split_at_checked(at) else { break };
            // Two in a row are one that does not continue the line.
            if before.ends_with(escape) {
                break;
            }
            text += &format!("{before}{escape}{}{end}", self.random.one(&["", "", "", " ", "\t "]));
            if self.random.chance(20) {
                text += self.random.one(&["# comment", "  # indented", "", "   ", "#"]);
                text += end;
            }
            rest = after;
        }
        text + rest
    }
}
