//! `dockwright why`.

use expect_test::expect;

use super::{PING, STAGES, WRONG, check};

#[test]
fn why_says_where_everything_comes_from() {
    check(
        &["why", "-"],
        PING,
        &expect![[r#"
        Process 1
          ["/bin/ping", "www.docker.com"]

        ENTRYPOINT and CMD
                         ENTRYPOINT       CMD
          debian:latest  -                x ["bash"]            cleared: this stage sets ENTRYPOINT
          line 3         + ["/bin/ping"]  -
          line 4         -                + ["www.docker.com"]
          docker run     -                -

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian:latest
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker

        docker stop
          docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
          process 1 is the program itself: it gets SIGTERM
          Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
        --- 0
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["why", "-", "--", "docker", "run", "--rm", "ping", "google.com"],
        PING,
        &expect![[r#"
        Process 1
          ["/bin/ping", "google.com"]

        ENTRYPOINT and CMD
                         ENTRYPOINT       CMD
          debian:latest  -                x ["bash"]            cleared: this stage sets ENTRYPOINT
          line 3         + ["/bin/ping"]  -
          line 4         -                x ["www.docker.com"]  replaced by docker run
          docker run     -                + ["google.com"]

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian:latest
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker

        docker stop
          docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
          process 1 is the program itself: it gets SIGTERM
          Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
        --- 0
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &[
            "why",
            "-",
            "--",
            "-e",
            "LEVEL",
            "-e",
            "FROM_OUTSIDE",
            "-p",
            "8080:80",
            "-w",
            "/data",
            "--init",
            "app",
            "x",
        ],
        STAGES,
        &expect![[r#"
            Process 1
              ["/bin/sh", "-c", "/app", "x"]

            Stages
              base     FROM debian  line 4
              stage 2  FROM base    line 9

            ENTRYPOINT and CMD
                          ENTRYPOINT                   CMD
              debian      -                            x ["bash"]  cleared: this stage sets ENTRYPOINT
              line 14     + ["/bin/sh", "-c", "/app"]  -
              docker run  -                            + ["x"]     given to the shell, which does not pass it on

            Values
              user              app                                                           line 6
                                  instead of root                                             Docker
              workdir           /data                                                         docker run --workdir
                                  instead of /                                                Docker
              env PATH          /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian
              env MODE          dev                                                           line 11
                                  instead of a                                                line 5
              env LEVEL         (taken away)                                                  docker run --env
                                  instead of 1                                                line 5
              env FROM_OUTSIDE  outside                                                       docker run --env
              stop signal       SIGINT                                                        line 7
                                  instead of SIGTERM                                          Docker
              stop timeout      10                                                            Docker
              init              yes                                                           docker run --init
              port 443/tcp                                                                    line 13
              port 80/tcp                                                                     line 13
              label version     dev                                                           line 15

            docker stop
              docker stop sends SIGINT to the init, which hands it on, and SIGKILL 10 s later
              the child of the init is the shell: dash does not hand SIGINT on to the program
              a shell does not react to SIGINT while a program runs in it: it is killed after 10 s: exit code 137

            note: ENTRYPOINT is in shell form: the program does not see CMD or the words of docker run
            --- 0
            note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
        "#]],
    );
    check(
        &["why", "-", "--", "docker", "run", "--entrypoint", "", "i"],
        PING,
        &expect![[r#"
        Process 1
          none

        ENTRYPOINT and CMD
                         ENTRYPOINT       CMD
          debian:latest  -                x ["bash"]            cleared: this stage sets ENTRYPOINT
          line 3         x ["/bin/ping"]  -                     replaced by docker run
          line 4         -                x ["www.docker.com"]  not used: --entrypoint was given
          docker run     + []             -

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian:latest
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker
        --- 1
        error: no command specified
        note: debian:latest as in Dockwright's course; --base IMAGE=FILE gives another configuration
    "#]],
    );
    check(
        &["why", "-"],
        WRONG,
        &expect![[r#"
        Process 1
          ["e"]

        ENTRYPOINT and CMD
                      ENTRYPOINT  CMD
          debian      -           x ["bash"]  cleared: this stage sets ENTRYPOINT
          line 4      + ["e"]     -
          docker run  -           -

        Values
          user          root                                                          Docker
          workdir       /                                                             Docker
          env PATH      /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin  debian
          stop signal   SIGTERM                                                       Docker
          stop timeout  10                                                            Docker

        docker stop
          docker stop sends SIGTERM to process 1, and SIGKILL 10 s later
          process 1 is the program itself: it gets SIGTERM
          Linux has no default actions for process 1: a program without a handler for SIGTERM is killed after 10 s: exit code 137
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
}
