use expect_test::expect;

use super::*;
use crate::image::Config;

#[test]
fn signals_have_names_and_numbers() {
    for (text, expected) in [
        ("SIGTERM", Some(("SIGTERM", 15))),
        ("term", Some(("SIGTERM", 15))),
        ("SigQuit", Some(("SIGQUIT", 3))),
        ("9", Some(("SIGKILL", 9))),
        ("IOT", Some(("SIGABRT", 6))),
        ("RTMIN", Some(("SIGRTMIN", 34))),
        ("SIGRTMIN+3", Some(("SIGRTMIN+3", 37))),
        ("RTMAX-14", Some(("SIGRTMAX-14", 50))),
        ("64", Some(("SIGRTMAX", 64))),
        // Docker takes these for signals, and fails when it sends them.
        ("999", Some(("signal 999", 999))),
        ("-1", Some(("signal -1", -1))),
        ("+5", Some(("SIGTRAP", 5))),
        ("0", None),
        ("", None),
        ("SIG", None),
        ("NOPE", None),
        ("RTMIN+16", None),
        ("RTMIN+03", None),
        ("RTMAX-15", None),
        ("RTMIN-1", None),
        ("SIGSIGTERM", None),
    ] {
        let found = parse(text).map(|it| (it.to_string(), it.0));
        assert_eq!(found, expected.map(|(name, it)| (name.to_owned(), it)), "{text}");
    }
}

fn told(argv: &[&str], signal: Option<&str>, timeout: Option<i64>, init: bool) -> String {
    let process = Process {
        argv: argv.iter().map(|it| (*it).to_owned()).collect(),
        config: Config { stop_signal: signal.map(str::to_owned), ..Config::default() },
        stop_timeout: timeout,
        init,
        ..Process::default()
    };
    stop(&process, None).words().join("\n") + "\n"
}

#[test]
fn the_words_say_who_gets_the_signal_and_how_it_ends() {
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
        process 1 is the program itself: it gets SIGTERM
        Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
    "#]].assert_eq(&told(&["nginx"], None, None, false));
    expect![[r#"
        docker stop sends SIGQUIT to process 1, and SIGKILL 30 s later
        process 1 is the program itself: it gets SIGQUIT
        Linux has no default actions for process 1: a program without a handler for SIGQUIT is killed after 30 s: exit code 137
    "#]].assert_eq(&told(&["nginx"], Some("QUIT"), Some(30), false));
    expect![[r#"
        docker stop sends SIGTERM to the init, which hands it on, and waits for ever
        the child of the init is the program itself: it gets SIGTERM
        a program without a handler for SIGTERM ends: exit code 143
    "#]]
    .assert_eq(&told(&["nginx"], None, Some(-1), true));
    expect![[r#"
        docker stop sends SIGWINCH to the init, which hands it on, and SIGKILL 10 s later
        the child of the init is the program itself: it gets SIGWINCH
        SIGWINCH does not end a program that has no handler for it: it is killed after 10 s: exit code 137
    "#]].assert_eq(&told(&["nginx"], Some("WINCH"), None, true));
    expect![[r#"
        docker stop sends SIGKILL: the container ends at once, with exit code 137
        process 1 is the program itself: it gets SIGKILL
    "#]]
    .assert_eq(&told(&["nginx"], Some("KILL"), None, false));
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
        process 1 is sh: dash (Debian, Ubuntu) stays, and the program does not get SIGTERM; busybox (Alpine) and bash put a single program in their own place
        Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
    "#]].assert_eq(&told(&["/bin/sh", "-c", "nginx"], None, None, false));
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
        sh puts the program in its own place, so the program is process 1 and gets SIGTERM
        Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
    "#]].assert_eq(&told(&["/bin/sh", "-c", "exec nginx"], None, None, false));
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
        process 1 is the shell: bash does not hand SIGTERM on to the program
        a shell as process 1 does not react to SIGTERM: it is killed after 10 s: exit code 137
    "#]]
    .assert_eq(&told(&["/bin/bash", "-c", "nginx; true"], None, None, false));
    expect![[r#"
        docker stop sends SIGTERM to the init, which hands it on, and SIGKILL 10 s later
        the child of the init is the shell: bash does not hand SIGTERM on to the program
        the shell ends by SIGTERM, exit code 143, and the program is killed with the container
    "#]]
    .assert_eq(&told(&["/bin/bash", "-c", "nginx; true"], None, None, true));
    let trap = &["sh", "-c", "trap 'exit 7' TERM; while :; do sleep 1; done"];
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
        process 1 is sh: its trap says what happens at SIGTERM
    "#]]
    .assert_eq(&told(trap, None, None, false));
    let init = |signal: &str| told(&["dash", "-c", "nginx"], Some(signal), None, true);
    expect![[r#"
        docker stop sends SIGINT to the init, which hands it on, and SIGKILL 10 s later
        the child of the init is the shell: dash does not hand SIGINT on to the program
        a shell does not react to SIGINT while a program runs in it: it is killed after 10 s: exit code 137
    "#]].assert_eq(&init("INT"));
    expect![[r#"
        docker stop sends SIGQUIT to the init, which hands it on, and SIGKILL 10 s later
        the child of the init is the shell: dash does not hand SIGQUIT on to the program
        the shell ends by SIGQUIT, exit code 131, and the program is killed with the container
    "#]]
    .assert_eq(&init("QUIT"));
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
        process 1 is busybox sh or the program: it depends on the line
        Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
    "#]].assert_eq(&told(&["ash", "-c", "(nginx)"], None, None, false));
    expect![[r#"
        docker stop sends SIGTERM to process 1, and SIGKILL at once
        process 1 is sh: a program that its script starts gets SIGTERM only after exec
        a shell as process 1 does not react to SIGTERM: it is killed at once: exit code 137
    "#]]
    .assert_eq(&told(&["sh", "/run.sh"], None, Some(0), false));
}
