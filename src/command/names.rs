//! Which command the words after `docker` call.

use super::{
    Failure, Profile, build, images, inspect, login, logout, logs, ps, pull, push, rm, rmi, run,
    stop, tag,
    usage::{self, Spec},
    version,
};

/// Every simulated command, in the order of the help.
pub(super) const SPECS: &[&Spec] = &[
    &run::SPEC,
    &ps::SPEC,
    &build::SPEC,
    &pull::SPEC,
    &push::SPEC,
    &images::SPEC,
    &login::SPEC,
    &logout::SPEC,
    &tag::SPEC,
    &rm::SPEC,
    &rmi::SPEC,
    &stop::SPEC,
    &logs::SPEC,
    &inspect::SPEC,
    &version::SPEC,
];

/// Groups of which some members are simulated.
const GROUPS: &[&str] = &["image", "container", "builder", "buildx"];

/// Real commands that are not simulated. The members of a group are not listed: see [`MEMBERS`].
const OTHERS: &[&str] = &[
    "attach",
    "checkpoint",
    "commit",
    "compose",
    "config",
    "context",
    "cp",
    "create",
    "debug",
    "diff",
    "events",
    "exec",
    "export",
    "history",
    "import",
    "info",
    "init",
    "kill",
    "load",
    "manifest",
    "mcp",
    "model",
    "network",
    "node",
    "pause",
    "plugin",
    "port",
    "rename",
    "restart",
    "sandbox",
    "save",
    "sbom",
    "scan",
    "scout",
    "search",
    "secret",
    "service",
    "stack",
    "start",
    "stats",
    "swarm",
    "system",
    "top",
    "trust",
    "unpause",
    "update",
    "volume",
    "wait",
];

/// Real members of the groups that are not simulated.
const MEMBERS: &[&str] = &[
    "attach",
    "bake",
    "commit",
    "cp",
    "create",
    "diff",
    "du",
    "exec",
    "export",
    "history",
    "imagetools",
    "import",
    "install",
    "kill",
    "load",
    "pause",
    "port",
    "prune",
    "rename",
    "restart",
    "save",
    "start",
    "stats",
    "top",
    "unpause",
    "update",
    "use",
    "wait",
];

/// Global flags that take a value.
const GLOBAL_VALUES: &[&str] = &[
    "--config",
    "-c",
    "--context",
    "-H",
    "--host",
    "-l",
    "--log-level",
    "--tlscacert",
    "--tlscert",
    "--tlskey",
];

/// What the words call.
pub(crate) enum Found<'a> {
    /// A simulated command: the words as typed, and those after them.
    Simulated { spec: &'static Spec, path: String, rest: &'a [String] },
    /// A real command that is not simulated.
    NotSimulated(String),
    /// Nothing: the help.
    Help,
}

/// Finds the command, or says in Docker's words that there is none.
pub(crate) fn find(words: &[String], profile: Profile) -> Result<Found<'_>, Failure> {
    let words = after_global_flags(words, profile)?;
    let Some((first, rest)) = words.split_first() else { return Ok(Found::Help) };
    if matches!(first.as_str(), "--help" | "-h" | "help") {
        return Ok(Found::Help);
    }
    if GROUPS.contains(&first.as_str()) {
        return in_group(first, rest, profile);
    }
    if let Some(spec) = by_alias(&format!("docker {first}")) {
        return Ok(Found::Simulated { spec, path: format!("docker {first}"), rest });
    }
    if OTHERS.contains(&first.as_str()) {
        return Ok(Found::NotSimulated(format!("docker {first}")));
    }
    Err(usage::unknown_command(first, profile))
}

fn in_group<'a>(group: &str, rest: &'a [String], profile: Profile) -> Result<Found<'a>, Failure> {
    let Some((member, rest)) = rest.split_first() else {
        return Ok(Found::NotSimulated(format!("docker {group}")));
    };
    let path = format!("docker {group} {member}");
    if let Some(spec) = by_alias(&path) {
        return Ok(Found::Simulated { spec, path, rest });
    }
    if member.starts_with('-') || MEMBERS.contains(&member.as_str()) {
        return Ok(Found::NotSimulated(path));
    }
    Err(usage::unknown_in_group(group, member, profile))
}

fn by_alias(path: &str) -> Option<&'static Spec> {
    SPECS.iter().copied().find(|it| it.aliases.contains(&path))
}

fn after_global_flags(mut words: &[String], profile: Profile) -> Result<&[String], Failure> {
    while let Some((first, rest)) = words.split_first() {
        if matches!(first.as_str(), "--version" | "-v") {
            return Err(Failure::help(version::one_line(profile)));
        }
        if matches!(first.as_str(), "--help" | "-h" | "") || !first.starts_with('-') {
            break;
        }
        if GLOBAL_VALUES.contains(&first.as_str()) {
            words = rest.get(1..).unwrap_or_default();
            continue;
        }
        let name = first.split('=').next().unwrap_or_default();
        let known = ["-D", "--debug", "--tls", "--tlsverify"].contains(&name)
            || GLOBAL_VALUES.contains(&name);
        if !known {
            return Err(unknown_global(first, profile));
        }
        words = rest;
    }
    Ok(words)
}

fn unknown_global(word: &str, profile: Profile) -> Failure {
    let message = match word.strip_prefix("--") {
        Some(_) => format!("unknown flag: {}", word.split('=').next().unwrap_or_default()),
        None => {
            let letter = word.chars().nth(1).unwrap_or('-');
            format!("unknown shorthand flag: '{letter}' in {word}")
        }
    };
    let text = match profile {
        Profile::V20_10 => format!("{message}\nSee 'docker --help'."),
        Profile::V28 | Profile::V29 => format!(
            "{message}\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more information"
        ),
    };
    Failure::new(text, 125)
}

/// The usual name of the command that words begin with, for a look at lines that failed.
pub(crate) fn usual(words: &[String]) -> String {
    let mut it = words.iter().filter(|it| !it.starts_with('-'));
    let first = it.next().map_or("", String::as_str);
    let second = it.next().map_or("", String::as_str);
    let long = format!("docker {first} {second}");
    let short = format!("docker {first}");
    match by_alias(&long).or_else(|| by_alias(&short)) {
        Some(spec) => format!("docker {}", spec.name),
        None if GROUPS.contains(&first) => long.trim_end().to_owned(),
        None => short.trim_end().to_owned(),
    }
}
