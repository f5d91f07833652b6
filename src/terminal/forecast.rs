//! What a build of the folder would do, seen without building: its steps, its layers, and what the cache has of them.

use crate::{
    order::Map,
    simulate::{
        Build, Options, build,
        cache::{Snapshot, Verdict, compare},
        context::Context,
        layers::{Files, Layers, layers},
    },
    terminal::Terminal,
};

/// The file that is built.
const DOCKERFILE: &str = "Dockerfile";

/// A build that nobody has asked for yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forecast {
    /// The Dockerfile.
    pub source: String,
    /// Its build.
    pub build: Build,
    /// The layers.
    pub layers: Layers,
    /// What the cache of the earlier build has, step by step; empty if there is no earlier build.
    pub verdicts: Vec<Verdict>,
}

impl Terminal {
    /// Looks at a build of the home directory's Dockerfile, after one of the files as they were `before`.
    pub fn forecast(&self, before: Option<&Map<String>>) -> Forecast {
        let (mut now, context) = self.look_ahead(&self.files);
        if let Some(before) = before {
            let (then, old) = self.look_ahead(before);
            let files = self.bases();
            now.verdicts =
                compare(&snapshot(&then, &old, &files), &snapshot(&now, &context, &files));
        }
        now
    }

    fn look_ahead(&self, files: &Map<String>) -> (Forecast, Context) {
        let source = files.get(DOCKERFILE).cloned().unwrap_or_default();
        let texts = || files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let all = Context::of_texts(texts());
        // With a broken .dockerignore there is no build; its error is told by `docker build`.
        let context = all.clone().ignoring(DOCKERFILE).unwrap_or(all);
        let bases = self.bases();
        let options = Options { context: Some(&context), ..Options::new(&bases) };
        let build = build(&source, &options);
        let layers = layers(&build, &context, &bases);
        (Forecast { source, build, layers, verdicts: Vec::new() }, context)
    }
}

fn snapshot<'s>(it: &'s Forecast, context: &'s Context, files: &'s dyn Files) -> Snapshot<'s> {
    Snapshot { build: &it.build, context, files, layers: &it.layers, no_cache: false }
}
