//! Where files come from.

use expect_test::expect;

use super::{check, check_in, context};
use crate::simulate::context::Context;

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
fn symbolic_links() {
    let mut tree = context().tree().clone();
    for (path, target) in
        [("l", "d"), ("lf", "a.txt"), ("d/lk", "x"), ("bad", "nowhere"), ("me", "me")]
    {
        tree.insert(path, super::super::tree::Entry::link(target));
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
              help: Copy what the links lead to.
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
              help: A directory has this name already. End the path with /.
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
