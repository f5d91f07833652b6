use crate::{
    lint::{
        checker::{Base, Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, Text, instruction::copy::Copy},
};

rule! {
    /// A name of a user is looked up in `/etc/passwd` of the image. An image that starts from nothing has no such file: the
    /// build stops at `--chown`, and a container with such a `USER` does not start.
    ///
    /// ```dockerfile bad
    /// FROM scratch
    /// COPY --chown=app:app app /app
    /// #            ^^^^^^^ nothing here knows who `app:app` is
    /// USER nobody
    /// #    ^^^^^^ nothing here knows who `nobody` is
    /// ```
    ///
    /// Numbers need no file. It may also come from another stage.
    ///
    /// ```dockerfile good
    /// FROM scratch
    /// COPY --chown=1000:1000 app /app
    /// USER 65534
    /// FROM scratch
    /// COPY --from=build /etc/passwd /etc/passwd
    /// USER nobody
    /// FROM scratch
    /// ADD rootfs.tar.gz /
    /// USER nobody
    /// ```
    DW717 "named-user-without-passwd" Warning On
    "tally:named-identity-in-passwdless-stage"
    check
}

fn check(checker: &Checker<'_>) {
    let has = checker.inherited(|it| match it {
        InstructionKind::Add(it) | InstructionKind::Copy(it) => may_bring_names(it),
        InstructionKind::Run(_) => true,
        _ => false,
    });
    for (at, stage) in checker.stages().iter().enumerate() {
        if *checker.root(at) != Base::Scratch || has.get(at) != Some(&false) {
            continue;
        }
        for instruction in stage.body {
            match &instruction.kind {
                InstructionKind::User(it) => look_at(checker, &it.user),
                InstructionKind::Add(it) | InstructionKind::Copy(it) => {
                    if let Some(it) = &it.flags().chown {
                        look_at(checker, it);
                    }
                }
                _ => (),
            }
        }
    }
}

fn look_at(checker: &Checker<'_>, who: &Text<'_>) {
    let written = who.trim_matches(['"', '\'']);
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    // Docker takes these for 0 without looking.
    let is_root = written.split(':').all(|it| it == "root" || is_number(it));
    if written.contains('$') || written.is_empty() || is_root {
        return;
    }
    checker.report(Finding::new(
        who.span,
        format!("nothing here knows who `{written}` is"),
        "Use the number, or copy an /etc/passwd first.",
    ));
}

/// Whether `/etc/passwd` may be among what is copied.
fn may_bring_names(copy: &Copy<'_>) -> bool {
    let place = copy.destination.trim_matches(['"', '\'']).trim_end_matches('/');
    let is_wide = matches!(place, "" | "." | "./" | "/." | "/etc" | "etc") || place.contains('$');
    is_wide || place.ends_with("passwd")
}
