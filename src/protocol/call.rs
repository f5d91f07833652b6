//! What the page may ask of the agent. There is no variant for anything else, and unknown fields are errors.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    json::names,
    order::Map,
    protocol::{ErrorKind, RpcError},
};

mod answer;

pub use answer::{
    ContainerList, ContainerSummary, ContextBegun, EngineInfo, ImageList, ImageRemoved,
    ImageSummary, Ready, Started,
};

macro_rules! calls {
    ($($(#[$doc:meta])* $name:literal $variant:ident($params:ty),)*) => {
        /// A request or notification to the agent.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(tag = "method", content = "params")]
        pub enum Call {
            $($(#[$doc])* #[serde(rename = $name)] $variant($params),)*
        }

        impl Call {
            /// Reads a method and its parameters.
            ///
            /// # Errors
            /// `UnknownMethod` or `InvalidParams`, with what is wrong.
            pub fn decode(method: &str, params: Value) -> Result<Self, RpcError> {
                match method {
                    $($name => serde_json::from_value(params).map(Self::$variant).map_err(|it| {
                        RpcError::new(ErrorKind::InvalidParams, format!("{method}: {it}"))
                    }),)*
                    _ => Err(RpcError::new(ErrorKind::UnknownMethod, format!("no method {method:?}"))),
                }
            }

            /// The method's name.
            pub const fn method(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }
        }
    };
}

calls! {
    /// Proves that the page holds the session's key. The first message, within five seconds.
    "session.auth" Auth(Auth),
    /// Whether the other end is alive.
    "session.ping" Ping(Ping),
    /// What engine there is. Answer: [`EngineInfo`].
    "engine.info" EngineInfo(Nothing),
    /// The engine's images. Answer: [`ImageList`].
    "image.list" ImageList(Nothing),
    /// One image as the engine describes it. Answer: the engine's JSON.
    "image.inspect" ImageInspect(Name),
    /// Gives an image another name. Answer: `{}`.
    "image.tag" ImageTag(ImageTag),
    /// Takes a name away from an image that got it through this agent (built, tagged or pulled); the engine deletes
    /// the image with its last name. Other names are `policy_denied`. Answer: [`ImageRemoved`].
    "image.remove" ImageRemove(ImageRemove),
    /// Pulls an image. Answer: [`Started`].
    "image.pull" ImagePull(ImagePull),
    /// Pushes an image, with the credentials of `registry.login` for its registry. Answer: [`Started`].
    "image.push" ImagePush(Name),
    /// Checks and keeps credentials, in the agent's memory alone. Answer: `{}`.
    "registry.login" RegistryLogin(RegistryLogin),
    /// Forgets credentials. Answer: `{}`.
    "registry.logout" RegistryLogout(Host),
    /// Opens an empty build context. Answer: [`ContextBegun`].
    "context.begin" ContextBegin(Nothing),
    /// Announces a file; its bytes follow on channel 0 of the context's stream. Answer: `{}`.
    "context.put" ContextPut(ContextPut),
    /// Says that all files are there. Answer: `{}`, after the last byte.
    "context.commit" ContextCommit(Context),
    /// Builds an image from a committed context. Answer: [`Started`].
    "build.start" BuildStart(BuildStart),
    /// Creates, attaches and starts a container. Answer: [`Started`] with the container.
    "container.run" ContainerRun(ContainerRun),
    /// The containers that this agent started. Answer: [`ContainerList`].
    "container.list" ContainerList(ContainerFilter),
    /// Stops and removes one of them. Answer: `{}`.
    "container.remove" ContainerRemove(ContainerRemove),
    /// Stops a job. Answer: `{}`; the end comes as `job.state`.
    "job.cancel" JobCancel(JobCancel),
    /// Grants more bytes of output.
    "stream.credit" StreamCredit(Credit),
    /// Sets the size of a terminal.
    "stream.resize" StreamResize(Resize),
    /// Sends a signal to process 1.
    "stream.signal" StreamSignal(Signal),
    /// Ends the input.
    "stream.eof" StreamEof(Stream),
}

params! {
    /// No parameters.
    Nothing {}

    /// The page's half of the proof.
    Auth {
        /// The session's id, from `POST /v1/session`.
        sid: String,
        /// 16 random bytes, hexadecimal.
        nonce: String,
        /// See [`crate::protocol::proof`].
        mac: String,
        /// Who asks, such as `web/0.1.0`.
        client: String,
    }

    /// A number that comes back.
    Ping {
        /// Anything.
        t: u64,
    }

    /// An image by name or id.
    Name {
        /// As the user wrote it.
        name: String,
    }

    /// A registry.
    Host {
        /// Host, and port if any.
        host: String,
    }

    /// A new name for an image.
    ImageTag {
        /// The image that exists.
        source: String,
        /// The new name.
        target: String,
    }

    /// A name to take away.
    ImageRemove {
        /// As the user wrote it.
        name: String,
        /// Even if a stopped container uses the image.
        #[serde(default)]
        force: bool,
    }

    /// An image to pull.
    ImagePull {
        /// As the user wrote it.
        name: String,
        /// `os/arch[/variant]`, else the engine's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        platform: Option<String>,
    }

    /// A build context.
    Context {
        /// From [`ContextBegun`].
        ctx: u32,
    }

    /// A file of a build context.
    ContextPut {
        /// From [`ContextBegun`].
        ctx: u32,
        /// Relative, with `/` between parts, no `..`.
        path: String,
        /// How many bytes follow.
        size: u64,
        /// Whether it may be executed.
        #[serde(default)]
        executable: bool,
    }

    /// A build.
    BuildStart {
        /// A committed context, used up by this.
        ctx: u32,
        /// The Dockerfile's path in the context.
        dockerfile: String,
        /// Names for the result.
        #[serde(default)]
        tags: Vec<String>,
        /// Values of `ARG`s.
        #[serde(default)]
        args: Map<String>,
        /// Labels of the result.
        #[serde(default)]
        labels: Map<String>,
        /// The stage to stop at.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        target: Option<String>,
        /// `os/arch[/variant]`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        platform: Option<String>,
        /// Whether to build every step anew.
        #[serde(default)]
        no_cache: bool,
        /// Whether to ask the registries for newer base images.
        #[serde(default)]
        pull: bool,
        /// Which builder; `None` lets the agent choose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        builder: Option<Builder>,
    }

    /// The size of a terminal.
    Size {
        /// Columns, 1 to 1000.
        cols: u16,
        /// Rows, 1 to 1000.
        rows: u16,
    }

    /// A port to publish, on 127.0.0.1 alone.
    Port {
        /// In the container.
        container: u16,
        /// On the host, 1024 or more; `None` for any free one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        host: Option<u16>,
        /// Whether UDP rather than TCP.
        #[serde(default)]
        udp: bool,
    }

    /// A container. What is not here, a page cannot ask for.
    ContainerRun {
        /// As the user wrote it.
        image: String,
        /// Words after the image; empty for the image's own.
        #[serde(default)]
        cmd: Vec<String>,
        /// `--entrypoint`; an empty text for none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entrypoint: Option<String>,
        /// `NAME=value`.
        #[serde(default)]
        env: Vec<String>,
        /// `--name`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// `--workdir`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        workdir: Option<String>,
        /// `--user`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
        /// `--hostname`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hostname: Option<String>,
        /// `--tty`.
        #[serde(default)]
        tty: bool,
        /// `--interactive`.
        #[serde(default)]
        stdin: bool,
        /// `--detach`.
        #[serde(default)]
        detach: bool,
        /// `--publish`, at most 8.
        #[serde(default)]
        ports: Vec<Port>,
        /// The terminal's size at the start.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<Size>,
    }

    /// Which containers to list.
    ContainerFilter {
        /// Stopped ones too.
        #[serde(default)]
        all: bool,
    }

    /// A container to remove.
    ContainerRemove {
        /// Name, or id, or the start of one.
        container: String,
        /// Even while it runs.
        #[serde(default)]
        force: bool,
    }

    /// A job to stop.
    JobCancel {
        /// From [`Started`].
        job: u32,
    }

    /// More room at the receiver.
    Credit {
        /// The stream.
        stream: u32,
        /// How many bytes more.
        bytes: u64,
    }

    /// A terminal's new size.
    Resize {
        /// The stream.
        stream: u32,
        /// Columns, 1 to 1000.
        cols: u16,
        /// Rows, 1 to 1000.
        rows: u16,
    }

    /// A signal.
    Signal {
        /// The stream.
        stream: u32,
        /// One of INT, TERM, HUP, KILL, QUIT.
        signal: String,
    }

    /// A stream.
    Stream {
        /// The stream.
        stream: u32,
    }
}

names! {
    Builder { "classic" Classic, "buildkit" Buildkit }
}

/// Which builder builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Builder {
    /// The builder of old engines.
    Classic,
    /// BuildKit.
    Buildkit,
}

/// Credentials. They are held in memory, sent to their registry alone, and in no log.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistryLogin {
    /// Host, and port if any; empty for Docker Hub.
    pub host: String,
    /// The user.
    pub user: String,
    /// The password or token.
    pub secret: String,
}

impl fmt::Debug for RegistryLogin {
    /// All but the secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, user, secret: _ } = self;
        f.debug_struct("RegistryLogin")
            .field("host", host)
            .field("user", user)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_shows_no_secret() {
        let login = RegistryLogin { host: "h".into(), user: "u".into(), secret: "canary".into() };
        let text = format!("{:?}", Call::RegistryLogin(login));
        assert!(text.contains("RegistryLogin") && !text.contains("canary"), "{text}");
    }
}
