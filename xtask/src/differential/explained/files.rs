//! The third part of the table: what commands and files do, which a build finds last.

use super::{How, Rule, copies, rows};
use crate::{
    differential::case::{Answer, Builder, Case},
    engine::Generation::{self, V20, V26, V28},
};
use dockwright::simulate::StepKind;

const BOTH: &[Builder] = &[Builder::BuildKit, Builder::Classic];
const BUILDKIT: &[Builder] = &[Builder::BuildKit];
const ALL: &[Generation] = &[V20, V26, V28];

/// All, in the order in which they are applied.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "old-client",
        engines: ALL,
        builders: BUILDKIT,
        why: "folders are sent by the client of 20.10, which sends a directory that is ignored when an exception may be in it (`fsutil`, `walker.go`)",
        how: How::Gets(|case| {
            let is_sent = case.ignore.as_deref().is_some_and(|it| it.contains('!'));
            is_sent.then(|| Case { old_client: true, ..case.clone() })
        }),
    },
    Rule {
        name: "command-not-run",
        engines: ALL,
        builders: BUILDKIT,
        why: "a command of RUN may fail, which the virtual build does not run",
        how: How::Answers(|seen, expected| {
            let text = seen.real.error().unwrap_or_default();
            let fails = text.starts_with("executor failed running [")
                || text.contains(" did not complete successfully: ");
            if fails
                && text.contains("exit code: ")
                && expected.error().is_none()
                && rows::has_run(seen)
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "user-of-command",
        engines: ALL,
        builders: BOTH,
        why: "a command of RUN is run by a user who must be known to the image",
        how: How::Answers(|seen, expected| {
            let text = seen.real.error().unwrap_or_default();
            let is_unknown = ["unable to find user ", "unable to find group "];
            if expected.error().is_none()
                && is_unknown.iter().any(|it| text.contains(it))
                && rows::has_named_owner(seen, |it| matches!(it, StepKind::Run(_)))
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "user-needs-passwd",
        engines: &[V20],
        builders: BUILDKIT,
        why: "a directory of a user by name needs /etc/passwd, and one of a group by name /etc/group",
        how: How::Answers(|seen, expected| {
            let text = seen.real.error().unwrap_or_default();
            let path = text.strip_prefix("open /").and_then(|it| it.strip_suffix(NO_FILE));
            // A file that is not there is looked for at the same time: either error may come first.
            if expected.error().is_none_or(is_of_files)
                && path.is_some_and(|it| it.ends_with("/etc/passwd") || it.ends_with("/etc/group"))
                && rows::has_named_owner(seen, |it| {
                    matches!(it, StepKind::Workdir | StepKind::Copy(_))
                })
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "missing-file-by-chance",
        engines: ALL,
        builders: BUILDKIT,
        why: "the sources of an instruction are looked for at the same time: of several that are not there any may be named",
        how: How::Answers(|seen, expected| {
            let (Some(ours), Some(real)) = (expected.error(), seen.real.error()) else { return };
            if let Some(ours) = missing(ours)
                && let Some(path) = copies::missed(seen, ours).into_iter().find(|it| {
                    real.starts_with(KEY) && real.contains(&format!("\"{it}\"")) && it != ours
                })
            {
                *expected = Answer::Error(format!("{KEY}{REF}: \"{path}\": not found"));
            }
        }),
    },
    Rule {
        name: "missing-file-words",
        engines: &[V20],
        builders: BUILDKIT,
        why: "a file that is not there has other words (`cache/contenthash`)",
        how: How::Answers(|seen, expected| {
            let Some(path) = expected.error().and_then(missing) else { return };
            let (above, _) = path.rsplit_once('/').unwrap_or_default();
            let real = seen.real.error().and_then(|it| it.strip_prefix(KEY)).unwrap_or_default();
            let walk =
                real.strip_prefix("failed to walk ").and_then(|it| it.split_once(": lstat "));
            *expected = Answer::Error(match walk {
                // The directory of its mount is in front of it.
                Some((walked, rest))
                    if !above.is_empty()
                        && walked.ends_with(above)
                        && rest.strip_suffix(NO_FILE) == Some(walked) =>
                {
                    format!("{KEY}{real}")
                }
                _ => format!("{KEY}\"{path}\" not found: not found"),
            });
        }),
    },
    Rule {
        name: "place-of-mount",
        engines: ALL,
        builders: BUILDKIT,
        why: "an error about files names the directory where they are mounted, which is another one each time",
        how: How::Answers(|seen, expected| {
            let (Some(ours), Some(real)) = (expected.error(), seen.real.error()) else { return };
            let Some((verb, path)) = ours.split_once('/').filter(|_| is_of_files(ours)) else {
                return;
            };
            let place =
                real.strip_prefix(verb).and_then(|it| it.strip_suffix(path)?.strip_suffix('/'));
            let places = ["/tmp/buildkit-mount", "/overlay2/"];
            if place
                .is_some_and(|it| it.starts_with('/') && places.iter().any(|is| it.contains(is)))
            {
                *expected = seen.real.clone();
            }
        }),
    },
    Rule {
        name: "reference-by-chance",
        engines: &[V26, V28],
        builders: BUILDKIT,
        why: "an error about a file that is not there names its place in the cache, which is another one each time",
        how: How::Answers(|seen, expected| {
            let real = seen.real.error().and_then(|it| it.split_once(REF));
            if let Some((start, rest)) = real
                && let Some((place, rest)) = rest.split_once(": ")
                && place.starts_with(' ')
                && expected.error() == Some(&format!("{start}{REF}: {rest}"))
            {
                *expected = seen.real.clone();
            }
        }),
    },
];

const NO_FILE: &str = ": no such file or directory";
const KEY: &str = "failed to compute cache key: ";
const REF: &str = "failed to calculate checksum of ref";

/// The path that an error says is not there.
pub(super) fn missing(error: &str) -> Option<&str> {
    let path = error.strip_prefix(KEY)?.strip_prefix(REF)?.strip_prefix(": \"")?;
    path.strip_suffix("\": not found")
}

/// Whether an error is about files, which are not looked at before all instructions are read.
pub(super) fn is_of_files(error: &str) -> bool {
    [
        KEY,
        "lstat ",
        "mkdir ",
        "cannot copy to non-directory: ",
        "cannot replace to directory ",
        "too many links",
        "invalid user index: ",
    ]
    .iter()
    .any(|it| error.starts_with(it))
}
