//! What holds for every text.

use proptest::prelude::*;

use super::*;
use crate::syntax::expand::{expand, words as expanded_words};

/// Pieces that mean something, so that texts made of them come far.
const PIECES: &[&str] = &[
    "FROM",
    "RUN",
    "COPY",
    "ADD",
    "ENV",
    "LABEL",
    "ARG",
    "ONBUILD",
    "HEALTHCHECK",
    "SHELL",
    "CMD",
    "VOLUME",
    "EXPOSE",
    "USER",
    "STOPSIGNAL",
    "from",
    " ",
    " ",
    " ",
    "\t",
    "\n",
    "\n",
    "\\\n",
    "`\n",
    "\\",
    "`",
    "\r\n",
    "#",
    "# escape=`\n",
    "# check=skip=all\n",
    "--mount=",
    "--from=a",
    "--chown=",
    "--link",
    "--device=",
    "--interval=5s",
    "--",
    "=",
    "a",
    "é",
    "🐳",
    "\u{a0}",
    "\u{feff}",
    "\"",
    "'",
    "[",
    "]",
    "[\"a\", \"b\"]",
    ",",
    "<<",
    "<<E",
    "<<-",
    "E\n",
    "E",
    "$",
    "${",
    "}",
    ":-",
    "%",
    "//",
    "/",
    "*",
    "?",
    "type=bind",
    "target=/x",
    "NONE",
    "CMD x",
    "AS",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC"];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

/// The places of all parts of an instruction.
fn parts(it: &Instruction<'_>) -> Vec<Span> {
    use InstructionKind as Kind;
    let mut parts = vec![it.keyword(), it.line.span, it.arguments().span];
    for flag in &it.flags() {
        parts.extend([flag.span, flag.name.span]);
        parts.extend(flag.value.as_ref().map(|it| it.span));
    }
    parts.extend(it.marks().iter().map(|it| it.span));
    for heredoc in &it.heredocs {
        parts.extend([heredoc.opener, heredoc.name.span, heredoc.body]);
        parts.extend(Some(heredoc.end).filter(|_| heredoc.is_closed()));
    }
    let form = |form: &Form<'_>| match form {
        Form::Exec(words) => words.iter().map(|it| it.span).collect(),
        Form::Shell(text) => vec![text.span],
    };
    match &it.kind {
        Kind::Add(copy) | Kind::Copy(copy) => {
            parts.extend(copy.sources.iter().map(|it| it.span));
            parts.push(copy.destination.span);
            let flags = copy.flags();
            let texts = [&flags.from, &flags.chown, &flags.chmod, &flags.checksum];
            parts.extend(texts.into_iter().flatten().chain(&flags.exclude).map(|it| it.span));
        }
        Kind::Env(instruction::env::Env { pairs, .. })
        | Kind::Label(instruction::label::Label { pairs, .. }) => {
            parts.extend(pairs.iter().flat_map(|it| [it.name.span, it.value.span]));
        }
        Kind::Arg(arg) => {
            for it in &arg.variables {
                parts.push(it.name.span);
                parts.extend(it.default.as_ref().map(|it| it.span));
            }
        }
        Kind::From(from) => {
            parts.push(from.image.span);
            parts.extend(from.name.iter().chain(from.platform.as_deref()).map(|it| it.span));
        }
        Kind::Run(run) => {
            parts.extend(form(&run.command));
            for field in run.flags().mounts.iter().flat_map(|it| &it.fields) {
                parts.push(field.text.span);
                parts.extend(field.value.as_ref().map(|it| it.span));
            }
            parts.extend(run.flags().devices.iter().map(|it| it.name.span));
        }
        Kind::Cmd(cmd) => parts.extend(form(&cmd.command)),
        Kind::Entrypoint(it) => parts.extend(form(&it.command)),
        Kind::Healthcheck(it) => parts.extend(it.command.iter().flat_map(form)),
        Kind::Onbuild(it) => {
            parts.push(it.text.span);
            parts.extend(self::parts(&it.instruction));
        }
        Kind::Expose(it) => parts.extend(it.ports.iter().map(|it| it.span)),
        Kind::Volume(it) => parts.extend(it.paths.iter().map(|it| it.span)),
        Kind::Shell(it) => parts.extend(it.words.iter().map(|it| it.span)),
        Kind::User(it) => parts.push(it.user.span),
        Kind::Workdir(it) => parts.push(it.path.span),
        Kind::Stopsignal(it) | Kind::Maintainer(it) => parts.push(it.span),
        Kind::Broken(_) => (),
    }
    parts
}

proptest! {
    #[test]
    fn parts_stand_in_their_instruction(source in text()) {
        let parse = parse(&source);
        prop_assert_eq!(parse.pieces(&source).concat(), source.as_str());
        let mut last = 0;
        for it in &parse.instructions {
            prop_assert!(last <= it.span.start, "{:?} in {:?}", it.span, source);
            last = it.span.end;
            for span in parts(it) {
                let place = source.get(span.start as usize..span.end as usize);
                prop_assert!(place.is_some(), "{:?} in {:?}", span, source);
                let is_inside = it.span.start <= span.start && span.end <= it.span.end;
                prop_assert!(is_inside, "{:?} outside {:?} in {:?}", span, it.span, source);
            }
            it.trigger_text(&source);
        }
        for it in &parse.errors {
            let place = source.get(it.span.start as usize..it.span.end as usize);
            prop_assert!(place.is_some() && it.help.is_some(), "{:?} in {:?}", it, source);
            docker_text(it, &source);
        }
        directives::detect_syntax(&source);
        directives::lookup("check", &source);
    }

    #[test]
    fn expansion_ends(source in text()) {
        for escape in ['\\', '`'] {
            let lookup = |name: &str| (name != "a").then_some("x y");
            let one = expand(&source, escape, &lookup);
            let several = expanded_words(&source, escape, &lookup);
            prop_assert_eq!(one.is_ok(), several.is_ok());
        }
    }
}
