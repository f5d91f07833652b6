//! What editors ask about a Dockerfile: names, outlines, explanations, what could come next. Adapters only translate.

pub mod silence;
