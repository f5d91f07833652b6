//! Whole files: directives, global arguments, stages that stand on each other.

use super::Grammar;
use crate::{
    differential::{bases, case::Builder},
    engine::Generation,
};

impl Grammar {
    /// The instructions of a file, one in each text; a directive is the first.
    pub(super) fn file(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.random.chance(6) {
            self.escape = '`';
            lines.push(
                self.random
                    .one(&["# escape=`", "#escape=`", "# ESCAPE = `", "#  escape =` "])
                    .to_owned(),
            );
        } else if self.random.chance(3) {
            lines.push("# escape=\\".into());
        }
        let mut globals = Vec::new();
        if self.random.chance(30) {
            for _ in 0..self.random.between(1, 3) {
                let line = self.arg();
                lines.push(line);
            }
            globals = std::mem::take(&mut self.names);
        }
        let image_arg = self.random.chance(15);
        if image_arg {
            lines.push(format!("ARG IMAGE={}", self.base()));
        }
        let count = self.random.weighted(&[(60, 1), (25, 2), (10, 3), (5, 4)]).unwrap_or(1);
        for at in 0..count {
            self.names = vec!["PATH".into()];
            let from = self.from(at, image_arg);
            lines.push(from);
            if !globals.is_empty() && self.random.chance(40) {
                lines.push(format!("ARG {}", self.random.one(&globals)));
                self.names.extend(globals.iter().cloned());
            }
            let length = self.random.between(0, if count > 1 { 4 } else { 9 });
            for _ in 0..length {
                let line = self.instruction();
                lines.push(line);
            }
            if let Some(line) = self.copy_from(at) {
                lines.push(line);
            }
        }
        lines
    }

    /// A base image, as its name stands in a `FROM`.
    pub(super) fn base(&mut self) -> String {
        let names = bases::names();
        self.random.one(&names)
    }

    fn from(&mut self, at: usize, image_arg: bool) -> String {
        let named: Vec<String> = self.stages.iter().filter(|it| !it.is_empty()).cloned().collect();
        let mut image = match self.random.below(10) {
            0 | 1 => "scratch".to_owned(),
            2..=4 if !named.is_empty() => self.random.one(&named),
            5 if image_arg => self
                .random
                .one(&["$IMAGE", "${IMAGE}", "${IMAGE:-scratch}", "\"${IMAGE}\""])
                .to_owned(),
            _ => self.base(),
        };
        if self.random.chance(3) {
            image = format!("docker.io/library/{image}");
            if image.ends_with("/scratch") || named.iter().any(|it| image.ends_with(it.as_str())) {
                image = self.base();
            }
        }
        self.has_shell = image.starts_with("base:");
        let mut line = "FROM ".to_owned();
        if self.builder == Builder::BuildKit && self.random.chance(4) {
            line += self.random.one(&[
                "--platform=linux/amd64 ",
                "--platform=$BUILDPLATFORM ",
                "--platform=$TARGETPLATFORM ",
            ]);
        }
        line += &image;
        let mut name = String::new();
        if at == 0 && self.random.chance(50) || self.random.chance(35) {
            name = format!("{}{at}", self.random.one(&["a", "build", "s-", "x_", "y."]));
            let shown = if self.random.chance(15) { name.to_uppercase() } else { name.clone() };
            line += &format!(" {} {shown}", self.random.one(&["AS", "as", "As"]));
        }
        self.stages.push(name);
        self.made.push(Vec::new());
        line
    }

    /// Copies a file that an earlier stage has for sure.
    fn copy_from(&mut self, at: usize) -> Option<String> {
        if !self.random.chance(60) {
            return None;
        }
        let (from, files) = self.made.iter().enumerate().take(at).find(|it| !it.1.is_empty())?;
        let file = files.first()?.clone();
        let name = self.stages.get(from).filter(|it| !it.is_empty()).cloned();
        let name = name.unwrap_or_else(|| from.to_string());
        let link =
            if self.engine != Generation::V20 && self.random.chance(20) { "--link " } else { "" };
        Some(format!("COPY --from={name} {link}{file} /from-{from}/"))
    }
}
