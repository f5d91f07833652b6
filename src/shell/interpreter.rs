//! Which shell reads a script.

/// A shell, as far as its language goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `sh`, of which no more is known than POSIX says.
    Sh,
    /// `dash`: POSIX with `local`.
    Dash,
    /// `ash` of `BusyBox`: POSIX with a part of bash.
    Busybox,
    /// `bash`.
    Bash,
    /// `ksh`.
    Ksh,
    /// `powershell` and `pwsh`.
    PowerShell,
    /// `cmd` of Windows.
    Cmd,
    /// Something else: `zsh`, `python`.
    Other,
}

impl Dialect {
    /// The language of a program, by its name or path.
    pub fn of(program: &str) -> Self {
        let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = name.strip_suffix(".exe").unwrap_or(name);
        let names = [
            ("sh", Self::Sh),
            ("dash", Self::Dash),
            ("ash", Self::Busybox),
            ("busybox", Self::Busybox),
            ("bash", Self::Bash),
            ("ksh", Self::Ksh),
            ("powershell", Self::PowerShell),
            ("pwsh", Self::PowerShell),
            ("cmd", Self::Cmd),
        ];
        names.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map_or(Self::Other, |it| it.1)
    }

    /// The language that the first line of a script asks for: `#!/usr/bin/env bash`.
    pub fn of_script(text: &str) -> Option<Self> {
        let line = text.strip_prefix("#!")?.lines().next().unwrap_or_default();
        let mut words = line.split_ascii_whitespace();
        let program = words.next().unwrap_or_default();
        let mut rest = words.filter(|it| !it.starts_with('-'));
        let is_env = program.ends_with("/env");
        Some(Self::of(if is_env { rest.next().unwrap_or_default() } else { program }))
    }

    /// Whether it is a shell whose language this module reads.
    pub const fn is_posix(self) -> bool {
        matches!(self, Self::Sh | Self::Dash | Self::Busybox | Self::Bash | Self::Ksh)
    }

    /// Whether it may have no more than POSIX says.
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Sh | Self::Dash | Self::Busybox)
    }
}
