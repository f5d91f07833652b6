//! Dockerfiles by chance: most are right, and odd in every way that the language allows; some are wrong in one place.

mod instructions;
mod layout;
mod stages;
mod words;
mod wrong;

use super::{
    case::{Builder, Case},
    random::Random,
    runs,
};
use crate::engine::Generation;

/// Writes the Dockerfile of one case.
pub(super) struct Grammar {
    random: Random,
    builder: Builder,
    engine: Generation,
    /// `\`, or a backtick if a directive says so.
    escape: char,
    /// Names that are set where we write, so that most `$name` find something.
    names: Vec<String>,
    /// The names of the stages above; empty for one without a name.
    stages: Vec<String>,
    /// The files that the stage has for sure, for a later `COPY --from`.
    made: Vec<Vec<String>>,
    /// Whether the stage stands on an image with a shell.
    has_shell: bool,
}

/// Case `number` of the run with `seed`.
pub(super) fn case(seed: u64, number: u64, builder: Builder, engine: Generation) -> Case {
    let mut grammar = Grammar {
        random: Random::new(seed, number),
        builder,
        engine,
        escape: '\\',
        names: Vec::new(),
        stages: Vec::new(),
        made: Vec::new(),
        has_shell: false,
    };
    grammar.case(number)
}

impl Grammar {
    fn case(&mut self, number: u64) -> Case {
        let mut case = Case::new(number, self.builder, self.engine);
        if self.builder == Builder::Run {
            runs::ask(&mut case, &mut self.random);
            return case;
        }
        if self.builder == Builder::Import {
            self.names = vec!["PATH".into(), "A".into()];
            case.base = self.base();
            let count = self.random.between(1, 5);
            for _ in 0..count {
                let line = self.change();
                case.changes.push(line);
            }
            return case;
        }
        for name in ["A", "B", "V", "UNUSED"] {
            if self.random.chance(12) {
                let value = self.plain_value();
                case.build_args.insert(name.into(), value);
            }
        }
        if self.builder == Builder::BuildKit && self.random.chance(3) {
            let name = self.random.one(&["TARGETARCH", "TARGETOS", "BUILDPLATFORM", "http_proxy"]);
            case.build_args.insert(name.into(), "given".into());
        }
        for name in ["k", "who"] {
            if self.random.chance(6) {
                let value = self.plain_value();
                case.labels.insert(name.into(), value);
            }
        }
        let lines = self.file();
        if self.stages.len() > 1 && self.random.chance(15) {
            case.target = self.stages.iter().find(|it| !it.is_empty()).cloned();
        }
        case.text = self.lay_out(&lines);
        let copies = lines.iter().any(|it| it.starts_with("COPY") || it.starts_with("ADD"));
        // Builds of a folder on disk take the client's time.
        let often = if self.builder == Builder::Classic { 40 } else { 8 };
        if copies && self.random.chance(often) {
            case.ignore = Some(self.ignore());
        } else if self.random.chance(9) {
            self.spoil(&mut case);
        }
        case
    }

    /// A `.dockerignore`.
    fn ignore(&mut self) -> String {
        let lines = [
            "*.txt",
            "a.txt",
            "/b.txt",
            "dir",
            "dir/",
            "dir/sub",
            "*/*.sh",
            "**/*.txt",
            "**",
            "*",
            "!a.txt",
            "!dir",
            "!dir/c.txt",
            "!**/d.sh",
            "# comment",
            "",
            "  b.txt  ",
            "?.txt",
            "./a.txt",
            "dir/../a.txt",
            "[ab].txt",
            "with*",
            "Dockerfile",
            ".dockerignore",
            "**/sub",
            "!dir/sub/**",
            "*.TXT",
        ];
        (0..self.random.between(1, 4)).map(|_| self.random.one(&lines).to_owned() + "\n").collect()
    }
}
