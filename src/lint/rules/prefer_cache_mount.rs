use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        cache::Cache,
        checker::{Checker, Finding, Run},
        declare::rule,
        packages::{DNF, YUM, ZYPPER, head},
        pip,
    },
    shell::{Arg, Command},
    text::Span,
};

rule! {
    /// When anything above an installation changes, everything is fetched anew. In a cache mount it is still there, and the
    /// mount is no part of the image: so nothing needs to be removed, either.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13
    /// RUN pip install --no-cache-dir -r requirements.txt
    /// #   ^^^^^^^^^^^ what `pip` fetches is fetched again for each change above
    /// ```
    ///
    /// It needs BuildKit, which all builders of today have. Flags that turn the cache off go.
    ///
    /// ```dockerfile fixed
    /// FROM python:3.13
    /// RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
    /// ```
    ///
    /// Commands that clean up are yours to remove; so is the choice of a folder where the user is another one.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// USER node
    /// RUN npm ci && npm cache clean --force
    /// #   ^^^^^^ what `npm` fetches is fetched again for each change above
    /// ```
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// RUN --mount=type=cache,target=/root/.npm npm ci
    /// RUN npm run build
    /// ```
    DW470 "prefer-cache-mount" Info Off
    "tally:prefer-package-cache-mounts"
    check
}

/// A cache, and the folder that root has it in.
type Place = (Cache, &'static str);

const fn place(
    names: &'static [&'static str],
    fills: &'static [&'static str],
    paths: &'static [&'static str],
    folder: &'static str,
) -> Place {
    (Cache { names, fills, empties: &[], paths, moves: &[], flags: &["--dry-run"] }, folder)
}

static PLACES: [Place; 8] = [
    place(
        YUM,
        &["install", "update", "upgrade"],
        &["/var/cache/yum", "/var/cache/dnf"],
        "/var/cache/yum",
    ),
    place(
        DNF,
        &["install", "update", "upgrade"],
        &["/var/cache/dnf", "/var/cache/libdnf5"],
        "/var/cache/dnf",
    ),
    place(ZYPPER, &["install", "in"], &["/var/cache/zypp"], "/var/cache/zypp"),
    place(&["npm"], &["install", "i", "ci"], &["~/.npm"], "/root/.npm"),
    place(
        &["yarn"],
        &["install", ""],
        &["~/.cache/yarn", "/usr/local/share/.cache/yarn", "~/.yarn"],
        "/usr/local/share/.cache/yarn",
    ),
    place(
        &["pnpm"],
        &["install", "i"],
        &["~/.local/share/pnpm/store"],
        "/root/.local/share/pnpm/store",
    ),
    place(
        &["go"],
        &["build", "install", "mod"],
        &["/go/pkg/mod", "~/.cache/go-build", "~/go/pkg/mod"],
        "/go/pkg/mod",
    ),
    place(
        &["cargo"],
        &["build", "install", "fetch"],
        &["/usr/local/cargo/registry", "~/.cargo/registry"],
        "/usr/local/cargo/registry",
    ),
];

/// Flags that turn a cache off.
const OFF: [&str; 2] = ["--no-cache-dir", "--no-cache"];

fn check(checker: &Checker<'_>) {
    for run in checker.runs() {
        for (cache, folder) in &PLACES {
            let found = run.commands.iter().find(|it| cache.is_filled(checker, run, it));
            if let Some(command) = found.filter(|_| !cache.is_mounted(checker, run)) {
                report(checker, run, command, folder);
            }
        }
        let is_install = |it: &&Command<'_>| {
            pip::is_pip(it.name()) && it.subcommand().is_some_and(|it| it == "install")
        };
        if let Some(command) = run.commands.iter().find(is_install) {
            let (cache, folder) = if pip::is_uv(command) {
                (&pip::UV_CACHE, "/root/.cache/uv")
            } else {
                (&pip::CACHE, "/root/.cache/pip")
            };
            if !cache.is_mounted(checker, run) {
                report(checker, run, command, folder);
            }
        }
    }
}

fn report(checker: &Checker<'_>, run: &Run<'_>, command: &Command<'_>, folder: &str) {
    let name = command.name();
    let user = checker.user_at(run.stage(), run.instruction());
    let is_root = user.is_none_or(|it| it == "root");
    let at = run.instruction().keyword().end;
    let mut edits = vec![Edit::insert(at, format!(" --mount=type=cache,target={folder}"))];
    let mut end = command.words.first().map_or(0, |it| it.span().end);
    for arg in command.args() {
        let (word, is_off) = match &arg {
            Arg::Flag { name, word, .. } => (word, OFF.contains(&&**name)),
            Arg::Operand(word) => (word, false),
        };
        let span = word.span();
        if is_off && end <= span.start {
            edits.push(Edit::delete(Span::new(end, span.end)));
        }
        end = span.end;
    }
    let fix = Fix::risky("Mount a cache", edits);
    checker.report(
        Finding::new(
            head(command),
            format!("what `{name}` fetches is fetched again for each change above"),
            format!("Add --mount=type=cache,target={folder} behind RUN."),
        )
        .fix(Some(fix).filter(|_| is_root && !run.script.is_exec)),
    );
}
