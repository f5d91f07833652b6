use expect_test::{Expect, expect};

use super::*;

fn words(line: &str) -> Vec<String> {
    lex::words(line).unwrap()
}

#[track_caller]
fn check_error(line: &str, profile: Profile, expected: &Expect) {
    let failure = docker(&words(line), profile).unwrap_err();
    expected.assert_eq(&format!("{}{}exit {}", failure.stdout, failure.stderr, failure.exit));
}

fn run(line: &str) -> Run {
    match docker(&words(line), Profile::V28) {
        Ok(Command::Run(run)) => *run,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn flags_of_run_end_at_the_image() {
    let it = run("run -dit --name=web -p8080:80 -e A=1 -e B nginx:1 -dit --rm");
    assert!(it.detach && it.interactive && it.tty && !it.rm);
    assert_eq!(it.name.as_deref(), Some("web"));
    assert_eq!(it.publish, ["8080:80"]);
    assert_eq!(it.env, ["A=1", "B"]);
    assert_eq!((it.image.as_str(), it.args), ("nginx:1", words("-dit --rm")));
    assert_eq!(run("container run -- -x y").image, "-x");
    assert_eq!(run("run --entrypoint '' -it=false a").entrypoint.as_deref(), Some(""));
}

#[test]
fn flags_of_other_commands_stand_anywhere() {
    let Ok(Command::Build(it)) = docker(&words("build . -t a:1 --tag b -f x"), Profile::V28) else {
        panic!()
    };
    assert_eq!(
        (it.context.as_str(), it.tags, it.file.as_deref()),
        (".", words("a:1 b"), Some("x"))
    );
}

#[test]
fn aliases_have_one_name_and_flags_are_remembered() {
    let it = invocation(&words("container run --rm --cpus 2 a b"), Profile::V29).unwrap();
    assert_eq!(it.name, "docker run");
    assert_eq!(it.accepted, ["--cpus"]);
    assert_eq!(it.args, ["a", "b"]);
    assert_eq!(*it.flags.get("rm").unwrap(), ["true"]);
    assert_eq!(
        docker(&words("swarm init"), Profile::V28),
        Ok(Command::NotSimulated("docker swarm".to_owned()))
    );
    assert_eq!(usual_name(&words("image build -t x")), "docker build");
}

#[test]
fn flag_errors_exit_125() {
    check_error(
        "run --foo a",
        Profile::V28,
        &expect![[r#"
        unknown flag: --foo

        Usage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]

        Run 'docker run --help' for more information
        exit 125"#]],
    );
    check_error(
        "run --foo a",
        Profile::V20_10,
        &expect![[r#"
        unknown flag: --foo
        See 'docker run --help'.
        exit 125"#]],
    );
    check_error(
        "run -itz a",
        Profile::V20_10,
        &expect![[r#"
        unknown shorthand flag: 'z' in -z
        See 'docker run --help'.
        exit 125"#]],
    );
    check_error(
        "run --name",
        Profile::V20_10,
        &expect![[r#"
        flag needs an argument: --name
        See 'docker run --help'.
        exit 125"#]],
    );
    check_error(
        "run -m lots a",
        Profile::V20_10,
        &expect![[r#"
        invalid argument "lots" for "-m, --memory" flag: invalid size: 'lots'
        See 'docker run --help'.
        exit 125"#]],
    );
    check_error(
        "ps --last x",
        Profile::V20_10,
        &expect![[r#"
        invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax
        See 'docker ps --help'.
        exit 125"#]],
    );
}

#[test]
fn wrong_counts_of_arguments_exit_1() {
    check_error(
        "build -t abdouls/nettools:allow-override",
        Profile::V20_10,
        &expect![[r#"
        "docker build" requires exactly 1 argument.
        See 'docker build --help'.

        Usage:  docker build [OPTIONS] PATH | URL | -

        Build an image from a Dockerfile
        exit 1"#]],
    );
    check_error(
        "build -t abdouls/nettools:allow-override",
        Profile::V29,
        &expect![[r#"
        ERROR: docker: 'docker buildx build' requires 1 argument

        Usage:  docker buildx build [OPTIONS] PATH | URL | -

        Run 'docker buildx build --help' for more information
        exit 1"#]],
    );
    check_error(
        "pull ubuntu bionic",
        Profile::V28,
        &expect![[r#"
        docker: 'docker pull' requires 1 argument

        Usage:  docker pull [OPTIONS] NAME[:TAG|@DIGEST]

        Run 'docker pull --help' for more information
        exit 1"#]],
    );
    check_error(
        "image ls a b",
        Profile::V28,
        &expect![[r#"
        docker: 'docker image ls' requires at most 1 argument

        Usage:  docker image ls [OPTIONS] [REPOSITORY[:TAG]]

        Run 'docker image ls --help' for more information
        exit 1"#]],
    );
    check_error(
        "ps x",
        Profile::V20_10,
        &expect![[r#"
        "docker ps" accepts no arguments.
        See 'docker ps --help'.

        Usage:  docker ps [OPTIONS]

        List containers
        exit 1"#]],
    );
}

#[test]
fn unknown_commands_exit_1() {
    check_error(
        "nope",
        Profile::V20_10,
        &expect![[r#"
        docker: 'nope' is not a docker command.
        See 'docker --help'
        exit 1"#]],
    );
    check_error(
        "nope",
        Profile::V28,
        &expect![[r#"
        docker: unknown command: docker nope

        Run 'docker --help' for more information
        exit 1"#]],
    );
    check_error(
        "image nope",
        Profile::V28,
        &expect![[r#"
        docker: unknown command: docker image nope

        Usage:  docker image COMMAND

        Run 'docker image --help' for more information
        exit 1"#]],
    );
}

#[test]
fn every_command_has_a_help() {
    for spec in names::SPECS {
        for profile in Profile::ALL {
            let failure = docker(&words(&format!("{} --help", spec.name)), profile).unwrap_err();
            assert_eq!((failure.exit, failure.stderr.as_str()), (0, ""), "{}", spec.name);
            assert!(failure.stdout.contains("Usage:  docker "), "{}", spec.name);
        }
    }
}

#[test]
fn pasted_lines_are_cleaned() {
    #[track_caller]
    fn check(line: &str, expected: &str, notes: usize) {
        let it = lex::clean(line);
        assert_eq!((it.text.as_str(), it.notes.len()), (expected, notes), "{:?}", it.notes);
    }
    check("docker ps", "docker ps", 0);
    check("$ docker ps", "docker ps", 1);
    check("user@node:~$ sudo docker ps", "docker ps", 2);
    check("root@42adc025b26f:/# curl google.com", "curl google.com", 1);
    check("docker run –it “a b” –name x", "docker run -it \"a b\" --name x", 1);
    check("docker run —rm a", "docker run --rm a", 1);
    check("echo \"it’s – so\"", "echo \"it’s – so\"", 0);
}

#[test]
fn lines_become_commands() {
    let read = |line| {
        let commands = lex::commands(line)?;
        let value = |name: &str| (name == "A").then(|| "1 2".to_owned());
        let words = |it: &lex::Simple| it.words.iter().map(|it| it.expand(&value)).collect();
        Ok(commands.iter().map(|it| (it.link, words(it))).collect::<Vec<(_, Vec<String>)>>())
    };
    let own = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        read("a 'b c'\"$A\"x && d\\ e;f||g '' # h"),
        Ok(vec![
            (lex::Link::Always, own(&["a", "b c1 2x"])),
            (lex::Link::And, own(&["d e"])),
            (lex::Link::Always, own(&["f"])),
            (lex::Link::Or, own(&["g", ""])),
        ])
    );
    assert_eq!(read(""), Ok(vec![]));
    assert_eq!(read("a ;"), Ok(vec![(lex::Link::Always, own(&["a"]))]));
    assert_eq!(read("a 'b"), Err(lex::LexError::Unclosed('\'')));
    assert_eq!(read("a &&"), Err(lex::LexError::Unexpected("newline")));
    assert_eq!(read("&& a"), Err(lex::LexError::Unexpected("&&")));
    let commands = lex::commands("echo a >> b").unwrap();
    assert!(commands[0].redirect.as_ref().is_some_and(|it| it.append));
}
