//! The checks that look at what a build runs.

use super::{Told, check};

#[test]
fn json_args_recommended() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("JSONArgsRecommended", source, expected);
    let message = |it| {
        format!(
            "JSON arguments recommended for {it} to prevent unintended behavior related to OS signals"
        )
    };
    check("FROM a\nCMD [\"x\"]\nENTRYPOINT [\"x\"]\nRUN x\nHEALTHCHECK CMD x\n", &[]);
    check("FROM a\nCMD x\nENTRYPOINT y\n", &[(2, &message("CMD")), (3, &message("ENTRYPOINT"))]);
    check("FROM a\nCMD ['x']\n", &[(2, &message("CMD"))]);
    check("from a\ncmd x\n", &[(2, &message("cmd"))]);
    // One who chooses a shell wants one.
    check("FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nCMD x\n", &[]);
    check("FROM a\nCMD x\nSHELL [\"/bin/bash\", \"-c\"]\n", &[(2, &message("CMD"))]);
    check("FROM a AS b\nSHELL [\"/bin/bash\", \"-c\"]\nFROM b\nCMD x\n", &[]);
    check("FROM shell\nCMD x\n", &[]);
    check("FROM a\n# the last\nCMD \\\n x\n", &[(3, &message("CMD"))]);
    check("FROM a\nONBUILD CMD x\n", &[]);
    check("\nFROM triggers\n", &[(2, &message("CMD"))]);
}

#[test]
fn multiple_instructions_disallowed() {
    let check = |source: &str, expected: &[(u32, &str)]| {
        check("MultipleInstructionsDisallowed", source, expected);
    };
    let message = |it| {
        format!(
            "Multiple {it} instructions should not be used in the same stage because only the last one will be used"
        )
    };
    let (cmd, entrypoint, health) = (message("CMD"), message("ENTRYPOINT"), message("HEALTHCHECK"));
    check("FROM a AS b\nCMD x\nENTRYPOINT x\nHEALTHCHECK NONE\nFROM b\nCMD x\nENTRYPOINT x\n", &[]);
    check("FROM a\nCMD x\nRUN y\nCMD []\nCMD z\n", &[(2, &cmd), (4, &cmd)]);
    check("FROM a\nENTRYPOINT x\nENTRYPOINT y\n", &[(2, &entrypoint)]);
    check("FROM a\nHEALTHCHECK CMD x\nHEALTHCHECK NONE\n", &[(2, &health)]);
    check("FROM a\nCMD x\ncmd y\n", &[(2, &message("cmd"))]);
    check("FROM a AS b\nCMD x\nFROM a\nCMD x\n", &[]);
    check("FROM triggers\nCMD x\n", &[(1, &cmd)]);
    check("FROM a\nCMD x\n# check=skip=all\nCMD y\n", &[]);
}

#[test]
fn legacy_key_value_format() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("LegacyKeyValueFormat", source, expected);
    let message = |it| {
        format!("\"{it} key=value\" should be used instead of legacy \"{it} key value\" format")
    };
    check("FROM a\nENV A=1 B=2\nLABEL a=1\nARG A B\n", &[]);
    check("FROM a\nENV A 1 B=2\nlabel a 1\n", &[(2, &message("ENV")), (3, &message("label"))]);
    check("FROM a AS b\nENV A 1\nFROM a\n", &[]);
}

#[test]
fn secrets_used_in_arg_or_env() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("SecretsUsedInArgOrEnv", source, expected);
    let message = |it| format!("Do not use ARG or ENV instructions for sensitive data ({it})");
    check(
        "FROM a\nENV MONKEY=1 KEYS=1 TOKENS=1 PASSWORDLESS=1 my-key=1 MYKEY=1\nLABEL key=1\nRUN KEY=1 x\n",
        &[],
    );
    check("ARG KEY\nFROM a\n", &[]);
    check(
        "FROM a\nENV KEY=1 A=2 My_Token_X=3\nARG apikey=1 A __auth\n",
        &[
            (2, &message("ENV \"KEY\"")),
            (2, &message("ENV \"My_Token_X\"")),
            (3, &message("ARG \"apikey\"")),
            (3, &message("ARG \"__auth\"")),
        ],
    );
    check("FROM a\nENV PUBLIC_KEY=1 KEY_FILE=1 auth_Version=1 KEY_public_TOKEN=1\n", &[]);
    check("FROM a\nENV FILES_KEY=1\n", &[(2, &message("ENV \"FILES_KEY\""))]);
    // The name of an ENV is expanded, that of an ARG is not.
    check("FROM a\nARG A=SECRET\nENV MY_$A=1\nARG $A\n", &[(3, &message("ENV \"MY_SECRET\""))]);
}

