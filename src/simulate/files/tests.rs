//! Plain copies, owners, links and archives were compared with what BuildKit in Docker 20.10 does and says.

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

#[test]
fn a_directory_gives_what_is_in_it() {
    check(
        "COPY d /dst",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/x 644 0:0 1 bytes
        /dst/y 755 0:0 directory
        /dst/y/z 644 0:0 2 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "COPY d d2 /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/w 644 0:0 1 bytes
        /dst/x 644 0:0 1 bytes
        /dst/y 755 0:0 directory
        /dst/y/z 644 0:0 2 bytes
        = 4, waste 0
    "#]],
    );
    check(
        "COPY . /dst",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/a.txt 644 0:0 2 bytes
        /dst/b.txt 644 0:0 3 bytes
        /dst/d 755 0:0 directory
        /dst/d/x 644 0:0 1 bytes
        /dst/d/y 755 0:0 directory
        /dst/d/y/z 644 0:0 2 bytes
        /dst/d2 755 0:0 directory
        /dst/d2/w 644 0:0 1 bytes
        /dst/logs 755 0:0 directory
        /dst/logs/today.log 644 0:0 10 bytes
        = 19, waste 0
    "#]],
    );
    check(
        "COPY d/ /etc",
        &expect![[r#"
        /etc/x 644 0:0 1 bytes
        /etc/y 755 0:0 directory
        /etc/y/z 644 0:0 2 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "COPY d* /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/w 644 0:0 1 bytes
        /dst/x 644 0:0 1 bytes
        /dst/y 755 0:0 directory
        /dst/y/z 644 0:0 2 bytes
        = 4, waste 0
    "#]],
    );
    check(
        "COPY */x /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/x 644 0:0 1 bytes
        = 1, waste 0
    "#]],
    );
}

#[test]
fn what_is_missing_is_said_in_buildkits_words() {
    check(
        "COPY missing /x",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/missing": not found
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY a.tx /x",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/a.tx": not found
          help: Did you mean a.txt?
    "#]],
    );
    check(
        "COPY z /x",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/z": not found
          help: Did you mean d/y/z?
    "#]],
    );
    check(
        "COPY missing* /x/",
        &expect![[r#"
        = 0, waste 0
    "#]],
    );
    check(
        "COPY nope/*.txt /x/",
        &expect![[r#"
        error: lstat /nope: no such file or directory
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY [z /x/",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: syntax error in pattern
    "#]],
    );
    check(
        "COPY --exclude=*.md missing /x/",
        &expect![[r#"
        error: lstat /missing: no such file or directory
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY --exclude=[ d /x/",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: invalid excludepatterns: [[]: syntax error in pattern
    "#]],
    );
    check(
        "COPY d /bin/sh",
        &expect![[r#"
        error: cannot copy to non-directory: /bin/sh
    "#]],
    );
    check(
        "COPY a.txt /bin/sh/",
        &expect![[r#"
        error: mkdir /bin/sh: not a directory
    "#]],
    );
    check(
        "COPY a.txt /bin/sh/x",
        &expect![[r#"
        error: mkdir /bin/sh: not a directory
    "#]],
    );
    check(
        "WORKDIR /bin/sh",
        &expect![[r#"
        error: mkdir /bin/sh: not a directory
    "#]],
    );
    check(
        "COPY d2/w /t/a.txt/\nCOPY . /t/",
        &expect![[r#"
        error: cannot replace to directory /t/a.txt with file
    "#]],
    );
    check(
        "FROM scratch\nCOPY --chown=app a.txt /x/",
        &expect![[r#"
        error: invalid user index: -1
    "#]],
    );
    check(
        &format!("COPY a.txt /{}", "a/".repeat(3000)),
        &expect![[r#"
            error: lstat /a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a…: file name too long
        "#]],
    );
}

#[test]
fn owners_and_permissions() {
    check(
        "COPY --chown=55 a.txt /x/",
        &expect![[r#"
        /x 755 55:55 directory
        /x/a.txt 644 55:55 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --chown=app a.txt /x/",
        &expect![[r#"
        /x 755 101:102 directory
        /x/a.txt 644 101:102 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --chown=app:staff a.txt /x/",
        &expect![[r#"
        /x 755 101:50 directory
        /x/a.txt 644 101:50 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --chown=1:staff a.txt /x/",
        &expect![[r#"
        /x 755 1:50 directory
        /x/a.txt 644 1:50 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --chown=nobody:nogroup a.txt /x/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --chmod=600 d /x/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/x 600 0:0 1 bytes
        /x/y 600 0:0 directory
        /x/y/z 600 0:0 2 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "COPY --chmod=u+x a.txt /x/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/a.txt 744 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "USER app\nWORKDIR /home/app",
        &expect![[r#"
        /home 755 101:102 directory
        /home/app 755 101:102 directory
        = 0, waste 0
    "#]],
    );
    check(
        "FROM sh AS one\nCOPY --chown=7 a.txt /x\nFROM sh\nCOPY --from=one /x /y",
        &expect![[r#"
        /y 644 7:7 2 bytes
        = 2, waste 0
    "#]],
    );
}

#[test]
fn symbolic_links() {
    let mut tree = context().tree().clone();
    for (path, target) in
        [("l", "d"), ("lf", "a.txt"), ("d/lk", "x"), ("bad", "nowhere"), ("me", "me")]
    {
        tree.insert(path, super::tree::Entry::link(target));
    }
    let context = Context::new(tree);
    check_in(
        &context,
        "COPY l /x/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/lk 777 0:0 -> x
        /x/x 644 0:0 1 bytes
        /x/y 755 0:0 directory
        /x/y/z 644 0:0 2 bytes
        = 3, waste 0
    "#]],
    );
    check_in(
        &context,
        "COPY lf /x/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/lf 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check_in(
        &context,
        "COPY bad /x/",
        &expect![[r#"
            error: failed to compute cache key: failed to calculate checksum of ref: "/bad": not found
              help: It is a symbolic link to nowhere, which is not there.
        "#]],
    );
    check_in(
        &context,
        "COPY me /x/",
        &expect![[r#"
        error: too many links
    "#]],
    );
    check_in(
        &context,
        "COPY l* /x/",
        &expect![[r#"
        /x 755 0:0 directory
        /x/lf 644 0:0 2 bytes
        /x/lk 777 0:0 -> x
        /x/today.log 644 0:0 10 bytes
        /x/x 644 0:0 1 bytes
        /x/y 755 0:0 directory
        /x/y/z 644 0:0 2 bytes
        = 15, waste 0
    "#]],
    );
    check_in(
        &context,
        "COPY a.txt /lib",
        &expect![[r#"
        /usr/lib/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check_in(
        &context,
        "COPY lf /x\nCOPY d2 /y/l\nCOPY . /y",
        &expect![[r#"
        error: cannot replace to directory /y/l with file
    "#]],
    );
    check_in(
        &context,
        "COPY bad /y/d\nCOPY . /y",
        &expect![[r#"
            error: failed to compute cache key: failed to calculate checksum of ref: "/bad": not found
              help: It is a symbolic link to nowhere, which is not there.
        "#]],
    );
}

#[test]
fn filters() {
    check(
        "COPY --parents d/y/z d2/w /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/d 755 0:0 directory
        /dst/d/y 755 0:0 directory
        /dst/d/y/z 644 0:0 2 bytes
        /dst/d2 755 0:0 directory
        /dst/d2/w 644 0:0 1 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "COPY --parents d/./y/z /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/y 755 0:0 directory
        /dst/y/z 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --parents d/missing /dst/",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/d/missing": not found
          help: Paths are seen from the folder that is built.
    "#]],
    );
    check(
        "COPY --parents **/z /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/d 755 0:0 directory
        /dst/d/y 755 0:0 directory
        /dst/d/y/z 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "COPY --exclude=y d /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/x 644 0:0 1 bytes
        = 1, waste 0
    "#]],
    );
    check(
        "COPY --exclude=**/z --exclude=*.txt . /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/d 755 0:0 directory
        /dst/d/x 644 0:0 1 bytes
        /dst/d/y 755 0:0 directory
        /dst/d2 755 0:0 directory
        /dst/d2/w 644 0:0 1 bytes
        /dst/logs 755 0:0 directory
        /dst/logs/today.log 644 0:0 10 bytes
        = 12, waste 0
    "#]],
    );
    check(
        "COPY --exclude=* --exclude=!d/y/z . /dst/",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/d 755 0:0 directory
        /dst/d/y 755 0:0 directory
        /dst/d/y/z 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
}

#[test]
fn links_documents_and_downloads() {
    check(
        "COPY --link a.txt /etc",
        &expect![[r#"
        /etc 644 0:0 2 bytes again
        /etc/group removed
        /etc/passwd removed
        = 2, waste 80
    "#]],
    );
    check(
        "COPY <<EOF /etc/motd\nhello\nEOF",
        &expect![[r#"
        /etc/motd 644 0:0 6 bytes
        = 6, waste 0
    "#]],
    );
    check(
        "COPY <<one <<two a.txt /etc/\n1\none\n22\ntwo",
        &expect![[r#"
        /etc/a.txt 644 0:0 2 bytes
        /etc/one 644 0:0 2 bytes
        /etc/two 644 0:0 3 bytes
        = 7, waste 0
    "#]],
    );
    check(
        "ADD https://example.org/x.tar.gz?v=1 /opt/",
        &expect![[r#"
        /opt 755 0:0 directory
        /opt/x.tar.gz 600 0:0 unknown
        = unknown, waste 0
    "#]],
    );
    check(
        "ADD https://example.org/team/app.git#main /src",
        &expect![[r#"
        /src 755 0:0 directory
        = unknown, waste 0
    "#]],
    );
    check(
        "ADD git@example.org:team/app.git /src",
        &expect![[r#"
        /src 755 0:0 directory
        = unknown, waste 0
    "#]],
    );
}

#[test]
fn stages_and_images() {
    check(
        "FROM sh AS one\nCOPY d /out\nFROM sh\nCOPY --from=one /out/y /got",
        &expect![[r#"
        /got 755 0:0 directory
        /got/z 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "FROM sh AS one\nFROM sh\nCOPY --from=one /out /got",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/out": not found
          help: Look at what one has at its end.
    "#]],
    );
    check(
        "FROM sh AS one\nRUN make\nFROM sh\nCOPY --from=one /out /got/",
        &expect![[r#"
        /got 755 0:0 directory
        /got/out 644 0:0 unknown
        = unknown, waste 0
    "#]],
    );
    check(
        "FROM sh AS one\nRUN make\nFROM sh\nCOPY --from=0 /out/*.so /got/",
        &expect![[r#"
        = unknown, waste 0
    "#]],
    );
    check(
        "COPY --from=other:1 /app /bin/",
        &expect![[r#"
        /bin/app 644 0:0 unknown
        = unknown, waste 0
    "#]],
    );
    check(
        "FROM other:1\nCOPY a.txt /usr/bin",
        &expect![[r#"
        /usr/bin/a.txt 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    check(
        "FROM scratch\nCOPY --from=sh /lib/old /",
        &expect![[r#"
        /old 644 0:0 3 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "FROM scratch\nCOPY --from=sh /l* /",
        &expect![[r#"
        /old 644 0:0 3 bytes
        = 3, waste 0
    "#]],
    );
    check(
        "COPY a.txt /x\nRUN true\nCOPY b.txt /x",
        &expect![[r#"
        /x 644 0:0 3 bytes again
        = 3, waste 2
    "#]],
    );
}

#[test]
fn dockerignore_takes_files_away() {
    let context = |ignore: &str| {
        let mut tree = context().tree().clone();
        tree.insert(".dockerignore", super::tree::Entry::text(ignore));
        Context::new(tree).ignoring("Dockerfile")
    };
    let found = |ignore: &str, file: &str, expected: &Expect| {
        check_in(&context(ignore).unwrap(), file, expected);
    };
    found(
        "*.txt\nd/y",
        "COPY . /dst",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/.dockerignore 644 0:0 9 bytes
        /dst/d 755 0:0 directory
        /dst/d/x 644 0:0 1 bytes
        /dst/d2 755 0:0 directory
        /dst/d2/w 644 0:0 1 bytes
        /dst/logs 755 0:0 directory
        /dst/logs/today.log 644 0:0 10 bytes
        = 21, waste 0
    "#]],
    );
    found(
        "*\n!d/y/z",
        "COPY . /dst",
        &expect![[r#"
        /dst 755 0:0 directory
        /dst/d 755 0:0 directory
        /dst/d/y 755 0:0 directory
        /dst/d/y/z 644 0:0 2 bytes
        = 2, waste 0
    "#]],
    );
    found(
        "*.txt",
        "COPY a.txt /dst",
        &expect![[r#"
        error: failed to compute cache key: failed to calculate checksum of ref: "/a.txt": not found
          help: The file is there, but .dockerignore takes it away.
    "#]],
    );
    let error = context("a\n[").unwrap_err();
    assert_eq!(error.to_string(), "syntax error in pattern");
    let own =
        Context::of_texts([("b.dockerignore", "x"), (".dockerignore", "y"), ("x", ""), ("y", "")]);
    let own = own.ignoring("b").unwrap();
    assert!(own.is_ignored("x") && !own.is_ignored("y"));
    assert_eq!(own.size(), Some(2));
}

#[test]
fn an_archive_is_unpacked() {
    let mut tar = Vec::new();
    for (name, kind, text) in [("bin/", b'5', ""), ("bin/run", b'0', "#!"), ("now", b'2', "")] {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000755");
        header[108..115].copy_from_slice(b"0000007");
        header[116..123].copy_from_slice(b"0000010");
        header[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = kind;
        header[157..164].copy_from_slice(b"bin/run");
        header[257..262].copy_from_slice(b"ustar");
        let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
        header[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
        header[154] = 0;
        tar.extend(header);
        let mut block = text.as_bytes().to_vec();
        block.resize(text.len().div_ceil(512) * 512, 0);
        tar.extend(block);
    }
    tar.extend([0; 1024]);
    let mut tree = Tree::default();
    let file = |bytes: &[u8]| super::tree::Entry::file(Content::Bytes(bytes.into()));
    tree.insert("app.tar", file(&tar));
    tree.insert("app.tgz", file(b"\x1f\x8b\x08 and so on"));
    tree.insert("page.html.gz", file(b"\x1f\x8b\x08 and so on"));
    tree.insert("big.tar.xz", super::tree::Entry::file(Content::Size(1 << 30, String::new())));
    let context = Context::new(tree);
    check_in(
        &context,
        "ADD app.tar /opt",
        &expect![[r#"
        /opt 755 0:0 directory
        /opt/bin 755 7:8 directory
        /opt/bin/run 755 7:8 2 bytes
        /opt/now 755 7:8 -> bin/run
        = 2, waste 0
    "#]],
    );
    check_in(
        &context,
        "COPY app.tar /opt",
        &expect![[r#"
        /opt 644 0:0 3072 bytes
        = 3072, waste 0
    "#]],
    );
    check_in(
        &context,
        "ADD --unpack=false app.tar /opt/",
        &expect![[r#"
        /opt 755 0:0 directory
        /opt/app.tar 644 0:0 3072 bytes
        = 3072, waste 0
    "#]],
    );
    check_in(
        &context,
        "ADD --chown=3:4 app.tar /opt",
        &expect![[r#"
            /opt 755 3:4 directory
            /opt/bin 755 7:8 directory
            /opt/bin/run 755 7:8 2 bytes
            /opt/now 755 7:8 -> bin/run
            = 2, waste 0
        "#]],
    );
    check_in(
        &context,
        "ADD app.tgz big.tar.xz /opt",
        &expect![[r#"
        /opt 755 0:0 directory
        = unknown, waste 0
    "#]],
    );
    check_in(
        &context,
        "ADD page.html.gz /opt/",
        &expect![[r#"
        /opt 755 0:0 directory
        /opt/page.html.gz 644 0:0 13 bytes
        = 13, waste 0
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
