//! What may come next in a docker command line: subcommands and flags.

use super::{names, usage::Spec};
use crate::order;

/// What the word that is being typed may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// One of these words.
    Words(Vec<String>),
    /// The name of a local image.
    Image,
    /// The name or id of a container.
    Container,
    /// A path on the host.
    Path,
    /// Nothing that is known.
    Unknown,
}

/// What may follow these words after `docker`; `current` is the unfinished word.
pub fn next(words: &[String], current: &str) -> Next {
    let Some((first, rest)) = words.split_first() else {
        return Next::Words(top_level());
    };
    let group: Vec<String> = members(first);
    if rest.is_empty() && !group.is_empty() {
        return Next::Words(group);
    }
    let name = names::usual(words);
    let Some(spec) = names::SPECS.iter().find(|it| name == format!("docker {}", it.name)) else {
        return Next::Unknown;
    };
    if current.starts_with('-') {
        return Next::Words(flags(spec));
    }
    match spec.name {
        "build" => Next::Path,
        "run" | "push" | "tag" | "rmi" | "inspect" | "pull" | "images" => Next::Image,
        "rm" | "stop" | "logs" => Next::Container,
        _ => Next::Unknown,
    }
}

fn top_level() -> Vec<String> {
    let names = names::SPECS.iter().map(|it| it.name.to_owned());
    let mut all: Vec<String> = names.chain(["container".to_owned(), "image".to_owned()]).collect();
    order::sort_by(&mut all, Ord::cmp);
    all
}

/// The simulated members of a group such as `docker image`.
fn members(group: &str) -> Vec<String> {
    let prefix = format!("docker {group} ");
    let aliases = names::SPECS.iter().flat_map(|it| it.aliases);
    let mut all: Vec<String> =
        aliases.filter_map(|it| it.strip_prefix(&prefix)).map(str::to_owned).collect();
    order::sort_by(&mut all, Ord::cmp);
    all
}

fn flags(spec: &Spec) -> Vec<String> {
    let mut all: Vec<String> = spec.flags.iter().map(|it| format!("--{}", it.long)).collect();
    all.extend(spec.flags.iter().filter_map(|it| it.short).map(|it| format!("-{it}")));
    all.push("--help".to_owned());
    order::sort_by(&mut all, Ord::cmp);
    all
}
