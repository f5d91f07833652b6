//! `dockwright lsp`, as an editor sees it.

mod client;
mod hostile;

use std::fs;

use serde_json::{Value, json};

use self::client::{Editor, URI, applied, codes, range};

const FILE: &str = "FROM debian\nMAINTAINER me\nRUN sudo id\nCMD a \"b\"\nCMD c\n";

#[test]
fn findings_follow_changes() {
    let mut editor = Editor::open("FROM debian:13\nCMD [\"a\"]\n");
    assert_eq!(codes(&editor.found(1)), [""; 0]);
    // One letter after the other, and two at once.
    let insert = |line: u32, at: u32, text: &str| {
        let place = json!({ "line": line, "character": at });
        json!({ "range": { "start": place, "end": place }, "text": text })
    };
    editor.change(2, &json!([insert(1, 0, "RUN sudo id\n"), insert(0, 14, "x")]));
    assert_eq!(codes(&editor.found(2)), ["DW601 1:4-1:8"]);
    editor.change(3, &json!([{ "text": "NOPE\n" }]));
    assert_eq!(codes(&editor.found(3)), ["DW001 0:0-0:4"]);
    let close = json!({ "textDocument": { "uri": URI } });
    editor.tell("textDocument/didClose", &close);
    let told = editor.told("textDocument/publishDiagnostics");
    assert_eq!(told["params"], json!({ "uri": URI, "diagnostics": [] }));
    editor.goodbye();
}

#[test]
fn findings_say_all_there_is_to_say() {
    let mut editor = Editor::open(FILE);
    let found = editor.found(1);
    assert_eq!(
        codes(&found),
        [
            "DW101 0:5-0:11",
            "DW716 1:0-1:10",
            "DW601 2:4-2:8",
            "DW707 3:0-3:9",
            "DW706 3:4-3:9",
            "DW706 4:4-4:5"
        ]
    );
    let maintainer = &found[1];
    assert_eq!(
        (&maintainer["severity"], &maintainer["source"], &maintainer["tags"]),
        (&json!(2), &json!("dockwright"), &json!([2]))
    );
    assert_eq!(
        maintainer["codeDescription"]["href"],
        "https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/"
    );
    let several = &found[3];
    assert_eq!(several["tags"], json!([1]));
    assert_eq!(range(&several["relatedInformation"][0]["location"]["range"]), "4:0-4:5");
    assert!(several["message"].as_str().unwrap().starts_with("this `CMD` is replaced"));
    editor.goodbye();
}

/// What can be done about a part of the file: titles and kinds, and what the file is then.
fn actions(editor: &mut Editor, text: &str, line: u32, only: &Value) -> Vec<(String, String)> {
    let place = json!({ "line": line, "character": 4 });
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [], "only": only },
    });
    let all = editor.ask("textDocument/codeAction", &params);
    let one = |it: &Value| {
        let text = applied(text, &it["edit"]["changes"][URI]);
        (it["title"].as_str().unwrap().to_owned(), text)
    };
    all.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn findings_are_mended_or_silenced() {
    let mut editor = Editor::open(FILE);
    let all = actions(&mut editor, FILE, 1, &json!(["quickfix"]));
    let label = "LABEL org.opencontainers.image.authors=\"me\"";
    let mended = FILE.replace("MAINTAINER me", label);
    let silenced = FILE.replace("MAINTAINER", "# dockwright: ignore[DW716]\nMAINTAINER");
    assert_eq!(
        all,
        [("Write as a LABEL".to_owned(), mended), ("Ignore DW716 here".to_owned(), silenced)]
    );
    let all = actions(&mut editor, FILE, 4, &json!(null));
    assert_eq!(all[0].0, "Write as a JSON array (may change the image)");
    let (title, text) = all.last().unwrap();
    assert_eq!(title, "Fix all that is safe to fix");
    assert_eq!(*text, format!("FROM debian\n{label}\nRUN sudo id\nCMD c\n"));
    assert_eq!(actions(&mut editor, FILE, 0, &json!(["source.fixAll"])).len(), 1);
    assert_eq!(actions(&mut editor, FILE, 0, &json!(["refactor"])).len(), 0);
    editor.goodbye();
}

