//! What BuildKit says first about a file that it cannot build, and where.

use crate::{
    image::{Config, Platform, Reference},
    simulate::{BaseImage, Bases, Options, build, build_checked},
    syntax::{docker_text, parse},
};

/// Every image; one with a name such as `run-x` wants `run x` to be run first.
struct WithTriggers;

impl Bases for WithTriggers {
    fn find(&self, image: &Reference, platform: &Platform) -> Option<BaseImage> {
        let name = image.familiar_name();
        let on_build = match name.as_str() {
            "plain" => Vec::new(),
            name => name.split("__").map(|it| it.replace('-', " ")).collect(),
        };
        let config = Config { on_build, ..Config::default() };
        Some(BaseImage { platform: platform.clone().into(), ..config.into() })
    }
}

/// The first error and the text that it is about.
fn first(source: &str, args: &[(&str, &str)], platform: Option<&Platform>) -> String {
    let args: crate::order::Map<_> =
        args.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let options = Options { build_args: &args, platform, ..Options::new(&WithTriggers) };
    let build = build(source, &options);
    match build.errors.first() {
        Some(it) => format!("{} @ {}", docker_text(it, source), it.span.slice(source)),
        None => "none".to_owned(),
    }
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(first(source, &[], None), expected, "{source}");
}

/// A file of one stage with this instruction.
#[track_caller]
fn check_one(instruction: &str, expected: &str) {
    check(&format!("FROM plain\n{instruction}\n"), expected);
}

#[test]
fn stages() {
    check("ARG X=1", "dockerfile contains no stages to build @ ");
    check("RUN x", "no build stage in current context @ RUN");
    check("RUN --network=x y", "dockerfile parse error on line 1: invalid network mode \"x\" @ x");
    check("FROM $X", "base name ($X) should not be blank @ $X");
    check("FROM ${X?no}", "failed to process \"${X?no}\": X: no @ ${X?no}");
    check("ARG A=${B:?no}\nFROM plain", "failed to process \"${B:?no}\": B: no @ ${B:?no}");
    check("FROM a:", "failed to parse stage name \"a:\": invalid reference format @ a:");
    check(
        "FROM plain AS A\nFROM A",
        "failed to parse stage name \"A\": invalid reference format: repository name (library/A) must be lowercase @ A",
    );
    // Also in a stage that is not needed, and of two the last one.
    check(
        "FROM a:\nFROM b:\nFROM plain",
        "failed to parse stage name \"b:\": invalid reference format @ b:",
    );
    check(
        "FROM plain\nCOPY --from=a: x y",
        "failed to parse stage name \"a:\": invalid reference format @ a:",
    );
    // What is wrong inside a stage that is not needed does not matter.
    check("FROM plain\nSTOPSIGNAL x\nFROM plain", "none");
    check(
        "FROM plain\nENV\nFROM plain",
        "dockerfile parse error on line 2: ENV requires at least one argument @ ENV",
    );
}

#[test]
fn platforms() {
    check("FROM --platform=$NOPE plain", "empty platform value from expression $NOPE @ $NOPE");
    check(
        "FROM --platform=$TARGETPLATFRM plain",
        "empty platform value from expression $TARGETPLATFRM (did you mean TARGETPLATFORM?) @ $TARGETPLATFRM",
    );
    check(
        "FROM --platform=vax plain",
        "failed to parse platform vax: \"vax\": unknown operating system or architecture: invalid argument @ vax",
    );
    check(
        "FROM --platform=a/b/c/$D plain",
        "failed to parse platform a/b/c/$D: \"\" is an invalid component of \"a/b/c/\": platform specifier component \
         must match \"^[A-Za-z0-9_.-]+$\": invalid argument @ a/b/c/$D",
    );
    check(
        "FROM --platform=${X?} plain",
        "failed to process arguments for platform : failed to process \"${X?}\": X: is not allowed to be unset @ ${X?}",
    );
}

