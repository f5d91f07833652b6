//! The build checks, as tables: what they say, and where.

mod file;
mod steps;

use proptest::prelude::*;

use crate::{
    image::{Config, Platform, Reference},
    simulate::{
        BASE, BaseImage, Bases, Build, Options, Warning, build_checked, checks::RULES,
        context::Context,
    },
    syntax::parse,
    text::LineIndex,
};

/// Every image has `PATH`, and nothing else; `triggers` wants something of those on top of it, `shell` has a `SHELL`,
/// `dir` a working directory.
struct Images;

impl Bases for Images {
    fn find(&self, image: &Reference, _: &Platform) -> Option<BaseImage> {
        let mut config = Config { env: vec!["PATH=/bin".to_owned()], ..Config::default() };
        match image.familiar_name().as_str() {
            "triggers" => config.on_build = ["CMD one", "ENV A=$NOPE"].map(str::to_owned).into(),
            "shell" => config.shell = Some(vec!["/bin/bash".to_owned()]),
            "dir" => config.working_dir = "/srv".to_owned(),
            _ => (),
        }
        Some(config.into())
    }
}

/// What a build is told besides the file.
#[derive(Default)]
struct Told<'t> {
    args: &'t [(&'t str, &'t str)],
    target: Option<&'t str>,
    check: bool,
    ignore: &'t str,
}

impl Told<'_> {
    fn build(&self, source: &str) -> (Build, Vec<Warning>) {
        let own = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        let build_args: crate::order::Map<_> = self.args.iter().map(own).collect();
        let files = [(".dockerignore", self.ignore)];
        let context = Context::of_texts(files).ignoring("Dockerfile").unwrap();
        let context = Some(&context).filter(|_| !self.ignore.is_empty());
        let options = Options {
            build_args: &build_args,
            target: self.target,
            check: self.check,
            context,
            ..Options::new(&Images)
        };
        build_checked(source, &parse(source), &options)
    }

    /// Checks all warnings, each as Docker prints it.
    #[track_caller]
    fn check(&self, source: &str, expected: &[&str]) {
        let (_, warnings) = self.build(source);
        let found: Vec<_> = warnings.iter().map(|it| it.docker_text(source)).collect();
        assert_eq!(found, expected, "{source}");
    }
}

/// Checks the warnings of one rule in a plain build: the line and the text of each.
#[track_caller]
fn check(rule: &str, source: &str, expected: &[(u32, &str)]) {
    assert!(RULES.iter().any(|it| it.name == rule));
    let (_, warnings) = Told::default().build(source);
    let index = LineIndex::new(source);
    let of_rule = warnings.iter().filter(|it| it.rule == rule);
    let found: Vec<_> =
        of_rule.map(|it| (index.line(it.span.start), it.message.as_str())).collect();
    assert_eq!(found, expected, "{source}");
}

/// The first error, as it is printed.
fn error(build: &Build) -> Option<&str> {
    build.errors.iter().find(|it| it.code != BASE).map(|it| it.message.as_ref())
}

#[test]
fn rules_have_names_and_pages() {
    let urls: Vec<_> = RULES.iter().map(|it| (it.name, it.url())).collect();
    let page = |name: &str| urls.iter().find(|it| it.0 == name).unwrap().1.clone();
    let at = |it: &str| Some(format!("https://docs.docker.com/go/dockerfile/rule/{it}/"));
    assert_eq!(page("StageNameCasing"), at("stage-name-casing"));
    assert_eq!(page("JSONArgsRecommended"), at("json-args-recommended"));
    assert_eq!(page("SecretsUsedInArgOrEnv"), at("secrets-used-in-arg-or-env"));
    assert_eq!(page("UndefinedVar"), at("undefined-var"));
    assert_eq!(page("InvalidBaseImagePlatform"), None);
    let experimental: Vec<_> = RULES.iter().filter(|it| it.is_experimental).collect();
    assert_eq!(experimental.len(), 1);
    let unique: std::collections::BTreeSet<_> = RULES.iter().map(|it| it.name).collect();
    assert_eq!(unique.len(), RULES.len());
}

