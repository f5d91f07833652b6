use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        edit::remove,
        labels::{Label, labels},
    },
    order,
    syntax::InstructionKind,
    text::Span,
};

rule! {
    /// Of two labels with one key the later counts. The earlier one is left over, or one of them is misspelt.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// LABEL version=1
    /// #     ^^^^^^^ a later label `version` replaces this one
    /// LABEL title=app "version"=2 \
    /// #                ^^^^^^^ a later label `version` replaces this one
    ///       vendor=corp version=3
    /// ```
    ///
    /// ```dockerfile fixed
    /// FROM debian:13
    /// LABEL title=app vendor=corp version=3
    /// ```
    ///
    /// What a stage takes over may be replaced.
    ///
    /// ```dockerfile good
    /// FROM debian:13 AS base
    /// LABEL version=1
    /// FROM base
    /// LABEL version=2
    /// LABEL $KEY=1 $KEY=2
    /// ```
    DW811 "duplicate-label" Warning On
    "tally:labels/no-duplicate-keys"
    check
}

fn check(checker: &Checker<'_>) {
    let labels = labels(checker);
    let mut keyed: Vec<_> = labels.iter().filter_map(|it| Some((it, it.key.as_deref()?))).collect();
    order::sort_by_key(&mut keyed, |it| (it.0.stage, it.1));
    for pair in keyed.windows(2) {
        let [(earlier, key), (label, other)] = pair else { continue };
        if (earlier.stage, key) != (label.stage, other) {
            continue;
        }
        checker.report(
            Finding::new(
                earlier.key_span(),
                format!("a later label `{key}` replaces this one"),
                "Keep one of them.",
            )
            .related(label.key_span(), "the later one")
            .fix(fix(checker.source(), earlier)),
        );
    }
}

/// Takes a label out, unless a comment stands beside it.
fn fix(source: &str, label: &Label<'_>) -> Option<Fix> {
    let InstructionKind::Label(all) = &label.instruction.kind else { return None };
    if all.legacy || all.pairs.len() == 1 {
        let edit = remove(source, label.instruction);
        return Some(Fix::safe("Remove this LABEL", vec![edit]));
    }
    let whole = label.pair.name.span.to(label.pair.value.span);
    let (gone, between) = match all.pairs.get(label.at + 1) {
        Some(next) => {
            let start = next.name.span.start;
            (Span::new(whole.start, start), Span::new(whole.end, start))
        }
        None => {
            let end = all.pairs.get(label.at.checked_sub(1)?)?.value.span.end;
            (Span::new(end, whole.end), Span::new(end, whole.start))
        }
    };
    let is_plain = !between.slice(source).contains('#');
    is_plain.then(|| Fix::safe("Remove this label", vec![Edit::delete(gone)]))
}
