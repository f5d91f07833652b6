//! `docker commit --change` and `docker import --change`: instructions on top of a configuration.

use crate::{
    diagnostic::Diagnostic,
    image::Config,
    order::Map,
    scope::{Globals, Stages},
    simulate::{
        Change, Shared, path,
        replay::Replay,
        stage::{Context, State},
        step,
    },
    syntax::{Form, INSTRUCTION, Instruction, InstructionKind, Keyword, SYNTAX, parse},
};

/// Applies `changes` to a copy of `config`, as the engine does: with the rules of the classic builder.
///
/// # Errors
/// In the engine's words.
pub fn commit(config: &Config, changes: &[&str]) -> Result<Config, String> {
    if changes.is_empty() {
        return Ok(config.clone());
    }
    let source = changes.join("\n");
    let file = parse(&source);
    if let Some(error) = file.errors.iter().find(|it| it.code == SYNTAX) {
        return Err(error.message.to_string());
    }
    for instruction in &file.instructions {
        if !instruction.kind.keyword().is_some_and(is_change) {
            return Err(format!("{} is not a valid change command", instruction.word()));
        }
        let here = |it: &&Diagnostic| {
            it.code == INSTRUCTION
                && it.span.start >= instruction.span.start
                && it.span.start <= instruction.span.end
        };
        if let Some(error) = file.errors.iter().find(here) {
            return Err(error.message.to_string());
        }
    }
    let stages = Stages::new(&file);
    let (globals, nothing) = (Globals::default(), Map::new());
    let whole = Shared::from(source.as_str());
    let context = Context {
        source: &source,
        whole: &whole,
        line: ("", &whole),
        escape: file.escape,
        globals: &globals,
        build_args: &nothing,
        ignored: &[],
        stages: &stages,
        stage: 0,
        name: &String::new,
    };
    let mut state = State::on_config(config);
    let mut replay = Replay::on(config.clone());
    for instruction in &file.instructions {
        let change = change(&mut state, instruction, &context)?;
        let is_command = matches!(change, Change::Cmd(_) | Change::Entrypoint { .. });
        replay.apply(&change);
        if is_command {
            replay.settle_command();
        }
    }
    Ok(replay.config().clone())
}

/// What an instruction changes under the rules of the classic builder.
fn change(
    state: &mut State,
    instruction: &Instruction<'_>,
    context: &Context<'_>,
) -> Result<Change, String> {
    use InstructionKind as Kind;
    let error = |it: Box<Diagnostic>| it.message.to_string();
    match &instruction.kind {
        Kind::Cmd(cmd) => {
            // A CMD without words does not count as one.
            let words = words(state, &cmd.command, context);
            state.has_cmd |= !matches!(&cmd.command, Form::Exec(words) if words.is_empty())
                && !instruction.arguments().is_empty();
            Ok(Change::Cmd(words.into()))
        }
        Kind::Entrypoint(_) if instruction.arguments().is_empty() => {
            Ok(Change::Entrypoint { words: Box::default(), drops_cmd: !state.has_cmd })
        }
        Kind::Workdir(workdir) => {
            let written = state.expand(&workdir.path, context).map_err(error)?;
            if written.is_empty() {
                return Err("cannot normalize nothing".to_owned());
            }
            state.working_dir = path::join(&format!("/{}", state.working_dir), &written).into();
            Ok(Change::WorkingDir(state.working_dir.clone()))
        }
        Kind::Expose(_) => {
            let effect = step::apply(state, instruction, context);
            let effect = effect.map_err(|it| of_ports(&it.message))?;
            Ok(effect.map(|it| it.change).unwrap_or_default())
        }
        _ => {
            let effect = step::apply(state, instruction, context).map_err(error)?;
            Ok(effect.map(|it| it.change).unwrap_or_default())
        }
    }
}

/// An error of a port in the words of the engine's library, which differ from BuildKit's in two of them.
fn of_ports(message: &str) -> String {
    let Some((word, what)) =
        message.strip_prefix("invalid port: \"").and_then(|it| it.rsplit_once("\": "))
    else {
        return message.to_owned();
    };
    match what {
        "no port specified" => format!("{what}: {word}<empty>"),
        _ => what.to_ascii_lowercase(),
    }
}