#[test]
fn workdir_relative_path() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("WorkdirRelativePath", source, expected);
    let message = |it| {
        format!("Relative workdir \"{it}\" can have unexpected results if the base image changes")
    };
    check("FROM a\nWORKDIR /a\nWORKDIR b\n", &[]);
    check("FROM dir\nWORKDIR a/\nWORKDIR b\n", &[(2, &message("a/"))]);
    check("FROM a AS b\nWORKDIR /a\nFROM b\nWORKDIR c\nFROM a\nWORKDIR c\n", &[(6, &message("c"))]);
    check("FROM a AS b\nWORKDIR x\nFROM b\nWORKDIR c\n", &[(2, &message("x"))]);
    check("FROM a\nENV A=/x B=y\nWORKDIR $A\n", &[]);
    check("FROM a\nENV A=/x B=y\nWORKDIR $B/$A\n", &[(3, &message("y//x"))]);
}

#[test]
fn undefined_var() {
    let check = |source: &str, expected: &[(u32, &str)]| check("UndefinedVar", source, expected);
    check("FROM a\nARG A\nENV B=$A C=${PATH}\nCOPY $B $A/\n", &[]);
    check("FROM a AS b\nARG A\nFROM b\nUSER u$A\n", &[]);
    check(
        "FROM a\nENV A=1\nUSER u$B\n",
        &[(3, "Usage of undefined variable '$B' (did you mean $A?)")],
    );
    check(
        "FROM a\nENV X=$PAHT\n",
        &[(2, "Usage of undefined variable '$PAHT' (did you mean $PATH?)")],
    );
    // Of names that are equally near, the one that was set first is meant.
    check(
        "FROM a\nENV C=1\nARG B=1 A\nENV D=1 C=2\nUSER $X\n",
        &[(5, "Usage of undefined variable '$X' (did you mean $B?)")],
    );
    check(
        "FROM a AS b\nENV C=1\nARG B=1 C=2\nENV D=1 A=1 D=2\nFROM b\nUSER $X\n",
        &[(6, "Usage of undefined variable '$X' (did you mean $B?)")],
    );
    check(
        "FROM a AS b\nENV C=1 B=1\nARG A\nENV C=2\nFROM b\nUSER $X\n",
        &[(6, "Usage of undefined variable '$X' (did you mean $C?)")],
    );
    // The order is that of the text: what comes later is not known, and a global ARG is not either.
    check(
        "ARG NAME\nFROM a\nUSER $NAME\nARG NAME\nUSER $NAME\n",
        &[(3, "Usage of undefined variable '$NAME'")],
    );
    check(
        "FROM a\nARG FIRST=1 SECOND=$FIRST THIRD=$FOURTH FOURTH=1\n",
        &[(2, "Usage of undefined variable '$FOURTH'")],
    );
    // Once for each text and name.
    check(
        "FROM a\nLABEL one=$LONG$LONG two=${LONG:-x} three='$LONG'\n",
        &[(2, "Usage of undefined variable '$LONG'"), (2, "Usage of undefined variable '$LONG'")],
    );
    let every = "FROM a\nWORKDIR /$AAAAA\nUSER $BBBBB\nVOLUME /$CCCCC\nSTOPSIGNAL ${DDDDD:-9}\nCOPY $EEEEE --chown=$FFFFF /\n";
    let named = ["AAAAA", "BBBBB", "CCCCC", "DDDDD", "EEEEE", "FFFFF"];
    let messages = named.map(|it| format!("Usage of undefined variable '${it}'"));
    let expected: Vec<_> =
        messages.iter().zip([2, 3, 4, 5, 6, 6]).map(|(it, line)| (line, it.as_str())).collect();
    check(every, &expected);
    check("FROM a\nCOPY --chown=$LONGER a b\n", &[(2, "Usage of undefined variable '$LONGER'")]);
    check(
        "FROM a\nCOPY <<E <<'F' /\n$LONGER\nE\n$OTHERS\nF\n",
        &[(2, "Usage of undefined variable '$LONGER'")],
    );
    // Not expanded, or not reported.
    check("FROM a\nRUN echo $LONGER\nCMD $LONGER\nEXPOSE 80$LONGER\nONBUILD USER $LONGER\n", &[]);
    check("FROM a\nENV A=\\$LONGER B='$LONGER'\n", &[]);
    check("\nFROM triggers\n", &[(2, "Usage of undefined variable '$NOPE'")]);
    check("FROM a\nENV A=$BUILDKIT_SBOM_SCAN_STAGE\n", &[]);
    let told = Told { args: &[("LONGER", "1")], ..Told::default() };
    told.check("FROM a\nARG LONGER=$OTHERS\nUSER $LONGER\n", &[]);
}

