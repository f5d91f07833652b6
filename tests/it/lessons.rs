//! Every lesson: the start does not pass, solutions do, wrong answers do not and say why; in every version of Docker.

use std::{fs, path::Path};

use dockwright::{
    command::Profile,
    json::{self, Read as _},
    lesson::{Course, Player, source},
};
use expect_test::expect;

/// The course, read from its source.
pub(crate) fn course() -> Course {
    let read = |path: &str| fs::read_to_string(Path::new("www/course").join(path)).ok();
    source::course(&read).unwrap_or_else(|errors| panic!("{}", errors.join("\n")))
}

#[test]
fn the_course_is_whole_and_survives_json() {
    let course = course();
    let text = serde_json::to_string(&course).unwrap();
    assert_eq!(serde_json::from_str::<Course>(&text).unwrap(), course);
    // The page has a reader of its own.
    let read = json::parse(&text).and_then(|it| Course::read(&it));
    assert_eq!(read.as_ref(), Some(&course));
    let lessons: Vec<_> =
        course.lessons.iter().map(|it| format!("{} {}", it.number, it.title)).collect();
    expect![[r#"
        3 Same image, two names
        8 Write and build
        9 Run it, and find out why it fails
        10 Override the argument, not the program"#]]
    .assert_eq(&lessons.join("\n"));
}

#[test]
fn every_lesson_can_be_solved_and_nothing_less_passes() {
    let course = course();
    let wrong: Vec<String> =
        Profile::ALL.into_iter().flat_map(|it| source::rehearse(&course, it)).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_rehearsal_finds_what_is_planted() {
    let mut course = course();
    course.lessons.retain(|it| it.id == "override-argument");
    let step = &mut course.lessons[0].steps[1];
    step.solution = step.wrong[0].run.clone();
    step.wrong[1].expect = "repeated-program".to_owned();
    step.alternates.push(step.wrong[2].run.clone());
    let wrong = source::rehearse(&course, Profile::V28);
    expect![[r#"
        override-argument (Docker 28, round 1): ping-other: `docker run abdouls/dockerping:latest ping google.com` does not pass; not met: argv
        override-argument (Docker 28, round 1): ping-other: `docker run google.com abdouls/dockerping:latest` shows the notice order, not repeated-program
        override-argument (Docker 28, round 1): ping-other: the solution does not pass; not met: argv
        override-argument (Docker 28, round 2): ping-other: `docker run abdouls/dockerping:latest ping google.com` does not pass; not met: argv
        override-argument (Docker 28, round 2): ping-other: `docker run google.com abdouls/dockerping:latest` shows the notice order, not repeated-program
        override-argument (Docker 28, round 2): ping-other: the solution does not pass; not met: argv"#]].assert_eq(&wrong.join("\n"));
}

/// Copies the course, changes one file, and gives what the reader says.
#[track_caller]
fn check_fault(file: &str, from: &str, to: &str, expected: &str) {
    let read = |path: &str| {
        let text = fs::read_to_string(Path::new("www/course").join(path)).ok()?;
        if path == file {
            assert!(text.contains(from), "{file} has no `{from}`");
            return Some(text.replacen(from, to, 1));
        }
        Some(text)
    };
    let errors = source::course(&read).err().unwrap_or_default().join("\n");
    assert!(errors.contains(expected), "{from} -> {to}: {errors:?}");
}

#[test]
fn faults_of_authors_are_named() {
    let lesson = "lessons/override-argument/lesson.md";
    check_fault(
        lesson,
        "argv: [/bin/ping, google.com]",
        "arg: [/bin/ping]",
        "Unknown field `arg` in container. Did you mean `argv`?",
    );
    check_fault(lesson, "kind: do", "knd: do", "Unknown field `knd` in step. Did you mean `kind`?");
    check_fault(lesson, "pass: { container:", "pass: { contaner:", "Did you mean `container`?");
    check_fault(lesson, "kind: quiz", "kind: exam", "unknown variant `exam`");
    check_fault(lesson, "{#typo}", "{#tpyo}", "the headings are predict, ping-other, tpyo, who");
    check_fault(lesson, "correct: true, ", "", "no choice is correct");
    check_fault(
        lesson,
        "because: \"ENTRYPOINT stays. Your word replaces CMD.\"",
        "because: \"\"",
        "needs a `because`",
    );
    check_fault(lesson, "expect: order", "expect: odrer", "expects the notice `odrer`");
    check_fault(lesson, "docker-20.10", "docker-19", "unknown engine profile `docker-19`");
    check_fault(lesson, "[dockerping-fixed]", "[nope]", "no fixture `nope`");
    check_fault(
        lesson,
        "files/Dockerfile }",
        "files/Nope }",
        "no file `lessons/override-argument/files/Nope`",
    );
    check_fault(
        lesson,
        "docker run IMAGE NEW-ARGUMENT",
        "docker run abdouls/dockerping:latest google.com",
        "a hint gives the solution away",
    );
    check_fault(lesson, "Watch the Why table", "<b>Watch</b>", "HTML in the prose");
    check_fault(lesson, "uuid: 4b6f0e1a", "uuid: 4b6f0e1", "is not a uuid");
    check_fault(lesson, "minutes: 6", "minutes: 6\nminutes: 7", "not YAML");
    check_fault(lesson, "Give only the argument.", "Just give the argument.", "`just` in");
    check_fault(
        lesson,
        "[\"docker run abdouls/dockerping:latest google.com\"]",
        "[\"docker swarm init\"]",
        "`docker swarm` is not simulated",
    );
    check_fault("course.yaml", "total: 15", "totl: 15", "Did you mean `total`?");
}

#[test]
fn steps_can_be_taken_back_and_hints_are_counted() {
    let course = course();
    let mut player = Player::lesson(&course, "override-argument").unwrap();
    assert_eq!(player.state().current, "predict");
    player.answer("predict", 1);
    let state = player.state();
    assert_eq!((state.current.as_str(), state.steps[0].answers[0].correct), ("ping-other", false));
    player.hint("ping-other");
    player.run("docker run abdouls/dockerping:latest google.can");
    let state = player.state();
    assert_eq!(state.steps[1].hints.len(), 1);
    assert!(state.steps[1].notice.is_some() && state.can_undo && !state.can_redo);
    let met: Vec<bool> = state.steps[1].checks.iter().map(|it| it.met).collect();
    assert_eq!(met, [true, false]);
    // A command that changes nothing is not in the way of undo.
    player.run("docker images");
    assert!(player.undo());
    assert_eq!(player.terminal().engine().containers().len(), 0);
    assert!(player.redo() && !player.redo());
    assert_eq!(player.terminal().engine().containers().len(), 1);
    player.reset_step();
    assert_eq!(player.terminal().engine().containers().len(), 0);
    assert_eq!(player.solution("ping-other"), ["docker run abdouls/dockerping:latest google.com"]);
    player.run("docker run abdouls/dockerping:latest google.com");
    let state = player.state();
    assert!(state.steps[1].done && state.steps[1].with_help);
    assert_eq!(state.current, "typo");
}

#[test]
fn a_solution_in_the_editor_writes_the_file() {
    let course = course();
    let mut player = Player::lesson(&course, "write-and-build").unwrap();
    assert!(player.solution("write").is_empty());
    assert!(player.terminal().read_file("Dockerfile").unwrap().starts_with("FROM debian:latest"));
    assert!(player.state().steps[0].done);
}
