//! A registry's client over any transport.
