//! `docker build` for the real engine: which files go, and what is asked.

use crate::{
    command::{self, Failure},
    image::Reference,
    order::Map,
    protocol::call,
};

/// A build: the files of its context, and the call without the context's number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BuildPlan {
    /// Paths in the context, and texts.
    pub files: Map<String>,
    /// What is asked once the files are there; `ctx` is not set yet.
    pub call: call::BuildStart,
}

/// Plans a build with the files of the workspace, which is the current directory.
pub(super) fn plan(build: &command::Build, files: &Map<String>) -> Result<BuildPlan, Failure> {
    let command::Build {
        context,
        tags,
        file,
        target,
        build_args,
        labels,
        no_cache,
        pull,
        quiet: _,
        progress: _,
        platform,
        check: _,
        push: _,
    } = build;
    if context == "-" || context.contains("://") || context.starts_with("git@") {
        let text = "Dockwright builds from the files of this page only. Write `.` for the folder.";
        return Err(Failure::new(text, 1));
    }
    for tag in tags {
        if let Err(why) = tag.parse::<Reference>() {
            let text = format!("invalid argument \"{tag}\" for \"-t, --tag\" flag: {why}");
            return Err(Failure::new(text, 125));
        }
    }
    let folder = normalized(context);
    let in_context = |path: &str| match folder.as_str() {
        "" => Some(path.to_owned()),
        folder => path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned),
    };
    let files: Map<_> =
        files.iter().filter_map(|(path, text)| Some((in_context(path)?, text.clone()))).collect();
    if files.is_empty() && !folder.is_empty() {
        return Err(Failure::new(
            format!("unable to prepare context: path \"{context}\" not found"),
            1,
        ));
    }
    let dockerfile = match file {
        Some(file) => in_context(&normalized(file)).ok_or_else(|| {
            let text = format!("Dockwright needs the Dockerfile inside the build context: `{file}` is not in `{context}`.");
            Failure::new(text, 1)
        })?,
        None => "Dockerfile".to_owned(),
    };
    let pairs = |texts: &[String]| -> Map<String> {
        let pair =
            |it: &String| it.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        texts.iter().filter_map(pair).collect()
    };
    let call = call::BuildStart {
        ctx: 0,
        dockerfile,
        tags: tags.clone(),
        args: pairs(build_args),
        labels: pairs(labels),
        target: target.clone(),
        platform: platform.clone(),
        no_cache: *no_cache,
        pull: *pull,
        builder: None,
    };
    Ok(BuildPlan { files, call })
}

/// The path without `.`, empty parts and the page's own home folder.
fn normalized(path: &str) -> String {
    let parts = path.split('/').filter(|it| !it.is_empty() && *it != ".");
    parts.collect::<Vec<_>>().join("/")
}
