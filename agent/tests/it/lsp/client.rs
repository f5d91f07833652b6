//! An editor, as small as can be: it talks to the built program.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// The file that tests are about.
pub(super) const URI: &str = "untitled:Dockerfile";

pub(super) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// What came while an answer was waited for.
    told: VecDeque<Value>,
    next: i32,
}

impl Editor {
    /// A server to which nothing was said.
    pub(super) fn silent(args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dockwright"))
            .arg("lsp")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output, told: VecDeque::new(), next: 1 }
    }

    /// A server that knows what the editor can.
    pub(super) fn with(args: &[&str], capabilities: &Value) -> Self {
        let mut editor = Self::silent(args);
        editor.ask("initialize", &json!({ "processId": null, "capabilities": capabilities }));
        editor.tell("initialized", &json!({}));
        editor
    }

    /// One that counts bytes and has a file open.
    pub(super) fn open(text: &str) -> Self {
        let utf8 = json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } });
        let mut editor = Self::with(&["--isolated"], &utf8);
        editor.open_file(URI, text);
        editor
    }

    pub(super) fn open_file(&mut self, uri: &str, text: &str) {
        let document =
            json!({ "uri": uri, "languageId": "dockerfile", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// Changes of the file; a change without a place is the whole text.
    pub(super) fn change(&mut self, version: i32, changes: &Value) {
        let document = json!({ "uri": URI, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", &params);
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        // A server that does not like it may be gone already.
        let _gone = self.input.as_mut().unwrap().write_all(bytes);
    }

    fn write(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(super) fn tell(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The next message; `None` if there is none any more.
    pub(super) fn read(&mut self) -> Option<Value> {
        let mut len = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", it)) => len = it.parse().unwrap(),
                Some(_) => (),
                None => break,
            }
        }
        let mut body = vec![0; len];
        self.output.read_exact(&mut body).unwrap();
        Some(serde_json::from_slice(&body).unwrap())
    }

    /// The answer to a question, with its result or its error.
    pub(super) fn answer(&mut self, method: &str, params: &Value) -> Value {
        let id = self.next;
        self.next += 1;
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read().expect("an answer");
            if message.get("method").is_some() {
                self.told.push_back(message);
            } else if message["id"] == id {
                return message;
            }
        }
    }

    #[track_caller]
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Value {
        let mut answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The code and the words of a refusal.
    #[track_caller]
    pub(super) fn refused(&mut self, method: &str, params: &Value) -> (i64, String) {
        let answer = self.answer(method, params);
        let error = &answer["error"];
        (error["code"].as_i64().unwrap(), error["message"].as_str().unwrap().to_owned())
    }

    /// What the server says of its own accord: the next message of this method.
    pub(super) fn told(&mut self, method: &str) -> Value {
        loop {
            let message = match self.told.pop_front() {
                Some(it) => it,
                None => self.read().expect("a message"),
            };
            if message["method"] == method {
                return message;
            }
        }
    }

    /// What is found in the version of the file.
    pub(super) fn found(&mut self, version: i32) -> Vec<Value> {
        loop {
            let mut told = self.told("textDocument/publishDiagnostics");
            let params = &mut told["params"];
            if params["version"] == version {
                let Value::Array(all) = params["diagnostics"].take() else { panic!("{told}") };
                return all;
            }
        }
    }

    /// The file and a place in it.
    pub(super) fn at(line: u32, character: u32) -> Value {
        let position = json!({ "line": line, "character": character });
        json!({ "textDocument": { "uri": URI }, "position": position })
    }

    /// Ends the conversation: the exit code, and what is on the standard error.
    pub(super) fn ended(mut self) -> (i32, String) {
        drop(self.input.take());
        let mut text = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
        (self.child.wait().unwrap().code().unwrap(), text)
    }

    /// Says goodbye as it should be said.
    #[track_caller]
    pub(super) fn goodbye(mut self) {
        assert_eq!(self.ask("shutdown", &Value::Null), Value::Null);
        self.tell("exit", &Value::Null);
        assert_eq!(self.ended(), (0, String::new()));
    }
}

/// Codes and places of findings: `DW101 0:5-0:11`.
pub(super) fn codes(found: &[Value]) -> Vec<String> {
    found
        .iter()
        .map(|it| format!("{} {}", it["code"].as_str().unwrap(), range(&it["range"])))
        .collect()
}

/// A range: `0:5-0:11`.
pub(super) fn range(it: &Value) -> String {
    let place = |it: &Value| format!("{}:{}", it["line"], it["character"]);
    format!("{}-{}", place(&it["start"]), place(&it["end"]))
}

/// A text with edits made, whose columns count bytes.
pub(super) fn applied(text: &str, edits: &Value) -> String {
    let starts: Vec<_> =
        std::iter::once(0).chain(text.match_indices('\n').map(|it| it.0 + 1)).collect();
    let number = |it: &Value| usize::try_from(it.as_u64().unwrap()).unwrap();
    let place = |it: &Value| {
        let start = starts.get(number(&it["line"])).copied().unwrap_or(text.len());
        start + number(&it["character"])
    };
    let mut edits: Vec<_> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let range = &it["range"];
            (place(&range["start"]), place(&range["end"]), it["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
