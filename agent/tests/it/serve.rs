//! The command line, and the end.

use std::{
    net::TcpListener,
    process::{Command, Output},
    time::Duration,
};

use dockwright::protocol::Event;

use crate::{
    agent::{Agent, folder, wait_for},
    page::Page,
};

fn serve(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dockwright"))
        .arg("serve")
        .args(args)
        .env_remove("DOCKER_HOST")
        .output()
        .unwrap()
}

#[track_caller]
fn check(args: &[&str], expected: &str) {
    let output = serve(args);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains(expected), "{text}");
}

#[test]
fn what_is_wrong_is_said_in_one_sentence() {
    let agent = Agent::without_engine();
    let page = agent.folder.join("page");
    let page = page.to_str().unwrap();
    let port = agent.port.to_string();
    check(&["--port", &port, "--page", page], &format!("port {port} on 127.0.0.1 is in use"));
    check(&["--port", "0", "--page", "/nonexistent"], "there is no page in /nonexistent");
    check(
        &["--port", "0", "--page", page, "--engine", "tcp://127.0.0.1:2375"],
        "is not a Unix socket",
    );
    check(
        &["--port", "0", "--page", page, "--state-dir", "/proc/nowhere"],
        "Give another folder with --state-dir",
    );
    if let Ok(other) = TcpListener::bind(("::1", 0)) {
        let port = other.local_addr().unwrap().port().to_string();
        check(&["--port", &port, "--page", page], &format!("port {port} on [::1] is in use"));
    }
}

#[test]
fn a_missing_engine_is_named() {
    let agent = Agent::without_engine();
    let printed = agent.printed();
    assert!(
        printed.contains("There is no Docker socket at /nonexistent/docker.sock."),
        "{printed}"
    );
    assert!(printed.contains("Simulated mode works fully."), "{printed}");
    let dead = folder();
    std::fs::create_dir_all(&dead).unwrap();
    let socket = dead.join("docker.sock");
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    let agent = Agent::start(&format!("unix://{}", socket.display()));
    assert!(
        agent.printed().contains("Nothing answers at the Docker socket"),
        "{}",
        agent.printed()
    );
    std::fs::remove_dir_all(dead).unwrap();
}

#[tokio::test]
async fn a_stop_says_goodbye() {
    for signal in ["TERM", "INT", "HUP", "QUIT"] {
        let mut agent = Agent::without_engine();
        let mut page = Page::open(&agent).await;
        agent.signal(signal);
        let frame = page.until_closed().await;
        assert_eq!(frame.map(|it| it.code.into()), Some(1001));
        assert!(matches!(page.events.front(), Some(Event::Closing { .. })), "{:?}", page.events);
        assert_eq!(agent.wait(Duration::from_secs(10)).code(), Some(0));
        assert!(!agent.folder.join("pair.json").exists());
        let state = std::fs::read_dir(agent.folder.join("state")).unwrap();
        assert_eq!(state.count(), 0);
        wait_for("its last words", || agent.printed().contains("Stopping"));
    }
}
