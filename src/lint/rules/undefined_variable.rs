use crate::{
    lint::{
        checker::{Checker, Finding, Why},
        declare::rule,
    },
    syntax::InstructionKind,
};

rule! {
    /// A variable that nothing has set is an empty text: `COPY app $DIR/` copies to `/`. Docker does not stop for it.
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// ENV APP_HOME=/srv
    /// WORKDIR $APP_HOM
    /// #       ^^^^^^^^ `APP_HOM` is not set here; did you mean `APP_HOME`?
    /// COPY app ${TARGET}/
    /// #        ^^^^^^^^^ `TARGET` is not set here
    /// ```
    ///
    /// Lines count from the top. Each stage starts anew, and sees what its base image sets.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.25 AS build
    /// COPY app $OUT/
    /// #        ^^^^ `OUT` is set further down only
    /// ARG OUT=/out
    /// FROM node:22
    /// LABEL place=$OUT
    /// #           ^^^^ `OUT` is set in another stage only
    /// ```
    ///
    /// What an image that is not known here may set is not reported, and neither is a variable with an alternative. Shells
    /// read the variables of `RUN` and `CMD`, not Docker.
    ///
    /// ```dockerfile good
    /// FROM example.org/tool:1
    /// ARG PORT
    /// EXPOSE $PORT
    /// WORKDIR $TOOL_HOME
    /// FROM alpine:3.22
    /// ENV PATH=/opt/bin:$PATH
    /// LABEL port=${PORT:-80}
    /// RUN echo $ANYTHING
    /// CMD echo $ANYTHING
    /// ```
    DW201 "undefined-variable" Warning On "UndefinedVar"
    check
}

fn check(checker: &Checker<'_>) {
    for it in checker.unset().iter().filter(|it| !it.is_in_script) {
        let name = &it.name;
        let (message, place) = match &it.why {
            Why::Near(near) => (format!("`{name}` is not set here; did you mean `{near}`?"), None),
            Why::Later(span) => (format!("`{name}` is set further down only"), Some(*span)),
            Why::Elsewhere(span) => (format!("`{name}` is set in another stage only"), Some(*span)),
            Why::Nowhere => (format!("`{name}` is not set here"), None),
            Why::SameEnv(_) | Why::Global(_) => continue,
        };
        let is_arg = matches!(it.instruction.kind, InstructionKind::Arg(_));
        let help = if is_arg {
            "Declare it with ARG above this one, or mend its name."
        } else {
            "Declare it with ARG or ENV above, or mend its name."
        };
        let mut finding = Finding::new(it.span, message, help);
        if let Some(place) = place {
            finding = finding.related(place, "it is set here");
        }
        checker.report(finding);
    }
}
