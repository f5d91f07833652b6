//! What a build of the folder would do, seen without building: a Dockerfile is read once, built once and laid once, and
//! everything that is asked about it is answered from that.

use super::{Bases, Finding, Terminal, findings::findings};
use crate::{
    command::Run,
    diagnostic::Diagnostic,
    simulate::{
        BASE, Build, Options, Warning, build_unlaid,
        cache::{Snapshot, Verdict, compare},
        context::Context,
        layers::{Layers, layers},
        why::{Why, why_built},
    },
    syntax::{Parse, parse},
};

/// The file that is built.
pub const DOCKERFILE: &str = "Dockerfile";

/// A build that nobody has asked for yet.
#[derive(Debug)]
pub struct Forecast<'f> {
    /// The Dockerfile.
    pub source: &'f str,
    parse: Parse<'f>,
    /// Its build. What is wrong with the files is an error of the layers.
    pub build: Build,
    /// What BuildKit's checks say about it.
    pub warnings: Vec<Warning>,
    /// The layers.
    pub layers: Layers,
    context: Context,
    bases: Bases<'f>,
}

/// A build that others are compared with.
#[derive(Debug, Clone)]
pub struct Earlier {
    build: Build,
    layers: Layers,
    context: Context,
}

impl Terminal {
    /// Looks at a build of the home directory's Dockerfile.
    pub fn forecast(&self) -> Forecast<'_> {
        self.forecast_of(DOCKERFILE)
    }

    /// The same for another Dockerfile of the home directory.
    pub fn forecast_of(&self, dockerfile: &str) -> Forecast<'_> {
        let source = self.read_file(dockerfile).unwrap_or_default();
        let texts = || self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let all = Context::of_texts(texts());
        // With a broken .dockerignore there is no build; its error is told by `docker build`.
        let context = all.clone().ignoring(dockerfile).unwrap_or(all);
        let bases = self.bases();
        let parse = parse(source);
        let options = Options { context: Some(&context), ..Options::new(&bases) };
        let (build, warnings) = build_unlaid(source, &parse, &options);
        let layers = layers(&build, &context, &bases);
        Forecast { source, parse, build, warnings, layers, context, bases }
    }
}

impl Forecast<'_> {
    /// The syntax tree.
    pub fn parse(&self) -> &Parse<'_> {
        &self.parse
    }

    /// What is wrong or unwise in the Dockerfile, in order of place. Files that are missing are not meant: they may come.
    pub fn findings(&self) -> Vec<Finding> {
        findings(self.source, &self.parse, &self.build, &self.warnings)
    }

    /// The error that ends the build.
    pub fn error(&self) -> Option<&Diagnostic> {
        let mut errors = self.build.errors.iter().filter(|it| it.code != BASE);
        errors.next().or_else(|| self.layers.errors.first())
    }

    /// Why a container of the image runs what it runs.
    pub fn why(&self, run: &Run) -> Why {
        let options = Options::new(&self.bases);
        why_built(self.source, &self.parse, &self.build, &options, run)
    }

    /// What the cache of an earlier build has, step by step.
    pub fn compared_with(&self, earlier: &Earlier) -> Vec<Verdict> {
        let snapshot = |build, context, layers| Snapshot {
            build,
            context,
            files: &self.bases,
            layers,
            no_cache: false,
        };
        let Earlier { build, layers, context } = earlier;
        let before = snapshot(build, context, layers);
        compare(&before, &snapshot(&self.build, &self.context, &self.layers))
    }

    /// The build, to compare others with.
    pub fn into_earlier(self) -> Earlier {
        let Self { build, layers, context, .. } = self;
        Earlier { build, layers, context }
    }
}
