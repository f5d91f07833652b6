//! The layers that a build makes: which files each step adds, changes and takes away, and what they weigh.

use std::{borrow::Cow, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    image::Reference,
    order,
    simulate::{
        Base, Bases, Build, Change, CopyStep, Options, Step, StepKind,
        context::Context,
        files::{
            self, Copying, FileChange, FileError, Writer,
            tree::{Entry, Node, Tree},
        },
    },
    syntax::{BUILD, keyword::nearest},
};

/// A build changes no more files than this.
const MAX_CHANGES: usize = 2_000_000;

/// Directories of images whose files are not known.
const USUAL: &str = "bin boot dev etc home lib media mnt opt proc root run sbin srv sys tmp usr usr/bin usr/lib \
     usr/local usr/local/bin usr/sbin usr/share var var/lib var/log";

/// Something that knows files which a Dockerfile does not tell.
pub trait Files {
    /// The files of an image, or `None` if they are not known.
    fn image(&self, _image: &Reference) -> Option<Arc<Tree>> {
        None
    }

    /// Something that is another one when the image is, such as its id. `None` if it is not known.
    fn id(&self, _image: &Reference) -> Option<String> {
        None
    }

    /// What a `RUN` does to the files: paths, and what is there afterwards. `None` if that is not known.
    fn run(&self, _step: &Step, _files: &Tree) -> Option<Vec<(String, Option<Entry>)>> {
        None
    }
}

/// Knows no files.
impl Files for () {}

/// The layers of a build.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layers {
    /// One for each step, in the order of the steps.
    pub list: Vec<Layer>,
    /// The files at the end of each stage that was built, by the number of the stage.
    pub trees: Vec<Option<Arc<Tree>>>,
    /// Why files cannot be copied.
    pub errors: Vec<Diagnostic>,
}

/// What one step adds to the image.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layer {
    /// Whether there is a layer at all.
    pub exists: bool,
    /// The files that it adds, changes and takes away, by path.
    pub changes: Vec<FileChange>,
    /// The bytes of its files; `None` if not all are known.
    pub size: Option<u64>,
    /// Bytes of layers below that it hides: they stay in the image, and nobody sees them.
    pub waste: u64,
}

/// Finds the layers of a build.
pub fn layers(build: &Build, context: &Context, files: &dyn Files) -> Layers {
    let mut maker =
        Maker { build, context, files, stage: Stage::default(), ends: Vec::new(), changes: 0 };
    let mut layers = Layers::default();
    maker.ends.resize(build.stages.len(), None);
    let mut current = None;
    for step in &build.steps {
        if current.is_some_and(|it| it != step.stage) {
            maker.keep(current);
        }
        current = Some(step.stage);
        let (layer, error) = maker.step(step);
        layers.list.push(layer);
        layers.errors.extend(error);
        if maker.changes > MAX_CHANGES {
            let message = "the build is too large to simulate";
            let error = Diagnostic { code: BUILD, ..Diagnostic::error(step.span, message) };
            layers.errors.push(error);
            break;
        }
    }
    maker.keep(current);
    layers.trees = maker.ends.into_iter().map(|it| it.map(|it| it.tree)).collect();
    layers
}

/// Adds what is wrong with the files to the errors of a build, after all others: BuildKit looks at files last.
pub(super) fn check(build: &mut Build, options: &Options<'_>) {
    if let Some(context) = options.context.filter(|_| !options.check) {
        let errors = layers(build, context, &OfBases(options.bases)).errors;
        build.errors.extend(errors);
    }
}

/// The files of base images alone.
pub(super) struct OfBases<'b>(pub(super) &'b dyn Bases);

impl Files for OfBases<'_> {
    fn image(&self, image: &Reference) -> Option<Arc<Tree>> {
        self.0.files(image)
    }
}

/// A stage while its steps are looked at.
#[derive(Debug, Clone, Default)]
struct Stage {
    tree: Arc<Tree>,
    working_dir: String,
    user: String,
    /// Whether it stands on something: an image, or a layer.
    has_base: bool,
}

struct Maker<'m> {
    build: &'m Build,
    context: &'m Context,
    files: &'m dyn Files,
    stage: Stage,
    ends: Vec<Option<Stage>>,
    changes: usize,
}