#[test]
fn a_file_is_clean_when_all_that_is_offered_is_done() {
    let mut text = FILE.to_owned();
    let mut editor = Editor::open(&text);
    for version in 1.. {
        let found = editor.found(version);
        let Some(first) = found.first() else { break };
        assert!(version < 20, "{text}");
        let line = first["range"]["start"]["line"].as_u64().unwrap();
        let params = json!({
            "textDocument": { "uri": URI },
            "range": first["range"],
            "context": { "diagnostics": [first], "only": ["quickfix"] },
        });
        let all = editor.ask("textDocument/codeAction", &params);
        let action = all.as_array().unwrap().first().unwrap_or_else(|| panic!("{line}: {first}"));
        text = applied(&text, &action["edit"]["changes"][URI]);
        editor.change(version + 1, &json!([{ "text": text }]));
    }
    assert_eq!(
        text,
        "# dockwright: ignore[DW101]\nFROM debian\nLABEL org.opencontainers.image.authors=\"me\"\n# dockwright: ignore[DW601]\nRUN sudo id\nCMD [\"c\"]\n"
    );
    editor.goodbye();
}

#[test]
fn an_editor_may_ask_for_findings_and_take_edits_for_a_version() {
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    });
    let mut editor = Editor::with(&["--select", "DW601"], &capabilities);
    editor.open_file(URI, "FROM a:1\nRUN echo 🐳é && sudo id\n");
    let document = json!({ "textDocument": { "uri": URI } });
    let found = editor.ask("textDocument/diagnostic", &document);
    assert_eq!(codes(found["items"].as_array().unwrap()), ["DW601 1:16-1:20"]);
    let place = json!({ "line": 1, "character": 16 });
    let params = json!({
        "textDocument": { "uri": URI },
        "range": { "start": place, "end": place },
        "context": { "diagnostics": [] },
    });
    let all = editor.ask("textDocument/codeAction", &params);
    let change = &all[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    // Nothing was told without a question.
    assert_eq!(editor.ask("shutdown", &Value::Null), Value::Null);
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.read(), None);
}

