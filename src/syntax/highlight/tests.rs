//! What the parts of a file are coloured as.

use expect_test::{Expect, expect};

use super::*;
use crate::syntax::parse;

#[track_caller]
fn check(source: &str, expected: &Expect) {
    let tokens = tokens(&parse(source));
    let lines: Vec<_> =
        tokens.iter().map(|it| format!("{:?} {:?}", it.kind, it.span.slice(source))).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn each_part_has_its_colour() {
    check(
        "# syntax=x\n# note\nFROM --platform=$P a:1 AS b\nfrom b\n",
        &expect![[r##"
        Directive "# syntax=x"
        Comment "# note"
        Keyword "FROM"
        Flag "--platform=$P"
        Image "a:1"
        Keyword "AS"
        Stage "b"
        Keyword "from"
        Stage "b""##]],
    );
    check(
        "ENV A=\"x $B ${C:-\\\"}\" D='$E'\nARG F=$A G\nLABEL \"k\"=v\n",
        &expect![[r#"
        Keyword "ENV"
        Variable "A"
        String "\"x "
        Variable "$B"
        String " "
        Variable "${C:-\\\"}"
        String "\""
        Variable "D"
        String "'$E'"
        Keyword "ARG"
        Variable "F"
        Variable "$A"
        Variable "G"
        Keyword "LABEL"
        String "\"k\"""#]],
    );
    check(
        "CMD [\"a\", \"b\\n\"]\nCMD [\"a]\nCOPY --from=b [\"x\", \"y\"]",
        &expect![[r#"
        Keyword "CMD"
        Operator "["
        String "\"a\""
        String "\"b\\n\""
        Operator "]"
        Keyword "CMD"
        Keyword "COPY"
        Flag "--from="
        Stage "b"
        Operator "["
        String "\"x\""
        String "\"y\""
        Operator "]""#]],
    );
    check(
        "RUN a \"b \\\n  # c\n  $D\" \\\n  it's\n",
        &expect![[r##"
        Keyword "RUN"
        String "\"b "
        Operator "\\"
        Comment "# c"
        String "  "
        Variable "$D"
        String "\""
        Operator "\\""##]],
    );
    check(
        "RUN <<E cat\n$A\nE\nUSER $U\n",
        &expect![[r#"
        Keyword "RUN"
        Heredoc "<<E"
        Heredoc "$A\n"
        Heredoc "E"
        Keyword "USER"
        Variable "$U""#]],
    );
    check(
        "NOPE \"x\"\nWORKDIR \\$a/$b/${c\n",
        &expect![[r#"
        Keyword "NOPE"
        Keyword "WORKDIR"
        Variable "$b""#]],
    );
}
