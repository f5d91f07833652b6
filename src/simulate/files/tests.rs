//! Plain copies, owners, links and archives were compared with what BuildKit in Docker 20.10 does and says.

mod flags;
mod missing;
mod sources;

use std::sync::Arc;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::tree::{Content, Node, Tree};
use crate::{
    image::{Config, Platform, Reference},
    simulate::{BaseImage, Bases, Options, build, context::Context, layers::layers},
};

struct Sh;

impl Bases for Sh {
    fn find(&self, _: &Reference, _: &Platform) -> Option<BaseImage> {
        Some(BaseImage::from(Config::default()))
    }

    fn files(&self, image: &Reference) -> Option<Arc<Tree>> {
        (image.path == "library/sh").then(|| {
            let mut tree = Tree::default();
            for (path, text) in [
                ("/bin/sh", "#!"),
                ("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:101:102::/:/bin/sh\n"),
                ("/etc/group", "root:x:0:\nstaff:x:50:app\n"),
            ] {
                tree.insert(path, super::tree::Entry::text(text));
            }
            tree.insert("/lib", super::tree::Entry::link("usr/lib"));
            tree.insert("/usr/lib/old", super::tree::Entry::text("old"));
            Arc::new(tree)
        })
    }
}

fn context() -> Context {
    Context::of_texts([
        ("a.txt", "aa"),
        ("b.txt", "bbb"),
        ("d/x", "x"),
        ("d/y/z", "zz"),
        ("d2/w", "w"),
        ("logs/today.log", "1234567890"),
    ])
}

/// The changes of the last step of a build on an image `sh`, and its size, or the error.
#[track_caller]
fn check_in(context: &Context, file: &str, expected: &Expect) {
    let source =
        if file.starts_with("FROM") { file.to_owned() } else { format!("FROM sh\n{file}") };
    let options = Options { context: Some(context), ..Options::new(&Sh) };
    let build = build(&source, &options);
    let mut text = String::new();
    for it in &build.errors {
        text.push_str(&format!("error: {}\n", it.message));
        if let Some(help) = &it.help {
            text.push_str(&format!("  help: {help}\n"));
        }
    }
    let found = layers(&build, context, &super::super::layers::OfBases(&Sh));
    let Some(layer) = found.list.last().filter(|_| build.errors.is_empty()) else {
        expected.assert_eq(&text);
        return;
    };
    for it in &layer.changes {
        let Some(after) = &it.after else {
            text.push_str(&format!("{} removed\n", it.path));
            continue;
        };
        let what = match &after.node {
            Node::Directory => "directory".to_owned(),
            Node::Link(to) => format!("-> {to}"),
            Node::File(Content::Unknown) => "unknown".to_owned(),
            Node::File(_) => format!("{} bytes", after.size().unwrap_or_default()),
        };
        let sign = if it.before.is_some() { " again" } else { "" };
        let owner = format!("{}:{}", after.owner.uid, after.owner.gid);
        text.push_str(&format!("{} {:o} {owner} {what}{sign}\n", it.path, after.mode));
    }
    let size = layer.size.map_or("unknown".to_owned(), |it| it.to_string());
    text.push_str(&format!("= {size}, waste {}\n", layer.waste));
    expected.assert_eq(&text);
}

#[track_caller]
fn check(file: &str, expected: &Expect) {
    check_in(&context(), file, expected);
}

#[test]
fn a_file_goes_where_the_destination_says() {
    check(
        "COPY a.txt /p/q/r",
        &expect![[r#"
        /p 755 0:0 directory
        /p/q 755 0:0 directory
        /p/q/r 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY a.txt /p/q/r/",
        &expect![[r#"
        /p 755 0:0 directory
        /p/q 755 0:0 directory
        /p/q/r 755 0:0 directory
        /p/q/r/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY a.txt /etc",
        &expect![[r#"
        /etc/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY a.txt /etc/.",
        &expect![[r#"
        /etc/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY ../a.txt /x/y/../z/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/z 755 0:0 directory
        /x/z/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY ./a.txt .",
        &expect![[r#"
        /a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "WORKDIR /app\nCOPY a.txt b.txt ./",
        &expect![[r#"
        /app/a.txt 644 0:0 2 bytes
        /app/b.txt 644 0:0 3 bytes
        = 5, waste 0
    "#]],
    );
    check(
        "WORKDIR /app\nCOPY a.txt sub/",
        &expect![[r#"
        /app/sub 755 0:0 directory
        /app/sub/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY a.txt /lib/new",
        &expect![[r#"
        /usr/lib/new 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY a.txt /bin/sh",
        &expect![[r#"
        /bin/sh 644 0:0 2 bytes again
        = 2, waste 2
    "#]],
    );
    check(
        r#"COPY ["a.txt", "/with space/"]"#,
        &expect![[r#"
        /with space 755 0:0 directory
        /with space/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
}

#[test]
fn several_sources_without_a_slash_write_over_each_other() {
    check(
        "COPY a.txt b.txt /dst",
        &expect![[r#"
        /dst 644 0:0 3 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "COPY *.txt /dst",
        &expect![[r#"
        /dst 644 0:0 3 bytes
        = 3, waste 0
    "#]],
    );
}

proptest! {
    #[test]
    fn trees_stay_trees(
        lines in prop::collection::vec(
            "(COPY|ADD)( --link| --parents| --chmod=[0-7]{3}| --exclude=[a-c*/]{1,3}){0,2}( [a-d*./?]{1,5}){1,2} [/a-d.]{1,6}",
            0..6,
        ),
        paths in prop::collection::vec("[a-d]{1,2}(/[a-d]{1,2}){0,2}", 0..8),
        ignore in "([!a-d*/]{1,4}\n){0,3}",
    ) {
        let mut tree = Tree::default();
        for path in &paths {
            tree.insert(path, super::tree::Entry::text(path));
        }
        tree.insert(".dockerignore", super::tree::Entry::text(&ignore));
        let Ok(context) = Context::new(tree).ignoring("Dockerfile") else { return Ok(()) };
        let options = Options { context: Some(&context), ..Options::new(&Sh) };
        let source = format!("FROM sh\n{}\nFROM scratch\nCOPY --from=0 / /", lines.join("\n"));
        let build = build(&source, &options);
        let found = layers(&build, &context, &super::super::layers::OfBases(&Sh));
        for tree in found.trees.iter().flatten().map(|it| &**it).chain([context.tree()]) {
            for (path, _) in tree.iter() {
                let above = path.rsplit_once('/').unwrap().0;
                prop_assert!(above.is_empty() || tree.is_directory(above), "{} in {}", path, source);
                prop_assert!(!path.contains("//") && !path.contains("/./") && path.len() > 1);
            }
        }
    }
}
