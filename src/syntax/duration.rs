//! Times such as `1h30m`, as Go's `time.ParseDuration` reads them.

const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// The time in nanoseconds, or Go's error.
pub fn parse(text: &str) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned == "0" {
        return Ok(0);
    }
    if unsigned.is_empty() {
        return Err(invalid());
    }
    // Enough for the longest negative time.
    let limit = 1_u64 << 63;
    let mut sum = 0_u64;
    let mut rest = unsigned;
    while !rest.is_empty() {
        let (whole, after) = digits(rest);
        let fraction = after.strip_prefix('.').map(digits);
        let (part, after) = fraction.unwrap_or(("", after));
        if whole.is_empty() && part.is_empty() {
            return Err(invalid());
        }
        let is_unit = |it: char| it != '.' && !it.is_ascii_digit();
        let (unit, next) = after.split_at(after.find(|it| !is_unit(it)).unwrap_or(after.len()));
        if unit.is_empty() {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        let Some((_, size)) = UNITS.iter().find(|it| it.0 == unit) else {
            let (unit, text) = (quoted(unit), quoted(text));
            return Err(format!("time: unknown unit {unit} in duration {text}"));
        };
        let whole = if whole.is_empty() { Some(0) } else { whole.parse::<u64>().ok() };
        let value = whole.and_then(|it| it.checked_mul(*size)?.checked_add(share(part, *size)));
        let total = value.and_then(|it| sum.checked_add(it)).filter(|it| *it <= limit);
        sum = total.ok_or_else(invalid)?;
        rest = next;
    }
    if text.starts_with('-') {
        return Ok(0_i64.wrapping_sub_unsigned(sum));
    }
    i64::try_from(sum).map_err(|_| invalid())
}

/// The time as Go prints it: `1m0s`, `1.5ms`.
pub fn print(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let time = nanoseconds.unsigned_abs();
    let (second, minute) = (1_000_000_000, 60_000_000_000);
    match time {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{time}ns"),
        1_000..1_000_000 => format!("{sign}{}\u{b5}s", fraction(time, 1_000)),
        1_000_000..1_000_000_000 => format!("{sign}{}ms", fraction(time, 1_000_000)),
        _ => {
            let (minutes, rest) = (time / minute, fraction(time % minute, second));
            match (minutes / 60, minutes % 60) {
                (0, 0) => format!("{sign}{rest}s"),
                (0, minutes) => format!("{sign}{minutes}m{rest}s"),
                (hours, minutes) => format!("{sign}{hours}h{minutes}m{rest}s"),
            }
        }
    }
}

/// `time` in units of `size`, a power of ten, without zeros at the end.
fn fraction(time: u64, size: u64) -> String {
    let (whole, part) = (time / size, time % size);
    if part == 0 {
        return whole.to_string();
    }
    let digits = (size + part).to_string();
    format!("{whole}.{}", digits.get(1..).unwrap_or_default().trim_end_matches('0'))
}

/// The digits at the start, and the rest.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// What the digits behind the point are of a unit.
fn share(digits: &str, size: u64) -> u64 {
    // More digits are less than a nanosecond.
    let digits = digits.get(..digits.len().min(18)).unwrap_or_default();
    let Ok(value) = digits.parse::<u128>() else { return 0 };
    let scale = 10_u128.pow(u32::try_from(digits.len()).unwrap_or_default());
    u64::try_from(value * u128::from(size) / scale).unwrap_or_default()
}

/// The text in quotes, as the errors of Go's `time` show it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' | '\\' => quoted.extend(['\\', it]),
            ' '..='\x7f' => quoted.push(it),
            _ => {
                for byte in it.encode_utf8(&mut [0; 4]).bytes() {
                    quoted.push_str(&format!("\\x{byte:02x}"));
                }
            }
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_go_reads_them() {
        for (text, expected) in [
            ("0", 0),
            ("+0", 0),
            ("5s", 5_000_000_000),
            ("1h30m", 5_400_000_000_000),
            ("-1.5h", -5_400_000_000_000),
            (".5ms", 500_000),
            ("1.s", 1_000_000_000),
            ("2us3ns", 2_003),
            ("1\u{b5}s", 1_000),
            ("0.1234567890123s", 123_456_789),
            ("9223372036854775807ns", i64::MAX),
            ("-9223372036854775808ns", i64::MIN),
        ] {
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn times_are_printed_as_go_prints_them() {
        for (time, expected) in [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1\u{b5}s"),
            (2_200_000, "2.2ms"),
            (3_300_000_000, "3.3s"),
            (30_000_000_000, "30s"),
            (60_000_000_000, "1m0s"),
            (3_600_000_000_001, "1h0m0.000000001s"),
            (-5_400_000_000_000, "-1h30m0s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ] {
            assert_eq!(print(time), expected);
        }
    }

    #[test]
    fn errors_are_in_gos_words() {
        for (text, expected) in [
            ("", r#"time: invalid duration """#),
            ("abc", r#"time: invalid duration "abc""#),
            (".s", r#"time: invalid duration ".s""#),
            ("5", r#"time: missing unit in duration "5""#),
            ("5x", r#"time: unknown unit "x" in duration "5x""#),
            ("1d\"", r#"time: unknown unit "d\"" in duration "1d\"""#),
            ("é", r#"time: invalid duration "\xc3\xa9""#),
            ("9223372036854775808ns", r#"time: invalid duration "9223372036854775808ns""#),
            ("99999999999h", r#"time: invalid duration "99999999999h""#),
        ] {
            assert_eq!(parse(text), Err(expected.to_owned()), "{text}");
        }
    }
}
