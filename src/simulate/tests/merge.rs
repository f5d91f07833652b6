//! What `docker run` makes of an image.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use crate::{
    image::{Config, Healthcheck},
    simulate::merge::{MergeError, Process, merge_words},
};

fn image() -> Config {
    let words = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    Config {
        user: "app".to_owned(),
        exposed_ports: words(&["80/tcp"]).into_iter().collect(),
        env: words(&["PATH=/bin", "A=1", "B=2"]),
        entrypoint: Some(words(&["e"])),
        cmd: Some(words(&["c"])),
        volumes: words(&["/data"]).into_iter().collect(),
        working_dir: "/a/./b".to_owned(),
        labels: [("k".to_owned(), "image".to_owned())].into(),
        stop_signal: Some("SIGINT".to_owned()),
        shell: Some(words(&["sh"])),
        healthcheck: Some(Healthcheck {
            test: words(&["CMD", "t"]),
            interval: 5,
            retries: 7,
            ..Healthcheck::default()
        }),
        on_build: words(&["RUN x"]),
        args_escaped: true,
    }
}

fn run(image: &Config, line: &str) -> Result<Process, MergeError> {
    let words: Vec<_> = line.split(' ').map(|it| it.replace('_', " ").replace('~', "")).collect();
    let open = |name: &str| match name {
        "vars" => Ok(b"F=file\nA=file\nHERE\n".to_vec()),
        _ => Err(format!("open {name}: no such file or directory")),
    };
    let outside = |name: &str| (name == "HERE").then(|| "outside".to_owned());
    merge_words(image, &words, &open, &outside)
}

/// What is not as in the image.
#[track_caller]
fn check(line: &str, expected: &Expect) {
    let found = run(&image(), line).unwrap();
    let plain = run(&image(), "i").unwrap();
    let (found, plain) = (format!("{found:#?}"), format!("{plain:#?}"));
    let mut text = String::new();
    let before: Vec<_> = plain.lines().collect();
    for it in found.lines().filter(|it| !before.contains(it)) {
        writeln!(text, "{}", it.trim()).unwrap();
    }
    expected.assert_eq(&text);
}

#[test]
fn an_image_alone_keeps_what_it_says() {
    let process = run(&image(), "i").unwrap();
    let expected = Config { shell: None, on_build: Vec::new(), ..image() };
    assert_eq!(process.config, expected);
    assert_eq!((process.argv.join(" "), process.image), ("e c".to_owned(), "i".to_owned()));
}

