//! The text of a Dockerfile to instructions.
