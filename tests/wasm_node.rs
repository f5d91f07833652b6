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

#[wasm_bindgen_test]
fn a_linter_has_settings_and_repairs() {
    let mut linter = dockwright::wasm::Linter::new("hadolint").unwrap();
    let source = "FROM debian:13\nMAINTAINER me\nCOPY dist /\n";
    let linted = value(linter.lint(source, Some("dist\n".to_owned())).unwrap());
    let first = linted.pointer("/findings/0").unwrap();
    assert_eq!(first.get("severity"), Some(&json!("error")));
    assert_eq!(first.get("check"), Some(&json!("MaintainerDeprecated")));
    assert_eq!(first.pointer("/fix/safety"), Some(&json!("safe")));
    let aliases = first.get("aliases").unwrap().as_array().unwrap();
    assert!(aliases.contains(&json!("DL4000")));
    assert_eq!(linted.pointer("/findings/1/code"), Some(&json!("CopyIgnoredFile")));
    assert_eq!(linted.get("instructions"), Some(&json!(3)));
    let fixed = value(linter.fix(source, false).unwrap());
    assert_eq!(fixed.pointer("/made/0/code"), Some(&json!("DW716")));
    assert!(fixed.get("text").unwrap().as_str().unwrap().contains("LABEL"));
    linter.ignore("DL4000").unwrap();
    let linted = value(linter.lint(source, None).unwrap());
    assert_eq!(linted.get("findings"), Some(&json!([])));
}

#[wasm_bindgen_test]
fn what_a_linter_is_not_told_right_is_an_error() {
    let text = |error: wasm_bindgen::JsError| -> String {
        js_sys::Error::from(JsValue::from(error)).message().into()
    };
    let mut linter = dockwright::wasm::Linter::new("default").unwrap();
    let error = text(linter.select("DW1O1").unwrap_err());
    assert_eq!(error, "there is no rule \"DW1O1\"; did you mean DW101?");
    let error = text(linter.set_severity("DW101", "loud").unwrap_err());
    assert_eq!(error, "\"loud\" is no level: say error, warning, info or style");
    let values = ["author".to_owned(), "name".to_owned()].to_vec();
    let error = text(linter.set_option("labels", values).unwrap_err());
    assert!(error.starts_with("\"name\" is no kind of label"));
    let error = text(linter.set_option("nothing", Vec::new()).unwrap_err());
    assert_eq!(error, "there is no such option");
    assert!(dockwright::wasm::Linter::new("loud").is_err());
}
