//! The parser's errors under the codes of rules. They are shown whatever settings and comments say: no builder reads such
//! a file.

use crate::{
    diagnostic::Diagnostic,
    syntax::{BUILD, INSTRUCTION, SYNTAX},
};

/// What messages of errors contain, and the rule that it is. The first one counts.
const RULES: [(&str, &str); 47] = [
    ("unknown instruction", "DW001"),
    ("cannot be empty", "DW002"),
    ("no instructions", "DW002"),
    ("contains no stages", "DW002"),
    ("no build stage in current context", "DW003"),
    ("unknown flag", "DW005"),
    ("uplicate flag", "DW007"),
    ("invalid reference format", "DW009"),
    ("base name", "DW009"),
    ("directive", "DW010"),
    ("escape token", "DW010"),
    ("unterminated heredoc", "DW011"),
    ("end of statement", "DW012"),
    ("can't find =", "DW012"),
    ("names can not be blank", "DW012"),
    ("modifier", "DW013"),
    ("ONBUILD", "DW014"),
    ("containerPort", "DW015"),
    ("invalid port", "DW015"),
    ("signal", "DW016"),
    ("SHELL requires", "DW017"),
    ("circular", "DW018"),
    ("name for build stage", "DW108"),
    ("must be a directory and end with a /", "DW303"),
    ("variable expansion", "DW006"),
    ("network mode", "DW006"),
    ("security \"", "DW006"),
    ("device", "DW006"),
    ("parse csv", "DW006"),
    ("unexpected key", "DW006"),
    ("invalid field", "DW006"),
    ("less than 1ms", "DW006"),
    ("--retries", "DW006"),
    ("strings only", "DW008"),
    ("heredoc as a destination", "DW004"),
    ("Unknown type", "DW004"),
    ("Missing command", "DW004"),
    ("empty string", "DW004"),
    ("requires", "DW004"),
    ("two arguments", "DW004"),
    ("three arguments", "DW004"),
    ("argument", "DW004"),
    ("duration", "DW006"),
    ("boolean", "DW006"),
    ("value", "DW006"),
    ("mount", "DW006"),
    ("flag", "DW006"),
];

/// An error under the code of its rule. What is no error of the parser stays as it is.
pub(super) fn named(error: Diagnostic) -> Diagnostic {
    Diagnostic { code: code(&error), ..error }
}

fn code(error: &Diagnostic) -> &'static str {
    if ![SYNTAX, INSTRUCTION, BUILD].contains(&error.code) {
        return error.code;
    }
    let found = RULES.iter().find(|it| error.message.contains(it.0));
    found.map_or("DW001", |it| it.1)
}
