//! The form of a rule file.

/// Declares a rule: its documentation, then its code, its name, its severity and its check.
///
/// The documentation is rustdoc's and also data, so that the page and `dockwright rule` show it.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $code:ident $name:literal $severity:ident $check:ident) => {
        $(#[doc = $doc])+
        pub(crate) const RULE: crate::lint::Rule = crate::lint::Rule {
            code: stringify!($code),
            name: $name,
            severity: crate::diagnostic::Severity::$severity,
            docs: concat!($($doc, "\n"),+),
            check: $check,
        };
    };
}

pub(crate) use rule;
