//! The images that cases stand on: configurations as builds of every kind leave them.

use super::case::{Row, normal};
use crate::{
    engine::{Client, Isolated},
    tar::Tar,
};
use anyhow::{Context, Result, bail, ensure};
use dockwright::{
    image::{Config, Digest, Platform, Reference},
    simulate::{
        BaseImage, Bases, History,
        files::{
            tar::{Archive, archive},
            tree::{Content, Tree},
        },
    },
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

const PATH: &str = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Tag and configuration. Those with an odd number have the files of busybox, so that something can run.
fn configs() -> Vec<(&'static str, Value)> {
    vec![
        ("nothing", json!({})),
        ("plain", json!({"Env": [PATH], "Cmd": ["sh"]})),
        ("cmd", json!({"Cmd": ["bc", "$A"], "ArgsEscaped": true, "Env": ["A=base"]})),
        ("entry", json!({"Env": [PATH], "Entrypoint": ["be"], "Cmd": ["bc"]})),
        (
            "shell",
            json!({"Shell": ["/bin/sh", "-x", "-c"], "Cmd": ["/bin/sh", "-x", "-c", "bc"], "Env": [PATH]}),
        ),
        ("env", json!({"Env": [PATH, "A=1", "B=two words", "V=", "FOO=a=b", "foo=é"]})),
        ("path", json!({"Env": ["A=x", "PATH=/only", "HOME=/h"], "WorkingDir": "/w"})),
        (
            "user",
            json!({"Env": [PATH], "User": "1000:1000", "WorkingDir": "/home/app/", "Cmd": ["sh"]}),
        ),
        ("workdir", json!({"WorkingDir": "/a/../b//c", "Env": [PATH]})),
        (
            "ports",
            json!({"ExposedPorts": {"80/tcp": {}, "53/udp": {}}, "Volumes": {"/data": {}, "/v w": {}}, "Env": [PATH]}),
        ),
        ("labels", json!({"Labels": {"k": "base", "who": "", "z": "a b"}, "Env": [PATH]})),
        (
            "stop",
            json!({"StopSignal": "SIGINT", "Env": [PATH], "Entrypoint": ["/bin/sh", "-c", "be $A"]}),
        ),
        (
            "health",
            json!({"Healthcheck": {"Test": ["CMD-SHELL", "ok || exit 1"], "Interval": 30_000_000_000_u64,
            "Timeout": 3_000_000_000_u64, "Retries": 3}, "Env": [PATH]}),
        ),
        (
            "onbuild",
            json!({"OnBuild": ["ENV T=1", "CMD [\"tc\"]", "WORKDIR t"], "Env": [PATH], "Cmd": ["bc"],
            "Entrypoint": ["be"]}),
        ),
        (
            "trigger",
            json!({"OnBuild": ["ARG V=9", "ENV W=$V A=${A:-t}", "ENTRYPOINT te $W", "LABEL k=\"t $W\""]}),
        ),
        (
            "all",
            json!({"Env": [PATH, "A=all"], "Entrypoint": ["be", "x y"], "Cmd": ["bc", ""], "User": "app",
            "WorkingDir": "/all", "Labels": {"k": "v"}, "ExposedPorts": {"1/tcp": {}}, "Volumes": {"/all": {}},
            "StopSignal": "9", "Shell": ["/bin/sh", "-c"], "Healthcheck": {"Test": ["NONE"]}}),
        ),
    ]
}

/// The names of all, as they stand in a `FROM`.
pub(super) fn names() -> Vec<String> {
    configs().iter().enumerate().map(|(at, (tag, _))| name(at, tag)).collect()
}

/// `base:x` for one with files, `bare:x` for one without.
fn name(at: usize, tag: &str) -> String {
    format!("{}:{tag}", if at % 2 == 1 { "base" } else { "bare" })
}

/// What the virtual build knows about the images.
pub(super) struct Known {
    images: BTreeMap<String, BaseImage>,
    /// The files of busybox.
    files: Option<Arc<Tree>>,
}

impl Known {
    pub(super) fn new() -> Result<Self> {
        let mut known = BTreeMap::new();
        for (at, (tag, json)) in configs().into_iter().enumerate() {
            let config = core_config(&json)?;
            let rows = rows(at).into_iter().map(|it| {
                let Row { created_by, comment, empty_layer, author } = it;
                History { created_by, comment, empty_layer, author }
            });
            let author = author(at).to_owned();
            let image = BaseImage { history: rows.collect(), author, ..config.into() };
            known.insert(name(at, tag), image);
        }
        Ok(Self { images: known, files: None })
    }

    /// The same with the files of the images.
    pub(super) fn with_files() -> Result<Self> {
        let mut tree = Tree::default();
        let bytes = Content::Bytes(Isolated::busybox()?.into());
        let Some(Archive::Listed(entries)) = archive("layer.tar", &bytes) else {
            bail!("the files of busybox cannot be read");
        };
        for (name, entry) in entries {
            tree.insert(&name, entry);
        }
        Ok(Self { files: Some(Arc::new(tree)), ..Self::new()? })
    }
}

impl Bases for Known {
    fn find(&self, image: &Reference, _: &Platform) -> Option<BaseImage> {
        self.images.get(&image.clone().with_default_tag().familiar()).cloned()
    }

    fn files(&self, image: &Reference) -> Option<Arc<Tree>> {
        let name = image.clone().with_default_tag().familiar();
        let busybox = self.files.as_ref().filter(|_| self.images.contains_key(&name))?;
        Some(if name.starts_with("base:") { Arc::clone(busybox) } else { Arc::default() })
    }
}

/// The core's form of a configuration in JSON; it has lists where Docker has sets.
pub(super) fn core_config(config: &Value) -> Result<Config> {
    serde_json::from_value(Value::Object(normal(config)))
        .with_context(|| format!("not a configuration: {config}"))
}

fn author(at: usize) -> &'static str {
    if at % 5 == 3 { "Base Author <b@example.org>" } else { "" }
}

