//! What is wrong with comments that silence findings.

use super::{Form, Name, Reach, Suppression, runs};
use crate::{
    diagnostic::{Diagnostic, Edit, Fix},
    lint::{
        Rule, Settings,
        checker::{Finding, MAX_FINDINGS},
        rules::{bad_suppression, inline_ignore, suppression_without_reason, unused_suppression},
        settings::names,
    },
    order::Map,
    syntax::keyword::nearest,
    text::{Span, to_u32},
};

/// Adds the findings about comments; `used` says of each name whether it silenced something.
pub(super) fn report(
    source: &str,
    all: &[Suppression],
    used: &[Vec<bool>],
    settings: &Settings,
    found: &mut Vec<Diagnostic>,
) {
    let mut reporter = Reporter { source, settings, found, known: Map::new(), counts: Map::new() };
    for (it, used) in all.iter().zip(used) {
        reporter.policy(it);
        if let Some(why) = misplaced(it) {
            reporter.add(
                &bad_suppression::RULE,
                Finding::new(
                    it.span,
                    why,
                    "Move it above the instruction that it is about, or remove it.",
                ),
            );
            continue;
        }
        for (at, (name, used)) in it.names.iter().zip(used).enumerate() {
            reporter.name(it, at, name, *used);
        }
    }
}

fn misplaced(it: &Suppression) -> Option<&'static str> {
    if it.reach == Reach::End {
        return None;
    }
    if it.scope.is_none() {
        return Some("this comment is about the instruction below it, and there is none");
    }
    let is_known = it.form != Form::Other;
    (it.names.is_empty() && is_known).then_some("this comment names no rule")
}

struct Reporter<'r> {
    source: &'r str,
    settings: &'r Settings,
    found: &'r mut Vec<Diagnostic>,
    /// For each name, what [`runs`] says.
    known: Map<Option<bool>>,
    /// How many findings each rule has.
    counts: Map<usize>,
}

impl Reporter<'_> {
    /// Whether more findings of a rule are kept.
    fn takes(&self, rule: &Rule) -> bool {
        self.counts.get(rule.code).is_none_or(|it| *it < MAX_FINDINGS)
    }

    fn add(&mut self, rule: &'static Rule, finding: Finding) {
        if self.takes(rule) && self.settings.runs(rule) {
            self.counts.change(rule.code.to_owned(), |it| *it += 1);
            let Finding { span, message, help, fix, related } = finding;
            let error = Diagnostic::error(span, message).with_help(help);
            let severity = self.settings.severity(rule);
            self.found.push(Diagnostic { code: rule.code, severity, fix, related, ..error });
        }
    }

    fn policy(&mut self, it: &Suppression) {
        if it.reach == Reach::Instruction {
            let help = "Mend what it hides, or change the configuration for everybody.";
            self.add(
                &inline_ignore::RULE,
                Finding::new(it.span, "this comment silences rules for one instruction", help),
            );
        }
        let can_say_why = matches!(it.form, Form::Dockwright | Form::Hadolint);
        if it.reason.is_none() && can_say_why && it.reach != Reach::End {
            let help = "Say why behind the list: hadolint reads a reason behind a second #.";
            self.add(
                &suppression_without_reason::RULE,
                Finding::new(it.span, "this comment does not say why", help),
            );
        }
    }

    fn name(&mut self, it: &Suppression, at: usize, name: &Name, used: bool) {
        let runs = match self.known.get(&name.text) {
            Some(it) => *it,
            None => {
                let runs = runs(name, self.settings);
                self.known.insert(name.text.clone(), runs);
                runs
            }
        };
        match runs {
            // A number that ShellCheck has and we do not, or a name of a tool that we know little of.
            None if is_shellcheck(&name.text) || it.form == Form::Other => (),
            None if self.takes(&bad_suppression::RULE) => self.unknown(it, name),
            Some(true)
                if self.takes(&unused_suppression::RULE) && !used && it.reach != Reach::End =>
            {
                let message = format!("`{}` has nothing to silence here", name.text);
                let fix = self.removal(it, at);
                let finding = Finding::new(name.span, message, "Remove it.").fix(fix);
                self.add(&unused_suppression::RULE, finding);
            }
            None | Some(_) => (),
        }
    }

    fn unknown(&mut self, it: &Suppression, name: &Name) {
        let near = nearest(&name.text, names());
        let message = match (near, it.form) {
            (Some(near), _) => format!("there is no rule `{}`; did you mean `{near}`?", name.text),
            (None, Form::Hadolint) => {
                format!("`{}` is no code: hadolint does not read this comment", name.text)
            }
            (None, _) => format!("there is no rule `{}`", name.text),
        };
        let fix = near.map(|near| {
            Fix::display(format!("Write {near}"), vec![Edit::replace(name.span, near)])
        });
        let help = "Write codes or names with commas between them; a reason goes behind the list.";
        self.add(&bad_suppression::RULE, Finding::new(name.span, message, help).fix(fix));
    }

    /// Takes a name out of its list, or the comment out of the file if it is the only one.
    fn removal(&self, it: &Suppression, at: usize) -> Fix {
        let span = |at: usize| it.names.get(at).map(|it| it.span);
        let (Some(name), 2..) = (span(at), it.names.len()) else {
            return Fix::safe("Remove the comment", vec![Edit::delete(self.line(it.span))]);
        };
        // With the comma behind it, or before it if it is the last one.
        let span = match (at.checked_sub(1).and_then(span), span(at + 1)) {
            (_, Some(next)) => Span::new(name.start, next.start),
            (Some(before), None) => Span::new(before.end, name.end),
            (None, None) => name,
        };
        Fix::safe("Remove the name", vec![Edit::delete(span)])
    }

    /// The line of a comment with its line break, if nothing else stands there.
    fn line(&self, span: Span) -> Span {
        let before = self.source.get(..span.start as usize).unwrap_or_default();
        let after = self.source.get(span.end as usize..).unwrap_or_default();
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let blank = after.len() - after.trim_start_matches([' ', '\t', '\r']).len();
        let end = after.get(blank..).unwrap_or_default();
        let line_end = to_u32(if end.starts_with('\n') { blank + 1 } else { blank });
        Span::new(span.start - to_u32(indent), span.end + line_end)
    }
}

fn is_shellcheck(name: &str) -> bool {
    name.strip_prefix("SC")
        .is_some_and(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit()))
}
