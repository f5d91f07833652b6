//! The course from its source: Markdown with YAML in front. Native only: the page gets JSON.
//!
//! Everything an author can get wrong is said with the file, the place and what to do.

use crate::order::Map;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Action, Check, Choice, Course, Fixture, Lesson, Notice, Step, StepKind, WorldSpec, Wrong,
};

mod keys;
mod markdown;
mod rehearsal;
mod rules;

pub use rehearsal::rehearse;

/// Reads the course. `read` gives the text of a file, by its path below the course's directory.
///
/// # Errors
/// Every fault that was found, each in one sentence that begins with the file.
pub fn course(read: &dyn Fn(&str) -> Option<String>) -> Result<Course, Vec<String>> {
    let mut reader = Reader { read, errors: Vec::new() };
    let course = reader.course();
    let mut errors = reader.errors;
    if let Some(course) = &course {
        errors.extend(rules::check(course));
    }
    match course {
        Some(course) if errors.is_empty() => Ok(course),
        Some(_) | None => Err(errors),
    }
}

/// `course.yaml`.
#[derive(Deserialize)]
struct Index {
    units: Vec<Unit>,
    /// How many lessons the finished course has.
    total: u32,
    #[serde(default)]
    fixtures: Vec<String>,
    #[serde(default)]
    sandbox: WorldSpec,
}

#[derive(Deserialize)]
struct Unit {
    title: String,
    lessons: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    number: u32,
}

/// The YAML in front of a lesson.
#[derive(Deserialize)]
struct Front {
    format: String,
    id: String,
    uuid: String,
    title: String,
    #[serde(default)]
    summary: String,
    minutes: u32,
    objectives: Vec<String>,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    source: Vec<String>,
    #[serde(default)]
    modes: Vec<String>,
    world: WorldSpec,
    steps: Vec<FrontStep>,
}

#[derive(Deserialize)]
struct FrontStep {
    id: String,
    kind: StepKind,
    #[serde(default)]
    question: Question,
    #[serde(default)]
    checks: Vec<Check>,
    #[serde(default)]
    hints: Vec<String>,
    #[serde(default)]
    solution: Vec<Action>,
    #[serde(default)]
    alternates: Vec<Vec<Action>>,
    #[serde(default)]
    wrong: Vec<Wrong>,
    #[serde(default)]
    notice: Vec<Notice>,
}

#[derive(Deserialize, Default)]
struct Question {
    choices: Vec<Choice>,
}

const FORMAT: &str = "dockwright-lesson/1";

struct Reader<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    errors: Vec<String>,
}

