//! The registry's client against a registry of a few recorded answers.

use std::{
    cell::RefCell,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use dockwright::{
    image::Digest,
    registry::{
        Client, Credentials, RegistryError,
        transport::{Request, Response, Transport, TransportError},
    },
};

/// URL, authorization that is needed, answer.
type Answer = (&'static str, Option<&'static str>, Response);

struct Table {
    answers: Vec<Answer>,
    log: RefCell<Vec<String>>,
}

impl Transport for &Table {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let authorization = request.authorization.as_deref();
        self.log.borrow_mut().push(format!("{} {}", request.url, authorization.unwrap_or("-")));
        let found = self.answers.iter().find(|it| it.0 == request.url && it.1 == authorization);
        let reason = "no such answer".to_owned();
        found.map(|it| it.2.clone()).ok_or(TransportError { url: request.url, reason })
    }
}

/// Nothing here ever waits, so one poll is the whole run.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(it) => it,
        Poll::Pending => panic!("a table never waits"),
    }
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers =
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Response { status, headers, body: body.as_bytes().to_vec() }
}

fn table(answers: Vec<Answer>) -> Table {
    Table { answers, log: RefCell::default() }
}

fn basic() -> Credentials {
    Credentials { basic: "c2VjcmV0".to_owned() }
}

#[test]
fn a_token_is_fetched_once_and_the_question_asked_again() {
    let challenge =
        r#"Bearer realm="https://auth.example/token",service="r",scope="repository:a/b:pull""#;
    let table = table(vec![
        (
            "https://r.example/v2/a/b/tags/list",
            None,
            answer(401, &[("www-authenticate", challenge)], ""),
        ),
        (
            "https://auth.example/token?service=r&scope=repository:a/b:pull",
            None,
            answer(200, &[], r#"{"token":"T"}"#),
        ),
        (
            "https://r.example/v2/a/b/tags/list",
            Some("Bearer T"),
            answer(
                200,
                &[("link", "</v2/a/b/tags/list?last=1>; rel=\"next\"")],
                r#"{"tags":["1"]}"#,
            ),
        ),
        ("https://r.example/v2/a/b/tags/list?last=1", None, answer(200, &[], r#"{"tags":null}"#)),
    ]);
    let client = Client::new(&table, "https://r.example", None);
    assert_eq!(now(client.tags("a/b")), Ok(vec!["1".to_owned()]));
}

#[test]
fn credentials_do_not_leave_for_another_host() {
    for (realm, expected) in [
        ("https://evil.example/token", "https://evil.example/token -"),
        ("https://r.example.evil.example/token", "https://r.example.evil.example/token -"),
        ("https://r.example/token", "https://r.example/token Basic c2VjcmV0"),
    ] {
        let challenge = format!("Bearer realm=\"{realm}\"");
        let table = table(vec![(
            "https://r.example/v2/",
            None,
            answer(401, &[("www-authenticate", &challenge)], ""),
        )]);
        let client = Client::new(&table, "https://r.example", Some(basic()));
        assert!(matches!(now(client.ping()), Err(RegistryError::Transport(_))));
        assert_eq!(table.log.borrow()[1], expected);
    }
}

#[test]
fn a_manifest_is_checked_against_its_digest() {
    let digest = Digest::of(b"{}").to_string();
    let url = "http://localhost:5000/v2/app/manifests/latest";
    for (announced, body, is_ok) in [(digest.as_str(), "{}", true), (digest.as_str(), "{} ", false)]
    {
        let headers = [
            ("docker-content-digest", announced),
            ("content-type", "application/x; charset=utf-8"),
        ];
        let table = table(vec![(url, None, answer(200, &headers, body))]);
        let client = Client::new(&table, "http://localhost:5000", None);
        let found = now(client.manifest(&"localhost:5000/app".parse().unwrap()));
        match found {
            Ok(manifest) => {
                assert_eq!((manifest.media_type.as_str(), is_ok), ("application/x", true));
            }
            Err(error) => {
                assert!(matches!(error, RegistryError::DigestMismatch { .. }), "{error}");
                assert!(!is_ok);
            }
        }
    }
}

#[test]
fn errors_carry_the_registrys_words() {
    let body = r#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#;
    let url = "https://registry-1.docker.io/v2/library/nope/manifests/latest";
    for (body, expected) in [
        (body, "manifest unknown (HTTP status 404)"),
        ("<html>", "the registry gave no reason (HTTP status 404)"),
    ] {
        let table = table(vec![(url, None, answer(404, &[], body))]);
        let reference = "nope".parse().unwrap();
        let client = Client::new(&table, Client::<&Table>::origin_of(&reference), None);
        assert_eq!(now(client.manifest(&reference)).unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_next_page_on_another_host_is_refused() {
    let link = "<https://evil.example/v2/a/tags/list>; rel=\"next\"";
    let table = table(vec![(
        "http://r/v2/a/tags/list",
        None,
        answer(200, &[("link", link)], r#"{"tags":["1"]}"#),
    )]);
    let found = now(Client::new(&table, "http://r", None).tags("a")).unwrap_err();
    assert_eq!(
        found.to_string(),
        "unexpected answer: the next page is elsewhere: https://evil.example/v2/a/tags/list"
    );
}
