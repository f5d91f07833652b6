//! What a build gives, without building.
