//! Annotations of a GitHub workflow: the workflow commands of its documentation.

use std::fmt::Write as _;

use super::Seen;

/// `::warning file=…,line=…,col=…,title=…::message`.
pub(super) fn text(seen: &Seen<'_>) -> String {
    let mut text = String::new();
    for it in seen.all() {
        let level = match it.level {
            "error" => "error",
            "warning" => "warning",
            _ => "notice",
        };
        let _infallible = writeln!(
            text,
            "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            property(it.file),
            it.start.line,
            it.end.line,
            it.start.column,
            it.end.column,
            property(it.code),
            data(&it.it.message),
        );
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
