//! `docker run`: makes a container and starts it.

mod files;
mod flags;
mod options;
mod ports;

pub use files::Open;

use crate::order::Set;

use super::{
    Command, Failure, Profile,
    flags::{FlagError, Parsed},
    usage::{self, Arity, Invoked, Spec},
};

/// The environment of the one who types: the value of a variable there.
pub type Outside<'a> = &'a dyn Fn(&str) -> Option<String>;

/// `docker run [OPTIONS] IMAGE [COMMAND] [ARG...]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Run {
    /// The image as written.
    pub image: String,
    /// The words after the image: they replace `CMD`.
    pub args: Vec<String>,
    /// In the background.
    pub detach: bool,
    /// With an open standard input.
    pub interactive: bool,
    /// With a terminal.
    pub tty: bool,
    /// Removed when it ends.
    pub rm: bool,
    /// The name of the container.
    pub name: Option<String>,
    /// What replaces `ENTRYPOINT`; `Some("")` takes it away.
    pub entrypoint: Option<String>,
    /// `NAME=value`, or `NAME` alone for the value outside.
    pub env: Vec<String>,
    /// Files of variables.
    pub env_files: Vec<String>,
    /// `key=value`.
    pub labels: Vec<String>,
    /// Files of labels.
    pub label_files: Vec<String>,
    /// `[[ip:]host:]port[/proto]`.
    pub publish: Vec<String>,
    /// `port[-port][/proto]`.
    pub expose: Vec<String>,
    /// The ports of the container that `publish` and `expose` name: `80/tcp`.
    pub ports: Set,
    /// Volumes as written.
    pub volumes: Vec<String>,
    /// Another working directory.
    pub workdir: Option<String>,
    /// Another user.
    pub user: Option<String>,
    /// Another host name.
    pub hostname: Option<String>,
    /// The domain of the host.
    pub domainname: Option<String>,
    /// The network as written.
    pub network: Option<String>,
    /// The platform as written.
    pub platform: Option<String>,
    /// `missing` if not given.
    pub pull: Option<String>,
    /// A small init as process 1.
    pub init: bool,
    /// How to find out whether it works.
    pub health: Health,
    /// The signal that stops it.
    pub stop_signal: Option<String>,
    /// How many seconds it has to stop; negative for as many as it wants.
    pub stop_timeout: Option<i64>,
    /// The streams of `--attach`, in lower case.
    pub attach: Vec<String>,
    /// All rights of the host.
    pub privileged: bool,
    /// Do not show the pull.
    pub quiet: bool,
}

/// `--health-cmd` and so on. Times are in nanoseconds, 0 for what the image says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Health {
    /// A line for a shell.
    pub command: Option<String>,
    /// Between two checks.
    pub interval: i64,
    /// What one check may take.
    pub timeout: i64,
    /// In which failed checks do not count.
    pub start_period: i64,
    /// Between two checks in that time.
    pub start_interval: i64,
    /// How many checks must fail in a row.
    pub retries: i64,
    /// `--no-healthcheck`
    pub off: bool,
}

impl Run {
    /// Reads the words after `docker run`.
    ///
    /// # Errors
    /// What is wrong in Docker's words, without what it prints around them; the help if it is asked for.
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let invoked = Invoked { spec: &SPEC, path: "docker run", profile: Profile::V29 };
        let parsed = super::flags::parse(words, &SPEC).map_err(|it| match it {
            FlagError::Message(it) => it,
            FlagError::Help => invoked.flag_error(FlagError::Help).stdout,
        })?;
        invoked.check_arity(parsed.args.len()).map_err(|it| it.stderr.trim_end().to_owned())?;
        Self::from_flags(&parsed)
    }

    /// The paths of `-v` that become volumes without a name.
    pub fn anonymous_volumes(&self) -> impl Iterator<Item = &String> {
        self.volumes.iter().filter(|it| options::has_source(it) == Ok(false))
    }

    fn from_flags(parsed: &Parsed) -> Result<Self, String> {
        let (image, args) = match parsed.args.split_first() {
            Some((image, args)) => (image.clone(), args.to_vec()),
            None => (String::new(), Vec::new()),
        };
        let mut run = Self {
            image,
            args,
            detach: parsed.is_on("detach"),
            interactive: parsed.is_on("interactive"),
            tty: parsed.is_on("tty"),
            rm: parsed.is_on("rm"),
            name: parsed.one("name"),
            entrypoint: parsed.one("entrypoint"),
            env: parsed.many("env"),
            env_files: parsed.many("env-file"),
            labels: parsed.many("label"),
            label_files: parsed.many("label-file"),
            publish: parsed.many("publish"),
            expose: parsed.many("expose"),
            volumes: parsed.many("volume"),
            workdir: parsed.one("workdir"),
            user: parsed.one("user"),
            hostname: parsed.one("hostname"),
            domainname: parsed.one("domainname"),
            network: parsed.one("network").or_else(|| parsed.one("net")),
            platform: parsed.one("platform"),
            pull: parsed.one("pull"),
            init: parsed.is_on("init"),
            stop_signal: parsed.one("stop-signal"),
            stop_timeout: parsed.one("stop-timeout").and_then(|it| it.parse().ok()),
            attach: parsed.many("attach").iter().map(|it| it.to_ascii_lowercase()).collect(),
            privileged: parsed.is_on("privileged"),
            quiet: parsed.is_on("quiet"),
            ports: Set::new(),
            health: Health::default(),
        };
        options::check(&mut run, parsed)?;
        Ok(run)
    }
}

/// How it is called.
pub(super) const SPEC: Spec = Spec {
    name: "run",
    aliases: &["docker container run", "docker run"],
    synopsis: "[OPTIONS] IMAGE [COMMAND] [ARG...]",
    about: "Create and run a new container from an image",
    about_classic: "Run a command in a new container",
    interspersed: false,
    arity: Arity::AtLeast(1),
    flags: flags::FLAGS,
    read,
};

fn read(parsed: &Parsed, invoked: &Invoked<'_>) -> Result<Command, Failure> {
    let run = Run::from_flags(parsed).map_err(|it| usage::run_error(&it, invoked.profile))?;
    if run.detach && !run.attach.is_empty() {
        let message = "conflicting options: cannot specify both --attach and --detach";
        return Err(Failure::new(message, 1));
    }
    Ok(Command::Run(Box::new(run)))
}
