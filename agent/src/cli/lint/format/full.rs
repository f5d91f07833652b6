//! The line, what is wrong in it, and what to do.

use std::fmt::Write as _;

use dockwright::diagnostic::Safety;

use super::Seen;
use crate::cli::report::{Frame, Paint};

/// All findings for people, and how many there are.
pub(super) fn text(seen: &Seen<'_>, paint: Paint) -> String {
    let mut text = String::new();
    let (mut count, mut safe, mut risky) = (0, 0, 0);
    for report in seen.reports {
        let frame = Frame::new(&report.name, &report.text, paint);
        for it in seen.of(report, &report.linted.shown) {
            count += 1;
            match it.it.fix.as_ref().map(|it| it.safety) {
                Some(Safety::Safe) => safe += 1,
                Some(Safety::Unsafe) => risky += 1,
                Some(Safety::Display) | None => (),
            }
            let kind = format!("{}[{}]", it.level, it.code);
            let kind = if it.level == "error" { paint.error(&kind) } else { paint.warning(&kind) };
            text.push_str(&frame.show(&kind, &it.it.message, it.it.span, it.it.help.as_deref()));
        }
    }
    let files = seen.reports.len();
    let files = format!("{files} file{}", if files == 1 { "" } else { "s" });
    let _infallible = match count {
        0 => writeln!(text, "Nothing found in {files}."),
        1 => writeln!(text, "1 finding in {files}."),
        _ => writeln!(text, "{count} findings in {files}."),
    };
    let repairs = |count: u32| if count == 1 { "repair" } else { "repairs" };
    if safe > 0 {
        let _infallible = writeln!(text, "{safe} {} can be made with --fix.", repairs(safe));
    }
    if risky > 0 {
        let _infallible = writeln!(
            text,
            "{risky} {} may change the image: look with --diff --unsafe-fixes.",
            repairs(risky)
        );
    }
    text
}
