//! `docker build`: makes an image from a Dockerfile.

use super::{
    Command, Failure,
    flags::{Flag, Kind, Parsed},
    usage::{Arity, Invoked, Spec},
};

/// `docker build [OPTIONS] PATH | URL | -`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Build {
    /// The build context as written.
    pub context: String,
    /// The names of the image, as written.
    pub tags: Vec<String>,
    /// Another Dockerfile than `Dockerfile` in the context.
    pub file: Option<String>,
    /// The stage to stop at.
    pub target: Option<String>,
    /// `NAME=value`, or `NAME` alone.
    pub build_args: Vec<String>,
    /// `key=value`.
    pub labels: Vec<String>,
    /// Do not use earlier builds.
    pub no_cache: bool,
    /// Look for newer base images.
    pub pull: bool,
    /// Print the id only.
    pub quiet: bool,
    /// `auto` or `plain`.
    pub progress: Option<String>,
    /// The platform to build for.
    pub platform: Option<String>,
    /// Lint only.
    pub check: bool,
    /// Push after the build.
    pub push: bool,
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "build",
    aliases: &[
        "docker image build",
        "docker builder build",
        "docker buildx build",
        "docker buildx b",
        "docker build",
    ],
    synopsis: "[OPTIONS] PATH | URL | -",
    about: "Start a build",
    about_classic: "Build an image from a Dockerfile",
    interspersed: true,
    arity: Arity::Exactly(1),
    flags: FLAGS,
    read,
};

const FLAGS: &[Flag] = &[
    Flag::accepted("add-host", Kind::Many("list")),
    Flag::accepted("allow", Kind::Many("stringArray")),
    Flag::accepted("annotation", Kind::Many("stringArray")),
    Flag::accepted("attest", Kind::Many("stringArray")),
    Flag::new("build-arg", Kind::Many("list"), "Set a build argument"),
    Flag::accepted("build-context", Kind::Many("stringArray")),
    Flag::accepted("cache-from", Kind::Many("stringSlice")),
    Flag::accepted("cache-to", Kind::Many("stringArray")),
    Flag::accepted("call", Kind::One("string")),
    Flag::accepted("cgroup-parent", Kind::One("string")),
    Flag::accepted("check", Kind::Switch),
    Flag::accepted("compress", Kind::Switch),
    Flag::accepted("cpu-period", Kind::Int),
    Flag::accepted("cpu-quota", Kind::Int),
    Flag::accepted("cpu-shares", Kind::Int).or('c'),
    Flag::accepted("cpuset-cpus", Kind::One("string")),
    Flag::accepted("cpuset-mems", Kind::One("string")),
    Flag::accepted("disable-content-trust", Kind::Switch),
    Flag::new("file", Kind::One("string"), "Name of the Dockerfile").or('f'),
    Flag::accepted("force-rm", Kind::Switch),
    Flag::accepted("iidfile", Kind::One("string")),
    Flag::accepted("isolation", Kind::One("string")),
    Flag::new("label", Kind::Many("list"), "Set a label of the image"),
    Flag::accepted("load", Kind::Switch),
    Flag::accepted("memory", Kind::Bytes).or('m'),
    Flag::accepted("memory-swap", Kind::Bytes),
    Flag::accepted("metadata-file", Kind::One("string")),
    Flag::accepted("network", Kind::One("string")),
    Flag::new("no-cache", Kind::Switch, "Do not use results of earlier builds"),
    Flag::accepted("no-cache-filter", Kind::Many("stringArray")),
    Flag::accepted("output", Kind::Many("stringArray")).or('o'),
    Flag::accepted("platform", Kind::Many("stringArray")),
    Flag::new("progress", Kind::One("string"), "Style of the progress: auto or plain"),
    Flag::accepted("provenance", Kind::One("string")),
    Flag::new("pull", Kind::Switch, "Look for newer base images"),
    Flag::accepted("push", Kind::Switch),
    Flag::new("quiet", Kind::Switch, "Print only the id of the image").or('q'),
    Flag::accepted("rm", Kind::Switch),
    Flag::accepted("sbom", Kind::One("string")),
    Flag::accepted("secret", Kind::Many("stringArray")),
    Flag::accepted("security-opt", Kind::Many("stringSlice")),
    Flag::accepted("shm-size", Kind::Bytes),
    Flag::accepted("squash", Kind::Switch),
    Flag::accepted("ssh", Kind::Many("stringArray")),
    Flag::new("tag", Kind::Many("list"), "Name of the image, name:tag").or('t'),
    Flag::new("target", Kind::One("string"), "Build only up to this stage"),
    Flag::accepted("ulimit", Kind::Many("ulimit")),
];

#[expect(clippy::unnecessary_wraps, reason = "every command is read by a function of one shape")]
fn read(parsed: &Parsed, _: &Invoked<'_>) -> Result<Command, Failure> {
    Ok(Command::Build(Build {
        context: parsed.arg(0),
        tags: parsed.many("tag"),
        file: parsed.one("file"),
        target: parsed.one("target"),
        build_args: parsed.many("build-arg"),
        labels: parsed.many("label"),
        no_cache: parsed.is_on("no-cache"),
        pull: parsed.is_on("pull"),
        quiet: parsed.is_on("quiet"),
        progress: parsed.one("progress"),
        platform: parsed.one("platform"),
        check: parsed.is_on("check"),
        push: parsed.is_on("push"),
    }))
}
