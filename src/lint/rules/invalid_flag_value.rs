use crate::lint::declare::rule;

rule! {
    /// Flags have values of a certain form: a time has a unit, a switch is `true` or `false`, a mount is a list of `key=value`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// HEALTHCHECK --interval=5 CMD true
    /// #                      ^ time: missing unit in duration "5"
    /// COPY --link=maybe app /app
    /// #           ^^^^^ expecting boolean value for flag --link, not: maybe
    /// RUN --network=internet make
    /// #             ^^^^^^^^ invalid network mode "internet"
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// HEALTHCHECK --interval=5s CMD true
    /// COPY --link app /app
    /// RUN --network=none make
    /// ```
    DW006 "invalid-flag-value" Error On
    "util:FLAG_MISSING_VALUE util:FLAG_INVALID_DURATION util:FLAG_MISSING_DURATION util:FLAG_UNKNOWN_UNIT util:FLAG_LESS_THAN_1MS util:FLAG_AT_LEAST_ONE util:FLAG_INVALID_FROM_VALUE util:FLAG_INVALID_LINK_VALUE util:FLAG_EXPECTED_BOOLEAN_VALUE util:INVALID_SYNTAX"
}
