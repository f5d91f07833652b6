//! Mutual proof that page and agent hold the same session key.
//!
//! `session.hello` carries the agent's nonce. The page answers with its own nonce and
//! `HMAC-SHA256(key, "dw1c" ‖ port ‖ origin ‖ agent nonce ‖ page nonce)`; the agent with
//! `HMAC-SHA256(key, "dw1s" ‖ page nonce ‖ agent nonce)`. Port and origin bind the proof to one place, so that a
//! program that took the port of a stopped agent can neither learn the key nor pass the proof on.
//! Fields are length-prefixed, so that no two lists of fields give the same bytes.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::image::digest::hex;

/// The key of a session: 32 random bytes, hexadecimal in JSON.
pub const KEY_BYTES: usize = 32;
/// A nonce: 16 random bytes, hexadecimal in JSON.
pub const NONCE_BYTES: usize = 16;

/// What the page sends in `session.auth`, in hexadecimal digits.
pub fn of_page(key: &[u8], port: u16, origin: &str, agent_nonce: &str, page_nonce: &str) -> String {
    mac(key, &["dw1c", &port.to_string(), origin, agent_nonce, page_nonce])
}

/// What the agent sends back, in hexadecimal digits.
pub fn of_agent(key: &[u8], page_nonce: &str, agent_nonce: &str) -> String {
    mac(key, &["dw1s", page_nonce, agent_nonce])
}

/// Compares two proofs in a time that does not depend on where they differ.
pub fn is_same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differences == 0
}

/// The bytes of a text of hexadecimal digits, or `None`.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|&[a, b]| Some(digit(a)? << 4 | digit(b)?)).collect())?
}

fn mac(key: &[u8], fields: &[&str]) -> String {
    // HMAC takes keys of any length, so the error cannot happen; an empty proof never compares equal.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    for field in fields {
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_bound_to_key_port_origin_and_both_nonces() {
        let proof = |key: &[u8], port, origin, a, b| of_page(key, port, origin, a, b);
        let base = proof(b"k", 7878, "http://127.0.0.1:7878", "a", "b");
        assert_eq!(base.len(), 64);
        assert!(is_same(&base, &proof(b"k", 7878, "http://127.0.0.1:7878", "a", "b")));
        for other in [
            proof(b"K", 7878, "http://127.0.0.1:7878", "a", "b"),
            proof(b"k", 7879, "http://127.0.0.1:7878", "a", "b"),
            proof(b"k", 7878, "http://localhost:7878", "a", "b"),
            proof(b"k", 7878, "http://127.0.0.1:7878", "ab", ""),
            of_agent(b"k", "a", "b"),
            String::new(),
        ] {
            assert!(!is_same(&base, &other), "{other}");
        }
    }

    #[test]
    fn hexadecimal_digits_become_bytes() {
        assert_eq!(unhex("00ff7A"), Some(vec![0, 255, 122]));
        assert_eq!(unhex(""), Some(vec![]));
        for bad in ["0", "0g", "é", "+1"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }
}
