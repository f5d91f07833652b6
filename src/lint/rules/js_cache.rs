use crate::lint::{cache::Cache, checker::Checker, declare::rule};

rule! {
    /// `npm` and `yarn` keep each package that they download once more, as an archive, for the next time. In an image
    /// there is no next time, only the weight.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// RUN yarn install --frozen-lockfile
    /// #   ^^^^^^^^^^^^ the cache of `yarn` stays in the image
    /// RUN npm ci \
    /// #   ^^^^^^ the cache of `npm` stays in the image
    ///  && npm test
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM node:22
    /// RUN yarn install --frozen-lockfile && yarn cache clean
    /// RUN npm ci \
    ///  && npm test \
    ///  && npm cache clean --force
    /// ```
    ///
    /// A mount keeps it out as well, and so does a stage of which only files get into the image. `pnpm` links files from
    /// its store, so that they take no place twice.
    ///
    /// ```dockerfile good
    /// FROM node:22 AS build
    /// RUN npm ci
    /// FROM node:22
    /// RUN --mount=type=cache,target=/root/.npm npm ci
    /// RUN yarn && yarn cache clean --all && yarn --version && yarn build
    /// RUN npm ci && rm -rf /root/.npm && npm run build
    /// RUN npm ci --cache /tmp/npm && pnpm install
    /// ```
    DW453 "js-cache" Info On
    "DL3060 droast:DF055"
    check
}

const NPM: Cache = Cache {
    names: &["npm"],
    fills: &["install", "i", "ci", "add"],
    empties: &["cache clean"],
    paths: &["~/.npm"],
    moves: &[("npm_config_cache", ""), ("NPM_CONFIG_CACHE", "")],
    flags: &["--cache", "--dry-run"],
};

const YARN: Cache = Cache {
    names: &["yarn"],
    fills: &["install", "add", "", "global add"],
    empties: &["cache clean"],
    paths: &["/usr/local/share/.cache/yarn", "~/.cache/yarn", "~/.yarn", "~/.yarn/berry/cache"],
    moves: &[("YARN_CACHE_FOLDER", "")],
    flags: &["--cache-folder", "--version", "-v", "--help"],
};

fn check(checker: &Checker<'_>) {
    for (cache, what, cleaner) in [
        (&NPM, "the cache of `npm` stays", "npm cache clean --force"),
        (&YARN, "the cache of `yarn` stays", "yarn cache clean"),
    ] {
        for (_, run, command) in cache.kept(checker) {
            Cache::report(checker, run, command, (what, cleaner), false);
        }
    }
}
