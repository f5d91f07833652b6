//! What no editor should say.

use serde_json::{Value, json};

use super::client::{Editor, URI};

#[test]
fn a_conversation_has_an_order() {
    let mut editor = Editor::silent(&["--stdio"]);
    let document = json!({ "textDocument": { "uri": URI } });
    let refused = editor.refused("textDocument/diagnostic", &document);
    assert_eq!(refused, (-32002, "say initialize first".to_owned()));
    editor.open_file(URI, "FROM a");
    editor.ask("initialize", &json!({ "capabilities": {} }));
    let again = editor.refused("initialize", &json!({ "capabilities": {} }));
    assert_eq!(again.0, -32600);
    let unknown = editor.refused("textDocument/nonsense", &json!({}));
    assert_eq!(unknown, (-32601, "textDocument/nonsense is not known here".to_owned()));
    // What was opened too early is not open.
    let refused = editor.refused("textDocument/diagnostic", &document);
    assert_eq!(refused, (-32602, format!("{URI} is not open")));
    editor.ask("shutdown", &Value::Null);
    assert_eq!(editor.refused("shutdown", &Value::Null).0, -32600);
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.ended(), (0, String::new()));
}

#[test]
fn who_leaves_without_a_word_gets_the_exit_code_1() {
    let mut editor = Editor::open("FROM a");
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.ended(), (1, String::new()));
    assert_eq!(Editor::open("FROM a").ended(), (1, String::new()));
    let mut editor = Editor::open("FROM a");
    editor.raw(b"Content-Length: 99999999999\r\n\r\n");
    assert_eq!(editor.ended(), (1, "dockwright: a message is too long.\n".to_owned()));
    let mut editor = Editor::open("FROM a");
    editor.raw(b"nonsense\r\n\r\n");
    let why = "dockwright: the head of a message has no colon.\n";
    assert_eq!(editor.ended(), (1, why.to_owned()));
}

#[test]
fn what_is_no_message_is_refused_and_the_next_one_is_read() {
    let mut editor = Editor::silent(&["--isolated"]);
    for body in ["{", "[]", "nul", "\u{0}", r#"{"id":1}"#] {
        editor.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        let answer = editor.read().unwrap();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(-32700)));
    }
    assert_eq!(editor.refused("initialize", &json!({ "capabilities": 7 })).0, -32602);
    editor.ask("initialize", &json!({ "capabilities": {} }));
    for params in [json!(null), json!([]), json!({ "textDocument": { "uri": "no address" } })] {
        for method in ["didOpen", "didChange", "didClose", "didSave"] {
            editor.tell(&format!("textDocument/{method}"), &params);
        }
        assert_eq!(editor.refused("textDocument/codeAction", &params).0, -32602);
    }
    editor.goodbye();
}

#[test]
fn places_that_are_not_there_are_the_nearest_ones() {
    let mut editor = Editor::open("FROM é\n");
    editor.found(1);
    let end = u32::MAX;
    let far = json!({ "line": end, "character": end });
    let inside = json!({ "line": 0, "character": 6 });
    editor.change(
        2,
        &json!([
            { "range": { "start": far, "end": far }, "text": "RUN sudo id" },
            { "range": { "start": far, "end": inside }, "text": "" },
            { "range": { "start": inside, "end": inside }, "text": "a:1\nRUN sudo id" },
        ]),
    );
    editor.found(2);
    // The text is now `FROM a:1`, a line, and `sudo`.
    let tokens =
        editor.ask("textDocument/semanticTokens/full", &json!({ "textDocument": { "uri": URI } }));
    assert_eq!(tokens["data"], json!([0, 0, 4, 0, 0, 0, 5, 3, 6, 0, 1, 0, 3, 0, 0]));
    // Nothing is known of places that are not there, and nothing breaks.
    for method in ["hover", "completion", "definition", "documentHighlight", "prepareRename"] {
        let mut params = Editor::at(end, end);
        params["newName"] = json!("x");
        editor.answer(&format!("textDocument/{method}"), &params);
    }
    // A file that is not open does not change.
    let other = json!({ "uri": "file:///nowhere", "version": 9 });
    let params = json!({ "textDocument": other, "contentChanges": [{ "text": "x" }] });
    editor.tell("textDocument/didChange", &params);
    assert_eq!(editor.refused("textDocument/semanticTokens/full", &params).0, -32602);
    editor.goodbye();
}
