//! Instructions, one line each.

use super::{Grammar, words::NAMES};
use crate::{differential::case::Builder, engine::Generation};

impl Grammar {
    /// An instruction of a stage.
    pub(super) fn instruction(&mut self) -> String {
        match self.random.below(100) {
            18..=27 => self.arg(),
            28..=35 => self.label(),
            36..=42 => format!("CMD {}", self.command()),
            43..=49 => format!("ENTRYPOINT {}", self.command()),
            50..=57 => format!("WORKDIR {}", self.path()),
            58..=63 => format!("USER {}", self.user()),
            64..=69 => format!("EXPOSE {}", self.ports()),
            70..=74 => format!("VOLUME {}", self.volumes()),
            75..=78 => format!("STOPSIGNAL {}", self.signal()),
            79..=84 => self.healthcheck(),
            85..=88 => format!("SHELL {}", self.shell()),
            89..=92 => {
                let inner = self.trigger();
                format!("ONBUILD {inner}")
            }
            93 | 94 => format!("MAINTAINER {}", self.shell_text()),
            95..=98 => self.copy(),
            99 if self.has_shell && self.random.chance(50) => self.run(),
            _ => self.env(),
        }
    }

    /// What `docker import --change` takes.
    pub(super) fn change(&mut self) -> String {
        match self.random.below(10) {
            0..=2 => self.env(),
            3 => self.label(),
            4 => format!("CMD {}", self.command()),
            5 => format!("ENTRYPOINT {}", self.command()),
            6 => format!("WORKDIR {}", self.path()),
            7 => match self.random.below(3) {
                0 => format!("USER {}", self.user()),
                1 => format!("EXPOSE {}", self.ports()),
                _ => format!("VOLUME {}", self.volumes()),
            },
            8 => self.healthcheck(),
            _ => {
                let inner = self.trigger();
                format!("ONBUILD {inner}")
            }
        }
    }

    /// An instruction behind `ONBUILD`; what it sets is not set here.
    fn trigger(&mut self) -> String {
        let names = self.names.clone();
        let inner = match self.random.below(9) {
            0 | 1 => self.env(),
            2 => self.label(),
            3 => format!("CMD {}", self.command()),
            4 => format!("ENTRYPOINT {}", self.command()),
            5 => format!("WORKDIR {}", self.path()),
            6 => format!("USER {}", self.user()),
            7 => format!("EXPOSE {}", self.ports()),
            _ => self.arg(),
        };
        self.names = names;
        inner
    }

    fn env(&mut self) -> String {
        if self.random.chance(15) {
            let name = self.random.one(NAMES);
            let gap = self.random.one(&[" ", "  ", "\t"]);
            let value = self.shell_text();
            self.names.push(name.into());
            // A sign of equality in the first word would make it the other form.
            return format!("ENV {name}{gap}{value}");
        }
        let pairs = self.pairs(NAMES);
        format!("ENV {}", pairs.join(self.random.one(&[" ", " ", " ", "  ", "\t"])))
    }

    fn pairs(&mut self, names: &[&str]) -> Vec<String> {
        let count = if self.random.chance(55) { 1 } else { self.random.between(2, 4) };
        let mut set = Vec::new();
        let mut pairs = Vec::new();
        for _ in 0..count {
            let name = match self.random.below(20) {
                0 => format!("{}${{V}}", self.random.one(&["N", "n_"])),
                1 => format!("\"{}\"", self.safe_word()),
                _ => self.random.one(names).to_owned(),
            };
            let value = if self.random.chance(6) { String::new() } else { self.word() };
            pairs.push(format!("{name}={value}"));
            set.push(name);
        }
        if names == NAMES {
            self.names.extend(set.into_iter().filter(|it| !it.contains(['$', '"'])));
        }
        pairs
    }

    fn label(&mut self) -> String {
        if self.random.chance(12) {
            return format!(
                "LABEL {} {}",
                self.random.one(&["k", "who", "a.b"]),
                self.shell_text()
            );
        }
        let pairs =
            self.pairs(&["k", "who", "a.b", "org.x/y-z", "K", "version", "\"two words\"", "'q'"]);
        format!("LABEL {}", pairs.join(" "))
    }

