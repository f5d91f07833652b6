//! Plays a course: the start does not pass, solutions do, wrong answers do not and are told why.

use crate::{
    command::Profile,
    lesson::{Action, Course, Lesson, Player, Step, StepKind},
};

/// So many seconds a program in the foreground may go on before it is stopped.
const PATIENCE: usize = 3;

/// Plays every lesson twice from its start, with this version of Docker. Gives every fault in one sentence.
pub fn rehearse(course: &Course, profile: Profile) -> Vec<String> {
    let mut wrong = Vec::new();
    for lesson in &course.lessons {
        for round in 1..=2 {
            let mut faults = Vec::new();
            rehearse_lesson(course, lesson, profile, &mut faults);
            let with_place =
                |it: String| format!("{} (Docker {profile}, round {round}): {it}", lesson.id);
            wrong.extend(faults.into_iter().map(with_place));
        }
    }
    wrong
}

fn rehearse_lesson(course: &Course, lesson: &Lesson, profile: Profile, wrong: &mut Vec<String>) {
    let Some(mut player) = Player::lesson(course, &lesson.id) else {
        wrong.push("its world cannot be made".to_owned());
        return;
    };
    player.terminal_mut().set_profile(profile);
    for step in &lesson.steps {
        if player.state().current != step.id && step.kind != StepKind::Read {
            wrong.push(format!("{} is passed before it begins", step.id));
            return;
        }
        match step.kind {
            StepKind::Read => {}
            StepKind::Predict | StepKind::Quiz => {
                let right = step.choices.iter().position(|it| it.correct).unwrap_or_default();
                player.answer(&step.id, right);
            }
            StepKind::Do | StepKind::Edit => {
                if step.checks.iter().all(|it| is_met(&player, step, &it.id)) {
                    wrong.push(format!("{}: the start passes already", step.id));
                }
                rehearse_step(&player, step, wrong);
                for action in &step.solution {
                    if is_done(&player, &step.id) {
                        wrong.push(format!("{}: it passes before the solution's end", step.id));
                    }
                    act(&mut player, action);
                }
            }
        }
        if !is_done(&player, &step.id) {
            wrong.push(format!("{}: the solution does not pass; {}", step.id, why(&player, step)));
            return;
        }
    }
    if !player.state().complete {
        wrong.push("it is not complete at its end".to_owned());
    }
}

/// Other solutions and wrong answers, each from the start of the step.
fn rehearse_step(start: &Player, step: &Step, wrong: &mut Vec<String>) {
    for alternate in &step.alternates {
        let mut player = start.clone();
        for action in alternate {
            act(&mut player, action);
        }
        if !is_done(&player, &step.id) {
            let what = describe(alternate);
            wrong.push(format!("{}: {what} does not pass; {}", step.id, why(&player, step)));
        }
    }
    for answer in &step.wrong {
        let mut player = start.clone();
        for action in &answer.run {
            act(&mut player, action);
        }
        let what = describe(&answer.run);
        if is_done(&player, &step.id) {
            wrong.push(format!("{}: the wrong answer {what} passes", step.id));
            continue;
        }
        let state = player.state().steps.into_iter().find(|it| it.id == step.id);
        let shown = state.and_then(|it| it.notice);
        let expected = step.notice.iter().find(|it| it.id == answer.expect).map(|it| &it.say);
        if shown.as_ref() != expected {
            let id = step.notice.iter().find(|it| Some(&it.say) == shown.as_ref());
            let id = id.map_or("none", |it| it.id.as_str());
            wrong.push(format!("{}: {what} shows the notice {id}, not {}", step.id, answer.expect));
        }
    }
}

/// Does one thing, and stops a program that would go on.
fn act(player: &mut Player, action: &Action) {
    match action {
        Action::Write { write, text } => player.write_file(write, text),
        Action::Run(line) => {
            let mut turn = player.run(line);
            for _ in 0..PATIENCE {
                if turn.running {
                    turn = player.tick();
                }
            }
            if turn.running {
                player.interrupt();
            }
        }
    }
}

fn is_done(player: &Player, step: &str) -> bool {
    player.state().steps.iter().any(|it| it.id == step && it.done)
}

fn is_met(player: &Player, step: &Step, check: &str) -> bool {
    let state = player.state();
    let mut checks = state.steps.iter().filter(|it| it.id == step.id).flat_map(|it| &it.checks);
    checks.any(|it| it.id == check && it.met)
}

fn why(player: &Player, step: &Step) -> String {
    let unmet: Vec<&str> = step
        .checks
        .iter()
        .map(|it| it.id.as_str())
        .filter(|it| !is_met(player, step, it))
        .collect();
    format!("not met: {}", unmet.join(", "))
}

fn describe(actions: &[Action]) -> String {
    let one = |it: &Action| match it {
        Action::Run(line) => format!("`{line}`"),
        Action::Write { write, .. } => format!("writing {write}"),
    };
    actions.iter().map(one).collect::<Vec<_>>().join(", ")
}
