//! What the article builds, and what its images run.

use dockwright::command::Profile;
use expect_test::expect;

use super::{DOCKERPING, NETTOOLS, check, machine, text};

#[test]
fn dockerping_fails_as_printed() {
    let lines = [
        "docker build -t abdouls/dockerping:latest .",
        "docker run abdouls/dockerping:latest",
        "docker run abdouls/dockerping:latest google.can",
        "docker build -t abdouls/dockerping:latest .",
    ];
    let mut it = machine(&["article-ids"], DOCKERPING, Profile::V20_10);
    check(
        &mut it,
        &lines,
        &expect![[r#"
            user@node:~$ docker build -t abdouls/dockerping:latest .
            Sending build context to Docker daemon  2.048kB
            Step 1/4 : FROM debian:latest
            latest: Pulling from library/debian
            b52368c2d152: Pull complete
            Digest: sha256:5fcdf3ef7345e6f93d9175ad5a18b24f57421e6e8987573f802e8471c498c886
            Status: Downloaded newer image for debian:latest
             ---> 3f22bc261891
            Step 2/4 : LABEL maintainer="Abdoul Soumahoro"
             ---> Running in 35ab55309a70
            Removing intermediate container 35ab55309a70
             ---> c43fda7a2a21
            Step 3/4 : ENTRYPOINT ["/bin/ping"]
             ---> Running in 7f8d97d5a699
            Removing intermediate container 7f8d97d5a699
             ---> 6c5217184cca
            Step 4/4 : CMD ["www.docker.com"]
             ---> Running in 5940b77482ad
            Removing intermediate container 5940b77482ad
             ---> b03accb303e3
            Successfully built b03accb303e3
            Successfully tagged abdouls/dockerping:latest
            user@node:~$ docker run abdouls/dockerping:latest
            docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/ping": stat /bin/ping: no such file or directory: unknown.
            [exit 127]
            user@node:~$ docker run abdouls/dockerping:latest google.can
            docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/ping": stat /bin/ping: no such file or directory: unknown.
            [exit 127]
            user@node:~$ docker build -t abdouls/dockerping:latest .
            Sending build context to Docker daemon  2.048kB
            Step 1/4 : FROM debian:latest
             ---> 3f22bc261891
            Step 2/4 : LABEL maintainer="Abdoul Soumahoro"
             ---> Using cache
             ---> c43fda7a2a21
            Step 3/4 : ENTRYPOINT ["/bin/ping"]
             ---> Using cache
             ---> 6c5217184cca
            Step 4/4 : CMD ["www.docker.com"]
             ---> Using cache
             ---> b03accb303e3
            Successfully built b03accb303e3
            Successfully tagged abdouls/dockerping:latest
        "#]],
    );
    let mut it = machine(&["article-ids"], DOCKERPING, Profile::V28);
    check(
        &mut it,
        &lines,
        &expect![[r#"
            user@node:~$ docker build -t abdouls/dockerping:latest .
            [+] Building 0.4s (5/5) FINISHED                                          docker:default
             => [internal] load build definition from Dockerfile                                0.0s
             => => transferring dockerfile: 103B                                                0.0s
             => [internal] load metadata for docker.io/library/debian:latest                    0.0s
             => [internal] load .dockerignore                                                   0.0s
             => => transferring context: 2B                                                     0.0s
             => [1/1] FROM docker.io/library/debian:latest                                      0.0s
             => exporting to image                                                              0.0s
             => => exporting layers                                                             0.0s
             => => writing image sha256:b03accb303e3830a51486a44f6ee1385f89fd7a5880dc919391cc6  0.0s
             => => naming to docker.io/abdouls/dockerping:latest                                0.0s
            user@node:~$ docker run abdouls/dockerping:latest
            docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/bin/ping": stat /bin/ping: no such file or directory

            Run 'docker run --help' for more information
            [exit 127]
            user@node:~$ docker run abdouls/dockerping:latest google.can
            docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/bin/ping": stat /bin/ping: no such file or directory

            Run 'docker run --help' for more information
            [exit 127]
            user@node:~$ docker build -t abdouls/dockerping:latest .
            [+] Building 0.4s (5/5) FINISHED                                          docker:default
             => [internal] load build definition from Dockerfile                                0.0s
             => => transferring dockerfile: 103B                                                0.0s
             => [internal] load metadata for docker.io/library/debian:latest                    0.0s
             => [internal] load .dockerignore                                                   0.0s
             => => transferring context: 2B                                                     0.0s
             => CACHED [1/1] FROM docker.io/library/debian:latest                               0.0s
             => exporting to image                                                              0.0s
             => => exporting layers                                                             0.0s
             => => writing image sha256:b03accb303e3830a51486a44f6ee1385f89fd7a5880dc919391cc6  0.0s
             => => naming to docker.io/abdouls/dockerping:latest                                0.0s
        "#]],
    );
}

#[test]
fn nettools_has_a_shell_with_curl_and_traceroute() {
    let mut it = machine(&["article-ids"], NETTOOLS, Profile::V20_10);
    check(
        &mut it,
        &[
            "docker build -t abdouls/nettools .",
            "docker run -it abdouls/nettools",
            "curl google.com",
            "traceroute google.com",
            "exit",
            "docker run --entrypoint /usr/bin/curl -it abdouls/nettools google.com",
            "docker run -it abdouls/nettools curl google.com",
            "docker run abdouls/nettools",
        ],
        &expect![[r#"
            user@node:~$ docker build -t abdouls/nettools .
            Sending build context to Docker daemon  2.048kB
            Step 1/4 : FROM debian:latest
            latest: Pulling from library/debian
            b52368c2d152: Pull complete
            Digest: sha256:5fcdf3ef7345e6f93d9175ad5a18b24f57421e6e8987573f802e8471c498c886
            Status: Downloaded newer image for debian:latest
             ---> 3f22bc261891
            Step 2/4 : LABEL maintainer="Abdoul Soumahoro"
             ---> Running in 35ab55309a70
            Removing intermediate container 35ab55309a70
             ---> c43fda7a2a21
            Step 3/4 : RUN apt update && 	apt install -y traceroute && 	apt install -y curl && 	apt clean
             ---> Running in 7f8d97d5a699

            WARNING: apt does not have a stable CLI interface. Use with caution in scripts.

            Get:1 http://deb.debian.org/debian bullseye InRelease [116 kB]
            Get:2 http://deb.debian.org/debian bullseye-updates InRelease [44.1 kB]
            Get:3 http://deb.debian.org/debian bullseye/main amd64 Packages [8182 kB]
            Fetched 8342 kB in 2s (4171 kB/s)
            Reading package lists...

            WARNING: apt does not have a stable CLI interface. Use with caution in scripts.

            Reading package lists...
            Building dependency tree...
            Reading state information...
            The following NEW packages will be installed:
              traceroute
            0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.
            Selecting previously unselected package traceroute.
            Unpacking traceroute (1:2.1.0-2+b1) ...
            Setting up traceroute (1:2.1.0-2+b1) ...

            WARNING: apt does not have a stable CLI interface. Use with caution in scripts.

            Reading package lists...
            Building dependency tree...
            Reading state information...
            The following additional packages will be installed:
              ca-certificates libcurl4 openssl
            The following NEW packages will be installed:
              ca-certificates curl libcurl4 openssl
            0 upgraded, 4 newly installed, 0 to remove and 0 not upgraded.
            Selecting previously unselected package ca-certificates.
            Unpacking ca-certificates (20210119) ...
            Selecting previously unselected package curl.
            Unpacking curl (7.74.0-1.3+deb11u2) ...
            Selecting previously unselected package libcurl4.
            Unpacking libcurl4 (7.74.0-1.3+deb11u2) ...
            Selecting previously unselected package openssl.
            Unpacking openssl (1.1.1n-0+deb11u3) ...
            Setting up ca-certificates (20210119) ...
            Setting up curl (7.74.0-1.3+deb11u2) ...
            Setting up libcurl4 (7.74.0-1.3+deb11u2) ...
            Setting up openssl (1.1.1n-0+deb11u3) ...

            WARNING: apt does not have a stable CLI interface. Use with caution in scripts.

            Removing intermediate container 7f8d97d5a699
             ---> d49d44d5b0c8
            Step 4/4 : ENTRYPOINT ["/bin/bash"]
             ---> Running in 5940b77482ad
            Removing intermediate container 5940b77482ad
             ---> 6fd9a4590614
            Successfully built 6fd9a4590614
            Successfully tagged abdouls/nettools:latest
            user@node:~$ docker run -it abdouls/nettools
            root@d7252c7dc60a:/# curl google.com
            <HTML><HEAD><meta http-equiv="content-type" content="text/html;charset=utf-8">
            <TITLE>301 Moved</TITLE></HEAD><BODY>
            <H1>301 Moved</H1>
            The document has moved
            <A HREF="http://www.google.com/">here</A>.
            </BODY></HTML>
            root@d7252c7dc60a:/# traceroute google.com
            traceroute to google.com (142.250.217.238), 30 hops max, 60 byte packets
             1  172.17.0.1 (172.17.0.1)  0.615 ms  0.578 ms  0.555 ms
             2  * * *
             3  * * *
            root@d7252c7dc60a:/# exit
            exit
            user@node:~$ docker run --entrypoint /usr/bin/curl -it abdouls/nettools google.com
            <HTML><HEAD><meta http-equiv="content-type" content="text/html;charset=utf-8">
            <TITLE>301 Moved</TITLE></HEAD><BODY>
            <H1>301 Moved</H1>
            The document has moved
            <A HREF="http://www.google.com/">here</A>.
            </BODY></HTML>
            user@node:~$ docker run -it abdouls/nettools curl google.com
            /usr/bin/curl: /usr/bin/curl: cannot execute binary file
            [exit 126]
            user@node:~$ docker run abdouls/nettools
        "#]],
    );
    assert!(text(&it.run("docker images")).contains(" 6fd9a4590614 "));
    let mut it = machine(&["article-ids"], NETTOOLS, Profile::V29);
    check(
        &mut it,
        &["docker build -t abdouls/nettools .", "docker build -q ."],
        &expect![[r#"
            user@node:~$ docker build -t abdouls/nettools .
            [+] Building 5.4s (6/6) FINISHED                                          docker:default
             => [internal] load build definition from Dockerfile                                0.0s
             => => transferring dockerfile: 169B                                                0.0s
             => [internal] load metadata for docker.io/library/debian:latest                    0.0s
             => [internal] load .dockerignore                                                   0.0s
             => => transferring context: 2B                                                     0.0s
             => [1/2] FROM docker.io/library/debian:latest                                      0.0s
             => [2/2] RUN apt update &&  apt install -y traceroute &&  apt install -y curl &&   5.2s
             => exporting to image                                                              0.0s
             => => exporting layers                                                             0.0s
             => => writing image sha256:6fd9a4590614f5e82a28fa16392448737e8f2d5d784a74eeb78bf6  0.0s
             => => naming to docker.io/abdouls/nettools:latest                                  0.0s
            user@node:~$ docker build -q .
            sha256:6fd9a4590614f5e82a28fa16392448737e8f2d5d784a74eeb78bf60f4905afe5
        "#]],
    );
}

#[test]
fn a_failing_command_fails_the_build() {
    let source = "FROM debian:latest\nRUN nope\nCMD [\"bash\"]\n";
    let mut it = machine(&[], source, Profile::V20_10);
    check(
        &mut it,
        &["docker build -t a ."],
        &expect![[r#"
        user@node:~$ docker build -t a .
        Sending build context to Docker daemon  2.048kB
        Step 1/3 : FROM debian:latest
        latest: Pulling from library/debian
        b52368c2d152: Pull complete
        Digest: sha256:5fcdf3ef7345e6f93d9175ad5a18b24f57421e6e8987573f802e8471c498c886
        Status: Downloaded newer image for debian:latest
         ---> 3f22bc261891
        Step 2/3 : RUN nope
         ---> Running in 35ab55309a70
        /bin/sh: 1: nope: not found
        The command '/bin/sh -c nope' returned a non-zero code: 127
        [exit 127]
    "#]],
    );
    let mut it = machine(&[], source, Profile::V28);
    check(
        &mut it,
        &["docker build -t a .", "docker build --progress=plain -t a ."],
        &expect![[r#"
        user@node:~$ docker build -t a .
        [+] Building 5.4s (4/5)                                                   docker:default
         => [internal] load build definition from Dockerfile                                0.0s
         => => transferring dockerfile: 41B                                                 0.0s
         => [internal] load metadata for docker.io/library/debian:latest                    0.0s
         => [internal] load .dockerignore                                                   0.0s
         => => transferring context: 2B                                                     0.0s
         => [1/2] FROM docker.io/library/debian:latest                                      0.0s
         => ERROR [2/2] RUN nope                                                            5.2s
        ------
         > [2/2] RUN nope:
        0.412 /bin/sh: 1: nope: not found
        ------
        Dockerfile:2
        --------------------
           1 |     FROM debian:latest
           2 | >>> RUN nope
           3 |     CMD ["bash"]
        --------------------
        ERROR: failed to build: failed to solve: process "/bin/sh -c nope" did not complete successfully: exit code: 127
        [exit 1]
        user@node:~$ docker build --progress=plain -t a .
        #0 building with "default" instance using docker driver

        #1 [internal] load build definition from Dockerfile
        #1 transferring dockerfile: 41B done
        #1 DONE 0.0s

        #2 [internal] load metadata for docker.io/library/debian:latest
        #2 DONE 0.0s

        #3 [internal] load .dockerignore
        #3 transferring context: 2B done
        #3 DONE 0.0s

        #4 [1/2] FROM docker.io/library/debian:latest
        #4 CACHED

        #5 [2/2] RUN nope
        #5 0.412 /bin/sh: 1: nope: not found
        #5 ERROR

        ------
         > [2/2] RUN nope:
        0.412 /bin/sh: 1: nope: not found
        ------
        Dockerfile:2
        --------------------
           1 |     FROM debian:latest
           2 | >>> RUN nope
           3 |     CMD ["bash"]
        --------------------
        ERROR: failed to build: failed to solve: process "/bin/sh -c nope" did not complete successfully: exit code: 127
        [exit 1]
    "#]],
    );
    let mut it = machine(&[], "FROM debian\nCMDD x\n", Profile::V20_10);
    check(
        &mut it,
        &["docker build ."],
        &expect![[r#"
        user@node:~$ docker build .
        Sending build context to Docker daemon  2.048kB
        Error response from daemon: dockerfile parse error line 2: unknown instruction: CMDD
        [exit 1]
    "#]],
    );
    let mut it = machine(&[], "FROM nope\nCOPY a b\n", Profile::V28);
    check(
        &mut it,
        &["docker build .", "docker build -t A ."],
        &expect![[r#"
            user@node:~$ docker build .
            [+] Building 0.4s (4/5)                                                   docker:default
             => [internal] load build definition from Dockerfile                                0.0s
             => => transferring dockerfile: 19B                                                 0.0s
             => [internal] load metadata for docker.io/library/nope:latest                      0.0s
             => [internal] load .dockerignore                                                   0.0s
             => => transferring context: 2B                                                     0.0s
             => [internal] load build context                                                   0.0s
             => => transferring context: 2B                                                     0.0s
             => ERROR [1/2] FROM docker.io/library/nope:latest                                  0.0s
            ------
             > [1/2] FROM docker.io/library/nope:latest:
            ------
            Dockerfile:1
            --------------------
               1 | >>> FROM nope
               2 |     COPY a b
            --------------------
            ERROR: failed to build: failed to solve: nope: failed to resolve source metadata for docker.io/library/nope:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed
            [exit 1]
            user@node:~$ docker build -t A .
            ERROR: failed to build: invalid tag "A": repository name must be lowercase
            [exit 1]
        "#]],
    );
}
