use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    syntax::{InstructionKind, Text},
};

rule! {
    /// `/proc`, `/sys` and `/dev` belong to the kernel: a container gets its own, and what an image has there is hidden. A
    /// volume over `/usr` or `/etc` keeps the old programs when the image is new.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// WORKDIR /proc/1
    /// #       ^^^^^^^ `/proc/1` belongs to the system
    /// VOLUME /data /etc
    /// #            ^^^^ `/etc` belongs to the system
    /// ```
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// WORKDIR /
    /// WORKDIR /etc/nginx
    /// VOLUME /etc/app /sys/fs/cgroup /usr/share/app
    /// ```
    DW613 "system-directory" Warning On
    "DS-0030"
    check
}

/// The kernel makes these, all that is in them.
const KERNEL: [&str; 4] = ["/boot", "/dev", "/proc", "/sys"];
/// Programs, and what they need.
const SYSTEM: [&str; 10] =
    ["", "/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr", "/usr/bin", "/usr/lib", "/usr/sbin"];

fn check(checker: &Checker<'_>) {
    for instruction in checker.instructions() {
        match &instruction.kind {
            InstructionKind::Workdir(it) if is_kernel(path(&it.path)) => {
                report(checker, &it.path);
            }
            InstructionKind::Volume(it) => {
                for it in &it.paths {
                    // Programs of the init kind ask for this one.
                    let path = path(it);
                    let is_cgroup = path.starts_with("/sys/fs/cgroup");
                    if (is_kernel(path) || SYSTEM.contains(&path)) && !is_cgroup {
                        report(checker, it);
                    }
                }
            }
            _ => (),
        }
    }
}

fn path<'t>(text: &'t Text<'_>) -> &'t str {
    text.trim_matches(['"', '\'']).trim_end_matches('/')
}

fn is_kernel(path: &str) -> bool {
    KERNEL
        .iter()
        .any(|it| path.strip_prefix(it).is_some_and(|it| it.is_empty() || it.starts_with('/')))
}

fn report(checker: &Checker<'_>, path: &Text<'_>) {
    let message = format!("`{}` belongs to the system", path.trim_matches(['"', '\'']));
    checker.report(Finding::new(path.span, message, "Use a folder of your own."));
}
