use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        files::is_packed,
    },
    order::Map,
    syntax::InstructionKind,
    text::Span,
};

/// What unpacks.
const PROGRAMS: [&str; 9] =
    ["tar", "bsdtar", "unzip", "gunzip", "bunzip2", "unxz", "unlzma", "uncompress", "7z"];

rule! {
    /// The archive is in one layer and what was in it in the next: the image holds both, even if the archive is removed.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// COPY dist/app.tar.gz /tmp/
    /// #    ^^^^^^^^^^^^^^^ this archive is unpacked below, and stays in its layer
    /// RUN tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz
    /// COPY tools.zip /tmp/t.zip
    /// #    ^^^^^^^^^ this archive is unpacked below, and stays in its layer
    /// RUN unzip /tmp/t.zip
    /// ```
    ///
    /// `ADD` unpacks a tar archive as it copies it. For others, mount the file where it is needed.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ADD dist/app.tar.gz /opt/
    /// RUN --mount=source=tools.zip,target=/tmp/tools.zip unzip /tmp/tools.zip
    /// COPY data.tar.gz /srv/
    /// RUN tar -czf /srv/other.tar.gz /etc && tar -xf /srv/third.tar.gz
    /// FROM debian:13
    /// RUN tar -xf /srv/data.tar.gz
    /// ```
    DW309 "extract-copied-archive" Info On "DL3010"
    check
}

fn check(checker: &Checker<'_>) {
    if !checker.uses(&PROGRAMS) {
        return;
    }
    let mut runs = checker.runs().iter().peekable();
    for stage in checker.stages() {
        // By the last part of the name under which the archive lies in the image.
        let mut copied: Map<Span> = Map::new();
        for instruction in stage.body {
            if let InstructionKind::Copy(copy) = &instruction.kind
                && copy.flags().from.is_none()
            {
                let last = |it: &str| it.rsplit('/').next().unwrap_or_default().to_owned();
                for source in copy.sources.iter().filter(|it| is_packed(it)) {
                    let target = last(&copy.destination);
                    let name = if is_packed(&target) { target } else { last(source) };
                    copied.insert(name, source.span);
                }
            }
            while let Some(run) =
                runs.next_if(|it| it.instruction().span.start <= instruction.span.end)
            {
                for command in run.commands.iter().filter(|it| PROGRAMS.contains(&it.name())) {
                    let is_tar = matches!(command.name(), "tar" | "bsdtar");
                    if is_tar && !command.has_flag(&["-x", "--extract", "--get"]) {
                        continue;
                    }
                    for word in command.arguments() {
                        let text = word.rough();
                        let name = text.rsplit('/').next().unwrap_or_default();
                        if let Some(span) = copied.remove(name) {
                            checker.report(
                                Finding::new(
                                    span,
                                    "this archive is unpacked below, and stays in its layer",
                                    "Use ADD for a tar archive, or RUN --mount=source= for others.",
                                )
                                .related(command.span(), "it is unpacked here"),
                            );
                        }
                    }
                }
            }
        }
    }
}