#[test]
fn options_choose_what_runs() {
    let source = "FROM a as b\nCMD run me\n";
    let casing = "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 2)";
    let json = "JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS \
                signals (line 3)";
    let check = |first: &str, args: &[(&str, &str)], expected: &[&str], fails: Option<&str>| {
        let source = format!("{first}\n{source}");
        let told = Told { args, ..Told::default() };
        told.check(&source, expected);
        assert_eq!(error(&told.build(&source).0), fails, "{source}");
    };
    check("# no options", &[], &[casing, json], None);
    check("# check=skip=all", &[], &[], None);
    check("# check=skip=FromAsCasing", &[], &[json], None);
    check("# check=skip=FromAsCasing, JSONArgsRecommended", &[], &[json], None);
    check("# check=skip=FromAsCasing,JSONArgsRecommended;error=true", &[], &[], None);
    check(
        "# check=error=true",
        &[],
        &[casing, json],
        Some("lint violation found for rules: FromAsCasing, JSONArgsRecommended"),
    );
    let argument = |value| [("BUILDKIT_DOCKERFILE_CHECK", value)];
    check("# check=error=true", &argument("skip=FromAsCasing"), &[json], None);
    check("# check=skip=all", &argument(""), &[casing, json], None);
    let unknown = "failed to parse check options: invalid check option \"quiet\"";
    check("# check=quiet=1", &[], &[], Some(unknown));
    let unknown =
        "failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: invalid check option \"quiet\"";
    check("# check=skip=all", &argument("quiet"), &[], Some(unknown));
}

#[test]
fn a_comment_chooses_for_its_instruction() {
    let check = |source: &str, lines: &[u32]| {
        let (_, warnings) = Told::default().build(source);
        let index = LineIndex::new(source);
        let found: Vec<_> = warnings.iter().map(|it| index.line(it.span.start)).collect();
        assert_eq!(found, lines, "{source}");
    };
    check("FROM a\n# check=skip=SecretsUsedInArgOrEnv // known\nENV KEY=1\nENV KEY=2\n", &[4]);
    check("FROM a\n# check=skip=all\n\n# why\nENV KEY=1\n", &[]);
    check("FROM a\n# check=skip=all\n#\nENV KEY=1\n", &[4]);
    check("FROM a\n# check=skip=nonsense\nENV KEY=1\n", &[3]);
    check("FROM a\n  # check=skip=all\nENV KEY=1\n", &[3]);
    check("FROM a\nRUN x \\\n# check=skip=all\n y\nENV KEY=1\n", &[5]);
    check("# check=skip=all\n#\n# check=skip=FromAsCasing\nFROM a as b\nENV KEY=1\n", &[]);
    check("\n# check=skip=FromAsCasing\nFROM a as b\n", &[]);
    check("FROM a\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n", &[]);
    check("FROM a\nENV KEY=1\n# check=skip=all\nENV A=1\nENV KEY=3\n", &[2, 5]);
    // What concerns the whole file is not for one instruction to decide.
    check("FROM a\n# check=skip=ConsistentInstructionCasing\nrun x\n", &[3]);
    // It can ask for more, too.
    let ask = "experimental=InvalidDefinitionDescription";
    check(&format!("FROM a\n# check={ask}\nARG one\n# what\nARG two\n"), &[3]);
}

