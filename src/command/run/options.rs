//! What docker/cli checks of `docker run` when all flags are read (`cli/command/container/opts.go`, `parse`), in its
//! order and words.

use super::{Health, Run, ports};
use crate::command::flags::{Parsed, duration};

/// Checks the options, and fills in what they give together.
pub(super) fn check(run: &mut Run, parsed: &Parsed) -> Result<(), String> {
    let one = |name: &str| parsed.one(name).unwrap_or_default();
    pull(&one("pull"))?;
    mac(&one("mac-address"))?;
    let swappiness = one("memory-swappiness").parse().unwrap_or(-1);
    if !(-1..=100).contains(&swappiness) {
        return Err(format!("invalid value: {swappiness}. Valid memory swappiness range is 0-100"));
    }
    for volume in &run.volumes {
        has_source(volume)?;
    }
    run.ports = ports::ports(&run.publish, &run.expose)?;
    for device in parsed.many("device") {
        self::device(&device)?;
    }
    for (flag, modes, wrong) in MODES {
        let mode = one(flag);
        let is_container =
            *flag == "pid" && mode.strip_prefix("container:").is_some_and(|it| !it.is_empty());
        if !mode.is_empty() && !modes.contains(&&*mode) && !is_container {
            return Err(format!("--{flag}: invalid {wrong} mode"));
        }
    }
    let restart = one("restart");
    let (policy, count) = restart.split_once(':').unwrap_or((&restart, ""));
    if policy.is_empty() && restart.contains(':') {
        return Err("invalid restart policy format: no policy provided before colon".to_owned());
    }
    if !count.is_empty() && count.parse::<i64>().is_err() {
        let wrong = "invalid restart policy format: maximum retry count must be an integer";
        return Err(wrong.to_owned());
    }
    if one("log-driver") == "none" && !parsed.many("log-opt").is_empty() {
        return Err("invalid logging opts for driver none".to_owned());
    }
    for option in parsed.many("security-opt") {
        let found = option.split_once('=').or_else(|| option.split_once(':'));
        let (key, value) = found.unwrap_or((&option, ""));
        if value.is_empty() && key != "no-new-privileges" {
            return Err(format!("invalid --security-opt: {option:?}"));
        }
    }
    if parsed.many("storage-opt").iter().any(|it| !it.contains('=')) {
        return Err("invalid storage option".to_owned());
    }
    run.health = health(parsed)?;
    if run.rm && !matches!(policy, "" | "no") {
        return Err("conflicting options: cannot specify both --restart and --rm".to_owned());
    }
    Ok(())
}

/// Namespaces that have few modes.
const MODES: &[(&str, &[&str], &str)] = &[
    ("pid", &["host"], "PID"),
    ("uts", &["host"], "UTS"),
    ("userns", &["host"], "USER"),
    ("cgroupns", &["host", "private"], "CGROUP"),
];

fn pull(option: &str) -> Result<(), String> {
    match option {
        "" | "always" | "missing" | "never" => Ok(()),
        _ => Err(format!(
            "invalid pull option: '{option}': must be one of \"always\", \"missing\" or \"never\""
        )),
    }
}

/// Six, eight or twenty bytes in hexadecimal, as Go's `net.ParseMAC` takes them.
fn mac(address: &str) -> Result<(), String> {
    let text = address.trim();
    let separator = text.chars().find(|it| !it.is_ascii_hexdigit()).unwrap_or(':');
    let digits = if separator == '.' { 4 } else { 2 };
    let groups: Vec<_> = text.split(separator).collect();
    let is_group = |it: &&str| it.len() == digits && it.bytes().all(|it| it.is_ascii_hexdigit());
    let is_mac = matches!(separator, ':' | '-' | '.')
        && groups.iter().all(is_group)
        && matches!(groups.len() * digits / 2, 6 | 8 | 20);
    if address.is_empty() || is_mac {
        Ok(())
    } else {
        Err(format!("{address} is not a valid mac address"))
    }
}

/// Whether a `-v` mounts something that is outside the container, rather than making a volume without a name.
pub(super) fn has_source(volume: &str) -> Result<bool, String> {
    match volume.len() {
        0 => return Err("invalid empty volume spec".to_owned()),
        1 | 2 => return Ok(false),
        _ => (),
    }
    let mut parts: Vec<String> = vec![String::new()];
    for it in volume.chars() {
        let last = parts.last_mut();
        match last {
            // `C:` is a drive of Windows.
            Some(part) if it != ':' || is_drive(part) => part.push(it),
            _ => parts.push(String::new()),
        }
    }
    let wrong = |why: &str| Err(format!("invalid spec: {volume}: {why}"));
    if parts.iter().any(String::is_empty) {
        return wrong("empty section between colons");
    }
    if parts.len() > 3 {
        return wrong("too many colons");
    }
    Ok(parts.len() > 1)
}

fn is_drive(part: &str) -> bool {
    part.len() == 1 && part.bytes().all(|it| it.is_ascii_alphabetic())
}

/// `path`, `path:path`, `path:path:rwm`; or `vendor.com/class=name`, which is looked up elsewhere.
fn device(text: &str) -> Result<(), String> {
    if text.contains('=') {
        return Ok(());
    }
    let parts: Vec<_> = text.split(':').collect();
    let path = match parts.as_slice() {
        ["", ..] | [] | [_, _, _, _, ..] => return Err(format!("bad format for path: {text}")),
        [path, mode] if is_mode(mode) => path,
        [path] | [_, path] => path,
        [_, path, mode] if is_mode(mode) => path,
        [_, _, mode] => return Err(format!("bad mode specified: {mode}")),
    };
    if path.starts_with('/') { Ok(()) } else { Err(format!("{path} is not an absolute path")) }
}

/// Some of the letters `r`, `w` and `m`, each once.
fn is_mode(text: &str) -> bool {
    let count = |it: char| text.matches(it).count();
    !text.is_empty() && text.chars().all(|it| "rwm".contains(it) && count(it) == 1)
}

fn health(parsed: &Parsed) -> Result<Health, String> {
    let time = |name: &str| parsed.one(name).and_then(|it| duration(&it)).unwrap_or_default();
    let health = Health {
        command: parsed.one("health-cmd").filter(|it| !it.is_empty()),
        interval: time("health-interval"),
        timeout: time("health-timeout"),
        start_period: time("health-start-period"),
        start_interval: time("health-start-interval"),
        retries: parsed.one("health-retries").and_then(|it| it.parse().ok()).unwrap_or_default(),
        off: parsed.is_on("no-healthcheck"),
    };
    let is_set = health != Health { off: health.off, ..Health::default() };
    if health.off && is_set {
        return Err("--no-healthcheck conflicts with --health-* options".to_owned());
    }
    for (name, value) in [
        ("interval", health.interval),
        ("timeout", health.timeout),
        ("retries", health.retries),
        ("start-period", health.start_period),
        ("start-interval", health.start_interval),
    ] {
        if value < 0 {
            return Err(format!("--health-{name} cannot be negative"));
        }
    }
    Ok(health)
}
