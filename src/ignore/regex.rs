//! The regular expressions that patterns become: the part of Go's `regexp` that they can reach.
//!
//! A pattern is turned into an expression with little quoting, so that `[[:digit:]]`, `\d` or `^` mean in a
//! `.dockerignore` what they mean there. Matching follows all ways at once: it takes time in proportion to expression
//! times text at most.

use std::str::Chars;

/// A checked expression for a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Regex(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    test: Test,
    /// Whether it may be taken any number of times: `*`.
    many: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Char(char),
    /// Any character but a line feed.
    Dot,
    /// `[a-z]`, or `[^a-z]` if the flag is set.
    Set(bool, Vec<(char, char)>),
    /// Goes on with the next step or with the one three further.
    Option,
    Start,
    End,
    /// At the border of a word, or not at one.
    Border(bool),
    /// Never fits: what no path has.
    Never,
}

/// Classes of `[[:name:]]`: pairs of first and last characters.
const CLASSES: &[(&str, &str)] = &[
    ("alnum", "09AZaz"),
    ("alpha", "AZaz"),
    ("ascii", "\0\x7f"),
    ("blank", "\t\t  "),
    ("cntrl", "\0\x1f\x7f\x7f"),
    ("digit", "09"),
    ("graph", "!~"),
    ("lower", "az"),
    ("print", " ~"),
    ("punct", "!/:@[`{~"),
    ("space", "\t\r  "),
    ("upper", "AZ"),
    ("word", "09AZ__az"),
    ("xdigit", "09AFaf"),
    ("d", "09"),
    ("s", "\t\n\x0c\r  "),
    ("w", "09AZ__az"),
];

impl Regex {
    /// Checks an expression; `None` if Go refuses it. It is matched from the start to the end of a text.
    pub(super) fn new(expression: &str) -> Option<Self> {
        let mut steps: Vec<Step> = Vec::new();
        let mut rest = expression.chars();
        while let Some(it) = rest.next() {
            let test = match it {
                // The only group that a pattern becomes.
                '(' => {
                    rest = rest.as_str().strip_prefix(".*/)?")?.chars();
                    steps.push(Step { test: Test::Option, many: false });
                    steps.push(Step { test: Test::Dot, many: true });
                    Test::Char('/')
                }
                '*' => {
                    steps.last_mut()?.many = true;
                    continue;
                }
                '.' => Test::Dot,
                '^' => Test::Start,
                '[' => set(&mut rest)?,
                '\\' => escape(&mut rest)?,
                it => Test::Char(it),
            };
            steps.push(Step { test, many: false });
        }
        Some(Self(steps))
    }

    /// Whether it fits a text.
    pub(super) fn fits(&self, text: &str) -> bool {
        let first = self.0.iter().find(|it| it.test != Test::Start);
        if let Some(Step { test: Test::Char(it), many: false }) = first
            && !text.starts_with(*it)
        {
            return false;
        }
        if let Some(Step { test: Test::Char(it), many: false }) = self.0.last()
            && !text.ends_with(*it)
        {
            return false;
        }
        let mut open = vec![false; self.0.len() + 1];
        let mut next = open.clone();
        if let Some(it) = open.first_mut() {
            *it = true;
        }
        let mut before = None;
        let mut rest = text.chars();
        loop {
            let char = rest.next();
            self.spread(&mut open, before, char);
            let Some(char) = char else { return open.last() == Some(&true) };
            next.fill(false);
            for (at, step) in self.0.iter().enumerate() {
                if open.get(at) == Some(&true) && step.test.takes(char) {
                    mark(&mut next, if step.many { at } else { at + 1 });
                }
            }
            std::mem::swap(&mut open, &mut next);
            before = Some(char);
        }
    }

    /// Opens what can be reached without a character.
    fn spread(&self, open: &mut [bool], before: Option<char>, after: Option<char>) {
        for (at, step) in self.0.iter().enumerate() {
            if open.get(at) != Some(&true) {
                continue;
            }
            let passes = match step.test {
                Test::Option => {
                    mark(open, at + 3);
                    true
                }
                Test::Start => before.is_none(),
                Test::End => after.is_none(),
                Test::Border(wanted) => (is_word(before) != is_word(after)) == wanted,
                Test::Char(_) | Test::Dot | Test::Set(..) | Test::Never => step.many,
            };
            if passes {
                mark(open, at + 1);
            }
        }
    }
}

