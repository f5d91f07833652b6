//! The form of a check's file.

/// Declares a check: its documentation, its code, its name, its severity, `preview` if it is tried out.
macro_rules! check {
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $check:ident) => {
        crate::lint::declare::rule!(@ [$($doc)+] $code $name $severity On "", Script($check));
    };
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $check:ident preview) => {
        crate::lint::declare::rule!(@ [$($doc)+] $code $name $severity Preview "", Script($check));
    };
}

pub(crate) use check;
