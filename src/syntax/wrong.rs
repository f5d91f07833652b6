//! What makes an instruction one that no builder can read.

use std::borrow::Cow;

use crate::{
    diagnostic::{Diagnostic, Severity},
    text::Span,
};

/// An error of one instruction: Docker's words, and ours.
#[derive(Debug)]
pub(crate) struct Wrong {
    span: Span,
    code: &'static str,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
}

impl Wrong {
    /// What Docker's text parser refuses.
    pub(crate) fn text(span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self { span, code: super::SYNTAX, message: message.into(), help: "".into() }
    }

    /// What Docker refuses when it looks at one instruction.
    pub(crate) fn instruction(span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: super::INSTRUCTION, ..Self::text(span, message) }
    }

    /// What Docker refuses when it puts the instructions together.
    pub(crate) fn build(span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: super::BUILD, ..Self::text(span, message) }
    }

    /// The finding, in a box.
    pub(crate) fn boxed(self) -> Box<Diagnostic> {
        Box::new(self.into())
    }

    /// Docker's words.
    pub(crate) fn into_message(self) -> String {
        self.message.into_owned()
    }

    /// Which step of Docker refuses it.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// Whether Docker's text parser refuses it, before it looks at any instruction.
    pub(crate) fn is_syntax(&self) -> bool {
        self.code == super::SYNTAX
    }

    /// With a sentence about what to do.
    pub(crate) fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        Self { help: help.into(), ..self }
    }
}

impl From<Wrong> for Diagnostic {
    fn from(it: Wrong) -> Self {
        let Wrong { span, code, message, help } = it;
        let help = (!help.is_empty()).then_some(help);
        Self {
            code,
            severity: Severity::Error,
            span,
            message,
            help,
            fix: None,
            related: Vec::new(),
        }
    }
}
