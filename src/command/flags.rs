//! Flags as Docker reads them (GNU style, the rules of the pflag library).

use std::num::{IntErrorKind, ParseIntError};

use super::{Spec, values::Check};
use crate::text::decimal;

/// What a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, or `=true` and `=false`.
    Switch,
    /// One value; the name of its type is shown in the help.
    One(&'static str),
    /// A value each time it is given.
    Many(&'static str),
    /// A whole number.
    Int,
    /// A whole number that is not negative.
    Uint,
    /// The same up to 65535.
    Uint16,
    /// A size, such as `512m`.
    Bytes,
    /// A time, such as `1m30s`.
    Duration,
}

impl Kind {
    /// The type as the help shows it.
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Switch => "",
            Self::One(name) | Self::Many(name) => name,
            Self::Int => "int",
            Self::Uint => "uint",
            Self::Uint16 => "uint16",
            Self::Bytes => "bytes",
            Self::Duration => "duration",
        }
    }
}

/// One flag of one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// The name after two dashes.
    pub long: &'static str,
    /// The letter after one dash.
    pub short: Option<char>,
    /// What it takes.
    pub kind: Kind,
    /// What its value must be besides.
    pub check: Check,
    /// Whether the simulation acts on it. The others are accepted and said to be without effect.
    pub simulated: bool,
    /// What it is for.
    pub help: &'static str,
}

impl Flag {
    /// A flag that the simulation acts on.
    pub const fn new(long: &'static str, kind: Kind, help: &'static str) -> Self {
        Self { long, short: None, kind, check: Check::Any, simulated: true, help }
    }

    /// A flag that is only accepted.
    pub const fn accepted(long: &'static str, kind: Kind) -> Self {
        Self { long, short: None, kind, check: Check::Any, simulated: false, help: "" }
    }

    /// The same flag with a letter.
    #[must_use]
    pub const fn or(mut self, short: char) -> Self {
        self.short = Some(short);
        self
    }

    /// The same flag with a value that is looked at.
    #[must_use]
    pub const fn checked(mut self, check: Check) -> Self {
        self.check = check;
        self
    }

    /// How error messages call it: `-d, --detach`.
    fn label(&self) -> String {
        match self.short {
            Some(short) => format!("-{short}, --{}", self.long),
            None => format!("--{}", self.long),
        }
    }
}

/// The words of a command, sorted into flags and arguments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// Each flag given, in order, with its value.
    pub given: Vec<(Flag, String)>,
    /// What is not a flag.
    pub args: Vec<String>,
}

impl Parsed {
    /// The last value of a flag.
    pub fn one(&self, long: &str) -> Option<String> {
        self.given.iter().rev().find(|it| it.0.long == long).map(|it| it.1.clone())
    }

    /// All values of a flag.
    pub fn many(&self, long: &str) -> Vec<String> {
        self.given.iter().filter(|it| it.0.long == long).map(|it| it.1.clone()).collect()
    }

    /// Whether a switch is on.
    pub fn is_on(&self, long: &str) -> bool {
        self.one(long).is_some_and(|it| parse_bool(&it) == Some(true))
    }

    /// The argument at a place.
    pub fn arg(&self, at: usize) -> String {
        self.args.get(at).cloned().unwrap_or_default()
    }
}

/// Why flags could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlagError {
    /// `--help` was asked for.
    Help,
    /// Docker's words.
    Message(String),
}

/// Sorts the words after a command's name.
pub(crate) fn parse(words: &[String], spec: &Spec) -> Result<Parsed, FlagError> {
    let mut reader = Reader { spec, words: words.iter(), parsed: Parsed::default() };
    while let Some(word) = reader.words.next() {
        if word == "--" {
            reader.parsed.args.extend(reader.words.by_ref().cloned());
        } else if let Some(long) = word.strip_prefix("--") {
            reader.long(long)?;
        } else if let Some(shorts) = word.strip_prefix('-').filter(|it| !it.is_empty()) {
            reader.shorts(shorts)?;
        } else {
            reader.parsed.args.push(word.clone());
            if !spec.interspersed {
                reader.parsed.args.extend(reader.words.by_ref().cloned());
            }
        }
    }
    Ok(reader.parsed)
}

struct Reader<'a> {
    spec: &'a Spec,
    words: std::slice::Iter<'a, String>,
    parsed: Parsed,
}

