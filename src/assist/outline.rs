//! A file at a glance: its stages, and what is in them.

use crate::{
    scope::{Stage, Stages},
    syntax::{Instruction, Parse},
    text::Span,
};

/// A longer text of an instruction is cut.
const MAX_TEXT: usize = 60;

/// A line of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// What else there is to say: the image of a stage.
    pub detail: String,
    /// What it is.
    pub kind: EntryKind,
    /// All of it.
    pub span: Span,
    /// Its name in the source, or its first word.
    pub name_span: Span,
    /// What is in it.
    pub children: Vec<Entry>,
}

/// What a line of an outline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A stage.
    Stage,
    /// An instruction.
    Instruction,
}

/// The outline of a file.
pub fn outline(parse: &Parse<'_>) -> Vec<Entry> {
    let stages = Stages::new(parse);
    let mut all: Vec<_> = stages.global.iter().map(instruction).collect();
    all.extend(stages.list.iter().enumerate().map(|(at, it)| stage(&stages, at, it)));
    all
}

fn stage(stages: &Stages<'_, '_>, at: usize, it: &Stage<'_, '_>) -> Entry {
    let name = it.from.and_then(|it| it.name.as_ref());
    Entry {
        name: match name {
            Some(it) => it.to_string(),
            None => stages.display_name(at),
        },
        detail: it.from.map_or(String::new(), |it| it.image.to_string()),
        kind: EntryKind::Stage,
        span: it.body.last().map_or(it.head.span, |last| it.head.span.to(last.span)),
        name_span: name.map_or(it.head.keyword(), |it| it.span),
        children: it.body.iter().map(instruction).collect(),
    }
}

fn instruction(it: &Instruction<'_>) -> Entry {
    let line: Vec<_> = it.line.split_whitespace().collect();
    let line = line.join(" ");
    let name = match line.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    };
    Entry {
        name,
        detail: String::new(),
        kind: EntryKind::Instruction,
        span: it.span,
        name_span: it.keyword(),
        children: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    fn lines(all: &[Entry], source: &str, indent: usize, text: &mut String) {
        for it in all {
            let Entry { name, detail, kind, span, name_span, children } = it;
            assert!(span.to(*name_span) == *span);
            let kind = if *kind == EntryKind::Stage { "stage" } else { "-" };
            let place = name_span.slice(source);
            text.push_str(&format!("{:indent$}{kind} {name} [{detail}] {place}\n", ""));
            lines(children, source, indent + 2, text);
        }
    }

    #[test]
    fn stages_hold_their_instructions() {
        let source = "ARG V=1\nFROM a:$V AS One\nRUN one \\\n   two   # x\nNOPE\nFROM b\n";
        let mut text = String::new();
        lines(&outline(&parse(source)), source, 0, &mut text);
        expect_test::expect![[r#"
            - ARG V=1 [] ARG
            stage One [a:$V] One
              - RUN one two # x [] RUN
              - NOPE [] NOPE
            stage stage-1 [b] FROM
        "#]]
        .assert_eq(&text);
        let long = format!("FROM a\nRUN {}", "é".repeat(99));
        let all = outline(&parse(&long));
        assert_eq!(all[0].children[0].name, format!("RUN {}…", "é".repeat(56)));
    }
}
