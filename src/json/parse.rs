//! Text to a tree.

use super::Value;

/// How deep arrays and objects may stand in each other.
const MAX_DEPTH: u8 = 128;

/// Reads a JSON text; `None` if it is none.
pub fn parse(text: &str) -> Option<Value> {
    let mut parser = Parser { rest: text, depth: 0 };
    let value = parser.value()?;
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a> {
    rest: &'a str,
    depth: u8,
}

impl Parser<'_> {
    /// A value with the blanks on both sides.
    fn value(&mut self) -> Option<Value> {
        self.blanks();
        let value = match self.rest.bytes().next()? {
            b'"' => Value::Text(self.text()?),
            b'[' | b'{' => {
                self.depth += 1;
                let value = if self.depth > MAX_DEPTH { None } else { self.items() };
                self.depth -= 1;
                value?
            }
            b'-' | b'0'..=b'9' => Value::Number(self.number()?),
            _ if self.eat("null") => Value::Null,
            _ if self.eat("true") => Value::Bool(true),
            _ if self.eat("false") => Value::Bool(false),
            _ => return None,
        };
        self.blanks();
        Some(value)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// An array or an object.
    fn items(&mut self) -> Option<Value> {
        let (mut items, mut fields) = (Vec::new(), Vec::new());
        let is_object = self.eat("{");
        let close = if is_object { "}" } else { "]" };
        if !is_object {
            self.eat("[");
        }
        self.blanks();
        if !self.eat(close) {
            loop {
                if is_object {
                    self.blanks();
                    let name = self.text()?;
                    self.blanks();
                    if !self.eat(":") {
                        return None;
                    }
                    fields.push((name, self.value()?));
                } else {
                    items.push(self.value()?);
                }
                if self.eat(close) {
                    break;
                }
                if !self.eat(",") {
                    return None;
                }
            }
        }
        Some(if is_object { Value::Object(fields) } else { Value::Array(items) })
    }

    fn number(&mut self) -> Option<String> {
        let whole = self.rest;
        self.eat("-");
        if !self.eat("0") {
            self.digits()?;
        }
        if self.eat(".") {
            self.digits()?;
        }
        if self.eat("e") || self.eat("E") {
            let _sign = self.eat("+") || self.eat("-");
            self.digits()?;
        }
        whole.strip_suffix(self.rest).map(str::to_owned)
    }

    /// One digit or more.
    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|it: char| it.is_ascii_digit());
        let is_some = rest.len() < self.rest.len();
        self.rest = rest;
        is_some.then_some(())
    }

    /// A string from quote to quote.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        if !self.eat("\"") {
            return None;
        }
        loop {
            let end = self.rest.find(|it| matches!(it, '"' | '\\' | '\0'..='\x1F'))?;
            let (plain, rest) = self.rest.split_at_checked(end)?;
            text.push_str(plain);
            self.rest = rest;
            if self.eat("\"") {
                return Some(text);
            }
            if !self.eat("\\") {
                return None;
            }
            text.push(self.escape()?);
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let letter = rest.next()?;
        self.rest = rest.as_str();
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\x08',
            'f' => '\x0C',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                self.pair(first).or(char::from_u32(first)).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    /// The letter of two surrogates, the second of which follows. One alone is no letter; Go replaces it.
    fn pair(&mut self, first: u32) -> Option<char> {
        let first = first.checked_sub(0xD800).filter(|it| *it < 0x400)?;
        let before = self.rest;
        let second = self.eat("\\u").then(|| self.unit()).flatten();
        let second = second.and_then(|it| it.checked_sub(0xDC00)).filter(|it| *it < 0x400);
        if second.is_none() {
            self.rest = before;
        }
        char::from_u32(0x1_0000 + (first << 10) + second?)
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits.chars().try_fold(0, |unit, it| Some(unit * 16 + it.to_digit(16)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_json: bool) {
        let found = parse(text);
        let expected = serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(found.is_some(), is_json, "{text}");
        let printed = found.map(|it| serde_json::from_str(&it.to_string()).unwrap());
        assert_eq!(printed, expected, "{text}");
    }

    #[test]
    fn half_a_pair_is_replaced_as_in_go() {
        for (text, expected) in [
            (r#""\ud800""#, "\u{fffd}"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
            (r#""\udc00x""#, "\u{fffd}x"),
            (r#""\ud83d\ude00\ud83d""#, "😀\u{fffd}"),
        ] {
            assert_eq!(parse(text), Some(Value::Text(expected.to_owned())), "{text}");
        }
        assert_eq!(parse(r#""\ud800\u00""#), None);
    }

    #[test]
    fn json_is_read_as_serde_reads_it() {
        let deep = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for text in [
            "null",
            " true ",
            "[false]",
            "[]",
            "{}",
            "[ ]",
            "{ }",
            "[1, -2, 0, 10, 12.5, -0.5e3, 1E+2, 18446744073709551615]",
            r#"{"a": 1, "b": {"c": [{}]}, "": ""}"#,
            r#"" \" \\ \/ \b \f \n \r \t \u00e9 \uD83D\uDE00 é 😀""#,
            "\t\r\n[\n1\t,\r2 ] ",
            &deep(127),
        ] {
            check(text, true);
        }
        for text in [
            "",
            " ",
            "nul",
            "[1,]",
            "[,1]",
            "[1",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "\"a",
            "\"\t\"",
            r#""\x""#,
            r#""\u12""#,
            "1 1",
            "\u{a0}1",
            &deep(129),
        ] {
            check(text, false);
        }
    }
}
