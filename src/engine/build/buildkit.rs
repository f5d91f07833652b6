//! What BuildKit prints: the last frame of its display, or the plain log.

use super::{
    Plan, is_numbered,
    steps::{Failure, Report},
};
use crate::{
    engine::{ChunkKind, Output, print::units},
    image::Reference,
    simulate::{
        Base, Step, StepKind,
        files::{self, tree::Tree},
    },
    text::LineIndex,
};

/// The width of the display.
const WIDTH: usize = 88;

/// One line of the display: a step and how long it took.
struct Vertex {
    title: String,
    details: Vec<String>,
    log: String,
    cached: bool,
    time: i64,
    failed: bool,
}

impl Vertex {
    fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            details: Vec::new(),
            log: String::new(),
            cached: false,
            time: 0,
            failed: false,
        }
    }

    fn with(mut self, detail: String) -> Self {
        self.details.push(detail);
        self
    }
}

/// A Dockerfile that cannot be built.
pub(super) fn refused(plan: &Plan, text: &str, line: u32) -> Output {
    let mut failed = Vertex::new("[internal] load build definition from Dockerfile")
        .with(format!("transferring dockerfile: {}", size(&plan.source)));
    failed.failed = true;
    let display = frame(&[failed]);
    Output::ok(display)
        .err(format!(
            "{}ERROR: failed to build: failed to solve: {text}\n",
            excerpt(plan, line, line)
        ))
        .exit(1)
}

/// The whole build.
pub(super) fn print(plan: &Plan, steps: &[Step], report: &Report, is_plain: bool) -> Output {
    let mut vertices = vec![
        Vertex::new(format!("[internal] load build definition from {}", plan.path))
            .with(format!("transferring dockerfile: {}", size(&plan.source))),
    ];
    for step in steps {
        if let StepKind::From { base: Base::Image(image) } = &step.kind {
            let name = Reference::clone(image).with_default_tag();
            vertices.push(Vertex::new(format!("[internal] load metadata for {name}")));
        }
    }
    // Even a file that is not there takes two bytes to say so.
    let ignore_size = u64::try_from(plan.ignore_size.unwrap_or(2)).unwrap_or_default();
    vertices.push(
        Vertex::new("[internal] load .dockerignore")
            .with(format!("transferring context: {}", units::size(ignore_size))),
    );
    if steps.iter().any(|it| matches!(&it.kind, StepKind::Copy(it) if it.from.is_none())) {
        // Even nothing takes two bytes to say so.
        let size = units::size(transferred(plan, steps).max(2));
        vertices.push(
            Vertex::new("[internal] load build context")
                .with(format!("transferring context: {size}")),
        );
    }
    let total = steps.iter().filter(|it| is_numbered(it)).count();
    let mut number = 0;
    let mut notes = Output::default();
    for (at, (step, done)) in steps.iter().zip(&report.done).enumerate() {
        for chunk in done.output.chunks.iter().filter(|it| it.kind == ChunkKind::Note) {
            notes = notes.note(chunk.text.clone());
        }
        if !is_numbered(step) {
            continue;
        }
        number += 1;
        let failed = report.failure.is_some() && at + 1 == report.done.len();
        let title = title(step);
        vertices.push(Vertex {
            title: format!("[{number}/{total}] {title}"),
            details: Vec::new(),
            log: done.output.text(ChunkKind::Stdout) + &done.output.text(ChunkKind::Stderr),
            cached: done.cached,
            time: done.time,
            failed,
        });
    }
    if let Some(failure) = &report.failure {
        let step = report.done.len().checked_sub(1).and_then(|it| steps.get(it));
        let display = if is_plain { plain(&vertices) } else { frame(&vertices) };
        let tail = failed(plan, step, failure, vertices.last());
        return Output::ok(display).err(tail).then(notes).exit(1);
    }
    let mut export = Vertex::new("exporting to image")
        .with("exporting layers".to_owned())
        .with(format!("writing image {}", report.id));
    for tag in &plan.tags {
        export = export.with(format!("naming to {tag}"));
    }
    vertices.push(export);
    Output::ok(if is_plain { plain(&vertices) } else { frame(&vertices) }).then(notes)
}

/// The bytes of the files that the steps copy from the context: BuildKit asks for no others.
fn transferred(plan: &Plan, steps: &[Step]) -> u64 {
    let tree = &plan.context;
    let mut wanted = Tree::default();
    for step in steps {
        let StepKind::Copy(copy) = &step.kind else { continue };
        for source in copy.sources.iter().filter(|_| copy.from.is_none()) {
            for path in files::sources(tree, source).unwrap_or_default() {
                let Some(path) = tree.resolve(&path) else { continue };
                for (path, entry) in tree.below(&path) {
                    wanted.insert(&path, entry.clone());
                }
                if let Some(entry) = tree.get(&path) {
                    wanted.insert(&path, entry.clone());
                }
            }
        }
    }
    wanted.iter().filter_map(|it| it.1.size()).sum()
}