#[test]
fn copies_between_stages() {
    check(
        "FROM plain\nCOPY --from=$X a b",
        "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as \
         a workaround @ $X",
    );
    check("FROM plain\nCOPY --from=1 a b", "invalid stage index 1 @ 1");
    check("FROM plain\nCOPY --from=-1 a b", "invalid stage index -1 @ -1");
    // An image that is copied from counts as a stage.
    check("FROM plain\nCOPY --from=plain a b\nCOPY --from=1 a b", "none");
    check("FROM plain\nRUN --mount=type=cache,target=/x y\nCOPY --from=1 a b", "none");
    check("FROM plain AS a\nCOPY --from=a x y", "circular dependency detected on stage: a @ a");
    check("FROM plain\nCOPY --from=0 x y", "circular dependency detected on stage: stage-0 @ 0");
    check(
        "FROM plain\nCOPY --from=1 x y\nFROM plain AS b\nRUN --mount=from=b,target=/x y\nFROM plain",
        "circular dependency detected on stage: stage-0 @ 1",
    );
    check(
        "FROM plain AS a\nCOPY --from=B x y\nFROM a AS b",
        "cannot copy from stage \"B\", it needs to be defined before current stage \"a\" @ B",
    );
    check(
        "FROM plain\nRUN --mount=from=b,target=/x y\nFROM plain AS b\nCOPY --from=0 x y",
        "circular dependency detected on stage: stage-0 @ b",
    );
    check(
        "FROM plain AS a\nRUN --mount=from=b,target=x y\nFROM a AS b",
        "cannot mount from stage \"b\" to \"x\", stage needs to be defined before current command @ from=b,target=x",
    );
}

#[test]
fn circles_name_all_places() {
    let source =
        "FROM plain AS a\nCOPY --from=b x y\nFROM plain AS b\nRUN true\nCOPY --from=a x y\n";
    let build = build(source, &Options::new(&WithTriggers));
    let places: Vec<_> = build.related.iter().map(|it| (it.0.start, it.1.start)).collect();
    assert_eq!(build.errors.first().map(|it| it.span.start), Some(28));
    assert_eq!(places, [(28, 71)]);
}

#[test]
fn triggers_are_wrong_where_from_stands() {
    check("FROM cpy-x", "unknown instruction: cpy (did you mean copy?) @ FROM cpy-x");
    check("FROM env", "ENV requires at least one argument @ FROM env");
    check("FROM from-x", "*instructions.Stage is not a command type @ FROM from-x");
    check("FROM stopsignal-x", "invalid signal: x @ FROM stopsignal-x");
    check("FROM maintainer-x", "none");
    check("FROM onbuild-run-x", "none");
    check(
        "FROM plain AS a\nONBUILD COPY --from=c x y\nFROM a AS b\nFROM b AS c\nFROM b",
        "cannot copy from stage \"c\", it needs to be defined before current stage \"b\" @ FROM a AS b",
    );
    check(
        "FROM plain\nONBUILD ONBUILD RUN x",
        "dockerfile parse error on line 2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed @ ONBUILD",
    );
    check(
        "FROM plain\nONBUILD MAINTAINER x",
        "dockerfile parse error on line 2: MAINTAINER isn't allowed as an ONBUILD trigger @ MAINTAINER",
    );
}

