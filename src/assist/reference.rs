//! What instructions, their flags and directives are for, in a sentence or two.

use crate::syntax::Keyword;

/// The form of an instruction, and what it does.
pub(super) const fn instruction(it: Keyword) -> (&'static str, &'static str) {
    match it {
        Keyword::Add => (
            "ADD [flags] source… destination",
            "Copies files into the image, as `COPY` does, and can do more: it loads addresses and Git repositories, and unpacks local archives.",
        ),
        Keyword::Arg => (
            "ARG name[=default]…",
            "Declares a variable of the build, which `--build-arg` sets. It is seen below this line, in this stage; above the first `FROM`, by `FROM` lines alone. Containers do not have it.",
        ),
        Keyword::Cmd => (
            "CMD [\"program\", \"argument\"…]",
            "What a container runs if `docker run` says nothing else; behind an `ENTRYPOINT`, its arguments. Only the last one of a stage counts. Without the array, a shell runs it.",
        ),
        Keyword::Copy => (
            "COPY [flags] source… destination",
            "Copies files of the build context, of another stage or of an image into the image.",
        ),
        Keyword::Entrypoint => (
            "ENTRYPOINT [\"program\", \"argument\"…]",
            "The program of a container, to which `CMD` or the words of `docker run` are added. Without the array, a shell runs it, and nothing is added.",
        ),
        Keyword::Env => {
            ("ENV name=value…", "Sets variables for the instructions below and for containers.")
        }
        Keyword::Expose => (
            "EXPOSE port[/tcp|/udp]…",
            "Says which ports a program in the container listens at. It opens none: `docker run -p` does.",
        ),
        Keyword::From => (
            "FROM [--platform=…] image [AS name]",
            "Starts a stage from an image, from an earlier stage, or from nothing: `scratch`.",
        ),
        Keyword::Healthcheck => (
            "HEALTHCHECK [flags] CMD command",
            "A command that tells whether a container is well: 0 is yes, 1 is no. `NONE` takes away that of the base image.",
        ),
        Keyword::Label => ("LABEL name=value…", "Notes for people and tools on the image."),
        Keyword::Maintainer => (
            "MAINTAINER text",
            "Who looks after the image. It is out of use: `LABEL org.opencontainers.image.authors` says the same.",
        ),
        Keyword::Onbuild => (
            "ONBUILD instruction",
            "An instruction for later: it runs when another file starts from this image.",
        ),
        Keyword::Run => (
            "RUN [flags] command",
            "Runs a command in the image; what it changes becomes a layer. A here-document holds several lines.",
        ),
        Keyword::Shell => (
            "SHELL [\"program\", \"argument\"…]",
            "The shell that runs what is written without an array, from here on; at first `[\"/bin/sh\", \"-c\"]`.",
        ),
        Keyword::Stopsignal => (
            "STOPSIGNAL signal",
            "The signal that `docker stop` sends first; without it `SIGTERM`.",
        ),
        Keyword::User => {
            ("USER name[:group]", "The user of the instructions below and of the container.")
        }
        Keyword::Volume => (
            "VOLUME path…",
            "Folders that are kept outside the container. What the build writes there later may be lost.",
        ),
        Keyword::Workdir => (
            "WORKDIR path",
            "The folder of the instructions below and of the container; it is made if it is not there.",
        ),
    }
}

/// What a flag is for.
pub(super) fn flag(of: Keyword, name: &str) -> Option<&'static str> {
    Some(match (of, name) {
        (Keyword::From, "platform") => {
            "The machine that the base image is for, such as `linux/arm64`; without it, the one that is built for."
        }
        (_, "chmod") => "The mode of what is copied: `755`, or `u=rwX,go=rX`.",
        (_, "chown") => "The owner of what is copied, `user:group`; without it, root.",
        (_, "exclude") => "Files that are left out, as a pattern; as often as needed.",
        (_, "link") => {
            "A layer of its own, which stays in the cache when layers below it change. Links in the destination are not followed."
        }
        (Keyword::Copy, "from") => {
            "Where the files come from: a stage, an image, or a named context, instead of the build context."
        }
        (Keyword::Copy, "parents") => "Keeps the folders of the sources.",
        (Keyword::Add, "checksum") => {
            "What the loaded file must be, `sha256:…`, or else the build fails."
        }
        (Keyword::Add, "keep-git-dir") => "Keeps the folder `.git` of a repository.",
        (Keyword::Add, "unpack") => "Whether archives are unpacked, loaded ones too.",
        (Keyword::Healthcheck, "interval") => "How long it waits between checks; 30 s without it.",
        (Keyword::Healthcheck, "timeout") => {
            "A check that takes longer has failed; 30 s without it."
        }
        (Keyword::Healthcheck, "start-period") => {
            "So long after the start, a check that fails does not count; 0 s without it."
        }
        (Keyword::Healthcheck, "start-interval") => {
            "How long it waits between checks in the start period; 5 s without it."
        }
        (Keyword::Healthcheck, "retries") => {
            "So many checks in a row must fail before the container is not well; 3 without it."
        }
        (Keyword::Run, "mount") => {
            "What the command sees besides the image: `type=cache`, `secret`, `ssh`, `bind` or `tmpfs`. It is in no layer."
        }
        (Keyword::Run, "network") => "The network of the command: `default`, `none` or `host`.",
        (Keyword::Run, "security") => {
            "`insecure` runs the command without a sandbox, if the builder allows it."
        }
        (Keyword::Run, "device") => "A device of the builder for the command.",
        _ => return None,
    })
}

/// What a directive is for.
pub(super) fn directive(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "syntax" => {
            "Which builder reads this file: `docker/dockerfile:1` is always the newest of its kind."
        }
        "escape" => "The character that continues lines and escapes others: `\\` or a backtick.",
        "check" => {
            "Which build checks are left out, and whether their warnings are errors: `skip=all`, `error=true`."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_explained() {
        for keyword in Keyword::ALL {
            assert!(instruction(keyword).0.starts_with(keyword.as_str()));
            for it in keyword.flags() {
                assert!(flag(keyword, it.name).is_some(), "{} --{}", keyword.as_str(), it.name);
            }
        }
    }
}
