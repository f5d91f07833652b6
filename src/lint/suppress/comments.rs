//! Where comments stand that may silence findings: between instructions, inside them, and in scripts.

use super::{Form, Suppression, form};
use crate::{
    syntax::{MarkKind, Parse},
    text::{Span, to_u32},
};

/// All comments that silence findings, in order, without their scopes.
pub(super) fn read(source: &str, parse: &Parse<'_>) -> Vec<Suppression> {
    let mut all = Vec::new();
    if !source.contains('#') {
        return all;
    }
    for it in &parse.directives {
        add(&mut all, source, it.span, true, |_| true);
    }
    for it in &parse.comments {
        add(&mut all, source, *it, false, |_| true);
    }
    for instruction in &parse.instructions {
        for mark in instruction.marks().iter().filter(|it| it.kind == MarkKind::Comment) {
            add(&mut all, source, mark.span, false, |_| true);
        }
        for heredoc in &instruction.heredocs {
            let mut at = heredoc.body.start;
            for line in heredoc.body.slice(source).split_inclusive('\n') {
                let text = line.trim_start();
                let start = at + to_u32(line.len() - text.len());
                at += to_u32(line.len());
                if text.starts_with('#') {
                    let span = Span::new(start, start + to_u32(text.trim_end().len()));
                    // In a file that is written here, another tool's comment is a part of it.
                    let is_ours =
                        |it| matches!(it, Form::Shellcheck | Form::Dockwright | Form::Hadolint);
                    add(&mut all, source, span, false, is_ours);
                }
            }
        }
    }
    crate::order::sort_by_key(&mut all, |it| it.span);
    all
}

fn add(
    all: &mut Vec<Suppression>,
    source: &str,
    span: Span,
    is_top: bool,
    wanted: impl Fn(Form) -> bool,
) {
    let Some(it) = form::read(span.slice(source), span.start, is_top) else { return };
    if wanted(it.form) {
        let form::Read { form, reach, names, reason } = it;
        all.push(Suppression { span, form, reach, scope: None, names, reason });
    }
}
