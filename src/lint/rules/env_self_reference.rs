use crate::lint::{
    checker::{Checker, Finding, Why},
    declare::rule,
};

rule! {
    /// Docker reads all values of one `ENV` before it sets any of its names. A value that uses a name of the same `ENV` gets
    /// what the name meant before: most often nothing.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ENV APP=/srv/app DATA=$APP/data
    /// #                     ^^^^ `APP` has no value yet: the same `ENV` sets it
    /// ENV ONE=1 \
    ///     TWO="${ONE:-2}" \
    /// #        ^^^^^ `ONE` has no value yet: the same `ENV` sets it
    ///     THREE=${FOUR} \
    /// #         ^^^^^^^ `FOUR` has no value yet: the same `ENV` sets it
    ///     FOUR=4
    /// ```
    ///
    /// Two instructions say it in order. A name may use its own old value.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS base
    /// ENV APP=/srv/app
    /// ENV DATA=$APP/data APP=$APP/x
    /// ENV PATH=/opt/bin:$PATH FIRST=$PATH
    /// FROM base
    /// ENV APP=/other DATA=$APP
    /// ENV LIBRARIES=/lib:${LIBRARIES}
    /// ```
    DW203 "env-self-reference" Error On "DL3044 UndefinedVar"
    check
}

fn check(checker: &Checker<'_>) {
    for it in checker.unset() {
        let Why::SameEnv(place) = it.why else { continue };
        checker.report(
            Finding::new(
                it.span,
                format!("`{}` has no value yet: the same `ENV` sets it", it.name),
                "Set it in an ENV of its own, above this one.",
            )
            .related(place, "it is set here"),
        );
    }
}
