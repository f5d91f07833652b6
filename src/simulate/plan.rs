//! Which stages a build needs: the target, what it stands on, and what it copies from.

mod cycle;
mod platform;
mod source;

pub(super) use source::stage_of;

use self::{
    platform::platform_of,
    source::{Places, Source},
};

use std::{borrow::Cow, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    image::{Platform, Reference},
    scope::{Globals, Stages},
    simulate::{BASE, Base, BaseImage, Options, build, step::wrong},
    syntax::{
        INSTRUCTION, Instruction, InstructionKind, Parse, SYNTAX, Text, expand::is_plain, keyword,
        parse,
    },
    text::Span,
};

/// What a build needs.
pub(super) struct Plan {
    /// The stages of the file.
    pub(super) stages: Vec<Planned>,
    /// The stage that becomes the image.
    pub(super) target: Option<usize>,
    /// What is wrong, in the order in which BuildKit finds it.
    pub(super) errors: Vec<Diagnostic>,
    /// Other places that an error is about, behind that of the error.
    pub(super) related: Vec<(Span, Span)>,
    /// How many times an image is copied from or mounted: BuildKit counts each as a stage.
    images: usize,
}

/// One stage.
#[derive(Default)]
pub(super) struct Planned {
    /// What it starts from; `None` if its `FROM` is broken.
    pub(super) base: Option<Base>,
    /// `--platform`.
    pub(super) platform: Option<Arc<Platform>>,
    /// The base image, if the stage is needed and the image known.
    pub(super) image: Option<Box<BaseImage>>,
    /// What the base wants to be run first.
    pub(super) triggers: Box<[String]>,
    /// Whether the target needs it.
    pub(super) needed: bool,
    /// The stages that it copies from or mounts, each with the place.
    pub(super) sources: Vec<(usize, Span)>,
    /// Whether it has an `ONBUILD`.
    has_triggers: bool,
}

impl Plan {
    /// Whether there is only one stage, as BuildKit counts them. Errors do not call it by name.
    pub(super) fn has_one_stage(&self) -> bool {
        self.stages.len() == 1 && self.images == 0
    }
}

/// A file, taken apart.
pub(super) struct File<'f> {
    pub(super) source: &'f str,
    pub(super) parse: &'f Parse<'f>,
    pub(super) stages: &'f Stages<'f, 'f>,
}

/// Finds out what the target needs.
pub(super) fn plan(
    file: &File<'_>,
    globals: &Globals,
    options: &Options<'_>,
    host: &Platform,
) -> Plan {
    let File { source, parse, stages } = *file;
    let plan = Plan {
        stages: stages.list.iter().map(|_| Planned::default()).collect(),
        target: stages.list.len().checked_sub(1),
        errors: Vec::new(),
        related: Vec::new(),
        images: 0,
    };
    let escape = parse.escape;
    let mut planner = Planner {
        source,
        escape,
        stages,
        options,
        host,
        names: Vec::new(),
        wrong_names: Vec::new(),
        last: None,
        plan,
    };
    for at in 0..stages.list.len() {
        planner.head(at, globals);
    }
    planner.target();
    for (at, stage) in stages.list.iter().enumerate() {
        for instruction in stage.body {
            planner.sources(at, instruction, None);
        }
    }
    planner.cycle();
    planner.names();
    planner.reach();
    planner.plan
}

struct Planner<'p> {
    source: &'p str,
    escape: char,
    stages: &'p Stages<'p, 'p>,
    options: &'p Options<'p>,
    host: &'p Platform,
    /// The names of images that are copied from or mounted, each with its place.
    names: Vec<(String, Span)>,
    /// The names behind `FROM` that are none, each with its place and what is wrong.
    wrong_names: Vec<(String, Span, String)>,
    /// The last image: stages on one image share it.
    last: Option<(Cow<'p, str>, Arc<Reference>)>,
    plan: Plan,
}

impl<'p> Planner<'p> {
    fn error(&mut self, span: Span, message: String, help: &'static str) {
        self.plan.errors.push(wrong(span, message, help));
    }

