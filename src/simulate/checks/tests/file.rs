//! The checks that look at the file.

use super::{Told, check, error};

#[test]
fn stage_name_casing() {
    let check = |source: &str, expected: &[(u32, &str)]| check("StageNameCasing", source, expected);
    check("FROM a AS build\nFROM a\n", &[]);
    check("FROM a AS Build\n", &[(1, "Stage name 'Build' should be lowercase")]);
    check(
        "FROM a\nFROM \\\n a \\\n AS B-1\nFROM b AS É\n",
        &[(2, "Stage name 'B-1' should be lowercase"), (5, "Stage name 'É' should be lowercase")],
    );
    check("FROM a X B\n", &[(1, "Stage name 'B' should be lowercase")]);
    check("FROM a AS B c\n", &[]);
}

#[test]
fn from_as_casing() {
    let check = |source: &str, expected: &[(u32, &str)]| check("FromAsCasing", source, expected);
    check("FROM a AS b\nfrom a as b\nFROM a\n", &[]);
    check("FROM a as b\n", &[(1, "'as' and 'FROM' keywords' casing do not match")]);
    check("from a As b\n", &[(1, "'As' and 'from' keywords' casing do not match")]);
    check("From a as b\n", &[]);
    check("FROM a b:c d e\n", &[(1, "'b:c' and 'FROM' keywords' casing do not match")]);
    check("FROM a b\n", &[]);
}

#[test]
fn no_empty_continuation() {
    let check = |source, lines: &[u32]| {
        let expected: Vec<_> = lines.iter().map(|it| (*it, "Empty continuation line")).collect();
        check("NoEmptyContinuation", source, &expected);
    };
    check("FROM a\nRUN x \\\n  y\n\nRUN z\n", &[]);
    check("FROM a\nRUN x \\\n# why\n  y\n", &[]);
    check("FROM a\nRUN x \\\n\n\n  y \\\n  z\nRUN z\n", &[6]);
    check("FROM a\nRUN x \\\n\n  y \\\n# end\n  z\nUSER \\\n \n x\n", &[6, 9]);
    check("FROM a\nRUN x \\\n\n\n", &[4]);
    check("FROM a\nRUN <<E \\\n\n x\nbody\nE\n", &[4]);
    check("FROM a\r\nRUN x \\\r\n\r\n y\r\n", &[4]);
}

#[test]
fn consistent_instruction_casing() {
    let check = |source: &str, expected: &[(u32, &str)]| {
        check("ConsistentInstructionCasing", source, expected);
    };
    let upper =
        |it| format!("Command '{it}' should match the case of the command majority (uppercase)");
    let lower =
        |it| format!("Command '{it}' should match the case of the command majority (lowercase)");
    check("FROM a\nRUN x\n", &[]);
    check("from a\nrun x\n", &[]);
    check("FROM a\nrun x\n", &[(2, &upper("run"))]);
    check("FROM a\nrun x\nrun y\n", &[(1, &lower("FROM"))]);
    check("from a\nRUN x\ncopy a b\nCoPy a b\n", &[(2, &lower("RUN")), (4, &lower("CoPy"))]);
    check("From a\nRun b\n", &[(1, &upper("From")), (2, &upper("Run"))]);
    // An ARG above the stages does not count, and a stage that is not built does.
    check("arg A\narg B\nFROM a\n", &[]);
    check("FROM a AS b\nRUN x\nfrom c\n", &[(3, &upper("from"))]);
    check("FROM a\nONBUILD run x\n", &[]);
}

#[test]
fn duplicate_stage_name() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("DuplicateStageName", source, expected);
    let message = "Duplicate stage name \"one\", stage names should be unique";
    check("FROM a AS one\nFROM a AS two\nFROM a\nFROM a\n", &[]);
    check("FROM a AS one\nFROM a AS ONE\nFROM a AS one\n", &[(2, message), (3, message)]);
}

#[test]
fn reserved_stage_name() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("ReservedStageName", source, expected);
    let message =
        |it| format!("Stage name should not use the same name as reserved stage \"{it}\"");
    check("FROM scratch\nFROM context AS a\n", &[]);
    check(
        "FROM a AS Scratch\nFROM a AS context\n",
        &[(1, &message("scratch")), (2, &message("context"))],
    );
}

#[test]
fn maintainer_deprecated() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("MaintainerDeprecated", source, expected);
    let message = "Maintainer instruction is deprecated in favor of using label";
    check("FROM a\nLABEL maintainer=me\n", &[]);
    check("FROM a\nmaintainer me\n", &[(2, message)]);
    check("FROM a AS unused\nMAINTAINER me\nFROM b\n", &[(2, message)]);
    check("FROM a\nMAINTAINER\n", &[(2, message)]);
}

