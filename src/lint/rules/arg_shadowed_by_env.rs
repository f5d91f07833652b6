use crate::{
    lint::{
        checker::{Checker, Finding, unset::identifiers},
        declare::rule,
    },
    order::Map,
    syntax::InstructionKind,
    text::Span,
};

rule! {
    /// `ENV` wins over `ARG`. If an `ENV` sets the same name to something of its own, nothing that `--build-arg` says gets any
    /// further.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ARG APP_ENV=test
    /// #   ^^^^^^^ an `ENV` sets `APP_ENV` before anything has used this `ARG`
    /// ENV APP_ENV=production
    /// RUN make
    /// ```
    ///
    /// An `ENV` that takes the value of the `ARG` over keeps it.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG APP_ENV=test
    /// ENV APP_ENV=$APP_ENV
    /// ARG PORT
    /// ENV PORT=${PORT:-80}
    /// ARG MODE=debug
    /// RUN make
    /// ENV MODE=release
    /// ```
    DW208 "arg-shadowed-by-env" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    for stage in checker.stages() {
        // The ARGs that nothing has used so far.
        let mut fresh: Map<Span> = Map::new();
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::Arg(arg) => {
                    for it in &arg.variables {
                        it.default.iter().for_each(|it| forget(&mut fresh, it));
                        fresh.insert(it.name.to_string(), it.name.span);
                    }
                }
                InstructionKind::Env(env) => {
                    env.pairs.iter().for_each(|it| forget(&mut fresh, &it.value));
                    for it in &env.pairs {
                        if let Some(span) = fresh.remove(&it.name) {
                            let name = it.name.as_str();
                            let finding = Finding::new(
                                span,
                                format!(
                                    "an `ENV` sets `{name}` before anything has used this `ARG`"
                                ),
                                format!("Write ENV {name}=${name}, or remove one of the two."),
                            );
                            checker.report(finding.related(it.name.span, "it is set here"));
                        }
                    }
                }
                // A program may read any of them.
                InstructionKind::Run(_) => fresh = Map::new(),
                _ => forget(&mut fresh, instruction.span.slice(checker.source())),
            }
        }
    }
}

fn forget(fresh: &mut Map<Span>, text: &str) {
    if fresh.is_empty() {
        return;
    }
    for it in identifiers(text) {
        fresh.remove(it);
    }
}