    /// Reads the `FROM` of a stage.
    fn head(&mut self, at: usize, globals: &Globals) {
        let escape = self.escape;
        let Some(stage) = self.stages.list.get(at) else { return };
        let Some(from) = stage.from else { return };
        let is_plain = is_plain(&from.image, escape) && !from.image.is_empty();
        match (!is_plain).then(|| globals.expand(&from.image, escape)).transpose() {
            Ok(None) => self.base(at, Cow::Borrowed(&from.image), from.image.span),
            Ok(Some(name)) if name.text.is_empty() => {
                let message = format!("base name ({}) should not be blank", from.image.as_str());
                let help = "Give the ARG above FROM a default value.";
                self.error(from.image.span, message, help);
            }
            Ok(Some(name)) => self.base(at, Cow::Owned(name.text), from.image.span),
            Err(error) => self.plan.errors.push(*error),
        }
        let Some(word) = from.platform.as_deref().filter(|it| !it.is_empty()) else { return };
        match platform_of(word, globals, escape, self.host) {
            Ok(platform) => {
                if let Some(it) = self.plan.stages.get_mut(at) {
                    it.platform = Some(build::shared(platform));
                }
            }
            Err(error) => {
                // BuildKit says the place of a platform that it cannot read twice.
                if error.message.starts_with("failed to parse platform") {
                    self.plan.related.push((error.span, error.span));
                }
                self.plan.errors.push(*error);
            }
        }
    }

    fn base(&mut self, at: usize, name: Cow<'p, str>, span: Span) {
        let before = self.stages.before(at, &name);
        let Some(it) = self.plan.stages.get_mut(at) else { return };
        it.base = Some(match (before, &self.last) {
            (Some(below), _) => Base::Stage(below),
            (None, _) if name == "scratch" => Base::Scratch,
            (None, Some((last, image))) if *last == name => Base::Image(Arc::clone(image)),
            (None, _) => match name.parse::<Reference>() {
                Ok(reference) => {
                    let image = Arc::new(reference);
                    self.last = Some((name, Arc::clone(&image)));
                    Base::Image(image)
                }
                Err(error) => {
                    self.wrong_names.push((name.into_owned(), span, error.to_string()));
                    return;
                }
            },
        });
    }

    fn target(&mut self) {
        let Some(name) = self.options.target.filter(|it| !it.is_empty()) else { return };
        if let Some(found) = self.stages.named(name) {
            self.plan.target = Some(found);
            return;
        }
        let names: Vec<_> =
            (0..self.stages.list.len()).map(|at| self.stages.display_name(at)).collect();
        let near = keyword::suggestion(name, names.iter().map(String::as_str), true);
        let message = format!("target stage {name:?} could not be found{near}");
        self.error(Span::at(0), message, "Name a stage with FROM image AS name.");
    }

    /// Finds the stages that an instruction of stage `at` copies from or mounts. `place` is where a trigger stands.
    fn sources(&mut self, at: usize, instruction: &Instruction<'_>, place: Option<Span>) {
        match &instruction.kind {
            InstructionKind::Copy(copy) => {
                if let Some(name) = copy.flags().from.as_ref().filter(|it| !it.is_empty()) {
                    let source = self.places().of_copy(name);
                    self.source(at, place.unwrap_or(name.span), source);
                }
            }
            InstructionKind::Run(run) => {
                for it in &run.flags().mounts {
                    let first = it.fields.first().map_or(instruction.head(), |it| it.text.span);
                    let name = it.value(&["from"]);
                    let span = name.map_or(first, |it| it.span);
                    let source = self.places().of_mount(name.map_or("", Text::as_str));
                    self.source(at, place.unwrap_or(span), Ok(source));
                }
            }
            InstructionKind::Onbuild(_) => {
                if let Some(stage) = self.plan.stages.get_mut(at) {
                    stage.has_triggers = true;
                }
            }
            _ => (),
        }
    }

    /// Notes what an instruction of stage `at` copies from or mounts.
    fn source(&mut self, at: usize, span: Span, source: Result<Source, (String, &'static str)>) {
        match source {
            Ok(Source::Stage(found)) => {
                if let Some(stage) = self.plan.stages.get_mut(at) {
                    stage.sources.push((found, span));
                }
            }
            Ok(Source::Image(name)) => {
                self.plan.images += 1;
                self.names.extend(name.map(|it| (it, span)));
            }
            Err((message, help)) => self.error(span, message, help),
        }
    }

    /// How many errors and sources are found so far.
    fn found(&self, at: usize) -> usize {
        let sources = self.plan.stages.get(at).map_or(0, |it| it.sources.len());
        self.plan.errors.len() + self.plan.images + sources
    }

    fn places(&self) -> Places<'_> {
        Places { stages: self.stages, escape: self.escape, images: self.plan.images }
    }

    fn cycle(&mut self) {
        if let Some((at, places)) = cycle::find(&self.plan.stages) {
            let span = places.first().copied().unwrap_or_default();
            self.plan.related.extend(places.iter().skip(1).map(|it| (span, *it)));
            let name = self.stages.display_name(at);
            let message = format!("circular dependency detected on stage: {name}");
            let help = "Stages can copy from stages above them only.";
            self.error(span, message, help);
        }
    }

