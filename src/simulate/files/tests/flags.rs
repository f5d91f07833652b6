//! Flags, and archives.

use expect_test::expect;

use super::{check, check_in};
use crate::simulate::context::Context;
use crate::simulate::files::tree::{Content, Tree};

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
    let file = |bytes: &[u8]| super::super::tree::Entry::file(Content::Bytes(bytes.into()));
    tree.insert("app.tar", file(&tar));
    tree.insert("app.tgz", file(b"\x1f\x8b\x08 and so on"));
    tree.insert("page.html.gz", file(b"\x1f\x8b\x08 and so on"));
    tree.insert(
        "big.tar.xz",
        super::super::tree::Entry::file(Content::Size(1 << 30, String::new())),
    );
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
