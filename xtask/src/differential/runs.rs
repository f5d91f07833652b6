//! What `docker run` makes of an image: the words of a command line, and the same as the client puts it for the engine.

use super::{
    Plan,
    bases::{self, core_config},
    case::{Answer, Builder, Case, Image, normal},
    grammar,
    random::Random,
    real::{Real, message},
};
use crate::engine::Client;
use anyhow::{Context, Result, ensure};
use dockwright::{image::Config, simulate::merge::merge_words};
use serde_json::{Map, Value, json};

/// The images that containers are made of: the bases, and some that are built on them.
pub(super) struct Images(Vec<(String, Config)>);

/// So many are built; with the bases that is more than a person ever saw.
const BUILT: usize = 48;

impl Images {
    /// Builds them.
    pub(super) fn new(plan: &Plan, real: &mut Real) -> Result<Self> {
        let mut images = Vec::new();
        for name in bases::names() {
            let config = real.config(&name)?;
            images.push((name, core_config(&config)?));
        }
        let mut number = 1_000_000;
        while images.len() < bases::names().len() + BUILT {
            number += 1;
            let built = grammar::case(plan.seed, number, Builder::BuildKit, plan.engine);
            if let Some((id, config)) = real.built(&built)? {
                images.push((id, core_config(&config)?));
            }
        }
        Ok(Self(images))
    }

    /// The image with a number; they are counted around.
    fn get(&self, number: usize) -> Result<&(String, Config)> {
        self.0.get(number % self.0.len().max(1)).context("there are no images")
    }

    /// The virtual answer to a case.
    pub(super) fn expected(&self, case: &Case) -> Result<Answer> {
        let (_, config) = self.get(case.image)?;
        let merged = merge_words(config, &case.words, &|_| Err(String::new()), &|_| None);
        Ok(match merged {
            Err(error) => Answer::Error(error.to_string()),
            Ok(process) => {
                let config = normal(&serde_json::to_value(&process.config)?);
                answer(&process.argv, config)
            }
        })
    }

    /// The engine's answer: a container is made, looked at and removed.
    pub(super) fn real(&self, case: &Case, client: &mut Client) -> Result<Answer> {
        let (id, _) = self.get(case.image)?;
        let mut body = case.asked.clone();
        body.insert("Image".into(), id.clone().into());
        let body = Value::Object(body).to_string();
        let made =
            client.call("POST", "/containers/create", "application/json", body.as_bytes())?;
        if !made.is_ok() {
            return Ok(Answer::Error(message(&made.text())));
        }
        let made = made.json()?;
        let id = made.get("Id").and_then(Value::as_str).context("a container without a number")?;
        let seen = client.call("GET", &format!("/containers/{id}/json"), "", b"")?.json()?;
        let gone = client.call("DELETE", &format!("/containers/{id}?v=1"), "", b"")?;
        ensure!(gone.is_ok(), "the container stays: {}", gone.text());
        let path = seen.get("Path").and_then(Value::as_str).unwrap_or_default().to_owned();
        let args = seen.get("Args").and_then(Value::as_array).into_iter().flatten();
        let args = args.filter_map(Value::as_str).map(str::to_owned);
        let argv: Vec<String> = [path].into_iter().chain(args).collect();
        Ok(answer(&argv, normal(seen.get("Config").unwrap_or(&Value::Null))))
    }

    /// What is said about the image of a case.
    pub(super) fn show(&self, case: &Case) -> Result<String> {
        let config = normal(&serde_json::to_value(&self.get(case.image)?.1)?);
        Ok(Value::Object(config).to_string())
    }
}

/// The parts of a container's configuration that come from the image and the command line.
fn answer(argv: &[String], mut config: Map<String, Value>) -> Answer {
    for name in
        ["Hostname", "Image", "AttachStdin", "AttachStdout", "AttachStderr", "Shell", "OnBuild"]
    {
        config.remove(name);
    }
    config.insert("argv".into(), argv.into());
    Answer::Image(Image { config, ..Image::default() })
}

/// Fills in the words of a command line, and what the client asks for them.
pub(super) fn ask(case: &mut Case, random: &mut Random) {
    case.image = random.below(4096);
    let mut ask = Ask { case, random };
    ask.flags();
    ask.case.words.push("image".into());
    ask.args();
}

struct Ask<'c> {
    case: &'c mut Case,
    random: &'c mut Random,
}

