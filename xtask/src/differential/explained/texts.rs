//! Texts of errors, and Dockerfiles as another engine reads them.

use crate::differential::case::{Answer, Case};
use dockwright::syntax::parse;

/// Changes the text of an error.
pub(super) fn error(answer: &mut Answer, change: impl FnOnce(&str) -> String) {
    if let Answer::Error(text) = answer {
        *text = change(text);
    }
}

/// The Dockerfile without what stands behind lists in JSON.
pub(super) fn without_text_after_json(case: &Case) -> Option<String> {
    let parse = parse(&case.text);
    let mut text = String::new();
    let mut done = 0;
    for instruction in &parse.instructions {
        let arguments = instruction.arguments();
        let line = instruction.line.as_str();
        let Some(start) = line.len().checked_sub(arguments.len()) else { continue };
        // A health check has its list behind a word.
        let start =
            start + if starts_with_cmd(&arguments) { arguments.find('[').unwrap_or(0) } else { 0 };
        let Some(list) = line.get(start..).filter(|it| it.starts_with('[')) else { continue };
        let mut values = serde_json::Deserializer::from_str(list).into_iter::<Vec<String>>();
        if !matches!(values.next(), Some(Ok(_))) {
            continue;
        }
        let end = start + values.byte_offset();
        if line.get(end..).is_none_or(|it| it.trim().is_empty()) {
            continue;
        }
        let (from, to) = (
            usize::try_from(instruction.span.start).ok()?,
            usize::try_from(instruction.span.end).ok()?,
        );
        text += case.text.get(done..from)?;
        text += line.get(..end)?;
        // The lines behind it keep their numbers.
        let lines = case.text.get(from..to)?.matches('\n').count();
        text += &"\\\n".repeat(lines);
        done = to;
    }
    (done > 0).then(|| text + case.text.get(done..).unwrap_or_default())
}

fn starts_with_cmd(arguments: &str) -> bool {
    let word = arguments.split_whitespace().next().unwrap_or_default();
    word.eq_ignore_ascii_case("cmd")
        && arguments.trim_start().get(3..).is_some_and(|it| it.trim_start().starts_with('['))
}