impl Test {
    fn takes(&self, char: char) -> bool {
        match self {
            Self::Char(it) => *it == char,
            Self::Dot => char != '\n',
            Self::Set(negated, ranges) => within(ranges, char) != *negated,
            Self::Option | Self::Start | Self::End | Self::Border(_) | Self::Never => false,
        }
    }
}

fn within(ranges: &[(char, char)], char: char) -> bool {
    ranges.iter().any(|it| (it.0..=it.1).contains(&char))
}

fn mark(open: &mut [bool], at: usize) {
    if let Some(it) = open.get_mut(at) {
        *it = true;
    }
}

fn is_word(char: Option<char>) -> bool {
    char.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_')
}

/// The ranges of a class, or of all but it.
fn class(name: &str, negated: bool) -> Option<Vec<(char, char)>> {
    let (_, ends) = CLASSES.iter().find(|it| it.0 == name)?;
    let mut ranges = Vec::new();
    let mut from = '\0';
    let mut ends = ends.chars();
    while let (Some(low), Some(high)) = (ends.next(), ends.next()) {
        if !negated {
            ranges.push((low, high));
        } else if from < low {
            // All ends are ASCII.
            ranges.push((from, char::from_u32(u32::from(low) - 1)?));
        }
        from = char::from_u32(u32::from(high) + 1)?;
    }
    if negated {
        ranges.push((from, char::MAX));
    }
    Some(ranges)
}

/// What follows a `[`.
fn set(rest: &mut Chars<'_>) -> Option<Test> {
    let negated = rest.as_str().starts_with('^');
    if negated {
        rest.next();
    }
    let mut ranges = Vec::new();
    let mut is_first = true;
    while is_first || !rest.as_str().starts_with(']') {
        is_first = false;
        if let Some((name, after)) =
            rest.as_str().strip_prefix("[:").and_then(|it| it.split_once(":]"))
        {
            let (name, all_but) = name.strip_prefix('^').map_or((name, false), |it| (it, true));
            ranges.extend(class(name, all_but).filter(|_| name.len() > 1)?);
            *rest = after.chars();
            continue;
        }
        if let Some(letter) = rest.as_str().strip_prefix('\\').and_then(|it| it.get(..1))
            && let Some(found) =
                class(&letter.to_ascii_lowercase(), letter != letter.to_ascii_lowercase())
        {
            ranges.extend(found);
            rest.nth(1);
            continue;
        }
        let low = member(rest)?;
        let mut high = low;
        if rest.as_str().starts_with('-') && !rest.as_str().starts_with("-]") {
            rest.next();
            high = member(rest)?;
        }
        if high < low {
            return None;
        }
        ranges.push((low, high));
    }
    rest.next();
    Some(Test::Set(negated, ranges))
}

/// One character of a set.
fn member(rest: &mut Chars<'_>) -> Option<char> {
    match rest.next()? {
        '\\' => literal(rest),
        it => Some(it),
    }
}

/// What follows a backslash.
fn escape(rest: &mut Chars<'_>) -> Option<Test> {
    let letter = rest.clone().next()?;
    let found = match letter {
        'A' => Test::Start,
        'z' => Test::End,
        'b' => Test::Border(true),
        'B' => Test::Border(false),
        'Q' => Test::Never,
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => {
            let name = letter.to_ascii_lowercase().to_string();
            Test::Set(letter != letter.to_ascii_lowercase(), class(&name, false)?)
        }
        // A Unicode class of one letter; no path of ASCII letters fits by accident.
        'p' | 'P' => {
            rest.next();
            let name = rest.next()?;
            return "CLMNPSZ".contains(name).then_some(Test::Never);
        }
        _ => return literal(rest).map(Test::Char),
    };
    rest.next();
    Some(found)
}

/// The character that an escape stands for.
fn literal(rest: &mut Chars<'_>) -> Option<char> {
    let it = rest.next()?;
    Some(match it {
        '0'..='7' => {
            let mut value = it.to_digit(8)?;
            let digit = |rest: &Chars<'_>| rest.clone().next()?.to_digit(8);
            // A single digit would mean a group.
            if it != '0' && digit(rest).is_none() {
                return None;
            }
            for _ in 0..2 {
                let Some(it) = digit(rest) else { break };
                value = value * 8 + it;
                rest.next();
            }
            char::from_u32(value)?
        }
        'x' => {
            let (high, low) = (rest.next()?.to_digit(16)?, rest.next()?.to_digit(16)?);
            char::from_u32(high * 16 + low)?
        }
        'a' => '\x07',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        it if it.is_ascii() && !it.is_ascii_alphanumeric() => it,
        _ => return None,
    })
}
