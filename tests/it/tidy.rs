//! What the code base promises about itself: who imports whom, and how long a file is.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const MAX_LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` that end like one of `endings`; none if there is no such folder.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|it| path.to_string_lossy().ends_with(it)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The level of each module of the core, as the table at the top of `src/lib.rs` says.
fn levels() -> BTreeMap<String, u32> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: Vec<_> =
        lib.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut levels = BTreeMap::new();
    for line in lib.lines().filter_map(|it| it.strip_prefix("//!")) {
        let mut columns = line.split("  ").map(str::trim).filter(|it| !it.is_empty());
        let Some(level) = columns.next().and_then(|it| it.parse().ok()) else { continue };
        for name in columns.take_while(|it| modules.contains(it)) {
            levels.insert(name.to_owned(), level);
        }
    }
    for module in modules {
        assert!(levels.contains_key(module), "src/lib.rs: `{module}` has no layer");
    }
    levels
}

/// The modules that `source` names after `crate::`.
fn imports(source: &str) -> Vec<&str> {
    let code = source.lines().map(|it| it.split("//").next().unwrap_or_default());
    let mut found = Vec::new();
    // The position in the source of each line's code is lost on purpose: names are slices of `source`.
    let mut depth = None;
    for line in code {
        let mut rest = line;
        if let Some(open) = depth {
            rest = group(line, open, &mut depth, &mut found);
        }
        while let Some((_, after)) = rest.split_once("crate::") {
            rest = match after.strip_prefix('{') {
                Some(inside) => group(inside, 1, &mut depth, &mut found),
                None => {
                    found.extend(name(after));
                    after
                }
            };
        }
    }
    found
}

/// Reads names of `crate::{a, b::{c, d}}` at depth 1; gives what follows the group in this line.
fn group<'s>(
    line: &'s str,
    mut open: u32,
    depth: &mut Option<u32>,
    found: &mut Vec<&'s str>,
) -> &'s str {
    let mut is_start = true;
    for (at, it) in line.char_indices() {
        match it {
            '{' => open += 1,
            '}' => open -= 1,
            ',' => is_start = true,
            ' ' => continue,
            _ if open == 1 && is_start => {
                found.extend(name(line.get(at..).unwrap_or_default()));
                is_start = false;
            }
            _ => (),
        }
        if open == 0 {
            *depth = None;
            return line.get(at + 1..).unwrap_or_default();
        }
    }
    *depth = Some(open);
    ""
}

fn name(text: &str) -> Option<&str> {
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(text.len());
    text.get(..end).filter(|it| !it.is_empty())
}

/// What `file`, a path below `src`, must not import.
fn wrong_imports(file: &Path, source: &str, levels: &BTreeMap<String, u32>) -> Vec<String> {
    let own = file.iter().next().unwrap().to_string_lossy();
    let own = own.trim_end_matches(".rs");
    let Some(level) = levels.get(own) else { return Vec::new() };
    let names = imports(source).into_iter().filter(|it| *it != own);
    names
        .filter(|it| levels.get(*it).is_some_and(|it| it >= level))
        .map(|it| format!("src/{}: `{own}` must not import `{it}`", file.display()))
        .collect()
}

#[test]
fn imports_point_down() {
    let levels = levels();
    let mut wrong = Vec::new();
    for file in files(&root().join("src"), &[".rs"]) {
        let source = fs::read_to_string(&file).unwrap();
        let file = file.strip_prefix(root().join("src")).unwrap();
        wrong.extend(wrong_imports(file, &source, &levels));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn an_import_that_points_up_is_seen() {
    let levels = levels();
    let check = |source: &str, expected: &[&str]| {
        assert_eq!(wrong_imports(Path::new("syntax/word.rs"), source, &levels), expected);
    };
    check("use crate::text::Span;\nuse crate::{\n    diagnostic::{Fix, lint},\n    text,\n};", &[]);
    let expected = "src/syntax/word.rs: `syntax` must not import `lint`";
    check("use crate::lint;", &[expected]);
    check("use crate::{text::Span, lint::Rule};", &[expected]);
    check("use crate::{\n    text::{\n        Span,\n    },\n    lint,\n};", &[expected]);
    check("fn f() { crate::lint::lint(\"\") }", &[expected]);
    check("// crate::lint", &[]);
}

#[test]
fn files_are_short() {
    let code = ["src", "agent/src", "xtask/src", "tests", "benches"];
    let code = code.iter().flat_map(|it| files(&root().join(it), &[".rs"]));
    let page = files(&root().join("www/src"), &[".ts", ".tsx", ".css"]);
    let mut long = Vec::new();
    for file in code.chain(page) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        if lines > MAX_LINES {
            long.push(format!("{}: {lines} lines", file.display()));
        }
    }
    assert_eq!(long, [""; 0]);
}
