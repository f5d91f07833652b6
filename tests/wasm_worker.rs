//! The effects of the core where it lives: in a dedicated worker of a real browser.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "all of this is a test")]

use dockwright::{
    registry::{Client, RegistryError},
    wasm::Fetch,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn a_registry_is_asked_with_fetch() {
    // The test runner's own server is no registry, and says so with 404.
    let origin: String =
        js_sys::Reflect::get(&js_sys::global(), &"origin".into()).unwrap().as_string().unwrap();
    let found = Client::new(Fetch, origin, None).ping().await;
    assert!(matches!(found, Err(RegistryError::Refused { status: 404, .. })), "{found:?}");
}

#[wasm_bindgen_test]
async fn a_registry_that_is_not_there_is_an_error() {
    // Port 9 (discard) is not served.
    let found = Client::new(Fetch, "http://127.0.0.1:9", None).ping().await;
    assert!(matches!(found, Err(RegistryError::Transport(_))), "{found:?}");
}
