//! Text for a terminal: aligned columns, and nothing that moves the cursor.

/// Rows whose cells stand below each other.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Adds a row. Cells are made printable.
    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows.push(cells.iter().map(|it| printable(it)).collect());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, each after `indent`.
    pub(super) fn text(&self, indent: &str) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|it| it.get(at));
            cells.map(|it| it.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<_> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = indent.to_owned();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(&format!("{cell:<width$}  "));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The text without characters that a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for it in text.chars() {
        if it.is_control() || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            shown.extend(it.escape_default());
        } else {
            shown.push(it);
        }
    }
    shown
}

/// Words as a JSON array, or `-` if there is none.
pub(super) fn words(words: Option<&[String]>) -> String {
    match words {
        Some(words) => {
            let words: Vec<_> = words.iter().map(|it| dockwright::json::quoted(it)).collect();
            format!("[{}]", words.join(", "))
        }
        None => "-".to_owned(),
    }
}

/// A line and the lines below it: `line 3` or `lines 3-5`.
pub(super) fn lines((first, last): (u32, u32)) -> String {
    if first == last { format!("line {first}") } else { format!("lines {first}-{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::default();
        table.row(["a", "b", "c"]);
        table.row(["äöü", "", "x\u{1b}[2J\n"]);
        assert_eq!(table.text(" "), " a    b  c\n äöü     x\\u{1b}[2J\\n\n");
        assert_eq!(printable("a\u{202e}b"), "a\\u{202e}b");
    }
}
