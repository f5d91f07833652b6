//! Errors in the words of other engines.

/// `name` without the suggestion of another spelling.
pub(super) fn without_suggestion(text: &str) -> String {
    match text.split_once(" (did you mean ") {
        Some((before, rest)) => before.to_owned() + rest.split_once("?)").map_or("", |it| it.1),
        None => text.to_owned(),
    }
}

/// `unknown instruction: FOO` for `foo`.
pub(super) fn instruction_in_capitals(text: &str) -> String {
    match text.split_once("unknown instruction: ") {
        Some((before, name)) => format!("{before}unknown instruction: {}", name.to_uppercase()),
        None => text.to_owned(),
    }
}

/// The beginnings of errors about flags, before the name with its dashes.
const FLAGS: &[&str] = &[
    "unknown flag: ",
    "missing a value on flag: ",
    "duplicate flag specified: ",
    "expecting boolean value for flag ",
];

/// `unknown flag: name`.
pub(super) fn flag_without_dashes(text: &str) -> String {
    FLAGS.iter().fold(text.to_owned(), |text, it| text.replace(&format!("{it}--"), it))
}

/// `Unknown flag: name`.
pub(super) fn flag_in_capitals(text: &str) -> String {
    FLAGS.iter().fold(text.to_owned(), |text, it| text.replace(&format!("{it}--"), &upper(it)))
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |it| it.to_ascii_uppercase().to_string() + letters.as_str())
}

/// `Invalid containerPort: x`, `Invalid signal: x`, `No command specified`.
pub(super) fn capital(text: &str) -> String {
    let is_one = text.starts_with("no command specified") || text.starts_with("invalid signal: ");
    if is_one { upper(text) } else { capital_of_ports(text) }
}

/// `Invalid containerPort: x` and so on.
pub(super) fn capital_of_ports(text: &str) -> String {
    let all =
        ["invalid containerPort: ", "invalid hostPort: ", "invalid proto: ", "invalid ranges "];
    if all.iter().any(|it| text.starts_with(it)) { upper(text) } else { text.to_owned() }
}

/// `target stage "x" could not be found`, and nothing behind it.
pub(super) fn target_without_suggestion(text: &str) -> String {
    match text.split_once(" could not be found (did you mean ") {
        Some((before, _)) if text.starts_with("target stage ") => {
            format!("{before} could not be found")
        }
        _ => text.to_owned(),
    }
}

/// `target stage x could not be found`.
pub(super) fn target_without_quotes(text: &str) -> String {
    match text.strip_prefix("target stage \"") {
        Some(rest) => format!("target stage {}", rest.replacen('"', "", 1)),
        None => text.to_owned(),
    }
}

/// `repository name must be lowercase`, without the name.
pub(super) fn without_library(text: &str) -> String {
    match (text.split_once("repository name ("), text.strip_suffix(") must be lowercase")) {
        (Some((before, _)), Some(_)) => format!("{before}repository name must be lowercase"),
        _ => text.to_owned(),
    }
}

/// The expression that a part of a platform must match.
pub(super) fn platform(text: &str) -> String {
    if text.starts_with("empty platform value from expression ") {
        let start = "failed to parse platform : \"\" is an invalid component of \"\": ";
        return format!(
            "{start}platform specifier component must match \"^[A-Za-z0-9_-]+$\": invalid argument"
        );
    }
    // The value, where today the expression is named.
    if let Some(rest) = text.strip_prefix("failed to parse platform $")
        && let Some((_, rest)) = rest.split_once(": \"")
        && let Some((value, _)) = rest.split_once('"')
    {
        return platform(&format!("failed to parse platform {value}: \"{rest}"));
    }
    match text.split_once(" specifier component must match ") {
        Some((before, _)) => {
            let before =
                before.replace(" is an invalid OS component of ", " is an invalid component of ");
            let before = before.trim_end_matches("OSAndVersion").trim_end_matches("platform");
            format!(
                "{before}platform specifier component must match \"^[A-Za-z0-9_-]+$\": invalid argument"
            )
        }
        None => text.to_owned(),
    }
}

/// `--retries must be at least 1 (not -1)`.
pub(super) fn retries(text: &str) -> String {
    text.replace("--retries cannot be negative (", "--retries must be at least 1 (not ")
}

/// Whether an error is about the mount of an instruction with these flags.
pub(super) fn is_mount_error(error: &str, flags: &[(String, String)]) -> bool {
    let starts = [
        "invalid field '",
        "unexpected key '",
        "unsupported mount type ",
        "invalid value for ",
        "mode not allowed ",
        "uid not allowed ",
        "gid not allowed ",
        "unsupported sharing value ",
    ];
    flags.iter().any(|(name, _)| name == "mount") && starts.iter().any(|it| error.starts_with(it))
}

/// Whether both errors say that a port cannot be read.
pub(super) fn are_of_ports(ours: &str, real: &str) -> bool {
    let starts = [
        "Invalid ip address ",
        "No port specified: ",
        "Invalid hostPort: ",
        "Invalid containerPort: ",
        "Invalid proto: ",
    ];
    ["invalid port: ", "invalid IP address: "].iter().any(|it| ours.starts_with(it))
        && starts.iter().any(|it| real.starts_with(it))
}

/// `unsupported modifier (=)` for `:=`.
pub(super) fn modifier(text: &str) -> String {
    text.replace("unsupported modifier (:", "unsupported modifier (")
}

/// Whether an error says that a registry cannot be reached.
pub(super) fn is_not_reached(text: &str) -> bool {
    text.contains(": dial tcp: ")
}

/// The expression that a system and its version must match, without features.
pub(super) fn platform_features(text: &str) -> String {
    text.replace("[A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)*)", "[A-Za-z0-9_.-]*)")
}
