//! The tree that BuildKit's text parser makes of a Dockerfile, and its dump: a format of tests.

use dockwright::{
    json,
    syntax::{
        Form, Heredoc, Instruction, InstructionKind as Kind, Keyword, Parse, list, parse, words,
    },
    text::LineIndex,
};
use serde_json::{Map, Value, json};

/// A line of the tree: an instruction.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) value: String,
    pub(super) original: String,
    pub(super) flags: Vec<String>,
    pub(super) args: Vec<String>,
    /// The instruction behind `ONBUILD`.
    pub(super) child: Option<Box<Node>>,
    /// Whether the arguments are a JSON array.
    pub(super) json: bool,
    /// The first and the last line; zeros for a child.
    pub(super) lines: (u32, u32),
    pub(super) heredocs: Vec<Value>,
    pub(super) prev_comment: Vec<String>,
}

/// The nodes of a file.
pub(super) fn nodes(source: &str, parse: &Parse<'_>) -> Vec<Node> {
    let index = LineIndex::new(source);
    let each = |it: &Instruction<'_>| Node {
        lines: lines(&index, it),
        heredocs: it.heredocs.iter().map(|it| heredoc(it, source)).collect(),
        original: it.original(source).into_owned(),
        prev_comment: parse.doc_texts(it, source).map(str::to_owned).collect(),
        ..node(it, parse.escape)
    };
    parse.instructions.iter().map(each).collect()
}

/// The first and the last line of an instruction.
pub(super) fn lines(index: &LineIndex<'_>, it: &Instruction<'_>) -> (u32, u32) {
    (index.line(it.span.start), index.line(it.span.end))
}

fn node(it: &Instruction<'_>, escape: char) -> Node {
    let flags = it.flags();
    let flags = flags.iter().map(|flag| match &flag.value {
        Some(value) => format!("--{}={value}", flag.name),
        None => format!("--{}", flag.name),
    });
    let arguments = it.arguments();
    let (args, json) = args(it, escape);
    let child = match &it.kind {
        Kind::Onbuild(onbuild) => Some(node(&onbuild.instruction, escape)),
        // What Docker refuses behind ONBUILD is read all the same.
        Kind::Broken(Some(Keyword::Onbuild)) if !arguments.is_empty() => {
            Some(child(&arguments, escape))
        }
        _ => None,
    };
    let child = child.map(Box::new);
    Node {
        value: it.word().to_owned(),
        original: it.line.to_string(),
        flags: flags.collect(),
        args,
        json,
        child,
        ..Node::default()
    }
}

/// The instruction behind `ONBUILD`, which has no lines of its own.
fn child(text: &str, escape: char) -> Node {
    let directive = if escape == '`' { "# escape=`\n" } else { "" };
    let source = format!("{directive}{text}");
    let parse = parse(&source);
    parse.instructions.first().map(|it| node(it, parse.escape)).unwrap_or_default()
}

/// The arguments as the text parser cuts them, and whether they are a JSON array.
fn args(it: &Instruction<'_>, escape: char) -> (Vec<String>, bool) {
    let pairs = |pairs: &[dockwright::syntax::instruction::env::Pair<'_>], legacy: bool| {
        let separator = if legacy { "" } else { "=" };
        let three = |it: &dockwright::syntax::instruction::env::Pair<'_>| {
            [it.name.to_string(), it.value.to_string(), separator.to_owned()]
        };
        (pairs.iter().flat_map(three).collect(), false)
    };
    match &it.kind {
        Kind::Cmd(it) => form(&it.command),
        Kind::Entrypoint(it) => form(&it.command),
        Kind::Run(it) => form(&it.command),
        Kind::Env(it) => pairs(&it.pairs, it.legacy),
        Kind::Label(it) => pairs(&it.pairs, it.legacy),
        Kind::Shell(it) => (it.words.iter().map(ToString::to_string).collect(), true),
        Kind::Onbuild(_) => (Vec::new(), false),
        kind => raw(kind.keyword(), &it.arguments(), escape),
    }
}

fn form(form: &Form<'_>) -> (Vec<String>, bool) {
    match form {
        Form::Exec(words) => (words.iter().map(ToString::to_string).collect(), true),
        Form::Shell(text) if text.is_empty() => (Vec::new(), false),
        Form::Shell(text) => (vec![text.to_string()], false),
    }
}