#[test]
fn an_error_ends_the_checks_where_it_ends_the_build() {
    let check = |source: &str, rules: &[&str]| {
        let (_, warnings) = Told::default().build(source);
        let found: Vec<_> = warnings.iter().map(|it| it.rule).collect();
        assert_eq!(found, rules, "{source}");
    };
    check("FROM a AS B\nMAINTAINER me\nrun x\nRUN <<E\n", &[]);
    check(
        "FROM a AS B\nMAINTAINER me\nNOPE\nMAINTAINER me\n",
        &["StageNameCasing", "MaintainerDeprecated"],
    );
    check("FROM a AS B c\nMAINTAINER me\n", &[]);
    check("FROM a as B\nrun x\nUSER\n", &["StageNameCasing", "FromAsCasing"]);
    check("RUN x\nMAINTAINER me\n", &[]);
    check("MAINTAINER me\nMAINTAINER me\n", &["MaintainerDeprecated"]);
    check("ARG A=$\"\nFROM $A\nrun x\n", &["ConsistentInstructionCasing"]);
    check(
        "FROM $A\nFROM $B\n",
        &["InvalidDefaultArgInFrom", "InvalidDefaultArgInFrom", "UndefinedArgInFrom"],
    );
    check(
        "FROM a\nENV B $B\nENV C=${C?}\nENV D d\n",
        &["UndefinedVar", "LegacyKeyValueFormat", "UndefinedVar"],
    );
    check("FROM a\nEXPOSE 1/TCP 2/X 3/TCP\nCMD x\n", &["ExposeProtoCasing"]);
    check("FROM a AS b\nCMD x\nFROM b\nCOPY --from=7 x y\n", &[]);
}

#[test]
fn the_stages_that_are_built_are_looked_at() {
    let source = "FROM a AS one\nENV X x\nFROM a AS two\nENV Y y\nFROM two\nENV Z z\n";
    let check = |target, check, lines: &[u32]| {
        let (_, warnings) = Told { target, check, ..Told::default() }.build(source);
        let index = LineIndex::new(source);
        let found: Vec<_> = warnings.iter().map(|it| index.line(it.span.start)).collect();
        assert_eq!(found, lines);
    };
    check(None, false, &[4, 6]);
    check(Some("two"), false, &[4]);
    check(None, true, &[2, 4, 6]);
    check(Some(""), true, &[2, 4, 6]);
    check(Some("one"), true, &[2]);
    check(Some("none"), true, &[]);
}

#[test]
fn there_is_an_end_to_warnings() {
    let source = format!("FROM a\n{}", "ENV A $B\n".repeat(5_000));
    assert_eq!(Told::default().build(&source).1.len(), 1_000);
}

/// Pieces of which Dockerfiles with something to warn about are made, and others.
fn source() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "(FROM|from|From) (--platform=(linux|\\$TARGETPLATFORM|\\$NOPE|/) )?(a|\\$A|b|%|) ?(as|AS|) ?(b|B|scratch|)\n",
        "(ARG|ENV|LABEL) (KEY|A|B_TOKEN|)(=| |)(\\$\\{?[A-Z]{1,3}(:[-+?])?\\}?|x|'|)\n",
        "(CMD|entrypoint|HEALTHCHECK|RUN|ONBUILD) (CMD |)(x|\\[\"x\"\\]|<<E|)\n",
        "(COPY|ADD) (--from=[01b] |)(\\.|x|https://x|<<E) (y|)\n",
        "(EXPOSE|WORKDIR|USER|VOLUME|STOPSIGNAL|MAINTAINER|SHELL) ([0-9]:[0-9]/(TCP|x)|\\[\"x\"\\]|\\$A|/|x|)\n",
        "#? ?check=(skip|error|experimental)?=(all|true|UndefinedVar|InvalidDefinitionDescription)?\n",
        "# ?[a-zA-Z]{0,3}\n",
        "[ \\\\`\r\n]{1,3}",
        "\\PC",
    ];
    prop::collection::vec(piece, 0..16).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn whatever_is_written_is_checked(source in source(), check in any::<bool>()) {
        let told = Told { check, ignore: "x\n!b", ..Told::default() };
        let (_, warnings) = told.build(&source);
        for it in &warnings {
            prop_assert!(RULES.iter().any(|rule| rule.name == it.rule), "{}", it.rule);
            prop_assert!(it.span.start <= it.span.end);
            prop_assert!(source.get(it.span.start as usize..it.span.end as usize).is_some());
            prop_assert!(!it.message.is_empty());
        }
        if !check {
            // With `--check` more stages are looked at, hence more is found; an error can end them before the target.
            let (build, all) = Told { check: true, ..told }.build(&source);
            if build.errors.is_empty() {
                prop_assert!(warnings.iter().all(|it| all.contains(it)));
            }
        }
    }
}
