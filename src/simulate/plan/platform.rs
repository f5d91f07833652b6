//! The machine that a stage is for.

use crate::{
    diagnostic::Diagnostic,
    image::Platform,
    scope::Globals,
    simulate::{similar::similar, step::wrong},
    syntax::Text,
};

/// The value of `FROM --platform`.
pub(super) fn platform_of(
    word: &Text<'_>,
    globals: &Globals,
    escape: char,
    host: &Platform,
) -> Result<Platform, Box<Diagnostic>> {
    let expanded = globals.expand(word, escape).map_err(|it| {
        let message = format!("failed to process arguments for platform : {}", it.message);
        Box::new(Diagnostic { message: message.into(), ..*it })
    })?;
    let suggested = |message: String| {
        let mut unset = expanded.unset.iter().filter_map(|it| word.get(it.clone()));
        let near = unset.find_map(|it| similar(it, globals.names()));
        let near = near.map(|it| format!(" (did you mean {it}?)")).unwrap_or_default();
        message + &near
    };
    let help = "A platform looks like linux/amd64 or linux/arm64.";
    let message = if expanded.text.is_empty() {
        suggested(format!("empty platform value from expression {}", word.as_str()))
    } else {
        match Platform::parse(&expanded.text, host) {
            Ok(platform) => return Ok(platform),
            Err(error) => {
                format!(
                    "failed to parse platform {}: {}",
                    word.as_str(),
                    suggested(error.to_string())
                )
            }
        }
    };
    Err(Box::new(wrong(word.span, message, help)))
}
