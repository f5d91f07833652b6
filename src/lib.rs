//! Dockwright's core: Dockerfiles, image names, `docker` command lines and a virtual engine.
//!
//! Modules stand in layers, and an import points down, never up or sideways. `tests/it/tidy.rs` holds it.
//!
//! ```text
//!  9  wasm                                what JavaScript sees
//!  8  lesson                              the course: steps, checks, hints
//!  7  terminal             remote          a host's command line; docker commands for a real engine
//!  6  engine       assist                 the virtual Docker engine; what editors ask
//!  5  lint      simulate     registry     findings; what a build gives; a registry's client
//!  4  scope     command      protocol     whole-file facts; docker command lines; page and agent
//!  3  syntax    shell                     text of a Dockerfile to instructions; of a command to its parts
//!  2  diagnostic   ignore    image        findings as data; .dockerignore; names and configs of images
//!  1  json                                JSON
//!  0  text         order                     spans, lines, UTF-16; sorted things
//! ```
//!
//! Invariants, which are what is absent:
//!
//! - No input or output, no clock, no randomness below `wasm`: times and bytes are arguments.
//! - Parsing never fails and never panics: it gives what it understood and a list of errors.
//! - Spans are half-open byte ranges; UTF-16 exists in `wasm` alone.
//! - Only `wasm` names JavaScript; only [`protocol`] and `wasm` hold types that cross a border.
//! - Nothing iterates over a hash table: the same input gives the same bytes.

pub mod assist;
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
