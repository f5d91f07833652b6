//! Messages, right and wrong, without an engine.

use dockwright::protocol::{
    Call, ErrorKind, MAX_TEXT,
    call::{ContextPut, Name, Nothing, Ping},
};
use tokio_tungstenite::tungstenite::Message;

use crate::{agent::Agent, page::Page};

#[tokio::test]
async fn without_an_engine_the_page_is_told_what_to_do() {
    let agent = Agent::without_engine();
    let mut page = Page::open(&agent).await;
    assert_eq!(page.ready.engine, None);
    assert_eq!(page.ask(Call::Ping(Ping { t: 7 })).await.unwrap(), serde_json::json!({ "t": 7 }));
    for call in [Call::EngineInfo(Nothing {}), Call::ImageList(Nothing {})] {
        let error = page.ask(call).await.unwrap_err();
        assert_eq!(error.data.kind, ErrorKind::EngineUnavailable);
        assert!(
            error.message.starts_with("There is no Docker socket at /nonexistent/docker.sock."),
            "{error}"
        );
    }
    let started = page.start(Call::ImagePush(Name { name: "x".to_owned() })).await;
    let ended = page.ended(&started).await;
    assert_eq!(ended.error.map(|it| it.data.kind), Some(ErrorKind::EngineUnavailable));
}

#[tokio::test]
async fn wrong_requests_are_answered_with_an_error() {
    let agent = Agent::without_engine();
    let mut page = Page::open(&agent).await;
    for (id, (method, params, code)) in (100..).zip([
        ("docker.exec", "{}", -32601),
        ("engine.info", r#"{"x":1}"#, -32602),
        ("container.run", r#"{"image":"x","privileged":true}"#, -32602),
        ("container.run", r#"{"image":"x","binds":["/:/host"]}"#, -32602),
        ("container.run", r#"{"image":"x","network":"host"}"#, -32602),
        ("container.run", r#"{"image":"../x"}"#, -32602),
        ("container.run", r#"{"image":"x","name":"../x"}"#, -32003),
        ("container.run", r#"{"image":"x","ports":[{"container":80,"host":80}]}"#, -32003),
        ("build.start", r#"{"ctx":9,"dockerfile":"Dockerfile","network":"host"}"#, -32602),
        ("build.start", r#"{"ctx":9,"dockerfile":"Dockerfile"}"#, -32004),
        ("build.start", r#"{"ctx":9,"dockerfile":"Dockerfile","tags":["A"]}"#, -32602),
        ("image.remove", r#"{"name":"debian"}"#, -32003),
        ("job.cancel", r#"{"job":99}"#, -32004),
        ("stream.signal", r#"{"stream":99,"signal":"KILL"}"#, -32014),
        ("registry.logout", r#"{"host":"x"}"#, -32004),
        ("session.auth", r#"{"sid":"","nonce":"","mac":"","client":""}"#, -32600),
    ]) {
        let text =
            format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{params}}}"#);
        page.send(Message::text(text)).await;
        let error = page.answer(id).await.unwrap_err();
        assert_eq!(error.code, code, "{method} {params}: {error}");
    }
}

#[tokio::test]
async fn what_is_not_the_protocol_ends_the_connection() {
    let agent = Agent::without_engine();
    let paired = agent.pair();
    for (message, code) in [
        (Message::text("nonsense"), 1008),
        (Message::text("[]"), 1008),
        (
            Message::text(r#"[{"jsonrpc":"2.0","id":1,"method":"session.ping","params":{"t":1}}]"#),
            1008,
        ),
        (
            Message::text(r#"{"jsonrpc":"1.0","id":1,"method":"session.ping","params":{"t":1}}"#),
            1008,
        ),
        (Message::text(r#"{"jsonrpc":"2.0","method":"docker.exec"}"#), 1008),
        (Message::text(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#), 1008),
        (Message::text("x".repeat(MAX_TEXT + 1)), 1009),
        (Message::text("x".repeat(MAX_TEXT + 100)), 1009),
        (Message::binary(vec![0; 5]), 1003),
        (Message::binary(vec![7; 20]), 1003),
        (Message::binary(vec![1; 20]), 1003),
        (Message::binary(vec![0; 65_600]), 1009),
    ] {
        let mut page = Page::open_with(&agent, &paired).await;
        let shown = message.to_string().chars().take(80).collect::<String>();
        page.send(message).await;
        assert_eq!(page.until_closed().await.map(|it| it.code.into()), Some(code), "{shown}");
    }
}

#[tokio::test]
async fn contexts_keep_their_limits() {
    let agent = Agent::without_engine();
    let mut page = Page::open(&agent).await;
    let ctx = page.context(&[("Dockerfile", "FROM x"), ("a/b", "")]).await;
    let put = |path: &str, size| ContextPut { ctx, path: path.to_owned(), size, executable: false };
    let error = page.ask(Call::ContextPut(put("late", 0))).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::InvalidParams);
    // The fifth takes the place of the oldest.
    let mut last = 0;
    for _ in 0..4 {
        let begun = page.ask(Call::ContextBegin(Nothing {})).await.unwrap();
        last = u32::try_from(begun["stream"].as_u64().unwrap()).unwrap();
    }
    let error = page.ask(Call::ContextPut(put("late", 0))).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::NotFound);
    page.input(last, 0, b"beyond").await;
    assert_eq!(page.until_closed().await.map(|it| it.code.into()), Some(1008));
}

#[tokio::test]
async fn a_page_cannot_ask_too_fast() {
    let agent = Agent::without_engine();
    let mut page = Page::open(&agent).await;
    for id in 1000..1200 {
        page.send(Message::text(format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"session.ping","params":{{"t":1}}}}"#
        )))
        .await;
    }
    let mut refused = 0;
    for id in 1000..1200 {
        refused += usize::from(
            page.answer(id).await.is_err_and(|it| it.data.kind == ErrorKind::LimitExceeded),
        );
    }
    assert!((40..=100).contains(&refused), "{refused}");
}

#[tokio::test]
async fn sockets_are_limited_and_light() {
    let agent = Agent::without_engine();
    let paired = agent.pair();
    let mut pages = Vec::new();
    // The first ones wake all threads, and each of those has a stock of memory.
    for _ in 0..16 {
        pages.push(Page::open_with(&agent, &paired).await);
    }
    let before = agent.memory();
    for _ in 16..64 {
        pages.push(Page::open_with(&agent, &paired).await);
    }
    let each = agent.memory().saturating_sub(before) / (pages.len() - 16);
    assert!(each < 64 * 1024, "{each} bytes each");
    let mut socket =
        crate::page::connect(agent.port, crate::page::request(agent.port, &agent.origin()))
            .await
            .unwrap();
    let closed = crate::page::receive(&mut socket).await.unwrap_err();
    assert_eq!(closed.map(|it| it.code.into()), Some(1013));
}
