use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        files::{is_address, is_archive},
    },
    syntax::InstructionKind,
};

rule! {
    /// `ADD` looks at what it gets: it unpacks archives and fetches addresses. For plain files of the context, `COPY` does the
    /// same and cannot surprise.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ADD --chown=app app.conf lib /app/
    /// #^^ `COPY` is enough for these files
    /// ADD tools.zip /tools.zip
    /// #^^ `COPY` is enough for these files
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// COPY --chown=app app.conf lib /app/
    /// COPY tools.zip /tools.zip
    /// ```
    ///
    /// Archives that `ADD` unpacks, addresses, repositories, and its own flags are what it is for.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ARG FILE
    /// ADD rootfs.tar.xz /
    /// ADD dist/*.tar.zst /srv/
    /// ADD https://example.org/tool /bin/tool
    /// ADD git@github.com:team/app.git#v1 /app
    /// ADD https://github.com/team/app.git /app
    /// ADD --unpack=true bundle /srv/
    /// ADD $FILE /srv/
    /// ```
    DW301 "add-instead-of-copy" Warning On
    "DL3020 DS-0005 CKV_DOCKER_4 KICS semgrep:prefer-copy-over-add"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let InstructionKind::Add(add) = &instruction.kind else { continue };
        let flags = add.flags();
        let has_own_flags =
            flags.checksum.is_some() || flags.keep_git_dir.is_some() || flags.unpack.is_some();
        let is_special = |it: &str| it.contains('$') || is_address(it) || is_archive(it);
        if has_own_flags || add.sources.iter().any(|it| is_special(it)) {
            continue;
        }
        let edit = Edit::replace(instruction.keyword(), "COPY");
        checker.report(
            Finding::new(instruction.keyword(), "`COPY` is enough for these files", "Write COPY.")
                .fix(Fix::safe("Write COPY", vec![edit])),
        );
    }
}
