//! Messages as they come: a length, an empty line, JSON.

use std::io::{self, BufRead, Read as _};

use lsp_server::Message;

/// A longer line is no head.
const MAX_LINE: u64 = 4096;
/// A longer message holds no Dockerfile: the largest one that is read, and each of its letters in six.
const MAX_BODY: u64 = 384 << 20;

/// What was read.
#[derive(Debug)]
pub(super) enum Frame {
    /// A message.
    Message(Message),
    /// Something that is as long as it says, and no message: why.
    Broken(String),
    /// Nothing more comes, or nothing more can be read: why, if it is no end of the input.
    End(Option<String>),
}

/// Reads the next message.
pub(super) fn read(input: &mut impl BufRead) -> Frame {
    match body(input) {
        Ok(Some(it)) => match serde_json::from_slice(&it) {
            Ok(it) => Frame::Message(it),
            Err(error) => Frame::Broken(error.to_string()),
        },
        Ok(None) => Frame::End(None),
        Err(error) => Frame::End(Some(error.to_string())),
    }
}

fn body(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let wrong = |it: &str| io::Error::new(io::ErrorKind::InvalidData, it.to_owned());
    let mut len = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        if read == 0 && len.is_none() {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let (line, is_whole) = match line.strip_suffix('\n') {
            Some(it) => (it.trim_end_matches('\r'), true),
            None => (&*line, false),
        };
        if !is_whole {
            return Err(wrong("the input ends, or is too long, in the head of a message"));
        }
        if line.is_empty() {
            break;
        }
        let (name, value) =
            line.split_once(':').ok_or_else(|| wrong("the head of a message has no colon"))?;
        if name.trim().eq_ignore_ascii_case("content-length") {
            let value = value.trim().parse::<u64>();
            len = Some(value.map_err(|_| wrong("the length of a message is no number"))?);
        }
    }
    let len = len.ok_or_else(|| wrong("a message has no length"))?;
    if len > MAX_BODY {
        return Err(wrong("a message is too long"));
    }
    // What is not there yet takes no memory.
    let mut body = Vec::new();
    let read = input.by_ref().take(len).read_to_end(&mut body)?;
    if read as u64 == len { Ok(Some(body)) } else { Err(wrong("the input ends in a message")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        let mut input = input.as_bytes();
        let mut found = Vec::new();
        loop {
            found.push(match read(&mut input) {
                Frame::Message(Message::Request(it)) => it.method,
                Frame::Message(Message::Notification(it)) => it.method,
                Frame::Message(Message::Response(it)) => it.id.to_string(),
                Frame::Broken(_) => "broken".to_owned(),
                Frame::End(why) => {
                    found.push(why.unwrap_or_else(|| "end".to_owned()));
                    break;
                }
            });
        }
        assert_eq!(found, expected, "{input:?}");
    }

    #[test]
    fn a_message_is_as_long_as_it_says() {
        let exit = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        check("", &["end"]);
        check(&format!("Content-Length: 33\r\n\r\n{exit}"), &["exit", "end"]);
        check(
            &format!("content-length:33\nContent-Type: x\n\n{exit}Content-Length: 2\r\n\r\n{{}}"),
            &["exit", "broken", "end"],
        );
        check(
            "Content-Length: 3\r\n\r\nxyzContent-Length: 1\r\n\r\n",
            &["broken", "the input ends in a message"],
        );
        check("Content-Length: 99999999999999\r\n\r\n", &["a message is too long"]);
        check("Content-Length: -1\r\n\r\n", &["the length of a message is no number"]);
        check("X: 1\r\n\r\n", &["a message has no length"]);
        check("{}\r\n", &["the head of a message has no colon"]);
        check("Content", &["the input ends, or is too long, in the head of a message"]);
        check(&"x".repeat(9999), &["the input ends, or is too long, in the head of a message"]);
    }
}
