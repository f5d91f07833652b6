//! What the agent answers.

use serde::{Deserialize, Serialize};

params! {
    /// Answer to `session.auth`.
    Ready {
        /// The agent's half of the proof. The page checks it before it says anything else.
        mac: String,
        /// What the session may do.
        scopes: Vec<String>,
        /// The engine, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        engine: Option<EngineInfo>,
    }

    /// Answer to `engine.info`.
    EngineInfo {
        /// `Docker Engine` or `Podman Engine`.
        name: String,
        /// Such as `20.10.24`.
        version: String,
        /// Such as `1.41`.
        api: String,
        /// Such as `linux`.
        os: String,
        /// Such as `amd64`.
        arch: String,
        /// Whether the agent builds with BuildKit when the page does not choose.
        buildkit: bool,
        /// What the engine warns about.
        #[serde(default)]
        warnings: Vec<String>,
    }

    /// Answer to what starts a job.
    Started {
        /// For `job.cancel` and `job.state`.
        job: u32,
        /// The stream of its bytes.
        stream: u32,
        /// The container's id, of `container.run`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        container: Option<String>,
        /// What the agent added or the engine warned about, in sentences.
        #[serde(default)]
        notes: Vec<String>,
    }

    /// Answer to `context.begin`.
    ContextBegun {
        /// The context.
        ctx: u32,
        /// The stream for the bytes of its files.
        stream: u32,
    }

    /// Answer to `image.list`.
    ImageList {
        /// In the engine's order.
        images: Vec<ImageSummary>,
    }

    /// One image.
    ImageSummary {
        /// `sha256:…`.
        id: String,
        /// Such as `debian:latest`; empty for dangling images.
        tags: Vec<String>,
        /// Such as `debian@sha256:…`.
        digests: Vec<String>,
        /// Seconds since 1970.
        created: i64,
        /// Bytes.
        size: u64,
    }

    /// Answer to `image.remove`.
    ImageRemoved {
        /// Names that are gone.
        untagged: Vec<String>,
        /// Images and layers that are gone, `sha256:…`.
        deleted: Vec<String>,
    }

    /// Answer to `container.list`.
    ContainerList {
        /// Newest first.
        containers: Vec<ContainerSummary>,
    }

    /// One container.
    ContainerSummary {
        /// 64 digits.
        id: String,
        /// The image as written when it was created.
        image: String,
        /// As Docker shows it, uncut.
        command: String,
        /// Seconds since 1970.
        created: i64,
        /// Such as `Up 2 minutes`.
        status: String,
        /// Such as `running`.
        state: String,
        /// As Docker shows them.
        ports: String,
        /// Without the slash.
        names: Vec<String>,
    }
}
