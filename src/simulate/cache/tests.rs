//! Which steps are taken from the cache was measured: each case was built twice with BuildKit in Docker 20.10, and a plus
//! stands where it said `CACHED`.

mod context;
mod instructions;

use std::sync::Arc;

use expect_test::Expect;

use super::{Snapshot, compare};
use crate::{
    image::{Config, Platform, Reference},
    order::Map,
    simulate::{
        BaseImage, Bases, Options, Step, StepKind, build,
        context::Context,
        files::tree::{Entry, Tree},
        layers::{Files, layers},
    },
    text::LineIndex,
};

/// An image whose files are known, and commands of the form `echo words > /file`.
struct Sh;

impl Bases for Sh {
    fn find(&self, _: &Reference, _: &Platform) -> Option<BaseImage> {
        Some(BaseImage::from(Config { env: vec!["PATH=/bin".to_owned()], ..Config::default() }))
    }
}

impl Files for Sh {
    fn image(&self, _: &Reference) -> Option<Arc<Tree>> {
        Some(Arc::default())
    }

    fn run(&self, step: &Step, _: &Tree) -> Option<Vec<(String, Option<Entry>)>> {
        let StepKind::Run(run) = &step.kind else { return None };
        let command = run.words.last()?;
        if command.contains("make") {
            return None;
        }
        let (words, path) = match command.rsplit_once(" > ") {
            Some((words, path)) => (words.rsplit_once("echo ")?.1, path),
            None => return Some(Vec::new()),
        };
        Some(vec![(path.to_owned(), Some(Entry::text(words)))])
    }
}

/// A build: the Dockerfile, the folder, the build arguments.
#[derive(Clone)]
struct Case {
    file: String,
    tree: Tree,
    args: Map<String>,
    no_cache: bool,
}

/// A build of `FROM sh` and a few lines, over a folder with four files.
fn case(lines: &str) -> Case {
    let mut tree = Tree::default();
    for (path, text) in [("a.txt", "aa"), ("b.txt", "bbb"), ("d/x", "x"), ("d/y/z", "zz")] {
        tree.insert(path, Entry::text(text));
    }
    let start =
        if lines.starts_with(['F', 'A']) && lines.contains("FROM") { "" } else { "FROM sh\n" };
    Case { file: format!("{start}{lines}"), tree, args: Map::new(), no_cache: false }
}

impl Case {
    fn file(mut self, path: &str, text: &str) -> Self {
        self.tree.insert(path, Entry::text(text));
        self
    }

    fn without(mut self, path: &str) -> Self {
        self.tree.remove(path);
        self
    }

    fn mode(mut self, path: &str, mode: u32) -> Self {
        let entry = self.tree.get(path).unwrap().clone();
        self.tree.insert(path, Entry { mode, ..entry });
        self
    }

    fn arg(mut self, name: &str, value: &str) -> Self {
        self.args.insert(name.to_owned(), value.to_owned());
        self
    }
}

/// The steps of the second build that make a layer: a plus for one from the cache, or why it is not.
#[track_caller]
fn check(before: &Case, after: &Case, expected: &Expect) {
    let contexts = [before, after].map(|it| {
        let mut tree = it.tree.clone();
        tree.insert("Dockerfile", Entry::text(&it.file));
        Context::new(tree).ignoring("Dockerfile").unwrap()
    });
    let builds = [before, after].map(|it| {
        let options = Options { build_args: &it.args, ..Options::new(&Sh) };
        build(&it.file, &options)
    });
    let [old, new] = [0, 1].map(|at| layers(&builds[at], &contexts[at], &Sh));
    assert_eq!(builds[1].errors, []);
    let snapshot = |at: usize, layers, no_cache| Snapshot {
        build: &builds[at],
        context: &contexts[at],
        files: &Sh,
        layers,
        no_cache,
    };
    let verdicts = compare(&snapshot(0, &old, before.no_cache), &snapshot(1, &new, after.no_cache));
    let mut text = String::new();
    for it in verdicts {
        let step = &builds[1].steps[it.step];
        if step.has_layer {
            let words = it.words(&builds[1], &LineIndex::new(&after.file));
            let mark = if it.hit { "+".to_owned() } else { "-".to_owned() };
            let words = if it.hit { String::new() } else { format!(": {words}") };
            text.push_str(&format!("{mark} {}{words}\n", step.text));
        }
    }
    expected.assert_eq(&text);
}
