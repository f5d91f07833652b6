//! Pushes, pulls and credentials.

use dockwright::protocol::{
    Call, ErrorKind, Event,
    call::{Host, ImagePull, ImageRemove, ImageTag, Name, RegistryLogin},
    event::JobState,
};

use super::{IMAGE, agent, engine, registry};
use crate::page::Page;

fn login(secret: &str) -> Call {
    Call::RegistryLogin(RegistryLogin {
        host: registry(),
        user: "student".to_owned(),
        secret: secret.to_owned(),
    })
}

async fn tag(page: &mut Page, target: &str) {
    let tag = ImageTag { source: IMAGE.to_owned(), target: target.to_owned() };
    page.ask(Call::ImageTag(tag)).await.unwrap();
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn an_image_is_pushed_with_a_password_and_pulled_back() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let name = format!("{}/student/dw-push:v1", registry());
    tag(&mut page, &name).await;

    // Without credentials, and with wrong ones.
    let push = || Call::ImagePush(Name { name: name.clone() });
    let started = page.start(push()).await;
    let ended = page.ended(&started).await;
    assert_eq!(ended.state, JobState::Failed);
    let error = ended.error.unwrap();
    assert_eq!(
        (error.data.kind, error.message.as_str()),
        (ErrorKind::RegistryError, "no basic auth credentials")
    );
    let error = page.ask(login("wrong")).await.unwrap_err();
    assert_eq!(error.data.kind, ErrorKind::RegistryError);
    assert!(error.message.contains("401 Unauthorized"), "{error}");

    // With the right ones.
    page.ask(login("s3cret")).await.unwrap();
    let started = page.start(push()).await;
    let ended = page.ended(&started).await;
    assert_eq!(ended.state, JobState::Succeeded, "{ended:?}");
    let text = page.stdout(started.stream);
    assert!(
        text.contains(&format!("The push refers to repository [{}/student/dw-push]\n", registry())),
        "{text}"
    );
    assert!(text.contains("v1: digest: sha256:"), "{text}");
    let of_job = |it: &&Event| matches!(it, Event::JobProgress { job, .. } if *job == started.job);
    let layers: Vec<_> = page.events.iter().filter(of_job).collect();
    assert!(
        matches!(layers.last(), Some(Event::JobProgress { id, .. }) if id.len() == 12),
        "{layers:?}"
    );

    // Back again.
    page.ask(Call::ImageRemove(ImageRemove { name: name.clone(), force: false })).await.unwrap();
    assert!(engine("GET", &format!("/images/{name}/json")).await["Id"].is_null());
    let started =
        page.start(Call::ImagePull(ImagePull { name: name.clone(), platform: None })).await;
    let ended = page.ended(&started).await;
    assert_eq!(ended.state, JobState::Succeeded, "{ended:?}");
    let text = page.stdout(started.stream);
    assert!(text.contains("v1: Pulling from student/dw-push\n"), "{text}");
    assert!(text.contains(&format!("Status: Downloaded newer image for {name}\n")), "{text}");

    // Forgotten.
    page.ask(Call::RegistryLogout(Host { host: registry() })).await.unwrap();
    let started =
        page.start(Call::ImagePull(ImagePull { name: name.clone(), platform: None })).await;
    let error = page.ended(&started).await.error.unwrap();
    assert!(error.message.contains("no basic auth credentials"), "{error}");
    page.ask(Call::ImageRemove(ImageRemove { name, force: false })).await.unwrap();
    assert!(!agent.printed().contains("s3cret"));
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn a_base_image_comes_with_the_password() {
    use dockwright::protocol::call::{BuildStart, Builder};
    let agent = agent();
    let mut page = Page::open(&agent).await;
    let name = format!("{}/student/dw-base:v1", registry());
    tag(&mut page, &name).await;
    page.ask(login("s3cret")).await.unwrap();
    let started = page.start(Call::ImagePush(Name { name: name.clone() })).await;
    assert_eq!(page.ended(&started).await.state, JobState::Succeeded);
    for builder in [Builder::Classic, Builder::Buildkit] {
        // By digest it is not there yet under this name.
        page.ask(Call::ImageTag(ImageTag { source: IMAGE.to_owned(), target: name.clone() }))
            .await
            .unwrap();
        page.ask(Call::ImageRemove(ImageRemove { name: name.clone(), force: false }))
            .await
            .unwrap();
        let ctx = page.context(&[("Dockerfile", &format!("FROM {name}\nENV A=1\n"))]).await;
        let build = BuildStart {
            ctx,
            dockerfile: "Dockerfile".to_owned(),
            tags: vec!["dw-test-private:1".to_owned()],
            builder: Some(builder),
            ..BuildStart::default()
        };
        let started = page.start(Call::BuildStart(build)).await;
        let ended = page.ended(&started).await;
        assert_eq!(
            ended.state,
            JobState::Succeeded,
            "{builder:?} {ended:?} {}",
            page.stdout(started.stream)
        );
    }
    page.ask(Call::ImageRemove(ImageRemove { name: "dw-test-private:1".to_owned(), force: false }))
        .await
        .unwrap();
}

#[tokio::test]
#[ignore = "needs an engine: cargo xtask test --only agent"]
async fn what_a_registry_does_not_have() {
    let agent = agent();
    let mut page = Page::open(&agent).await;
    page.ask(login("s3cret")).await.unwrap();
    let name = format!("{}/student/absent:9", registry());
    let started = page.start(Call::ImagePull(ImagePull { name, platform: None })).await;
    let ended = page.ended(&started).await;
    assert_eq!(ended.state, JobState::Failed);
    assert!(ended.error.unwrap().message.contains("manifest unknown"));
    let started = page.start(Call::ImagePush(Name { name: "127.0.0.1:1/absent".to_owned() })).await;
    let error = page.ended(&started).await.error.unwrap();
    assert!(error.message.contains("does not exist locally"), "{error}");
}
