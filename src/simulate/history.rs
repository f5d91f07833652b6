//! Texts of an image's history, as BuildKit writes them.

use std::fmt::Write as _;

use crate::image::Healthcheck;

/// Adds a text in double quotes, as Go's `%q` prints it.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            // Writing to a string cannot fail.
            '\0'..' ' | '\x7f' => drop(write!(out, "\\x{:02x}", u32::from(it))),
            it if is_hidden(it) => match u32::from(it) {
                code @ 0..0x1_0000 => drop(write!(out, "\\u{code:04x}")),
                code => drop(write!(out, "\\U{code:08x}")),
            },
            it => out.push(it),
        }
    }
    out.push('"');
}

/// The commonest characters that Go does not print: controls, odd blanks, marks of direction, private ones.
fn is_hidden(it: char) -> bool {
    matches!(it,
        '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{1680}' | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

/// `KEYWORD ["a" "b"]`.
pub(super) fn command(keyword: &str, words: &[String]) -> String {
    let mut text = format!("{keyword} [");
    for (at, it) in words.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        quote(it, &mut text);
    }
    text.push(']');
    text
}

/// `KEYWORD [a b]`.
pub(super) fn list(keyword: &str, words: &[String]) -> String {
    format!("{keyword} [{}]", words.join(" "))
}

/// `KEYWORD a=b c=d`.
pub(super) fn pairs(keyword: &str, pairs: &[(String, String)]) -> String {
    let length: usize = pairs.iter().map(|it| it.0.len() + it.1.len() + 2).sum();
    let mut text = String::with_capacity(keyword.len() + length);
    text.push_str(keyword);
    for (name, value) in pairs {
        text.push(' ');
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}

/// `HEALTHCHECK {Test:[…] Interval:30s …}`: Go prints the fields of the structure.
pub(super) fn health(it: &Healthcheck) -> String {
    let Healthcheck { test, interval, timeout, start_period, start_interval, retries } = it;
    format!(
        "HEALTHCHECK {{Test:[{}] Interval:{} Timeout:{} StartPeriod:{} StartInterval:{} Retries:{retries}}}",
        test.join(" "),
        duration(*interval),
        duration(*timeout),
        duration(*start_period),
        duration(*start_interval)
    )
}

/// Nanoseconds as Go prints a `time.Duration`: `1h0m0s`, `1.5s`, `20ms`.
fn duration(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let all = nanoseconds.unsigned_abs();
    let (unit, name) = match all {
        0 => return "0s".to_owned(),
        1..1_000 => (1, "ns"),
        1_000..1_000_000 => (1_000, "µs"),
        1_000_000..1_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    let (mut whole, part) = (all / unit, all % unit);
    let mut text = sign.to_owned();
    if name == "s" && whole >= 60 {
        if whole >= 3600 {
            text.push_str(&format!("{}h", whole / 3600));
        }
        text.push_str(&format!("{}m", whole / 60 % 60));
        whole %= 60;
    }
    text.push_str(&whole.to_string());
    if part > 0 {
        let digits = unit.to_string().len() - 1;
        let part = format!("{part:0digits$}");
        text.push('.');
        text.push_str(part.trim_end_matches('0'));
    }
    text.push_str(name);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_go_quotes_them() {
        let words = ["a", "b\"c\\", "\t\n\x01", "é'\u{200b}"].map(str::to_owned);
        assert_eq!(command("CMD", &words), r#"CMD ["a" "b\"c\\" "\t\n\x01" "é'\u200b"]"#);
        assert_eq!(command("CMD", &[]), "CMD []");
    }

    #[test]
    fn durations_are_printed_as_go_prints_them() {
        for (nanoseconds, expected) in [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (20_000_000, "20ms"),
            (1_500_000_000, "1.5s"),
            (60_000_000_000, "1m0s"),
            (3_661_001_000_000, "1h1m1.001s"),
            (-1_000_000_000, "-1s"),
            (i64::MAX, "2562047h47m16.854775807s"),
        ] {
            assert_eq!(duration(nanoseconds), expected);
        }
    }
}
