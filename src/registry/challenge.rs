//! `WWW-Authenticate`: how a registry wants to be asked again (RFC 9110, section 11).

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{escaped_transform, take_while1},
    character::complete::{char, none_of, space0, space1},
    combinator::{map, value},
    multi::separated_list0,
    sequence::{delimited, separated_pair},
};

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
        let (_, (scheme, parameters)) = challenge(header.trim()).ok()?;
        let mut parameters: Vec<(String, String)> = parameters;
        let mut take = |name: &str| {
            let at = parameters.iter().position(|it| it.0.eq_ignore_ascii_case(name))?;
            Some(parameters.swap_remove(at).1)
        };
        match scheme.to_ascii_lowercase().as_str() {
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

type Parameters = Vec<(String, String)>;

fn challenge(input: &str) -> IResult<&str, (&str, Parameters)> {
    let comma = (space0, char(','), space0);
    (token, alt((parameters_after_space(comma), |it| Ok((it, Vec::new()))))).parse(input)
}

fn parameters_after_space<'a>(
    comma: impl Parser<&'a str, Error = nom::error::Error<&'a str>>,
) -> impl Parser<&'a str, Output = Parameters, Error = nom::error::Error<&'a str>> {
    map((space1, separated_list0(comma, parameter)), |it| it.1)
}

fn parameter(input: &str) -> IResult<&str, (String, String)> {
    let equals = delimited(space0, char('='), space0);
    let bare = map(token, str::to_owned);
    separated_pair(map(token, str::to_owned), equals, alt((quoted, bare))).parse(input)
}

fn token(input: &str) -> IResult<&str, &str> {
    take_while1(|it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:/".contains(it))
        .parse(input)
}

fn quoted(input: &str) -> IResult<&str, String> {
    let text = escaped_transform(none_of("\"\\"), '\\', nom::character::complete::anychar);
    delimited(char('"'), alt((text, value(String::new(), space0))), char('"')).parse(input)
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
        check(r#"bearer REALM = "x" , service=r"#, Some(("x", Some("r"), None)));
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
