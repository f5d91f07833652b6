//! Dockwright's core: Dockerfiles, image names, `docker` command lines and a virtual engine.
//!
//! Modules stand in layers, and an import points down, never up or sideways. `tests/it/tidy.rs` holds it.
//!
//! ```text
//!  8  wasm                                what JavaScript sees
//!  7  lesson                              the course: steps, checks, hints
//!  6  terminal             remote          a host's command line; docker commands for a real engine
//!  5  engine                              the virtual Docker engine
//!  4  lint      simulate     registry     findings; what a build gives; a registry's client
//!  3  scope     command      protocol     whole-file facts; docker command lines; page and agent
//!  2  syntax    shell                     text of a Dockerfile to instructions; of a command to its parts
//!  1  diagnostic   ignore    image        findings as data; .dockerignore; names and configs of images
//!  0  text         json         order        spans, lines, UTF-16; JSON; sorted things
//! ```
//!
//! Invariants, which are what is absent:
//!
//! - No input or output, no clock, no randomness below `wasm`: times and bytes are arguments.
//! - Parsing never fails and never panics: it gives what it understood and a list of errors.
//! - Spans are half-open byte ranges; UTF-16 exists in `wasm` alone.
//! - Only `wasm` names JavaScript; only [`protocol`] and `wasm` hold types that cross a border.
//! - Nothing iterates over a hash table: the same input gives the same bytes.

pub mod command;
pub mod diagnostic;
pub mod engine;
pub mod ignore;
pub mod image;
pub mod json;
pub mod lesson;
pub mod lint;
pub mod order;
pub mod protocol;
pub mod registry;
pub mod remote;
pub mod scope;
pub mod shell;
pub mod simulate;
pub mod syntax;
pub mod terminal;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
