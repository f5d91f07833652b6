//! What crosses to JavaScript: offsets in UTF-16 units, names in camelCase. Declarations are generated from here.

pub mod analysis;
pub mod build;
pub mod lesson;
pub mod linted;
pub mod look;
pub mod name;
pub mod turn;
pub mod why;