#[test]
fn copies() {
    let octal = "it should be octal string and between 0 and 07777";
    check_one("COPY --chmod=8 a b", &format!("invalid chmod parameter: '8'. {octal} @ 8"));
    check_one(
        "ADD --chmod=10000 a b",
        &format!("invalid chmod parameter: '10000'. {octal} @ 10000"),
    );
    check_one("COPY --chmod=u+y a b", "invalid syntax @ u+y");
    check_one("COPY --chmod=u=rwX,go= a b", "none");
    check_one("COPY http://x/y z", "source can't be a URL for COPY @ http://x/y");
    check_one("COPY https://x/y.git z", "source can't be a git ref for COPY @ https://x/y.git");
    check_one("COPY git@x:y z", "source can't be a git ref for COPY @ git@x:y");
    check_one("COPY github.com/a/b ftp://x/y z", "none");
    let good = format!("sha256:{}", "a".repeat(64));
    check_one("ADD --checksum=x a b", "checksum requires HTTP(S) or Git sources @ x");
    check_one(
        "ADD --checksum=x http://a http://b c",
        "checksum can't be specified for multiple sources @ x",
    );
    check_one("ADD --checksum=x http://a/b c", "invalid checksum digest format @ x");
    check_one("ADD --checksum=sha256:a http://a/b c", "invalid checksum digest length @ sha256:a");
    check_one("ADD --checksum=md5:a http://a/b c", "unsupported digest algorithm @ md5:a");
    check_one(&format!("ADD --checksum={good} http://a/b c"), "none");
    check_one(
        "ADD --checksum=a https://a/b.git?checksum=b c",
        "checksum mismatch \"a\" != \"b\" @ a",
    );
    check_one(
        "ADD --keep-git-dir=false https://a/b.git?keep-git-dir=1 c",
        "inconsistent keep-git-dir configuration @ https://a/b.git?keep-git-dir=1",
    );
    check_one("ADD https://a/b.git?x=1 c", "unexpected query \"x\" @ https://a/b.git?x=1");
    // Words are expanded before anything is checked.
    check_one("COPY --chmod=9 a ${B?no}", "failed to process \"${B?no}\": B: no @ ${B?no}");
    check_one("COPY <<E /x\n${B?no}\nE", "failed to process \"${B?no}\\n\": B: no @ ${B?no}\n");
    check_one("COPY <<\"E\" /x\n${B?no}\nE", "none");
}

#[test]
fn mounts() {
    let check_mount =
        |mount: &str, expected: &str| check_one(&format!("RUN --mount={mount} x"), expected);
    check_mount("type=bogus", "unsupported mount type \"bogus\" @ bogus");
    check_mount(
        "type=cach,target=/x",
        "unsupported mount type \"cach\" (did you mean cache?) @ cach",
    );
    check_mount("target=/x,bogus=1", "unexpected key 'bogus' in 'bogus=1' @ bogus=1");
    check_mount("target=/x,bogus", "invalid field 'bogus' must be a key=value pair @ bogus");
    check_mount("required,target=/x", "unexpected key 'required' for mount type 'bind' @ required");
    check_mount("target=/x,ro=maybe", "invalid value for ro: maybe @ ro=maybe");
    check_mount("target=/x,size=1", "unexpected key 'size' for mount type 'bind' @ size=1");
    check_mount("type=tmpfs,size=x,target=/x", "invalid value for size: x @ size=x");
    check_mount("type=cache,sharing=foo,target=/x", "unsupported sharing value \"foo\" @ foo");
    check_mount("type=cache,mode=9,target=/x", "invalid value 9 for mode @ mode=9");
    check_mount("type=cache,uid=x,target=/x", "invalid value x for uid @ uid=x");
    check_mount("type=cache,gid=-1,target=/x", "invalid value -1 for gid @ gid=-1");
    check_mount("target=/x,mode=7", "mode not allowed for \"bind\" type mounts @ mode=7");
    check_mount("target=/x,gid=7", "gid not allowed for \"bind\" type mounts @ gid=7");
    check_mount("type=tmpfs,target=/x,uid=7", "uid not allowed for \"tmpfs\" type mounts @ uid=7");
    check_mount("type=secret,from=a", "secret mount should not have a from @ from=a");
    check_mount(
        "type=secret,sharing=private",
        "secret mount should not define sharing @ sharing=private",
    );
    check_mount(
        "type=secret",
        "invalid secret mount. one of source, target required @ type=secret",
    );
    check_mount("type=secret,id=a,src=b", "both source and id can't be set @ id=a");
    check_mount(
        "target=/x,sharing=shared",
        "invalid cache sharing set for bind mount @ sharing=shared",
    );
    check_mount("type=ssh,source=a", "ssh does not support source @ type=ssh,source=a");
    check_mount("target=/", "invalid mount target \"/\" @ target=/");
    check_mount("target=..", "invalid mount target \"/\" @ target=..");
    check_mount("type=cache", "invalid mount target \"/\" @ type=cache");
    check_mount("target=${A?no}", "failed to process \"${A?no}\": A: no @ ${A?no}");
    check_one("WORKDIR /w\nRUN --mount=type=cache x", "none");
}

