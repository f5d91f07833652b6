//! One line for each finding.

use std::fmt::Write as _;

use super::Seen;
use crate::cli::print::printable;

/// `file:line:column: level[code] message`.
pub(super) fn text(seen: &Seen<'_>) -> String {
    let mut text = String::new();
    for it in seen.all() {
        let (file, message) = (printable(it.file), printable(&it.it.message));
        let (line, column) = (it.start.line, it.start.column);
        let _infallible =
            writeln!(text, "{file}:{line}:{column}: {}[{}] {message}", it.level, it.code);
    }
    text
}
