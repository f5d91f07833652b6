//! SARIF 2.1.0: what is in a log, and that the schema of the OASIS allows it.

use std::path::Path;

use expect_test::expect;
use serde_json::Value;

use super::{folder, lint};

/// The schema of the standard, as the OASIS publishes it.
const SCHEMA: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/support/sarif-schema-2.1.0.json"));

/// The log that the linter prints.
fn log(folder: &Path, args: &str) -> Value {
    let said = lint(folder, args);
    serde_json::from_str(said.rsplit_once("---").unwrap().0).unwrap()
}

/// What is wrong with a log, by the schema.
fn wrong(log: &Value) -> Vec<String> {
    // A bracket in the pattern of a language is not escaped, which not all expressions allow.
    let schema = SCHEMA.replace("{2}]?$", "{2}\\\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    validator.iter_errors(log).map(|it| format!("{}: {it}", it.instance_path())).collect()
}

#[test]
fn logs_are_as_the_schema_wants_them() {
    let nothing = folder(&[("Dockerfile", "FROM scratch\n")]);
    let odd = folder(&[(
        "a ü [b]?#/Dockerfile",
        "FROM debian\n# hadolint ignore=DL3004\nRUN sudo id\n\u{feff}NOPE\nMAINTAINER ü\n",
    )]);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/dockerfiles");
    let cases = [
        (nothing.path(), "--format sarif", 0),
        (odd.path(), "--format sarif", 4),
        (odd.path(), "--format sarif --preset hadolint", 3),
        (&fixtures, "--format sarif --isolated --select ALL --preview", 1_000),
    ];
    for (folder, args, least) in cases {
        let log = log(folder, args);
        assert_eq!(wrong(&log), Vec::<String>::new(), "{args}");
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert!(results.len() >= least, "{args}: {} results", results.len());
    }
}

#[test]
fn the_schema_finds_what_is_wrong() {
    let log = serde_json::json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert_eq!(wrong(&log), ["/runs/0: \"tool\" is a required property"]);
}

#[test]
fn sarif_names_rules_places_repairs_and_what_is_silenced() {
    let folder = folder(&[(
        "a b/Dockerfile",
        "FROM debian\n# hadolint ignore=DL3004\nRUN sudo id\nMAINTAINER a\n",
    )]);
    let log = log(folder.path(), "--select DW101,DW601,DW716 --format sarif");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let mut seen = String::new();
    for it in results {
        let rule = &run["tool"]["driver"]["rules"]
            [usize::try_from(it["ruleIndex"].as_u64().unwrap()).unwrap()];
        let place = &it["locations"][0]["physicalLocation"];
        seen.push_str(&format!(
            "{} {} {} {} {}\n",
            it["ruleId"],
            rule["id"],
            place["artifactLocation"]["uri"],
            place["region"]["startLine"],
            it["suppressions"][0]["kind"],
        ));
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("```dockerfile"));
        assert_eq!(it["partialFingerprints"]["dockwright/v1"].as_str().unwrap().len(), 16);
    }
    expect![[r#"
        "DW101" "DW101" "a%20b/Dockerfile" 1 null
        "DW716" "DW716" "a%20b/Dockerfile" 4 null
        "DW601" "DW601" "a%20b/Dockerfile" 3 "inSource"
    "#]]
    .assert_eq(&seen);
    let fix = results.iter().find_map(|it| it["fixes"][0].as_object()).unwrap();
    let change = &fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"];
    assert_eq!(change, "LABEL org.opencontainers.image.authors=\"a\"");
}
