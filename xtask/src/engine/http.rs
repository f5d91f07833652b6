//! HTTP over the engine's socket, many requests on one connection: what a test of ten thousand builds needs.

use anyhow::{Context, Result, ensure};
use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    time::Duration,
};

/// One connection, opened when it is needed.
pub(crate) struct Client {
    socket: PathBuf,
    stream: Option<BufReader<UnixStream>>,
}

/// What the engine answers.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Whether it went well.
    pub(crate) fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("not JSON: {}", self.text()))
    }
}

impl Client {
    pub(crate) fn new(socket: &Path) -> Self {
        Self { socket: socket.to_owned(), stream: None }
    }

    /// Asks, and reads the whole answer. `kind` is the body's type.
    pub(crate) fn call(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: &[u8],
    ) -> Result<Answer> {
        let was_open = self.stream.is_some();
        let answer = self
            .attempt(method, path, kind, body)
            .with_context(|| format!("{method} {}", path.split('?').next().unwrap_or_default()));
        if answer.is_err() {
            self.stream = None;
        }
        match answer {
            // The engine may close a connection while it is idle.
            Err(error) if was_open && is_closed(&error) => self.attempt(method, path, kind, body),
            answer => answer,
        }
    }

    fn attempt(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            None => {
                let stream = UnixStream::connect(&self.socket)?;
                stream.set_read_timeout(Some(Duration::from_mins(2)))?;
                self.stream.insert(BufReader::new(stream))
            }
        };
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: docker\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.get_mut().write_all(&[head.as_bytes(), body].concat())?;
        let (answer, closes) = read(stream)?;
        if closes {
            self.stream = None;
        }
        Ok(answer)
    }
}

fn is_closed(error: &anyhow::Error) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    matches!(kind, Some(BrokenPipe | ConnectionReset | UnexpectedEof))
}

/// Reads an answer, and whether the connection ends with it.
fn read(stream: &mut impl BufRead) -> Result<(Answer, bool)> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|it| it.parse().ok());
    let status = status.with_context(|| format!("not HTTP: {first}"))?;
    let (mut length, mut chunked, mut closes) = (None, false, first.starts_with("HTTP/1.0"));
    loop {
        let header = line(stream)?.to_ascii_lowercase();
        let Some((name, value)) = header.split_once(':') else { break };
        match (name, value.trim()) {
            ("content-length", value) => length = Some(value.parse::<usize>()?),
            ("transfer-encoding", "chunked") => chunked = true,
            ("connection", "close") => closes = true,
            _ => (),
        }
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            let size = line(stream)?;
            let size = usize::from_str_radix(size.split(';').next().unwrap_or_default(), 16)
                .with_context(|| format!("not the size of a chunk: {size}"))?;
            take(stream, size, &mut body)?;
            line(stream)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = length {
        take(stream, length, &mut body)?;
    } else if status != 204 && status != 304 {
        stream.read_to_end(&mut body)?;
        closes = true;
    }
    Ok((Answer { status, body }, closes))
}

fn take(stream: &mut impl BufRead, length: usize, body: &mut Vec<u8>) -> Result<()> {
    let count = stream.take(u64::try_from(length)?).read_to_end(body)?;
    ensure!(count == length, "the answer ends too early");
    Ok(())
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(std::io::Error::from(ErrorKind::UnexpectedEof).into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// A word for a query, with everything but letters and digits escaped.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            escaped += &format!("%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, status: u16, body: &str, closes: bool) {
        let mut rest = text.as_bytes();
        let (answer, closed) = read(&mut rest).unwrap();
        assert_eq!((answer.status, answer.text().as_str(), closed), (status, body, closes));
    }

    #[test]
    fn answers_in_every_form() {
        check("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "hi", false);
        check("HTTP/1.1 204 No Content\r\n\r\n", 204, "", false);
        check("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno", 400, "no", true);
        let chunks =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        check(chunks, 200, "abcd", false);
        assert!(read(&mut "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi".as_bytes()).is_err());
        assert!(read(&mut "".as_bytes()).is_err_and(|error| is_closed(&error)));
    }

    #[test]
    fn words_of_a_query() {
        assert_eq!(escape("a b&é"), "a%20b%26%C3%A9");
    }
}
