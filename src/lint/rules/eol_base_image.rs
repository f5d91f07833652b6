use crate::lint::{
    checker::{Checker, Finding},
    declare::rule,
};

/// When support ended: the repository, the words that start its tags, and the month. From the projects' own calendars; what
/// ended before January 2026.
const ENDED: [(&str, &str, &str); 56] = [
    ("alpine", "3.10", "May 2021"),
    ("alpine", "3.11", "November 2021"),
    ("alpine", "3.12", "May 2022"),
    ("alpine", "3.13", "November 2022"),
    ("alpine", "3.14", "May 2023"),
    ("alpine", "3.15", "November 2023"),
    ("alpine", "3.16", "May 2024"),
    ("alpine", "3.17", "November 2024"),
    ("alpine", "3.18", "May 2025"),
    ("alpine", "3.19", "November 2025"),
    ("centos", "5", "March 2017"),
    ("centos", "6", "November 2020"),
    ("centos", "7", "June 2024"),
    ("centos", "8", "December 2021"),
    ("debian", "7", "May 2018"),
    ("debian", "wheezy", "May 2018"),
    ("debian", "8", "June 2020"),
    ("debian", "jessie", "June 2020"),
    ("debian", "9", "June 2022"),
    ("debian", "stretch", "June 2022"),
    ("debian", "10", "June 2024"),
    ("debian", "buster", "June 2024"),
    ("golang", "1.20", "February 2024"),
    ("golang", "1.21", "August 2024"),
    ("golang", "1.22", "February 2025"),
    ("golang", "1.23", "August 2025"),
    ("node", "8", "December 2019"),
    ("node", "10", "April 2021"),
    ("node", "12", "April 2022"),
    ("node", "14", "April 2023"),
    ("node", "16", "September 2023"),
    ("node", "18", "April 2025"),
    ("node", "19", "June 2023"),
    ("node", "21", "June 2024"),
    ("php", "5", "January 2019"),
    ("php", "7", "November 2022"),
    ("php", "8.0", "November 2023"),
    ("php", "8.1", "December 2025"),
    ("python", "2", "January 2020"),
    ("python", "3.5", "September 2020"),
    ("python", "3.6", "December 2021"),
    ("python", "3.7", "June 2023"),
    ("python", "3.8", "October 2024"),
    ("python", "3.9", "October 2025"),
    ("ruby", "2", "March 2023"),
    ("ruby", "3.0", "April 2024"),
    ("ruby", "3.1", "March 2025"),
    ("ubuntu", "14.04", "April 2019"),
    ("ubuntu", "trusty", "April 2019"),
    ("ubuntu", "16.04", "April 2021"),
    ("ubuntu", "xenial", "April 2021"),
    ("ubuntu", "18.04", "May 2023"),
    ("ubuntu", "bionic", "May 2023"),
    ("ubuntu", "20.04", "May 2025"),
    ("ubuntu", "focal", "May 2025"),
    ("ubuntu", "23.10", "July 2024"),
];

rule! {
    /// A release that is no longer looked after gets no repairs: neither for what is found in it next week, nor in its package
    /// archives, which move away after a while.
    ///
    /// ```dockerfile bad
    /// FROM python:3.8-slim
    /// #    ^^^^^^^^^^^^^^^ support of `python:3.8` ended in October 2024
    /// FROM debian:buster-20240612
    /// #    ^^^^^^^^^^^^^^^^^^^^^^ support of `debian:buster` ended in June 2024
    /// ```
    ///
    /// The list knows what ended before 2026, of the official images that are used most. It is tried out.
    ///
    /// ```dockerfile good
    /// FROM python:3.13-slim
    /// FROM debian:13
    /// FROM example.org/debian:8
    /// FROM node:22
    /// ```
    DW120 "eol-base-image" Info Preview "tally:ruby/eol-ruby-version"
    check
}

fn check(checker: &Checker<'_>) {
    for (at, stage) in checker.stages().iter().enumerate() {
        let (Some((_, Ok(image))), Some(from)) = (checker.image(at), stage.from) else { continue };
        let tag = image.tag.as_deref().unwrap_or_default();
        let repository = image.path.strip_prefix("library/").unwrap_or_default();
        let ended = ENDED.iter().find(|it| {
            image.registry == "docker.io" && it.0 == repository && is_release(tag, it.1)
        });
        if let Some((repository, release, month)) = ended {
            checker.report(Finding::new(
                from.image.span,
                format!("support of `{repository}:{release}` ended in {month}"),
                "Take a release that is looked after.",
            ));
        }
    }
}

/// Whether a tag is of a release: `3.8`, `3.8.1`, `3.8-slim`.
fn is_release(tag: &str, release: &str) -> bool {
    tag.strip_prefix(release).is_some_and(|it| it.is_empty() || it.starts_with(['.', '-']))
}
