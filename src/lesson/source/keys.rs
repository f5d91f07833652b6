//! Which fields the YAML knows, so that a slip of the pen is named: "Unknown field `arg` in container."

use serde_json::Value;

/// What a value may hold.
pub(super) enum Shape {
    /// Anything that is not looked into here.
    Plain,
    /// A list of one shape.
    List(&'static Shape),
    /// Any names, all with one shape.
    Map(&'static Shape),
    /// These fields: the name of the whole, and each field with its shape.
    Fields(&'static str, &'static [(&'static str, &'static Shape)]),
    /// A condition: one of its kinds.
    Condition,
    /// A line to type, or a file to write.
    Action,
}

use Shape::{Action, Condition, Fields, List, Map, Plain};

const WORLD: Shape = Fields(
    "world",
    &[("engine", &Plain), ("clock", &Plain), ("fixtures", &Plain), ("files", &Map(&Plain))],
);

pub(super) const INDEX: &Shape = &Fields(
    "the course",
    &[
        (
            "units",
            &List(&Fields(
                "unit",
                &[
                    ("title", &Plain),
                    (
                        "lessons",
                        &List(&Fields(
                            "lesson",
                            &[
                                ("id", &Plain),
                                ("number", &Plain),
                                ("status", &Plain),
                                ("since", &Plain),
                            ],
                        )),
                    ),
                ],
            )),
        ),
        ("total", &Plain),
        ("fixtures", &Plain),
        ("sandbox", &WORLD),
        ("article", &Plain),
    ],
);

pub(super) const FIXTURE: &Shape = &Fields(
    "fixture",
    &[
        (
            "images",
            &List(&Fields(
                "image",
                &[("pull", &Plain), ("build", &Plain), ("dockerfile", &Plain), ("created", &Plain)],
            )),
        ),
        (
            "pins",
            &List(&Fields("pin", &[("dockerfile", &Plain), ("id", &Plain), ("size", &Plain)])),
        ),
        ("login", &Map(&Plain)),
    ],
);

const ACTIONS: Shape = List(&Action);

const STEP: Shape = Fields(
    "step",
    &[
        ("id", &Plain),
        ("kind", &Plain),
        (
            "question",
            &Fields(
                "question",
                &[(
                    "choices",
                    &List(&Fields(
                        "choice",
                        &[("text", &Plain), ("correct", &Plain), ("because", &Plain)],
                    )),
                )],
            ),
        ),
        (
            "checks",
            &List(&Fields("check", &[("id", &Plain), ("say", &Plain), ("pass", &Condition)])),
        ),
        ("hints", &List(&Plain)),
        ("solution", &ACTIONS),
        ("alternates", &List(&ACTIONS)),
        ("wrong", &List(&Fields("wrong", &[("run", &ACTIONS), ("expect", &Plain)]))),
        (
            "notice",
            &List(&Fields("notice", &[("id", &Plain), ("when", &Condition), ("say", &Plain)])),
        ),
    ],
);

pub(super) const LESSON: &Shape = &Fields(
    "lesson",
    &[
        ("format", &Plain),
        ("id", &Plain),
        ("uuid", &Plain),
        ("title", &Plain),
        ("summary", &Plain),
        ("minutes", &Plain),
        ("objectives", &Plain),
        ("requires", &Plain),
        ("source", &Plain),
        ("modes", &Plain),
        ("world", &WORLD),
        ("steps", &List(&STEP)),
    ],
);

/// The kinds of conditions.
const CONDITIONS: &[(&str, &Shape)] = &[
    ("all", &List(&Condition)),
    ("any", &List(&Condition)),
    ("not", &Condition),
    (
        "image",
        &Fields(
            "image",
            &[
                ("ref", &Plain),
                ("present", &Plain),
                ("same_id_as", &Plain),
                ("entrypoint", &Plain),
                ("cmd", &Plain),
                ("label", &Plain),
                ("max_size", &Plain),
            ],
        ),
    ),
    (
        "container",
        &Fields(
            "container",
            &[
                ("image", &Plain),
                ("argv", &Plain),
                ("argv0", &Plain),
                ("tty", &Plain),
                ("stdin", &Plain),
                ("detached", &Plain),
                ("exit", &Plain),
                ("removed", &Plain),
                ("state", &Plain),
            ],
        ),
    ),
    ("remote", &Fields("remote", &[("ref", &Plain), ("present", &Plain)])),
    ("login", &Plain),
    (
        "file",
        &Fields(
            "file",
            &[
                ("path", &Plain),
                ("parses", &Plain),
                ("instruction", &Plain),
                ("form", &Plain),
                ("contains", &Plain),
                ("entrypoint", &Plain),
                ("cmd", &Plain),
                ("label", &Plain),
                ("lint", &Plain),
            ],
        ),
    ),
    ("build", &Fields("build", &[("tag", &Plain), ("cached", &Plain), ("status", &Plain)])),
    (
        "command",
        &Fields(
            "command",
            &[("name", &Plain), ("flags", &Plain), ("args", &Plain), ("exit", &Plain)],
        ),
    ),
];

/// Every field that is not known, in a sentence.
pub(super) fn check(value: &Value, shape: &Shape) -> Vec<String> {
    let mut wrong = Vec::new();
    walk(value, shape, &mut wrong);
    wrong
}

fn walk(value: &Value, shape: &Shape, wrong: &mut Vec<String>) {
    match (shape, value) {
        (Plain, _) | (Action, Value::String(_)) => {}
        (List(item), Value::Array(items)) => items.iter().for_each(|it| walk(it, item, wrong)),
        (Map(item), Value::Object(map)) => map.values().for_each(|it| walk(it, item, wrong)),
        (Fields(name, fields), Value::Object(_)) => object(value, name, fields, wrong),
        (Condition, Value::Object(map)) => {
            object(value, "a condition", CONDITIONS, wrong);
            if map.len() != 1 {
                let names: Vec<&str> = map.keys().map(String::as_str).collect();
                wrong.push(format!(
                    "a condition has one kind, not {}: {}; join several with `all`",
                    names.len(),
                    names.join(", ")
                ));
            }
        }
        (Action, Value::Object(_)) => {
            object(value, "action", &[("write", &Plain), ("from", &Plain)], wrong);
        }
        (List(_), _) => wrong.push(format!("a list is expected, not `{value}`")),
        (Map(_) | Fields(..) | Condition | Action, _) => {
            wrong.push(format!("fields are expected, not `{value}`"));
        }
    }
}

fn object(value: &Value, name: &str, fields: &[(&str, &Shape)], wrong: &mut Vec<String>) {
    for (key, inner) in value.as_object().into_iter().flatten() {
        match fields.iter().find(|it| it.0 == key) {
            Some((_, shape)) => walk(inner, shape, wrong),
            None => {
                let near = fields.iter().map(|it| it.0).min_by_key(|it| distance(it, key));
                let near = near.filter(|it| distance(it, key) <= 2);
                let help = match near {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => {
                        let all: Vec<&str> = fields.iter().map(|it| it.0).collect();
                        format!("It knows {}.", all.join(", "))
                    }
                };
                wrong.push(format!("Unknown field `{key}` in {name}. {help}"));
            }
        }
    }
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut above_left = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let above = *cell;
            let changed = above_left + usize::from(x != *y);
            left = changed.min(above + 1).min(left + 1);
            above_left = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
