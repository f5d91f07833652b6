//! The layers of an image: what each step adds, and what it weighs.

use dockwright::{
    engine::print::units,
    simulate::{
        Build,
        files::{FileChange, tree::Entry},
        layers::{Layer, Layers},
    },
    text::LineIndex,
};
use serde_json::{Value, json};

use super::{
    print::{Table, printable},
    source::Source,
};

/// So many files of a layer are shown.
const SHOWN: usize = 12;

/// The layers with their files.
pub(super) fn text(build: &Build, layers: &Layers, source: &Source) -> String {
    let index = LineIndex::new(&source.text);
    let mut text = String::new();
    for (step, layer) in build.steps.iter().zip(&layers.list).filter(|it| it.1.exists) {
        let line = index.line(step.span.start);
        let size = layer.size.map_or("size not known".to_owned(), units::size);
        let step = printable(&step.text);
        text.push_str(&format!("line {line}  {step}\n  {size}{}\n", wasted(layer)));
        let mut table = Table::default();
        for it in layer.changes.iter().take(SHOWN) {
            let (mark, entry) = change(it);
            let size = entry.and_then(Entry::size).map(units::size).unwrap_or_default();
            let size = if entry.is_some_and(Entry::is_directory) { String::new() } else { size };
            table.row([mark, &it.path, &size]);
        }
        text.push_str(&table.text("  "));
        if let Some(more) = layer.changes.len().checked_sub(SHOWN).filter(|it| *it > 0) {
            text.push_str(&format!("  and {more} more\n"));
        }
    }
    for it in layers.hidden(build) {
        let by = build.steps.get(it.hidden).map(|step| index.line(step.span.start));
        let by = by.map_or(String::new(), |line| format!(" by line {line}"));
        text.push_str(&format!(
            "note: {} stays in the image with {}, although it is hidden{by}\n",
            printable(&it.path),
            units::size(it.bytes)
        ));
    }
    if text.is_empty() { "The image has no layers of its own.\n".to_owned() } else { text }
}

fn wasted(layer: &Layer) -> String {
    match layer.waste {
        0 => String::new(),
        it => format!(", hides {} of layers below", units::size(it)),
    }
}

/// `+` for what is new, `~` for what is another, `-` for what is gone; and the entry there.
fn change(it: &FileChange) -> (&'static str, Option<&Entry>) {
    match (&it.before, &it.after) {
        (None, after) => ("+", after.as_ref()),
        (Some(_), Some(after)) => ("~", Some(after)),
        (Some(before), None) => ("-", Some(before)),
    }
}

/// The same for programs.
pub(super) fn as_json(build: &Build, layers: &Layers, source: &Source) -> Value {
    let index = LineIndex::new(&source.text);
    let pairs = build.steps.iter().zip(&layers.list).enumerate().filter(|it| it.1.1.exists);
    let layers = pairs.map(|(at, (step, layer))| {
        let changes = layer.changes.iter().map(|it| {
            let (mark, entry) = change(it);
            json!({
                "change": mark,
                "path": it.path,
                "size": entry.and_then(Entry::size),
                "mode": entry.map(|it| format!("{:04o}", it.mode)),
            })
        });
        json!({
            "step": at,
            "line": index.line(step.span.start),
            "size": layer.size,
            "waste": layer.waste,
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    layers.collect()
}