impl Ask<'_> {
    fn flag(&mut self, name: &str, value: &str) {
        if self.random.chance(20) && name.starts_with("--") {
            self.case.words.push(format!("{name}={value}"));
        } else {
            self.case.words.extend([name.to_owned(), value.to_owned()]);
        }
    }

    fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.case.asked.insert(key.into(), value.into());
    }

    /// A flag whose value goes to the engine as it is.
    fn plain(&mut self, percent: usize, names: &[&str], key: &str, values: &[&str]) {
        if self.random.chance(percent) {
            let value = self.random.one(values);
            let name = self.random.one(names);
            self.flag(name, value);
            self.set(key, value);
        }
    }

    fn flags(&mut self) {
        if self.random.chance(35) {
            let value = self.random.one(&["", "", "x1", "/bin/sh", "a b", "$A", "é", "-c", "["]);
            self.flag("--entrypoint", value);
            self.set("Entrypoint", json!([value]));
        }
        self.plain(
            15,
            &["-w", "--workdir"],
            "WorkingDir",
            &["/x", "/x/../y//", "", "rel", "/é f", ".", "/"],
        );
        self.plain(
            12,
            &["-u", "--user"],
            "User",
            &["root", "1000:1000", "", "nobody", "a b", ":g"],
        );
        self.plain(
            8,
            &["--stop-signal"],
            "StopSignal",
            &["SIGINT", "9", "", "NOPE", "int", "99", "SIGRTMIN+3"],
        );
        let env = [
            "A=run",
            "NEW=1",
            "A=",
            "B",
            "PATH=/run",
            "V=a=b",
            "foo=é",
            "A=again",
            "PATH",
            "HOME=/r r",
        ];
        self.list(25, &["-e", "--env"], "Env", &env);
        if self.random.chance(10) {
            let mut labels = Map::new();
            for _ in 0..self.random.between(1, 2) {
                let label = self.random.one(&["k=run", "new=", "who=a=b", "z"]);
                let name = self.random.one(&["-l", "--label"]);
                self.flag(name, label);
                let (key, value) = label.split_once('=').unwrap_or((label, ""));
                labels.insert(key.into(), value.into());
            }
            self.set("Labels", labels);
        }
        if self.random.chance(6) {
            let (words, ports) = self
                .random
                .weighted(&[
                    (1, ("80", "80/tcp")),
                    (1, ("53/udp", "53/udp")),
                    (1, ("9/sctp", "9/sctp")),
                    (1, ("80/tcp", "80/tcp")),
                ])
                .unwrap_or_default();
            self.flag("--expose", words);
            self.set("ExposedPorts", json!({ports: {}}));
        }
        if self.random.chance(5) {
            let path = self.random.one(&["/data", "/new", "/v w"]);
            self.flag("-v", path);
            self.set("Volumes", json!({path: {}}));
        }
        self.health();
    }

    fn list(&mut self, percent: usize, names: &[&str], key: &str, values: &[&str]) {
        if !self.random.chance(percent) {
            return;
        }
        let mut set = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let value = self.random.one(values);
            let name = self.random.one(names);
            self.flag(name, value);
            set.push(value);
        }
        self.set(key, set);
    }

    fn health(&mut self) {
        if self.random.chance(3) {
            self.case.words.push("--no-healthcheck".into());
            self.set("Healthcheck", json!({"Test": ["NONE"]}));
        } else if self.random.chance(7) {
            let mut health = Map::new();
            if self.random.chance(60) {
                let command = self.random.one(&["true", "a && b", "x \"y\""]);
                self.flag("--health-cmd", command);
                health.insert("Test".into(), json!(["CMD-SHELL", command]));
            }
            if self.random.chance(60) {
                let (text, time) = self
                    .random
                    .weighted(&[
                        (1, ("5s", 5_000_000_000_u64)),
                        (1, ("1m", 60_000_000_000)),
                        (1, ("100us", 100_000)),
                        (1, ("0s", 0)),
                    ])
                    .unwrap_or_default();
                let (flag, key) = self
                    .random
                    .weighted(&[
                        (1, ("--health-interval", "Interval")),
                        (1, ("--health-timeout", "Timeout")),
                        (1, ("--health-start-period", "StartPeriod")),
                    ])
                    .unwrap_or_default();
                self.flag(flag, text);
                health.insert(key.into(), time.into());
            }
            if self.random.chance(40) {
                let retries = self.random.between(0, 5);
                self.flag("--health-retries", &retries.to_string());
                health.insert("Retries".into(), retries.into());
            }
            if health.values().any(|it| *it != json!(0)) {
                self.set("Healthcheck", health);
            }
        }
    }

    fn args(&mut self) {
        if self.random.chance(55) {
            let words = ["r1", "r2", "-c", "", "a b", "$A", "é", "--entrypoint", "\"q\"", "sh"];
            let args: Vec<&str> =
                (0..self.random.between(1, 3)).map(|_| self.random.one(&words)).collect();
            self.case.words.extend(args.iter().map(|it| (*it).to_owned()));
            self.set("Cmd", args);
        }
    }
}
