use crate::lint::{
    checker::Checker,
    declare::rule,
    packages::{installed, report_unpinned},
};

rule! {
    /// A package without a version is the newest one of the day, with whatever its newest version does at installation.
    /// No lock file holds what is installed globally.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// RUN npm install -g typescript @angular/cli && yarn global add serve
    /// #                  ^^^^^^^^^^ `typescript` and `@angular/cli` have no version
    /// #                                                             ^^^^^ `serve` has no version
    /// RUN pnpm add --filter web vite && npm i me/tool https://example.org/a.tgz
    /// #                         ^^^^ `vite` has no version
    /// #                                       ^^^^^^^ `me/tool` has no version
    /// ```
    ///
    /// Write the version behind `@`, or a commit of git behind `#`. Files have the version that they have.
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// ARG CLI=19 MORE
    /// RUN npm install -g typescript@5.9 @angular/cli@$CLI a@npm:b@2 && bun add me/tool#v1 ./lib b-1.0.tgz
    /// RUN npm install && npm i --prefix web && npm ci && yarn && yarn install && npm i $MORE
    /// ```
    DW451 "npm-unpinned" Warning On
    "DL3016 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for (run, command) in checker.commands(&["npm", "pnpm", "yarn", "bun"]) {
        let packages = installed(checker, run, command).unwrap_or_default();
        report_unpinned(checker, &packages, is_pinned, "Write name@version.");
    }
}

fn is_pinned(package: &str) -> bool {
    let is_path = package.starts_with(['.', '/', '~']) || package.starts_with("file:");
    let is_archive = [".tgz", ".tar.gz", ".tar"].iter().any(|it| package.ends_with(it));
    if is_path || is_archive {
        return true;
    }
    let is_scoped = package.starts_with('@');
    if package.contains("://") || package.contains("git@") || package.contains('/') && !is_scoped {
        return package.contains('#') || package.starts_with("http");
    }
    let name = package.get(1..).unwrap_or_default();
    name.split_once('@').is_some_and(|it| !it.1.is_empty())
}
