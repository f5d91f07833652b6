//! What the shell of a `RUN` gets to read.

use crate::{
    shell::{Dialect, Source},
    syntax::{Form, Heredoc, Instruction, Text},
    text::{Span, to_u32},
};

/// The script of an instruction, and the shell that its first line asks for. A command in exec form is the script of
/// `["sh", "-c", "script"]`, or else a command of its own.
pub(crate) fn script(
    file: &str,
    instruction: &Instruction<'_>,
    form: &Form<'_>,
) -> (Source, Option<Dialect>) {
    match form {
        Form::Shell(text) => shell_form(file, text, &instruction.heredocs),
        Form::Exec(words) => exec_form(file, words),
    }
}

/// The text, with the here-documents behind it; a here-document alone is the script itself. The shell form of
/// `RUN`: see `simulate::run`.
fn shell_form(file: &str, text: &Text<'_>, heredocs: &[Heredoc<'_>]) -> (Source, Option<Dialect>) {
    let mut source = Source::default();
    if let [only] = heredocs
        && only.opener == text.span
    {
        let mut at = only.body.start;
        for line in only.body.slice(file).split_inclusive('\n') {
            let end = at + to_u32(line.len());
            let tabs =
                if only.strip_tabs { line.len() - line.trim_start_matches('\t').len() } else { 0 };
            source.push(line.get(tabs..).unwrap_or_default(), Span::new(at + to_u32(tabs), end));
            at = end;
        }
        let dialect = Dialect::of_script(source.text());
        return (source, dialect);
    }
    let mut at = 0;
    for span in text.spans(0, text.len()) {
        let end = at + span.len() as usize;
        source.push(text.get(at..end).unwrap_or_default(), span);
        at = end;
    }
    for it in heredocs {
        source.push("\n", Span::at(it.body.start.saturating_sub(1)));
        source.push(it.body.slice(file), it.body);
        source.push(&it.name, it.end);
    }
    (source, None)
}

fn exec_form(file: &str, words: &[Text<'_>]) -> (Source, Option<Dialect>) {
    let mut source = Source::default();
    if let [shell, flag, script] = words
        && flag.starts_with('-')
        && flag.ends_with('c')
        && Dialect::of(shell).is_posix()
    {
        push_string(&mut source, file, script);
        return (source, Some(Dialect::of(shell)));
    }
    for (at, word) in words.iter().enumerate() {
        let start = Span::at(word.span.start);
        if at > 0 {
            source.push(" ", start);
        }
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=@%+,".contains(it);
        let quote = if !word.is_empty() && word.chars().all(is_plain) { "" } else { "'" };
        source.push(quote, start);
        if word.contains('\'') {
            // A quote cannot stand in quotes.
            source.push(&word.replace('\'', "'\"'\"'"), word.span);
        } else {
            push_string(&mut source, file, word);
        }
        source.push(quote, Span::at(word.span.end));
    }
    (source, None)
}

/// Adds a decoded string of a JSON array, each byte with its place.
fn push_string(source: &mut Source, file: &str, word: &Text<'_>) {
    let raw = word.span.slice(file);
    let mut decoded = Source::default();
    let mut at = word.span.start + 1;
    let mut rest = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    while !rest.is_empty() {
        let plain = rest.find('\\').unwrap_or(rest.len());
        let (before, after) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        decoded.push(before, Span::new(at, at + to_u32(plain)));
        at += to_u32(plain);
        let code = after.chars().nth(1).unwrap_or('\\');
        let (it, len) = match code {
            'n' => ('\n', 2),
            't' => ('\t', 2),
            'r' => ('\r', 2),
            'b' => ('\x08', 2),
            'f' => ('\x0c', 2),
            'u' => {
                let code = after.get(2..6).and_then(|it| u32::from_str_radix(it, 16).ok());
                (code.and_then(char::from_u32).unwrap_or('\u{fffd}'), 6)
            }
            it => (it, 2),
        };
        if !after.is_empty() {
            decoded.push(it.encode_utf8(&mut [0; 4]), Span::new(at, at + to_u32(len)));
        }
        at += to_u32(len);
        rest = after.get(len..).unwrap_or_default();
    }
    // What stands on several lines, or has characters of two codes, has only its whole place.
    if decoded.text() == word.as_str() {
        source.push_part(&decoded, 0, to_u32(decoded.text().len()));
    } else {
        source.push(word, word.span);
    }
}
