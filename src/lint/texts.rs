//! What a file says: without comments, and with what is in here-documents.

use crate::{lint::checker::Checker, syntax::Text};

/// The lines of all instructions, and their here-documents, in order of place.
pub(super) fn texts<'c>(checker: &Checker<'c>) -> impl Iterator<Item = Text<'c>> {
    let source = checker.source();
    checker.parse().instructions.iter().flat_map(move |it| {
        let documents = it.heredocs.iter().map(move |it| Text::new(it.body.slice(source), it.body));
        std::iter::once(it.line.clone()).chain(documents)
    })
}
