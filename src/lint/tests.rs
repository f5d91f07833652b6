//! Every example in a rule's documentation is a test.
//!
//! A `bad` block gives exactly the marked findings, a `good` block none. A `fixed` block is what the
//! repairs make of the `bad` block above it, and gives none either. A mark is a comment under the line
//! it marks; its `#` marks the first column if `^` follows it.

use super::{RULES, Rule, Settings, lint_with, rules, settings::LabelKind, shell::CHECKS};
use crate::{
    diagnostic::{Diagnostic, Fix},
    syntax::parse,
    text::{LineIndex, Span, to_u32},
};

struct Block<'d> {
    kind: &'d str,
    text: String,
    marks: Vec<(Span, &'d str)>,
}

fn blocks(docs: &'static str) -> Vec<Block<'static>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut is_open = false;
    for line in docs.lines().map(|it| it.strip_prefix(' ').unwrap_or(it)) {
        if let Some(info) = line.strip_prefix("```") {
            is_open = !is_open;
            if is_open {
                let kind = info.strip_prefix("dockerfile ").expect("a Dockerfile");
                blocks.push(Block { kind, text: String::new(), marks: Vec::new() });
            }
        } else if let Some(block) = blocks.last_mut().filter(|_| is_open) {
            match mark(line) {
                Some((from, to, message)) => {
                    let start = to_u32(block.text.trim_end().rfind('\n').map_or(0, |it| it + 1));
                    let start = if from == to { 0 } else { start };
                    block.marks.push((Span::new(start + from, start + to), message));
                }
                None => block.text.push_str(&format!("{line}\n")),
            }
        }
    }
    blocks
}

/// `#  ^^^ message`: the columns, and the message; `#! message` is one about the whole file.
fn mark(line: &str) -> Option<(u32, u32, &str)> {
    let rest = line.strip_prefix('#')?;
    // What is said of the file as a whole stands nowhere.
    if let Some(message) = rest.strip_prefix("! ") {
        return Some((0, 0, message));
    }
    let carets = rest.trim_start_matches(' ');
    let message = carets.trim_start_matches('^');
    if message.len() == carets.len() {
        return None;
    }
    let from = if carets.len() == rest.len() { 0 } else { line.len() - carets.len() };
    Some((to_u32(from), to_u32(line.len() - message.len()), message.trim()))
}

fn findings(rule: &Rule, source: &str) -> Vec<Diagnostic> {
    let parse = parse(source);
    if !rule.code.starts_with("DW0") && !rule.is_of_reader() {
        assert_eq!(parse.errors, [], "{rule:?}: {source}");
    }
    // A rule about comments needs to know what they silence.
    let mut settings = if rule.code.starts_with("DW90") {
        let mut settings = Settings::default();
        settings.select(rule.code).unwrap();
        settings
    } else {
        Settings::only(rule)
    };
    tell(rule, &mut settings);
    let found = lint_with(source, &parse, &settings).shown;
    found.into_iter().filter(|it| it.code == rule.code).collect()
}

/// Says what the examples of a rule that needs to be told something say in words.
fn tell(rule: &Rule, settings: &mut Settings) {
    let texts = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
    let options = &mut settings.options;
    if rule.code == "DW104" {
        options.trusted_registries = texts(&["docker.io", "*.example.org"]);
    }
    if rule.code.starts_with("DW80") || rule.code == "DW810" {
        let (key, kind) = match rule.code {
            "DW806" => ("org.opencontainers.image.created", LabelKind::Time),
            "DW807" => ("org.opencontainers.image.licenses", LabelKind::Licence),
            "DW808" => ("org.opencontainers.image.revision", LabelKind::Hash),
            "DW809" => ("org.opencontainers.image.version", LabelKind::Version),
            "DW810" => ("maintainer", LabelKind::Email),
            _ => ("org.opencontainers.image.source", LabelKind::Url),
        };
        options.labels = vec![(key.to_owned(), kind)];
        options.strict_labels = true;
    }
    if rule.code == "DW617" {
        options.secret_commands = vec![("npm ci".to_owned(), "npmrc".to_owned())];
    }
}

