//! The bytes of a container, straight from the engine's connection.
//!
//! `bollard` decodes a TTY's bytes as if they were framed when they begin with 0, 1 or 2, and waits for gigabytes;
//! here a TTY's bytes are what they are, and only the others have frames.

use bytes::{Buf as _, Bytes, BytesMut};
use dockwright::protocol::Channel;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf};

use super::{Engine, EngineError, http::Ask};

/// The most that is read at once.
const PIECE: usize = 32 * 1024;
/// The header of a frame: the stream, three zeros, the length.
const HEADER: usize = 8;

/// Both directions.
#[derive(Debug)]
pub(crate) struct Attached {
    /// From the container.
    pub(crate) output: Output,
    /// To it.
    pub(crate) input: Input,
}

/// What a container prints.
#[derive(Debug)]
pub(crate) struct Output {
    read: ReadHalf<TokioIo<Upgraded>>,
    frames: Option<Frames>,
    buffer: BytesMut,
}

/// What a container reads.
#[derive(Debug)]
pub(crate) struct Input(WriteHalf<TokioIo<Upgraded>>);

impl Engine {
    /// Attaches to a container that has not started, so that no output is lost.
    pub(crate) async fn attach(
        &self,
        id: &str,
        tty: bool,
        stdin: bool,
    ) -> Result<Attached, EngineError> {
        let stdin = u8::from(stdin);
        let path = format!("/containers/{id}/attach?stream=1&stdin={stdin}&stdout=1&stderr=1");
        let (read, write) = tokio::io::split(self.upgrade(Ask::post(&path)).await?);
        let frames = (!tty).then(Frames::default);
        let output = Output { read, frames, buffer: BytesMut::new() };
        Ok(Attached { output, input: Input(write) })
    }
}

impl Output {
    /// The next bytes; `None` at the end, which says nothing about how the process ended. Safe to cancel.
    pub(crate) async fn next(&mut self) -> Option<(Channel, Bytes)> {
        loop {
            match &mut self.frames {
                None if !self.buffer.is_empty() => {
                    return Some((Channel::Stdout, self.buffer.split().freeze()));
                }
                None => (),
                Some(frames) => {
                    if let Some(piece) = frames.take(&mut self.buffer) {
                        return Some(piece);
                    }
                }
            }
            self.buffer.reserve(PIECE);
            let mut piece = (&mut self.read).take(PIECE as u64);
            match piece.read_buf(&mut self.buffer).await {
                Ok(0) | Err(_) => return None,
                Ok(_) => (),
            }
        }
    }
}

impl Input {
    /// Writes, until the container has taken it.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        self.0.write_all(bytes).await.map_err(|_| EngineError::Gone)?;
        self.0.flush().await.map_err(|_| EngineError::Gone)
    }

    /// Says that nothing more comes.
    pub(crate) async fn close(mut self) -> Result<(), EngineError> {
        self.0.shutdown().await.map_err(|_| EngineError::Gone)
    }
}

/// Where in the frames of a stream without TTY a reader is.
#[derive(Debug, Default)]
struct Frames {
    channel: Option<Channel>,
    rest: usize,
}

impl Frames {
    /// Takes what has come of the current frame. A frame is passed on in pieces, so its length costs no memory.
    fn take(&mut self, buffer: &mut BytesMut) -> Option<(Channel, Bytes)> {
        while self.rest == 0 {
            let &[stream, _, _, _, a, b, c, d] = buffer.first_chunk::<HEADER>()?;
            buffer.advance(HEADER);
            self.channel = Some(if stream == 2 { Channel::Stderr } else { Channel::Stdout });
            self.rest = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        }
        let piece = buffer.split_to(self.rest.min(buffer.len())).freeze();
        self.rest -= piece.len();
        if piece.is_empty() { None } else { self.channel.map(|it| (it, piece)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_in_pieces() {
        let stream = b"\x01\0\0\0\0\0\0\x03out\x02\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\x02er";
        for size in 1..=stream.len() {
            let (mut frames, mut buffer) = (Frames::default(), BytesMut::new());
            let (mut out, mut err) = (Vec::new(), Vec::new());
            for piece in stream.chunks(size) {
                buffer.extend_from_slice(piece);
                while let Some((channel, bytes)) = frames.take(&mut buffer) {
                    if channel == Channel::Stdout { out.extend(bytes) } else { err.extend(bytes) }
                }
            }
            assert_eq!((out.as_slice(), err.as_slice()), (&b"out"[..], &b"er"[..]), "{size}");
        }
    }

    #[test]
    fn a_huge_frame_is_not_waited_for() {
        let mut frames = Frames::default();
        let mut buffer = BytesMut::from(&b"\x01\0\0\0\x7f\xff\xff\xffab"[..]);
        assert_eq!(frames.take(&mut buffer), Some((Channel::Stdout, Bytes::from_static(b"ab"))));
        assert_eq!(frames.take(&mut buffer), None);
    }
}
