//! Texts that are long, deep or many of something: what a stranger sends to see a program stop.

use std::fmt::Write as _;

/// A kind of text that can be made in any size.
pub(crate) struct Shape {
    /// What it is.
    pub(crate) name: &'static str,
    /// How many units it has at its full size, which is between 100 kB and 10 MB.
    pub(crate) full: usize,
    /// Makes one with so many units.
    pub(crate) make: fn(usize) -> String,
}

/// Repeats `unit` after `head`.
fn many(head: &str, unit: &str, count: usize) -> String {
    let mut text = String::with_capacity(head.len() + unit.len() * count + 8);
    text.push_str(head);
    for _ in 0..count {
        text.push_str(unit);
    }
    text
}

/// Puts `unit` with its number for `@` after `head`.
fn numbered(head: &str, unit: &str, count: usize) -> String {
    let mut text = head.to_owned();
    let parts: Vec<_> = unit.split('@').collect();
    for number in 0..count {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                write!(text, "{number}").unwrap();
            }
            text.push_str(part);
        }
    }
    text
}

/// `open`, nested.
fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("FROM a:1\nENV A={}x{}\n", open.repeat(depth), close.repeat(depth))
}

macro_rules! shapes {
    ($($name:literal, $full:literal, $make:expr;)*) => {
        &[$(Shape { name: $name, full: $full, make: $make }),*]
    };
}

/// Shapes of lines, words and comments.
const LINES: &[Shape] = shapes! {
    "short ENV lines", 667_000, |n| many("FROM a:1\n", "ENV NAME=value\n", n);
    "ENV lines, each another name", 500_000, |n| numbered("FROM a:1\n", "ENV N@=value\n", n);
    "ENV pairs on one line", 800_000, |n| numbered("FROM a:1\nENV", " N@=value", n);
    "LABEL lines, each another key", 500_000, |n| numbered("FROM a:1\n", "LABEL k@=value\n", n);
    "ARG lines, each another name", 500_000, |n| numbered("FROM a:1\n", "ARG A@=$B\n", n);
    "ARG lines and RUN lines", 200_000, |n| numbered("FROM a:1\n", "ARG A@=1\nRUN true\n", n);
    "ARG lines before FROM", 500_000, |n| numbered("", "ARG A@=1\n", n) + "FROM a:1\n";
    "VOLUME lines, each another path", 500_000, |n| numbered("FROM a:1\n", "VOLUME /v@\n", n);
    "EXPOSE lines", 600_000, |n| numbered("FROM a:1\n", "EXPOSE @\n", n);
    "EXPOSE of a thousand ports", 500_000, |n| many("FROM a:1\n", "EXPOSE 1000-1999\n", n);
    "RUN lines", 700_000, |n| many("FROM a:1\n", "RUN true hello\n", n);
    "COPY lines", 600_000, |n| many("FROM a:1\n", "COPY a b c /d/\n", n);
    "WORKDIR lines that go deeper", 900_000, |n| many("FROM a:1\n", "WORKDIR b\n", n);
    "SHELL lines and RUN lines", 300_000, |n| many("FROM a:1\n", "SHELL [\"/s\", \"-c\"]\nRUN x\n", n);
    "ONBUILD lines", 500_000, |n| many("FROM a:1\n", "ONBUILD RUN true\n", n) + "FROM a:1\n";
    "ONBUILD lines that are triggered", 400_000, |n| many("FROM a:1 AS b\n", "ONBUILD ENV A=$A\n", n) + "FROM b\n";
    "HEALTHCHECK lines", 400_000, |n| many("FROM a:1\n", "HEALTHCHECK CMD true\n", n);
    "unknown instructions", 2_000_000, |n| many("FROM a:1\n", "NOPE\n", n);
    "unknown flags", 500_000, |n| many("FROM a:1\n", "COPY --form=x a b\n", n);
    "comments", 5_000_000, |n| many("FROM a:1\n", "#\n", n);
    "comments before FROM", 1_000_000, |n| many("", "# a=b c d\n", n) + "FROM a:1\n";
    "comments that silence", 300_000, |n| numbered("", "# hadolint ignore=DL3006,N@\nFROM a\n", n);
    "comments that disable", 200_000, |n| numbered("FROM a\n", "# dockwright: disable[DW101, N@]\nRUN x\n", n);
    "empty lines", 10_000_000, |n| many("FROM a:1\n", "\n", n);
    "empty lines, CRLF", 5_000_000, |n| many("FROM a:1\r\n", "\r\n", n);
    "continuations", 100_000, |n| many("FROM a:1\nRUN true", " && \\\n    true", n);
    "continuations, 10 MB", 700_000, |n| many("FROM a:1\nRUN true", " && \\\n   true", n);
    "continuations with comments", 700_000, |n| many("FROM a:1\nRUN true", " \\\n# c\n && a", n);
    "continuations with empty lines", 1_500_000, |n| many("FROM a:1\nENV", " a=b\\\n\n", n);
    "nothing but continuations", 5_000_000, |n| many("", "\\\n", n);
    "one line of words", 1_000_000, |n| many("FROM a:1\nRUN", " echo text", n);
    "one word", 10_000_000, |n| many("FROM a:1\nRUN ", "x", n);
    "one keyword", 10_000_000, |n| many("FROM a:1\n", "X", n);
    "one comment", 10_000_000, |n| many("# ", "c", n) + "\nFROM a:1\n";
    "one variable name", 10_000_000, |n| many("FROM a:1\nENV A=$", "x", n);
    "one image name", 10_000_000, |n| many("FROM ", "x", n);
    "one stage name", 10_000_000, |n| many("FROM a:1 AS ", "x", n);
    "one flag", 10_000_000, |n| many("FROM --", "x", n) + " a:1\n";
    "one port", 10_000_000, |n| many("FROM a:1\nEXPOSE ", "8", n);
    "one line without a keyword", 5_000_000, |n| many("", "é", n);
};

