use proptest::prelude::*;

use super::*;

/// Whether patterns take a path away, or why not.
#[track_caller]
fn check(patterns: &[&str], path: &str, expected: Result<bool, &str>) {
    let found = Patterns::new(patterns).and_then(|it| it.matches(path));
    let found = found.map_err(|it| it.to_string());
    assert_eq!(found, expected.map_err(str::to_owned), "{patterns:?} {path}");
}

#[test]
fn patterns_fit_paths() {
    for (pattern, path, expected) in [
        ("target", "target", true),
        ("target", "target/debug/app", true),
        ("target", "crates/target", false),
        ("target/", "target", true),
        ("./target/../dist", "dist/index.html", true),
        ("/target", "target", false),
        ("*.log", "build.log", true),
        ("*.log", "logs/build.log", false),
        ("*.log", "logs.log/today", true),
        ("*/*.log", "logs/build.log", true),
        ("log?", "logs", true),
        ("log?", "log/x", false),
        ("**", "any/thing", true),
        ("**/*.log", "build.log", true),
        ("**/*.log", "a/b/build.log", true),
        ("**/node_modules", "node_modules/left-pad/index.js", true),
        ("**/node_modules", "web/node_modules", true),
        ("**/node_modules", "my_node_modules", false),
        ("**modules", "web/node_modules", true),
        ("src/**", "src", false),
        ("src/**", "src/a", true),
        ("src**", "src-old/a", true),
        ("src/**/test", "src/test", true),
        ("src/**/test", "src/a/b/test", true),
        ("src/**/test", "src/a/btest", false),
        ("src/**.rs", "src/a/b.rs", false),
        ("src/**.rs", "src/a/.rs", true),
        ("***", "a/b", true),
        ("a/***", "a/b/c", true),
        ("[a-c]x", "bx", true),
        ("[^a-c]x", "bx", false),
        ("[!a]x", "!x", true),
        ("a\\*", "a*", true),
        ("a\\*", "ab", false),
        ("a.b", "axb", false),
        ("a+(b)|{c}$", "a+(b)|{c}$", true),
        ("a+(b)|{c}$?", "a+(b)|{c}$d", true),
        ("é*", "été", true),
        ("?", "é", true),
        // A pattern that becomes an expression has more meanings than Docker documents.
        ("v\\d.*", "v1.txt", true),
        ("v\\d.*", "vd.txt", false),
        ("[[:digit:]]*", "7up", true),
        ("[\\w]*", "_x", true),
        ("[\\W]*", "_x", false),
        ("bin\\bin*", "bin/bin", false),
        ("*\\x41", "aA", true),
        ("*\\101", "aA", true),
        ("[*]x", "*x", false),
        ("a^b*", "a^b", false),
        ("a^b", "a^b", true),
    ] {
        check(&[pattern], path, Ok(expected));
    }
}

#[test]
fn the_last_pattern_that_fits_decides() {
    for (patterns, path, expected) in [
        (&["*", "!src"][..], "src/main.rs", false),
        (&["*", "!src", "src/secret"], "src/secret/key", true),
        (&["!a", "a"], "a", true),
        (&["*.md", "!README*", "README-secret.md"], "README.md", false),
        (&["*.md", "!README*", "README-secret.md"], "README-secret.md", true),
        (&["docs", "!docs/a/b"], "docs/a/b/c", false),
        (&["docs", "!docs/a/b"], "docs/a", true),
        (&["**", "!**/*.go"], "cmd/main.go", false),
        (&[], "a", false),
        (&["", "  "], "a", false),
        (&["**"], ".", false),
        (&["**"], "a/..", false),
    ] {
        check(patterns, path, Ok(expected));
    }
}

#[test]
fn wrong_patterns_are_named_in_dockers_words() {
    let syntax = Err("syntax error in pattern");
    for pattern in ["[", "[]", "[]a]", "[-]", "[a-]", "[a", "[^]x]", "a\\", "[a\\", "!["] {
        check(&[pattern], "x", syntax);
    }
    check(&["!"], "x", Err("illegal exclusion pattern: \"!\""));
    // These are patterns, but not expressions: that is found when they are asked.
    for pattern in ["\\y*", "[z-a]", "\\p*", "\\1*", "[[:nope:]]"] {
        check(&[pattern], "x", syntax);
        check(&["x", pattern], "x", Ok(true));
    }
}

