//! The ports of `EXPOSE`.

/// More ports than this in one instruction are not simulated.
const MAX_PORTS: usize = 1 << 18;

/// The ports that the words of one `EXPOSE` name, each with its protocol. An error is in Docker's words.
pub(super) fn ports(words: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for word in words.split_whitespace() {
        let (range, protocol) = port(word)?;
        if found.len() > MAX_PORTS {
            return Err("Dockwright does not simulate so many ports".to_owned());
        }
        found.extend(range.map(|it| format!("{it}/{protocol}")));
    }
    Ok(found)
}

/// `[[ip:]host:]port[-port][/protocol]`: only port and protocol count.
fn port(word: &str) -> Result<(std::ops::RangeInclusive<u16>, String), String> {
    let (spec, protocol) = word.split_once('/').unwrap_or((word, "tcp"));
    let protocol = match protocol.to_ascii_lowercase() {
        it if it.is_empty() => "tcp".to_owned(),
        it => it,
    };
    if !matches!(&*protocol, "tcp" | "udp" | "sctp") {
        return Err(format!("invalid port: {word:?}: invalid proto: {protocol}"));
    }
    let container = spec.rsplit(':').next().unwrap_or_default();
    if container.is_empty() {
        return Err(format!("invalid port: {word:?}: no port specified"));
    }
    let (first, last) = container.split_once('-').unwrap_or((container, container));
    let number = |it: &str| it.parse::<u16>().ok().filter(|_| !it.starts_with('+'));
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first..=last, protocol)),
        _ => Err(format!("invalid containerPort: {container}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[&str]) {
        assert_eq!(ports(words).unwrap(), expected);
    }

    #[test]
    fn ranges_are_opened() {
        check("53/udp 7000-7002 80", &["53/udp", "7000/tcp", "7001/tcp", "7002/tcp", "80/tcp"]);
        check("80/TCP 80/", &["80/tcp", "80/tcp"]);
        check("8080:80 127.0.0.1:90:90", &["80/tcp", "90/tcp"]);
        check("0 65535/sctp", &["0/tcp", "65535/sctp"]);
    }

    #[test]
    fn errors_are_in_dockers_words() {
        for (words, expected) in [
            ("foo", "invalid containerPort: foo"),
            ("90-80", "invalid containerPort: 90-80"),
            ("65536", "invalid containerPort: 65536"),
            ("80/xyz", "invalid port: \"80/xyz\": invalid proto: xyz"),
        ] {
            assert_eq!(ports(words).unwrap_err(), expected);
        }
    }
}
