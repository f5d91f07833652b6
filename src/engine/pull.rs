//! `docker pull`, and the pull that `run` and `build` start by themselves.

use super::{Engine, Image, Output, hub::Refusal};
use crate::{
    command::{Profile, Pull},
    image::{Reference, ReferenceError, reference::DEFAULT_REGISTRY},
};

/// Seconds that a pull takes.
const PULL_TIME: i64 = 6;

impl Engine {
    pub(super) fn pull(&mut self, pull: &Pull) -> Output {
        let reference: Reference = match pull.image.parse() {
            Ok(it) => it,
            Err(error) => return Output::error(reference_error(&error, self.profile), 1),
        };
        if pull.all_tags {
            return self.pull_all(pull, &reference);
        }
        let untagged = reference.tag.is_none() && reference.digest.is_none();
        let mut output = Output::default();
        if untagged && !pull.quiet {
            output = output.out("Using default tag: latest\n");
        }
        let reference = reference.with_default_tag();
        match self.fetch(&reference) {
            Ok(_) if pull.quiet => output.out(format!("{reference}\n")),
            Ok(progress) => output.out(progress).out(format!("{reference}\n")),
            Err(error) => output.err(format!("Error response from daemon: {error}\n")).exit(1),
        }
    }

    fn pull_all(&mut self, pull: &Pull, reference: &Reference) -> Output {
        if reference.tag.is_some() || reference.digest.is_some() {
            return Output::error("tag can't be used with --all-tags/-a", 1);
        }
        let mut output = Output::default();
        for name in self.hub.tags(reference) {
            if let Ok(progress) = self.fetch(&name) {
                output = output.out(if pull.quiet { String::new() } else { progress });
            }
        }
        if output.chunks.is_empty() {
            let error = refusal(reference, Refusal::Repository);
            return Output::error(format!("Error response from daemon: {error}"), 1);
        }
        output.out(format!("{reference}\n"))
    }

    /// Gets an image from the registry: the lines of progress up to `Status:`, or the daemon's error.
    pub(super) fn fetch(&mut self, name: &Reference) -> Result<String, String> {
        let image = self.hub.pull(name).cloned().map_err(|why| refusal(name, why))?;
        let is_private = !name.registry.starts_with("localhost")
            && self.hub.find(name).is_none()
            && name.digest.is_none()
            && self.user(&name.registry).is_none();
        if is_private && name.registry != DEFAULT_REGISTRY {
            return Err(refusal(name, Refusal::Repository));
        }
        self.clock += PULL_TIME;
        let was_here = self.tags.iter().any(|it| it.0 == *name && it.1 == image.id);
        let from = &name.path;
        let tag = name.tag.clone().or_else(|| name.digest.as_ref().map(ToString::to_string));
        let mut text = format!("{}: Pulling from {from}\n", tag.unwrap_or_default());
        if !was_here {
            text.push_str(&self.layer_lines(&image));
        }
        if let Some(digest) = &image.digest {
            text.push_str(&format!("Digest: {digest}\n"));
        }
        let familiar = name.familiar();
        text.push_str(&if was_here {
            format!("Status: Image is up to date for {familiar}\n")
        } else {
            format!("Status: Downloaded newer image for {familiar}\n")
        });
        self.add_image(name.clone(), image);
        Ok(text)
    }

    fn layer_lines(&self, image: &Image) -> String {
        let line = |it: &super::Layer| {
            let here =
                self.images.values().flat_map(|it| &it.layers).any(|known| known.id == it.id);
            let state = if here { "Already exists" } else { "Pull complete" };
            format!("{}: {state}\n", it.id.short())
        };
        image.layers.iter().map(line).collect()
    }
}

/// What the daemon says when the registry refuses.
fn refusal(name: &Reference, why: Refusal) -> String {
    let familiar = name.familiar_name();
    match why {
        Refusal::Repository => format!(
            "pull access denied for {familiar}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"
        ),
        Refusal::Tag => {
            let familiar = name.familiar();
            format!("manifest for {familiar} not found: manifest unknown: manifest unknown")
        }
        Refusal::Host => {
            let host = name.registry.split(':').next().unwrap_or_default();
            format!("Get \"https://{}/v2/\": dial tcp: lookup {host}: no such host", name.registry)
        }
    }
}

/// What is wrong with a name: the older Docker does not say which part has capitals.
pub(super) fn reference_error(error: &ReferenceError, profile: Profile) -> String {
    match (error, profile) {
        (ReferenceError::UpperCase(_), Profile::V20_10) => {
            "invalid reference format: repository name must be lowercase".to_owned()
        }
        (error, _) => error.to_string(),
    }
}
