//! `HEALTHCHECK`: how an engine finds out whether a container works.
//!
//! The rules are those of BuildKit's `instructions/parse.go` and `parser/line_parsers.go`.

use super::Input;
use crate::syntax::{Form, duration, flag::Flags, wrong::Wrong};

/// Shorter times are refused: a millisecond.
const MIN_INTERVAL: i64 = 1_000_000;

/// How an engine finds out whether a container works. Times are in nanoseconds; 0 is the engine's default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Healthcheck<'a> {
    /// ```text
    /// HEALTHCHECK --interval=5m CMD curl -f http://localhost/
    ///                               ^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    /// `None` for `HEALTHCHECK NONE`, which drops the one of the base image.
    pub command: Option<Form<'a>>,
    /// `--interval`: between two checks.
    pub interval: i64,
    /// `--timeout`: what one check may take.
    pub timeout: i64,
    /// `--start-period`: from the start until a failed check counts.
    pub start_period: i64,
    /// `--start-interval`: between two checks during the start.
    pub start_interval: i64,
    /// `--retries`: how many checks must fail in a row.
    pub retries: i64,
}

impl<'a> Healthcheck<'a> {
    pub(super) fn parse(input: &Input<'_, 'a>) -> Result<Self, Wrong> {
        let text = &input.arguments;
        let word = text.split(char::is_whitespace).next().unwrap_or_default();
        let rest = text.get(word.len()..).unwrap_or_default();
        let command = Form::parse(text.of(rest.trim_start()))?;
        let is_empty = match &command {
            Form::Exec(words) => words.is_empty(),
            Form::Shell(text) => text.is_empty(),
        };
        let kind: String = word.chars().map(upper).collect();
        let wrong = |message: String| Wrong::instruction(text.at(0, word.len()), message);
        match kind.as_str() {
            "" => {
                let help = "Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.";
                return Err(input.at_least_one().help(help));
            }
            // The flags are ignored here.
            "NONE" if is_empty => return Ok(Self::new(None)),
            "NONE" => {
                let message = "HEALTHCHECK NONE takes no arguments";
                let span = text.of(rest.trim_start()).span;
                let help = "Write HEALTHCHECK NONE alone, or HEALTHCHECK CMD before a command.";
                return Err(Wrong::instruction(span, message).help(help));
            }
            _ => input.check_flags()?,
        }
        if kind != "CMD" {
            let message = format!("Unknown type {kind:?} in HEALTHCHECK (try CMD)");
            return Err(wrong(message).help("Write CMD before the command."));
        }
        if is_empty {
            let message = "Missing command after HEALTHCHECK CMD".to_owned();
            return Err(wrong(message).help("Write the command that checks the container."));
        }
        let flags = Flags(input.flags);
        Ok(Self {
            interval: interval(flags, "interval")?,
            timeout: interval(flags, "timeout")?,
            start_period: interval(flags, "start-period")?,
            start_interval: interval(flags, "start-interval")?,
            retries: retries(flags)?,
            ..Self::new(Some(command))
        })
    }

    fn new(command: Option<Form<'a>>) -> Self {
        let (interval, timeout, start_period, start_interval, retries) = (0, 0, 0, 0, 0);
        Self { command, interval, timeout, start_period, start_interval, retries }
    }

    /// What the image keeps as the `Test` of the check.
    pub fn test(&self) -> Vec<String> {
        let mut test = Vec::new();
        match &self.command {
            None => test.push("NONE".to_owned()),
            Some(Form::Exec(words)) => {
                test.push("CMD".to_owned());
                test.extend(words.iter().map(ToString::to_string));
            }
            Some(Form::Shell(text)) => test.extend(["CMD-SHELL".to_owned(), text.to_string()]),
        }
        test
    }
}

/// A letter as Go's `strings.ToUpper` writes it, if it is Latin-1, Greek or Cyrillic. Others stay as they are: no word
/// that counts comes from them, only the error shows them.
fn upper(it: char) -> char {
    let (to, from) = match it {
        'à'..='ö' | 'ø'..='þ' => ('À', 'à'),
        'ς' => ('Σ', 'ς'),
        'α'..='ω' => ('Α', 'α'),
        'а'..='я' => ('А', 'а'),
        'ѐ'..='џ' => ('Ѐ', 'ѐ'),
        'ÿ' => ('Ÿ', 'ÿ'),
        'µ' => ('Μ', 'µ'),
        'ı' => ('I', 'ı'),
        'ſ' => ('S', 'ſ'),
        _ => return it.to_ascii_uppercase(),
    };
    char::from_u32(u32::from(to) + u32::from(it) - u32::from(from)).unwrap_or(it)
}

fn interval(flags: Flags<'_, '_>, name: &str) -> Result<i64, Wrong> {
    let Some(value) = flags.text(name).filter(|it| !it.is_empty()) else { return Ok(0) };
    let wrong = |message: String| {
        let help = "Write a number and a unit, such as 500ms, 30s, 5m or 1h30m.";
        Wrong::instruction(value.span, message).help(help)
    };
    match duration::parse(&value) {
        Ok(it) if it == 0 || it >= MIN_INTERVAL => Ok(it),
        Ok(_) => Err(wrong(format!("Interval {name:?} cannot be less than 1ms"))),
        Err(message) => Err(wrong(message)),
    }
}

fn retries(flags: Flags<'_, '_>) -> Result<i64, Wrong> {
    let Some(value) = flags.text("retries").filter(|it| !it.is_empty()) else { return Ok(0) };
    let wrong = |message: String| {
        Err(Wrong::instruction(value.span, message).help("Write a number, such as 3."))
    };
    let digits = value.strip_prefix(['+', '-']).unwrap_or(&value);
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    match value.parse::<i32>() {
        Ok(it) if it >= 0 => Ok(it.into()),
        Ok(it) => wrong(format!("--retries cannot be negative ({it})")),
        Err(_) => {
            let why = if is_number { "value out of range" } else { "invalid syntax" };
            wrong(format!("strconv.ParseInt: parsing {:?}: {why}", value.as_str()))
        }
    }
}
