use crate::{
    lint::{
        checker::{Checker, Finding, Run},
        declare::rule,
        files::joined,
    },
    order::Map,
    syntax::{Instruction, InstructionKind},
};

rule! {
    /// Changing the mode or the owner of a file in the next layer writes the whole file once more. `COPY` can give both.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// COPY entrypoint.sh /usr/local/bin/
    /// RUN chmod +x /usr/local/bin/entrypoint.sh
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the file was copied above: `COPY --chmod` makes no second one
    /// WORKDIR /app
    /// COPY data .
    /// RUN chown -R app /app
    /// #   ^^^^^^^^^^^^^^^^^ the files were copied above: `COPY --chown` makes no second one
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// COPY --chmod=755 entrypoint.sh /usr/local/bin/
    /// COPY --chown=app data /app/
    /// RUN chmod +x /usr/local/bin/other.sh
    /// RUN make && chown -R app /srv
    /// ```
    DW310 "copy-then-chmod" Info On "tally:prefer-copy-chmod"
    check
}

fn check(checker: &Checker<'_>) {
    if !checker.uses(&["chmod", "chown"]) {
        return;
    }
    let mut runs = checker.runs().iter().peekable();
    for stage in checker.stages() {
        let mut workdir = String::new();
        let mut copied: Map<&Instruction<'_>> = Map::new();
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::Workdir(it) => workdir = joined(&workdir, &it.path),
                InstructionKind::Copy(_) | InstructionKind::Add(_) => {
                    note(&mut copied, &workdir, instruction);
                }
                _ => (),
            }
            while let Some(run) =
                runs.next_if(|it| it.instruction().span.start <= instruction.span.end)
            {
                changes(checker, run, &workdir, &copied);
                // What it has made is not what was copied.
                copied = Map::new();
            }
        }
    }
}

/// Notes where files are copied to; not if they get a mode and an owner there.
fn note<'i>(
    copied: &mut Map<&'i Instruction<'i>>,
    workdir: &str,
    instruction: &'i Instruction<'i>,
) {
    let (InstructionKind::Copy(copy) | InstructionKind::Add(copy)) = &instruction.kind else {
        return;
    };
    let target = joined(workdir, &copy.destination);
    let is_directory =
        copy.destination.ends_with('/') || matches!(copy.destination.as_str(), "." | "..");
    for source in &copy.sources {
        let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        if is_directory && name.contains('.') && name != "." {
            copied.insert(joined(&target, name), instruction);
        }
    }
    copied.insert(target, instruction);
}

fn changes(checker: &Checker<'_>, run: &Run<'_>, workdir: &str, copied: &Map<&Instruction<'_>>) {
    for command in run.commands.iter().filter(|it| matches!(it.name(), "chmod" | "chown")) {
        let words = command.operands().iter();
        let paths: Vec<_> = words.skip(1).map(|it| joined(workdir, &it.rough())).collect();
        let Some(first) = paths.first().and_then(|it| copied.get(it)) else { continue };
        if !paths.iter().all(|it| copied.contains_key(it)) {
            continue;
        }
        let is_many = command.has_flag(&["-R", "--recursive"]) || paths.len() > 1;
        let what = if is_many { "files were" } else { "file was" };
        let name = command.name();
        let is_add = matches!(first.kind, InstructionKind::Add(_));
        let keyword = if is_add { "ADD" } else { "COPY" };
        checker.report(
            Finding::new(
                command.span(),
                format!("the {what} copied above: `{keyword} --{name}` makes no second one"),
                format!("Write {keyword} --{name}= there, and leave this out."),
            )
            .related(first.head(), "copied here"),
        );
    }
}
