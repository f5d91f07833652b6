//! Binary frames: bytes of a stream, with a header of 13 bytes, big endian.
//!
//! | bytes | field |
//! |---|---|
//! | 0 | channel: 0 stdin, 1 stdout (and TTY), 2 stderr, 255 close (the payload is the closed channel) |
//! | 1–4 | stream |
//! | 5–12 | offset of the first payload byte in that channel |
//! | 13… | payload, 1 to 65,536 bytes |

use thiserror::Error;

use crate::protocol::MAX_PAYLOAD;

/// The length of the header, in bytes.
pub const HEADER: usize = 13;

/// What a frame's bytes are; the numbers are those of Kubernetes' `v5.channel.k8s.io`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Input of the process, or of a build context's file.
    Stdin,
    /// Output; of a TTY, everything.
    Stdout,
    /// Errors.
    Stderr,
    /// The channel named by the payload has ended.
    Close,
}

impl Channel {
    /// The number on the wire.
    pub const fn number(self) -> u8 {
        match self {
            Self::Stdin => 0,
            Self::Stdout => 1,
            Self::Stderr => 2,
            Self::Close => 255,
        }
    }

    /// The channel with a number, if there is one.
    pub const fn of(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Stdin),
            1 => Some(Self::Stdout),
            2 => Some(Self::Stderr),
            255 => Some(Self::Close),
            _ => None,
        }
    }
}

/// One binary frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What the bytes are.
    pub channel: Channel,
    /// Which stream they belong to; numbers are given by the agent and never reused in a connection.
    pub stream: u32,
    /// Where in the channel they start.
    pub offset: u64,
    /// The bytes.
    pub payload: &'a [u8],
}

/// Why bytes are not a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    /// Shorter than the header and one byte.
    #[error("a frame has a header of {HEADER} bytes and a payload, this has {0} bytes")]
    Short(usize),
    /// Longer than allowed.
    #[error("a payload has at most {MAX_PAYLOAD} bytes, this has {0}")]
    Long(usize),
    /// No such channel.
    #[error("no channel has the number {0}")]
    Channel(u8),
}

impl<'a> Frame<'a> {
    /// Reads a frame.
    ///
    /// # Errors
    /// If the bytes are too short or too long, or name no channel.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let short = FrameError::Short(bytes.len());
        let (&[channel, a, b, c, d, ref offset @ ..], payload) =
            bytes.split_first_chunk::<HEADER>().ok_or(short)?;
        if payload.is_empty() {
            return Err(short);
        }
        if payload.len() > MAX_PAYLOAD {
            return Err(FrameError::Long(payload.len()));
        }
        Ok(Self {
            channel: Channel::of(channel).ok_or(FrameError::Channel(channel))?,
            stream: u32::from_be_bytes([a, b, c, d]),
            offset: u64::from_be_bytes(*offset),
            payload,
        })
    }

    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let Self { channel, stream, offset, payload } = self;
        let mut bytes = Vec::with_capacity(HEADER + payload.len());
        bytes.push(channel.number());
        bytes.extend_from_slice(&stream.to_be_bytes());
        bytes.extend_from_slice(&offset.to_be_bytes());
        bytes.extend_from_slice(payload);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_header_is_as_documented() {
        let frame =
            Frame { channel: Channel::Stderr, stream: 0x0102_0304, offset: 5, payload: b"hi" };
        let bytes = [2, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 5, b'h', b'i'];
        assert_eq!(frame.encode(), bytes);
        assert_eq!(Frame::decode(&bytes), Ok(frame));
    }

    #[test]
    fn malformed_frames_are_refused() {
        for (bytes, expected) in [
            (vec![], FrameError::Short(0)),
            (vec![1; 13], FrameError::Short(13)),
            (vec![3; 14], FrameError::Channel(3)),
            (vec![0; HEADER + MAX_PAYLOAD + 1], FrameError::Long(MAX_PAYLOAD + 1)),
        ] {
            assert_eq!(Frame::decode(&bytes), Err(expected));
        }
    }

    proptest! {
        #[test]
        fn what_decodes_encodes_to_the_same_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(frame) = Frame::decode(&bytes) {
                prop_assert_eq!(frame.encode(), bytes);
            }
        }
    }
}
