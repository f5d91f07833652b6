//! What an editor offers to do about findings.

use dockwright::{
    assist::silence,
    diagnostic::{Edit, Fix, Safety},
    lint::fix::fix,
    syntax::parse,
    text::{Span, to_u32},
};
use lsp_types::{CodeAction, CodeActionKind, TextEdit, WorkspaceEdit};
use similar::{DiffTag, TextDiff};

use super::{
    diagnostics,
    documents::{Document, Looked},
    position::Places,
};

/// Larger files are mended as a whole only if somebody asks for just that: editors ask at each move of the cursor.
const MAX_ASKED_BY_THE_WAY: usize = 200_000;

/// Mends all that is safe, under the name that other tools do not share.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.dockwright");

/// What can be done about findings that touch a part of a file.
pub(super) fn of(
    document: &Document,
    places: &Places<'_>,
    part: Span,
    only: Option<&[CodeActionKind]>,
    edit: impl Fn(Vec<TextEdit>) -> WorkspaceEdit,
) -> Vec<CodeAction> {
    let Some(looked) = &document.looked else { return Vec::new() };
    let is_wanted = |kind: &CodeActionKind| {
        only.is_none_or(|only| only.iter().any(|it| is_within(kind.as_str(), it.as_str())))
    };
    let mut all = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        let touches = |it: Span| it.start <= part.end && part.start <= it.end;
        let found = looked.linted.shown.iter().filter(|it| touches(it.span));
        let found: Vec<_> = found.collect();
        let source = document.text.as_str();
        let parsed = parse(source);
        let silenced = found
            .iter()
            .map(|it| (*it, silence(source, &parsed, std::slice::from_ref(*it), ""), false));
        let mended = found.iter().map(|it| (*it, it.fix.clone(), true));
        for (it, fix, is_mended) in mended.chain(silenced) {
            let Some(Fix { title, safety, edits }) = fix else { continue };
            let title = match safety {
                Safety::Safe => title.into_owned(),
                Safety::Unsafe => format!("{title} (may change the image)"),
                // Something has to be decided first.
                Safety::Display => continue,
            };
            all.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostics::one(it, document, places)]),
                edit: Some(edit(edits.iter().map(|it| text_edit(it, places)).collect())),
                is_preferred: (safety == Safety::Safe && is_mended).then_some(true),
                ..CodeAction::default()
            });
        }
    }
    if is_wanted(&FIX_ALL) && (only.is_some() || document.text.len() <= MAX_ASKED_BY_THE_WAY) {
        all.extend(fix_all(document, looked, places, edit));
    }
    all
}

/// Whether a kind is another one or a part of it: `source.fixAll.x` is within `source`.
fn is_within(kind: &str, whole: &str) -> bool {
    kind.strip_prefix(whole)
        .is_some_and(|it| whole.is_empty() || it.is_empty() || it.starts_with('.'))
}

fn fix_all(
    document: &Document,
    looked: &Looked,
    places: &Places<'_>,
    edit: impl Fn(Vec<TextEdit>) -> WorkspaceEdit,
) -> Option<CodeAction> {
    let can_mend = |it: &Fix| it.safety == Safety::Safe;
    looked.linted.shown.iter().find(|it| it.fix.as_ref().is_some_and(can_mend))?;
    let fixed = fix(&document.text, &looked.settings, Safety::Safe);
    let edits = changes(&document.text, &fixed.text);
    (!edits.is_empty()).then(|| CodeAction {
        title: "Fix all that is safe to fix".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit(edits.iter().map(|it| text_edit(it, places)).collect())),
        ..CodeAction::default()
    })
}

/// The lines that differ.
fn changes(before: &str, after: &str) -> Vec<Edit> {
    let diff = TextDiff::from_lines(before, after);
    let starts = |lines: Vec<&str>| {
        let mut all = vec![0];
        let mut at = 0;
        for it in lines {
            at += it.len();
            all.push(at);
        }
        all
    };
    let lines = |text| -> Vec<usize> { starts(str::split_inclusive(text, '\n').collect()) };
    let (old, new) = (lines(before), lines(after));
    let place = |all: &[usize], at: usize| all.get(at).or(all.last()).copied().unwrap_or_default();
    let mut edits = Vec::new();
    for op in diff.ops() {
        let (tag, was, is) = op.as_tag_tuple();
        if tag != DiffTag::Equal {
            let span = Span::new(to_u32(place(&old, was.start)), to_u32(place(&old, was.end)));
            let text = after.get(place(&new, is.start)..place(&new, is.end)).unwrap_or_default();
            edits.push(Edit::replace(span, text));
        }
    }
    edits
}

pub(super) fn text_edit(it: &Edit, places: &Places<'_>) -> TextEdit {
    TextEdit::new(places.range(it.span), it.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_whole_lines() {
        for (before, after, count) in [
            ("a\nb\nc\n", "a\nc\n", 1),
            ("a\nb\nc", "x\nb\nz", 2),
            ("a\r\nb\r\n", "a\r\nb\r\nc", 1),
            ("", "a", 1),
            ("a", "a", 0),
        ] {
            let edits = changes(before, after);
            assert_eq!(edits.len(), count, "{before:?}");
            let fix = Fix::safe("", edits);
            assert_eq!(fix.apply(before).as_deref(), Some(after), "{before:?}");
        }
    }

    #[test]
    fn a_kind_holds_what_is_below_it() {
        for (kind, whole, expected) in [
            ("source.fixAll.dockwright", "source.fixAll", true),
            ("source.fixAll.dockwright", "source", true),
            ("source.fixAll.dockwright", "", true),
            ("source.fixAll.dockwright", "source.fix", false),
            ("quickfix", "source", false),
            ("quickfix", "quickfix", true),
        ] {
            assert_eq!(is_within(kind, whole), expected, "{kind} {whole}");
        }
    }
}
