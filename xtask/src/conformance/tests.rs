use super::*;
use expect_test::{Expect, expect};

/// Two suites with a row of every outcome.
const ROWS: &[(&str, &str)] = &[
    (
        "a_words.jsonl",
        r#"{"id": "two", "kind": "parser.words", "input": {"text": "a 'b c'", "escape": "\\"}, "expect": {"words": ["a", "'b c'"]}}

{"id": "wrong", "kind": "parser.words", "input": {"text": "a b", "escape": "\\"}, "expect": {"words": ["a", "c", "d"]}}
{"id": "unknown", "kind": "parser.rhymes", "input": {"text": "a"}, "expect": {"rhymes": true}}
{"id": "more expected", "kind": "parser.words", "input": {"text": "a"}, "expect": {"words": ["a"], "rhymes": null}}
{"id": "more asked", "kind": "parser.words", "input": {"text": "a", "language": "en"}, "expect": {"words": ["a"]}}
{"id": "less asked", "kind": "parser.words", "input": {}, "expect": {"words": []}}
{"id": "empty", "kind": "parser.words", "input": {"text": "a"}, "expect": {}}
{"id": "broken", "kind": "#,
    ),
    (
        "b_files.jsonl",
        r#"{"id": "error", "kind": "dockerfile.ast", "input": {"dockerfile": "FROM a\nENV b"}, "expect": {"error": "ENV must have two arguments", "locations": [[2, 2]]}}
{"id": "any error", "kind": "dockerfile.parse_error", "input": {"dockerfile": ""}, "expect": {"error": true}}
{"id": "part of an error", "kind": "instruction.error", "input": {"dockerfile": "USER"}, "expect": {"error_contains": "two arguments"}}
{"id": "no error", "kind": "dockerfile.ast_dump", "input": {"dockerfile": "FROM a"}, "expect": {"error": "ENV must have two arguments"}}
{"id": "an error", "kind": "dockerfile.ast_dump", "input": {"dockerfile": "FROM a\nENV b"}, "expect": {"dump": "(from \"a\")\n"}}
{"id": "a line", "kind": "dockerfile.ast_dump", "input": {"dockerfile": "FROM a\nUSER b"}, "expect": {"dump": "(from \"a\")\n(user \"c\")\n"}}
{"id": "nested", "kind": "build.entrypoint_cmd", "input": {"dockerfile": "FROM a\nENTRYPOINT [\"b\"]"}, "expect": {"buildkit": {}, "classic": {"Cmd": ["c"]}}}
{"id": "out of reach", "kind": "instruction.error_ast", "input": {"node": {}}, "expect": {"error": "too many"}}
"#,
    ),
];

/// A folder with rows, for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let dir = std::env::temp_dir()
            .join(format!("dockwright-conformance-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        for (name, text) in files {
            fs::write(dir.join(name), text).unwrap();
        }
        Self(dir)
    }

    fn grade(&self, suites: &[&str]) -> Result<Report> {
        let suites = suites.iter().map(|it| (*it).to_owned()).collect();
        grade(&Options { dir: self.0.clone(), suites, failures: 0 })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

#[track_caller]
fn check(name: &str, suites: &[&str], failures: usize, expected: &Expect) {
    let folder = Folder::new(name, ROWS);
    expected.assert_eq(&folder.grade(suites).unwrap().show(failures));
}

#[test]
fn every_difference_is_said() {
    check(
        "all",
        &[],
        99,
        &expect![[r#"
            FAILED wrong
                parser.words, a_words.jsonl:3
                escape = "\\"
                text = "a b"
                words[1]: expected "c"
                             found "b"
                words[2]: expected "d", found nothing

            FAILED more expected
                parser.words, a_words.jsonl:5
                text = "a"
                expect key rhymes is not graded

            FAILED more asked
                parser.words, a_words.jsonl:6
                language = "en"
                text = "a"
                input key language is not read

            FAILED less asked
                parser.words, a_words.jsonl:7
                the input cannot be read: there is no text

            FAILED empty
                parser.words, a_words.jsonl:8
                text = "a"
                expect is empty: there is nothing to grade

            FAILED a_words.jsonl:9
                the row cannot be read: EOF while parsing a value at line 1 column 25

            FAILED part of an error
                instruction.error, b_files.jsonl:3
                dockerfile = "USER"
                error_contains: expected "two arguments"
                                   found "USER requires exactly one argument"

            FAILED no error
                dockerfile.ast_dump, b_files.jsonl:4
                dockerfile = "FROM a"
                error: expected "ENV must have two arguments"
                          found nothing

            FAILED an error
                dockerfile.ast_dump, b_files.jsonl:5
                dockerfile = "FROM a\nENV b"
                error: expected none, found "ENV must have two arguments"

            FAILED a line
                dockerfile.ast_dump, b_files.jsonl:6
                dockerfile = "FROM a\nUSER b"
                dump, line 2: expected "(user \"c\")"
                                 found "(user \"b\")"

            FAILED nested
                build.entrypoint_cmd, b_files.jsonl:7
                dockerfile = "FROM a\nENTRYPOINT [\"b\"]"
                Entrypoint: expected nothing, found ["b"]

            suite    passed  failed  skipped
            a_words       1       6        1
            b_files       2       5        1
            skipped, no text gives this tree: 1 rows (instruction.error_ast 1)
            skipped, not known: 1 rows (parser.rhymes 1)
            3 passed, 11 failed
        "#]],
    );
}

#[test]
fn some_suites_and_some_failures() {
    check(
        "some",
        &["b_"],
        1,
        &expect![[r#"
        FAILED part of an error
            instruction.error, b_files.jsonl:3
            dockerfile = "USER"
            error_contains: expected "two arguments"
                               found "USER requires exactly one argument"

        and 4 more failures: --failures 5

        suite    passed  failed  skipped
        b_files       2       5        1
        skipped, no text gives this tree: 1 rows (instruction.error_ast 1)
        2 passed, 5 failed
    "#]],
    );
    check(
        "none",
        &["a_words"],
        0,
        &expect![[r#"
        suite    passed  failed  skipped
        a_words       1       6        1
        skipped, not known: 1 rows (parser.rhymes 1)
        1 passed, 6 failed
    "#]],
    );
}

#[test]
fn what_cannot_be_graded_is_an_error() {
    let error = |it: Result<Report>| format!("{:#}", it.unwrap_err());
    let folder = Folder::new("error", &[("a.jsonl", "")]);
    assert!(
        error(folder.grade(&["b"])).starts_with("there is no suite \"b\". The suites are:\n  a")
    );
    fs::remove_file(folder.0.join("a.jsonl")).unwrap();
    assert!(error(folder.grade(&[])).starts_with("there is no .jsonl file in "));
    let options = Options { dir: folder.0.join("x"), suites: Vec::new(), failures: 0 };
    assert!(error(grade(&options)).starts_with("there is no folder "));
}

#[test]
fn the_words_of_the_command() {
    let options = read(&["rows", "--suite", "a", "--failures", "3", "--suite", "b"]).unwrap();
    assert_eq!(options.dir, Path::new("rows"));
    assert_eq!((options.suites, options.failures), (vec!["a".to_owned(), "b".to_owned()], 3));
    for words in [&[][..], &["--suite"], &["a", "b"], &["a", "--failures", "many"], &["--x"]] {
        assert_eq!(read(words).unwrap_err().to_string(), USAGE);
    }
}

#[test]
fn kinds_have_one_line_each() {
    let mut names: Vec<_> = kind::names().chain(kind::NOT_YET.iter().copied()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
