use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    text::{Span, to_u32},
};

rule! {
    /// A cluster that refuses containers of root (`runAsNonRoot` in Kubernetes) reads the number of the user from the image.
    /// From a name it cannot tell, and the container does not start. This rule is off: everywhere else names are fine.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// USER node
    /// #    ^^^^ `node` is a name, and a cluster may ask for a number
    /// ```
    ///
    /// Where the file says the number itself, the repair shows it.
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN adduser -D -u 10001 app
    /// USER app:app
    /// #    ^^^ `app` is a name, and a cluster may ask for a number
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM alpine:3.22
    /// RUN adduser -D -u 10001 app
    /// USER 10001:app
    /// ```
    ///
    /// Numbers are right, variables may be, and what runs in a build alone is not looked at.
    ///
    /// ```dockerfile good
    /// FROM node:22 AS build
    /// USER node
    /// FROM node:22
    /// ARG UID=1000
    /// USER $UID
    /// USER 1000:node
    /// ```
    DW703 "non-numeric-user" Info Off
    "DL3066"
    check
}

fn check(checker: &Checker<'_>) {
    for at in (0..checker.stages().len()).filter(|it| checker.is_final(*it)) {
        let Some((name, span)) = checker.last_user(at) else { continue };
        let is_number = name.bytes().all(|it| it.is_ascii_digit());
        // Root is no better as a number.
        if is_number || name == "root" {
            continue;
        }
        let written = span.slice(checker.source());
        let start = written.find(name.as_str()).map_or(span.start, |it| span.start + to_u32(it));
        let place = Span::new(start, start + to_u32(name.len()));
        let fix = number(checker, at, &name)
            .map(|it| Fix::display("Write the number", vec![Edit::replace(place, it)]));
        checker.report(
            Finding::new(
                place,
                format!("`{name}` is a name, and a cluster may ask for a number"),
                "Write the number of the user.",
            )
            .fix(fix),
        );
    }
}

/// The number that a command in the stage, or in one below, gives the user.
fn number(checker: &Checker<'_>, at: usize, name: &str) -> Option<String> {
    let chain: Vec<_> = checker.chain(at).collect();
    let mut commands = checker.commands(&["useradd", "adduser"]);
    let (_, command) = commands.find(|(run, command)| {
        chain.contains(&run.stage()) && command.operands().iter().any(|it| it.rough() == name)
    })?;
    let number = command.flag(&["-u", "--uid"])?;
    number.bytes().all(|it| it.is_ascii_digit()).then(|| number.to_owned())
}
