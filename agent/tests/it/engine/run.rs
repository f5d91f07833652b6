//! Containers.

use std::time::{Duration, Instant};

use dockwright::protocol::{
    Call, ErrorKind, Event,
    call::{ContainerRun, Credit, JobCancel, Nothing, Port, Resize, Signal, Size, Stream},
    event::JobState,
};

use super::{IMAGE, agent, engine, existing, sh};
use crate::page::{Ended, Page};

/// Runs a script: what it printed, and how it ended. Nothing is left of it.
async fn run(page: &mut Page, run: ContainerRun) -> (String, String, Ended) {
    let started = page.start(Call::ContainerRun(run)).await;
    let ended = page.ended(&started).await;
    assert_eq!(existing(&[started.container.as_deref().unwrap()]).await, 0);
    (page.stdout(started.stream), page.stderr(started.stream), ended)
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn output_errors_and_exit_code_come_through() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let (out, err, ended) = run(&mut page, sh("echo out; echo err >&2; exit 5")).await;
    assert_eq!((out.as_str(), err.as_str(), ended), ("out\n", "err\n", Ended::exit(5)));
    let call = ContainerRun {
        env: vec!["WHO=you".to_owned()],
        workdir: Some("/tmp".to_owned()),
        hostname: Some("box".to_owned()),
        user: Some("65534".to_owned()),
        ..sh("echo $WHO; pwd; hostname; id -u")
    };
    let (out, _, ended) = run(&mut page, call).await;
    assert_eq!((out.as_str(), ended), ("you\n/tmp\nbox\n65534\n", Ended::exit(0)));
    let call = ContainerRun {
        entrypoint: Some("/bin/echo".to_owned()),
        cmd: vec!["a b".to_owned(), "c".to_owned()],
        ..sh("")
    };
    assert_eq!(run(&mut page, call).await.0, "a b c\n");
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn input_reaches_the_process_and_ends() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let call = ContainerRun { stdin: true, ..sh("cat; echo done") };
    let started = page.start(Call::ContainerRun(call)).await;
    page.input(started.stream, 0, b"typed\n").await;
    page.until_printed(started.stream, "typed\n").await;
    page.input(started.stream, 6, b"more").await;
    page.tell(Call::StreamEof(Stream { stream: started.stream })).await;
    assert_eq!(page.ended(&started).await, Ended::exit(0));
    assert_eq!(page.stdout(started.stream), "typed\nmoredone\n");
    assert!(page.events.contains(&Event::StreamCredit { stream: started.stream, bytes: 6 }));
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_terminal_is_one() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let call = ContainerRun {
        image: IMAGE.to_owned(),
        cmd: vec!["bash".to_owned(), "--norc".to_owned()],
        tty: true,
        stdin: true,
        size: Some(Size { cols: 111, rows: 33 }),
        env: vec!["PS1=$ ".to_owned()],
        ..ContainerRun::default()
    };
    let started = page.start(Call::ContainerRun(call)).await;
    let stream = started.stream;
    page.until_printed(stream, "$ ").await;
    let mut at = 0;
    for (input, expected) in [("tty; stty size\n", "33 111"), ("sleep 100\n", "sleep 100")] {
        page.input(stream, at, input.as_bytes()).await;
        at += input.len() as u64;
        page.until_printed(stream, expected).await;
    }
    assert!(page.stdout(stream).contains("/dev/pts/0"));
    page.tell(Call::StreamResize(Resize { stream, cols: 120, rows: 40 })).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    page.input(stream, at, b"\x03").await;
    page.until_printed(stream, "^C").await;
    page.input(stream, at + 1, b"stty size; exit 7\n").await;
    page.until_printed(stream, "40 120").await;
    assert_eq!(page.ended(&started).await, Ended::exit(7));
    let error =
        page.ask(Call::StreamResize(Resize { stream, cols: 1, rows: 1 })).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::StreamGone);
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn any_bytes_flow_through_a_terminal() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let call = ContainerRun {
        tty: true,
        ..sh(r"printf '\1\0\0\0\177\377\377\377'; sleep 0.5; printf '\0\2after'")
    };
    let started = page.start(Call::ContainerRun(call)).await;
    page.until("the first bytes", |it| it.bytes(started.stream, 1).len() >= 8).await;
    assert_eq!(page.ended(&started).await, Ended::exit(0));
    assert_eq!(page.bytes(started.stream, 1), b"\x01\0\0\0\x7f\xff\xff\xff\0\x02after");
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_lot_of_output_is_whole() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let (out, err, ended) = run(
        &mut page,
        sh("head -c 8000000 /dev/zero | tr '\\0' a; head -c 100000 /dev/zero | tr '\\0' b >&2"),
    )
    .await;
    assert_eq!((out.len(), err.len(), ended), (8_000_000, 100_000, Ended::exit(0)));
    assert!(out.bytes().all(|it| it == b'a') && err.bytes().all(|it| it == b'b'));
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_flood_is_cancelled_at_once() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    for tty in [false, true] {
        let call = ContainerRun { tty, ..sh("tr '\\0' y </dev/zero") };
        let started = page.start(Call::ContainerRun(call)).await;
        page.until("output", |it| it.bytes(started.stream, 1).len() > 1_000_000).await;
        let asked = Instant::now();
        page.ask(Call::JobCancel(JobCancel { job: started.job })).await.unwrap();
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
        let ended = page.ended(&started).await;
        assert_eq!((ended.state, ended.exits), (JobState::Cancelled, vec![Some(137)]));
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        assert_eq!(existing(&[started.container.as_deref().unwrap()]).await, 0);
    }
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_page_that_takes_nothing_costs_little() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let before = agent.memory();
    page.generous = false;
    let started = page.start(Call::ContainerRun(sh("tr '\\0' y </dev/zero"))).await;
    page.until("the window", |it| it.bytes(started.stream, 1).len() == 128 * 1024).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let grown = agent.memory().saturating_sub(before);
    assert!(grown < 16 * 1024 * 1024, "{grown} bytes more");
    // Other calls are answered meanwhile.
    let asked = Instant::now();
    page.ask(Call::ImageList(Nothing {})).await.unwrap();
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    // The page takes some again: it is told of the gap.
    page.tell(Call::StreamCredit(Credit { stream: started.stream, bytes: 1024 })).await;
    page.until("the gap", |it| {
        it.events.iter().any(|it| matches!(it, Event::StreamGap { from: 131_072, .. }))
    })
    .await;
    page.ask(Call::JobCancel(JobCancel { job: started.job })).await.unwrap();
    assert_eq!(page.ended(&started).await.state, JobState::Cancelled);
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_slow_page_gets_all_of_the_output() {
    const SIZE: usize = 600_000;
    let agent = agent();
    let mut page = Page::open(&agent).await;
    page.generous = false;
    let call = sh("head -c 600000 /dev/zero | tr '\\0' a");
    let started = page.start(Call::ContainerRun(call)).await;
    let stream = started.stream;
    let mut granted = 128 * 1024;
    page.until("the window", |it| it.bytes(stream, 1).len() == granted).await;
    while page.bytes(stream, 1).len() < SIZE {
        tokio::time::sleep(Duration::from_millis(350)).await;
        page.tell(Call::StreamCredit(Credit { stream, bytes: 16 * 1024 })).await;
        granted = SIZE.min(granted + 16 * 1024);
        page.until("what was granted", |it| {
            it.bytes(stream, 1).len() >= granted
                || it.events.iter().any(|it| matches!(it, Event::StreamExit { .. }))
        })
        .await;
        assert_eq!(page.bytes(stream, 1).len(), granted);
    }
    assert_eq!(page.ended(&started).await, Ended::exit(0));
    assert!(!page.events.iter().any(|it| matches!(it, Event::StreamGap { .. })));
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn start_errors_are_the_engines_own() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let with = |cmd: &str| ContainerRun { cmd: vec![cmd.to_owned()], ..sh("") };
    for (call, exit, text) in [
        (with("nope"), 127, r#"exec: "nope": executable file not found in $PATH"#),
        (with("/bin/ping-not-there"), 127, "stat /bin/ping-not-there: no such file or directory"),
        (with("/etc"), 126, r#"exec: "/etc": "#),
        (
            ContainerRun { image: "dockwright/absent:1".to_owned(), ..with("x") },
            125,
            "No such image: dockwright/absent:1",
        ),
        (
            ContainerRun { user: Some("nouser".to_owned()), ..with("id") },
            125,
            "unable to find user nouser",
        ),
    ] {
        let name = "dw-test-start-error".to_owned();
        let call = ContainerRun { name: Some(name.clone()), ..call };
        let error = page.ask(Call::ContainerRun(call)).await.unwrap_err();
        assert!(error.message.contains(text), "{error}");
        assert_eq!(error.data.exit, Some(exit), "{error}");
        assert!(error.data.status.is_some());
        assert_eq!(super::containers(&name).await, 0);
    }
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_signal_reaches_the_process() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let script = "trap 'echo caught; exit 9' TERM; echo ready; while :; do sleep 0.1; done";
    let started = page.start(Call::ContainerRun(sh(script))).await;
    let stream = started.stream;
    page.until_printed(stream, "ready").await;
    let error = page
        .ask(Call::StreamSignal(Signal { stream, signal: "USR1".to_owned() }))
        .await
        .unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::InvalidParams);
    page.ask(Call::StreamSignal(Signal { stream, signal: "TERM".to_owned() })).await.unwrap();
    assert_eq!(page.ended(&started).await, Ended::exit(9));
    assert_eq!(page.stdout(stream), "ready\ncaught\n");
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn containers_are_confined() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let call = ContainerRun {
        ports: vec![Port { container: 80, host: None, udp: false }],
        ..sh("sleep 100")
    };
    let started = page.start(Call::ContainerRun(call)).await;
    let id = started.container.clone().unwrap();
    let it = engine("GET", &format!("/containers/{id}/json")).await;
    let host = &it["HostConfig"];
    for (key, expected) in [
        ("Memory", "536870912"),
        ("MemorySwap", "536870912"),
        ("NanoCpus", "1000000000"),
        ("PidsLimit", "256"),
        ("Privileged", "false"),
        ("AutoRemove", "false"),
        ("PidMode", "\"\""),
        ("CapAdd", "null"),
        ("CapDrop", r#"["MKNOD","AUDIT_WRITE","SETFCAP"]"#),
        ("SecurityOpt", r#"["no-new-privileges"]"#),
        ("Binds", "null"),
        ("Devices", "null"),
    ] {
        assert_eq!(host[key].to_string(), expected, "{key}");
    }
    assert_eq!(host["LogConfig"]["Config"]["max-size"], "4m");
    assert_eq!(it["NetworkSettings"]["Ports"]["80/tcp"][0]["HostIp"], "127.0.0.1");
    assert!(it["Name"].as_str().unwrap().starts_with("/dw-"));
    assert_eq!(it["Config"]["Labels"]["io.dockwright.instance"].as_str().unwrap().len(), 32);
    page.ask(Call::JobCancel(JobCancel { job: started.job })).await.unwrap();
    page.ended(&started).await;
    let (out, _, _) =
        run(&mut page, sh("grep -E 'NoNewPrivs|Seccomp:' /proc/self/status; ulimit -n")).await;
    assert_eq!(out, "NoNewPrivs:\t1\nSeccomp:\t2\n1024\n");
}
