//! `RUN --device=vendor/class=name,required`: devices of the machine.
//!
//! The rules are those of BuildKit's `instructions/commands_rundevice.go`.

use crate::syntax::{
    Text,
    csv::{boolean, fields, key_value},
    keyword::suggestion,
    wrong::Wrong,
};

/// A device of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device<'a> {
    /// Its name; empty if none is written.
    pub name: Text<'a>,
    /// Whether the build fails without it.
    pub required: bool,
}

impl<'a> Device<'a> {
    /// Reads the value of `--device`.
    pub(super) fn parse(value: &Text<'a>) -> Result<Self, Wrong> {
        let mut name: Option<Text<'a>> = None;
        let mut required = false;
        for field in fields(value, "devices")? {
            let (key, value) = key_value(&field);
            let wrong = |message: String| {
                let help = "Write --device=name, or --device=name,required.";
                Err(Wrong::instruction(field.span, message).help(help))
            };
            match (&*key, value) {
                ("required", None) => required = true,
                ("required", Some(value)) => match boolean(&value) {
                    Some(it) => required = it,
                    None => return wrong(format!("invalid value for {key}: {value}")),
                },
                ("name", Some(value)) => match name.as_ref().filter(|it| !it.is_empty()) {
                    Some(set) => return wrong(format!("device name already set to {set}")),
                    None => name = Some(value),
                },
                _ if name.as_ref().is_none_or(|it| it.is_empty()) => name = Some(field),
                (_, None) => {
                    return wrong(format!("invalid field '{field}' must be a key=value pair"));
                }
                (_, Some(_)) => {
                    let near = suggestion(&key, ["name", "required"], true);
                    return wrong(format!("unexpected key '{key}' in '{field}'{near}"));
                }
            }
        }
        Ok(Self { name: name.unwrap_or_else(|| value.part(0, 0)), required })
    }

    /// Reads the value of `--device`, as text; gives Docker's error.
    pub fn read(value: &'a str) -> Result<Self, String> {
        Self::parse(&Text::whole(value)).map_err(Wrong::into_message)
    }
}