fn check(rule: &Rule) {
    let mut fixed = None;
    let mut marks = 0;
    for block in blocks(rule.docs) {
        let found = findings(rule, &block.text);
        let spans: Vec<_> = found.iter().map(|it| (it.span, it.message.as_ref())).collect();
        assert_eq!(spans, block.marks, "{rule:?}: {}", block.text);
        marks += block.marks.len();
        match block.kind {
            "bad" => {
                assert!(!found.is_empty(), "{rule:?}: nothing is marked in {}", block.text);
                let edits = found.iter().filter_map(|it| it.fix.clone()).flat_map(|it| it.edits);
                let fix = Fix::safe("all", edits.collect());
                fixed = fix.apply(&block.text);
            }
            "fixed" => assert_eq!(fixed.take().as_deref(), Some(block.text.as_str()), "{rule:?}"),
            "good" => (),
            other => panic!("{rule:?}: what is a block of the kind `{other}`?"),
        }
    }
    assert!(marks > 0, "{rule:?} has no example");
}

#[test]
fn examples_are_true() {
    // All of them, so that one run shows all that is wrong.
    let failed: Vec<_> =
        rules().filter(|it| std::panic::catch_unwind(|| check(it)).is_err()).collect();
    assert_eq!(failed, Vec::<&Rule>::new());
}

#[test]
fn rules_are_listed_by_code_and_explained() {
    for (list, start) in [(RULES, "DW"), (CHECKS, "SC")] {
        let codes: Vec<_> = list.iter().map(|it| it.code).collect();
        assert!(codes.is_sorted(), "{codes:?}");
        assert!(codes.iter().all(|it| it.starts_with(start)), "{codes:?}");
    }
    let mut names: Vec<_> = rules().map(|it| it.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "two rules have one name");
    for rule in rules() {
        let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        assert!(rule.name.chars().all(is_plain), "{rule:?}");
        assert!(rule.docs.contains("```dockerfile bad"), "{rule:?}");
    }
}

/// `code line:column message` for each finding of all rules and of the parser.
#[track_caller]
fn check_all(source: &str, expected: &[&str]) {
    let lines = LineIndex::new(source);
    let found: Vec<_> = super::lint(source)
        .iter()
        .map(|it| {
            let place = lines.line_col(it.span.start);
            format!("{} {}:{} {}", it.code, place.line, place.column, it.message)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn errors_and_findings_come_in_order_of_place() {
    check_all(
        "FROM debian\nNOPE\nCMD x\nMAINTAINER me\nENV\n",
        &[
            "DW101 1:6 `debian` has no tag, so it means `debian:latest`",
            "DW001 2:1 unknown instruction: NOPE (did you mean COPY?)",
            "DW706 3:5 this `CMD` runs in a shell, which does not pass signals on",
            "DW716 4:1 `MAINTAINER` is deprecated",
            "DW004 5:1 ENV requires at least one argument",
        ],
    );
}

#[test]
fn repairs_fit_where_they_are_made() {
    let fix = |source: &str| {
        let found = super::lint(source);
        found.iter().find_map(|it| it.fix.as_ref()).and_then(|it| it.apply(source))
    };
    let cases = [
        (
            "# escape=`\nFROM a:1\nMAINTAINER a`$ \"b\"\r\n",
            "# escape=`\nFROM a:1\nLABEL org.opencontainers.image.authors=\"a```$ `\"b`\"\"\r\n",
        ),
        ("FROM a:1\nMAINTAINER \"Jo\"", "FROM a:1\nLABEL org.opencontainers.image.authors=\"Jo\""),
        (
            "FROM a:1\nMAINTAINER a \\\n b",
            "FROM a:1\nLABEL org.opencontainers.image.authors=\"a  b\"",
        ),
        ("FROM a:1\nCMD [ \\\n # no\n\"x\"]\nCMD [\"y\"]", "FROM a:1\nCMD [\"y\"]"),
    ];
    for (source, expected) in cases {
        assert_eq!(fix(source).as_deref(), Some(expected));
    }
    assert_eq!(fix("FROM a:1\nMAINTAINER a \\\n# who\nb"), None);
    assert_eq!(fix("FROM a:1\nCMD X=1 python && b"), None);
}
