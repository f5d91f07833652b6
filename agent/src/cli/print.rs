//! Text for a terminal: aligned columns, and nothing that moves the cursor.

/// A wider cell does not make its column wider.
const MAX_WIDTH: usize = 72;

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
            let widths = cells.map(|it| it.chars().count());
            // What is wider stands out, and the rest is not moved far to the right.
            widths.filter(|it| *it <= MAX_WIDTH).max().unwrap_or_default()
        };
        let widths: Vec<_> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            text.push_str(indent);
            let mut blanks = 0;
            for (cell, width) in row.iter().zip(&widths).filter(|it| !it.0.is_empty() || *it.1 > 0)
            {
                if !cell.is_empty() {
                    text.extend(std::iter::repeat_n(' ', blanks));
                    text.push_str(cell);
                    blanks = 0;
                }
                blanks += width.saturating_sub(cell.chars().count()) + 2;
            }
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