#[test]
fn the_command_line_wins_field_by_field() {
    check(
        "i x y",
        &expect![[r#"
        "x",
        "y",
        "x",
        "y",
        args_escaped: false,
    "#]],
    );
    check(
        "--entrypoint n i",
        &expect![[r#"
        "n",
        "n",
        cmd: None,
        args_escaped: false,
    "#]],
    );
    check(
        "--entrypoint ~ i x",
        &expect![[r#"
        "x",
        entrypoint: None,
        "x",
        args_escaped: false,
    "#]],
    );
    check(
        "-e C=3 -e A=9 -e C=4 i",
        &expect![[r#"
        "C=3",
        "A=9",
        "C=4",
    "#]],
    );
    check(
        "-e A -e HERE i",
        &expect![[r#"
        "A",
        "HERE=outside",
    "#]],
    );
    check(
        "--env-file vars -e A=flag i",
        &expect![[r#"
        "F=file",
        "A=file",
        "HERE=outside",
        "A=flag",
    "#]],
    );
    check(
        "-u 0 -w /x/../y/ --stop-signal 9 --stop-timeout 3 i",
        &expect![[r#"
        user: "0",
        working_dir: "/y",
        "9",
        stop_timeout: Some(
        3,
        ),
    "#]],
    );
    check(
        "-p 8080:81 --expose 82/udp -v /data -v /more -v /h:/c -v name:/n i",
        &expect![[r#"
        "81/tcp",
        "82/udp",
        "/more",
    "#]],
    );
    check(
        "-l k=run -l l i",
        &expect![[r#"
        "k": "run",
        "l": "",
    "#]],
    );
    check(
        "--health-cmd t_u --health-interval 1s i",
        &expect![[r#"
        "CMD-SHELL",
        "t u",
        interval: 1000000000,
    "#]],
    );
    check(
        "--no-healthcheck i",
        &expect![[r#"
        "NONE",
    "#]],
    );
    check(
        "-it --init -h host i",
        &expect![[r#"
        hostname: "host",
        tty: true,
        open_stdin: true,
        stdin_once: true,
        attach_stdin: true,
        init: true,
    "#]],
    );
    check(
        "-d i",
        &expect![[r#"
        attach_stdout: false,
        attach_stderr: false,
    "#]],
    );
    check(
        "-a stdin -a STDERR i",
        &expect![[r#"
        attach_stdin: true,
        attach_stdout: false,
    "#]],
    );
}

#[test]
fn errors_are_in_dockers_words() {
    let none = Config::default();
    for (line, expected) in [
        ("i", "no command specified"),
        ("-w rel i c", "the working directory 'rel' is invalid, it needs to be an absolute path"),
        ("-w rel i", "the working directory 'rel' is invalid, it needs to be an absolute path"),
        ("--stop-signal NOPE i c", "invalid signal: NOPE"),
        ("--health-interval 1us i c", "Interval in Healthcheck cannot be less than 1ms"),
    ] {
        let error = run(&none, line).unwrap_err();
        assert_eq!(error, MergeError::Engine(expected.to_owned()), "{line}");
    }
    for (line, expected) in [
        ("--env-file gone i", "open gone: no such file or directory"),
        (
            "-e =1 i",
            "invalid argument \"=1\" for \"-e, --env\" flag: invalid environment variable: =1",
        ),
        (
            "-l a_b i",
            "invalid argument \"a b\" for \"-l, --label\" flag: label 'a b' contains whitespaces",
        ),
        (
            "-a x i",
            "invalid argument \"x\" for \"-a, --attach\" flag: valid streams are STDIN, STDOUT and STDERR",
        ),
        (
            "--health-retries x i",
            "invalid argument \"x\" for \"--health-retries\" flag: strconv.ParseInt: parsing \"x\": invalid syntax",
        ),
        (
            "--blkio-weight 70000 i",
            "invalid argument \"70000\" for \"--blkio-weight\" flag: strconv.ParseUint: parsing \"70000\": value out of range",
        ),
        ("--health-timeout -1s i", "--health-timeout cannot be negative"),
        ("--no-healthcheck --health-cmd x i", "--no-healthcheck conflicts with --health-* options"),
        ("--rm --restart always i", "conflicting options: cannot specify both --restart and --rm"),
        (
            "--restart on-failure:x i",
            "invalid restart policy format: maximum retry count must be an integer",
        ),
        ("--restart :1 i", "invalid restart policy format: no policy provided before colon"),
        ("--pid x i", "--pid: invalid PID mode"),
        ("--mac-address x i", "x is not a valid mac address"),
        ("--memory-swappiness 101 i", "invalid value: 101. Valid memory swappiness range is 0-100"),
        (
            "--pull x i",
            "invalid pull option: 'x': must be one of \"always\", \"missing\" or \"never\"",
        ),
        ("-v :/x i", "invalid spec: :/x: empty section between colons"),
        ("--device x i", "x is not an absolute path"),
        ("--log-driver none --log-opt a=b i", "invalid logging opts for driver none"),
        ("--security-opt x i", "invalid --security-opt: \"x\""),
        ("-p x i", "invalid containerPort: x"),
        (
            "--link a:b:c i",
            "invalid argument \"a:b:c\" for \"--link\" flag: bad format for links: a:b:c",
        ),
    ] {
        let error = run(&image(), line).unwrap_err();
        assert_eq!(error, MergeError::Client(expected.to_owned()), "{line}");
    }
    for line in [
        "--pid container:x i",
        "--mac-address 02:42:ac:11:00:02 i",
        "--restart always i",
        "--device /a:/b:rw i",
    ] {
        assert!(run(&image(), line).is_ok(), "{line}");
    }
}

#[test]
fn process_one_sees_what_every_container_has() {
    let env = |line: &str| run(&image(), line).unwrap().environment().join(" ");
    assert_eq!(env("i"), "PATH=/bin A=1 B=2");
    assert_eq!(env("-e A i"), "PATH=/bin B=2");
    assert_eq!(env("-e PATH i"), "B=2 A=1".split(' ').rev().collect::<Vec<_>>().join(" "));
    assert_eq!(env("-t -h h -e C=3 i"), "PATH=/bin HOSTNAME=h TERM=xterm C=3 A=1 B=2");
    assert_eq!(env("-e C=1 -e B=3 -e C=2 i"), "PATH=/bin C=2 B=3 A=1");
    let bare = Config { env: Vec::new(), ..image() };
    let path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    assert_eq!(run(&bare, "i").unwrap().environment(), [path]);
}
