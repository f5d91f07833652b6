//! Sizes and times in words, as the `go-units` library gives them.

/// A size with three significant digits: `63.1MB`.
pub fn size(bytes: u64) -> String {
    with_digits(bytes, 3)
}

/// A size with four significant digits: `2.048kB`.
pub fn long_size(bytes: u64) -> String {
    with_digits(bytes, 4)
}

fn with_digits(bytes: u64, digits: u32) -> String {
    const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    let mut unit = 0;
    let mut divisor = 1_u64;
    while bytes / divisor >= 1000 && unit + 1 < UNITS.len() {
        divisor *= 1000;
        unit += 1;
    }
    let (whole, rest) = (bytes / divisor, bytes % divisor);
    let name = UNITS.get(unit).copied().unwrap_or_default();
    let decimals = match whole {
        0..10 => digits - 1,
        10..100 => digits - 2,
        _ => digits - 3,
    };
    if divisor == 1 {
        return format!("{whole}{name}");
    }
    // Rounded half up in whole numbers, so that no float is needed.
    let scale = 10_u64.pow(decimals);
    let scaled = whole * scale + round(rest, divisor, scale);
    if scaled >= 1000 * scale {
        let next = UNITS.get(unit + 1).map(|it| format!("1{it}"));
        return next.unwrap_or_else(|| format!("1000{name}"));
    }
    let (whole, part) = (scaled / scale, scaled % scale);
    if part == 0 {
        return format!("{whole}{name}");
    }
    let part = format!("{part:0width$}", width = decimals as usize);
    format!("{whole}.{}{name}", part.trim_end_matches('0'))
}

fn round(rest: u64, divisor: u64, scale: u64) -> u64 {
    let wide = u128::from(rest) * u128::from(scale) * 2 + u128::from(divisor);
    u64::try_from(wide / (u128::from(divisor) * 2)).unwrap_or_default()
}

/// A time that has passed: `4 days`, `About a minute`.
pub fn duration(seconds: i64) -> String {
    let minutes = seconds / 60;
    let hours = (seconds + 1800) / 3600;
    match () {
        () if seconds < 1 => "Less than a second".to_owned(),
        () if seconds == 1 => "1 second".to_owned(),
        () if seconds < 60 => format!("{seconds} seconds"),
        () if minutes == 1 => "About a minute".to_owned(),
        () if minutes < 60 => format!("{minutes} minutes"),
        () if hours == 1 => "About an hour".to_owned(),
        () if hours < 48 => format!("{hours} hours"),
        () if hours < 24 * 7 * 2 => format!("{} days", hours / 24),
        () if hours < 24 * 30 * 2 => format!("{} weeks", hours / 24 / 7),
        () if hours < 24 * 365 * 2 => format!("{} months", hours / 24 / 30),
        () => format!("{} years", hours / 24 / 365),
    }
}

/// How long ago a moment was: `4 days ago`.
pub fn ago(then: i64, now: i64) -> String {
    format!("{} ago", duration(now.saturating_sub(then)))
}

/// A moment as lists print it: `2022-09-11 10:00:00 +0000 UTC`.
pub fn date(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} +0000 UTC")
}

/// The moment that `2022-09-11T10:00:00Z` names, in seconds since 1970.
pub fn moment(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let numbers = |it: &str, by: char| -> Option<[i64; 3]> {
        let all: Vec<i64> = it.split(by).map(str::parse).collect::<Result<_, _>>().ok()?;
        all.try_into().ok()
    };
    let ([year, month, day], [hour, minute, second]) = (numbers(date, '-')?, numbers(time, ':')?);
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day) && (0..24).contains(&hour);
    in_range.then(|| days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a number of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits() {
        for (bytes, expected) in [
            (0, "0B"),
            (999, "999B"),
            (1000, "1kB"),
            (2048, "2.05kB"),
            (63_100_000, "63.1MB"),
            (63_149_999, "63.1MB"),
            (7_340_000, "7.34MB"),
            (124_000_000, "124MB"),
            (187_654_321, "188MB"),
            (999_600, "1MB"),
            (1_000_000_000, "1GB"),
        ] {
            assert_eq!(size(bytes), expected);
        }
        assert_eq!(long_size(2048), "2.048kB");
        assert_eq!(long_size(123_456), "123.5kB");
    }

    #[test]
    fn times_are_words() {
        const DAY: i64 = 86_400;
        for (seconds, expected) in [
            (0, "Less than a second"),
            (1, "1 second"),
            (35, "35 seconds"),
            (60, "About a minute"),
            (119, "About a minute"),
            (120, "2 minutes"),
            (3540, "59 minutes"),
            (3600, "About an hour"),
            (2 * 3600, "2 hours"),
            (2 * DAY, "2 days"),
            (4 * DAY, "4 days"),
            (14 * DAY, "2 weeks"),
            (61 * DAY, "2 months"),
            (800 * DAY, "2 years"),
        ] {
            assert_eq!(duration(seconds), expected);
        }
    }

    #[test]
    fn moments_have_dates() {
        for (text, seconds, printed) in [
            ("1970-01-01T00:00:00Z", 0, "1970-01-01 00:00:00 +0000 UTC"),
            ("2022-09-11T10:00:00Z", 1_662_890_400, "2022-09-11 10:00:00 +0000 UTC"),
            ("2024-02-29T23:59:59Z", 1_709_251_199, "2024-02-29 23:59:59 +0000 UTC"),
        ] {
            assert_eq!((moment(text), date(seconds).as_str()), (Some(seconds), printed));
        }
        assert_eq!(moment("2022-09-11"), None);
    }
}
