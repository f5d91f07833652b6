//! Docker command lines: what was typed, as values.
