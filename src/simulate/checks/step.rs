//! The checks of the instructions that a build runs.

use super::{
    Checks, copy_ignored_file, expose_invalid_format, expose_proto_casing, json_args_recommended,
    legacy_key_value_format, multiple_instructions_disallowed, secrets_used_in_arg_or_env,
    undefined_var, workdir_relative_path,
};
use crate::{
    simulate::{
        Base, Change, Shared, StepKind, copy, ports,
        stage::{Context, State},
        step::{Effect, exposed},
    },
    syntax::{Form, Instruction, InstructionKind},
    text::Span,
};

/// What the instructions above in a stage have done.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Above {
    cmd: Option<Span>,
    entrypoint: Option<Span>,
    healthcheck: Option<Span>,
    /// Whether there is a `WORKDIR`, in the stages below too.
    has_workdir: bool,
}

impl Checks {
    /// Starts a stage.
    pub(in crate::simulate) fn start_stage(&mut self, at: usize, base: Option<&Base>) {
        let below = match base {
            Some(Base::Stage(below)) => self.above.get(*below).copied().unwrap_or_default(),
            Some(Base::Image(_) | Base::Scratch) | None => Above::default(),
        };
        self.above.resize(at, Above::default());
        self.above.push(Above { has_workdir: below.has_workdir, ..Above::default() });
    }

    /// Looks at an instruction of the stage that was started last, after it was applied. `effect` is `None` if it is an
    /// error.
    pub(in crate::simulate) fn step(
        &mut self,
        instruction: &Instruction<'_>,
        effect: Option<&Effect>,
        state: &mut State,
        context: &Context<'_>,
    ) {
        use InstructionKind as Kind;
        let place = self.place;
        for (name, near) in state.unset.iter_mut().flat_map(|it| it.last.drain(..)) {
            undefined_var::check(self, &name, near.as_deref(), place);
        }
        let word = instruction.word();
        let mut above = self.above.pop().unwrap_or_default();
        match &instruction.kind {
            Kind::Cmd(cmd) => {
                multiple_instructions_disallowed::check(self, &mut above.cmd, word, place);
                self.form(&cmd.command, word, place, state);
            }
            Kind::Entrypoint(entrypoint) => {
                multiple_instructions_disallowed::check(self, &mut above.entrypoint, word, place);
                self.form(&entrypoint.command, word, place, state);
            }
            Kind::Healthcheck(_) => {
                multiple_instructions_disallowed::check(self, &mut above.healthcheck, word, place);
            }
            Kind::Env(env) => {
                if let Some(Effect { change: Change::Env(pairs), .. }) = effect {
                    for (name, _) in pairs {
                        if env.legacy {
                            legacy_key_value_format::check(self, word, place);
                        }
                        secrets_used_in_arg_or_env::check(self, "ENV", name, place);
                    }
                }
            }
            Kind::Label(label) if label.legacy && effect.is_some() => {
                legacy_key_value_format::check(self, word, place);
            }
            Kind::Arg(arg) => {
                for variable in &arg.variables {
                    secrets_used_in_arg_or_env::check(self, "ARG", &variable.name, place);
                    let is_given = context.build_args.contains_key(variable.name.as_str());
                    let default =
                        variable.default.as_ref().filter(|_| !is_given && effect.is_none());
                    if default.is_some_and(|it| state.peek(it, context.escape).is_none()) {
                        break;
                    }
                }
            }
            Kind::Workdir(workdir) => {
                if let Some(path) = state.peek(&workdir.path, context.escape) {
                    if !above.has_workdir {
                        workdir_relative_path::check(self, &path, state.windows, place);
                    }
                    above.has_workdir = true;
                }
            }
            Kind::Expose(expose) => {
                let words = state.uncounted(|it| exposed(it, expose, context.escape));
                for word in words.unwrap_or_default() {
                    if !self.port(&word, place) {
                        break;
                    }
                }
            }
            Kind::Add(_) | Kind::Copy(_) => {
                if let Some(Effect { kind: StepKind::Copy(it), .. }) = effect
                    && it.from.is_none()
                {
                    let verb = if it.options.add { "Add" } else { "Copy" };
                    self.sources(&it.sources, verb, place, context);
                }
            }
            Kind::Label(_)
            | Kind::From(_)
            | Kind::Maintainer(_)
            | Kind::Onbuild(_)
            | Kind::Run(_)
            | Kind::Shell(_)
            | Kind::Stopsignal(_)
            | Kind::User(_)
            | Kind::Volume(_)
            | Kind::Broken(_) => (),
        }
        self.above.push(above);
    }

    /// Looks at the form of a command; `SHELL` says that a shell is wanted.
    fn form(&mut self, form: &Form<'_>, word: &str, place: Span, state: &State) {
        if matches!(form, Form::Shell(_)) && state.shell.is_empty() {
            json_args_recommended::check(self, word, place);
        }
    }

    /// Looks at a word of an `EXPOSE`; says whether it is right so far.
    fn port(&mut self, word: &str, place: Span) -> bool {
        let (host, container) = word.rsplit_once(':').unwrap_or(("", word));
        let (port, protocol) = container.split_once('/').unwrap_or((container, ""));
        let is_known =
            ["", "tcp", "udp", "sctp"].iter().any(|it| protocol.eq_ignore_ascii_case(it));
        if port.is_empty() || !is_known {
            return false;
        }
        expose_proto_casing::check(self, word, protocol, place);
        expose_invalid_format::check(self, word, host, place);
        ports::ports(&[word]).is_ok()
    }

    /// Looks at what is copied out of the context.
    fn sources(&mut self, sources: &[Shared], verb: &str, place: Span, context: &Context<'_>) {
        for source in sources {
            if copy::is_path(source) && !source.starts_with("<<") {
                copy_ignored_file::check(self, context.ignored, verb, source, place);
            }
        }
    }
}
