use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Base, Checker, Finding},
        declare::rule,
    },
    syntax::{Instruction, InstructionKind},
    text::Span,
};

/// Programs that write where the files are.
const WRITERS: [&str; 26] = [
    "bun", "bundle", "cargo", "chmod", "cmake", "composer", "dotnet", "go", "gradle", "gradlew",
    "hugo", "make", "mix", "mkdir", "mvn", "mvnw", "ng", "npm", "npx", "pnpm", "poetry", "sed",
    "touch", "tsc", "uv", "yarn",
];

rule! {
    /// `USER` is about what runs. `COPY` and `ADD` write as root all the same, so that the program cannot change these files, and
    /// a directory that they make is closed to it.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// USER node
    /// COPY package.json /app/
    /// #    ^^^^^^^^^^^^ root owns this, although `USER` says `node`
    /// COPY src /app/src
    /// RUN npm install
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM node:22
    /// USER node
    /// COPY --chown=node package.json /app/
    /// COPY --chown=node src /app/src
    /// RUN npm install
    /// ```
    ///
    /// Files that the program only reads may well belong to root. So this is said only where a later `RUN` writes as that user.
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// COPY package.json /app/
    /// USER node
    /// COPY --chown=node src /app/src
    /// RUN npm install
    /// FROM node:22
    /// USER node
    /// COPY config.json /etc/app/
    /// RUN node /app/check.js
    /// CMD ["node", "/app"]
    /// FROM node:22
    /// USER root
    /// COPY src /app/src
    /// RUN npm install
    /// ```
    DW311 "root-owned-after-user" Warning On "tally:copy-after-user-without-chown"
    check
}

/// What a stage knows of its user.
#[derive(Clone, Default)]
struct State<'c> {
    user: Option<&'c str>,
}

fn check(checker: &Checker<'_>) {
    if !checker.uses(&WRITERS) {
        return;
    }
    let mut states: Vec<State<'_>> = Vec::new();
    let mut runs = checker.runs().iter().peekable();
    for (at, stage) in checker.stages().iter().enumerate() {
        let mut state = match checker.base(at) {
            Base::Stage(below) => states.get(*below).cloned().unwrap_or_default(),
            Base::Image(_) | Base::Scratch | Base::Unknown => State::default(),
        };
        let mut copied: Vec<(&Instruction<'_>, Span)> = Vec::new();
        let mut is_said = false;
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::User(it) => {
                    state.user = Some(it.user.as_str()).filter(|it| is_other(it));
                    copied.clear();
                }
                InstructionKind::Copy(it) | InstructionKind::Add(it)
                    if state.user.is_some() && it.flags().chown.is_none() =>
                {
                    copied.extend(it.sources.first().map(|it| (instruction, it.span)));
                }
                _ => (),
            }
            while let Some(run) =
                runs.next_if(|it| it.instruction().span.start <= instruction.span.end)
            {
                let writes = run.commands.iter().any(|it| WRITERS.contains(&it.name()));
                if let Some(user) = state.user.filter(|_| writes && !is_said && !copied.is_empty())
                {
                    report(checker, user, &copied);
                    is_said = true;
                }
            }
        }
        states.push(state);
    }
}

/// Whether it is somebody else than root, for certain.
fn is_other(user: &str) -> bool {
    let name = user.trim_matches(['"', '\'']).split(':').next().unwrap_or_default();
    !name.contains('$')
        && !["", "0", "root", "ContainerAdministrator", "Administrator"].contains(&name)
}

fn report(checker: &Checker<'_>, user: &str, copied: &[(&Instruction<'_>, Span)]) {
    let Some(((_, span), others)) = copied.split_first() else { return };
    let edit = |it: &Instruction<'_>| Edit::insert(it.keyword().end, format!(" --chown={user}"));
    let edits = copied.iter().map(|it| edit(it.0)).collect();
    let mut finding = Finding::new(
        *span,
        format!("root owns this, although `USER` says `{user}`"),
        format!("Write --chown={user}."),
    )
    .fix(Fix::risky("Give the files to this user", edits));
    for (_, span) in others.iter().take(10) {
        finding = finding.related(*span, "this too");
    }
    checker.report(finding);
}