impl Reader<'_> {
    fn long(&mut self, text: &str) -> Result<(), FlagError> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        if name.is_empty() || name.starts_with('-') {
            return Err(FlagError::Message(format!("bad flag syntax: --{text}")));
        }
        let Some(flag) = self.spec.flags.iter().find(|it| it.long == name) else {
            if name == "help" {
                return Err(FlagError::Help);
            }
            return Err(FlagError::Message(format!("unknown flag: --{name}")));
        };
        let value = match (value, flag.kind) {
            (Some(value), _) => value,
            (None, Kind::Switch) => "true".to_owned(),
            (None, _) => match self.words.next() {
                Some(value) => value.clone(),
                None => {
                    let message = format!("flag needs an argument: --{name}");
                    return Err(FlagError::Message(message));
                }
            },
        };
        self.give(*flag, value)
    }

    /// A group such as `dit`, or a letter and its value, such as `p8080:80`.
    fn shorts(&mut self, group: &str) -> Result<(), FlagError> {
        let mut rest = group;
        while let Some(letter) = rest.chars().next() {
            let after = rest.get(letter.len_utf8()..).unwrap_or_default();
            let Some(flag) = self.spec.flags.iter().find(|it| it.short == Some(letter)) else {
                if letter == 'h' {
                    return Err(FlagError::Help);
                }
                let message = format!("unknown shorthand flag: '{letter}' in -{rest}");
                return Err(FlagError::Message(message));
            };
            if let Some(value) = after.strip_prefix('=').filter(|it| !it.is_empty()) {
                return self.give(*flag, value.to_owned());
            }
            if flag.kind == Kind::Switch {
                self.give(*flag, "true".to_owned())?;
                rest = after;
                continue;
            }
            if !after.is_empty() {
                return self.give(*flag, after.to_owned());
            }
            let Some(value) = self.words.next() else {
                let message = format!("flag needs an argument: '{letter}' in -{rest}");
                return Err(FlagError::Message(message));
            };
            return self.give(*flag, value.clone());
        }
        Ok(())
    }

    fn give(&mut self, flag: Flag, value: String) -> Result<(), FlagError> {
        let wrong = match flag.kind {
            Kind::Switch => parse_bool(&value)
                .is_none()
                .then(|| format!("strconv.ParseBool: parsing \"{value}\": invalid syntax")),
            Kind::Int => wrong_number("ParseInt", &value, value.parse::<i64>().err()),
            Kind::Uint => wrong_number("ParseUint", &value, value.parse::<u64>().err()),
            Kind::Uint16 => wrong_number("ParseUint", &value, value.parse::<u16>().err()),
            Kind::Bytes => (!is_size(&value)).then(|| format!("invalid size: '{value}'")),
            Kind::Duration => {
                duration(&value).is_none().then(|| format!("time: invalid duration \"{value}\""))
            }
            Kind::One(_) | Kind::Many(_) => flag.check.wrong(&value),
        };
        if let Some(why) = wrong {
            let label = flag.label();
            let message = format!("invalid argument \"{value}\" for \"{label}\" flag: {why}");
            return Err(FlagError::Message(message));
        }
        self.parsed.given.push((flag, value));
        Ok(())
    }
}

/// A truth value as Go's `strconv.ParseBool` reads it.
fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn is_size(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let digits = lower.trim_end_matches(|it: char| it.is_ascii_alphabetic()).trim_end();
    let unit = lower.get(digits.len()..).unwrap_or_default().trim_start();
    let number = decimal(digits.strip_prefix(['-', '+']).unwrap_or(digits)).is_some();
    let units = ["", "b", "k", "kb", "kib", "m", "mb", "mib", "g", "gb", "gib", "t", "tb", "tib"];
    number && units.contains(&unit)
}

fn wrong_number(function: &str, value: &str, error: Option<ParseIntError>) -> Option<String> {
    let why = match error?.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
        _ => "invalid syntax",
    };
    Some(format!("strconv.{function}: parsing \"{value}\": {why}"))
}

/// The nanoseconds of a time such as `1m30s` or `-1.5h`, as Go's `time.ParseDuration` reads it.
pub(super) fn duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let after = rest.trim_start_matches(|it: char| it.is_ascii_digit() || it == '.');
        let (whole, part) = decimal(rest.strip_suffix(after)?)?;
        let units = UNITS.iter().filter(|it| after.starts_with(it.0));
        let (name, unit) = units.max_by_key(|it| it.0.len())?;
        let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
        total = total.checked_add(whole.checked_mul(*unit)?)?;
        let mut scale = *unit;
        // Digits behind the point count while they are worth a nanosecond.
        for digit in part.bytes() {
            scale /= 10;
            total = total.checked_add(i64::from(digit - b'0') * scale)?;
        }
        rest = after.get(name.len()..)?;
    }
    Some(sign * total)
}

const UNITS: [(&str, i64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];
