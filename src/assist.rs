//! What editors ask about a Dockerfile: names, outlines, explanations, what could come next. Adapters only translate.

pub mod complete;
pub mod hover;
pub mod names;
pub mod outline;
mod reference;
pub mod rename;
pub mod silence;
mod values;
mod variables;

pub use complete::{Completion, CompletionKind, complete};
pub use hover::{Hover, hover};
pub use names::{Names, Occurrence, Role, Symbol, SymbolKind};
pub use outline::{Entry, EntryKind, outline};
pub use rename::{RenameError, can_rename, rename};
pub use silence::silence;
