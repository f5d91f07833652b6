//! The second part of the table: the classic builder, which the virtual build is not.

use super::{How, Rule, arguments, container, copies, errors, rows, texts};
use crate::{
    differential::case::{Answer, Builder},
    engine::Generation::{self, V20},
};
use dockwright::{
    simulate::StepKind,
    syntax::{BUILD, SYNTAX},
};

const CLASSIC: &[Builder] = &[Builder::Classic];
const OLD: &[Generation] = &[V20];

/// Which stages are built and what they see, before anything else.
pub(super) const FIRST: &[Rule] = &[
    Rule {
        name: "classic-every-stage",
        engines: OLD,
        builders: CLASSIC,
        why: "stages that the target does not need are built too, and their errors are errors",
        how: How::Gets(container::failing_stage),
    },
    Rule {
        name: "classic-arguments",
        engines: OLD,
        builders: CLASSIC,
        why: "an ARG ends with its stage, without a value it takes the one before away, and it never covers a variable of the image (`buildargs.go`)",
        how: How::Reads(arguments::of_classic),
    },
];

/// All others, in the order in which they are applied.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "classic-reads-first",
        engines: OLD,
        builders: CLASSIC,
        why: "an error of the text says that the Dockerfile was not parsed",
        how: How::Answers(|seen, expected| {
            let is_syntax =
                seen.build.and_then(|it| it.errors.first()).is_some_and(|it| it.code == SYNTAX);
            texts::error(expected, |text| match text {
                "the Dockerfile cannot be empty" => {
                    "the Dockerfile (Dockerfile) cannot be empty".to_owned()
                }
                text if is_syntax => {
                    format!("failed to parse Dockerfile: {}", errors::without_suggestion(text))
                }
                text => classic(&errors::without_suggestion(text)),
            });
        }),
    },
    Rule {
        name: "classic-no-owner",
        engines: OLD,
        builders: CLASSIC,
        why: "nobody is looked up to own the directory of WORKDIR",
        how: How::Answers(container::without_owners),
    },
    Rule {
        name: "classic-empty-workdir",
        engines: OLD,
        builders: CLASSIC,
        why: "a WORKDIR that is empty after expansion is an error (`normalizeWorkdir`)",
        how: How::Answers(|seen, expected| {
            let Some(build) = seen.build else { return };
            let mut empty = build
                .steps
                .iter()
                .filter(|step| container::is_empty_workdir(seen.case, build, step));
            let is_first = empty.next().is_some_and(|step| {
                container::own_errors(build)
                    .next()
                    .is_none_or(|it| it.code == BUILD && it.span.start > step.span.start)
            });
            if is_first {
                *expected = Answer::Error("cannot normalize nothing".to_owned());
            }
        }),
    },
    Rule {
        name: "classic-missing-file",
        engines: OLD,
        builders: CLASSIC,
        why: "a file that is not there has other words (`builder/dockerfile/copy.go`)",
        how: How::Answers(|seen, expected| {
            if let Some(path) = expected.error().and_then(super::files::missing)
                && let Some((word, source)) = copies::source_of(seen, path)
            {
                let start =
                    "failed: file not found in build context or excluded by .dockerignore: stat";
                let source = source.trim_start_matches('/');
                let source = source.strip_prefix("./").unwrap_or(source);
                *expected = Answer::Error(format!("{word} {start} {source}: file does not exist"));
            }
        }),
    },
    Rule {
        name: "classic-no-sources",
        engines: OLD,
        builders: CLASSIC,
        why: "wildcards that no file is like are an error",
        how: How::Answers(|seen, expected| {
            if expected.error().is_none_or(|it| it.starts_with("lstat "))
                && let Some(word) = copies::nothing(seen)
            {
                *expected = Answer::Error(format!("{word} failed: no source files were specified"));
            }
        }),
    },
    Rule {
        name: "classic-owner-words",
        engines: OLD,
        builders: CLASSIC,
        why: "an owner who is not known is an error, with other words (`builder/dockerfile/internals_linux.go`)",
        how: How::Answers(|seen, expected| {
            let text = seen.real.error().unwrap_or_default();
            let start = "unable to convert uid/gid chown string to host mapping: can't find ";
            if expected.error().is_none_or(|it| it == "invalid user index: -1")
                && text.starts_with(start)
                && (rows::has_named_owner(seen, |it| matches!(it, StepKind::Copy(_)))
                    || rows::gives_to_named(seen.case))
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "classic-command-not-run",
        engines: OLD,
        builders: CLASSIC,
        why: "a command of RUN may fail, which the virtual build does not run",
        how: How::Answers(|seen, expected| {
            let text = seen.real.error().unwrap_or_default();
            let fails = text.starts_with("The command '")
                && text.contains("' returned a non-zero code: ")
                || text.starts_with("failed to create shim task: OCI runtime create failed: ")
                    && text.contains(": exec: \"");
            if fails && expected.error().is_none() && rows::has_run(seen) {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "classic-from-flag",
        engines: OLD,
        builders: CLASSIC,
        why: "the name behind COPY --from is taken as it is, with its $",
        how: How::Answers(|seen, expected| {
            let ours = expected.error().unwrap_or_default();
            let real = seen.real.error().unwrap_or_default();
            if ours.starts_with("variable expansion is not supported for --from")
                && real.starts_with("invalid from flag value ")
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "classic-history",
        engines: OLD,
        builders: CLASSIC,
        why: "each row is the command of a container, `/bin/sh -c #(nop) …` (`dispatchers.go`)",
        how: How::Answers(container::history),
    },
    Rule {
        name: "classic-no-image",
        engines: OLD,
        builders: CLASSIC,
        why: "FROM scratch alone gives no image",
        how: How::Answers(|seen, expected| {
            let is_nothing =
                seen.build.is_some_and(|it| it.steps_of(it.target.unwrap_or_default()).len() == 1);
            let text = "No image was generated. Is your Dockerfile empty?";
            if is_nothing && container::stands_on_scratch(seen) && seen.real.error() == Some(text) {
                *expected = Answer::Error(text.to_owned());
            }
        }),
    },
    Rule {
        name: "classic-nothing-done",
        engines: OLD,
        builders: CLASSIC,
        why: "FROM alone gives the image itself, to which no PATH is added",
        how: How::Answers(container::untouched),
    },
    Rule {
        name: "classic-author",
        engines: OLD,
        builders: CLASSIC,
        why: "the author of the base image is not taken over",
        how: How::Answers(|seen, expected| {
            if !container::has_author(seen)
                && let Some(image) = expected.image()
            {
                image.author.clear();
            }
        }),
    },
    Rule {
        name: "classic-health-filled",
        engines: OLD,
        builders: CLASSIC,
        why: "a commit fills what a HEALTHCHECK leaves open with the times of the base image's",
        how: How::Answers(container::health_of_base),
    },
    Rule {
        name: "classic-args-escaped",
        engines: OLD,
        builders: CLASSIC,
        why: "CMD sets ArgsEscaped on Windows only",
        how: How::Answers(container::args_escaped_of_base),
    },
    Rule {
        name: "classic-scratch",
        engines: OLD,
        builders: CLASSIC,
        why: "nothing has no working directory, where BuildKit starts in /",
        how: How::Answers(|seen, expected| {
            if container::stands_on_scratch(seen)
                && let Some(image) = expected.image()
                && image.config.get("WorkingDir").is_some_and(|it| it == "/")
                && !container::has_workdir(seen)
            {
                image.config.remove("WorkingDir");
            }
        }),
    },
    Rule {
        name: "classic-bare-commands",
        engines: OLD,
        builders: CLASSIC,
        why: "a CMD without words is the shell alone, an ENTRYPOINT without words is none",
        how: How::Answers(container::bare_commands),
    },
];

/// The errors of stages and targets.
fn classic(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("target stage \"") {
        let name = rest.split('"').next().unwrap_or_default();
        return format!("failed to reach build target {name} in Dockerfile");
    }
    match text.strip_prefix("failed to parse stage name ").and_then(|it| it.split_once("\": ")) {
        Some((_, error)) => error.to_owned(),
        None => text.to_owned(),
    }
}
