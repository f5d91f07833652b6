//! The simulated machine, with or without a lesson.

use tsify::{Ts, Tsify};
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

use crate::{
    command::{self, Command, lex},
    image::Reference,
    json::{self, Read as _},
    lesson::{Course, Player},
    simulate::{
        Options,
        why::{self, why},
    },
    terminal::{DOCKERFILE, Earlier, Forecast, Terminal},
    text::LineIndex,
    wasm::dto::{
        analysis::Analysis,
        build::BuildView,
        lesson::{LessonState, LessonSummary, LessonView},
        look::Look,
        turn::{Completion, Turn},
        why::Why,
    },
};

/// The simulated machine, with or without a lesson.
#[wasm_bindgen]
pub struct Session {
    course: Course,
    player: Player,
    /// The last build, which the cache knows.
    built: Option<Earlier>,
}

#[wasm_bindgen]
impl Session {
    /// A sandbox. `course` is the text of `course.json`.
    ///
    /// # Errors
    /// If the text is not a course.
    #[wasm_bindgen(constructor)]
    pub fn new(course: &str) -> Result<Self, JsError> {
        let course = json::parse(course).and_then(|it| Course::read(&it));
        let course = course.ok_or_else(|| JsError::new("this is not a course"))?;
        let player = Player::sandbox(&course);
        Ok(Self { course, player, built: None })
    }

    /// The course's lessons, in order.
    ///
    /// # Errors
    /// Never, unless the result cannot be made into JavaScript values. The same is true of the methods below.
    pub fn lessons(&self) -> Result<Vec<Ts<LessonSummary>>, JsError> {
        let lessons = self.course.lessons.iter().map(|it| Ok(LessonSummary::from(it).into_ts()?));
        lessons.collect()
    }

    /// Begins a lesson anew, or the sandbox; `undefined` for the sandbox and for lessons that are not in the course.
    pub fn open(&mut self, lesson: Option<String>) -> Result<Option<Ts<LessonView>>, JsError> {
        let player = lesson.and_then(|it| Player::lesson(&self.course, &it));
        self.player = player.unwrap_or_else(|| Player::sandbox(&self.course));
        self.built = None;
        let view =
            self.player.current_lesson().map(|it| LessonView::from(it).into_ts()).transpose()?;
        Ok(view)
    }

    /// Runs a line.
    pub fn run(&mut self, line: &str) -> Result<Ts<Turn>, JsError> {
        let turn = self.player.run(line);
        if turn.exit == Some(0) && is_build(line) {
            self.remember();
        }
        Ok(Turn::from(turn).into_ts()?)
    }

    /// Lets a running program go on for a second.
    pub fn tick(&mut self) -> Result<Ts<Turn>, JsError> {
        Ok(Turn::from(self.player.tick()).into_ts()?)
    }

    /// Interrupts a running program, or leaves a prompt.
    pub fn interrupt(&mut self) -> Result<Ts<Turn>, JsError> {
        Ok(Turn::from(self.player.interrupt()).into_ts()?)
    }

    /// What stands before the next line.
    pub fn prompt(&self) -> String {
        self.player.terminal().prompt()
    }

    /// How a line can go on; the cursor is in UTF-16 units.
    pub fn complete(&self, line: &str, cursor: u32) -> Result<Ts<Completion>, JsError> {
        Ok(Completion::of(self.player.terminal(), line, cursor).into_ts()?)
    }

    /// The text of a file in the workspace.
    #[wasm_bindgen(js_name = readFile)]
    pub fn read_file(&self, path: &str) -> Option<String> {
        self.player.terminal().read_file(path).map(str::to_owned)
    }

    /// Writes a file in the workspace.
    #[wasm_bindgen(js_name = writeFile)]
    pub fn write_file(&mut self, path: &str, text: &str) {
        self.player.write_file(path, text);
    }

    /// The paths of the files in the workspace.
    pub fn files(&self) -> Vec<String> {
        self.player.terminal().files().keys().cloned().collect()
    }