    /// Reads the names of images, also of those that are not needed. BuildKit looks at all of them at once, and in practice
    /// it is the last one that it complains of first.
    fn names(&mut self) {
        let before = self.plan.errors.len();
        for (name, span, error) in std::mem::take(&mut self.wrong_names) {
            self.wrong_name(&name, span, &error);
        }
        self.other_names();
        let mut wrong = self.plan.errors.split_off(before);
        wrong.reverse();
        self.plan.errors.append(&mut wrong);
    }

    fn other_names(&mut self) {
        for (name, span) in std::mem::take(&mut self.names) {
            if let Err(error) = name.parse::<Reference>() {
                self.wrong_name(&name, span, &error.to_string());
            }
        }
    }

    fn wrong_name(&mut self, name: &str, span: Span, error: &str) {
        let message = format!("failed to parse stage name {name:?}: {error}");
        let help = "An image name looks like debian:13 or ghcr.io/team/app:1.2.";
        self.error(span, message, help);
    }

    /// Finds out which stages are needed, and what their bases want.
    fn reach(&mut self) {
        let mut open: Vec<_> = self.plan.target.into_iter().collect();
        if self.options.checks_all() {
            open.extend(0..self.plan.stages.len());
        }
        while let Some(at) = open.pop() {
            let Some(it) = self.plan.stages.get_mut(at) else { continue };
            if std::mem::replace(&mut it.needed, true) {
                continue;
            }
            let base = it.base.clone();
            if let Some(Base::Stage(below)) = base {
                open.push(below);
            }
            self.triggers(at, base);
            let sources = self.plan.stages.get(at).map(|it| it.sources.iter().map(|it| it.0));
            open.extend(sources.into_iter().flatten());
        }
        self.other_names();
    }

    /// Finds what the base of a stage wants to be run first.
    fn triggers(&mut self, at: usize, base: Option<Base>) {
        let Some(stage) = self.stages.list.get(at) else { return };
        let mut triggers = Vec::new();
        match base {
            Some(Base::Image(image)) => {
                let wanted = self.plan.stages.get(at).and_then(|it| it.platform.as_deref());
                let wanted = wanted.or(self.options.platform).unwrap_or(self.host);
                match self.options.bases.find(&image, wanted) {
                    Some(mut found) => {
                        triggers = std::mem::take(&mut found.config.on_build);
                        if let Some(it) = self.plan.stages.get_mut(at) {
                            it.image = Some(Box::new(found));
                        }
                    }
                    None => {
                        let span = stage.from.map_or(stage.head.span, |it| it.image.span);
                        let name = Reference::clone(&image).with_default_tag().familiar();
                        let message = format!("the configuration of {name} is not known");
                        let help =
                            "What it sets is missing here: variables, a command, a directory.";
                        let error = Diagnostic { code: BASE, ..wrong(span, message, help) };
                        self.plan.errors.push(error);
                    }
                }
            }
            Some(Base::Stage(below)) => {
                let below = self.plan.stages.get(below).filter(|it| it.has_triggers).map(|_| below);
                let below = below.and_then(|it| self.stages.list.get(it));
                let body = below.map(|it| it.body).unwrap_or_default();
                let is_trigger =
                    |it: &&Instruction<'_>| matches!(it.kind, InstructionKind::Onbuild(_));
                triggers
                    .extend(body.iter().filter(is_trigger).map(|it| it.trigger_text(self.source)));
            }
            Some(Base::Scratch) | None => (),
        }
        let place = stage.head.head();
        let mut fine = None;
        for text in &triggers {
            // What says the same as the one before, which was fine and copied nothing, needs no look.
            if fine == Some(text) {
                continue;
            }
            let before = self.found(at);
            if let Err(error) = self.trigger(at, text, place) {
                let help = "An ONBUILD of the image below says this instruction.";
                self.plan.errors.push(wrong(place, error, help));
            }
            fine = (self.found(at) == before).then_some(text);
        }
        if let Some(it) = self.plan.stages.get_mut(at) {
            it.triggers = triggers.into();
        }
    }

    /// Reads one trigger for stage `at`. An error is in BuildKit's words.
    fn trigger(&mut self, at: usize, text: &str, place: Span) -> Result<(), String> {
        let file = parse(text);
        let first = |code: fn(&str) -> bool| file.errors.iter().find(|it| code(it.code));
        if let Some(error) = first(|it| it == SYNTAX) {
            return Err(error.message.to_string());
        }
        let [instruction] = file.instructions.as_slice() else {
            return Err("onbuild trigger should be a single expression".to_owned());
        };
        // That no stage is open is no error here.
        if let Some(error) = first(|it| it == INSTRUCTION) {
            return Err(error.message.to_string());
        }
        if matches!(instruction.kind, InstructionKind::From(_)) {
            return Err("*instructions.Stage is not a command type".to_owned());
        }
        self.sources(at, instruction, Some(place));
        Ok(())
    }
}
