//! A host's command line around the virtual engine.
