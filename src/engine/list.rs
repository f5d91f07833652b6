//! `docker images`, `docker ps`, `docker logs` and `docker version`.

use super::{
    Container, Engine, Output,
    print::{self, ContainerRow, ImageRow},
};
use crate::{
    command::{Images, Logs, Profile, Ps, Version, version},
    order,
};

impl Engine {
    pub(super) fn list_images(&mut self, options: &Images) -> Output {
        self.clock += 1;
        if let Some(filter) = options.filters.iter().find(|it| !is_known_filter(it)) {
            return Output::default()
                .note(format!("Dockwright does not simulate the filter `{filter}`."))
                .exit(1);
        }
        let rows = self.image_rows();
        let text = print::images(&rows, options, self.profile, self.clock);
        let is_word =
            |it: &&String| ["ls", "list", "rm", "inspect", "pull", "build"].contains(&it.as_str());
        let output = Output::ok(text);
        match options.repository.as_ref().filter(is_word) {
            Some(word) if self.profile != Profile::V20_10 => output.err(format!(
                "No images found matching \"{word}\": did you mean \"docker image {word}\"?"
            )),
            Some(_) | None => output,
        }
    }

    /// One row for each name of each image, newest first.
    pub fn image_rows(&self) -> Vec<ImageRow> {
        let mut rows: Vec<ImageRow> = Vec::new();
        for (name, id) in &self.tags {
            let Some(image) = self.images.get(id) else { continue };
            rows.push(ImageRow {
                repository: Some(name.familiar_name()),
                tag: name.tag.clone(),
                digest: image.digest.as_ref().map(ToString::to_string),
                id: id.to_string(),
                created: image.created,
                size: image.size(),
                content_size: 0,
                in_use: self.is_used(id),
            });
        }
        for image in self.images.values().filter(|it| !self.tags.iter().any(|tag| tag.1 == it.id)) {
            rows.push(ImageRow {
                id: image.id.to_string(),
                created: image.created,
                size: image.size(),
                in_use: self.is_used(&image.id),
                ..ImageRow::default()
            });
        }
        order::sort_by_key(&mut rows, |it| std::cmp::Reverse(it.created));
        rows
    }

    pub(super) fn list_containers(&mut self, options: &Ps) -> Output {
        self.clock += 1;
        let now = self.clock;
        let all = options.all || options.last >= 0 || has_status_filter(options);
        let wanted = |it: &&Container| (all || it.is_running()) && fits(it, options);
        let limit = usize::try_from(options.last).unwrap_or(usize::MAX);
        let rows: Vec<ContainerRow> = self
            .containers
            .iter()
            .rev()
            .filter(wanted)
            .take(limit)
            .map(|it| row(it, now))
            .collect();
        Output::ok(print::ps(&rows, options, self.profile, now))
    }

    pub(super) fn logs(&self, logs: &Logs) -> Output {
        let Some(container) = self.container(&logs.container) else {
            return no_container(&logs.container);
        };
        let lines: Vec<&str> = container.log.lines().collect();
        let from = lines.len().saturating_sub(logs.tail.unwrap_or(usize::MAX));
        let shown = lines.iter().skip(from).map(|it| format!("{it}\n"));
        Output::ok(shown.collect::<String>())
    }

    pub(super) fn version(&self, options: &Version) -> Output {
        let release = version::release(self.profile);
        let api = match self.profile {
            Profile::V20_10 => "1.41",
            Profile::V28 => "1.51",
            Profile::V29 => "1.52",
        };
        match options.format.as_deref() {
            Some("{{.Server.Version}}" | "{{.Client.Version}}") => Output::ok(release),
            Some(_) => Output::default()
                .note("Dockwright does not simulate this format of `docker version`.")
                .exit(1),
            None => Output::ok(format!(
                "Client:\n Version:           {release}\n API version:       {api}\n OS/Arch:           linux/amd64\n\nServer:\n Engine:\n  Version:          {release}\n  API version:      {api} (minimum version 1.24)\n  OS/Arch:          linux/amd64\n"
            ))
            .note("This is the simulated engine. The switch beside the terminal changes its version."),
        }
    }

    /// The container that a name or the start of an id means.
    pub fn container(&self, name: &str) -> Option<&Container> {
        let by_name = self.containers.iter().find(|it| it.name == name);
        let by_id = || {
            let mut found = self.containers.iter().filter(|it| it.id.hex().starts_with(name));
            let first = found.next()?;
            (found.next().is_none() && !name.is_empty()).then_some(first)
        };
        by_name.or_else(by_id)
    }
}

/// What the daemon says about a container that is not there.
pub(super) fn no_container(name: &str) -> Output {
    Output::error(format!("Error response from daemon: No such container: {name}"), 1)
}

fn row(it: &Container, now: i64) -> ContainerRow {
    ContainerRow {
        id: it.id.hex().to_owned(),
        image: it.process.image.clone(),
        command: it.process.argv.join(" "),
        created: it.created,
        status: it.status.sentence(now),
        ports: if it.is_running() { ports(&it.publish) } else { String::new() },
        names: it.name.clone(),
        size: "0B".to_owned(),
    }
}

/// Published ports as `docker ps` shows them.
fn ports(publish: &[String]) -> String {
    let one = |it: &String| {
        let (host, inside) = it.rsplit_once(':').unwrap_or(("32768", it));
        let (host_ip, port) = host.rsplit_once(':').unwrap_or(("0.0.0.0", host));
        let inside = if inside.contains('/') { inside.to_owned() } else { format!("{inside}/tcp") };
        format!("{host_ip}:{port}->{inside}")
    };
    publish.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn is_known_filter(filter: &str) -> bool {
    matches!(filter.split_once('='), Some(("reference" | "dangling", _)))
}

fn has_status_filter(options: &Ps) -> bool {
    options.filters.iter().any(|it| it.starts_with("status=") || it.starts_with("exited="))
}

fn fits(container: &Container, options: &Ps) -> bool {
    options.filters.iter().all(|it| match it.split_once('=') {
        Some(("status", word)) => container.status.word() == word,
        Some(("name", part)) => container.name.contains(part),
        Some(("id", part)) => container.id.hex().starts_with(part),
        Some(("ancestor", image)) => {
            let name = &container.process.image;
            name == image || name.split(':').next() == Some(image)
        }
        Some(("exited", code)) => {
            container.status.word() == "exited"
                && container.status.code().is_some_and(|it| it.to_string() == code)
        }
        Some(_) | None => true,
    })
}