    pub(super) fn arg(&mut self) -> String {
        let count = if self.random.chance(80) { 1 } else { 2 };
        let mut words = Vec::new();
        for _ in 0..count {
            let automatic = [
                "TARGETARCH",
                "TARGETOS",
                "TARGETPLATFORM",
                "BUILDOS",
                "BUILDARCH",
                "TARGETVARIANT",
                "BUILDPLATFORM",
            ];
            let name = if self.random.chance(12) && self.builder == Builder::BuildKit {
                self.random.one(&automatic).to_owned()
            } else {
                self.random.one(NAMES).to_owned()
            };
            let word = match self.random.below(10) {
                0..=2 => name.clone(),
                3 => format!("{name}="),
                // Older engines do not see the words before it in the same ARG.
                _ if count > 1 && self.engine != Generation::V28 => {
                    format!("{name}={}", self.safe_word())
                }
                _ => format!("{name}={}", self.word()),
            };
            words.push(word);
            self.names.push(name);
        }
        format!("ARG {}", words.join(" "))
    }

    fn command(&mut self) -> String {
        match self.random.below(20) {
            0..=8 => self.json_list(1),
            9 => "[]".into(),
            10 if self.random.chance(50) => self.broken_json(),
            11 if self.random.chance(40) => String::new(),
            _ => self.shell_text(),
        }
    }

    fn path(&mut self) -> String {
        let fixed = [
            "/a", "/a/b", "/", "a", "b/c", "../c", ".", "..", "/a/../b", "/a//b/", "./d/", "/x y",
            "\"/q r\"", "'/s t'", "/a/./b", "é", "/a b/c",
        ];
        match self.random.below(10) {
            0..=6 => self.random.one(&fixed).into(),
            7 | 8 => format!("/v{}", self.variable()),
            _ => format!("{}w", self.variable()),
        }
    }

    fn user(&mut self) -> String {
        match self.random.below(8) {
            0..=5 => self
                .random
                .one(&["root", "1000", "1000:1000", "app:app", "nobody", "0", "a b", ":g"])
                .into(),
            6 => format!("u{}", self.variable()),
            _ => self.word() + "u",
        }
    }

    fn ports(&mut self) -> String {
        let count = self.random.between(1, 3);
        let all = [
            "80",
            "443/tcp",
            "53/udp",
            "9/sctp",
            "8000-8003",
            "7000-7001/udp",
            "80/TCP",
            "0",
            "65535",
            "1",
            "80/tcp",
            "5432",
            "\"90\"",
            "'91'",
        ];
        let words: Vec<String> = (0..count)
            .map(|_| match self.random.below(12) {
                0 => "${P:-81}".into(),
                1 => "$P".into(),
                2 if self.random.chance(40) => {
                    self.random.one(&["1:80", "127.0.0.1:1:80", "1-2:3-4"]).into()
                }
                _ => self.random.one(&all).to_owned(),
            })
            .collect();
        words.join(" ")
    }

    fn volumes(&mut self) -> String {
        match self.random.below(6) {
            0 | 1 => {
                format!("[\"/data\", \"/v{}\"]", self.random.one(&["", " w", "$A", "\\u00e9"]))
            }
            2 => format!("/data{}", self.variable()),
            3 => format!("/a /b {}", self.random.one(&["/c/", "d", "\"/e f\"", "/g,h"])),
            _ => self.random.one(&["/data", "/a /b", "/data/", "data", "/x/../y"]).into(),
        }
    }

    fn signal(&mut self) -> String {
        let all = [
            "SIGTERM",
            "TERM",
            "sigint",
            "Kill",
            "9",
            "15",
            "SIGRTMIN+3",
            "rtmax-1",
            "SIGQUIT",
            "\"SIGHUP\"",
            "'INT'",
            "+5",
            "-1",
            "999",
            "${S:-SIGUSR1}",
            "SIGWINCH",
        ];
        self.random.one(&all).into()
    }

