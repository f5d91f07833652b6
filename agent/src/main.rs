//! The `dockwright` binary.

fn main() {}
