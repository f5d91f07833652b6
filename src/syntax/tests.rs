//! What is found in single instructions: errors, and parts.

mod parts;
mod properties;

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;

/// The errors of sources: the message, the place, and what to do.
#[expect(clippy::needless_pass_by_value, reason = "so it is called")]
#[track_caller]
fn check_errors(sources: &[&str], expected: Expect) {
    let mut found = String::new();
    for source in sources {
        writeln!(found, "{source}").unwrap();
        let all = parse(source).errors;
        for it in all.iter().filter(|it| it.message != "no build stage in current context") {
            let place = it.span.slice(source);
            writeln!(found, "    {} {place:?}: {}", it.code, it.message).unwrap();
            writeln!(found, "        {}", it.help.as_deref().unwrap()).unwrap();
        }
    }
    expected.assert_eq(&found);
}

#[test]
fn health_checks_are_read_as_docker_reads_them() {
    check_errors(
        &[
            "HEALTHCHECK",
            "HEALTHCHECK NONE x",
            "HEALTHCHECK CMD",
            "HEALTHCHECK cmd []",
            "HEALTHCHECK foo x",
            "HEALTHCHECK --intervall=5s CMD x",
            "HEALTHCHECK --interval=soon CMD x",
            "HEALTHCHECK --timeout=500us CMD x",
            "HEALTHCHECK --start-period=5 CMD x",
            "HEALTHCHECK --retries=-1 CMD x",
            "HEALTHCHECK --retries=x CMD x",
            "HEALTHCHECK --retries=99999999999 CMD x",
            "HEALTHCHECK --interval=x --retries=y FOO",
            "HEALTHCHECK --bogus=1 NONE",
            "HEALTHCHECK --interval= --retries=0 --timeout=0 CMD x",
            "HEALTHCHECK CMD [1]",
        ],
        expect![[r#"
            HEALTHCHECK
                instruction "HEALTHCHECK": HEALTHCHECK requires at least one argument
                    Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.
            HEALTHCHECK NONE x
                instruction "x": HEALTHCHECK NONE takes no arguments
                    Write HEALTHCHECK NONE alone, or HEALTHCHECK CMD before a command.
            HEALTHCHECK CMD
                instruction "CMD": Missing command after HEALTHCHECK CMD
                    Write the command that checks the container.
            HEALTHCHECK cmd []
                instruction "cmd": Missing command after HEALTHCHECK CMD
                    Write the command that checks the container.
            HEALTHCHECK foo x
                instruction "foo": Unknown type "FOO" in HEALTHCHECK (try CMD)
                    Write CMD before the command.
            HEALTHCHECK --intervall=5s CMD x
                instruction "--intervall": unknown flag: --intervall (did you mean interval?)
                    HEALTHCHECK has --interval, --retries, --start-interval, --start-period, --timeout.
            HEALTHCHECK --interval=soon CMD x
                instruction "soon": time: invalid duration "soon"
                    Write a number and a unit, such as 500ms, 30s, 5m or 1h30m.
            HEALTHCHECK --timeout=500us CMD x
                instruction "500us": Interval "timeout" cannot be less than 1ms
                    Write a number and a unit, such as 500ms, 30s, 5m or 1h30m.
            HEALTHCHECK --start-period=5 CMD x
                instruction "5": time: missing unit in duration "5"
                    Write a number and a unit, such as 500ms, 30s, 5m or 1h30m.
            HEALTHCHECK --retries=-1 CMD x
                instruction "-1": --retries cannot be negative (-1)
                    Write a number, such as 3.
            HEALTHCHECK --retries=x CMD x
                instruction "x": strconv.ParseInt: parsing "x": invalid syntax
                    Write a number, such as 3.
            HEALTHCHECK --retries=99999999999 CMD x
                instruction "99999999999": strconv.ParseInt: parsing "99999999999": value out of range
                    Write a number, such as 3.
            HEALTHCHECK --interval=x --retries=y FOO
                instruction "FOO": Unknown type "FOO" in HEALTHCHECK (try CMD)
                    Write CMD before the command.
            HEALTHCHECK --bogus=1 NONE
            HEALTHCHECK --interval= --retries=0 --timeout=0 CMD x
            HEALTHCHECK CMD [1]
                syntax "1": when using JSON array syntax, arrays must be comprised of strings only
                    Put each word in double quotes: ["sleep", "5"].
        "#]],
    );
    let source = "HEALTHCHECK --interval=5m --retries=3 CMD [\"a\", \"b c\"]";
    let InstructionKind::Healthcheck(it) = parse(source).instructions.remove(0).kind else {
        panic!("no health check");
    };
    assert_eq!(it.test(), ["CMD", "a", "b c"]);
    assert_eq!((it.interval, it.timeout, it.retries), (300_000_000_000, 0, 3));
}

#[test]
fn flags_are_checked_as_docker_checks_them() {
    check_errors(
        &[
            "RUN --netwrok=none x",
            "RUN --network x",
            "RUN --network=bogus x",
            "RUN --network=nome x",
            "RUN --security= x",
            "RUN --network=none --network=host x",
            "COPY --link=maybe a b",
            "COPY --link= a b",
            "COPY --link=TRUE a b",
            "COPY --chown a b",
            "COPY --from=a --from=b a b",
            "COPY --checksum=x a b",
            "COPY --wrong a",
            "ADD --parents a b",
            "WORKDIR --x /a",
            "MAINTAINER --boo me",
            "ENV --x a=b",
            "ONBUILD --x RUN a",
            "ONBUILD RUN --x a",
            "ARG --x=1 A=b",
            "STOPSIGNAL --x SIGINT",
            "CMD --x",
            "CMD -- --x",
            "HEALTHCHECK --interval=1µs1h CMD x",
            "RUN --nétwork=none x",
        ],
        expect![[r#"
            RUN --netwrok=none x
                instruction "--netwrok": unknown flag: --netwrok (did you mean network?)
                    RUN has --device, --mount, --network, --security.
            RUN --network x
                instruction "--network": missing a value on flag: --network
                    Write --network=VALUE, without blanks.
            RUN --network=bogus x
                instruction "bogus": invalid network mode "bogus"
                    Write one of default, none, host.
            RUN --network=nome x
                instruction "nome": invalid network mode "nome"
                    Write none, if that is what you meant.
            RUN --security= x
                instruction "": security "" is not valid
                    Write one of sandbox, insecure.
            RUN --network=none --network=host x
                instruction "--network=host": duplicate flag specified: --network
                    Remove one of the two.
            COPY --link=maybe a b
                instruction "maybe": expecting boolean value for flag --link, not: maybe
                    Write --link, or --link=true, or --link=false.
            COPY --link= a b
                instruction "--link=": missing a value on flag: --link
                    Write --link, or --link=false.
            COPY --link=TRUE a b
            COPY --chown a b
                instruction "--chown": missing a value on flag: --chown
                    Write --chown=VALUE, without blanks.
            COPY --from=a --from=b a b
                instruction "--from=b": duplicate flag specified: --from
                    Remove one of the two.
            COPY --checksum=x a b
                instruction "--checksum": unknown flag: --checksum
                    COPY has --chmod, --chown, --exclude, --from, --link, --parents.
            COPY --wrong a
                instruction "a": COPY requires at least two arguments, but only one was provided. Destination could not be determined
                    Write COPY source destination.
            ADD --parents a b
                instruction "--parents": unknown flag: --parents
                    ADD has --chmod, --chown, --checksum, --exclude, --keep-git-dir, --link, --unpack.
            WORKDIR --x /a
                instruction "--x": unknown flag: --x
                    WORKDIR has no flags. Write -- before arguments that start so.
            MAINTAINER --boo me
                instruction "--boo": unknown flag: --boo
                    MAINTAINER has no flags. Write -- before arguments that start so.
            ENV --x a=b
                instruction "--x": unknown flag: --x
                    ENV has no flags. Write -- before arguments that start so.
            ONBUILD --x RUN a
                instruction "--x": unknown flag: --x
                    ONBUILD has no flags. Write -- before arguments that start so.
            ONBUILD RUN --x a
            ARG --x=1 A=b
                build "": dockerfile contains no stages to build
                    Start with FROM and the name of an image.
            STOPSIGNAL --x SIGINT
            CMD --x
                instruction "--x": unknown flag: --x
                    CMD has no flags. Write -- before arguments that start so.
            CMD -- --x
            HEALTHCHECK --interval=1µs1h CMD x
                instruction "1µs1h": time: unknown unit "\xc3\x82\xc2\xb5s" in duration "1\xc3\x82\xc2\xb5s1h"
                    Write a number and a unit, such as 500ms, 30s, 5m or 1h30m.
            RUN --nétwork=none x
                instruction "--nétwork": unknown flag: --nÃ©twork (did you mean network?)
                    RUN has --device, --mount, --network, --security.
        "#]],
    );
}

#[test]
fn arguments_are_checked_as_docker_checks_them() {
    check_errors(
        &[
            "ENV",
            "ENV A",
            "ENV A=b c",
            "ENV A=b =c",
            "LABEL =c",
            "ARG =x",
            "COPY a",
            "COPY a <<EOF\nEOF",
            "VOLUME [\" \"]",
            "VOLUME []",
            "FROM a b",
            "FROM a AS 1",
            "ONBUILD",
            "ONBUILD FROM a",
            "ONBUILD maintainer a",
            "ONBUILD ONBUILD RUN a",
            "ONBUILD ONBUILD ENV a",
            "ONBUILD ENV a",
            "ONBUILD ENV",
            "RUN <<A <<B\nA",
            "rum x",
            "Rum x",
            "STOPSIGNAL",
            "EXPOSE",
        ],
        expect![[r#"
            ENV
                instruction "ENV": ENV requires at least one argument
                    Write ENV name=value.
            ENV A
                syntax "A": ENV must have two arguments
                    Write ENV A=value.
            ENV A=b c
                syntax "c": Syntax error - can't find = in "c". Must be of the form: name=value
                    A value with blanks needs double quotes around it.
            ENV A=b =c
                instruction "=c": ENV names can not be blank
                    Write a name before the equals sign, without blanks around it.
            LABEL =c
                instruction "=c": LABEL names can not be blank
                    Write a name before the equals sign, without blanks around it.
            ARG =x
                instruction "=x": ARG names can not be blank
                    Write a name before the equals sign.
            COPY a
                instruction "a": COPY requires at least two arguments, but only one was provided. Destination could not be determined
                    Write COPY source destination.
            COPY a <<EOF
            EOF
                instruction "<<EOF": COPY cannot accept a heredoc as a destination
                    Write a path after the here-documents.
            VOLUME [" "]
                instruction "\" \"": VOLUME specified can not be an empty string
                    Write a path between the quotes.
            VOLUME []
                instruction "[]": VOLUME requires at least one argument
                    Write VOLUME /path.
            FROM a b
                instruction "a b": FROM requires either one or three arguments
                    Write FROM image, or FROM image AS name.
            FROM a AS 1
                instruction "1": invalid name for build stage: "1", name can't start with a number or contain symbols
                    Start with a letter; go on with letters, digits, `-`, `_` and `.`.
            ONBUILD
                instruction "ONBUILD": ONBUILD requires at least one argument
                    Write the instruction for builds on top of this image.
            ONBUILD FROM a
                instruction "FROM": FROM isn't allowed as an ONBUILD trigger
                    Write an instruction that can follow FROM, such as RUN or COPY.
            ONBUILD maintainer a
                instruction "maintainer": MAINTAINER isn't allowed as an ONBUILD trigger
                    Write an instruction that can follow FROM, such as RUN or COPY.
            ONBUILD ONBUILD RUN a
                instruction "ONBUILD": Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed
                    Write an instruction that can follow FROM, such as RUN or COPY.
            ONBUILD ONBUILD ENV a
                syntax "a": ENV must have two arguments
                    Write ENV a=value.
            ONBUILD ENV a
                syntax "a": ENV must have two arguments
                    Write ENV a=value.
            ONBUILD ENV
            RUN <<A <<B
            A
                syntax "<<B": unterminated heredoc
                    Write B on a line of its own after the text.
            rum x
                instruction "rum": unknown instruction: rum (did you mean run?)
                    Write RUN, if that is what you meant.
            Rum x
                instruction "Rum": unknown instruction: Rum (did you mean run?)
                    Write RUN, if that is what you meant.
            STOPSIGNAL
                instruction "STOPSIGNAL": STOPSIGNAL requires exactly one argument
                    Write STOPSIGNAL SIGTERM.
            EXPOSE
                instruction "EXPOSE": EXPOSE requires at least one argument
                    Write EXPOSE 8080.
        "#]],
    );
}

#[test]
fn mistakes_in_json_are_explained() {
    check_errors(
        &[
            "SHELL [\u{201c}/bin/sh\u{201d}]",
            "SHELL ['/bin/sh', '-c']",
            "SHELL [\"/bin/sh\", \"-c\",]",
            "SHELL [\"/bin/sh\", \"-c\"",
            "SHELL [\"/bin/sh\"] -c",
            "SHELL [\"C:\\sh\"]",
            "SHELL /bin/sh -c",
            "SHELL []",
            "RUN [\"a\", 1]",
            "COPY [\"a\"",
        ],
        expect![[r#"
            SHELL [“/bin/sh”]
                instruction "“": SHELL requires the arguments to be in JSON form
                    These quotes are curly. JSON has straight double quotes: "
            SHELL ['/bin/sh', '-c']
                instruction "'": SHELL requires the arguments to be in JSON form
                    JSON has double quotes: write " instead of '.
            SHELL ["/bin/sh", "-c",]
                instruction ",": SHELL requires the arguments to be in JSON form
                    Remove the comma before the bracket.
            SHELL ["/bin/sh", "-c"
                instruction "[": SHELL requires the arguments to be in JSON form
                    The bracket has no end. Write ] behind the last word.
            SHELL ["/bin/sh"] -c
                instruction "-c": SHELL requires the arguments to be in JSON form
                    Nothing may follow the bracket. Put all words into it.
            SHELL ["C:\sh"]
                instruction "\\s": SHELL requires the arguments to be in JSON form
                    A backslash starts an escape in JSON. Write two of them, or a slash.
            SHELL /bin/sh -c
                instruction "/bin/sh -c": SHELL requires the arguments to be in JSON form
                    Write SHELL ["/bin/bash", "-c"].
            SHELL []
                instruction "[]": SHELL requires at least one argument
                    Write SHELL ["/bin/bash", "-c"].
            RUN ["a", 1]
                syntax "1": when using JSON array syntax, arrays must be comprised of strings only
                    Put each word in double quotes: ["sleep", "5"].
            COPY ["a"
                instruction "[": COPY requires at least two arguments, but only one was provided. Destination could not be determined
                    The bracket has no end. Write ] behind the last word.
        "#]],
    );
}

#[test]
fn an_error_is_in_the_line_in_which_its_instruction_starts() {
    for (source, expected) in [
        (
            "SHELL \\\nx\n",
            "dockerfile parse error on line 1: SHELL requires the arguments to be in JSON form",
        ),
        (
            "FROM a\n\nUSER \\\n\n",
            "dockerfile parse error on line 3: USER requires exactly one argument",
        ),
    ] {
        let parse = parse(source);
        let error = parse.errors.iter().find(|it| it.code == INSTRUCTION).unwrap();
        assert_eq!(docker_text(error, source), expected);
    }
}
