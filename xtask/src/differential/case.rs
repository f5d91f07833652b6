//! One case: what is built and how, and the two answers that are compared.

use crate::engine::Generation;
use dockwright::order;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// What builds the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Builder {
    /// `docker build`, as it is today.
    BuildKit,
    /// `docker build` with `DOCKER_BUILDKIT=0`: the builder of the article.
    Classic,
    /// `docker import --change` and `docker commit --change`: the classic builder's reading of instructions, fast.
    Import,
    /// `docker run`: what a container is made of.
    Run,
}

impl Builder {
    /// The one that is called so.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::BuildKit, Self::Classic, Self::Import, Self::Run]
            .into_iter()
            .find(|it| it.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::BuildKit => "buildkit",
            Self::Classic => "classic",
            Self::Import => "import",
            Self::Run => "run",
        }
    }
}

/// What is built and how.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) number: u64,
    pub(super) builder: Builder,
    pub(super) engine: Generation,
    /// The Dockerfile.
    pub(super) text: String,
    pub(super) target: Option<String>,
    pub(super) build_args: order::Map<String>,
    pub(super) labels: order::Map<String>,
    /// The `.dockerignore` of the folder that is built, if there is one.
    pub(super) ignore: Option<String>,
    /// Whether the client is an old one, which sends directories that are ignored when an exception may be below.
    pub(super) old_client: bool,
    /// Of a commit: the image of the container; empty for an import.
    pub(super) base: String,
    /// Of a commit or import.
    pub(super) changes: Vec<String>,
    /// Of a container: the number of its image, the words after `docker run`, and what the client asks for them.
    pub(super) image: usize,
    pub(super) words: Vec<String>,
    pub(super) asked: Map<String, Value>,
}

impl Case {
    pub(super) fn new(number: u64, builder: Builder, engine: Generation) -> Self {
        Self {
            number,
            builder,
            engine,
            text: String::new(),
            target: None,
            build_args: order::Map::new(),
            labels: order::Map::new(),
            ignore: None,
            old_client: false,
            base: String::new(),
            changes: Vec::new(),
            image: 0,
            words: Vec::new(),
            asked: Map::new(),
        }
    }

    /// For a person.
    pub(super) fn show(&self) -> String {
        let mut shown = String::new();
        let mut line = |text: std::fmt::Arguments<'_>| {
            // Writing to a `String` cannot fail.
            writeln!(shown, "    {text}").unwrap_or_default();
        };
        if self.builder == Builder::Run {
            line(format_args!("docker run {:?}", self.words));
            line(format_args!("of {}", self.base));
            return shown;
        }
        if self.builder == Builder::Import {
            let from = if self.base.is_empty() { "import" } else { &self.base };
            line(format_args!("{from}"));
            for change in &self.changes {
                line(format_args!("--change {change:?}"));
            }
            return shown;
        }
        for text in self.text.split('\n') {
            line(format_args!("{}", text.replace('\r', "\\r").replace('\t', "\\t")));
        }
        if let Some(target) = &self.target {
            line(format_args!("--target {target:?}"));
        }
        for (name, value) in &self.build_args {
            line(format_args!("--build-arg {name}={value:?}"));
        }
        for (name, value) in &self.labels {
            line(format_args!("--label {name}={value:?}"));
        }
        if let Some(ignore) = &self.ignore {
            line(format_args!(".dockerignore {ignore:?}"));
        }
        shown
    }
}

/// What a build gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    Image(Image),
    Error(String),
}

/// An image's configuration file, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Image {
    /// Without what is empty, for the engine leaves it out, or not, as it pleases.
    pub(super) config: Map<String, Value>,
    pub(super) history: Vec<Row>,
    pub(super) author: String,
    pub(super) platform: String,
}

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    pub(super) created_by: String,
    pub(super) comment: String,
    pub(super) empty_layer: bool,
    pub(super) author: String,
}

impl Answer {
    /// The image, if there is one.
    pub(super) fn image(&mut self) -> Option<&mut Image> {
        match self {
            Self::Image(image) => Some(image),
            Self::Error(_) => None,
        }
    }

    /// The error, if there is one.
    pub(super) fn error(&self) -> Option<&str> {
        match self {
            Self::Image(_) => None,
            Self::Error(text) => Some(text),
        }
    }

    /// One line for each fact, so that two answers can be compared by their lines.
    fn facts(&self) -> Vec<(String, String)> {
        let image = match self {
            Self::Error(text) => return vec![("error".into(), text.clone())],
            Self::Image(image) => image,
        };
        let mut facts: Vec<(String, String)> = image
            .config
            .iter()
            .map(|(key, value)| (format!("config.{key}"), value.to_string()))
            .collect();
        facts.push(("author".into(), image.author.clone()));
        facts.push(("platform".into(), image.platform.clone()));
        facts
    }
}

