//! Rules for Dockerfiles.
