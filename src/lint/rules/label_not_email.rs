use crate::lint::{checker::Checker, declare::rule, labels, settings::LabelKind};

rule! {
    /// Whoever has trouble with an image wants to write to somebody. This looks at the labels that the settings call
    /// e-mail addresses, here `maintainer`.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL maintainer=Jo
    /// #                ^^ the label `maintainer` is no e-mail address
    /// LABEL maintainer="Jo <jo@example.org>"
    /// #                 ^^^^^^^^^^^^^^^^^^^ the label `maintainer` is no e-mail address
    /// LABEL maintainer=jo@example..org
    /// #                ^^^^^^^^^^^^^^^ the label `maintainer` is no e-mail address
    /// ```
    ///
    /// The address stands alone.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// LABEL maintainer=jo.doe+images@example.org
    /// LABEL maintainer="root@localhost"
    /// LABEL maintainer=$WHO
    /// ```
    DW810 "label-not-email" Warning Configured
    "DL3058"
    check
}

fn check(checker: &Checker<'_>) {
    labels::check(
        checker,
        LabelKind::Email,
        is_right,
        "no e-mail address",
        "Write the address alone, such as me@example.org.",
    );
}

/// Whether a text is an address of RFC 5322, 3.4.1, without comments and quotes.
fn is_right(value: &str) -> bool {
    let Some((name, domain)) = value.rsplit_once('@') else { return false };
    let is_atom = |it: &str| {
        let is_letter = |it: char| it.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(it);
        !it.is_empty() && it.chars().all(is_letter)
    };
    let is_label = |it: &str| {
        let is_letter = |it: char| it.is_alphanumeric() || it == '-';
        !it.is_empty() && it.chars().all(is_letter) && !it.starts_with('-') && !it.ends_with('-')
    };
    name.split('.').all(is_atom) && domain.split('.').all(is_label)
}