    /// Everything that an edit changes: findings and tokens of the file `open`, if it is a Dockerfile; why a container
    /// runs what it runs, as in [`Session::why`]; what a build of the workspace would do, and what the cache of the last
    /// build, or of [`Session::remember`], has of it.
    pub fn look(&self, open: Option<String>, run: &str) -> Result<Ts<Look>, JsError> {
        let terminal = self.player.terminal();
        let forecast = terminal.forecast();
        let lines = LineIndex::new(forecast.source);
        let analysis = open.map(|path| match path.as_str() {
            DOCKERFILE => Analysis::of(&forecast, &lines),
            _ => {
                let other = terminal.forecast_of(&path);
                Analysis::of(&other, &LineIndex::new(other.source))
            }
        });
        let verdicts = self.built.as_ref().map(|it| forecast.compared_with(it));
        let build = BuildView::of(&forecast, &verdicts.unwrap_or_default(), &lines);
        let why = self.resolve(run, || forecast).into();
        Ok(Look { analysis, why, build }.into_ts()?)
    }

    /// Why a container runs what it runs: of the workspace's Dockerfile, with `docker run …` or without (`""`). If the
    /// line names an image of a registry, it is about that image instead.
    pub fn why(&self, run: &str) -> Result<Ts<Why>, JsError> {
        let terminal = self.player.terminal();
        Ok(Why::from(self.resolve(run, || terminal.forecast())).into_ts()?)
    }

    fn resolve<'f>(&self, run: &str, forecast: impl FnOnce() -> Forecast<'f>) -> why::Why {
        let terminal = self.player.terminal();
        let run = self.docker_run(run);
        if let Some(run) = run.as_ref().filter(|it| is_in_registry(terminal, &it.image)) {
            return why(&format!("FROM {}\n", run.image), &Options::new(&terminal.bases()), run);
        }
        forecast().why(&run.unwrap_or_default())
    }

    /// Takes the files as they are for those of the last build.
    pub fn remember(&mut self) {
        self.built = Some(self.player.terminal().forecast().into_earlier());
    }

    /// The line as `docker run`, if it is that.
    fn docker_run(&self, line: &str) -> Option<command::Run> {
        let words = lex::words(&lex::clean(line).text).ok()?;
        let (docker, words) = words.split_first()?;
        let command = command::docker(words, self.player.terminal().profile()).ok()?;
        let Command::Run(run) = command else { return None };
        (docker == "docker").then_some(*run)
    }

    /// How far the learner is.
    pub fn state(&self) -> Result<Ts<LessonState>, JsError> {
        Ok(LessonState::from(self.player.state()).into_ts()?)
    }

    /// Answers a question.
    pub fn answer(&mut self, step: &str, choice: u32) -> Result<Ts<LessonState>, JsError> {
        self.player.answer(step, choice as usize);
        self.state()
    }

    /// Shows one hint more.
    pub fn hint(&mut self, step: &str) -> Result<Ts<LessonState>, JsError> {
        self.player.hint(step);
        self.state()
    }

    /// The commands that solve a step; the step counts as done with help.
    pub fn solution(&mut self, step: &str) -> Vec<String> {
        self.player.solution(step)
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        self.player.undo()
    }

    /// Makes it again; whether there was one.
    pub fn redo(&mut self) -> bool {
        self.player.redo()
    }

    /// Takes everything back to where the step began.
    #[wasm_bindgen(js_name = resetStep)]
    pub fn reset_step(&mut self) {
        self.player.reset_step();
    }

    /// Which Docker answers: `20.10`, `28` or `29`.
    pub fn profile(&self) -> String {
        self.player.terminal().profile().to_string()
    }

    /// Lets another Docker answer.
    ///
    /// # Errors
    /// If there is no such profile.
    #[wasm_bindgen(js_name = setProfile)]
    pub fn set_profile(&mut self, profile: &str) -> Result<(), JsError> {
        self.player.terminal_mut().set_profile(profile.parse()?);
        Ok(())
    }
}

/// Whether a line ends with a build of the folder.
fn is_build(line: &str) -> bool {
    let words = lex::words(&lex::clean(line).text).unwrap_or_default();
    words.windows(2).any(|it| {
        it == ["docker", "build"] || it == ["buildx", "build"] || it == ["image", "build"]
    })
}

fn is_in_registry(terminal: &Terminal, image: &str) -> bool {
    let reference = image.parse::<Reference>();
    reference.is_ok_and(|it| terminal.engine().hub().find(&it.with_default_tag()).is_some())
}