#[test]
fn a_file_is_read() {
    let text = "\u{feff}# what no image needs\r\n  target/  \n\n/dist//x\n #not a comment\n! /keep/./this\n!\n/\n";
    assert_eq!(read(text).unwrap(), ["target", "dist/x", "#not a comment", "!keep/this", "!", "/"]);
    assert_eq!(Patterns::of_file("!").unwrap_err().to_string(), "illegal exclusion pattern: \"!\"");
    let long = "a".repeat(MAX_LINE);
    assert_eq!(read(&long), Err(IgnoreError::TooLong));
    assert_eq!(read(&long.replacen('a', "", 1)).unwrap().len(), 1);
    assert_eq!(file_names("app/Dockerfile"), ["app/Dockerfile.dockerignore", ".dockerignore"]);
}

#[test]
fn a_walk_does_not_go_back_to_an_exception_above() {
    let patterns = Patterns::new(&["a/secret", "!a"]).unwrap();
    assert_eq!(patterns.matches("a/secret"), Ok(false));
    let (ignored, seen) = patterns.walk("a", &Seen::default()).unwrap();
    assert!(!ignored);
    assert!(patterns.walk("a/secret", &seen).unwrap().0);
}

#[test]
fn globs_fit_as_in_go() {
    for (pattern, path, expected) in [
        ("*", "a", true),
        ("*", "a/b", false),
        ("a*b*c", "axxbyyc", true),
        ("a*b*c", "axxbyy", false),
        ("a*/b", "a/c/b", false),
        ("*x", "xxxx", true),
        ("a?c", "a/c", false),
        ("[^a]", "/", true),
        ("[a-c-e]", "-", false),
        ("", "", true),
    ] {
        let found = Glob::new(pattern).map(|it| it.fits(path));
        assert_eq!(found.ok(), (pattern != "[a-c-e]").then_some(expected), "{pattern} {path}");
    }
    assert!(has_wildcards("a*") && has_wildcards("[") && !has_wildcards("a\\*\\?"));
}

#[test]
fn hostile_patterns_end() {
    // Trying one way after the other would take longer than the age of the universe.
    let path = "a".repeat(4000);
    for pattern in ["*a".repeat(50) + "b", "**a".repeat(50) + "b", "[a]*".repeat(50) + "b"] {
        check(&[&pattern], &path, Ok(false));
        let glob = Glob::new(&pattern.replace("**", "*")).unwrap();
        assert!(!glob.fits(&path));
    }
}

/// Whether a pattern of stars, letters and slashes fits, by trying every way.
fn naive(pattern: &[u8], path: &[u8]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            naive(rest, path)
                || path.split_first().is_some_and(|it| *it.0 != b'/' && naive(pattern, it.1))
        }
        ([b'?', rest @ ..], [it, path @ ..]) => *it != b'/' && naive(rest, path),
        ([a, rest @ ..], [b, path @ ..]) => a == b && naive(rest, path),
        _ => false,
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "(\\PC|[*?!/\\[\\]\\\\^-]){0,24}", path in "[ab*/\\[é\\n]{0,12}") {
        if let Ok(patterns) = Patterns::of_file(&text) {
            drop(patterns.matches(&path).map_err(|it| it.to_string()));
            drop(patterns.walk(&path, &Seen::default()));
        }
        if let Ok(glob) = Glob::new(&text) {
            prop_assert!(glob.fits(&path) || text != path || has_wildcards(&text) || text.contains('\\'));
        }
    }

    #[test]
    fn stars_fit_what_they_should(pattern in "[ab*?/]{0,10}", path in "[ab/]{0,10}") {
        prop_assert_eq!(Glob::new(&pattern).unwrap().fits(&path), naive(pattern.as_bytes(), path.as_bytes()));
    }

    #[test]
    fn a_walk_without_exceptions_finds_the_same(
        patterns in prop::collection::vec("(\\*\\*|\\*|[ab?])(/(\\*\\*|\\*|[ab])){0,2}", 0..4),
        path in "[ab]{1,2}(/[ab]{1,2}){0,3}",
    ) {
        let patterns = Patterns::new(&patterns).unwrap();
        let mut seen = Seen::default();
        let mut ignored = false;
        let ends = path.match_indices('/').map(|it| it.0).chain([path.len()]);
        for end in ends {
            (ignored, seen) = patterns.walk(path.get(..end).unwrap(), &seen).unwrap();
        }
        prop_assert_eq!(ignored, patterns.matches(&path).unwrap());
    }
}
