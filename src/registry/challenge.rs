//! `WWW-Authenticate`: how a registry wants to be asked again (RFC 9110, section 11).

/// What a registry asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// A name and a password.
    Basic,
    /// A token, to be fetched from `realm`.
    Bearer {
        /// A URL.
        realm: String,
        /// Who the token is for.
        service: Option<String>,
        /// What it allows, such as `repository:library/alpine:pull`.
        scope: Option<String>,
    },
}

impl Challenge {
    /// Reads a header's value; `None` if it is neither kind or has no realm where one is needed.
    pub fn parse(header: &str) -> Option<Self> {
        let (scheme, mut parameters) = read(header);
        let mut take = |name: &str| {
            let at = parameters.iter().position(|it| it.0 == name)?;
            Some(parameters.swap_remove(at).1)
        };
        match scheme.as_str() {
            "basic" => Some(Self::Basic),
            "bearer" => Some(Self::Bearer {
                realm: take("realm")?,
                service: take("service"),
                scope: take("scope"),
            }),
            _ => None,
        }
    }
}

/// The scheme and the parameters of a header's value, in lower case but for the values, up to what cannot be read. It is
/// read as Docker does: `parseValueAndParams` of `distribution`'s client.
pub fn read(header: &str) -> (String, Vec<(String, String)>) {
    let (scheme, rest) = token(header);
    let mut parameters: Vec<(String, String)> = Vec::new();
    let mut rest = rest.trim_start_matches(is_space);
    while !scheme.is_empty() {
        let (name, after) = token(rest.trim_start_matches(is_space));
        let Some(after) = after.strip_prefix('=').filter(|_| !name.is_empty()) else { break };
        let (value, after) = match after.strip_prefix('"') {
            Some(inside) => quoted(inside),
            None => (token(after).0.to_owned(), token(after).1),
        };
        if value.is_empty() {
            break;
        }
        let name = name.to_ascii_lowercase();
        parameters.retain(|it| it.0 != name);
        parameters.push((name, value));
        let Some(next) = after.trim_start_matches(is_space).strip_prefix(',') else { break };
        rest = next;
    }
    (scheme.to_ascii_lowercase(), parameters)
}

fn is_space(it: char) -> bool {
    it == ' ' || it == '\t'
}

/// The token that a text starts with (RFC 9110, section 5.6.2), and the rest.
fn token(text: &str) -> (&str, &str) {
    let is_token = |it: char| it.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(it);
    text.split_at(text.find(|it| !is_token(it)).unwrap_or(text.len()))
}

/// The text up to the quote, and the rest; nothing if there is no quote.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.chars();
    while let Some(it) = letters.next() {
        match it {
            '"' => return (value, letters.as_str()),
            '\\' => value.extend(letters.next()),
            it => value.push(it),
        }
    }
    (String::new(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let found = Challenge::parse(header);
        let expected = expected.map(|(realm, service, scope)| Challenge::Bearer {
            realm: realm.to_owned(),
            service: service.map(str::to_owned),
            scope: scope.map(str::to_owned),
        });
        assert_eq!(found, expected, "{header}");
    }

    #[test]
    fn bearer_names_a_realm() {
        let scope = Some("repository:library/alpine:pull,push");
        check(
            r#"Bearer realm="https://a.example/token",service="r",scope="repository:library/alpine:pull,push""#,
            Some(("https://a.example/token", Some("r"), scope)),
        );
        check(r#"bearer REALM="x" , service=r"#, Some(("x", Some("r"), None)));
        // What is behind something that Docker cannot read is not there.
        check(r#"Bearer realm="x",service = "r""#, Some(("x", None, None)));
        check("Bearer realm=https://x/token", Some(("https", None, None)));
        check(r#"Bearer realm="a\"b""#, Some(("a\"b", None, None)));
        check("Bearer", None);
        check(r#"Bearer service="x""#, None);
        check("Digest realm=\"x\"", None);
        check("", None);
    }

    #[test]
    fn basic_needs_no_more() {
        assert_eq!(Challenge::parse("Basic realm=\"Registry\""), Some(Challenge::Basic));
        assert_eq!(Challenge::parse("basic"), Some(Challenge::Basic));
    }
}
