use super::*;

fn lookup(name: &str) -> Option<&'static str> {
    let set = [("A", "1"), ("EMPTY", ""), ("PATH", "/bin:/usr/bin"), ("Ü", "u")];
    set.iter().find(|it| it.0 == name).map(|it| it.1)
}

#[track_caller]
fn check(word: &str, expected: &str) {
    assert_eq!(expand(word, '\\', &lookup).unwrap().text, expected, "{word}");
}

#[track_caller]
fn check_error(word: &str, expected: &str) {
    assert_eq!(expand(word, '\\', &lookup).unwrap_err().to_string(), expected, "{word}");
}

#[test]
fn variables_are_replaced_outside_single_quotes() {
    check("a", "a");
    check("$A ${A}x $Ax", "1 1x ");
    check(r#""$A" '$A' \$A "\$A""#, "1 $A $A $A");
    check(r#"a\ b "c\d" "e\"f" 'g\'"#, r#"a b c\d e"f g\"#);
    check("$ $. a$", "$ $. a$");
    check("$1x $@ $00x", "x  x");
    check("${Ü}$Ü", "uu");
    check("a\\", "a");
}

#[test]
fn modifiers_choose_by_what_is_set() {
    check("${A-x}${B-x}${EMPTY-x}", "1x");
    check("${A:-x}${B:-x}${EMPTY:-x}", "1xx");
    check("${A+x}${B+x}${EMPTY+x}", "xx");
    check("${A:+x}${B:+x}${EMPTY:+x}", "x");
    check("${B:-${C:-$A}}", "1");
    check("${B:-\"a b\"}", "a b");
    check("${A?no}${EMPTY?no}", "1");
}

#[test]
fn modifiers_cut_by_patterns() {
    check("${PATH#*/}", "bin:/usr/bin");
    check("${PATH##*/}", "bin");
    check("${PATH%/*}", "/bin:/usr");
    check("${PATH%%/*}", "");
    check("${PATH#x}", "/bin:/usr/bin");
    check("${PATH/bin/B} ${PATH//bin/B}", "/B:/usr/bin /B:/usr/B");
    check("${PATH/:*/}", "/bin");
    check(r"${PATH//\//\/}", r"\/bin:\/usr\/bin");
    check("${A/$EMPTY/x}", "x1");
}

#[test]
fn errors_are_in_dockers_words() {
    check_error("${", "syntax error: missing '}'");
    check_error("${A", "unsupported modifier (\u{fffd}) in substitution");
    check_error("${A:-x", "syntax error: missing '}'");
    check_error("${}", "syntax error: bad substitution");
    check_error("${A:=x}", "unsupported modifier (:=) in substitution");
    check_error("'a", "unexpected end of statement while looking for matching single-quote");
    check_error("\"a", "unexpected end of statement while looking for matching double-quote");
    check_error("${B?}", "B: is not allowed to be unset");
    check_error("${EMPTY:?}", "EMPTY: is not allowed to be empty");
    check_error("${B:?say}", "B: say");
    check_error("${A#\\x}", r"invalid pattern (\x) in substitution: invalid escape '\x'");
    check_error("${A/x}", "syntax error: missing '/' in ${}");
    check_error(&"${B:-".repeat(100_000), "substitutions are nested too deeply");
}

#[test]
fn unset_variables_are_noted_unless_they_have_an_alternative() {
    let found = expand("$A $B ${C:-x} ${D}", '\\', &lookup).unwrap();
    assert_eq!(found.unset, [4..5, 16..17]);
}

#[test]
fn growth_has_an_end() {
    let long = "x".repeat(1 << 16);
    let word = "$A".repeat(1 << 10);
    let lookup = |_: &str| Some(&*long);
    assert_eq!(expand(&word, '\\', &lookup), Err(ExpandError::TooLong));
}
