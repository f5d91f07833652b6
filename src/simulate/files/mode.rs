//! `--chmod`: permissions as a number or in letters.

/// New permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    /// All of them.
    Number(u32),
    /// Changes of the old ones, such as `u+x,go-w`.
    Letters(String),
}

/// What letters without `u`, `g`, `o` or `a` leave alone.
const UMASK: u32 = 0o022;

impl Mode {
    /// Reads the value of `--chmod`, which is checked already.
    pub(super) fn new(text: &str) -> Self {
        match u32::from_str_radix(text, 8) {
            Ok(it) => Self::Number(it & 0o7777),
            Err(_) => Self::Letters(text.to_owned()),
        }
    }

    /// The permissions of a file or a directory that had `old`.
    pub(super) fn apply(&self, old: u32, is_directory: bool) -> u32 {
        match self {
            Self::Number(it) => *it,
            Self::Letters(text) => {
                text.split(',').fold(old, |mode, it| clause(it, mode, is_directory))
            }
        }
    }
}

/// One part between commas: who, then operators with permissions, such as `go-w+r`.
fn clause(text: &str, mut mode: u32, is_directory: bool) -> u32 {
    let start = text.find(['+', '-', '=']).unwrap_or(text.len());
    let (who, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let mut mask = who.chars().fold(0, |mask, it| {
        mask | match it {
            'u' => 0o4700,
            'g' => 0o2070,
            'o' => 0o1007,
            _ => 0o7777,
        }
    });
    if who.is_empty() {
        mask = 0o7777 & !UMASK;
    }
    let mut operator = '+';
    let mut bits = 0;
    let mut is_open = false;
    for it in rest.chars() {
        if matches!(it, '+' | '-' | '=') {
            if is_open {
                mode = change(mode, operator, bits, mask);
            }
            (operator, bits, is_open) = (it, 0, true);
            continue;
        }
        bits |= match it {
            'r' => 0o444,
            'w' => 0o222,
            'x' => 0o111,
            'X' if is_directory || mode & 0o111 != 0 => 0o111,
            's' => 0o6000,
            't' => 0o1000,
            'u' => spread(mode >> 6),
            'g' => spread(mode >> 3),
            'o' => spread(mode),
            _ => 0,
        };
    }
    if is_open { change(mode, operator, bits, mask) } else { mode }
}

fn change(mode: u32, operator: char, bits: u32, mask: u32) -> u32 {
    match operator {
        '+' => mode | bits & mask,
        '-' => mode & !(bits & mask),
        _ => mode & !(mask & 0o777) | bits & mask,
    }
}

/// The permissions of one kind of user for all kinds.
fn spread(bits: u32) -> u32 {
    (bits & 7) * 0o111
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_change_permissions() {
        for (text, old, expected) in [
            ("755", 0o644, 0o755),
            ("4755", 0o644, 0o4755),
            ("u+x", 0o644, 0o744),
            ("a+x", 0o644, 0o755),
            ("+w", 0o444, 0o644),
            ("go-rwx", 0o755, 0o700),
            ("u=rw,go=r", 0o777, 0o644),
            ("g=u", 0o740, 0o770),
            ("a+X", 0o644, 0o644),
            ("a+X", 0o744, 0o755),
            ("u+rw-x", 0o500, 0o600),
            ("u+s", 0o755, 0o4755),
            ("o+t", 0o755, 0o1755),
        ] {
            assert_eq!(Mode::new(text).apply(old, false), expected, "{text} {old:o}");
        }
        assert_eq!(Mode::new("a+X").apply(0o644, true), 0o755);
    }
}