impl Reader<'_> {
    fn course(&mut self) -> Option<Course> {
        let mut index = self.yaml("course.yaml", keys::INDEX)?;
        self.inline_files(&mut index, "/sandbox/files", "course.yaml", "");
        let Index { units, total, fixtures, sandbox } = self.typed(index, "course.yaml")?;
        let mut course = Course { sandbox, ..Course::default() };
        for name in fixtures {
            let file = format!("fixtures/{name}.yaml");
            if let Some(fixture) = self.fixture(&file) {
                course.fixtures.insert(name, fixture);
            }
        }
        for Unit { title, lessons } in units {
            for Entry { id, number } in lessons {
                if let Some(mut lesson) = self.lesson(&id) {
                    lesson.unit.clone_from(&title);
                    (lesson.number, lesson.total) = (number, total);
                    course.lessons.push(lesson);
                }
            }
        }
        Some(course)
    }

    fn fixture(&mut self, file: &str) -> Option<Fixture> {
        let mut value = self.yaml(file, keys::FIXTURE)?;
        for list in ["images", "pins"] {
            let items = value.get_mut(list).and_then(Value::as_array_mut);
            for item in items.into_iter().flatten() {
                if let Some(path) = item.get("dockerfile").and_then(Value::as_str) {
                    let path = format!("fixtures/{path}");
                    let text = self.text(&path, file)?;
                    if let Some(item) = item.as_object_mut() {
                        item.insert("dockerfile".to_owned(), Value::String(text));
                    }
                }
            }
        }
        self.typed(value, file)
    }

    fn lesson(&mut self, id: &str) -> Option<Lesson> {
        let directory = format!("lessons/{id}/");
        let file = format!("{directory}lesson.md");
        let text = self.text(&file, "course.yaml")?;
        let Some((front, prose)) =
            text.strip_prefix("---\n").and_then(|it| it.split_once("\n---\n"))
        else {
            self.wrong(&file, "begin with `---`, the data in YAML, and `---` again");
            return None;
        };
        let mut value = self.parse(front, &file, keys::LESSON)?;
        self.inline_files(&mut value, "/world/files", &file, &directory);
        self.inline_writes(&mut value, &file, &directory);
        let front: Front = self.typed(value, &file)?;
        if front.format != FORMAT {
            self.wrong(&file, &format!("`format` is `{FORMAT}`, not `{}`", front.format));
        }
        if front.id != id {
            self.wrong(&file, &format!("its id is `{}`, its directory `{id}`", front.id));
        }
        let prose = match markdown::read(prose) {
            Ok(prose) => prose,
            Err(errors) => {
                for error in &errors {
                    self.wrong(&file, error);
                }
                return None;
            }
        };
        self.join(front, prose, &file)
    }

    /// Puts data and prose together: the steps and the headings are the same, in the same order.
    fn join(&mut self, front: Front, prose: markdown::Prose, file: &str) -> Option<Lesson> {
        let ids: Vec<&str> = front.steps.iter().map(|it| it.id.as_str()).collect();
        let headings: Vec<&str> = prose.sections.iter().map(|it| it.id.as_str()).collect();
        if ids != headings {
            let (ids, headings) = (ids.join(", "), headings.join(", "));
            self.wrong(file, &format!("the steps are {ids}; the headings are {headings}"));
            return None;
        }
        let steps = front.steps.into_iter().zip(prose.sections).map(|(step, section)| Step {
            id: step.id,
            kind: step.kind,
            title: section.title,
            body: section.body,
            choices: step.question.choices,
            checks: step.checks,
            hints: step.hints,
            solution: step.solution,
            alternates: step.alternates,
            wrong: step.wrong,
            notice: step.notice,
        });
        Some(Lesson {
            id: front.id,
            uuid: front.uuid,
            title: front.title,
            summary: front.summary,
            minutes: front.minutes,
            unit: String::new(),
            number: 0,
            total: 0,
            objectives: front.objectives,
            requires: front.requires,
            source: front.source,
            modes: front.modes,
            world: front.world,
            intro: prose.intro,
            steps: steps.collect(),
        })
    }

    /// Replaces paths in a map of files by what is in the files.
    fn inline_files(&mut self, value: &mut Value, pointer: &str, file: &str, directory: &str) {
        let Some(files) = value.pointer_mut(pointer).and_then(Value::as_object_mut) else { return };
        for path in files.values_mut() {
            if let Some(text) =
                path.as_str().and_then(|it| self.text(&format!("{directory}{it}"), file))
            {
                *path = Value::String(text);
            }
        }
    }

    /// Replaces `{ write: F, from: PATH }` by `{ write: F, text: … }`, wherever it stands.
    fn inline_writes(&mut self, value: &mut Value, file: &str, directory: &str) {
        match value {
            Value::Object(map) => {
                if map.contains_key("write") {
                    let from = map.remove("from");
                    let path = from.as_ref().and_then(Value::as_str).unwrap_or_default();
                    if let Some(text) = self.text(&format!("{directory}{path}"), file) {
                        map.insert("text".to_owned(), Value::String(text));
                    }
                }
                for value in map.values_mut() {
                    self.inline_writes(value, file, directory);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.inline_writes(item, file, directory);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn yaml(&mut self, file: &str, known: &keys::Shape) -> Option<Value> {
        let text = self.text(file, "the course")?;
        self.parse(&text, file, known)
    }

    fn parse(&mut self, text: &str, file: &str, known: &keys::Shape) -> Option<Value> {
        match serde_saphyr::from_str::<Value>(text) {
            Ok(value) => {
                let wrong = keys::check(&value, known);
                for what in &wrong {
                    self.wrong(file, what);
                }
                wrong.is_empty().then_some(value)
            }
            Err(error) => {
                self.wrong(file, &format!("not YAML: {error}"));
                None
            }
        }
    }

    fn typed<T: for<'de> Deserialize<'de>>(&mut self, value: Value, file: &str) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(it) => Some(it),
            Err(error) => {
                self.wrong(file, &error.to_string());
                None
            }
        }
    }

    fn text(&mut self, path: &str, by: &str) -> Option<String> {
        let text = (self.read)(path);
        if text.is_none() {
            self.wrong(by, &format!("no file `{path}`"));
        }
        text
    }

    fn wrong(&mut self, file: &str, what: &str) {
        self.errors.push(format!("{file}: {what}"));
    }
}

/// The files of a directory in memory: for tests and tools that have read it.
pub fn from_map(files: &Map<String>) -> impl Fn(&str) -> Option<String> + '_ {
    |path| files.get(path).cloned()
}
