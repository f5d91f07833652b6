//! What the page and the agent say to each other: `dockwright.v1`.
//!
//! JSON-RPC 2.0 in text frames for control ([`rpc`], [`call`], [`event`], [`error`]), and binary frames with a 13-byte header
//! for bytes ([`frame`]). Both ends prove with [`proof`] that they hold the session's key, which never crosses
//! the socket.

/// Structures of fields that are all public and all known: an unknown one is an error.
macro_rules! params {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        $crate::json::record! { $name { $($field),* } }
    )*};
}

pub mod call;
pub mod error;
pub mod event;
pub mod frame;
pub mod proof;
pub mod rpc;

pub use call::Call;
pub use error::{ErrorKind, RpcError};
pub use event::Event;
pub use frame::{Channel, Frame};
pub use rpc::{FromAgent, FromPage};

/// The WebSocket subprotocol, offered and echoed.
pub const SUBPROTOCOL: &str = "dockwright.v1";
/// The number in `session.hello`.
pub const VERSION: u32 = 1;
/// The longest text frame, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;
/// The longest payload of a binary frame, in bytes.
pub const MAX_PAYLOAD: usize = 64 * 1024;
/// What a receiver grants for a stream before it says more: output of channels 1 and 2 together, in bytes.
pub const OUTPUT_WINDOW: u64 = 128 * 1024;
/// What the agent grants for input (channel 0) of a stream before it says more, in bytes.
pub const INPUT_WINDOW: u64 = 64 * 1024;
/// The largest build context, in bytes.
pub const MAX_CONTEXT: u64 = 64 * 1024 * 1024;
/// The most files in a build context.
pub const MAX_CONTEXT_FILES: usize = 10_000;
