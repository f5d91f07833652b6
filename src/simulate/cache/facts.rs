//! What the result of a step depends on.

use std::sync::Arc;

use crate::{
    ignore::{clean, has_wildcards},
    image::{Digest, Reference},
    simulate::{
        Base, Change, CopyOptions, CopyStep, Step, StepKind,
        cache::Snapshot,
        files::{
            self, Copying, Writer,
            tree::{Content, Entry, Node, Tree},
        },
        layers::stage_named,
    },
};

/// A variable that a `RUN` sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
    /// Whether it is a build argument.
    pub(super) is_arg: bool,
}

/// What one step depends on. Two steps with equal facts give the same layer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facts {
    /// What the step stands on; empty for a copy with `--link`, which stands on nothing.
    pub(super) parent: String,
    /// The instruction, as far as it counts.
    pub(super) words: String,
    /// The instruction as written: for readers.
    pub(super) text: String,
    /// Whether it is a base image.
    pub(super) is_base: bool,
    /// The variables that a command sees.
    pub(super) env: Arc<Vec<Variable>>,
    /// The working directory of a command.
    pub(super) working_dir: String,
    /// The user of a command, or the owner of a directory.
    pub(super) user: String,
    /// The files that go in.
    pub(super) files: Vec<File>,
    /// The stage that the files come from, if some of them are not known: then the stage's steps count.
    pub(super) unknown: Option<String>,
    /// All of this but the parent in one.
    pub(super) own: String,
    /// All of this in one.
    pub(super) key: String,
}

/// A file that goes into a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// Where it stands, as a reader says it.
    pub(super) path: String,
    /// Its name seen from the source: a source that moves is the same source.
    name: String,
    /// What is another text when the file is.
    pub(super) print: String,
}

/// What is known around a build while its steps are looked at.
pub trait Known {
    /// The files of the folder that is built.
    fn context(&self) -> Arc<Tree>;

    /// The number of a stage that `--from` names, and its files.
    fn stage(&self, name: &str) -> Option<(usize, Arc<Tree>)>;

    /// The files of an image; `None` if they are not known.
    fn image(&self, image: &Reference) -> Option<Arc<Tree>>;

    /// Something that is another one when an image is, such as its id.
    fn id(&self, image: &Reference) -> Option<String>;
}

/// The keys of a build's steps. It is given the steps in their order.
#[derive(Debug, Default)]
pub struct Keys {
    number: usize,
    stage: Stage,
    /// The ends of the stages so far, by number.
    ends: Vec<Option<Stage>>,
}

/// The facts of each step; `None` for a step that makes no layer.
pub(super) fn facts(snapshot: &Snapshot<'_>) -> Vec<Option<Facts>> {
    let mut keys = Keys::default();
    snapshot.build.steps.iter().map(|it| keys.facts(it, snapshot)).collect()
}

impl Known for Snapshot<'_> {
    fn context(&self) -> Arc<Tree> {
        self.context.shared()
    }

    fn stage(&self, name: &str) -> Option<(usize, Arc<Tree>)> {
        let stage = stage_named(self.build, name)?;
        let end = self.layers.trees.get(stage).and_then(Option::as_ref);
        Some((stage, end.cloned().unwrap_or_else(|| Arc::new(Tree::unknown()))))
    }

    fn image(&self, image: &Reference) -> Option<Arc<Tree>> {
        self.files.image(image)
    }

    fn id(&self, image: &Reference) -> Option<String> {
        self.files.id(image)
    }
}

/// A stage up to a step.
#[derive(Debug, Clone, Default)]
struct Stage {
    key: String,
    env: Arc<Vec<Variable>>,
    working_dir: String,
    user: String,
}

impl Keys {
    /// What the cache knows the next step by; `None` for a step that makes no layer.
    pub fn key(&mut self, step: &Step, known: &dyn Known) -> Option<String> {
        self.facts(step, known).map(|it| it.key)
    }

    fn end(&self, stage: usize) -> Option<&Stage> {
        self.ends.get(stage).and_then(Option::as_ref)
    }

