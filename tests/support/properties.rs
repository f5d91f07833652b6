//! What must hold for every text, whoever wrote it. Tests and fuzz targets call the same functions.

use std::collections::BTreeMap;

use dockwright::{
    diagnostic::{Diagnostic, Safety},
    image::{Config, Platform, Reference},
    lint::{
        Settings,
        fix::{Fixed, fix},
        lint_parsed,
        shell::{check, scripts},
    },
    scope::expand::{expand, pattern::Pattern},
    shell,
    simulate::{BaseImage, Bases, Build, Options, Replay, StepKind, build_checked, build_parsed},
    syntax::{Form, InstructionKind, Parse, Text, parse, tokens},
    text::Span,
};

/// Images that exist, whatever their name is. Some bring triggers.
pub(crate) struct Any;

impl Bases for Any {
    fn find(&self, image: &Reference, platform: &Platform) -> Option<BaseImage> {
        let on_build = match image.familiar_name().as_str() {
            "trigger" => ["ENV A=$A", "COPY <<E /x\n$A\nE\n", "RUN true", "CMD x"].as_slice(),
            "wrong" => ["NOPE", "ONBUILD RUN x", "FROM a", "RUN <<E"].as_slice(),
            _ => &[],
        };
        let on_build = on_build.iter().map(ToString::to_string).collect();
        let config = Config { env: vec!["HOME=/root".to_owned()], on_build, ..Config::default() };
        Some(BaseImage { platform: platform.clone().into(), ..config.into() })
    }
}

/// The tree loses nothing, parts stand where they say, tokens are in order, fixes can be applied.
pub(crate) fn check_parse(source: &str) {
    let parse = parse(source);
    check_tree(source, &parse);
    let mut last = 0;
    for token in tokens(&parse) {
        check_span(source, token.span);
        assert!(last <= token.span.start && !token.span.is_empty(), "{token:?} in {source:?}");
        last = token.span.end;
    }
    for finding in lint_parsed(source, &parse) {
        check_span(source, finding.span);
        let fixed = finding.fix.as_ref().map(|it| it.apply(source));
        assert!(fixed != Some(None), "{finding:?} cannot be repaired in {source:?}");
    }
}

/// A repaired file has no error that was not there, has its comments, and needs no repair; the builder gets the same line
/// breaks.
#[track_caller]
pub(crate) fn check_repairs(source: &str, settings: &Settings) {
    for allowed in [Safety::Safe, Safety::Unsafe] {
        let Fixed { text, made } = fix(source, settings, allowed);
        let errors = |text: &str| parse(text).errors.len();
        assert!(errors(&text) <= errors(source), "{made:?} break {source:?}: {text:?}");
        assert_eq!(made.is_empty(), text == source, "{source:?}");
        let again = fix(&text, settings, allowed);
        assert_eq!(again.made, [], "once more after {made:?} in {source:?}: {text:?}");
        if source.contains("\r\n") && !source.replace("\r\n", "").contains('\n') {
            assert!(!text.replace("\r\n", "").contains('\n'), "{made:?} in {source:?}: {text:?}");
        }
    }
}

/// A script's tree has every byte in it, commands stand in the source, problems can be mended.
pub(crate) fn check_shell(source: &str) {
    let tree = shell::parse(shell::Source::plain(source, 0));
    for (id, node) in (0..).zip(&tree.nodes) {
        assert!(
            source.get(node.start as usize..node.end as usize).is_some(),
            "{node:?} in {source:?}"
        );
        let mut at = node.start;
        for it in tree.children(id).map(|it| tree.node(it)) {
            assert!(at <= it.start && it.end <= node.end, "{it:?} in {node:?} of {source:?}");
            at = it.end;
        }
    }
    for it in shell::Script::new(shell::Source::plain(source, 0)).commands() {
        check_span(source, it.span());
        assert!(it.operands().len() <= it.words.len(), "{source:?}");
    }
    let file = format!("FROM a\nRUN <<'E N D'\n{source}\nE N D\n");
    for it in scripts(&file, &parse(&file)).iter().flat_map(check) {
        check_span(&file, it.span);
        for edit in it.fix.iter().flat_map(|it| &it.edits) {
            check_span(&file, edit.span);
        }
    }
}