#[test]
fn expose() {
    let casing =
        |source: &str, expected: &[(u32, &str)]| check("ExposeProtoCasing", source, expected);
    let format =
        |source: &str, expected: &[(u32, &str)]| check("ExposeInvalidFormat", source, expected);
    let lower = |it| format!("Defined protocol '{it}' in EXPOSE instruction should be lowercase");
    let host = |it| {
        format!(
            "EXPOSE instruction should not define an IP address or host-port mapping, found '{it}'"
        )
    };
    casing("FROM a\nEXPOSE 80 80/tcp 80-81/udp 1/\n", &[]);
    casing("FROM a\nEXPOSE 80/TCP 53/udP\n", &[(2, &lower("53/udP")), (2, &lower("80/TCP"))]);
    casing("FROM a\nENV P=80/TCP\nEXPOSE $P\n", &[(3, &lower("80/TCP"))]);
    format("FROM a\nEXPOSE 80 81/tcp\n", &[]);
    format(
        "FROM a\nEXPOSE 8080:80 [::1]:1:2/tcp\n",
        &[(2, &host("8080:80")), (2, &host("[::1]:1:2/tcp"))],
    );
    format("FROM a\nEXPOSE :80\n", &[]);
    // Up to what is wrong, and it is still looked at.
    format("FROM a\nEXPOSE 1:1 x:2 y:3\n", &[(2, &host("1:1")), (2, &host("x:2"))]);
    format("FROM a\nEXPOSE 1:1 2:x/y 3:3\n", &[(2, &host("1:1"))]);
}

#[test]
fn copy_ignored_file() {
    let check = |ignore, line: &str, expected: &[&str]| {
        let source = format!("FROM a AS b\nFROM a\n{line}\n");
        let expected: Vec<_> = expected
            .iter()
            .map(|it| {
                format!(
                    "CopyIgnoredFile: Attempting to {it} that is excluded by .dockerignore (line 3)"
                )
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        Told { ignore, ..Told::default() }.check(&source, &expected);
    };
    check("", "COPY a b", &[]);
    check("a\n", "COPY b a", &[]);
    check("a\n", "COPY a b", &["Copy file \"a\""]);
    check(
        "a\n",
        "ADD ./a c/../a a/x b/",
        &["Add file \"a\"", "Add file \"a\"", "Add file \"a/x\""],
    );
    check(
        "# no\n\n**/*.log\n",
        "COPY a/b.log b.log b.txt x/",
        &["Copy file \"a/b.log\"", "Copy file \"b.log\""],
    );
    check("a\n", "COPY --from=b a b", &[]);
    check("a\n", "COPY <<a /\na", &[]);
    check("a\n!a/x\n", "COPY a b", &[]);
    check(".*\n", "COPY . b", &[]);
    check("*\n", "COPY . b", &["Copy file \".\""]);
    check("**\n", "COPY / b", &["Copy file \"/\""]);
    check("**/*\n", "ADD ./ b", &["Add file \".\""]);
    check("https:\n", "ADD https://example.org/a b", &[]);
}
