//! The ports of `EXPOSE`.

use std::net::IpAddr;

/// More ports than this in one instruction are not simulated.
const MAX_PORTS: usize = 1 << 18;

/// The ports that the words of one `EXPOSE` name, each with its protocol. An error is in BuildKit's words.
///
/// A word is `[[ip:]host:]port[-port][/protocol]`. The parts for the host are checked and then forgotten.
pub fn ports<W: AsRef<str>>(words: &[W]) -> Result<Vec<String>, String> {
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        let (range, protocol) = port(word.as_ref())?;
        if found.len() > MAX_PORTS {
            return Err("Dockwright does not simulate so many ports".to_owned());
        }
        found.reserve(range.len());
        found.extend(range.map(|it| [&it.to_string(), "/", protocol].concat()));
    }
    Ok(found)
}

fn port(word: &str) -> Result<(std::ops::RangeInclusive<u16>, &'static str), String> {
    let (before, container) = word.rsplit_once(':').unwrap_or(("", word));
    let (address, host) = before.rsplit_once(':').unwrap_or(("", before));
    let (container, protocol) = container.split_once('/').unwrap_or((container, ""));
    if container.is_empty() {
        return Err(format!("invalid port: {word:?}: no port specified"));
    }
    let known = ["tcp", "udp", "sctp"].into_iter().find(|it| protocol.eq_ignore_ascii_case(it));
    let Some(protocol) = known.or(protocol.is_empty().then_some("tcp")) else {
        return Err(format!("invalid port: {word:?}: invalid proto: {protocol}"));
    };
    check_address(address)?;
    let Some((first, last)) = range(container) else {
        return Err(format!("invalid containerPort: {container}"));
    };
    if !host.is_empty() {
        let Some((host_first, host_last)) = range(host) else {
            return Err(format!("invalid hostPort: {host}"));
        };
        // One port of the container may have a range of the host to choose from.
        if last - first != host_last - host_first && first != last {
            return Err(format!(
                "invalid ranges specified for container and host Ports: {container} and {host}"
            ));
        }
    }
    Ok((first..=last, protocol))
}

fn check_address(text: &str) -> Result<(), String> {
    let mut address = text;
    if text.starts_with('[') {
        let rest = text.get(1..).unwrap_or_default();
        let wrong = |what: &str| format!("invalid IP address {text}: address {text}:: {what}");
        match rest.split_once(']') {
            Some((inside, "")) if !inside.contains('[') => address = inside,
            Some((_, after)) if after.starts_with(':') => {
                return Err(wrong("too many colons in address"));
            }
            Some((inside, "")) if inside.contains('[') => {
                return Err(wrong("unexpected '[' in address"));
            }
            Some(_) => return Err(wrong("missing port in address")),
            None => return Err(wrong("missing ']' in address")),
        }
    }
    if address.is_empty() || address.parse::<IpAddr>().is_ok() {
        Ok(())
    } else {
        Err(format!("invalid IP address: {address}"))
    }
}

/// A port or `first-last`.
fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let range = (number(first)?, if first == last { number(first)? } else { number(last)? });
    (range.0 <= range.1).then_some(range)
}

/// A number from 0 to 65535, with a sign or without, as Go's `strconv.ParseInt` reads it.
fn number(text: &str) -> Option<u16> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number =
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse::<u16>().ok())??;
    (number == 0 || !text.starts_with('-')).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<_> = text.split(' ').map(str::to_owned).collect();
        let found = ports(&words).map_or_else(|it| it, |it| it.join(" "));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn ranges_are_opened() {
        check("53/udp 7000-7002 80", "53/udp 7000/tcp 7001/tcp 7002/tcp 80/tcp");
        check("80/TCP 80/", "80/tcp 80/tcp");
        check("0 65535/sctp +80 08", "0/tcp 65535/sctp 80/tcp 8/tcp");
        check("80-80", "80/tcp");
    }

    #[test]
    fn what_is_for_the_host_is_checked_and_forgotten() {
        check("8080:80 127.0.0.1:90:90 :91", "80/tcp 90/tcp 91/tcp");
        check("[::1]:1:80/udp ::1::81 [::1]::82", "80/udp 81/tcp 82/tcp");
        check("8000-8010:80 1-2:3-4", "80/tcp 3/tcp 4/tcp");
    }

    #[test]
    fn errors_are_in_dockers_words() {
        for (word, expected) in [
            ("foo", "invalid containerPort: foo"),
            ("90-80", "invalid containerPort: 90-80"),
            ("65536", "invalid containerPort: 65536"),
            ("1-2-3", "invalid containerPort: 1-2-3"),
            ("-1", "invalid containerPort: -1"),
            ("80-", "invalid containerPort: 80-"),
            ("80/xyz", "invalid port: \"80/xyz\": invalid proto: xyz"),
            ("80/XYZ", "invalid port: \"80/XYZ\": invalid proto: XYZ"),
            ("80/tcp/udp", "invalid port: \"80/tcp/udp\": invalid proto: tcp/udp"),
            ("/tcp", "invalid port: \"/tcp\": no port specified"),
            ("1.2.3.4:80:", "invalid port: \"1.2.3.4:80:\": no port specified"),
            ("x:80", "invalid hostPort: x"),
            ("2-1:80", "invalid hostPort: 2-1"),
            ("1-3:80-81", "invalid ranges specified for container and host Ports: 80-81 and 1-3"),
            ("localhost:80:80", "invalid IP address: localhost"),
            ("[x]:80:80", "invalid IP address: x"),
            ("[::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address"),
        ] {
            check(word, expected);
        }
    }
}
