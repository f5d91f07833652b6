//! Text of lessons as a list of nodes: what a page may show, without any HTML.

use crate::order::Map;

use serde::{Deserialize, Serialize};

/// A piece of text, or an element around pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// Characters as they are.
    Text(String),
    /// An element: `p code em strong a ul ol li pre h3 blockquote aside`.
    Element {
        /// Its name.
        tag: String,
        /// Such as `href`, or `lang`, `run` and `open` of a code block.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        attrs: Map<String>,
        /// What it holds.
        children: Vec<Node>,
    },
}