impl Maker<'_> {
    fn keep(&mut self, stage: Option<usize>) {
        if let Some(slot) = stage.and_then(|it| self.ends.get_mut(it)) {
            *slot = Some(self.stage.clone());
        }
    }

    fn step(&mut self, step: &Step) -> (Layer, Option<Diagnostic>) {
        if let StepKind::From { base } = &step.kind {
            self.stage = self.start(base);
        }
        match &step.change {
            Change::Base(config) => {
                self.stage.working_dir.clone_from(&config.working_dir);
                self.stage.user.clone_from(&config.user);
            }
            Change::WorkingDir(it) => it.as_str().clone_into(&mut self.stage.working_dir),
            Change::User(it) => it.as_str().clone_into(&mut self.stage.user),
            _ => (),
        }
        if matches!(step.kind, StepKind::From { .. } | StepKind::Metadata) {
            return (Layer { exists: step.has_layer, size: Some(0), ..Layer::default() }, None);
        }
        let tree = std::mem::take(&mut self.stage.tree);
        if Arc::strong_count(&tree) > 1 {
            self.changes += tree.len();
        }
        let mut writer = Writer::new(Arc::unwrap_or_clone(tree));
        let mut error = None;
        match &step.kind {
            StepKind::From { .. } | StepKind::Metadata => (),
            StepKind::Workdir => {
                let has_base = self.stage.has_base;
                // `/` is not made, so nobody is to own it.
                let owner = match self.stage.user.as_str() {
                    _ if !step.has_layer => Ok(files::tree::Owner::default()),
                    "" => Ok(files::tree::Owner::default()),
                    user => files::owner(user, &writer.tree, has_base),
                };
                let made = owner.and_then(|it| {
                    files::make_directory(&mut writer, &format!("/{}", self.stage.working_dir), it)
                });
                error = made.err().map(|it| wrong(step, &it, usual_help(&it).into()));
            }
            StepKind::Run { .. } => match self.files.run(step, &writer.tree) {
                Some(changes) => {
                    for (path, entry) in changes {
                        match entry {
                            Some(entry) => writer.put(&path, entry),
                            None => writer.remove(&path),
                        }
                    }
                }
                None => {
                    writer.unknown = true;
                    writer.tree.open = true;
                }
            },
            StepKind::Copy(it) => {
                let CopyStep { sources, destination, from, options } = &**it;
                let copying = Copying {
                    sources,
                    destination,
                    options,
                    working_dir: &self.stage.working_dir,
                    has_base: self.stage.has_base,
                };
                let source = self.source(from.as_deref());
                let copied = files::copy(&mut writer, &source, &copying);
                if let Err(it) = copied {
                    let help = self.help(&it, &source, from.as_deref());
                    error = Some(wrong(step, &it, help));
                    // What would have been copied is not missed again.
                    writer.tree.open = true;
                    writer.unknown = true;
                }
            }
        }
        let unknown = writer.unknown;
        let (tree, changes) = writer.finish();
        self.stage.tree = Arc::new(tree);
        self.stage.has_base |= step.has_layer;
        self.changes += changes.len();
        let size = changes.iter().filter_map(|it| it.after.as_ref()).map(Entry::size).sum();
        let waste = changes.iter().filter_map(|it| it.before.as_ref()?.size()).sum();
        let size = if unknown { None } else { size };
        (Layer { exists: step.has_layer, changes, size, waste }, error)
    }

    fn start(&self, base: &Base) -> Stage {
        match base {
            Base::Scratch => Stage::default(),
            Base::Stage(below) => self.ends.get(*below).cloned().flatten().unwrap_or_default(),
            Base::Image(image) => {
                let tree = self.files.image(image).unwrap_or_else(|| Arc::new(usual()));
                // An image without a layer is as nothing.
                let has_base = tree.open || !tree.is_empty();
                Stage { tree, has_base, ..Stage::default() }
            }
        }
    }

    /// The files that an instruction copies from.
    fn source(&self, from: Option<&str>) -> Arc<Tree> {
        let Some(from) = from else { return self.context.shared() };
        let found = match stage_named(self.build, from) {
            // One that comes later is an error that is told already.
            Some(stage) => {
                self.ends.get(stage).and_then(Option::as_ref).map(|it| Arc::clone(&it.tree))
            }
            None => from.parse::<Reference>().ok().and_then(|it| self.files.image(&it)),
        };
        found.unwrap_or_else(|| Arc::new(Tree::unknown()))
    }

    fn help(&self, error: &FileError, tree: &Tree, from: Option<&str>) -> Cow<'static, str> {
        let (FileError::NotFound(path) | FileError::NoDirectory(path)) = error else {
            return usual_help(error).into();
        };
        let path = path.trim_start_matches('/');
        if from.is_none() && self.context.is_ignored(path) {
            let name = self.context.ignore_file().map_or(".dockerignore", |it| it.0);
            return format!("The file is there, but {name} takes it away.").into();
        }
        if let Some(Entry { node: Node::Link(target), .. }) = tree.get(path) {
            return format!("It is a symbolic link to {target}, which is not there.").into();
        }
        let names: Vec<String> =
            tree.iter().map(|it| it.0.trim_start_matches('/').to_owned()).collect();
        let file = path.rsplit('/').next();
        let same = names.iter().find(|it| it.rsplit('/').next() == file).map(String::as_str);
        if let Some(near) = same.or_else(|| nearest(path, names.iter().map(String::as_str))) {
            return format!("Did you mean {near}?").into();
        }
        match from {
            None => usual_help(error).into(),
            Some(from) => format!("Look at what {from} has at its end.").into(),
        }
    }
}

