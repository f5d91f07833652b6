//! The `--format` of lists: `{{.Field}}`, `table …`, `json`.

use super::columns;
use crate::{json::Value, order::Map};

/// Rows printed with a format. `headers` names the fields, in the order of each row's cells.
pub(super) fn print(format: &str, headers: &[(&str, &str)], rows: &[Vec<String>]) -> String {
    let format = if format == "json" { "{{json .}}" } else { format };
    let (is_table, format) = match format.strip_prefix("table ") {
        Some(rest) => (true, rest),
        None => (false, format),
    };
    let format = format.replace("\\t", "\t").replace("\\n", "\n");
    if !is_table {
        return rows.iter().map(|it| format!("{}\n", fill(&format, headers, it))).collect();
    }
    let header: Vec<String> = headers.iter().map(|it| it.1.to_owned()).collect();
    let lines = std::iter::once(&header).chain(rows).map(|it| fill(&format, headers, it));
    let cells: Vec<Vec<String>> =
        lines.map(|it| it.split('\t').map(str::to_owned).collect()).collect();
    columns::set(&cells)
}

fn fill(format: &str, headers: &[(&str, &str)], row: &[String]) -> String {
    let mut text = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        let Some((action, behind)) = after.split_once("}}") else {
            text.push_str("{{");
            rest = after;
            break;
        };
        text.push_str(&value(action.trim(), headers, row));
        rest = behind;
    }
    text.push_str(rest);
    text
}

fn value(action: &str, headers: &[(&str, &str)], row: &[String]) -> String {
    if action == "json ." {
        let pairs = headers.iter().map(|it| it.0.to_owned()).zip(row.iter().cloned());
        return Value::from(&pairs.collect::<Map<_>>()).to_string();
    }
    let name = action.strip_prefix('.').unwrap_or_default();
    let found = headers.iter().zip(row).find(|it| it.0.0 == name);
    // An unknown field is an error in Docker's template library; here it is visible and does no harm.
    match found {
        Some((_, value)) => value.clone(),
        None => format!("<unknown field {action}>"),
    }
}
