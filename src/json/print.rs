//! A tree to text.

use std::fmt::{Display, Formatter, Result, Write as _};

use super::Value;

impl Display for Value {
    /// Prints JSON without blanks, or with `{:#}` on lines of their own, indented by four columns as Docker does.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut text = String::new();
        self.print(&mut text, f.alternate().then_some(0));
        f.write_str(&text)
    }
}

impl Value {
    /// Prints at a depth, or without blanks.
    fn print(&self, text: &mut String, depth: Option<usize>) {
        let inner = depth.map(|it| it + 1);
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(it) => text.push_str(if *it { "true" } else { "false" }),
            Self::Number(it) => text.push_str(it),
            Self::Text(it) => text.push_str(&quoted(it)),
            Self::Array(items) => {
                text.push('[');
                for (at, it) in items.iter().enumerate() {
                    separate(text, at, inner);
                    it.print(text, inner);
                }
                close(text, "]", items.is_empty(), depth);
            }
            Self::Object(fields) => {
                text.push('{');
                for (at, (name, it)) in fields.iter().enumerate() {
                    separate(text, at, inner);
                    text.push_str(&quoted(name));
                    text.push_str(if depth.is_some() { ": " } else { ":" });
                    it.print(text, inner);
                }
                close(text, "}", fields.is_empty(), depth);
            }
        }
    }
}

fn separate(text: &mut String, at: usize, depth: Option<usize>) {
    if at > 0 {
        text.push(',');
    }
    new_line(text, depth);
}

fn close(text: &mut String, bracket: &str, is_empty: bool, depth: Option<usize>) {
    if !is_empty {
        new_line(text, depth);
    }
    text.push_str(bracket);
}

fn new_line(text: &mut String, depth: Option<usize>) {
    if let Some(depth) = depth {
        text.push('\n');
        text.push_str(&"    ".repeat(depth));
    }
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\x08' => quoted.push_str("\\b"),
            '\x0C' => quoted.push_str("\\f"),
            // Writing to a string cannot fail.
            '\0'..='\x1F' => drop(write!(quoted, "\\u{:04x}", u32::from(it))),
            _ => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use crate::json::parse;

    #[test]
    fn json_is_printed_as_serde_prints_it() {
        let text = r#"{"a":[1,"\u0001 \u001f\b\f\n\r\t\"\\ é",{},[]],"b":{"c":null,"d":true}}"#;
        let serde: serde_json::Value = serde_json::from_str(text).unwrap();
        let found = parse(text).unwrap();
        assert_eq!(found.to_string(), serde.to_string());
        let pretty = serde_json::to_string_pretty(&serde).unwrap();
        assert_eq!(format!("{found:#}"), pretty.replace("  ", "    "));
    }
}
