//! `dockwright migrate`: from hadolint's configuration and comments to ours.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

use dockwright::{
    assist::silence,
    diagnostic::{Edit, Fix},
    lint::{
        rules,
        suppress::{Form, Reach, Suppression, suppressions},
    },
    syntax::parse,
};

use super::{
    Failed, Said, finish,
    lint::{config, files, hadolint, repair},
    source::Source,
};

/// `dockwright migrate`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Dockerfiles, and folders in which to look for them; this folder without any.
    files: Vec<PathBuf>,
    /// Write the changes instead of showing them.
    #[arg(long)]
    write: bool,
}

/// What `--help` says at its end.
pub(crate) const AFTER_HELP: &str = "\
A .hadolint.yaml becomes a dockwright.toml beside it, and stays: remove it when nobody reads it any more.
Comments with `hadolint ignore=` become comments of ours. `# check=` stays, for builders read it too.";

/// A file that changes.
struct Change {
    path: PathBuf,
    before: String,
    after: String,
}

/// Carries it out.
pub(crate) fn run(args: &Args) -> ExitCode {
    finish(said(args))
}

fn said(args: &Args) -> Result<Said, Failed> {
    let mut changes = Vec::new();
    let mut configs = BTreeSet::new();
    for file in files::find(&args.files)? {
        if file.is_stdin() {
            return Err(Failed::usage("the standard input has no place: name files or folders"));
        }
        let full = file.path.canonicalize().unwrap_or_else(|_| file.path.clone());
        configs.extend(config::nearest(&full).filter(|it| config::is_yaml(it)));
        let before = Source::read(&file.path)?.text;
        let after = comments(&before);
        changes.push(Change { path: file.path, before, after });
    }
    let here = std::env::current_dir().and_then(|it| it.canonicalize()).unwrap_or_default();
    for it in configs {
        let it = it.strip_prefix(&here).map_or_else(|_| it.clone(), Path::to_owned);
        let after = hadolint::toml(&it)?;
        let path = it.with_file_name("dockwright.toml");
        changes.push(Change { path, before: String::new(), after });
    }
    changes.retain(|it| it.before != it.after);
    let mut said = Said::default();
    for Change { path, before, after } in changes {
        let name = super::lint::name_of(&path);
        if !args.write {
            said.stdout.push_str(&repair::diff(&name, &before, &after));
            continue;
        }
        repair::write(&path, &after)?;
        said.stdout.push_str(&format!("{name}\n"));
    }
    if said.stdout.is_empty() {
        said.stderr.push_str("nothing to migrate: there is no hadolint configuration or comment\n");
    }
    Ok(said)
}

/// A Dockerfile with our comments in the place of hadolint's.
fn comments(source: &str) -> String {
    let all = suppressions(source, &parse(source));
    let edits = all.iter().filter_map(|it| Some(Edit::replace(it.span, comment(source, it)?)));
    Fix::safe("", edits.collect()).apply(source).unwrap_or_else(|| source.to_owned())
}

fn comment(source: &str, it: &Suppression) -> Option<String> {
    if it.form != Form::Hadolint || it.names.is_empty() || it.scope.is_none() {
        return None;
    }
    let verb = match it.reach {
        Reach::Instruction => "ignore",
        Reach::Stage => "stage-ignore",
        Reach::File => "file-ignore",
        Reach::From | Reach::End => return None,
    };
    let mut names: Vec<&str> = Vec::new();
    for it in &it.names {
        let ours: Vec<_> = codes(&it.text);
        // What is not known here stays as it is.
        let ours = if ours.is_empty() { vec![it.text.as_str()] } else { ours };
        names.extend(ours.into_iter().filter(|it| !names.contains(it)).collect::<Vec<_>>());
    }
    let reason = it.reason.map_or("", |it| it.slice(source));
    Some(silence::comment(verb, &names, reason))
}

/// What the rules are called here that hadolint calls so.
pub(super) fn codes(theirs: &str) -> Vec<&'static str> {
    rules().filter(|it| it.is_called(theirs)).map(|it| it.code).collect()
}