    fn facts(&mut self, step: &Step, known: &dyn Known) -> Option<Facts> {
        if let StepKind::From { base } = &step.kind {
            let end = std::mem::take(&mut self.stage);
            self.ends.resize(self.ends.len().max(self.number + 1), None);
            if let Some(slot) = self.ends.get_mut(self.number) {
                *slot = Some(end);
            }
            self.number = step.stage;
            if let Base::Stage(below) = base {
                self.stage = self.end(*below).cloned().unwrap_or_default();
            }
        }
        self.change(&step.change);
        let mut facts = Facts {
            parent: self.stage.key.clone(),
            text: String::from(&step.text),
            ..Facts::default()
        };
        let mut is_linked = false;
        match &step.kind {
            StepKind::From { base: Base::Image(image) } => {
                facts.words = id(image, known);
                facts.is_base = true;
            }
            StepKind::Run(it) => {
                let flags = self.flags(&step.text, known, &mut facts);
                facts.words = format!("{:?}{flags}", it.argv());
                facts.env = Arc::clone(&self.stage.env);
                facts.working_dir = self.working_dir();
                facts.user.clone_from(&self.stage.user);
            }
            StepKind::Copy(it) => {
                let CopyStep { sources, destination, from, options } = &**it;
                let working_dir = &self.stage.working_dir;
                let copying =
                    Copying { sources, destination, options, working_dir, has_base: false };
                self.copied(&copying, from.as_deref(), known, &mut facts);
                is_linked = options.link && options.chmod.is_none();
            }
            StepKind::Workdir if self.working_dir() != "/" => {
                facts.words = format!("mkdir {}", self.working_dir());
                facts.user.clone_from(&self.stage.user);
            }
            StepKind::From { .. } | StepKind::Workdir | StepKind::Metadata => return None,
        }
        facts.own = own(&facts);
        let on =
            |parent: &str| Digest::of(format!("{parent}\n{}", facts.own).as_bytes()).to_string();
        self.stage.key = on(&facts.parent);
        facts.key = if is_linked { on("") } else { self.stage.key.clone() };
        if is_linked {
            facts.parent.clear();
        }
        Some(facts)
    }

    fn change(&mut self, change: &Change) {
        let stage = &mut self.stage;
        match change {
            Change::Base(config) => {
                stage.env = Arc::default();
                stage.working_dir.clone_from(&config.working_dir);
                stage.user.clone_from(&config.user);
                for (name, value) in config.env.iter().filter_map(|it| it.split_once('=')) {
                    set(&mut stage.env, name, value, false);
                }
            }
            Change::Env(pairs) => {
                for (name, value) in &**pairs {
                    set(&mut stage.env, name, value, false);
                }
            }
            Change::Args(pairs) => {
                for (name, value) in &**pairs {
                    if let Some(value) = value {
                        set(&mut stage.env, name, value, true);
                    }
                }
            }
            Change::WorkingDir(it) => it.as_str().clone_into(&mut stage.working_dir),
            Change::User(it) => it.as_str().clone_into(&mut stage.user),
            _ => (),
        }
    }

    fn working_dir(&self) -> String {
        clean(&format!("/{}", self.stage.working_dir))
    }

    /// The files that `--from` names, and what stands for them if they are not known.
    fn tree(&self, from: Option<&str>, known: &dyn Known) -> (Arc<Tree>, String) {
        let Some(from) = from else { return (known.context(), String::new()) };
        if let Some((stage, tree)) = known.stage(from) {
            return (tree, self.end(stage).map(|it| it.key.clone()).unwrap_or_default());
        }
        let image = from.parse::<Reference>().ok();
        let tree = image.as_ref().and_then(|it| known.image(it));
        let id = image.map(|it| id(&it, known)).unwrap_or_default();
        (tree.unwrap_or_else(|| Arc::new(Tree::unknown())), id)
    }

    fn copied(
        &self,
        copying: &Copying<'_>,
        from: Option<&str>,
        known: &dyn Known,
        facts: &mut Facts,
    ) {
        let options = copying.options;
        let CopyOptions { add, chown, chmod, parents, link, exclude, unpack, documents } = options;
        facts.words = format!(
            "copy {} {chown:?} {chmod:?} {parents} {link} {exclude:?} {} {documents:?}",
            files::destination(copying.working_dir, copying.destination),
            unpack.unwrap_or(*add),
        );
        let (tree, id) = self.tree(from, known);
        for source in copying.paths() {
            let name = match files::pivot(source) {
                (_, pattern) if *parents => pattern,
                _ => base_name(source).to_owned(),
            };
            facts.words.push_str(&format!(" {name}"));
            if files::is_remote(source) {
                facts.words.push_str(source);
            } else if !read(&tree, source, options, &mut facts.files) {
                facts.unknown(source, from, id.clone());
            }
        }
    }

