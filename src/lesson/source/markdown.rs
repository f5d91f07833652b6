//! Prose of a lesson: Markdown to nodes, cut at the headings of the steps.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{lesson::Node, order::Map};

/// The prose of a lesson.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) intro: Vec<Node>,
    pub(super) sections: Vec<Section>,
}

/// The prose of a step.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) body: Vec<Node>,
}

/// Reads the prose, or says everything that may not stand in it.
pub(super) fn read(text: &str) -> Result<Prose, Vec<String>> {
    let mut builder = Builder::default();
    // `:::note` and `:::` stand on lines of their own; what is between them is an aside.
    let mut piece = String::new();
    for line in text.lines() {
        match line.trim_end().strip_prefix(":::") {
            Some("") => {
                builder.read(&std::mem::take(&mut piece));
                builder.close("aside");
            }
            Some(kind) => {
                builder.read(&std::mem::take(&mut piece));
                builder.open("aside", &[("kind", kind.trim())]);
            }
            None => {
                piece.push_str(line);
                piece.push('\n');
            }
        }
    }
    builder.read(&piece);
    builder.finish()
}

#[derive(Default)]
struct Builder {
    prose: Prose,
    /// Elements that are open, with what they hold so far.
    open: Vec<(String, Map<String>, Vec<Node>)>,
    /// The text of a heading of a step.
    heading: Option<(String, String)>,
    errors: Vec<String>,
}

impl Builder {
    fn read(&mut self, text: &str) {
        for event in Parser::new_ext(text, Options::ENABLE_HEADING_ATTRIBUTES) {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H2, id, .. }) => {
                    let id = id.map(|it| it.to_string()).unwrap_or_default();
                    self.heading = Some((id, String::new()));
                }
                Event::End(TagEnd::Heading(HeadingLevel::H2)) => self.section(),
                Event::Start(tag) => self.start(&tag),
                Event::End(tag) => self.end(tag),
                Event::Text(text) => self.text(&text),
                Event::SoftBreak | Event::HardBreak => self.text(" "),
                Event::Code(code) => {
                    if let Some((_, title)) = &mut self.heading {
                        title.push_str(&format!("`{code}`"));
                    } else {
                        self.open("code", &[]);
                        self.text(&code);
                        self.close("code");
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.errors.push(format!("HTML in the prose: `{}`", html.trim()));
                }
                other => self.errors.push(format!("not allowed in the prose: {other:?}")),
            }
        }
    }

    fn section(&mut self) {
        if let Some((id, title)) = self.heading.take() {
            if id.is_empty() {
                self.errors.push(format!("the heading `{title}` needs an id: `{{#step-id}}`"));
            }
            self.prose.sections.push(Section { id, title, body: Vec::new() });
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open("p", &[]),
            Tag::Heading { level: HeadingLevel::H3, .. } => self.open("h3", &[]),
            Tag::BlockQuote(_) => self.open("blockquote", &[]),
            Tag::List(None) => self.open("ul", &[]),
            Tag::List(Some(_)) => self.open("ol", &[]),
            Tag::Item => self.open("li", &[]),
            Tag::Emphasis => self.open("em", &[]),
            Tag::Strong => self.open("strong", &[]),
            Tag::Link { dest_url, .. } => {
                let allowed = dest_url.starts_with("https://") || dest_url.starts_with('#');
                if !allowed {
                    self.errors.push(format!("a link goes to https:// or #…, not to `{dest_url}`"));
                }
                self.open("a", &[("href", dest_url)]);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.open_code(info),
            Tag::CodeBlock(CodeBlockKind::Indented) => self.open("pre", &[]),
            other => {
                self.errors.push(format!("not allowed in the prose: {other:?}"));
                self.open("p", &[]);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let name = match tag {
            TagEnd::Heading(_) => "h3",
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::List(false) => "ul",
            TagEnd::List(true) => "ol",
            TagEnd::Item => "li",
            TagEnd::Emphasis => "em",
            TagEnd::Strong => "strong",
            TagEnd::Link => "a",
            TagEnd::CodeBlock => "pre",
            _ => "p",
        };
        self.close(name);
    }

    /// A block of code: ` ```console {run} `, ` ```dockerfile {open=Dockerfile} `.
    fn open_code(&mut self, info: &str) {
        let (lang, rest) = info.split_once(' ').unwrap_or((info, ""));
        let options = rest.trim().trim_start_matches('{').trim_end_matches('}');
        let mut attrs = vec![("lang", lang)];
        for option in options.split_whitespace() {
            match option.split_once('=') {
                Some(("open", path)) => attrs.push(("open", path)),
                None if option == "run" => attrs.push(("run", "true")),
                Some(_) | None => {
                    self.errors
                        .push(format!("a block of code knows run and open=, not `{option}`"));
                }
            }
        }
        self.open("pre", &attrs);
    }

    fn open(&mut self, tag: &str, attrs: &[(&str, &str)]) {
        let attrs =
            attrs.iter().filter(|it| !it.1.is_empty()).map(|it| (it.0.to_owned(), it.1.to_owned()));
        self.open.push((tag.to_owned(), attrs.collect(), Vec::new()));
    }

    fn close(&mut self, name: &str) {
        match self.open.pop() {
            Some((tag, attrs, children)) if tag == name => {
                self.push(Node::Element { tag, attrs, children });
            }
            Some(_) | None => self.errors.push(format!("the end of a {name} that is not open")),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, title)) = &mut self.heading {
            title.push_str(text);
            return;
        }
        let last = self.open.last_mut().and_then(|it| it.2.last_mut());
        if let Some(Node::Text(last)) = last {
            last.push_str(text);
        } else {
            self.push(Node::Text(text.to_owned()));
        }
    }

    fn push(&mut self, node: Node) {
        if let Some(parent) = self.open.last_mut() {
            parent.2.push(node);
        } else if let Some(section) = self.prose.sections.last_mut() {
            section.body.push(node);
        } else {
            self.prose.intro.push(node);
        }
    }

    fn finish(mut self) -> Result<Prose, Vec<String>> {
        if let Some((tag, ..)) = self.open.last() {
            self.errors.push(format!("a {tag} is not closed"));
        }
        if self.errors.is_empty() { Ok(self.prose) } else { Err(self.errors) }
    }
}
