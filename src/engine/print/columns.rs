//! Columns as Go's tabwriter sets them: at least 10 wide, 3 blanks between, the last one unpadded.

/// Rows of cells to lines of text.
pub fn set(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|it| it.get(at));
        cells.map(|it| it.chars().count() + 3).max().unwrap_or_default().max(10)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let last = row.len().saturating_sub(1);
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            text.push_str(cell);
            if at < last {
                let used = cell.chars().count();
                text.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
            }
        }
        text.push('\n');
    }
    text
}
