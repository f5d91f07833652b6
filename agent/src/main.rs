//! Dockwright's native companion.

fn main() {}
