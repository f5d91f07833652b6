//! Builds.

use std::time::{Duration, Instant};

use dockwright::protocol::{
    Call, ErrorKind, Event,
    call::{BuildStart, Builder, ContainerRun, ImageRemove, JobCancel, Started},
    event::JobState,
};

use super::{agent, engine};
use crate::page::{Ended, Page};

const BUILDERS: [Builder; 2] = [Builder::Classic, Builder::Buildkit];

/// Starts a build of a Dockerfile that no cache knows.
async fn start(page: &mut Page, builder: Builder, tag: &str, dockerfile: &str) -> Started {
    let nanos =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let ctx = page.context(&[("Dockerfile", dockerfile), ("src/greeting", "hello\n")]).await;
    let build = BuildStart {
        ctx,
        dockerfile: "Dockerfile".to_owned(),
        tags: vec![tag.to_owned()],
        args: [("UNIQUE".to_owned(), nanos.to_string())].into(),
        labels: [("lesson".to_owned(), "1".to_owned())].into(),
        builder: Some(builder),
        ..BuildStart::default()
    };
    page.start(Call::BuildStart(build)).await
}

async fn build(page: &mut Page, builder: Builder, tag: &str, dockerfile: &str) -> (Started, Ended) {
    let started = start(page, builder, tag, dockerfile).await;
    let ended = page.ended(&started).await;
    (started, ended)
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn an_image_is_built_and_runs() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    for builder in BUILDERS {
        let tag = format!("dw-test-built:{builder:?}").to_lowercase();
        let dockerfile = "FROM debian:latest\nARG UNIQUE\nRUN echo one; sleep 1; echo two; echo three >&2\n\
                          COPY src /src\nCMD [\"cat\", \"/src/greeting\"]\n";
        let started = start(&mut page, builder, &tag, dockerfile).await;
        page.until_printed(started.stream, "one\n").await;
        assert!(!page.stdout(started.stream).contains("two\n"), "the output is streamed");
        let ended = page.ended(&started).await;
        let text = page.stdout(started.stream);
        assert_eq!(ended.state, JobState::Succeeded, "{ended:?}\n{text}");
        let expected: &[&str] = match builder {
            Builder::Classic => &[
                "Sending build context to Docker daemon  ",
                "Step 3/6 : RUN echo one; sleep 1",
                "Removing intermediate container",
                "Successfully tagged dw-test-built:classic",
            ],
            Builder::Buildkit => &[
                "[2/3] RUN echo one; sleep 1",
                " two\n",
                " three\n",
                " DONE ",
                "[3/3] COPY src /src",
            ],
        };
        for part in expected {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
        if builder == Builder::Buildkit {
            let is_step = |it: &Event| matches!(it, Event::JobProgress { id, .. } if id.starts_with("[2/3] RUN"));
            assert!(page.events.iter().any(is_step), "{:?}", page.events);
        }
        let image = engine("GET", &format!("/images/{tag}/json")).await;
        assert_eq!(image["Config"]["Labels"]["lesson"], "1");
        let run = page
            .start(Call::ContainerRun(ContainerRun {
                image: tag.clone(),
                ..ContainerRun::default()
            }))
            .await;
        assert_eq!(page.ended(&run).await, Ended::exit(0));
        assert_eq!(page.stdout(run.stream), "hello\n");
        let removed = page
            .ask(Call::ImageRemove(ImageRemove { name: tag.clone(), force: false }))
            .await
            .unwrap();
        assert_eq!(removed["untagged"][0], tag);
    }
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn failures_have_the_engines_words() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    for (builder, dockerfile, text, status, exit) in [
        (
            Builder::Classic,
            "FROM debian:latest\nARG UNIQUE\nRUN echo no; exit 3\n",
            "returned a non-zero code: 3",
            None,
            Some(3),
        ),
        (
            Builder::Buildkit,
            "FROM debian:latest\nARG UNIQUE\nRUN echo no; exit 3\n",
            "exit code: 3",
            None,
            None,
        ),
        (
            Builder::Classic,
            "FROM debian:latest\nFOO bar\n",
            "unknown instruction: FOO",
            Some(400),
            None,
        ),
        (
            Builder::Buildkit,
            "FROM debian:latest\nFOO bar\n",
            "unknown instruction: FOO",
            None,
            None,
        ),
        (
            Builder::Classic,
            "FROM debian:latest\nCOPY nothere /\n",
            "COPY failed: file not found",
            None,
            None,
        ),
    ] {
        let (started, ended) = build(&mut page, builder, "dw-test-failed:1", dockerfile).await;
        let error = ended.error.unwrap();
        assert_eq!(ended.state, JobState::Failed);
        assert!(error.message.contains(text), "{error}");
        assert_eq!((error.data.status, error.data.exit), (status, exit), "{error}");
        if dockerfile.contains("exit 3") {
            assert!(
                page.stdout(started.stream).contains("no\n"),
                "{}",
                page.stdout(started.stream)
            );
        }
    }
    let image = engine("GET", "/images/dw-test-failed:1/json").await;
    assert!(image["Id"].is_null());
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_cancelled_build_stops_and_leaves_nothing() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    for builder in BUILDERS {
        let dockerfile = "FROM debian:latest\nARG UNIQUE\nRUN echo begun; while true; do sleep 0.2; done # dw-cancel-me\n";
        let started = start(&mut page, builder, "dw-test-cancelled:1", dockerfile).await;
        page.until_printed(started.stream, "begun\n").await;
        assert!(running("dw-cancel-me"));
        let asked = Instant::now();
        page.ask(Call::JobCancel(JobCancel { job: started.job })).await.unwrap();
        assert_eq!(page.ended(&started).await.state, JobState::Cancelled);
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
        crate::agent::wait_for("end of the process", || !running("dw-cancel-me"));
    }
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_build_goes_with_its_page() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let dockerfile = "FROM debian:latest\nARG UNIQUE\nRUN echo begun; while true; do sleep 0.2; done # dw-leave-me\n";
    let started = start(&mut page, Builder::Classic, "dw-test-left:1", dockerfile).await;
    page.until_printed(started.stream, "begun\n").await;
    drop(page);
    crate::agent::wait_for("end of the process", || !running("dw-leave-me"));
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn builds_are_limited() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let dockerfile = "FROM debian:latest\nARG UNIQUE\nRUN sleep 100\n";
    for _ in 0..2 {
        start(&mut page, Builder::Classic, "dw-test-many:1", dockerfile).await;
    }
    let ctx = page.context(&[("Dockerfile", dockerfile)]).await;
    let build = BuildStart { ctx, dockerfile: "Dockerfile".to_owned(), ..BuildStart::default() };
    let error = page.ask(Call::BuildStart(build)).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::LimitExceeded);
}

/// Whether a process has a word in its command line.
fn running(word: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes.filter_map(|it| std::fs::read(it.path().join("cmdline")).ok()).any(|line| {
        let line = String::from_utf8_lossy(&line);
        line.contains(word) && line.contains("while true")
    })
}