/// The stage that `--from` means: its name, or its number.
pub(super) fn stage_named(build: &Build, from: &str) -> Option<usize> {
    let number = from.parse::<usize>().ok().filter(|it| *it < build.stages.len());
    let is_it =
        |name: &Option<String>| name.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(from));
    number.or_else(|| build.stages.iter().rposition(|it| is_it(&it.name)))
}

/// The files of an image that is not known.
fn usual() -> Tree {
    let mut tree = Tree::unknown();
    for path in USUAL.split_whitespace() {
        tree.insert(path, Entry::directory());
    }
    tree
}

fn wrong(step: &Step, error: &FileError, help: Cow<'static, str>) -> Diagnostic {
    let error = Diagnostic::error(step.span, error.to_string());
    Diagnostic { code: BUILD, ..error.with_help(help) }
}

/// What to do, if no more is known.
const fn usual_help(error: &FileError) -> &'static str {
    match error {
        FileError::NotFound(_) | FileError::NoDirectory(_) => {
            "Paths are seen from the folder that is built."
        }
        FileError::Pattern | FileError::Filter(..) => "Close the bracket, or write \\[ for one.",
        FileError::NotADirectory(_) | FileError::OntoFile(_) => {
            "A file has this name already. Copy to another path."
        }
        FileError::OntoDirectory(_) => "A directory has this name already. End the path with /.",
        FileError::Links => "Copy what the links lead to.",
        FileError::TooLong(_) => "Shorten the path.",
        FileError::NoPasswd => "Write the number of the user: this image has no list of names.",
    }
}

impl Layers {
    /// The bytes that layers hide of layers below them, in the image that the target gives.
    pub fn waste(&self, build: &Build) -> u64 {
        let in_image = build.chain();
        let layers = build.steps.iter().zip(&self.list);
        layers.filter(|it| in_image.contains(&it.0.stage)).map(|it| it.1.waste).sum()
    }

    /// Files of the image that a layer has and a later one hides, by path: the bytes, the step that wrote the file if it
    /// is not the base image's, and the step that hides it.
    pub fn hidden(&self, build: &Build) -> Vec<Hidden> {
        let in_image = build.chain();
        let mut events: Vec<(usize, &FileChange)> = Vec::new();
        for (at, (step, layer)) in build.steps.iter().zip(&self.list).enumerate() {
            if in_image.contains(&step.stage) {
                events.extend(layer.changes.iter().map(|it| (at, it)));
            }
        }
        order::sort_by(&mut events, |a, b| a.1.path.cmp(&b.1.path));
        let mut hidden = Vec::new();
        let mut last: Option<(usize, &FileChange)> = None;
        for (at, change) in events {
            let earlier = last.filter(|it| it.1.path == change.path);
            last = Some((at, change));
            let before = change.before.as_ref().filter(|it| !it.is_directory());
            let Some(bytes) = before.and_then(Entry::size).filter(|it| *it > 0) else { continue };
            let path = change.path.clone();
            let (written, replaced) = (earlier.map(|it| it.0), change.after.is_some());
            hidden.push(Hidden { path, bytes, written, hidden: at, replaced });
        }
        hidden
    }
}

/// A file that stays in an image although nobody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// The absolute path.
    pub path: String,
    /// The bytes that it takes.
    pub bytes: u64,
    /// The step that wrote it; `None` if it comes with the base image.
    pub written: Option<usize>,
    /// The step that writes another file there, or takes it away.
    pub hidden: usize,
    /// Whether another file stands in its place.
    pub replaced: bool,
}
