//! `docker tag`, `docker rmi`, `docker rm` and `docker stop`.

use super::{Container, Engine, Output, Status, list::no_container, pull::reference_error};
use crate::{
    command::{self, Profile, Rm, Rmi, Tag},
    image::{Digest, Reference},
    simulate::signal::{self, Signal, Stop},
};

impl Engine {
    pub(super) fn tag_image(&mut self, tag: &Tag) -> Output {
        let target: Reference = match tag.target.parse() {
            Ok(it) => it,
            Err(error) => {
                let why = reference_error(&error, self.profile);
                let text = format!(
                    "Error parsing reference: \"{}\" is not a valid repository/tag: {why}",
                    tag.target
                );
                return Output::error(text, 1);
            }
        };
        if target.digest.is_some() {
            return Output::error("refusing to create a tag with a digest reference", 1);
        }
        let Some(id) = self.image_id(&tag.source) else {
            return no_image(&with_tag(&tag.source));
        };
        self.set_tag(target.with_default_tag(), id);
        Output::default()
    }

    pub(super) fn remove_images(&mut self, rmi: &Rmi) -> Output {
        let mut output = Output::default();
        for name in &rmi.images {
            let next = self.remove_image(name, rmi.force);
            let exit = output.exit.max(next.exit);
            output = output.then(next).exit(exit);
        }
        output
    }

    fn remove_image(&mut self, name: &str, force: bool) -> Output {
        let Some(id) = self.image_id(name) else { return no_image(&with_tag(name)) };
        let reference = name.parse::<Reference>().ok().map(Reference::with_default_tag);
        let by_name = reference.filter(|it| self.tags.iter().any(|tag| tag.0 == *it));
        let is_last = self.tags.iter().filter(|it| it.1 == id).count() <= 1;
        if let (Some(reference), false) = (&by_name, is_last) {
            self.tags.retain(|it| it.0 != *reference);
            return Output::ok(format!("Untagged: {}\n", reference.familiar()));
        }
        let short = id.short().to_owned();
        if by_name.is_none() && !is_last && !force {
            let text = format!(
                "Error response from daemon: conflict: unable to delete {short} (must be forced) - image is referenced in multiple repositories"
            );
            return Output::error(text, 1);
        }
        if let Some(container) = self.containers.iter().find(|it| it.image == id) {
            let user = container.id.short();
            if container.is_running() {
                let text = format!(
                    "Error response from daemon: conflict: unable to delete {short} (cannot be forced) - image is being used by running container {user}"
                );
                return Output::error(text, 1);
            }
            if !force {
                let text = if by_name.is_some() {
                    format!(
                        "Error response from daemon: conflict: unable to remove repository reference \"{name}\" (must force) - container {user} is using its referenced image {short}"
                    )
                } else {
                    format!(
                        "Error response from daemon: conflict: unable to delete {short} (must be forced) - image is being used by stopped container {user}"
                    )
                };
                return Output::error(text, 1);
            }
        }
        Output::ok(self.delete(&id))
    }

    fn delete(&mut self, id: &Digest) -> String {
        let names = self.names_of(id);
        let mut text: String = names.iter().map(|it| format!("Untagged: {it}\n")).collect();
        self.tags.retain(|it| it.1 != *id);
        if !self.is_used(id) {
            self.images.remove(id);
            text.push_str(&format!("Deleted: {id}\n"));
        }
        text
    }

    pub(super) fn remove_containers(&mut self, rm: &Rm) -> Output {
        let mut output = Output::default();
        for name in &rm.containers {
            let next = match self.container(name) {
                None => no_container(name),
                Some(it) if it.is_running() && !rm.force => running(it, name, self.profile),
                Some(it) => {
                    let id = it.id.clone();
                    self.discard(&id);
                    Output::ok(format!("{name}\n"))
                }
            };
            let exit = output.exit.max(next.exit);
            output = output.then(next).exit(exit);
        }
        output
    }