    /// The flags of a `RUN`, without what does not count; files of mounts are added to the facts.
    fn flags(&self, text: &str, known: &dyn Known, facts: &mut Facts) -> String {
        let mut flags = String::new();
        let words = text.split_whitespace().skip(1).take_while(|it| it.starts_with("--"));
        for word in words {
            flags.push(' ');
            let Some(mount) = word.strip_prefix("--mount=") else {
                flags.push_str(word);
                continue;
            };
            let get = |names: &[&str]| {
                let pairs = mount.split(',').filter_map(|it| it.split_once('='));
                pairs.filter(|it| names.contains(&it.0)).map(|it| it.1).next_back()
            };
            let target = get(&["target", "dst", "destination"]);
            match get(&["type"]).unwrap_or("bind") {
                "bind" => {
                    let from = get(&["from"]);
                    let source = get(&["source", "src"]).unwrap_or("/");
                    let (tree, id) = self.tree(from, known);
                    let options = CopyOptions::default();
                    if !read(&tree, source, &options, &mut facts.files) {
                        facts.unknown(source, from, id);
                    }
                    let rest = mount.split(',').filter(|it| {
                        !["from=", "source=", "src="].iter().any(|name| it.starts_with(name))
                    });
                    flags.extend(rest);
                }
                // An id of one's own does not count, but that there is one.
                "cache" => {
                    let is_usual = get(&["id"]).is_none_or(|it| Some(it) == target)
                        && get(&["sharing"]).is_none_or(|it| it == "shared");
                    let rest = mount
                        .split(',')
                        .filter(|it| !it.starts_with("id=") && !it.starts_with("sharing="));
                    flags.extend(rest);
                    flags.push_str(if is_usual { "" } else { "!" });
                }
                _ => flags.push_str(mount),
            }
        }
        flags
    }
}

/// Lists what a source means. Gives whether all of it is known.
fn read(tree: &Tree, source: &str, options: &CopyOptions, found: &mut Vec<File>) -> bool {
    let options = CopyOptions {
        parents: options.parents,
        exclude: options.exclude.clone(),
        ..CopyOptions::default()
    };
    let start = if options.parents { files::pivot(source).0 } else { source.to_owned() };
    let mut writer = Writer::default();
    let copying = Copying {
        sources: &[source.into()],
        destination: "/0/",
        options: &options,
        working_dir: "/",
        has_base: false,
    };
    if files::copy(&mut writer, tree, &copying).is_err() || writer.unknown {
        return false;
    }
    // Where the files stand, as a reader says it.
    let start = start.trim_start_matches("./").trim_matches('/');
    let is_file = tree.follow(&format!("/{start}")).is_some_and(|it| !it.1.is_directory());
    let above = if is_file || has_wildcards(start) {
        start.rsplit_once('/').map_or("", |it| it.0)
    } else {
        start
    };
    let mut is_known = true;
    for (path, entry) in writer.tree.below("/0") {
        let name = path.get("/0/".len()..).unwrap_or_default();
        let path = clean(&format!("{above}/{name}")).trim_start_matches('/').to_owned();
        match print(entry) {
            Some(print) => found.push(File { path, name: name.to_owned(), print }),
            None => is_known = false,
        }
    }
    is_known
}

fn id(image: &Reference, known: &dyn Known) -> String {
    known.id(image).unwrap_or_else(|| image.clone().with_default_tag().to_string())
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').find(|it| !matches!(*it, "" | ".")).unwrap_or("/")
}

/// Sets a variable; one that is set again goes to the end.
fn set(env: &mut Arc<Vec<Variable>>, name: &str, value: &str, is_arg: bool) {
    let env = Arc::make_mut(env);
    env.retain(|it| it.name != name);
    env.push(Variable { name: name.to_owned(), value: value.to_owned(), is_arg });
}

/// What is another text when a file is: the time does not count, permissions and owner do.
fn print(entry: &Entry) -> Option<String> {
    let Entry { node, mode, owner } = entry;
    let content = match node {
        Node::Directory => "directory".to_owned(),
        Node::Link(to) => format!("-> {to}"),
        Node::File(Content::Bytes(bytes)) => Digest::of(bytes).to_string(),
        Node::File(Content::Size(size, mark)) => format!("{size} {mark}"),
        Node::File(Content::Unknown) => return None,
    };
    Some(format!("{mode:o} {}:{} {content}", owner.uid, owner.gid))
}

fn own(facts: &Facts) -> String {
    let Facts { words, env, working_dir, user, files, .. } = facts;
    let mut text = format!("{words:?}\n{working_dir:?} {user:?}");
    for it in env.iter() {
        text.push_str(&format!("\n{:?}={:?}", it.name, it.value));
    }
    for it in files {
        text.push_str(&format!("\n{:?} {}", it.name, it.print));
    }
    Digest::of(text.as_bytes()).to_string()
}

impl Facts {
    /// Files that are not known: what they come from stands for them.
    fn unknown(&mut self, source: &str, from: Option<&str>, id: String) {
        self.unknown = from.map(str::to_owned);
        self.files.push(File { path: source.to_owned(), name: String::new(), print: id });
    }
}