#[test]
fn configurations_are_those_of_the_command_line_tool() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    file("dockwright.toml", "select = [\"DW716\"]\n");
    let uri = format!("file://{}/Docker%66ile", folder.path().canonicalize().unwrap().display());
    let watches =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut editor = Editor::with(&[], &watches);
    let asked = editor.told("client/registerCapability");
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    editor.open_file(&uri, FILE);
    assert_eq!(codes(&editor.found(1)), ["DW716 1:0-1:10"]);
    file("dockwright.toml", "selct = []\n");
    let changed = json!({ "changes": [{ "uri": uri, "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", &changed);
    let found = editor.found(1);
    assert_eq!(codes(&found)[..2], ["configuration 0:0-0:0", "DW101 0:5-0:11"]);
    assert!(found[0]["message"].as_str().unwrap().contains("unknown field `selct`"));
    file("dockwright.toml", "ignore = [\"ALL\"]\n");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": uri } }));
    assert_eq!(codes(&editor.found(1)), [""; 0]);
    editor.goodbye();
}

#[test]
fn tokens_are_no_longer_than_their_lines() {
    let mut editor = Editor::open("FROM a AS b\nRUN <<EOF\nx\ny\nEOF\n");
    let document = json!({ "textDocument": { "uri": URI } });
    let all = editor.ask("textDocument/semanticTokens/full", &document);
    let whole = json!([
        0, 0, 4, 0, 0, // FROM
        0, 5, 1, 6, 0, // a
        0, 2, 2, 0, 0, // AS
        0, 3, 1, 7, 0, // b
        1, 0, 3, 0, 0, // RUN
        0, 4, 5, 4, 0, // <<EOF
        1, 0, 1, 4, 0, // x
        1, 0, 1, 4, 0, // y
        1, 0, 3, 4, 0, // EOF
    ]);
    assert_eq!(all["data"], whole);
    let (start, end) = (json!({ "line": 0, "character": 6 }), json!({ "line": 0, "character": 9 }));
    let part = json!({ "textDocument": { "uri": URI }, "range": { "start": start, "end": end } });
    let some = editor.ask("textDocument/semanticTokens/range", &part);
    assert_eq!(some["data"], json!([0, 7, 2, 0, 0]));
    editor.goodbye();
}

const STAGES: &str = "ARG V=1\nFROM golang:$V AS build\nRUN go build\nFROM debian:13\nARG V\nCOPY --from=build /app /app\nRUN echo $V\n";

/// A question about a place in the file.
fn ask(editor: &mut Editor, method: &str, (line, character): (u32, u32)) -> Value {
    let mut params = Editor::at(line, character);
    params["context"] = json!({ "includeDeclaration": true, "triggerKind": 1 });
    editor.ask(&format!("textDocument/{method}"), &params)
}

/// The places in an answer.
fn ranges(answer: &Value) -> Vec<String> {
    answer.as_array().unwrap().iter().map(|it| range(&it["range"])).collect()
}

#[test]
fn names_are_found_and_changed() {
    let mut editor = Editor::open(STAGES);
    let stage = ask(&mut editor, "definition", (5, 14));
    assert_eq!((range(&stage["range"]), &stage["uri"]), ("1:18-1:23".to_owned(), &json!(URI)));
    assert_eq!(range(&ask(&mut editor, "definition", (6, 10))["range"]), "4:4-4:5");
    assert_eq!(range(&ask(&mut editor, "definition", (4, 4))["range"]), "0:4-0:5");
    assert_eq!(ask(&mut editor, "definition", (2, 1)), Value::Null);
    let all = ["0:4-0:5", "1:13-1:14", "4:4-4:5", "6:10-6:11"];
    assert_eq!(ranges(&ask(&mut editor, "references", (6, 10))), all);
    assert_eq!(ranges(&ask(&mut editor, "documentHighlight", (0, 4))), all);
    assert_eq!(range(&ask(&mut editor, "prepareRename", (1, 20))), "1:18-1:23");
    let mut rename = |at: (u32, u32), name: &str| {
        let mut params = Editor::at(at.0, at.1);
        params["newName"] = json!(name);
        editor.answer("textDocument/rename", &params)
    };
    let renamed = |answer: &Value| applied(STAGES, &answer["result"]["changes"][URI]);
    let expected = STAGES.replace("AS build", "AS one").replace("=build", "=one");
    assert_eq!(renamed(&rename((5, 14), "one")), expected);
    let expected = STAGES.replace('V', "GO");
    assert_eq!(renamed(&rename((6, 10), "GO")), expected);
    let refused = rename((5, 14), "One");
    assert_eq!(refused["error"]["code"], -32803);
    let refused = editor.refused("textDocument/prepareRename", &Editor::at(2, 1));
    assert_eq!(refused.1, "here is no name of a stage or a variable");
    editor.goodbye();
}

#[test]
fn places_are_explained_and_words_offered() {
    let mut editor = Editor::open(STAGES);
    let hover = ask(&mut editor, "hover", (1, 2));
    assert_eq!(
        (range(&hover["range"]), &hover["contents"]["kind"]),
        ("1:0-1:4".to_owned(), &json!("markdown"))
    );
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Starts a stage"));
    assert_eq!(ask(&mut editor, "hover", (2, 6)), Value::Null);
    let end = json!({ "line": 7, "character": 0 });
    let change = json!([{ "range": { "start": end, "end": end }, "text": "COPY --from=" }]);
    editor.change(2, &change);
    let all = ask(&mut editor, "completion", (7, 12));
    let only = &all[0];
    assert_eq!(
        (&only["label"], &only["kind"], all.as_array().unwrap().len()),
        (&json!("build"), &json!(9), 1)
    );
    assert_eq!(range(&only["textEdit"]["range"]), "7:12-7:12");
    let all = ask(&mut editor, "completion", (7, 2));
    assert_eq!(all[0]["textEdit"]["newText"], "COPY");
    editor.goodbye();
}

#[test]
fn outlines_have_levels_if_the_editor_knows_them() {
    let document = json!({ "textDocument": { "uri": URI } });
    let levels = json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let mut editor = Editor::with(&["--isolated"], &levels);
    editor.open_file(URI, STAGES);
    let all = editor.ask("textDocument/documentSymbol", &document);
    let names = |it: &Value| -> Vec<String> {
        it.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&all), ["ARG V=1", "build", "stage-1"]);
    assert_eq!(names(&all[2]["children"]), ["ARG V", "COPY --from=build /app /app", "RUN echo $V"]);
    assert_eq!(range(&all[1]["range"]), "1:0-2:12");
    assert_eq!(range(&all[1]["selectionRange"]), "1:18-1:23");
    editor.goodbye();
    let mut editor = Editor::open(STAGES);
    let all = editor.ask("textDocument/documentSymbol", &document);
    assert_eq!(names(&all)[..3], ["ARG V=1", "build", "RUN go build"]);
    assert_eq!(range(&all[2]["location"]["range"]), "2:0-2:12");
    editor.goodbye();
}