/// A build is the same each time, its parts stand where they say and agree with each other.
pub(crate) fn check_build(source: &str) -> Build {
    let parse = parse(source);
    let built = build_parsed(source, &parse, &Options::new(&Any));
    let again = build_parsed(source, &parse, &Options::new(&Any));
    assert!(built == again, "two builds of {source:?}");
    for it in &built.errors {
        check_message(source, it);
    }
    let (checked, warnings) = build_checked(source, &parse, &Options::new(&Any));
    assert!(built == checked, "checks change {source:?}");
    for it in &warnings {
        check_span(source, it.span);
    }
    for error in &parse.errors {
        assert!(built.errors.contains(error), "{error:?} is lost in {source:?}");
    }
    let froms = parse.instructions.iter().filter(|it| matches!(it.kind, InstructionKind::From(_)));
    // A broken FROM starts a stage too.
    assert!(built.stages.len() >= froms.count(), "{source:?}");
    for it in &built.stages {
        check_span(source, it.span);
    }
    let mut replay = Replay::default();
    for it in &built.steps {
        check_span(source, it.span);
        let stage = &built.stages[it.stage];
        assert!(stage.needed || stage.base.is_none(), "{it:?} is not needed: {source:?}");
        assert!(!(it.trigger && matches!(it.kind, StepKind::From { .. })), "{it:?}");
        replay.after(it);
    }
    assert!(built.steps.is_sorted_by_key(|it| it.stage), "{source:?}");
    if parse.errors.is_empty() && built.errors.is_empty() {
        check_image(source, &built, replay.config());
    }
    built
}

/// What a build without errors gives.
fn check_image(source: &str, built: &Build, replayed: &Config) {
    let target = built.target.and_then(|it| built.stages.get(it)).unwrap();
    assert!(target.needed && target.base.is_some(), "{source:?}");
    assert_eq!(replayed, &built.config, "the steps of {source:?} give another image");
    let rows = built.history().iter().filter(|it| !it.empty_layer).count();
    let layers = built.steps.iter().filter(|it| it.has_layer).count();
    assert!(rows <= layers, "{rows} layers of {layers} in {source:?}");
    // The name of the target is a way to say it, if it is the only one of that name.
    let same_name = built.stages.iter().filter(|it| it.name == target.name).count();
    if let Some(name) = target.name.as_ref().filter(|_| same_name == 1) {
        let options = Options { target: Some(name), ..Options::new(&Any) };
        let same = build_parsed(source, &parse(source), &options);
        assert_eq!(same.errors, [], "{source:?}");
        assert_eq!(same.config, built.config, "`--target {name}` of {source:?}");
        assert_eq!(same.history(), built.history(), "`--target {name}` of {source:?}");
    }
}

/// An expansion ends, says places that exist, and keeps its hands off what is quoted.
pub(crate) fn check_expand(source: &str) {
    let values =
        BTreeMap::from([("A", "1"), ("B", ""), ("C", "x/y.z/y"), ("é", "ü"), ("D", "$A*'\"\\")]);
    let lookup = |name: &str| values.get(name).copied();
    for escape in ['\\', '`'] {
        let expanded = expand(source, escape, &lookup);
        if let Ok(it) = &expanded {
            for range in &it.unset {
                assert!(
                    source.get(range.clone()).is_some_and(|it| !it.is_empty()),
                    "{range:?} in {source:?}"
                );
            }
        }
        if !source.contains(['$', '"', '\'', '<', '\u{feff}', escape]) {
            assert_eq!(expanded.unwrap().text, source);
        }
        if !source.contains('\'') {
            let quoted = expand(&format!("'{source}'"), escape, &lookup).unwrap();
            assert_eq!((quoted.text.as_str(), quoted.unset.len()), (source, 0));
        }
    }
    let (pattern, text) = source.split_once('\n').unwrap_or((source, "x/y.z/y"));
    if let Ok(it) = Pattern::new(pattern) {
        for longest in [false, true] {
            assert!(text.ends_with(it.strip_prefix(text, longest)), "{pattern:?} {text:?}");
            assert!(text.starts_with(it.strip_suffix(text, longest)), "{pattern:?} {text:?}");
        }
        assert!(it.strip_prefix(text, true).len() <= it.strip_prefix(text, false).len());
        it.replace(text, "", true);
    }
}

/// Makes a Dockerfile of any bytes: those from 128 stand for pieces of the language, the others for themselves. So a
/// change of one byte is a change of one word.
pub(crate) fn dockerfile(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        match PIECES.get(usize::from(byte).wrapping_sub(128)) {
            Some(piece) => text.push_str(piece),
            None => text.push(char::from(byte & 127)),
        }
    }
    text
}

