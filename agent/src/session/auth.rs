//! The first two messages: both ends prove that they hold the session's key.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use dockwright::protocol::{
    Call, ErrorKind, Event, FromPage, RpcError, VERSION,
    call::{Auth, Ready},
    proof,
    rpc::{encode_event, encode_response},
};
use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use serde_json::json;
use tokio::time::{sleep, timeout};

use super::{AUTH_TIMEOUT, Ending, UNAUTHENTICATED};
use crate::{config, docker::Logins, hub::Hub, pairing::SCOPES, secret::random_hex};

/// A page that has proved itself.
pub(super) struct Page {
    pub(super) sid: String,
    pub(super) logins: Arc<Logins>,
}

const REFUSED: Ending = Ending { code: UNAUTHENTICATED, reason: "not a session of this agent" };

/// Says hello, checks the page's proof, and gives the agent's.
pub(super) async fn authenticate(
    hub: &Hub,
    write: &mut SplitSink<WebSocket, Message>,
    read: &mut SplitStream<WebSocket>,
    origin: &str,
) -> Result<Page, Ending> {
    let nonce = random_hex::<{ proof::NONCE_BYTES }>()
        .map_err(|_| Ending { code: 1011, reason: "the machine gives no random bytes" })?;
    let agent = env!("CARGO_PKG_VERSION").to_owned();
    let hello = Event::Hello { protocol: VERSION, agent, nonce: nonce.clone() };
    send(write, encode_event(&hello)).await?;
    let message = timeout(config::AUTH_TIME, read.next()).await;
    let message =
        message.map_err(|_| Ending { code: AUTH_TIMEOUT, reason: "no session.auth in time" })?;
    let Some(Ok(Message::Text(text))) = message else { return Err(REFUSED) };
    if text.len() > config::MAX_AUTH_MESSAGE {
        return Err(REFUSED);
    }
    let Ok(FromPage::Request { id, call: Ok(Call::Auth(auth)) }) = FromPage::decode(&text) else {
        return Err(REFUSED);
    };
    let Auth { sid, nonce: page_nonce, mac, .. } = auth;
    let key = hub.pairing.session(&sid);
    let key = key.and_then(|(key, logins)| Some((proof::unhex(key.reveal())?, logins)));
    // Someone without a session waits as long as someone with a wrong proof.
    let (key, logins) = match key {
        Some((key, logins)) => (key, Some(logins)),
        None => (vec![0; proof::KEY_BYTES], None),
    };
    let right = proof::is_same(&mac, &proof::of_page(&key, hub.port, origin, &nonce, &page_nonce));
    let Some(logins) = logins.filter(|_| right && is_nonce(&page_nonce)) else {
        let delay = hub.pairing.delay();
        hub.pairing.failed();
        sleep(delay).await;
        let error = RpcError::new(ErrorKind::Unauthenticated, "not a session of this agent");
        send(write, encode_response(id, &Err(error))).await?;
        return Err(REFUSED);
    };
    hub.pairing.touch(&sid);
    let ready = Ready {
        mac: proof::of_agent(&key, &page_nonce, &nonce),
        scopes: SCOPES.map(str::to_owned).to_vec(),
        engine: hub.engine.info().await.ok(),
    };
    send(write, encode_response(id, &Ok(json!(ready)))).await?;
    Ok(Page { sid, logins })
}

fn is_nonce(text: &str) -> bool {
    proof::unhex(text).is_some_and(|it| it.len() == proof::NONCE_BYTES)
}

async fn send(write: &mut SplitSink<WebSocket, Message>, text: String) -> Result<(), Ending> {
    match timeout(config::AUTH_TIME, write.send(Message::text(text))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Ending { code: 1001, reason: "" }),
    }
}
