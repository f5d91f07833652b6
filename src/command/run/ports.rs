//! `-p` and `--expose`: which ports of the container they name. The words are those of docker/go-connections `nat`
//! and of moby `network.ParsePortRange`.

use std::{net::IpAddr, ops::RangeInclusive};

use crate::order::Set;

/// The ports of the container that `-p` and `--expose` name, each with its protocol.
pub(super) fn ports(publish: &[String], expose: &[String]) -> Result<Set, String> {
    let mut found = Set::new();
    let publish: Vec<_> = publish.iter().map(|it| short(it)).collect::<Result<_, _>>()?;
    for word in &publish {
        let (range, protocol) = published(word)?;
        add(&mut found, range, &protocol);
    }
    for word in expose {
        let (range, protocol) =
            exposed(word).map_err(|it| format!("invalid range format for --expose: {it}"))?;
        add(&mut found, range, &protocol);
    }
    Ok(found)
}

fn add(found: &mut Set, range: RangeInclusive<u16>, protocol: &str) {
    for it in range {
        found.insert(format!("{it}/{protocol}"));
    }
}

/// `target=80,published=8080,protocol=tcp` as `8080:80/tcp`.
fn short(word: &str) -> Result<String, String> {
    if !word.contains('=') {
        return Ok(word.to_owned());
    }
    let (mut target, mut published, mut protocol) = ("", "", "tcp");
    for field in word.split(',') {
        match field.split_once('=') {
            Some(("target", it)) => target = it,
            Some(("published", it)) => published = it,
            Some(("protocol", it)) => protocol = it,
            Some((key, _)) if !key.is_empty() => (),
            Some(_) | None => {
                return Err(format!(
                    "invalid publish opts format (should be name=value but got '{field}')"
                ));
            }
        }
    }
    Ok(format!("{published}:{target}/{protocol}"))
}

/// The ports of `[[ip:]host:]port[-port][/protocol]`.
fn published(word: &str) -> Result<(RangeInclusive<u16>, String), String> {
    let mut parts = word.rsplitn(3, ':');
    let container = parts.next().unwrap_or_default();
    let host = parts.next().unwrap_or_default();
    let address = parts.next().unwrap_or_default();
    let (port, protocol) = container.split_once('/').unwrap_or((container, ""));
    let protocol = match protocol.to_ascii_lowercase() {
        it if it.is_empty() => "tcp".to_owned(),
        it => it,
    };
    if !port.is_empty() && !matches!(&*protocol, "tcp" | "udp" | "sctp") {
        return Err(format!("invalid proto: {protocol}"));
    }
    let address = match address.strip_prefix('[') {
        Some(it) => it
            .strip_suffix(']')
            .ok_or_else(|| format!("invalid IP address {address}: missing ']' in address"))?,
        None => address,
    };
    if !address.is_empty() && address.parse::<IpAddr>().is_err() {
        return Err(format!("invalid IP address: {address}"));
    }
    if port.is_empty() {
        return Err(format!("no port specified: {word}<empty>"));
    }
    let range = range(port).map_err(|_| format!("invalid containerPort: {port}"))?;
    if !host.is_empty() {
        let hosts = self::range(host).map_err(|_| format!("invalid hostPort: {host}"))?;
        let width = |it: &RangeInclusive<u16>| it.end() - it.start();
        // A range of the host for one port of the container: any of them.
        if width(&range) != width(&hosts) && width(&range) != 0 {
            return Err(format!(
                "invalid ranges specified for container and host Ports: {port} and {host}"
            ));
        }
    }
    Ok((range, protocol))
}

/// The ports of `port[-port][/protocol]`. Any protocol passes: the engine looks at it.
fn exposed(word: &str) -> Result<(RangeInclusive<u16>, String), String> {
    if word.is_empty() {
        return Err("value is empty".to_owned());
    }
    let (port, protocol) = word.split_once('/').unwrap_or((word, ""));
    let protocol = if protocol.is_empty() { "tcp" } else { protocol };
    let range = range(port).map_err(|it| match it {
        Wrong::Order => format!("invalid port range: {word}"),
        Wrong::Number(it) => it,
    })?;
    Ok((range, protocol.to_ascii_lowercase()))
}

enum Wrong {
    /// The last is before the first.
    Order,
    /// One is no port.
    Number(String),
}

fn range(text: &str) -> Result<RangeInclusive<u16>, Wrong> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |which, it: &str| {
        number(it).map_err(|why| Wrong::Number(format!("invalid {which} port '{it}': {why}")))
    };
    let start = number("start", first)?;
    let end = if first == last { start } else { number("end", last)? };
    if end < start { Err(Wrong::Order) } else { Ok(start..=end) }
}

fn number(text: &str) -> Result<u16, &'static str> {
    if text.is_empty() {
        return Err("value is empty");
    }
    if !text.bytes().all(|it| it.is_ascii_digit()) {
        return Err("invalid syntax");
    }
    text.parse().map_err(|_| "value out of range")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(publish: &[&str], expose: &[&str]) -> String {
        let own = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        match ports(&own(publish), &own(expose)) {
            Ok(ports) => ports.into_iter().collect::<Vec<_>>().join(" "),
            Err(error) => error,
        }
    }

    #[test]
    fn published_ports_are_those_of_the_container() {
        for (word, expected) in [
            ("80", "80/tcp"),
            ("8080:80", "80/tcp"),
            ("127.0.0.1:8080:80/udp", "80/udp"),
            ("[::1]:8080:80/SCTP", "80/sctp"),
            ("::1:8080:80", "80/tcp"),
            ("7000-7002", "7000/tcp 7001/tcp 7002/tcp"),
            ("9000-9005:80", "80/tcp"),
            ("published=8080,target=80", "80/tcp"),
            ("target=80,protocol=udp", "80/udp"),
            ("80/", "80/tcp"),
            ("", "no port specified: <empty>"),
            ("1:", "no port specified: 1:<empty>"),
            ("a", "invalid containerPort: a"),
            ("a:80", "invalid hostPort: a"),
            ("80/icmp", "invalid proto: icmp"),
            ("host:80:80", "invalid IP address: host"),
            ("[::1:80:80", "invalid IP address [::1: missing ']' in address"),
            ("1-3:1-2", "invalid ranges specified for container and host Ports: 1-2 and 1-3"),
            ("target=80,x", "invalid publish opts format (should be name=value but got 'x')"),
        ] {
            assert_eq!(found(&[word], &[]), expected, "{word}");
        }
    }

    #[test]
    fn exposed_ports_are_added() {
        for (word, expected) in [
            ("81", "80/tcp 81/tcp"),
            ("81/UDP", "80/tcp 81/udp"),
            ("81-82", "80/tcp 81/tcp 82/tcp"),
            ("", "invalid range format for --expose: value is empty"),
            ("/tcp", "invalid range format for --expose: invalid start port '': value is empty"),
            ("x", "invalid range format for --expose: invalid start port 'x': invalid syntax"),
            ("1-x", "invalid range format for --expose: invalid end port 'x': invalid syntax"),
            (
                "70000",
                "invalid range format for --expose: invalid start port '70000': value out of range",
            ),
            ("2-1/udp", "invalid range format for --expose: invalid port range: 2-1/udp"),
        ] {
            assert_eq!(found(&["80"], &[word]), expected, "{word}");
        }
    }
}
