use crate::lint::declare::rule;

rule! {
    /// A flag with one value can be given once. Builders do not guess which one is meant.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// COPY --chown=app --chown=root app /app
    /// #                ^^^^^^^^^^^^ duplicate flag specified: --chown
    /// ```
    ///
    /// Some can be given often.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// COPY --exclude=*.md --exclude=test app /app
    /// RUN --mount=type=cache,target=/a --mount=type=cache,target=/b make
    /// ```
    DW007 "duplicate-flag" Error On "util:FLAG_DUPLICATE"
}