    fn healthcheck(&mut self) -> String {
        let mut line = "HEALTHCHECK".to_owned();
        if self.random.chance(15) {
            return line + self.random.one(&[" NONE", " none", " None"]);
        }
        let durations = [
            "30s", "1m", "1h2m3s", "1.5s", "500ms", "1ms", "0", "0s", "1us1s", "2m0.5s", "+3s",
            ".5s", "1us1h", "1µs1h", "2é",
        ];
        for flag in ["interval", "timeout", "start-period", "start-interval"] {
            let known = flag != "start-interval" || self.engine != Generation::V20;
            if known && self.random.chance(30) {
                let value = self.random.one(&durations);
                line += &format!(" --{flag}={value}");
            }
        }
        if self.random.chance(30) {
            line += &format!(" --retries={}", self.random.one(&["3", "0", "1", "+4", "007"]));
        }
        let word = self.random.one(&["CMD", "CMD", "cmd", "Cmd"]);
        let command = if self.random.chance(50) { self.json_list(1) } else { self.shell_text() };
        format!("{line} {word} {command}")
    }

    fn shell(&mut self) -> String {
        match self.random.below(5) {
            0 => "[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]".into(),
            1 => "[\"/bin/sh\"]".into(),
            2 => "[\"powershell\", \"-command\"]".into(),
            3 => "[\"/bin/sh\", \"-x\", \"-c\"]".into(),
            _ => self.json_list(1),
        }
    }

    /// Files of the context, which are there unless `.dockerignore` takes them away.
    pub(super) fn copy(&mut self) -> String {
        let add = self.random.chance(30);
        let mut line = if add { "ADD".to_owned() } else { "COPY".to_owned() };
        if self.random.chance(15) {
            line += &format!(
                " --chown={}",
                self.random.one(&["1000:1000", "0", "1:2", "${U:-7}", "root", "1:é"])
            );
        }
        let is_new = self.engine != Generation::V20;
        if self.random.chance(10) && self.builder == Builder::BuildKit {
            line += &format!(" --chmod={}", self.random.one(&["755", "0644", "600"]));
        }
        if self.random.chance(15) && is_new {
            line += self.random.one(&[" --link", " --link=true", " --link=false"]);
        }
        let sources = self.random.one(&[
            "a.txt",
            "./b.txt",
            "dir/",
            "dir/c.txt",
            "*.txt",
            "a.txt b.txt",
            "dir",
            "?.txt",
            "/a.txt",
            "dir/sub",
            "dir/*.sh",
            "d*/c.txt",
            "dir/../b.txt",
            "with*",
            ".",
            "*",
            "dir a.txt",
            "nope.txt",
        ]);
        let target = self.random.one(&["/", "/x/", "./", "y/", "/z${V:+w}/", "\"/q r/\""]);
        let quoted = target.starts_with('"');
        if is_new && self.random.chance(25) {
            return self.heredoc(&line, target);
        }
        if quoted || self.random.chance(15) {
            let words: Vec<String> = sources.split(' ').map(|it| format!("\"{it}\"")).collect();
            return format!("{line} [{}, \"{}\"]", words.join(", "), target.trim_matches('"'));
        }
        if let Some(made) = self.made.last_mut()
            && sources == "a.txt"
            && target == "/x/"
        {
            made.push("/x/a.txt".into());
        }
        format!("{line} {sources} {target}")
    }

    fn heredoc(&mut self, line: &str, target: &str) -> String {
        let (open, close) = self.random.one(&[
            ("<<EOF", "EOF"),
            ("<<'EOF'", "EOF"),
            ("<<\"X\"", "X"),
            ("<<-END", "\tEND"),
            ("<<a.txt", "a.txt"),
        ]);
        let body = self.random.one(&[
            "hello\n",
            "",
            "$A ${B:-x}\n",
            "\ttab\n\n# no comment\n",
            "a \\\nb\n",
            "\"q\" 'r'\n",
        ]);
        let target = target.trim_matches('"').replace(' ', "");
        format!("{line} {open} {target}\n{body}{close}")
    }

    fn run(&mut self) -> String {
        match self.random.below(4) {
            0 => "RUN [\"/bin/true\", \"$A\"]".into(),
            1 => "RUN true  \"$A\" ${V}".into(),
            2 if self.engine != Generation::V20 => "RUN <<EOF\ntrue\n: $A\nEOF".into(),
            _ => "RUN true".into(),
        }
    }
}
