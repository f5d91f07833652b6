use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        files::{is_address, is_repository},
    },
    syntax::InstructionKind,
};

rule! {
    /// What an address gives can change, and nobody notices. With a checksum the build stops when the file is another one.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ADD https://example.org/tool-1.2 /bin/tool
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing says what this address must give
    /// ADD https://github.com/team/app.git#v1.2 /app
    /// #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a branch or a tag of a repository can be moved
    /// ```
    ///
    /// A repository is pinned by a commit.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG COMMIT
    /// ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/tool-1.2 /bin/tool
    /// ADD https://github.com/team/app.git#8f1b3f0c5b1b9f2d6f9d5f0f0f4f3f2f1f0f9f8f /app
    /// ADD https://github.com/team/app.git?commit=8f1b3f0c5b1b9f2d6f9d5f0f0f4f3f2f1f0f9f8f /app
    /// ADD git@github.com:team/app.git#$COMMIT /app
    /// ADD rootfs.tar /
    /// ```
    DW302 "add-remote-no-checksum" Warning On ""
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let InstructionKind::Add(add) = &instruction.kind else { continue };
        if add.flags().checksum.is_some() {
            continue;
        }
        for source in add.sources.iter().filter(|it| is_address(it)) {
            let (message, help) = if is_repository(source) {
                if is_pinned(source) {
                    continue;
                }
                (
                    "a branch or a tag of a repository can be moved",
                    "Write # and the commit behind the address.",
                )
            } else {
                (
                    "nothing says what this address must give",
                    "Write --checksum=sha256: and the checksum that you have seen.",
                )
            };
            checker.report(Finding::new(source.span, message, help));
        }
    }
}

/// Whether an address of a repository names a commit, or a variable may do so.
fn is_pinned(address: &str) -> bool {
    let (location, fragment) = address.split_once('#').unwrap_or((address, ""));
    let query = location.split_once('?').map_or("", |it| it.1);
    let reference = fragment.split(':').next().unwrap_or_default();
    let is_commit = |it: &str| it.len() >= 40 && it.bytes().all(|it| it.is_ascii_hexdigit());
    is_commit(reference)
        || reference.contains('$')
        || ["commit=", "checksum="].iter().any(|it| query.contains(it))
}
