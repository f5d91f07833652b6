//! Whatever a stranger writes: no panic, and what is understood is consistent. Dockerfiles have `corpus.rs`.

use dockwright::{
    command::{self, Profile, lex},
    image::{Reference, anatomy::anatomy, digest::Digest, reference::is_registry},
    protocol::{FromAgent, FromPage, rpc},
    registry::challenge::Challenge,
    text::Span,
};
use proptest::prelude::*;

/// Pieces of which names are made, and others.
fn name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z0-9]{1,6}",
        "[A-Z]{1,2}",
        r"[/:@._\-]{1,3}",
        Just("localhost".to_owned()),
        Just("docker.io/".to_owned()),
        Just("library/".to_owned()),
        Just(format!("@{}", Digest::of(b""))),
        "\\PC",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|it| it.concat())
}

/// Pieces of which command lines are made, and others.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("docker ".to_owned()),
        "(run|build|images|pull|push|login|tag|ps|rm|image|container) ",
        r#"(-it|-d|--name|--entrypoint|--|-t|-p|-e|--format|-|–it|—rm) ?"#,
        r#"['"\\$&|;<>`“”‘’=,{}() ]{1,3}"#,
        "[a-z0-9./:]{1,8} ",
        "\\PC",
    ];
    prop::collection::vec(piece, 0..10).prop_map(|it| it.concat())
}

/// Pieces of which messages are made, and others.
fn message() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(r#"{"jsonrpc":"2.0","#.to_owned()),
        Just(r#""id":1,"#.to_owned()),
        "\"method\":\"(session.auth|container.run|build.start|stream.credit|job.state|session.hello|nope)\",",
        Just(r#""params":{"#.to_owned()),
        "\"(sid|image|ctx|stream|bytes|job|state|error|result|code)\":(1|-1|\"a\"|null|\\[\\]|1e99),?",
        "[{}\\[\\],:\"]",
        "\\PC",
    ];
    prop::collection::vec(piece, 0..10).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn a_name_that_is_understood_reads_the_same_again(text in name()) {
        if let Ok(found) = text.parse::<Reference>() {
            prop_assert_eq!(&found.to_string().parse::<Reference>().unwrap(), &found);
            // `docker.io/docker.io/a` is familiar as `docker.io/a`, which is another image: so it is in Docker.
            if !is_registry(found.path.split('/').next().unwrap()) {
                prop_assert_eq!(&found.familiar().parse::<Reference>().unwrap(), &found);
            }
        }
    }

    #[test]
    fn parts_of_a_name_are_where_they_are_said_to_be(text in name()) {
        if let Ok(parts) = anatomy(&text) {
            let spans: Vec<Span> = parts.iter().filter_map(|it| it.span).collect();
            prop_assert!(spans.windows(2).all(|it| it[0].end <= it[1].start), "{:?}", spans);
            prop_assert!(spans.iter().all(|it| !it.slice(&text).is_empty()), "{:?}", spans);
        }
    }

    #[test]
    fn a_command_line_is_words_or_an_error(text in line()) {
        let cleaned = lex::clean(&text);
        if let Ok(words) = lex::words(&cleaned.text)
            && let Some((_, words)) = words.split_first()
        {
            for profile in Profile::ALL {
                if let Err(failure) = command::docker(words, profile) {
                    prop_assert!(failure.exit == 0 || !failure.stderr.is_empty(), "{:?}", failure);
                }
            }
        }
    }

    #[test]
    fn a_challenge_is_read_or_not(text in "(Bearer|Basic|bearer|\\PC{1,3})( |,|=|\"|realm|scope|\\\\|\\PC){0,12}") {
        if let Some(Challenge::Bearer { realm, .. }) = Challenge::parse(&text) {
            prop_assert!(text.contains('='), "{}", realm);
        }
    }

    #[test]
    fn a_message_is_read_or_an_error(text in message()) {
        if let Ok(FromPage::Request { id, call: Ok(call) }) = FromPage::decode(&text) {
            let again = FromPage::decode(&rpc::encode_call(Some(id), &call));
            prop_assert_eq!(again, Ok(FromPage::Request { id, call: Ok(call) }));
        }
        if let Ok(FromAgent::Event(event)) = FromAgent::decode(&text) {
            let again = FromAgent::decode(&rpc::encode_event(&event)).unwrap();
            prop_assert!(matches!(again, FromAgent::Event(it) if it == event));
        }
    }
}
