//! Facts that need the whole file: stages and variables.