/// Shapes of what is inside of instructions, and of stages.
const PARTS: &[Shape] = shapes! {
    "here-documents", 10_000, |n| many("FROM a:1\n", "RUN <<EOF\necho one\necho two\nEOF\n", n);
    "here-documents, 10 MB", 400_000, |n| many("FROM a:1\n", "COPY <<A /x\ntext $B\nA\n", n);
    "here-documents of one instruction", 10_000, |n| {
        numbered("FROM a:1\nCOPY", " <<A@", n) + " /x/\n" + &numbered("", "A@\n", n)
    };
    "here-documents that stay open", 500_000, |n| many("FROM a:1\n", "RUN <<A <<B\nx\n", n);
    "openings of one here-document", 2_000_000, |n| many("FROM a:1\nRUN ", "<<A ", n);
    "one here-document", 1_000_000, |n| many("FROM a:1\nCOPY <<A /x\n", "line $A ${B}\n", n) + "A\n";
    "stages", 10_000, |n| numbered("", "FROM debian:13 AS s@\nCMD [\"a\"]\n", n);
    "stages, 10 MB", 300_000, |n| numbered("", "FROM debian:13 AS s@\nCMD [\"a\"]\n", n);
    "stages, one name", 400_000, |n| many("", "FROM a:1 AS b\nCMD [\"a\"]\n", n);
    "stages, each on the one before", 10_000, |n| chain(n, "ENV A=1\n");
    "stages that add a variable each", 10_000, |n| chain(n, "ENV N@=1\n");
    "stages that copy from the one before", 10_000, |n| {
        let mut text = "FROM a:1 AS s0\n".to_owned();
        for at in 1..n.max(1) {
            writeln!(text, "FROM a:1 AS s{at}\nCOPY --from=s{} a b", at - 1).unwrap();
        }
        text
    };
    "stages that copy from all before", 1_000, |n| {
        let copies = numbered("", "COPY --from=s@ a b\n", n);
        numbered("", "FROM a:1 AS s@\n", n) + &copies
    };
    "stages that need the later ones", 10_000, |n| {
        let mut text = String::new();
        for at in 0..n {
            writeln!(text, "FROM a:1 AS s{at}\nCOPY --from=s{} a b", at + 1).unwrap();
        }
        text
    };
    "stages on names that are not there", 300_000, |n| numbered("", "FROM $S@ AS t@\n", n);
    "strings of a JSON array", 1_600_000, |n| many("FROM a:1\nCMD [", "\"a b\",", n) + "\"\"]\n";
    "escapes of a JSON array", 1_600_000, |n| many("FROM a:1\nRUN [\"", "\\u00e9", n) + "\"]\n";
    "a JSON array that does not end", 2_500_000, |n| many("FROM a:1\nCMD [", "\"a\",", n);
    "JSON arrays, nested", 10_000_000, |n| many("FROM a:1\nCMD ", "[", n);
    "sources of a COPY", 2_500_000, |n| many("FROM a:1\nCOPY", " abc", n) + " /d/\n";
    "ports of an EXPOSE", 1_200_000, |n| numbered("FROM a:1\nEXPOSE", " @", n);
    "flags --platform", 700_000, |n| many("FROM", " --platform=x", n) + " a:1\n";
    "flags --mount", 250_000, |n| many("FROM a:1\nRUN", " --mount=type=cache,target=/x", n) + " true\n";
    "options of a --mount", 2_000_000, |n| many("FROM a:1\nRUN --mount=type=cache", ",ro", n) + " true\n";
    "flags --exclude", 600_000, |n| many("FROM a:1\nCOPY", " --exclude=*.md", n) + " a b\n";
    "quotes that stay open", 2_500_000, |n| many("FROM a:1\nENV A=", "\"'`$ ", n);
    "quotes and braces", 2_500_000, |n| many("FROM a:1\nLABEL ", "'${\"", n);
    "${a:-${b:-…}}, deep", 1_400_000, |n| nested("${a:-", "}", n);
    "${a:-${b:-…}}, open", 2_000_000, |n| nested("${a:-", "", n);
    "${a:+\"${b…}\"}, deep", 1_000_000, |n| nested("${a:+\"", "\"}", n);
    "variables of one word", 5_000_000, |n| many("FROM a:1\nENV A=", "$A", n);
    "long values, many times", 500_000, |n| {
        format!("FROM a:1\nENV A={}\nENV B={}\n", "x".repeat(10_000), "${A}".repeat(n))
    };
    "values that double", 500_000, |n| many("FROM a:1\nENV A=0123456789\n", "ENV A=$A$A\n", n);
    "ports of a long value", 500_000, |n| {
        let head = format!("FROM a:1\nENV A={}\n", "x".repeat(100_000));
        many(&head, "EXPOSE $A\n", n)
    };
    "labels of long values", 500_000, |n| {
        let head = format!("FROM a:1\nENV A={}\n", "x".repeat(100_000));
        numbered(&head, "LABEL l@=$A\n", n)
    };
    "patterns", 300_000, |n| {
        let head = format!("FROM a:1\nENV A={}\n", "a".repeat(50));
        many(&head, "ENV B=${A//*a*a*b/c}\n", n)
    };
    "one long pattern", 2_000_000, |n| {
        format!("FROM a:1\nARG A={}\nENV B=${{A##{}b}}\n", "a".repeat(n), "*a".repeat(n / 2))
    };
    "patterns of a long value", 20_000, |n| {
        let head = format!("FROM a:1\nENV A={}\n", "ab".repeat(5_000));
        many(&head, "ENV B=${A%%*b*c}\n", n)
    };
    "variables that are not there", 300_000, |n| numbered("FROM a:1\n", "ENV N@=1\nRUN x\nENV M=$NN@\n", n);
};

