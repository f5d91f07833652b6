//! What the agent says in its terminal.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
    sync::Arc,
};

use serde_json::json;

use super::ServeError;
use crate::{
    docker::sentence,
    hub::{Hub, Used},
};

/// Prints, and keeps the file with the link.
pub(super) struct Teller {
    hub: Arc<Hub>,
    pair_file: Option<PathBuf>,
}

impl Teller {
    pub(super) fn new(hub: Arc<Hub>, pair_file: Option<PathBuf>) -> Self {
        Self { hub, pair_file }
    }

    /// The first lines.
    pub(super) async fn welcome(&self, no_ipv6: Option<&io::Error>) {
        say(&format!("Dockwright {}", env!("CARGO_PKG_VERSION")));
        if let Some(error) = no_ipv6 {
            say(&format!("This machine has no IPv6 ({error}); Dockwright uses 127.0.0.1 alone."));
        }
        let info = self.hub.engine.info().await;
        say(&sentence(&info));
        match &info {
            Ok(info) => info.warnings.iter().for_each(|it| say(&format!("The engine warns: {it}"))),
            Err(_) => say("My Docker needs it; Dockwright notices when it is there."),
        }
        say("Simulated mode works fully.");
        self.link();
        say("Press Ctrl-C to stop.");
    }

    /// A link has been used up: another takes its place.
    pub(super) fn used(&self, used: Used) {
        say(match used {
            Used::Paired => "A page is connected. For another tab or browser:",
            Used::Late => "That link was older than 10 minutes. Here is a new one:",
        });
        self.link();
        if let Err(error) = self.write_link() {
            say(&format!("{error}."));
        }
    }

    fn link(&self) {
        say(&format!("Open {}  (works once, for 10 minutes)", self.url()));
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/#c={}", self.hub.port, self.hub.pairing.code().reveal())
    }

    /// Writes the link to its file, whole or not at all, for its owner alone.
    pub(super) fn write_link(&self) -> Result<(), ServeError> {
        let Some(path) = &self.pair_file else { return Ok(()) };
        let failed = |error| ServeError::PairFile { file: path.display().to_string(), error };
        let mut draft = path.clone().into_os_string();
        draft.push(".new");
        let draft = PathBuf::from(draft);
        // What an agent that was killed has left.
        let _none = std::fs::remove_file(&draft);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft);
        let mut file = file.map_err(failed)?;
        writeln!(file, "{}", json!({ "url": self.url() })).map_err(failed)?;
        std::fs::rename(&draft, path).map_err(failed)
    }

    /// Removes that file: the link leads nowhere now.
    pub(super) fn forget_link(&self) {
        if let Some(path) = &self.pair_file {
            let _none = std::fs::remove_file(path);
        }
    }
}

/// The last line.
pub(super) fn stopping() {
    say("Stopping: builds are cancelled, containers removed …");
}

/// Prints a line. If nobody can read it, the page still works.
fn say(line: &str) {
    let _closed = writeln!(io::stdout().lock(), "{line}");
}
