//! Codes, sessions and proofs.

use std::time::{Duration, Instant};

use dockwright::protocol::{Call, FromAgent, proof, rpc::encode_call};
use futures_util::SinkExt as _;
use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    agent::Agent,
    page::{Page, auth, connect, receive, request},
};

#[test]
fn a_code_pairs_one_page_and_the_next_is_printed() {
    let agent = Agent::without_engine();
    let code = agent.code();
    assert!(agent.printed().contains(&format!("Open http://127.0.0.1:{}/#c={code}", agent.port)));
    let paired = agent.pair();
    assert_eq!((paired.sid.len(), paired.key.len()), (32, 64));
    let again = agent.post_code(&code);
    assert!(again.starts_with("HTTP/1.1 403"), "{again}");
    let body: Value = serde_json::from_str(again.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body["error"]["data"]["kind"], "unauthenticated");
    assert!(agent.printed().contains(&agent.code()));
    let other = agent.pair();
    assert_ne!((paired.sid, paired.key), (other.sid, other.key));
}

#[test]
fn guessing_is_slow() {
    let agent = Agent::without_engine();
    for _ in 0..10 {
        assert!(agent.post_code("00").starts_with("HTTP/1.1 403"));
    }
    let started = Instant::now();
    // The answer comes after the half second for which the helper waits.
    assert_eq!(agent.post_code("00"), "");
    assert!(started.elapsed() >= Duration::from_millis(500));
}

#[test]
fn the_link_is_for_its_owner_and_no_key_is_printed() {
    use std::os::unix::fs::PermissionsExt as _;
    let agent = Agent::without_engine();
    let mode = std::fs::metadata(agent.folder.join("pair.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let paired = agent.pair();
    assert!(!agent.printed().contains(&paired.key) && !agent.printed().contains(&paired.sid));
}

#[tokio::test]
async fn both_ends_prove_that_they_hold_the_key() {
    let agent = Agent::without_engine();
    let paired = agent.pair();
    let mut socket = connect(agent.port, request(agent.port, &agent.origin())).await.unwrap();
    let hello = receive(&mut socket).await.unwrap();
    let auth = auth(&agent, &paired, &hello);
    let nonce = match FromAgent::decode(hello.to_text().unwrap()) {
        Ok(FromAgent::Event(dockwright::protocol::Event::Hello { nonce, .. })) => nonce,
        other => panic!("{other:?}"),
    };
    let expected = proof::of_agent(&proof::unhex(&paired.key).unwrap(), &auth.nonce, &nonce);
    socket.send(Message::text(encode_call(Some(1), &Call::Auth(auth)))).await.unwrap();
    let answer = receive(&mut socket).await.unwrap();
    let Ok(FromAgent::Response { id: 1, result: Ok(ready) }) =
        FromAgent::decode(answer.to_text().unwrap())
    else {
        panic!("{answer}")
    };
    let ready: Value = serde_json::from_str(&ready.to_string()).unwrap();
    assert_eq!(ready["mac"], Value::String(expected));
    assert_eq!(ready.get("engine"), None);
}

#[tokio::test]
async fn wrong_proofs_are_refused() {
    let agent = Agent::without_engine();
    let paired = agent.pair();
    for wrong in 0..6 {
        let mut socket = connect(agent.port, request(agent.port, &agent.origin())).await.unwrap();
        let hello = receive(&mut socket).await.unwrap();
        let mut auth = auth(&agent, &paired, &hello);
        match wrong {
            0 => auth.sid = "0".repeat(32),
            1 => auth.mac = "0".repeat(64),
            2 => auth.mac = String::new(),
            3 => auth.nonce = "ff".repeat(16),
            4 => auth.mac = proof::of_page(&[0; 32], agent.port, &agent.origin(), "", &auth.nonce),
            _ => auth.sid = String::new(),
        }
        socket.send(Message::text(encode_call(Some(1), &Call::Auth(auth)))).await.unwrap();
        let answer = receive(&mut socket).await.unwrap();
        let Ok(FromAgent::Response { result: Err(error), .. }) =
            FromAgent::decode(answer.to_text().unwrap())
        else {
            panic!("{wrong}: {answer}")
        };
        assert_eq!(error.code, -32001);
        assert_eq!(receive(&mut socket).await.unwrap_err().map(|it| it.code.into()), Some(4401));
    }
    // Nobody is locked out.
    Page::open_with(&agent, &paired).await;
}

#[tokio::test]
async fn nothing_is_said_before_the_proof() {
    let agent = Agent::without_engine();
    for (message, code) in [
        (Message::text(r#"{"jsonrpc":"2.0","id":1,"method":"engine.info"}"#), 4401),
        (Message::text("nonsense"), 4401),
        (Message::binary(vec![0; 20]), 4401),
        (
            Message::text(format!(
                r#"{{"jsonrpc":"2.0","id":1,"method":"session.auth","x":"{}"}}"#,
                "x".repeat(5000)
            )),
            4401,
        ),
    ] {
        let mut socket = connect(agent.port, request(agent.port, &agent.origin())).await.unwrap();
        receive(&mut socket).await.unwrap();
        socket.send(message).await.unwrap();
        assert_eq!(receive(&mut socket).await.unwrap_err().map(|it| it.code.into()), Some(code));
    }
    let started = Instant::now();
    let mut socket = connect(agent.port, request(agent.port, &agent.origin())).await.unwrap();
    receive(&mut socket).await.unwrap();
    assert_eq!(receive(&mut socket).await.unwrap_err().map(|it| it.code.into()), Some(4408));
    assert!((4..8).contains(&started.elapsed().as_secs()));
}
