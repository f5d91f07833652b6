//! The form of a check's file.

/// Declares a check: its documentation, its code, its name, its severity, `preview` if it is one.
macro_rules! check {
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $check:ident) => {
        crate::lint::shell::declare::check!(@ [$($doc)+] $code $name $severity $check false);
    };
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $check:ident preview) => {
        crate::lint::shell::declare::check!(@ [$($doc)+] $code $name $severity $check true);
    };
    (@ [$($doc:literal)+] $code:ident $name:literal $severity:ident $check:ident $preview:literal) => {
        $(#[doc = $doc])+
        pub(super) const CHECK: crate::lint::shell::Check = crate::lint::shell::Check {
            code: stringify!($code),
            name: $name,
            severity: crate::diagnostic::Severity::$severity,
            is_preview: $preview,
            #[cfg(not(target_arch = "wasm32"))]
            docs: concat!($($doc, "\n"),+),
            #[cfg(target_arch = "wasm32")]
            docs: "",
            run: $check,
        };
    };
}

pub(crate) use check;