/// The same from the text: of what is kept in another form, and of what is broken for another reason.
fn raw(keyword: Option<Keyword>, text: &str, escape: char) -> (Vec<String>, bool) {
    let line = || if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    let split = || list(text).map(str::to_owned).collect();
    match keyword {
        // It is read as one empty word.
        None => (vec![String::new()], false),
        Some(Keyword::Add | Keyword::Copy | Keyword::Volume) => match array(text) {
            Some(words) => (words, true),
            None => (split(), false),
        },
        Some(Keyword::Expose | Keyword::From) => (split(), false),
        Some(Keyword::Arg | Keyword::Env | Keyword::Label) => {
            (words(text, escape).map(str::to_owned).collect(), false)
        }
        Some(Keyword::Healthcheck) => health(text),
        Some(Keyword::Onbuild) => (Vec::new(), false),
        Some(Keyword::Cmd | Keyword::Entrypoint | Keyword::Run | Keyword::Shell) => {
            match array(text) {
                Some(words) => (words, true),
                None => (line(), false),
            }
        }
        Some(Keyword::Maintainer | Keyword::Stopsignal | Keyword::User | Keyword::Workdir) => {
            (line(), false)
        }
    }
}

/// A word, and a command in one of its forms.
fn health(text: &str) -> (Vec<String>, bool) {
    let Some(word) = list(text).next() else { return (Vec::new(), false) };
    let rest = text.get(word.len()..).unwrap_or_default().trim_start();
    let mut args = vec![word.to_owned()];
    if rest.is_empty() {
        return (args, false);
    }
    match array(rest) {
        Some(words) => {
            args.extend(words);
            (args, true)
        }
        None => {
            args.push(rest.to_owned());
            (args, false)
        }
    }
}

fn array(text: &str) -> Option<Vec<String>> {
    let json::Value::Array(items) = json::parse(text)? else { return None };
    items.iter().map(|it| it.text().map(str::to_owned)).collect()
}

/// A here-document, its body as written.
pub(super) fn heredoc(it: &Heredoc<'_>, source: &str) -> Value {
    json!({
        "name": it.name.as_str(),
        "content": it.body.slice(source),
        "expand": it.expand,
        "chomp": it.strip_tabs,
        "fd": it.descriptor,
    })
}

impl Node {
    /// The node as an object; what is empty is left out.
    pub(super) fn value(&self) -> Value {
        let (start, end) = self.lines;
        let mut args: Vec<Value> = self.args.iter().map(|it| json!(it)).collect();
        args.extend(self.child.iter().map(|it| json!({ "children": [it.value()] })));
        let mut fields = Map::new();
        let mut add = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
        add("value", json!(self.value));
        add("original", json!(self.original));
        add("args", args.into());
        add("start", start.into());
        add("end", end.into());
        if !self.flags.is_empty() {
            add("flags", json!(self.flags));
        }
        if self.json {
            add("json", true.into());
        }
        if !self.heredocs.is_empty() {
            add("heredocs", json!(self.heredocs));
        }
        if !self.prev_comment.is_empty() {
            add("prev_comment", json!(self.prev_comment));
        }
        fields.into()
    }

    /// The node as an S-expression.
    fn dump(&self) -> String {
        let mut text = self.value.to_lowercase();
        if !self.flags.is_empty() {
            let flags: Vec<_> = self.flags.iter().map(|it| go_quoted(it)).collect();
            text.push_str(&format!(" [{}]", flags.join(" ")));
        }
        if let Some(child) = &self.child {
            text.push_str(&format!(" ({})", child.dump()));
        }
        for it in &self.args {
            text.push(' ');
            text.push_str(&go_quoted(it));
        }
        text
    }
}

/// The dump of a file.
pub(super) fn dump(nodes: &[Node]) -> String {
    nodes.iter().map(|it| format!("({})\n", it.dump())).collect()
}

/// A text in double quotes, as Go's `%q` writes it.
pub(super) fn go_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' | '\\' => quoted.extend(['\\', it]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\u{b}' => quoted.push_str("\\v"),
            '\0'..' ' | '\u{7f}' => quoted.push_str(&format!("\\x{:02x}", u32::from(it))),
            '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(it)));
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}
