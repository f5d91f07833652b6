use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, Text},
};

rule! {
    /// Whoever can write to the socket of the engine is root on the machine: it starts any container with any folder in it.
    /// An image that asks for the socket as a volume, or holds one, has no business with it.
    ///
    /// ```dockerfile bad
    /// FROM docker:28-cli
    /// VOLUME /var/run/docker.sock /data
    /// #      ^^^^^^^^^^^^^^^^^^^^ the socket of the engine is in this image's hands
    /// COPY docker.sock /var/run/
    /// #    ^^^^^^^^^^^ the socket of the engine is in this image's hands
    /// ```
    ///
    /// ```dockerfile good
    /// FROM docker:28-cli
    /// VOLUME /data
    /// ENV DOCKER_HOST=unix:///var/run/docker.sock
    /// ```
    DW612 "docker-socket" Warning On
    "semgrep:dockerfile-dockerd-socket-mount"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        match &instruction.kind {
            InstructionKind::Volume(it) => {
                for it in &it.paths {
                    look_at(checker, it);
                }
            }
            InstructionKind::Add(it) | InstructionKind::Copy(it) => {
                for it in &it.sources {
                    look_at(checker, it);
                }
                look_at(checker, &it.destination);
            }
            _ => (),
        }
    }
}

fn look_at(checker: &Checker<'_>, path: &Text<'_>) {
    let name = path.trim_matches(['"', '\'']).rsplit('/').next().unwrap_or_default();
    if matches!(name, "docker.sock" | "containerd.sock" | "podman.sock") {
        checker.report(Finding::new(
            path.span,
            "the socket of the engine is in this image's hands",
            "Leave it out, and think twice before a container gets it.",
        ));
    }
}
