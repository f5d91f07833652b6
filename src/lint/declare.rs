//! The form of a rule's file.

/// Declares a rule: its documentation, then its code, its name, its severity, its state, what other tools call it, and
/// its check. A check of the shell looks at scripts; a rule without a check is one that the parser, or what reads
/// suppressions, looks after.
///
/// The documentation is rustdoc's and also data, so that the page and `dockwright rule` show it.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $state:ident $aliases:literal) => {
        crate::lint::declare::rule!(@ [$($doc)+] $code $name $severity $state $aliases, Elsewhere);
    };
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $state:ident $aliases:literal $check:ident) => {
        crate::lint::declare::rule!(@ [$($doc)+] $code $name $severity $state $aliases, File($check));
    };
    (@ [$($doc:literal)+] $code:ident $name:literal $severity:ident $state:ident $aliases:literal, $($check:tt)+) => {
        $(#[doc = $doc])+
        pub(crate) const RULE: crate::lint::Rule = crate::lint::Rule {
            code: stringify!($code),
            name: $name,
            severity: crate::diagnostic::Severity::$severity,
            state: crate::lint::State::$state,
            aliases: $aliases,
            #[cfg(not(target_arch = "wasm32"))]
            docs: concat!($($doc, "\n"),+),
            #[cfg(target_arch = "wasm32")]
            docs: "",
            check: crate::lint::rule::Check::$($check)+,
        };
    };
}

pub(crate) use rule;
