//! XML: what Checkstyle and `JUnit` print.

use std::fmt::Write as _;

use super::Seen;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Checkstyle's form: a `file` for each file, an `error` for each finding.
pub(super) fn checkstyle(seen: &Seen<'_>) -> String {
    let mut text = format!("{HEAD}<checkstyle version=\"4.3\">\n");
    for report in seen.reports {
        let _infallible = writeln!(text, "  <file name=\"{}\">", escaped(&report.name));
        for it in seen.of(report, &report.linted.shown) {
            let _infallible = writeln!(
                text,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"{}\"/>",
                it.start.line,
                it.start.column,
                if it.level == "style" { "info" } else { it.level },
                escaped(&it.it.message),
                it.code,
            );
        }
        text.push_str("  </file>\n");
    }
    text.push_str("</checkstyle>\n");
    text
}

/// `JUnit`'s form: a suite for each file, a failed case for each finding; one that passed for a file without any.
pub(super) fn junit(seen: &Seen<'_>) -> String {
    let total: usize = seen.reports.iter().map(|it| it.linted.shown.len()).sum();
    let mut text = format!("{HEAD}<testsuites name=\"dockwright\" failures=\"{total}\">\n");
    for report in seen.reports {
        let found = seen.of(report, &report.linted.shown);
        let name = escaped(&report.name);
        let _infallible = writeln!(
            text,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\">",
            found.len().max(1),
            found.len()
        );
        if found.is_empty() {
            let _infallible = writeln!(text, "    <testcase name=\"{name}\" classname=\"lint\"/>");
        }
        for it in found {
            let message = escaped(&it.it.message);
            let _infallible = writeln!(
                text,
                "    <testcase name=\"{} line {}\" classname=\"{name}\"><failure type=\"{}\" message=\"{message}\"/></testcase>",
                it.code, it.start.line, it.level
            );
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

/// Text for an attribute. What XML cannot hold at all becomes the sign for that.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _infallible = write!(escaped, "&#{};", u32::from(it));
            }
            it if it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            it => escaped.push(it),
        }
    }
    escaped
}
