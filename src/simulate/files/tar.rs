//! Archives that `ADD` unpacks.

use std::sync::Arc;

use super::tree::{Content, Entry, Node, Owner};

const BLOCK: usize = 512;

/// An archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Archive {
    /// What is in a plain tar: names and entries, in their order.
    Listed(Vec<(String, Entry)>),
    /// It is compressed, or its bytes are not known: what is in it is not known.
    Packed,
}

/// The first bytes of gzip, bzip2, xz and zstd.
const COMPRESSED: [&[u8]; 4] = [b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"];

/// How names of archives end.
const ENDINGS: [&str; 11] = [
    ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".tar.zst", ".tzst",
    ".tar.Z",
];

/// The archive that a file is, if it is one. A compressed file that is none of an archive is told by its name.
pub fn archive(path: &str, content: &Content) -> Option<Archive> {
    let is_named = ENDINGS.iter().any(|it| path.ends_with(it));
    match content {
        Content::Bytes(bytes) if COMPRESSED.iter().any(|it| bytes.starts_with(it)) => {
            is_named.then_some(Archive::Packed)
        }
        Content::Bytes(bytes) => list(bytes).map(Archive::Listed),
        Content::Size(..) | Content::Unknown => is_named.then_some(Archive::Packed),
    }
}

/// What is in a plain tar; `None` if it does not start with a header.
fn list(bytes: &[u8]) -> Option<Vec<(String, Entry)>> {
    let mut entries: Vec<(String, Entry)> = Vec::new();
    let mut rest = bytes;
    let mut long_name = None;
    let mut long_link = None;
    let mut is_first = true;
    while let Some(header) = rest.get(..BLOCK) {
        let Some(size) = number(header.get(124..136)?).filter(|_| is_header(header)) else {
            break;
        };
        is_first = false;
        let len = usize::try_from(size).ok()?;
        let Some(body) = rest.get(BLOCK..).and_then(|it| it.get(..len)) else { break };
        rest = rest.get(BLOCK + len.div_ceil(BLOCK) * BLOCK..).unwrap_or_default();
        match header.get(156)? {
            b'L' => long_name = Some(text(body)),
            b'K' => long_link = Some(text(body)),
            b'x' => {
                long_name = pax(body, "path").or(long_name);
                long_link = pax(body, "linkpath").or(long_link);
            }
            b'g' => (),
            kind => {
                let name = long_name.take().unwrap_or_else(|| full_name(header));
                let link = text(header.get(157..257)?);
                let link = long_link.take().unwrap_or(link);
                let node = match kind {
                    b'5' => Node::Directory,
                    b'2' => Node::Link(link),
                    b'1' => match entries.iter().find(|it| it.0 == link) {
                        Some((_, it)) => it.node.clone(),
                        None => Node::File(Content::Unknown),
                    },
                    _ => Node::File(Content::Bytes(Arc::from(body))),
                };
                let field = |from: usize| {
                    let value = header.get(from..from + 8).and_then(number);
                    value.and_then(|it| u32::try_from(it).ok()).unwrap_or_default()
                };
                let owner = Owner { uid: field(108), gid: field(116) };
                entries.push((name, Entry { node, mode: field(100) & 0o7777, owner }));
            }
        }
    }
    (!is_first).then_some(entries)
}

/// Whether the checksum of a header is right.
fn is_header(header: &[u8]) -> bool {
    let blanked = header.iter().enumerate().map(|(at, it)| match at {
        148..156 => u64::from(b' '),
        _ => u64::from(*it),
    });
    header.get(148..156).and_then(number) == Some(blanked.sum())
}

/// An octal number, or a binary one with the first bit set.
fn number(field: &[u8]) -> Option<u64> {
    if field.first()? & 0x80 != 0 {
        let digits = field.iter().rev().take(8);
        return Some(digits.rev().fold(0, |sum, it| sum << 8 | u64::from(*it)));
    }
    let digits = text(field);
    let digits = digits.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// A text up to the first zero byte.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|it| *it == 0).unwrap_or(field.len());
    String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
}

fn full_name(header: &[u8]) -> String {
    let name = text(header.get(..100).unwrap_or_default());
    let is_ustar = header.get(257..262) == Some(b"ustar");
    let prefix = text(header.get(345..500).unwrap_or_default());
    // GNU tar keeps times where others keep a prefix.
    let is_gnu = header.get(262) == Some(&b' ');
    if is_ustar && !is_gnu && !prefix.is_empty() { format!("{prefix}/{name}") } else { name }
}

/// A value of an extended header: lines of `length key=value`.
fn pax(body: &[u8], key: &str) -> Option<String> {
    let body = String::from_utf8_lossy(body);
    let value = |line: &str| {
        let (name, value) = line.split_once(' ')?.1.split_once('=')?;
        (name == key).then(|| value.to_owned())
    };
    body.lines().find_map(value)
}
