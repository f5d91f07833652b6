//! `docker ps`.

use super::{ContainerRow, columns, template, units};
use crate::command::{Profile, Ps};

const COMMAND_WIDTH: usize = 20;

const HEADERS: &[(&str, &str)] = &[
    ("ID", "CONTAINER ID"),
    ("Image", "IMAGE"),
    ("Command", "COMMAND"),
    ("RunningFor", "CREATED"),
    ("Status", "STATUS"),
    ("Ports", "PORTS"),
    ("Names", "NAMES"),
    ("Size", "SIZE"),
];

pub(super) fn print(rows: &[ContainerRow], options: &Ps, _profile: Profile, now: i64) -> String {
    if options.quiet {
        return rows.iter().map(|it| format!("{}\n", id(it, options))).collect();
    }
    let mut cells: Vec<Vec<String>> = rows.iter().map(|it| fields(it, options, now)).collect();
    if let Some(format) = options.format.as_deref().filter(|it| *it != "table") {
        return template::print(format, HEADERS, &cells);
    }
    cells.insert(0, HEADERS.iter().map(|it| it.1.to_owned()).collect());
    if !options.size {
        for row in &mut cells {
            row.pop();
        }
    }
    columns::set(&cells)
}

fn fields(row: &ContainerRow, options: &Ps, now: i64) -> Vec<String> {
    let command =
        if options.no_trunc { row.command.clone() } else { ellipsis(&row.command, COMMAND_WIDTH) };
    vec![
        id(row, options),
        row.image.clone(),
        format!("\"{}\"", command.replace('"', "\\\"")),
        units::ago(row.created, now),
        row.status.clone(),
        row.ports.clone(),
        row.names.clone(),
        row.size.clone(),
    ]
}

fn id(row: &ContainerRow, options: &Ps) -> String {
    let short = row.id.get(..12).unwrap_or(&row.id);
    if options.no_trunc { row.id.clone() } else { short.to_owned() }
}

/// A text cut to a number of characters, the last of which is then `…`.
fn ellipsis(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
