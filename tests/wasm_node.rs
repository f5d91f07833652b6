//! What crosses to JavaScript, as JavaScript sees it, in Node.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "all of this is a test")]

use js_sys::JSON;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn value(it: impl Into<JsValue>) -> Value {
    let text: String = JSON::stringify(&it.into()).unwrap().into();
    serde_json::from_str(&text).unwrap()
}

#[wasm_bindgen_test]
fn findings_have_utf16_offsets() {
    // `🐳` is four bytes and two UTF-16 units.
    let analysis = value(dockwright::wasm::analyze("# 🐳\nFROM debian:latest\n").unwrap());
    let finding = analysis.pointer("/findings/0").unwrap();
    assert_eq!(finding.get("code"), Some(&json!("DW102")));
    assert_eq!(finding.get("severity"), Some(&json!("warning")));
    assert_eq!((finding.get("from"), finding.get("to")), (Some(&json!(10)), Some(&json!(23))));
    assert_eq!(finding.get("line"), Some(&json!(2)));
    let keyword = json!({ "from": 5, "to": 9, "kind": "keyword" });
    assert!(analysis.pointer("/tokens").unwrap().as_array().unwrap().contains(&keyword));
}

#[wasm_bindgen_test]
fn names_are_taken_apart() {
    let anatomy = value(dockwright::wasm::anatomy("mysql/mysql-server").unwrap());
    assert_eq!(anatomy.get("canonical"), Some(&json!("docker.io/mysql/mysql-server:latest")));
    assert_eq!(anatomy.get("registry"), Some(&json!("Docker Hub")));
    assert_eq!(anatomy.pointer("/parts/0/implied"), Some(&json!(true)));
    let wrong = value(dockwright::wasm::anatomy("Ubuntu").unwrap());
    let words = "invalid reference format: repository name (library/Ubuntu) must be lowercase";
    assert_eq!(wrong.get("error"), Some(&json!(words)));
    assert_eq!(wrong.get("parts"), Some(&json!([])));
}

#[wasm_bindgen_test]
fn what_only_a_build_finds_is_among_the_findings() {
    let analysis = value(dockwright::wasm::analyze("FROM debian:13\nEXPOSE foo\n").unwrap());
    let findings = analysis.pointer("/findings").unwrap().as_array().unwrap();
    let first = findings.first().unwrap();
    assert_eq!(first.get("message"), Some(&json!("invalid containerPort: foo")));
    assert_eq!(
        (first.get("line"), first.get("severity")),
        (Some(&json!(2)), Some(&json!("error")))
    );
}