    /// Takes a container away; it stays known to lessons.
    pub(super) fn discard(&mut self, id: &Digest) {
        if let Some(at) = self.containers.iter().position(|it| it.id == *id) {
            let mut gone = self.containers.remove(at);
            if gone.is_running() {
                gone.status = Status::Exited { code: 137, at: self.clock };
            }
            self.removed.push(gone);
        }
    }

    pub(super) fn stop(&mut self, stop: &command::Stop) -> Output {
        let mut output = Output::default();
        for name in &stop.containers {
            let Some(container) = self.container(name) else {
                output = output.then(no_container(name));
                continue;
            };
            let id = container.id.clone();
            let (plan, is_running) = (stopped(container), container.is_running());
            let grace = stop.timeout.or(plan.timeout);
            let done = Output::ok(format!("{name}\n"));
            let exit = output.exit;
            if !is_running || !plan.late {
                if is_running {
                    self.clock += 1;
                    self.end(&id, plan.code);
                }
                output = output.then(done).exit(exit);
                continue;
            }
            let why = format!("The process did not end on {}.", plan.signal);
            // A negative time is for ever.
            let Some(grace) = grace.filter(|it| *it >= 0) else {
                return output.note(format!(
                    "{why} Docker would wait for ever; Ctrl+C would end `docker stop`, and the container runs on."
                )).exit(130);
            };
            self.clock += grace;
            self.end(&id, plan.code);
            output = output.then(done).exit(exit).note(format!(
                "{why} After {grace} seconds Docker killed it; the simulated clock jumped."
            ));
        }
        output
    }

    /// Process 1 of a container has ended.
    pub(super) fn end(&mut self, id: &Digest, code: u8) {
        let at = self.clock;
        let Some(container) = self.containers.iter_mut().find(|it| it.id == *id) else { return };
        container.status = Status::Exited { code, at };
        if container.auto_remove {
            self.discard(id);
        }
    }
}

/// What `docker stop` does to a container.
struct Stopped {
    /// What is sent.
    signal: Signal,
    /// Whether nothing comes of it, so that it is killed in the end.
    late: bool,
    /// Seconds until then; `None` for never.
    timeout: Option<i64>,
    /// The exit code.
    code: u8,
}

fn stopped(container: &Container) -> Stopped {
    let Stop { signal, timeout, exit, late, receiver: _, init: _ } =
        signal::stop(&container.process, None);
    // A server handles its signal, unless nobody can.
    let is_handled = !has_no_handler(container) && signal != Signal::KILL;
    Stopped {
        signal,
        timeout,
        late: late && !is_handled,
        code: if is_handled { 0 } else { u8::try_from(exit).unwrap_or(u8::MAX) },
    }
}

/// Whether process 1 does not end on SIGTERM: a shell or a tool without a handler, as process 1.
fn has_no_handler(container: &Container) -> bool {
    let first = container.process.argv.first().map_or("", String::as_str);
    let name = first.rsplit('/').next().unwrap_or_default();
    ["bash", "sh", "ash", "dash", "sleep", "cat", "ping"].contains(&name)
}

fn running(container: &Container, name: &str, profile: Profile) -> Output {
    let id = container.id.hex();
    let text = match profile {
        Profile::V20_10 => format!(
            "Error response from daemon: You cannot remove a running container {id}. Stop the container before attempting removal or force remove"
        ),
        Profile::V28 | Profile::V29 => format!(
            "Error response from daemon: cannot remove container \"{name}\": container is running: stop the container before removing or force remove"
        ),
    };
    Output::error(text, 1)
}

fn no_image(name: &str) -> Output {
    Output::error(format!("Error response from daemon: No such image: {name}"), 1)
}

fn with_tag(name: &str) -> String {
    let reference = name.parse::<Reference>().ok().map(Reference::with_default_tag);
    match reference {
        Some(reference) => reference.familiar(),
        None => name.to_owned(),
    }
}
