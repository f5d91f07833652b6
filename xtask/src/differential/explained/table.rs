//! The one table of known differences.

use super::{How, Rule, arguments, errors, files, rows, texts};
use crate::{
    differential::case::{Answer, Builder},
    engine::Generation::{self, V20, V26, V28},
};
use dockwright::{
    simulate::{BASE, path},
    syntax::BUILD,
};

const BUILDKIT: &[Builder] = &[Builder::BuildKit];
const EVERY: &[Builder] = &[Builder::BuildKit, Builder::Classic, Builder::Import, Builder::Run];
const ALL: &[Generation] = &[V20, V26, V28];

/// Where images without a registry in their names come from.
const REGISTRY: &str = "registry-1.docker.io";

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "text-after-json",
        engines: &[V20, V26],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "text behind a JSON list is dropped; since BuildKit 0.15 the whole is a shell form",
        how: How::Reads(texts::without_text_after_json),
    },
    Rule {
        name: "global-arg-errors-ignored",
        engines: &[V20, V26],
        builders: BUILDKIT,
        why: "a global ARG that cannot be expanded is empty; `ProcessWordWithMap`'s error is dropped in `Dockerfile2LLB`",
        how: How::Reads(texts::without_wrong_globals),
    },
    Rule {
        name: "global-arg-forgotten",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "a global ARG without a value takes the one from before, also an automatic one",
        how: How::Reads(texts::without_forgotten_globals),
    },
    Rule {
        name: "arg-words-apart",
        engines: &[V20, V26],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "the words of one ARG do not see each other (`dispatchArg`)",
        how: How::Reads(arguments::words_apart),
    },
    Rule {
        name: "no-suggestion",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "no spelling is suggested yet",
        how: How::Answers(|_, expected| texts::error(expected, errors::without_suggestion)),
    },
    Rule {
        name: "unknown-instruction-upper",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "an unknown instruction is named in capitals",
        how: How::Answers(|_, expected| texts::error(expected, errors::instruction_in_capitals)),
    },
    Rule {
        name: "suggestion-by-chance",
        engines: &[V26, V28],
        builders: BUILDKIT,
        why: "of two names that are equally near, the one that a walk over a Go map meets first is suggested (`allInstructionNames`)",
        how: How::Answers(|seen, expected| {
            if let (Answer::Error(text), Some(real)) = (expected, seen.real.error())
                && texts::is_as_near(text, real)
            {
                real.clone_into(text);
            }
        }),
    },
    Rule {
        name: "stage-is-context-name",
        engines: &[V26, V28],
        builders: BUILDKIT,
        why: "every stage's name is looked for among the named contexts of a build, and must be a name of an image (`invalid context name`)",
        how: How::Answers(|seen, expected| {
            let name = seen.build.and_then(texts::no_context_name);
            if let Some(name) = name
                && seen.real.error()
                    == Some(&format!("invalid context name {name}: invalid reference format"))
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "parse-error-line",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "an error of an instruction says `line 2` instead of `on line 2`",
        how: How::Answers(|_, expected| {
            texts::error(expected, |text| {
                text.replace("dockerfile parse error on line ", "dockerfile parse error line ")
            });
        }),
    },
    Rule {
        name: "args-escaped-is-for-windows",
        engines: ALL,
        builders: &[Builder::Run],
        why: "an image's ArgsEscaped does not get into a container on Linux, though the merge takes it over (seen on all three)",
        how: How::Answers(|_, expected| {
            if let Some(image) = expected.image() {
                image.config.remove("ArgsEscaped");
            }
        }),
    },
    Rule {
        name: "working-dir-of-image-cleaned",
        engines: &[V20],
        builders: &[Builder::Run],
        why: "the working directory is cleaned after the image's is taken over; newer engines clean only what the client says",
        how: How::Answers(|_, expected| {
            if let Some(dir) = expected.image().and_then(|it| it.config.get_mut("WorkingDir")) {
                *dir = path::clean(dir.as_str().unwrap_or_default()).into();
            }
        }),
    },
    Rule {
        name: "capital-error",
        engines: &[V20],
        builders: EVERY,
        why: "errors of ports, signals and a missing command begin with a capital letter",
        how: How::Answers(|_, expected| texts::error(expected, errors::capital)),
    },
    Rule {
        name: "modifier-without-colon",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "what follows a name in ${} must begin with a colon",
        how: How::Answers(|seen, expected| {
            let word = seen.real.error().and_then(|it| it.split_once("failed to process \""));
            let word = word.and_then(|it| it.1.strip_suffix("\": missing ':' in substitution"));
            if word.is_some_and(texts::has_modifier_without_colon) {
                *expected =
                    Answer::Error(seen.real.error().map(texts::without_solver).unwrap_or_default());
            }
        }),
    },
    Rule {
        name: "modifier-with-colon",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "a modifier that is not known is named without its colon",
        how: How::Answers(|_, expected| texts::error(expected, errors::modifier)),
    },
    Rule {
        name: "copy-flags-not-shown",
        engines: &[V20],
        builders: BUILDKIT,
        why: "the history of COPY and ADD does not show --chown and --chmod",
        how: How::Answers(|_, expected| {
            rows::each(expected, "COPY ", rows::without_flags);
            rows::each(expected, "ADD ", rows::without_flags);
        }),
    },
    Rule {
        name: "unknown-flag-words",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "errors of flags begin with a capital letter and name the flag without its dashes",
        how: How::Answers(|_, expected| texts::error(expected, errors::flag_in_capitals)),
    },
    Rule {
        name: "unknown-image",
        engines: ALL,
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "the engine looks for an image in the registry, which it cannot reach here",
        how: How::Answers(|seen, expected| {
            let text = seen.real.error().unwrap_or_default();
            // The text is read before any image is looked for.
            let first = seen.build.and_then(|it| it.errors.first());
            if first.is_none_or(|it| it.code == BASE || it.code == BUILD)
                && errors::is_not_reached(text)
                && texts::unknown_images(seen).any(|it| {
                    // The classic builder asks whether there is a registry before it asks for an image.
                    let asked = seen.case.builder == Builder::Classic
                        && text.starts_with(&format!("Get \"https://{REGISTRY}/v2/\": "));
                    asked || text.contains(&format!("//{REGISTRY}/v2/{}/manifests/", it.path))
                })
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "flag-without-dashes",
        engines: &[V26],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "errors of flags name the flag without its dashes",
        how: How::Answers(|_, expected| texts::error(expected, errors::flag_without_dashes)),
    },
    Rule {
        name: "capital-port-error",
        engines: &[V26],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "errors of ports begin with a capital letter",
        how: How::Answers(|_, expected| texts::error(expected, errors::capital_of_ports)),
    },
    Rule {
        name: "no-target-suggestion",
        engines: &[V26],
        builders: BUILDKIT,
        why: "no spelling of a target is suggested yet",
        how: How::Answers(|_, expected| texts::error(expected, errors::target_without_suggestion)),
    },
    Rule {
        name: "name-without-library",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "an image's name that is not in lower case is not repeated with the name of its library",
        how: How::Answers(|_, expected| texts::error(expected, errors::without_library)),
    },
    Rule {
        name: "platform-words",
        engines: &[V20],
        builders: BUILDKIT,
        why: "a platform has no version of its system yet (containerd, `platforms.go`)",
        how: How::Answers(|_, expected| texts::error(expected, errors::platform)),
    },
    Rule {
        name: "platform-features",
        engines: &[V26],
        builders: BUILDKIT,
        why: "the version of a platform's system has no features yet (containerd, `platforms.go`)",
        how: How::Answers(|_, expected| texts::error(expected, errors::platform_features)),
    },
    Rule {
        name: "copy-from-not-checked",
        engines: &[V20],
        builders: BUILDKIT,
        why: "the name behind COPY --from is taken as it is, with its $",
        how: How::Answers(|seen, expected| {
            let real = seen.real.error().map(texts::without_solver).unwrap_or_default();
            let ours = expected.error().unwrap_or_default();
            if ours.starts_with("variable expansion is not supported for --from")
                && real.starts_with("failed to parse stage name ")
            {
                *expected = Answer::Error(real);
            }
        }),
    },
    Rule {
        name: "port-words",
        engines: &[V20, V26],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "a port that cannot be read has other words (`go-connections`, `nat.go`)",
        how: How::Answers(|seen, expected| {
            let real = seen.real.error().map(texts::without_solver).unwrap_or_default();
            if errors::are_of_ports(expected.error().unwrap_or_default(), &real) {
                *expected = Answer::Error(real);
            }
        }),
    },
    Rule {
        name: "retries-words",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "a negative number of retries must be at least 1, not 0",
        how: How::Answers(|_, expected| texts::error(expected, errors::retries)),
    },
    Rule {
        name: "mount-errors-at-parse",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "mounts are read with the instruction, so their errors have its line, and come from stages that are not needed too",
        how: How::Answers(|seen, expected| {
            texts::if_instruction(seen, expected, errors::is_mount_error);
        }),
    },
    Rule {
        name: "workdir-joined-to-nothing",
        engines: &[V20],
        builders: BUILDKIT,
        why: "an empty WORKDIR is joined to the directory, which cleans it",
        how: How::Answers(rows::clean_unchanged),
    },
    Rule {
        name: "target-not-quoted",
        engines: &[V20],
        builders: BUILDKIT,
        why: "a target that is not there is named without quotes",
        how: How::Answers(|_, expected| texts::error(expected, errors::target_without_quotes)),
    },
    Rule {
        name: "zero-is-no-duration",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic, Builder::Import],
        why: "a HEALTHCHECK takes no 0, neither as a time nor as a number of retries",
        how: How::Answers(|seen, expected| {
            texts::if_instruction(seen, expected, |error, flags| {
                flags.iter().any(|(name, value)| {
                    let is_zero = value.bytes().any(|it| it == b'0')
                        && !value.bytes().any(|it| (b'1'..=b'9').contains(&it));
                    is_zero
                        && (error == format!("Interval \"{name}\" cannot be less than 1ms")
                            || name == "retries" && error == "--retries must be at least 1 (not 0)")
                })
            });
        }),
    },
    Rule {
        name: "flag-not-known-yet",
        engines: &[V20],
        builders: &[Builder::BuildKit, Builder::Classic],
        why: "RUN has no --network and --security yet, COPY and ADD no --link, --parents, --exclude, --checksum, --unpack and --keep-git-dir, HEALTHCHECK no --start-interval",
        how: How::Answers(|seen, expected| {
            let new = [
                "network",
                "security",
                "device",
                "link",
                "parents",
                "exclude",
                "checksum",
                "unpack",
                "keep-git-dir",
                "start-interval",
            ];
            texts::if_instruction(seen, expected, |error, flags| {
                flags.iter().any(|(name, _)| {
                    new.contains(&&**name) && error == format!("Unknown flag: {name}")
                })
            });
        }),
    },
    Rule {
        name: "workdir-not-cleaned",
        engines: &[V20],
        builders: &[Builder::Import],
        why: "an absolute WORKDIR stays as it is written (`normalizeWorkdir`)",
        how: How::Answers(|seen, expected| {
            let written =
                seen.real.clone().image().and_then(|it| it.config.get("WorkingDir").cloned());
            if let (Some(dir), Some(written)) =
                (expected.image().and_then(|it| it.config.get_mut("WorkingDir")), written)
                && written.as_str().is_some_and(|it| {
                    it.starts_with('/') && Some(&*path::clean(it)) == dir.as_str()
                })
            {
                *dir = written;
            }
        }),
    },
    Rule {
        name: "solver-words",
        engines: &[V20],
        builders: BUILDKIT,
        why: "the solver says that an error comes from the reading of a Dockerfile",
        how: How::Answers(|_, expected| {
            if !expected.error().is_some_and(files::is_of_files) {
                texts::error(expected, |text| texts::SOLVER.to_owned() + text);
            }
        }),
    },
    Rule {
        name: "expose-map",
        engines: &[V20, V26],
        builders: BUILDKIT,
        why: "the history shows the ports of EXPOSE as Go prints a map, each once",
        how: How::Answers(|_, expected| rows::each(expected, "EXPOSE [", rows::expose_map)),
    },
    Rule {
        name: "healthcheck-struct",
        engines: ALL,
        builders: BUILDKIT,
        why: "the history shows a HEALTHCHECK as Go quotes a structure; with names of fields since BuildKit 0.26",
        how: How::Answers(rows::healthchecks),
    },
    Rule {
        name: "arg-as-written",
        engines: &[V20, V26],
        builders: BUILDKIT,
        why: "the history shows the default of an ARG, not the value that it got",
        how: How::Answers(rows::args),
    },
];