#[test]
fn values() {
    check_one(
        "ENV A=${X:=y}",
        "failed to process \"${X:=y}\": unsupported modifier (:=) in substitution @ ${X:=y}",
    );
    check_one("EXPOSE $", "invalid containerPort: $ @ $");
    check_one("ENV P=\nEXPOSE $P", "none");
    check_one("VOLUME $NOPE", "VOLUME specified can not be an empty string @ $NOPE");
    check_one("STOPSIGNAL 0", "invalid signal: 0 @ 0");
    check_one(
        "LABEL a=\"",
        "failed to process \"\\\"\": unexpected end of statement while looking for matching double-quote @ \"",
    );
    check_one("ARG A=${B?no}", "failed to process \"${B?no}\": B: no @ ${B?no}");
    let windows: Platform = "windows/amd64".parse().unwrap();
    let found =
        |instruction: &str| first(&format!("FROM plain\n{instruction}\n"), &[], Some(&windows));
    assert_eq!(found("WORKDIR C:\\x"), "none");
    assert_eq!(
        found("WORKDIR d:\\x"),
        "normalizing workdir: normalizing working directory: removing drive letter: The specified path is not on the \
         system drive (C:) @ d:\\x"
    );
    assert_eq!(
        found("COPY a d:/x"),
        "removing drive letter: The specified path is not on the system drive (C:) @ d:/x"
    );
}

#[test]
fn the_time_of_a_build() {
    let check = |source: &str, value: &str, expected: &str| {
        assert_eq!(first(source, &[("SOURCE_DATE_EPOCH", value)], None), expected, "{source}");
    };
    check("FROM plain", "1700000000", "none");
    check("FROM plain", "context", "none");
    check("FROM plain", "x", "invalid SOURCE_DATE_EPOCH: x @ ");
    let one = "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD";
    check(
        "FROM plain AS t",
        "T",
        "SOURCE_DATE_EPOCH stage must use FROM scratch @ FROM plain AS t",
    );
    check("FROM scratch AS t", "t", &format!("{one} @ FROM scratch AS t"));
    check(
        "FROM scratch AS t\nADD http://a/b /\nADD http://a/c /",
        "t",
        &format!("{one} @ FROM scratch AS t"),
    );
    check(
        "FROM scratch AS t\nADD http://a/b c /",
        "t",
        &format!("{one} source @ FROM scratch AS t"),
    );
    check(
        "FROM scratch AS t\nrun x",
        "t",
        "SOURCE_DATE_EPOCH stage does not meet source-only requirements: unsupported run instruction @ FROM scratch AS t",
    );
    check(
        "FROM scratch AS t\nADD a /",
        "t",
        "SOURCE_DATE_EPOCH stage source must be a single HTTP(S) or Git ADD @ FROM scratch AS t",
    );
    check("FROM scratch AS t\nARG V=1\nADD http://a/$V /", "t", "none");
}

#[test]
fn a_build_ends_that_is_too_large() {
    let long = "x".repeat(1 << 10);
    let head = format!("FROM plain\nENV A={long}\nENV A={}\n", "$A".repeat(1 << 9));
    // Each of them is half a MiB of text that is wrong, or one that would become too long.
    for line in ["EXPOSE $A\n", "ENV A=$A$A$A\n", "ENV B=$A\n"] {
        let source = head.clone() + &line.repeat(1_000);
        let build = build(&source, &Options::new(&WithTriggers));
        let last = build.errors.last().unwrap();
        assert_eq!(last.message, "the build is too large to simulate", "{line}");
        assert!(build.errors.len() + build.steps.len() < 100, "{line}");
        // What the checks read does not count.
        let options = Options::new(&WithTriggers);
        assert_eq!(build_checked(&source, &parse(&source), &options).0, build, "{line}");
    }
}
