//! What a course must be besides well-formed: whole, answerable, free of spoilers, in plain words.

use std::collections::BTreeSet;

use crate::{
    command::{self, Command, Profile, lex},
    lesson::{Action, Course, Lesson, Step, StepKind},
};

/// Words that tell a learner that something is simpler than it is.
const BANNED: &[&str] =
    &["simply", "just", "easy", "easily", "obviously", "of course", "as you know"];

/// Every fault, each in one sentence.
pub(super) fn check(course: &Course) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut uuids = BTreeSet::new();
    for lesson in &course.lessons {
        if !is_uuid(&lesson.uuid) {
            wrong.push(format!("{}: `{}` is not a uuid (version 4)", lesson.id, lesson.uuid));
        }
        if !uuids.insert(&lesson.uuid) {
            wrong.push(format!("{}: its uuid is used twice", lesson.id));
        }
        if let Err(error) = lesson.world.world(&course.fixtures) {
            wrong.push(format!("{}: {error}", lesson.id));
        }
        check_lesson(lesson, &mut wrong);
    }
    if let Err(error) = course.sandbox.world(&course.fixtures) {
        wrong.push(format!("the sandbox: {error}"));
    }
    wrong
}

fn check_lesson(lesson: &Lesson, wrong: &mut Vec<String>) {
    let mut ids = BTreeSet::new();
    for step in &lesson.steps {
        let mut say = |what: String| wrong.push(format!("{}/{}: {what}", lesson.id, step.id));
        if !ids.insert(&step.id) {
            say("the id is used twice".to_owned());
        }
        check_step(step, &mut say);
        for text in texts(step) {
            check_words(text, &mut say);
        }
    }
}

fn check_step(step: &Step, say: &mut dyn FnMut(String)) {
    match step.kind {
        StepKind::Do | StepKind::Edit => {
            if step.checks.is_empty() || step.solution.is_empty() {
                say("it needs checks and a solution".to_owned());
            }
            if !(2..=4).contains(&step.hints.len()) {
                say(format!("it needs 2 to 4 hints, not {}", step.hints.len()));
            }
        }
        StepKind::Predict | StepKind::Quiz => {
            if !step.choices.iter().any(|it| it.correct) {
                say("no choice is correct".to_owned());
            }
            for choice in step.choices.iter().filter(|it| it.because.trim().is_empty()) {
                say(format!("the choice `{}` needs a `because`", choice.text));
            }
        }
        StepKind::Read => {}
    }
    for wrong in &step.wrong {
        if !step.notice.iter().any(|it| it.id == wrong.expect) {
            say(format!(
                "a wrong answer expects the notice `{}`, which is not there",
                wrong.expect
            ));
        }
    }
    for notice in step.notice.iter().filter(|it| !step.wrong.iter().any(|w| w.expect == it.id)) {
        say(format!("the notice `{}` has no wrong answer that shows it", notice.id));
    }
    for hint in &step.hints {
        if let Some(line) = spoiler(hint, &step.solution) {
            say(format!("a hint gives the solution away: `{line}`"));
        }
    }
    let all = step.alternates.iter().chain(step.wrong.iter().map(|it| &it.run));
    for action in step.solution.iter().chain(all.flatten()) {
        if let Action::Run(line) = action
            && let Some(name) = not_simulated(line)
        {
            say(format!("`{name}` is not simulated"));
        }
    }
}

/// The command that a hint gives away: a line of the solution, or a `docker` line without a placeholder.
fn spoiler<'a>(hint: &'a str, solution: &'a [Action]) -> Option<&'a str> {
    let line = |it: &'a Action| match it {
        Action::Run(line) => Some(line.as_str()),
        Action::Write { .. } => None,
    };
    let whole = solution.iter().filter_map(line).find(|it| hint.contains(it));
    let copyable = |it: &&str| {
        let words: Vec<&str> = it.split_whitespace().collect();
        let is_placeholder = |it: &&str| it.len() > 1 && it.chars().all(|it| !it.is_lowercase());
        words.first() == Some(&"docker") && words.len() > 3 && !words.iter().any(is_placeholder)
    };
    whole.or_else(|| hint.split('`').skip(1).step_by(2).find(copyable))
}

fn not_simulated(line: &str) -> Option<String> {
    let words = lex::words(line).ok()?;
    let (first, rest) = words.split_first()?;
    if first != "docker" {
        return None;
    }
    match command::docker(rest, Profile::V28) {
        Ok(Command::NotSimulated(name)) => Some(name),
        Ok(_) | Err(_) => None,
    }
}

/// Every text of a step that a learner reads, without the prose.
fn texts(step: &Step) -> impl Iterator<Item = &str> {
    let choices = step.choices.iter().flat_map(|it| [&it.text, &it.because]);
    let checks = step.checks.iter().map(|it| &it.say);
    let notices = step.notice.iter().map(|it| &it.say);
    choices.chain(checks).chain(notices).chain(&step.hints).map(String::as_str)
}

fn check_words(text: &str, say: &mut dyn FnMut(String)) {
    let lower = text.to_lowercase();
    let mut words = lower.split(|it: char| !it.is_alphanumeric() && it != ' ');
    let found = BANNED
        .iter()
        .find(|banned| words.clone().any(|it| format!(" {it} ").contains(&format!(" {banned} "))));
    if let Some(banned) = found {
        say(format!("`{banned}` in `{text}`"));
    }
    if words.next().is_none() || text.contains('!') {
        say(format!("an empty text, or an exclamation mark: `{text}`"));
    }
    if text.contains('\n') {
        say(format!("more than one line: `{text}`"));
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|it| it.len()).collect();
    let hex = text.chars().all(|it| it == '-' || it.is_ascii_digit() || ('a'..='f').contains(&it));
    let version = parts.get(2).is_some_and(|it| it.starts_with('4'));
    lengths == [8, 4, 4, 4, 12] && hex && version
}
