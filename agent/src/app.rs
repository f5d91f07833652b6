//! The routes: the page's files, which are public, and the two that lead to Docker.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State, ws::WebSocketUpgrade},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
};
use dockwright::protocol::{ErrorKind, MAX_PAYLOAD, RpcError, SUBPROTOCOL, frame::HEADER};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::{
    assets::Assets,
    config,
    hub::{Hub, Used},
    pairing::{Paired, SCOPES, Unpaired},
    session,
};

/// The body of every refusal, whatever the reason.
const REFUSAL: &str =
    "Dockwright answers only its own page, at http://127.0.0.1 and the port that it printed.\n";

#[derive(Clone)]
struct Shared {
    hub: Arc<Hub>,
    assets: Arc<Assets>,
}

/// The agent's HTTP service.
pub(crate) fn app(hub: Arc<Hub>, assets: Assets) -> Router {
    let shared = Shared { hub, assets: Arc::new(assets) };
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/v1/session", post(pair))
        .route("/v1/socket", get(socket))
        .route("/v1/{*rest}", any(async || (StatusCode::NOT_FOUND, "Not found\n")))
        .fallback(async |State(shared): State<Shared>, request: Request| {
            shared.assets.answer(request.method(), request.uri().path())
        })
        .layer(middleware::from_fn_with_state(shared.clone(), guard))
        .with_state(shared)
}

/// The gate before everything, and the headers after it.
async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let gate = &shared.hub.gate;
    let mut response = match gate.check(request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        // The connection is closed: who was refused has no business with the rest of it.
        Err(_) => (StatusCode::FORBIDDEN, [(header::CONNECTION, "close")], REFUSAL).into_response(),
    };
    protect(response.headers_mut(), shared.hub.port);
    response
}

/// What a browser may do with an answer, and with the page. The one Trusted Types policy names the page's worker.
fn protect(headers: &mut HeaderMap, port: u16) {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self' ws://127.0.0.1:{port}; worker-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types dockwright-worker"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), local-network=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: String,
}

/// `POST /v1/session`: a code for a session.
async fn pair(
    State(Shared { hub, .. }): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if media_type.split(';').next() != Some("application/json") {
        let error = RpcError::new(ErrorKind::InvalidRequest, "the body must be application/json");
        return failure(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error);
    }
    let Ok(body) = timeout(config::HEAD_TIME, to_bytes(body, config::MAX_PAIRING_BODY)).await
    else {
        let error = RpcError::new(ErrorKind::Timeout, "the body did not arrive in time");
        let mut response = failure(StatusCode::REQUEST_TIMEOUT, &error);
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return response;
    };
    let Some(Code { code }) = body.ok().and_then(|it| serde_json::from_slice(&it).ok()) else {
        let error = RpcError::new(ErrorKind::InvalidRequest, "the body must be {\"code\": \"…\"}");
        return failure(StatusCode::BAD_REQUEST, &error);
    };
    sleep(hub.pairing.delay()).await;
    match hub.pairing.pair(&code) {
        Ok(Paired { sid, key, expires_in }) => {
            let _stopping = hub.used.try_send(Used::Paired);
            let paired = json!({
                "sid": sid,
                "key": key.reveal(),
                "scopes": SCOPES,
                "expires_in": expires_in.as_secs(),
            });
            json_response(StatusCode::OK, &paired)
        }
        Err(unpaired) => {
            if unpaired == Unpaired::Late {
                let _stopping = hub.used.try_send(Used::Late);
            }
            let text = match unpaired {
                Unpaired::Wrong | Unpaired::Late => {
                    "This link has been used, or is older than 10 minutes. Use the newest link that the agent printed."
                }
                Unpaired::NoRandomness => "The machine gives no random bytes.",
            };
            failure(StatusCode::FORBIDDEN, &RpcError::new(ErrorKind::Unauthenticated, text))
        }
    }
}

/// `GET /v1/socket`: the WebSocket.
async fn socket(
    State(Shared { hub, .. }): State<Shared>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // The gate has seen exactly one, and that it is ours.
    let origin =
        headers.get(header::ORIGIN).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let upgrade = upgrade
        .protocols([SUBPROTOCOL])
        .read_buffer_size(config::READ_BUFFER)
        .max_write_buffer_size(config::MAX_WRITE_BUFFER)
        .max_message_size(HEADER + MAX_PAYLOAD)
        .max_frame_size(HEADER + MAX_PAYLOAD);
    if upgrade.selected_protocol().is_none() {
        return (StatusCode::BAD_REQUEST, "The subprotocol is dockwright.v1\n").into_response();
    }
    upgrade.on_upgrade(move |socket| session::serve(hub, socket, origin))
}

fn failure(status: StatusCode, error: &RpcError) -> Response {
    json_response(status, &json!({ "error": error }))
}

fn json_response(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
