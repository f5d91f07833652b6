use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    shell::Command,
    syntax::InstructionKind,
    text::Span,
};

rule! {
    /// A file that everyone may write lets every program in the container change it: also the one that somebody broke into,
    /// whoever it runs as.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// COPY --chmod=777 app /app
    /// #            ^^^ everyone may write what has the mode `777`
    /// RUN mkdir -m 0777 /data && chmod -R a+rwx /app
    /// #            ^^^^ everyone may write what has the mode `0777`
    /// #                                   ^^^^^ everyone may write what has the mode `a+rwx`
    /// ```
    ///
    /// Give it to the user who needs it, or to the group. A folder such as `/tmp` has the mode 1777: everyone may write there,
    /// and nobody can take away what another one wrote.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// COPY --chown=app --chmod=755 app /app
    /// RUN chmod 1777 /tmp && chmod g+w,o-w,+x,a+rX /app && chmod 0750 /data && chmod $MODE /x
    /// ```
    DW607 "world-writable" Warning On
    "droast:DF034 tally:world-writable-state-path-workaround"
    check
}

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        let (InstructionKind::Add(it) | InstructionKind::Copy(it)) = &instruction.kind else {
            continue;
        };
        if let Some(mode) = it.flags().chmod.as_ref().filter(|it| is_open(it)) {
            report(checker, mode, mode.span);
        }
    }
    for (_, command) in checker.commands(&["chmod", "mkdir", "install"]) {
        if let Some((mode, span)) = mode(command).filter(|it| is_open(&it.0)) {
            report(checker, &mode, span);
        }
    }
}

fn report(checker: &Checker<'_>, mode: &str, span: Span) {
    checker.report(Finding::new(
        span,
        format!("everyone may write what has the mode `{mode}`"),
        "Give it to the user or the group that needs it.",
    ));
}

/// The mode that a command sets, and where it says so.
fn mode(command: &Command<'_>) -> Option<(String, Span)> {
    if command.name() == "chmod" {
        let word = command.operands().first().copied()?;
        return Some((word.rough().into_owned(), word.span()));
    }
    let mode = command.flag(&["-m", "--mode"])?;
    let word = command.arguments().iter().find(|it| it.rough().ends_with(mode))?;
    Some((mode.to_owned(), word.span()))
}

/// Whether a mode lets everyone write, and everyone take away what others wrote.
fn is_open(mode: &str) -> bool {
    if mode.is_empty() || mode.len() > 64 {
        return false;
    }
    if mode.bytes().all(|it| it.is_ascii_digit()) {
        let bits = u32::from_str_radix(mode, 8).unwrap_or_default();
        return bits & 0o002 != 0 && bits & 0o1000 == 0;
    }
    let opens = |part: &str| {
        let at = part.find(['+', '=']).unwrap_or(0);
        let (who, what) = part.split_at_checked(at).unwrap_or_default();
        let is_known = what.bytes().all(|it| b"+=rwxXst".contains(&it));
        is_known && (who.contains('o') || who.contains('a')) && what.contains('w')
    };
    !mode.contains(['$', 't']) && mode.split(',').any(opens)
}
