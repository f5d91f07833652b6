use crate::{
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        files::is_whole_context,
    },
    shell::Command,
    syntax::InstructionKind,
    text::Span,
};

/// Programs and the words behind them that install what a list of dependencies names.
const INSTALLS: [(&str, &[&str]); 13] = [
    ("npm", &["install", "i", "ci"]),
    ("yarn", &["install", ""]),
    ("pnpm", &["install", "i"]),
    ("bun", &["install", "i"]),
    ("go", &["mod"]),
    ("bundle", &["install", ""]),
    ("composer", &["install"]),
    ("cargo", &["fetch"]),
    ("poetry", &["install"]),
    ("uv", &["sync"]),
    ("pipenv", &["install", "sync"]),
    ("dotnet", &["restore"]),
    ("mix", &["deps.get"]),
];

rule! {
    /// When any file of the context changes, this line and all below it run again. The dependencies are then downloaded for each
    /// changed comment.
    ///
    /// ```dockerfile bad
    /// FROM node:22
    /// WORKDIR /app
    /// COPY . .
    /// #    ^ each change of a file installs all dependencies again
    /// RUN npm ci
    /// FROM python:3.13
    /// WORKDIR /app
    /// COPY . .
    /// #    ^ each change of a file installs all dependencies again
    /// RUN pip install -r requirements.txt
    /// ```
    ///
    /// Copy the list of dependencies first, install, and copy the rest then. A cache mount makes it cheap as well.
    ///
    /// ```dockerfile good
    /// FROM node:22
    /// WORKDIR /app
    /// COPY package.json package-lock.json ./
    /// RUN npm ci
    /// COPY . .
    /// RUN npm run build
    /// FROM node:22
    /// COPY . .
    /// RUN --mount=type=cache,target=/root/.npm npm ci
    /// FROM python:3.13
    /// COPY . .
    /// RUN pip install .
    /// RUN npm install -g serve
    /// ```
    DW312 "cache-busting-copy" Info On ""
    check
}

fn check(checker: &Checker<'_>) {
    let mut runs = checker.runs().iter().peekable();
    for stage in checker.stages() {
        let mut copied: Option<Span> = None;
        let mut is_installed = false;
        for instruction in stage.body {
            if let InstructionKind::Copy(copy) | InstructionKind::Add(copy) = &instruction.kind
                && copy.flags().from.is_none()
                && let Some(whole) = copy.sources.iter().find(|it| is_whole_context(it))
            {
                copied = copied.or(Some(whole.span));
            }
            while let Some(run) =
                runs.next_if(|it| it.instruction().span.start <= instruction.span.end)
            {
                let Some(install) = run.commands.iter().find(|it| is_install(it)) else { continue };
                if let Some(span) = copied.take()
                    && !is_installed
                    && !has_mount(run)
                {
                    checker.report(
                        Finding::new(
                            span,
                            "each change of a file installs all dependencies again",
                            "Copy the list of dependencies first, install them, then copy the rest.",
                        )
                        .related(install.span(), "they are installed here"),
                    );
                }
                is_installed = true;
            }
        }
    }
}

fn has_mount(run: &Run<'_>) -> bool {
    run.flags().is_some_and(|it| !it.mounts.is_empty())
}

fn is_install(command: &Command<'_>) -> bool {
    let name = command.name();
    let mut known = INSTALLS.iter().filter(|it| it.0 == name).peekable();
    if !name.starts_with("pip") && known.peek().is_none() {
        return false;
    }
    let operands = command.operands();
    let word = operands.first().map(|it| it.rough()).unwrap_or_default();
    if name.starts_with("pip") && word == "install" {
        return command.has_flag(&["-r", "--requirement"]);
    }
    let is_known = known.any(|it| it.1.contains(&&*word));
    let is_of_list = operands.len() <= 1 || matches!(name, "go" | "dotnet");
    let is_download = name != "go" || operands.get(1).is_some_and(|it| it.rough() == "download");
    is_known && is_of_list && is_download && !command.has_flag(&["-g", "--global"])
}