/// A chain of stages, each on the one before, with `body` in each.
fn chain(count: usize, body: &str) -> String {
    let mut text = "FROM a:1 AS s0\n".to_owned();
    for at in 1..count.max(1) {
        write!(text, "FROM s{} AS s{at}\n{}", at - 1, body.replace('@', &at.to_string())).unwrap();
    }
    text
}

/// All of them.
pub(crate) fn shapes() -> impl Iterator<Item = &'static Shape> {
    LINES.iter().chain(PARTS)
}

/// Dockerfiles put together until they are as long as `size`. Global arguments move to the top, stages get names of their
/// own, and a last stage copies from all others, so that a build needs them all.
pub(crate) fn joined(files: &[String], size: usize) -> String {
    let (mut head, mut body) = (String::new(), String::with_capacity(size + size / 16));
    let mut stages = 0_usize;
    for (at, file) in files.iter().cycle().enumerate() {
        if body.len() >= size || files.is_empty() {
            break;
        }
        let names: Vec<_> = file.lines().filter_map(stage_name).collect();
        let first = file.lines().position(starts_stage).unwrap_or_default();
        for (line, text) in file.lines().enumerate() {
            if line < first && text.starts_with("ARG ") {
                if at < files.len() {
                    writeln!(head, "{text}").unwrap();
                }
                continue;
            }
            let mut text = text.to_owned();
            for (number, name) in names.iter().enumerate() {
                rename(&mut text, number, name, stages);
            }
            writeln!(body, "{text}").unwrap();
        }
        stages += names.len();
    }
    body.push_str("FROM scratch\n");
    for at in 0..stages {
        writeln!(body, "COPY --from={at} / /").unwrap();
    }
    head + &body
}

/// Gives the stage `name`, which has this number in its file, a name that no other file has.
fn rename(text: &mut String, number: usize, name: &str, before: usize) {
    let new = format!("s{}-{name}", before + number);
    for (from, to) in [
        ("AS ", name),
        ("as ", name),
        ("FROM ", name),
        ("from=", name),
        ("from=", &number.to_string()),
    ] {
        if to.is_empty() {
            continue;
        }
        let Some(start) = text.find(&format!("{from}{to}")).map(|it| it + from.len()) else {
            continue;
        };
        let end = start + to.len();
        let is_whole = !text
            .get(end..)
            .unwrap_or_default()
            .starts_with(|it: char| it.is_alphanumeric() || "-_.:/".contains(it));
        if is_whole && !name.is_empty() {
            text.replace_range(start..end, &new);
        } else if is_whole {
            text.replace_range(start..end, &(before + number).to_string());
        }
    }
}

/// The name of the stage that `line` starts, empty if it has none.
fn stage_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    words.next().filter(|_| starts_stage(line))?;
    let is_as = |it: &&str| it.eq_ignore_ascii_case("as");
    Some(words.skip_while(|it| !is_as(it)).nth(1).unwrap_or_default())
}

fn starts_stage(line: &str) -> bool {
    line.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("FROM "))
}
