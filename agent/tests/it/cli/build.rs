//! `dockwright build`.

use expect_test::expect;

use super::{PING, STAGES, WRONG, check};

#[test]
fn build_shows_the_image() {
    check(
        &["build", "-"],
        PING,
        &expect![[r#"
            Image for linux/amd64
              Entrypoint  ["/bin/ping"]
              Cmd         ["www.docker.com"]
              Env         PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

            Stages
              0  -  debian:latest  line 1  the image

            Steps (line, stage)
              1  0  FROM debian:latest
              3  0  ENTRYPOINT ["/bin/ping"]
              4  0  CMD ["www.docker.com"]
            --- 0
            note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
        "#]],
    );
    check(
        &["build", "-", "--build-arg", "VERSION=2"],
        STAGES,
        &expect![[r#"
            Image for linux/amd64
              Entrypoint  ["/bin/sh", "-c", "/app"]
              Cmd         -
              User        app
              Env         PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
              Env         MODE=2
              Env         LEVEL=1
              Port        443/tcp
              Port        80/tcp
              StopSignal  SIGINT
              Label       version=2

            Stages
              0  build  golang:1.22  line 1  needed
              1  base   debian       line 4  needed
              2  -      base         line 9  the image

            Steps (line, stage)
              1   0         FROM golang:1.22 AS build
              2   0  layer  RUN go build
              4   1         FROM debian AS base
              5   1         ENV MODE=a LEVEL=1
              6   1         USER app
              7   1         STOPSIGNAL SIGINT
              9   2         FROM base
              10  2         ARG VERSION=dev
              11  2         ENV MODE=$VERSION
              12  2  layer  COPY --from=build /app /app
              13  2         EXPOSE 80 443
              14  2         ENTRYPOINT /app
              15  2         LABEL version=$VERSION
            --- 0
            warning[JSONArgsRecommended]: JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS signals
              --> -:14:1
               |
            14 | ENTRYPOINT /app
               | ^^^^^^^^^^^^^^^
               = help: Write it as ["program", "word"], or say with SHELL that a shell is wanted.

            note: the configuration of golang:1.22 is not known: what it says is missing here. Save what `docker image inspect` prints, and give it with --base IMAGE=FILE
            note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
        "#]],
    );
    check(
        &["build", "--target", "base", "--history", "-"],
        STAGES,
        &expect![[r#"
            ENV MODE=a LEVEL=1
            USER app
            STOPSIGNAL SIGINT
            --- 0
            note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
        "#]],
    );
    check(
        &["build", "-", "--label", "a=b", "--platform", "linux/arm64"],
        "FROM scratch\n",
        &expect![[r#"
            Image for linux/arm64
              Entrypoint  -
              Cmd         -
              WorkingDir  /
              Env         PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
              Label       a=b

            Stages
              0  -  scratch  line 1  the image

            Steps (line, stage)
              1  0  FROM scratch
            --- 0
        "#]],
    );
}

#[test]
fn errors_show_their_place_and_what_to_do() {
    check(
        &["build", "-"],
        WRONG,
        &expect![[r#"
        --- 1
        error: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)
         --> -:2:2
          |
        2 |     RUNN x
          |     ^^^^
          = help: Write RUN, if that is what you meant.

        error: dockerfile parse error on line 3: COPY requires at least two arguments, but only one was provided. Destination could not be determined
         --> -:3:6
          |
        3 | COPY a
          |      ^
          = help: Write COPY source destination.

        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["build", "--target", "nope", "-"],
        STAGES,
        &expect![[r#"
        --- 1
        error: target stage "nope" could not be found
         --> -:1:1
          |
        1 | FROM golang:1.22 AS build
          | ^
          = help: Name a stage with FROM image AS name.

        note: the configuration of golang:1.22 is not known: what it says is missing here. Save what `docker image inspect` prints, and give it with --base IMAGE=FILE
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["build", "-"],
        "",
        &expect![[r#"
        --- 1
        error: the Dockerfile cannot be empty
         --> -:1:1
          |
        1 | 
          | ^
          = help: Start with FROM and the name of an image.

    "#]],
    );
}

#[test]
fn layers_show_the_files_of_a_folder() {
    let folder = std::env::temp_dir().join(format!("dockwright-cli-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    for (path, text) in
        [("src/a", "aaa"), ("src/b", "bb"), ("secret", "s"), (".dockerignore", "secret\n")]
    {
        std::fs::write(folder.join(path), text).unwrap();
    }
    let context = folder.to_str().unwrap();
    let source = "FROM scratch\nCOPY src /app/\nCOPY src/b /app/a\nWORKDIR /w\n";
    check(
        &["build", "--layers", "--context", context, "-"],
        source,
        &expect![[r#"
        line 2  COPY src /app/
          5B
          +  /app
          +  /app/a  3B
          +  /app/b  2B
        line 3  COPY src/b /app/a
          2B, hides 3B of layers below
          ~  /app/a  2B
        line 4  WORKDIR /w
          0B
          +  /w
        note: /app/a stays in the image with 3B, although it is hidden by line 3
        --- 0
    "#]],
    );
    check(
        &["build", "--layers", "-"],
        source,
        &expect![[r#"
        line 2  COPY src /app/
          size not known
          +  /app
          +  /app/src
        line 3  COPY src/b /app/a
          size not known
          +  /app/a
        line 4  WORKDIR /w
          0B
          +  /w
        --- 0
    "#]],
    );
    check(
        &["build", "--context", context, "-"],
        "FROM scratch\nCOPY secret gone /\n",
        &expect![[r#"
            --- 1
            error: failed to compute cache key: failed to calculate checksum of ref: "/secret": not found
             --> -:2:1
              |
            2 | COPY secret gone /
              | ^^^^^^^^^^^^^^^^^^
              = help: The file is there, but .dockerignore takes it away.

            warning[CopyIgnoredFile]: Attempting to Copy file "secret" that is excluded by .dockerignore
             --> -:2:1
              |
            2 | COPY secret gone /
              | ^^^^^^^^^^^^^^^^^^
              = help: Take the file out of .dockerignore, or do not copy it.

        "#]],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