/// The words of a `CMD`; without a text, they are those of the shell alone.
fn words(state: &State, form: &Form<'_>, context: &Context<'_>) -> Vec<Shared> {
    match form {
        Form::Exec(words) => words.iter().map(|it| context.share(it)).collect(),
        Form::Shell(text) => {
            let mut words = state.in_shell(context.share(text)).into_vec();
            if text.is_empty() {
                words.pop();
            }
            words
        }
    }
}

const fn is_change(keyword: Keyword) -> bool {
    use Keyword as It;
    match keyword {
        It::Cmd
        | It::Entrypoint
        | It::Env
        | It::Expose
        | It::Healthcheck
        | It::Label
        | It::Onbuild
        | It::Stopsignal
        | It::User
        | It::Volume
        | It::Workdir => true,
        It::Add | It::Arg | It::Copy | It::From | It::Maintainer | It::Run | It::Shell => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Config {
        let words = |it: &str| Some(vec![it.to_owned()]);
        Config {
            env: vec!["A=1".to_owned()],
            entrypoint: words("e"),
            cmd: words("c"),
            working_dir: "/w".to_owned(),
            args_escaped: true,
            ..Config::default()
        }
    }

    #[track_caller]
    fn check(changes: &[&str], expected: &str) {
        let found = match commit(&base(), changes) {
            Ok(Config { entrypoint, cmd, working_dir, env, args_escaped, .. }) => {
                format!("{entrypoint:?} {cmd:?} {working_dir} {} {args_escaped}", env.join(" "))
            }
            Err(error) => error,
        };
        assert_eq!(found.replace("Some", ""), expected, "{changes:?}");
    }

    #[test]
    fn changes_make_one_stage() {
        check(&[], r#"(["e"]) (["c"]) /w A=1 true"#);
        check(&["ENV B=$A A=2", "ENV C=$A"], r#"(["e"]) (["c"]) /w A=2 B=1 C=2 true"#);
        check(&[r#"CMD ["x"]"#, r#"ENTRYPOINT ["y"]"#], r#"(["y"]) (["x"]) /w A=1 false"#);
        check(&["ENTRYPOINT y z"], r#"(["/bin/sh", "-c", "y z"]) None /w A=1 false"#);
        check(&["ENTRYPOINT []"], "None None /w A=1 false");
        check(&["ENTRYPOINT", "CMD"], r#"None (["/bin/sh", "-c"]) /w A=1 false"#);
        check(&["CMD []", "ENTRYPOINT [\"y\"]"], r#"(["y"]) None /w A=1 false"#);
        check(&["WORKDIR a", "workdir ../b/./c"], r#"(["e"]) (["c"]) /w/b/c A=1 true"#);
        check(&["WORKDIR /x//y/"], r#"(["e"]) (["c"]) /x/y A=1 true"#);
        check(&["# no", "ENV \\", "B=1"], r#"(["e"]) (["c"]) /w A=1 B=1 true"#);
    }

    #[test]
    fn errors_are_the_engines() {
        check(&["RUN x"], "RUN is not a valid change command");
        check(&["run x"], "run is not a valid change command");
        check(&["SHELL [\"x\"]"], "SHELL is not a valid change command");
        check(&["NOPE"], "NOPE is not a valid change command");
        check(&["ENV"], "ENV requires at least one argument");
        check(&["ENV a"], "ENV must have two arguments");
        check(&["LABEL a=1", "EXPOSE x"], "invalid containerPort: x");
        check(&["EXPOSE 80/XYZ"], "invalid proto: xyz");
        check(&["EXPOSE /tcp"], "no port specified: /tcp<empty>");
        check(&["STOPSIGNAL x"], "invalid signal: x");
        check(&["WORKDIR $NOPE"], "cannot normalize nothing");
        check(&["USER ${X?no}"], "failed to process \"${X?no}\": X: no");
        check(&["ONBUILD FROM x"], "FROM isn't allowed as an ONBUILD trigger");
    }
}
