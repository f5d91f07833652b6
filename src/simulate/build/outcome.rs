//! What a build gives at its end.

use std::sync::Arc;

use super::{BASE, Builder, HOST, Result, shared};
use crate::{
    image::Platform,
    order,
    simulate::{Build, Options, Warning, checks::Checks, replay},
};

impl Builder<'_> {
    /// Puts together what the stages have become.
    pub(super) fn finish(mut self, options: &Options<'_>) -> (Build, Vec<Warning>) {
        if let Some(Result { author, platform, history }) = self.result.take() {
            self.build.author = author;
            self.build.platform = platform;
            self.build.base_history = history;
        }
        self.build.platform = result_platform(&self.build.platform, options.platform);
        let chain = self.build.chain();
        let mut config = replay::of_chain(&self.build, &chain);
        let labels = options.labels.iter().map(|(key, value)| (key.clone(), value.clone()));
        config.labels.extend(labels);
        self.build.config = config;
        let (warnings, failure) = self.checks.map(Checks::finish).unwrap_or_default();
        self.build.errors.extend(failure);
        // What is not known here is no error of the file.
        order::sort_by_key(&mut self.build.errors, |it| it.code == BASE);
        (self.build, warnings)
    }
}

/// What machines the image is for: those of its base, unless the caller says it.
fn result_platform(image: &Arc<Platform>, wanted: Option<&Platform>) -> Arc<Platform> {
    if Arc::ptr_eq(image, &HOST) && wanted.is_none_or(|it| *it == **HOST) {
        return Arc::clone(image);
    }
    let Some(wanted) = wanted else { return shared(image.normalized()) };
    let image = Platform::clone(image);
    let is_same = image.os == wanted.os && image.architecture == wanted.architecture;
    let chosen = |wanted: &String, image: String| {
        if wanted.is_empty() && is_same { image } else { wanted.clone() }
    };
    let os_features =
        if wanted.os_features.is_empty() { image.os_features } else { wanted.os_features.clone() };
    let platform = Platform {
        os: wanted.os.clone(),
        architecture: wanted.architecture.clone(),
        variant: chosen(&wanted.variant, image.variant),
        os_version: chosen(&wanted.os_version, image.os_version),
        os_features,
    };
    shared(platform.normalized())
}
