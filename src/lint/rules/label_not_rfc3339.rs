use crate::lint::{checker::Checker, declare::rule, labels, settings::LabelKind};

rule! {
    /// A time that each image writes in its own way cannot be compared. RFC 3339 has one way: date, `T`, time, and where on
    /// earth. This looks at the labels that the settings call times, here `org.opencontainers.image.created`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL org.opencontainers.image.created=2026-11-29
    /// #                                      ^^^^^^^^^^ the label `org.opencontainers.image.created` is no time of RFC 3339
    /// LABEL org.opencontainers.image.created="2026-02-30T12:00:00Z"
    /// #                                       ^^^^^^^^^^^^^^^^^^^^ the label `org.opencontainers.image.created` is no time of RFC 3339
    /// LABEL org.opencontainers.image.created=yesterday
    /// #                                      ^^^^^^^^^ the label `org.opencontainers.image.created` is no time of RFC 3339
    /// ```
    ///
    /// Seconds may have parts.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL org.opencontainers.image.created=2026-11-29T23:40:00Z
    /// LABEL org.opencontainers.image.created="2024-02-29 23:40:59.123+01:00"
    /// LABEL org.opencontainers.image.created=$DATE
    /// ```
    DW806 "label-not-rfc3339" Warning Configured
    "DL3053"
    check
}

fn check(checker: &Checker<'_>) {
    labels::check(
        checker,
        LabelKind::Time,
        is_right,
        "no time of RFC 3339",
        "Write it as in 2026-11-29T23:40:00Z.",
    );
}

/// Whether a text is a time of RFC 3339, 5.6.
fn is_right(value: &str) -> bool {
    let time = value.split_once(['T', 't', ' ']).and_then(|(date, rest)| {
        let at = rest.find(['Z', 'z', '+', '-'])?;
        Some((date, rest.get(..at)?, rest.get(at..)?))
    });
    let Some((date, time, zone)) = time else { return false };
    is_date(date) && is_time(time) && is_zone(zone)
}

fn is_date(date: &str) -> bool {
    let mut parts = date.splitn(3, '-');
    let mut next = |len| number(parts.next().unwrap_or_default(), len);
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `23:40:59.1`; a minute may have a second more.
fn is_time(time: &str) -> bool {
    let (whole, part) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = whole.splitn(3, ':');
    let mut next = || number(parts.next().unwrap_or_default(), 2);
    let (Some(hour), Some(minute), Some(second)) = (next(), next(), next()) else { return false };
    let is_part = !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    hour < 24 && minute < 60 && second <= 60 && is_part
}

/// `Z`, `+01:00`.
fn is_zone(zone: &str) -> bool {
    let Some((hours, minutes)) = zone.get(1..).and_then(|it| it.split_once(':')) else {
        return zone.eq_ignore_ascii_case("z");
    };
    let is = |text: &str, max: u32| number(text, 2).is_some_and(|it| it < max);
    zone.starts_with(['+', '-']) && is(hours, 24) && is(minutes, 60)
}

fn number(text: &str, len: usize) -> Option<u32> {
    let is_right = text.len() == len && text.bytes().all(|it| it.is_ascii_digit());
    is_right.then(|| text.parse().ok()).flatten()
}
