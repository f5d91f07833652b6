//! The course out of `course.json`, for the page. `lesson::source` writes it with Serde, and a test compares.

use crate::{
    json::{Read, Value, names, record},
    lesson::{
        Action, Check, Choice, Course, Fixture, Lesson, Node, Notice, Predicate, Step, StepKind,
        WorldSpec, Wrong,
        predicate::{
            BuildIs, BuildStatus, CommandIs, ContainerIs, Exit, FileIs, Finding, FormIs, ImageIs,
            RemoteIs,
        },
        world::{PinSpec, Present},
    },
};

record! {
    Course { lessons, fixtures; sandbox }
    Lesson {
        id, title, summary, minutes, unit, number, total, objectives, requires, source, modes, intro, steps;
        uuid, world
    }
    Step { id, kind, title, body, choices, checks, hints, solution, alternates, wrong, notice }
    Choice { text, correct, because }
    Check { id, say, pass }
    Notice { id, when, say }
    Wrong { run, expect }
    WorldSpec { fixtures, files; engine, clock }
    Fixture { images, pins, login }
    PinSpec { dockerfile, id, size }
    ContainerIs { image, argv, argv0, tty, stdin, detached, exit, removed, state }
    RemoteIs { name "ref", present }
    BuildIs { tag, cached, status }
    CommandIs { flags, args, exit; name }
}

names! {
    StepKind { "read" Read, "predict" Predict, "do" Do, "edit" Edit, "quiz" Quiz }
    FormIs { "exec" Exec, "shell" Shell }
    Finding { "present" Present, "absent" Absent }
    BuildStatus { "ok" Ok, "failed" Failed }
}

impl Read for Node {
    fn read(it: &Value) -> Option<Self> {
        Some(match it.text() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Element {
                tag: it.field("tag")?,
                attrs: it.field("attrs")?,
                children: it.field("children")?,
            },
        })
    }
}

impl Read for Action {
    fn read(it: &Value) -> Option<Self> {
        Some(match it.text() {
            Some(line) => Self::Run(line.to_owned()),
            None => Self::Write { write: it.field("write")?, text: it.field("text")? },
        })
    }
}

impl Read for Present {
    fn read(it: &Value) -> Option<Self> {
        Some(match it.field("pull")? {
            Some(pull) => Self::Pulled { pull },
            None => Self::Built {
                build: it.field("build")?,
                dockerfile: it.field("dockerfile")?,
                created: it.field("created")?,
            },
        })
    }
}

impl Read for Exit {
    fn read(it: &Value) -> Option<Self> {
        Some(match it.text() {
            Some(text) => Self::Text(text.to_owned()),
            None => Self::Is(u8::read(it)?),
        })
    }
}

impl Read for Predicate {
    fn read(it: &Value) -> Option<Self> {
        let (name, it) = it.fields()?.first()?;
        Some(match name.as_str() {
            "all" => Self::All(Read::read(it)?),
            "any" => Self::Any(Read::read(it)?),
            "not" => Self::Not(Read::read(it)?),
            "image" => Self::Image(Read::read(it)?),
            "container" => Self::Container(Read::read(it)?),
            "remote" => Self::Remote(Read::read(it)?),
            "login" => Self::Login(Read::read(it)?),
            "file" => Self::File(Read::read(it)?),
            "build" => Self::Build(Read::read(it)?),
            "command" => Self::Command(Read::read(it)?),
            _ => return None,
        })
    }
}

/// A field for which `null` says something else than its absence.
#[expect(clippy::option_option, reason = "wrong, absent, `null`, or a list")]
fn said(it: &Value, name: &str) -> Option<Option<Option<Vec<String>>>> {
    Some(match it.get(name) {
        Some(it) => Some(Read::read(it)?),
        None => None,
    })
}

impl Read for ImageIs {
    fn read(it: &Value) -> Option<Self> {
        Some(Self {
            name: it.field("ref")?,
            present: it.field("present")?,
            same_id_as: it.field("same_id_as")?,
            entrypoint: said(it, "entrypoint")?,
            cmd: said(it, "cmd")?,
            label: it.field("label")?,
            max_size: it.field("max_size")?,
        })
    }
}

impl Read for FileIs {
    fn read(it: &Value) -> Option<Self> {
        Some(Self {
            path: it.field("path")?,
            parses: it.field("parses")?,
            instruction: it.field("instruction")?,
            form: it.field("form")?,
            contains: it.field("contains")?,
            entrypoint: said(it, "entrypoint")?,
            cmd: said(it, "cmd")?,
            label: it.field("label")?,
            lint: it.field("lint")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[track_caller]
    fn check<T>(text: &str)
    where
        T: Read + serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug,
    {
        let expected: T = serde_json::from_str(text).unwrap();
        let read = |text: &str| json::parse(text).and_then(|it| T::read(&it));
        let written = serde_json::to_string(&expected).unwrap();
        assert_eq!(read(&written).as_ref(), Some(&expected), "{written}");
        assert_eq!(read(text), Some(expected), "{text}");
    }

    #[test]
    fn predicates_are_read_as_serde_reads_them() {
        for text in [
            r#"{"all":[{"any":[]},{"not":{"login":"docker.io"}}]}"#,
            r#"{"image":{"ref":"a"}}"#,
            r#"{"image":{"ref":"a","present":false,"same_id_as":"b","entrypoint":["x"],"cmd":null,"label":{"k":"v"},"max_size":9}}"#,
            r#"{"container":{"image":"a","argv":["b"],"argv0":"b","tty":true,"stdin":false,"detached":true,"exit":0,"removed":true,"state":"exited"}}"#,
            r#"{"container":{"exit":"not 127"}}"#,
            r#"{"remote":{"ref":"a","present":true}}"#,
            r#"{"file":{"path":"f","parses":true,"instruction":"CMD","form":"exec","contains":"c","entrypoint":null,"cmd":["d"],"label":{"k":"v"},"lint":{"DW1":"absent","DW2":"present"}}}"#,
            r#"{"file":{"path":"f","form":"shell"}}"#,
            r#"{"build":{"tag":"t","cached":1,"status":"ok"}}"#,
            r#"{"build":{"status":"failed"}}"#,
            r#"{"command":{"name":"docker run","flags":{"rm":"true"},"args":["a"],"exit":"not 0"}}"#,
        ] {
            check::<Predicate>(text);
        }
    }

    #[test]
    fn worlds_and_steps_are_read_as_serde_reads_them() {
        check::<WorldSpec>(
            r#"{"engine":"docker-28","clock":"c","fixtures":["f"],"files":{"a":"b"}}"#,
        );
        check::<WorldSpec>("{}");
        check::<Fixture>(
            r#"{"images":[{"pull":"a"},{"build":"b","dockerfile":"FROM a","created":"c"}],
                "pins":[{"dockerfile":"FROM a","id":"1","size":2}],"login":{"docker.io":"u"}}"#,
        );
        check::<Course>(r#"{"lessons":[]}"#);
        for kind in ["read", "predict", "do", "edit", "quiz"] {
            check::<Step>(&format!(
                r#"{{"id":"i","kind":"{kind}","title":"t","body":["a",{{"tag":"p","attrs":{{"k":"v"}},"children":["b"]}}],
                    "choices":[{{"text":"x","correct":true,"because":"y"}},{{"text":"x","because":"y"}}],
                    "solution":["docker ps",{{"write":"f","text":"t"}}],"alternates":[["a"]],
                    "wrong":[{{"run":["a"],"expect":"e"}}],
                    "notice":[{{"id":"n","when":{{"login":"l"}},"say":"s"}}]}}"#
            ));
        }
    }
}
