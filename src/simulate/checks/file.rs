//! The checks that need no build: of the text, of each instruction, of the whole file, of the `FROM` lines.

use std::cell::RefCell;

use super::{
    Checks, consistent_instruction_casing, duplicate_stage_name, from_as_casing,
    from_platform_flag_const_disallowed, invalid_default_arg_in_from,
    invalid_definition_description, maintainer_deprecated, no_empty_continuation,
    redundant_target_platform, reserved_stage_name, stage_name_casing, undefined_arg_in_from,
};
use crate::{
    image::Platform,
    scope::{Globals, Stage, Stages, expand},
    syntax::{Instruction, InstructionKind, Keyword, Parse, SYNTAX, Text},
    text::Span,
};

impl Checks {
    /// Looks at the text and at each instruction. An error in the text leaves nothing to look at; one in an instruction
    /// leaves the instructions above it, and the start of its own.
    pub(in crate::simulate) fn instructions(&mut self, source: &str, parse: &Parse<'_>) {
        if parse.errors.iter().any(|it| it.code == SYNTAX) {
            self.end();
        }
        for it in &parse.instructions {
            no_empty_continuation::check(self, source, it);
        }
        // Errors are in order of place.
        let mut errors = parse.errors.iter().filter(|it| !it.span.is_empty()).peekable();
        for it in &parse.instructions {
            while errors.next_if(|error| error.span.start < it.span.start).is_some() {}
            let is_broken = errors.peek().is_some_and(|error| error.span.start <= it.span.end);
            let comments: Vec<&str> = parse.doc_texts(it, source).collect();
            self.look_at(it.span, &comments);
            match it.kind.keyword() {
                Some(Keyword::From) => {
                    stage_name_casing::check(self, it);
                    from_as_casing::check(self, it);
                }
                Some(Keyword::Maintainer) => maintainer_deprecated::check(self, it),
                Some(_) | None => (),
            }
            if !matches!(it.kind, InstructionKind::Broken(_)) {
                invalid_definition_description::check(self, it, &comments);
            }
            if is_broken {
                self.end();
            }
        }
        self.look_at(Span::default(), &[]);
        if !parse.errors.is_empty() {
            self.end();
        }
    }

    /// Looks at the names of all stages, at all keywords, and at the base images without `--build-arg`. `defaults` are
    /// the global variables then; `None` if there is an error in them.
    pub(in crate::simulate) fn stages(
        &mut self,
        stages: &Stages<'_, '_>,
        defaults: Option<&Globals>,
        escape: char,
    ) {
        for (at, stage) in stages.list.iter().enumerate() {
            reserved_stage_name::check(self, stage);
            duplicate_stage_name::check(self, stages, at);
        }
        consistent_instruction_casing::check(self, stages);
        if let Some(defaults) = defaults {
            invalid_default_arg_in_from::check(self, stages, defaults, escape);
        }
    }

    /// Looks at the variables and the platforms of the `FROM` lines, up to the first that is wrong.
    pub(in crate::simulate) fn heads(
        &mut self,
        source: &str,
        parse: &Parse<'_>,
        stages: &Stages<'_, '_>,
        globals: &Globals,
    ) {
        let mut declared: Vec<&str> = globals.names().collect();
        for it in stages.global {
            if let InstructionKind::Arg(arg) = &it.kind {
                declared.extend(arg.variables.iter().map(|it| it.name.as_str()));
            }
        }
        for stage in &stages.list {
            let comments: Vec<&str> = parse.doc_texts(stage.head, source).collect();
            self.look_at(stage.head.span, &comments);
            if self.head(stage, globals, &declared, parse.escape).is_none() {
                self.end();
            }
        }
        self.look_at(Span::default(), &[]);
    }

    /// `None` if the line is an error.
    fn head(
        &mut self,
        stage: &Stage<'_, '_>,
        globals: &Globals,
        declared: &[&str],
        escape: char,
    ) -> Option<()> {
        let place = stage.head.span;
        let image = Used::of(&stage.from?.image, globals, escape);
        undefined_arg_in_from::check(self, &image.missed, declared, place);
        if image.value?.is_empty() {
            return None;
        }
        let Some(written) = platform_flag(stage.head) else { return Some(()) };
        let used = Used::of(&written, globals, escape);
        undefined_arg_in_from::check(self, &used.missed, declared, place);
        let value = used.value.as_deref()?;
        let platform = Platform::parse(value, &Platform::default()).ok();
        if used.missed.is_empty() {
            let target = globals.get("TARGETPLATFORM").unwrap_or_default();
            redundant_target_platform::check(self, &written, &used, target, place);
            if let Some(platform) = platform.as_ref().filter(|_| used.found.is_empty()) {
                let name = stage.name.as_deref();
                from_platform_flag_const_disallowed::check(self, name, value, platform, place);
            }
        }
        platform.map(drop)
    }
}

/// `--platform` of a `FROM`, unless it is empty.
fn platform_flag<'a>(from: &Instruction<'a>) -> Option<Text<'a>> {
    from.flag("platform")?.value.filter(|it| !it.is_empty())
}

/// What a word uses.
pub(super) struct Used {
    /// The word's value, unless it cannot be expanded.
    pub(super) value: Option<String>,
    /// The variables with a value, each once.
    pub(super) found: Vec<String>,
    /// The variables without a value, each once.
    pub(super) missed: Vec<String>,
}

impl Used {
    fn of(word: &Text<'_>, globals: &Globals, escape: char) -> Self {
        let seen = RefCell::new([Vec::new(), Vec::new()]);
        let lookup = |name: &str| {
            let value = globals.get(name);
            let [found, missed] = &mut *seen.borrow_mut();
            let names = if value.is_some() { found } else { missed };
            if !names.iter().any(|it| it == name) {
                names.push(name.to_owned());
            }
            value
        };
        let value = expand(word, escape, &lookup).ok().map(|it| it.text);
        let [found, missed] = seen.into_inner();
        Self { value, found, missed }
    }
}