#[test]
fn invalid_definition_description() {
    let name = "InvalidDefinitionDescription";
    let message = |keyword, name| {
        format!("Comment for {keyword} should follow the format: `# {name} <description>`")
    };
    let on = |source: &str| format!("# check=experimental={name}\n{source}");
    check(name, "# something\nARG A\nFROM a\n", &[]);
    let check = |source: &str, expected: &[(u32, &str)]| check(name, &on(source), expected);
    check("# A is the first\nARG A=1\n\n# b is a stage\nFROM a AS b\n# only a\nFROM a\n", &[]);
    check("# something\nARG A=1\nFROM a\n", &[(3, &message("ARG", "A"))]);
    check("# something\n\nARG A=1\nFROM a\n", &[(4, &message("ARG", "A"))]);
    check("# something\n#\nARG A=1\nFROM a\n", &[]);
    check("# A it is\n# really\nARG A=1\nFROM a\n", &[(4, &message("ARG", "A"))]);
    check(
        "# B it is\nARG A=1 B=2\n# C it is\nARG A B\nFROM a\n",
        &[(5, &message("ARG", "<arg_key>"))],
    );
    check("# B is a stage\nFROM a AS B\n", &[(3, &message("FROM", "b"))]);
    check("FROM a\n# something\nRUN x\n# A\nARG A\n", &[]);
    let told = Told {
        args: &[("BUILDKIT_DOCKERFILE_CHECK", "skip=all;experimental=all")],
        ..Told::default()
    };
    told.check(
        "# something\nARG A=1\nfrom a as B\n",
        &["InvalidDefinitionDescription: Comment for ARG should follow the format: `# A <description>` (line 2)"],
    );
}

#[test]
fn invalid_default_arg_in_from() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("InvalidDefaultArgInFrom", source, expected);
    let message =
        |it| format!("Default value for ARG {it} results in empty or invalid base image name");
    check("ARG TAG=1\nFROM a:$TAG\n", &[]);
    check("ARG TAG\nFROM a:${TAG:-1}\nFROM a${TAG}\n", &[]);
    check("ARG TAG\nFROM a:$TAG\n", &[(2, &message("a:$TAG"))]);
    check("ARG A\nFROM a AS b\nFROM $A\n", &[(3, &message("$A"))]);
    check("FROM Upper\n", &[(1, &message("Upper"))]);
    // What cannot be expanded ends it.
    check("ARG A\nFROM $A\nFROM ${A?}\nFROM $A\n", &[(2, &message("$A"))]);
    let told = Told { args: &[("TAG", "1")], ..Told::default() };
    told.check(
        "ARG TAG\nFROM a:$TAG\n",
        &["InvalidDefaultArgInFrom: Default value for ARG a:$TAG results in empty or invalid base image name (line 2)"],
    );
    assert_eq!(error(&told.build("ARG TAG\nFROM a:$TAG\n").0), None);
}

#[test]
fn undefined_arg_in_from() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("UndefinedArgInFrom", source, expected);
    check("ARG A=1\nARG B\nFROM a:$A$B\nFROM --platform=$BUILDPLATFORM a\n", &[]);
    check("ARG B=${C:-1}\nFROM a:$B\n", &[]);
    check("FROM a:1$A\n", &[(1, "FROM argument 'A' is not declared")]);
    check(
        "FROM a:${A:-1}${B+x}\n",
        &[(1, "FROM argument 'A' is not declared"), (1, "FROM argument 'B' is not declared")],
    );
    check(
        "ARG VERSION\nFROM a:1$VERSOIN\n",
        &[(2, "FROM argument 'VERSOIN' is not declared (did you mean VERSION?)")],
    );
    check(
        "FROM --platform=$TARGETPLATFROM a\n",
        &[(1, "FROM argument 'TARGETPLATFROM' is not declared (did you mean TARGETPLATFORM?)")],
    );
    check("FROM a AS b\nARG A=1\nFROM a:1$A\n", &[(3, "FROM argument 'A' is not declared")]);
    check("FROM a:1$A$A\n", &[(1, "FROM argument 'A' is not declared")]);
}

#[test]
fn redundant_target_platform() {
    let check =
        |source: &str, expected: &[(u32, &str)]| check("RedundantTargetPlatform", source, expected);
    let message = |it| {
        format!(
            "Setting platform to predefined {it} in FROM is redundant as this is the default behavior"
        )
    };
    check("FROM a\nFROM --platform=$BUILDPLATFORM a\n", &[]);
    check("FROM --platform=$TARGETPLATFORM a\n", &[(1, &message("$TARGETPLATFORM"))]);
    check(
        "FROM a AS b\nFROM --platform=${TARGETPLATFORM} b\n",
        &[(2, &message("${TARGETPLATFORM}"))],
    );
    check("FROM --platform=$TARGETOS/$TARGETARCH a\nFROM --platform=$TARGETPLATFORM/v2 a\n", &[]);
    check("FROM --platform=$TARGETPLATFORM$NOPE a\n", &[]);
}

#[test]
fn from_platform_flag_const_disallowed() {
    let check = |source: &str, expected: &[(u32, &str)]| {
        check("FromPlatformFlagConstDisallowed", source, expected);
    };
    let message = |it| format!("FROM --platform flag should not use constant value \"{it}\"");
    check("FROM a\nFROM --platform=$BUILDPLATFORM a\nFROM --platform=linux/$BUILDARCH a\n", &[]);
    check("FROM --platform=linux/arm64 a\n", &[(1, &message("linux/arm64"))]);
    check("FROM --platform=linux/arm64 a AS build-arm64\n", &[]);
    check("FROM --platform=linux/arm64 a AS on-Linux\n", &[]);
    check("FROM --platform=linux/arm64 a AS arm\n", &[(1, &message("linux/arm64"))]);
    check("FROM --platform=linux/x86_64 a AS for-amd64\n", &[]);
    check("FROM --platform=a/b/c/d/e a\n", &[]);
}