/// Pieces of the language.
const PIECES: [&str; 127] = [
    "FROM a",
    "FROM a AS b",
    "FROM b",
    "FROM scratch",
    "FROM trigger",
    "FROM wrong",
    "FROM $A",
    " AS ",
    "--platform=",
    "RUN ",
    "CMD ",
    "ENTRYPOINT ",
    "COPY ",
    "ADD ",
    "ENV ",
    "LABEL ",
    "ARG ",
    "EXPOSE ",
    "VOLUME ",
    "WORKDIR ",
    "USER ",
    "SHELL ",
    "ONBUILD ",
    "HEALTHCHECK ",
    "MAINTAINER ",
    "STOPSIGNAL ",
    "HEALTHCHECK NONE",
    "HEALTHCHECK CMD ",
    "--from=",
    "--from=b",
    "--from=0",
    "--chown=",
    "--chmod=",
    "--link",
    "--parents",
    "--exclude=",
    "--checksum=",
    "--keep-git-dir",
    "--unpack",
    "--mount=",
    "--mount=type=",
    "type=",
    "cache",
    "bind",
    "tmpfs",
    "secret",
    "ssh",
    ",target=",
    ",from=b",
    ",source=",
    ",id=",
    ",sharing=",
    "locked",
    ",uid=",
    ",mode=",
    ",size=",
    ",required",
    ",rw",
    "--network=",
    "none",
    "host",
    "--security=",
    "insecure",
    "--device=",
    "--interval=",
    "--timeout=",
    "--start-period=",
    "--retries=",
    "1m30s",
    "500ms",
    "# escape=`\n",
    "# syntax=",
    "# check=skip=",
    "all",
    ";error=true",
    "# check=",
    "\n# c\n",
    "\\\n",
    "`\n",
    " \\\n  ",
    "\r\n",
    "\n",
    "\t",
    "<<E",
    "<<-E",
    "<<\"E\"",
    "E\n",
    "<<E\nx $A\nE\n",
    "[\"",
    "\", \"",
    "\"]",
    "[]",
    "$A",
    "${A}",
    "${A:-",
    "${A:+",
    "${A-",
    "${A?",
    "${A#",
    "${A%%",
    "${A/",
    "//",
    "}",
    "*",
    "?",
    "\"",
    "'",
    "\\",
    "\\$",
    "=",
    "A=",
    "B=",
    " ",
    "/",
    ":",
    "80/tcp",
    "1-5",
    "SIGTERM",
    "RTMIN+3",
    "https://a/b",
    "git@a:b",
    ".git#x",
    "sha256:",
    "linux/amd64",
    "TARGETARCH",
    "é",
    "\u{feff}",
];

/// Nothing of the source is lost, and parts stand where they say.
fn check_tree(source: &str, parse: &Parse<'_>) {
    let pieces = parse.pieces(source);
    assert_eq!(pieces.concat(), source);
    for blank in pieces.iter().step_by(2) {
        assert!(blank.trim_start_matches('\u{feff}').trim().is_empty(), "{blank:?} in {source:?}");
    }
    for it in &parse.instructions {
        check_span(source, it.span);
        assert!(it.span.start <= it.keyword().start && it.head().end <= it.span.end, "{source:?}");
        for mark in it.marks() {
            check_span(source, mark.span);
        }
        check_text(source, &it.line);
        check_text(source, &it.arguments());
        if let InstructionKind::Run(run) = &it.kind
            && let Form::Shell(text) = &run.command
        {
            check_text(source, text);
        }
    }
    for it in &parse.errors {
        check_message(source, it);
    }
}

fn check_message(source: &str, it: &Diagnostic) {
    check_span(source, it.span);
    assert!(it.help.is_some(), "no help for {} in {source:?}", it.message);
}

/// Each byte of a joined text is the byte at its place in the source.
fn check_text(source: &str, text: &Text<'_>) {
    check_span(source, text.span);
    let spans = text.spans(0, text.len());
    let joined: String = spans.iter().map(|it| it.slice(source)).collect();
    assert_eq!(joined, text.as_str(), "{source:?}");
}

fn check_span(source: &str, span: Span) {
    let place = source.get(span.start as usize..span.end as usize);
    assert!(place.is_some(), "{span:?} is no place in {source:?}");
}
