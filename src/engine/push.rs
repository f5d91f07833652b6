//! `docker push`.

use super::{Engine, Image, Output, pull::reference_error};
use crate::{
    command::Push,
    image::{Digest, Reference, reference::DEFAULT_REGISTRY},
};

/// Seconds that a push takes.
const PUSH_TIME: i64 = 8;
/// The size of a manifest with one layer, and what each further layer adds.
const MANIFEST: (usize, usize) = (529, 212);

impl Engine {
    pub(super) fn push(&mut self, push: &Push) -> Output {
        let reference: Reference = match push.image.parse() {
            Ok(it) => it,
            Err(error) => return Output::error(reference_error(&error, self.profile), 1),
        };
        let mut output = Output::default();
        if reference.tag.is_none() && !push.all_tags {
            output = output.out("Using default tag: latest\n");
        }
        let name = reference.name();
        output = output.out(format!("The push refers to repository [{name}]\n"));
        let names: Vec<Reference> = if push.all_tags {
            let local = self.tags.iter().filter(|it| it.0.name() == name);
            local.map(|it| it.0.clone()).collect()
        } else {
            vec![reference.clone().with_default_tag()]
        };
        let known: Vec<_> =
            names.iter().filter_map(|it| Some((it, self.tagged(it)?.clone()))).collect();
        if known.is_empty() {
            let familiar = reference.familiar_name();
            let text = format!("An image does not exist locally with the tag: {familiar}");
            return output.err(text).exit(1);
        }
        if let Some(error) = self.may_not_push(&reference) {
            let layers = known.first().map(|it| it.1.layers.as_slice()).unwrap_or_default();
            let lines: String =
                layers.iter().rev().map(|it| format!("{}: Preparing\n", it.id.short())).collect();
            return output.out(lines).err(error).exit(1);
        }
        self.clock += PUSH_TIME;
        for (name, image) in known {
            let text = self.upload(name, image);
            output = output.out(text);
        }
        output
    }

    fn tagged(&self, name: &Reference) -> Option<&Image> {
        let id = &self.tags.iter().find(|it| it.0 == *name)?.1;
        self.images.get(id)
    }

    /// Why the registry refuses, in its words.
    fn may_not_push(&self, name: &Reference) -> Option<&'static str> {
        if name.registry.starts_with("localhost") {
            return None;
        }
        let denied = "denied: requested access to the resource is denied";
        match self.user(&name.registry) {
            None if name.registry == DEFAULT_REGISTRY => Some(denied),
            None => Some("no basic auth credentials"),
            Some(user) if name.registry == DEFAULT_REGISTRY => {
                let is_own = name.path.split('/').next() == Some(user);
                (!is_own).then_some(denied)
            }
            Some(_) => None,
        }
    }

    fn upload(&mut self, name: &Reference, mut image: Image) -> String {
        let mut text = String::new();
        for layer in image.layers.iter().rev() {
            let state = if self.hub.has_layer(name, &layer.id) {
                "Layer already exists".to_owned()
            } else {
                match self.hub.holder(&name.registry, &layer.id) {
                    Some(from) => format!("Mounted from {from}"),
                    None => "Pushed".to_owned(),
                }
            };
            text.push_str(&format!("{}: {state}\n", layer.id.short()));
        }
        let digest = Digest::of(format!("manifest/{}", image.id).as_bytes());
        let size = MANIFEST.0 + MANIFEST.1 * image.layers.len().saturating_sub(1);
        let tag = name.tag.as_deref().unwrap_or_default();
        text.push_str(&format!("{tag}: digest: {digest} size: {size}\n"));
        image.digest = Some(digest.clone());
        if let Some(local) = self.images.get_mut(&image.id) {
            local.digest = Some(digest);
        }
        self.hub.accept(name.clone(), image);
        text
    }
}