fn title(step: &Step) -> String {
    match &step.kind {
        StepKind::From { base: Base::Image(image) } => {
            format!("FROM {}", Reference::clone(image).with_default_tag())
        }
        _ => String::from(&step.text),
    }
}

fn size(text: &str) -> String {
    units::size(u64::try_from(text.len()).unwrap_or_default())
}

/// The last frame of the display on a terminal.
fn frame(vertices: &[Vertex]) -> String {
    let seconds: i64 = vertices.iter().map(|it| it.time).sum();
    let failed = vertices.iter().any(|it| it.failed);
    let finished = if failed { vertices.len() - 1 } else { vertices.len() };
    let end = if failed { "" } else { " FINISHED" };
    let head = format!("[+] Building {seconds}.4s ({finished}/{}){end}", vertices.len());
    let mut text = line(&head, "docker:default");
    for vertex in vertices {
        let mark = match (vertex.failed, vertex.cached) {
            (true, _) => "ERROR ",
            (false, true) => "CACHED ",
            (false, false) => "",
        };
        let time = format!("{}.{}s", vertex.time, if vertex.time > 0 { 2 } else { 0 });
        text.push_str(&line(&format!(" => {mark}{}", vertex.title), &time));
        for detail in &vertex.details {
            text.push_str(&line(&format!(" => => {detail}"), "0.0s"));
        }
    }
    text
}

/// A text and what stands at the right; a long text is cut.
fn line(left: &str, right: &str) -> String {
    let room = WIDTH.saturating_sub(right.chars().count() + 2);
    let left: String =
        left.chars().map(|it| if it == '\t' { ' ' } else { it }).take(room).collect();
    format!("{left:room$}  {right}\n")
}

/// The log of `--progress=plain`.
fn plain(vertices: &[Vertex]) -> String {
    let mut text = "#0 building with \"default\" instance using docker driver\n\n".to_owned();
    for (at, vertex) in vertices.iter().enumerate() {
        let number = at + 1;
        text.push_str(&format!("#{number} {}\n", vertex.title));
        for detail in &vertex.details {
            text.push_str(&format!("#{number} {detail} done\n"));
        }
        for line in vertex.log.lines() {
            text.push_str(&format!("#{number} 0.412 {line}\n"));
        }
        let end = match (vertex.failed, vertex.cached) {
            (true, _) => "ERROR".to_owned(),
            (false, true) => "CACHED".to_owned(),
            (false, false) => {
                format!("DONE {}.{}s", vertex.time, if vertex.time > 0 { 2 } else { 0 })
            }
        };
        text.push_str(&format!("#{number} {end}\n\n"));
    }
    text
}

fn failed(plan: &Plan, step: Option<&Step>, failure: &Failure, vertex: Option<&Vertex>) -> String {
    let Some(step) = step else { return String::new() };
    let index = LineIndex::new(&plan.source);
    let (first, last) = (index.line(step.span.start), index.line(step.span.end.saturating_sub(1)));
    let excerpt = excerpt(plan, first, last);
    let command = match &step.kind {
        StepKind::Run(it) => it.line(),
        _ => String::new(),
    };
    let why = match failure {
        Failure::Exit(code) => {
            format!("process \"{command}\" did not complete successfully: exit code: {code}")
        }
        Failure::Start(why) => format!(
            "process \"{command}\" did not complete successfully: failed to create task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: {why}"
        ),
        Failure::Files(message) => message.clone(),
        Failure::Base(image, _) => {
            let name = Reference::clone(image).with_default_tag();
            let familiar = image.familiar();
            format!(
                "{familiar}: failed to resolve source metadata for {name}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"
            )
        }
    };
    let mut text = String::new();
    if let Some(vertex) = vertex {
        text.push_str(&format!("------\n > {}:\n", vertex.title));
        let log: Vec<&str> = vertex.log.lines().collect();
        for line in log.iter().skip(log.len().saturating_sub(10)) {
            text.push_str(&format!("0.412 {line}\n"));
        }
        text.push_str("------\n");
    }
    format!("{text}{excerpt}ERROR: failed to build: failed to solve: {why}\n")
}

/// Lines of the Dockerfile with marks at those that failed.
fn excerpt(plan: &Plan, first: u32, last: u32) -> String {
    let mut text = format!("{}:{first}\n--------------------\n", plan.path);
    for (at, line) in (1_u32..).zip(plan.source.lines()) {
        if at + 2 >= first && at <= last.saturating_add(2) {
            let mark = if (first..=last).contains(&at) { ">>>" } else { "   " };
            text.push_str(format!("{at:4} | {mark} {line}").trim_end());
            text.push('\n');
        }
    }
    text.push_str("--------------------\n");
    text
}