/// The facts that differ, as `name: expected / real`.
pub(super) fn differences(expected: &Answer, real: &Answer) -> Vec<(String, String, String)> {
    if let (Answer::Error(_), Answer::Image(_)) | (Answer::Image(_), Answer::Error(_)) =
        (expected, real)
    {
        let show = |it: &Answer| it.error().unwrap_or("an image").to_owned();
        return vec![("error".into(), show(expected), show(real))];
    }
    let (left, right) = (expected.facts(), real.facts());
    let find = |facts: &[(String, String)], key: &str| {
        facts.iter().find(|it| it.0 == key).map(|it| it.1.clone())
    };
    let mut names: Vec<&String> = left.iter().chain(&right).map(|it| &it.0).collect();
    names.dedup();
    let mut found: Vec<(String, String, String)> = Vec::new();
    for name in names {
        let (a, b) = (find(&left, name), find(&right, name));
        if a != b && !found.iter().any(|it| it.0 == *name) {
            let show = |it: Option<String>| it.unwrap_or_else(|| "nothing".into());
            found.push((name.clone(), show(a), show(b)));
        }
    }
    if let (Answer::Image(expected), Answer::Image(real)) = (expected, real)
        && expected.history != real.history
    {
        let (left, right) = unlike(&expected.history, &real.history);
        found.push(("history".into(), rows(left), rows(right)));
    }
    found
}

/// Two lists without what is the same at their beginnings and ends.
fn unlike<'r>(mut left: &'r [Row], mut right: &'r [Row]) -> (&'r [Row], &'r [Row]) {
    while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right)
        && a == b
    {
        (left, right) = (left_rest, right_rest);
    }
    while let ([left_rest @ .., a], [right_rest @ .., b]) = (left, right)
        && a == b
    {
        (left, right) = (left_rest, right_rest);
    }
    (left, right)
}

fn rows(rows: &[Row]) -> String {
    let show = |row: &Row| {
        let Row { created_by, comment, empty_layer, author } = row;
        let layer = if *empty_layer { "" } else { " (a layer)" };
        let author = if author.is_empty() { String::new() } else { format!(" by {author:?}") };
        format!("{created_by:?} {comment:?}{layer}{author}")
    };
    rows.iter().map(show).collect::<Vec<_>>().join("\n             ")
}

/// A configuration in the form in which it is compared: what is empty is left out, sets are sorted lists.
pub(super) fn normal(config: &Value) -> Map<String, Value> {
    let mut normal = Map::new();
    for (key, value) in config.as_object().into_iter().flatten() {
        let value = match (key.as_str(), value) {
            ("ExposedPorts" | "Volumes", Value::Object(set)) => {
                Value::Array(set.keys().map(|key| Value::String(key.clone())).collect())
            }
            ("Healthcheck", value) => Value::Object(self::normal(value)),
            (_, value) => value.clone(),
        };
        let is_empty = match &value {
            Value::Null => true,
            Value::Bool(it) => !it,
            Value::Number(it) => it.as_i64() == Some(0),
            Value::String(it) => it.is_empty(),
            Value::Array(it) => it.is_empty(),
            Value::Object(it) => it.is_empty(),
        };
        if !is_empty {
            normal.insert(key.clone(), value);
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_empty_is_left_out_and_sets_are_lists() {
        let config = json!({
            "User": "", "Cmd": null, "Env": ["A="], "ExposedPorts": {"9/tcp": {}, "80/tcp": {}}, "Tty": false,
            "Healthcheck": {"Test": ["NONE"], "Retries": 0}, "Labels": {}
        });
        let expected = json!({"Env": ["A="], "ExposedPorts": ["80/tcp", "9/tcp"], "Healthcheck": {"Test": ["NONE"]}});
        assert_eq!(Value::Object(normal(&config)), expected);
    }

    #[test]
    fn differences_are_named() {
        let image = |user: &str, row: &str| {
            let config = normal(&json!({"User": user, "Cmd": ["a"]}));
            let history = vec![Row { created_by: row.into(), ..Row::default() }];
            Answer::Image(Image { config, history, ..Image::default() })
        };
        assert_eq!(differences(&image("u", "r"), &image("u", "r")), []);
        let names: Vec<String> =
            differences(&image("u", "r"), &image("", "s")).into_iter().map(|it| it.0).collect();
        assert_eq!(names, ["config.User", "history"]);
        let error = Answer::Error("no".into());
        let found = differences(&error, &image("u", "r"));
        assert_eq!(found[0], ("error".into(), "no".into(), "an image".into()));
    }
}
