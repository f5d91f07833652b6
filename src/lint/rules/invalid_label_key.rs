use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
    labels::labels,
};

rule! {
    /// Labels are for tools, and tools agree on how keys look: small letters, digits, single dots and dashes between them,
    /// a letter first. Other keys get lost in filters and in the names that some tools make of them.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL Maintainer="me" "com.example.my_app"=x com..example=y
    /// #     ^^^^^^^^^^ the key of this label has `M` in it
    /// #                      ^^^^^^^^^^^^^^^^^^ the key of this label has `_` in it
    /// #                                            ^^^^^^^^^^^^ the key of this label has `..` in it
    /// LABEL 1st=x last-=y
    /// #     ^^^ the key of this label does not begin with a small letter
    /// #           ^^^^^ the key of this label ends with `-`
    /// ```
    ///
    /// Some beginnings belong to Docker.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL com.docker.extension=x
    /// #     ^^^^^^^^^^^^^^^^^^^^ the key of this label begins with `com.docker.`, which is for Docker itself
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG PREFIX=org.example
    /// LABEL maintainer=me "org.opencontainers.image.ref.name"=x com.example.a-1=y $PREFIX.Name=z
    /// ```
    DW801 "invalid-label-key" Style On
    "DL3048 tally:labels/valid-key dfl:label_invalid"
    check
}

/// Docker keeps these for itself.
const RESERVED: [&str; 3] = ["com.docker.", "io.docker.", "org.dockerproject."];

fn check(checker: &Checker<'_>) {
    for label in labels(checker) {
        if let Some(what) = label.key.as_deref().and_then(wrong) {
            checker.report(Finding::new(
                label.key_span(),
                format!("the key of this label {what}"),
                "Write a name of small letters, digits, dots and dashes, such as org.example.name.",
            ));
        }
    }
}

/// What is wrong with a key.
fn wrong(key: &str) -> Option<String> {
    let is_inner =
        |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '.' | '-');
    if let Some(it) = key.chars().find(|it| !is_inner(*it)) {
        return Some(format!("has `{it}` in it"));
    }
    if !key.starts_with(|it: char| it.is_ascii_lowercase()) {
        return (!key.is_empty()).then(|| "does not begin with a small letter".to_owned());
    }
    if let Some(it) = key.chars().next_back().filter(|it| matches!(it, '.' | '-')) {
        return Some(format!("ends with `{it}`"));
    }
    if let Some(it) = ["..", "--"].iter().find(|it| key.contains(**it)) {
        return Some(format!("has `{it}` in it"));
    }
    let reserved = RESERVED.iter().find(|it| key.starts_with(**it))?;
    Some(format!("begins with `{reserved}`, which is for Docker itself"))
}