fn rows(at: usize) -> Vec<Row> {
    let author = author(at);
    let row = |created_by: &str, empty_layer| Row {
        created_by: created_by.into(),
        comment: if at.is_multiple_of(3) { "buildkit.dockerfile.v0".into() } else { String::new() },
        empty_layer,
        author: author.into(),
    };
    match at % 2 {
        1 => vec![row("/bin/sh -c #(nop) ADD file:1234 in / ", false), row("CMD [\"sh\"]", true)],
        _ => vec![row("ENV A=1", true)],
    }
}

/// Gives all images to an engine, as `docker load` does.
pub(super) fn load(client: &mut Client) -> Result<()> {
    let layer = Isolated::busybox()?;
    let digest = Digest::of(&layer);
    let mut tar = Tar::default();
    tar.file("layer.tar", 0o644, &layer)?;
    let mut manifest = Vec::new();
    for (at, (tag, config)) in configs().into_iter().enumerate() {
        let has_layer = at % 2 == 1;
        let history: Vec<Value> = rows(at)
            .into_iter()
            .map(|it| {
                let mut row =
                    json!({"created": "2020-01-01T00:00:00Z", "created_by": it.created_by});
                if let Some(row) = row.as_object_mut() {
                    let texts = [("comment", it.comment), ("author", it.author)];
                    row.extend(
                        texts
                            .into_iter()
                            .filter(|it| !it.1.is_empty())
                            .map(|(key, it)| (key.to_owned(), it.into())),
                    );
                    if it.empty_layer {
                        row.insert("empty_layer".into(), true.into());
                    }
                }
                row
            })
            .collect();
        let layers = if has_layer { vec![digest.as_str()] } else { Vec::new() };
        let image = json!({
            "architecture": "amd64", "os": "linux", "created": "2020-01-01T00:00:00Z", "author": author(at),
            "config": config, "history": history, "rootfs": {"type": "layers", "diff_ids": layers}
        });
        let file = format!("{at}.json");
        tar.file(&file, 0o644, image.to_string().as_bytes())?;
        let layers = if has_layer { vec!["layer.tar"] } else { Vec::new() };
        manifest.push(json!({"Config": file, "RepoTags": [name(at, tag)], "Layers": layers}));
    }
    tar.file("manifest.json", 0o644, Value::Array(manifest).to_string().as_bytes())?;
    let answer = client.call("POST", "/images/load?quiet=1", "application/x-tar", &tar.finish())?;
    ensure!(
        answer.is_ok() && !answer.text().contains("\"error\""),
        "cannot load the base images: {}",
        answer.text()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_virtual_build_finds_them() {
        let known = Known::new().unwrap();
        for name in names() {
            let reference: Reference = name.parse().unwrap();
            assert!(known.find(&reference, &Platform::default()).is_some(), "{name}");
        }
        let all = known.images.get("base:all").unwrap();
        assert_eq!(all.config.entrypoint.as_deref().unwrap(), ["be", "x y"]);
        assert!(all.config.exposed_ports.contains("1/tcp"));
    }
}
