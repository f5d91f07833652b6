//! The article, as it is printed: its Dockerfiles, its tables, its command lines.

use std::collections::BTreeMap;

use dockwright::{
    command::Profile,
    lesson::{Action, Player, WorldSpec},
    terminal::{Chunk, ChunkKind, Terminal, Turn},
};
use expect_test::{Expect, expect};

use crate::lessons::course;

const DOCKERPING: &str = include_str!("../fixtures/article/dockerping.Dockerfile");
const NETTOOLS: &str = include_str!("../fixtures/article/nettools.Dockerfile");
const ALLOW_OVERRIDE: &str = include_str!("../fixtures/article/allow-override.Dockerfile");

const TABLE_1: &str = "\
REPOSITORY                               TAG       IMAGE ID       CREATED      SIZE
ubuntu                                   bionic    35b3f4f76a24   4 days ago   63.1MB
registry.hub.docker.com/library/ubuntu   bionic    35b3f4f76a24   4 days ago   63.1MB
";

const TABLE_2: &str = "\
REPOSITORY                               TAG       IMAGE ID       CREATED          SIZE
abdouls/nettools                         latest    6fd9a4590614   35 seconds ago   150MB
registry.hub.docker.com/library/ubuntu   bionic    35b3f4f76a24   4 days ago       63.1MB
ubuntu                                   bionic    35b3f4f76a24   4 days ago       63.1MB
abdouls/dockerping                       latest    b03accb303e3   2 weeks ago      124MB
";

/// A machine with fixtures of the course.
fn machine(fixtures: &[&str], dockerfile: &str, profile: Profile) -> Terminal {
    let spec = WorldSpec {
        fixtures: fixtures.iter().map(|it| (*it).to_owned()).collect(),
        files: BTreeMap::from([("Dockerfile".to_owned(), dockerfile.to_owned())]),
        ..WorldSpec::default()
    };
    let mut terminal = Terminal::new(spec.world(&course().fixtures).unwrap());
    terminal.set_profile(profile);
    terminal
}

fn text(turn: &Turn) -> String {
    let chunk = |it: &Chunk| match it.kind {
        ChunkKind::Stdout | ChunkKind::Stderr => it.text.clone(),
        ChunkKind::Note => it.text.lines().map(|it| format!("# {it}\n")).collect(),
    };
    turn.output.iter().map(chunk).collect()
}

/// Plays lines as a person sees them: the prompt, the line, the output; a ping is stopped after two replies.
#[track_caller]
fn check(terminal: &mut Terminal, lines: &[&str], expected: &Expect) {
    let mut all = String::new();
    for line in lines {
        all.push_str(&format!("{}{line}\n", terminal.prompt()));
        let mut turn = terminal.run(line);
        all.push_str(&text(&turn));
        for _ in 0..2 {
            if turn.running {
                turn = terminal.tick();
                all.push_str(&text(&turn));
            }
        }
        if turn.running {
            turn = terminal.interrupt();
            all.push_str(&text(&turn));
        }
        if let Some(code @ 1..) = turn.exit {
            all.push_str(&format!("[exit {code}]\n"));
        }
    }
    expected.assert_eq(&all);
}

#[test]
fn the_first_table_comes_out_of_its_lesson() {
    let mut player = Player::lesson(&course(), "same-image-two-names").unwrap();
    let solution = course().lessons[0].steps[0].solution.clone();
    for action in solution {
        let Action::Run(line) = action else { panic!() };
        player.run(&line);
    }
    assert_eq!(text(&player.run("docker images")), TABLE_1);
    player.terminal_mut().set_profile(Profile::V29);
    expect![[r#"
        IMAGE                                           ID             DISK USAGE   CONTENT SIZE   EXTRA
        registry.hub.docker.com/library/ubuntu:bionic   35b3f4f76a24       63.1MB             0B        
        ubuntu:bionic                                   35b3f4f76a24       63.1MB             0B        
    "#]].assert_eq(&text(&player.run("docker images")));
}

#[test]
fn the_first_table_comes_out_of_the_articles_commands() {
    let mut it = machine(&[], "", Profile::V20_10);
    check(
        &mut it,
        &[
            "docker pull docker.io/ubuntu:bionic",
            "docker pull ubuntu:bionic",
            "docker pull registry.hub.docker.com/library/ubuntu:bionic",
        ],
        &expect![[r#"
        user@node:~$ docker pull docker.io/ubuntu:bionic
        bionic: Pulling from library/ubuntu
        d302d1433d4f: Pull complete
        Digest: sha256:d672a310bb3a31744ecbd1e9d1d92bbd9bc73a96e347aef1ea954a96e793b373
        Status: Downloaded newer image for ubuntu:bionic
        docker.io/library/ubuntu:bionic
        user@node:~$ docker pull ubuntu:bionic
        bionic: Pulling from library/ubuntu
        Digest: sha256:d672a310bb3a31744ecbd1e9d1d92bbd9bc73a96e347aef1ea954a96e793b373
        Status: Image is up to date for ubuntu:bionic
        docker.io/library/ubuntu:bionic
        user@node:~$ docker pull registry.hub.docker.com/library/ubuntu:bionic
        bionic: Pulling from library/ubuntu
        d302d1433d4f: Already exists
        Digest: sha256:d672a310bb3a31744ecbd1e9d1d92bbd9bc73a96e347aef1ea954a96e793b373
        Status: Downloaded newer image for registry.hub.docker.com/library/ubuntu:bionic
        registry.hub.docker.com/library/ubuntu:bionic
    "#]],
    );
    assert_eq!(text(&it.run("docker images")), TABLE_1);
    check(
        &mut it,
        &[
            "docker run -dit registry.hub.docker.com/library/ubuntu:bionic",
            "docker ps",
            "docker pull mysql/mysql-server",
        ],
        &expect![[r#"
        user@node:~$ docker run -dit registry.hub.docker.com/library/ubuntu:bionic
        143be123eb3ec52788233fc77a0964d06874dcfb43c9881c41b1c69b2a08dabe
        user@node:~$ docker ps
        CONTAINER ID   IMAGE                                           COMMAND   CREATED        STATUS        PORTS     NAMES
        143be123eb3e   registry.hub.docker.com/library/ubuntu:bionic   "bash"    1 second ago   Up 1 second             brave_cooper
        user@node:~$ docker pull mysql/mysql-server
        Using default tag: latest
        latest: Pulling from mysql/mysql-server
        921a454d6c73: Pull complete
        46bf2a8d7ad8: Pull complete
        f27d5ca5868f: Pull complete
        7fd3357d0139: Pull complete
        c3f7721b7efa: Pull complete
        bd8cc2814c6e: Pull complete
        dc114e56f7f0: Pull complete
        Digest: sha256:605bd782159de60902354223980e8a9ce7f7787f2332a3c563defc041d0facd7
        Status: Downloaded newer image for mysql/mysql-server:latest
        docker.io/mysql/mysql-server:latest
    "#]],
    );
}

#[test]
fn the_second_table_comes_out_of_its_fixture() {
    let mut it = machine(&["article-ids", "article-images"], "", Profile::V20_10);
    assert_eq!(text(&it.run("docker images")), TABLE_2);
}

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
fn dockerping_runs_with_ping_in_it() {
    let mut it = machine(&["dockerping-fixed"], "", Profile::V20_10);
    check(
        &mut it,
        &[
            "docker run abdouls/dockerping:latest",
            "docker run abdouls/dockerping:latest google.can",
            "docker run --rm abdouls/dockerping:latest -c 1 localhost",
        ],
        &expect![[r#"
        user@node:~$ docker run abdouls/dockerping:latest
        PING www.docker.com (141.193.213.21) 56(84) bytes of data.
        64 bytes from 141.193.213.21: icmp_seq=1 ttl=115 time=11.0 ms
        64 bytes from 141.193.213.21: icmp_seq=2 ttl=115 time=10.6 ms
        ^C

        --- www.docker.com ping statistics ---
        2 packets transmitted, 2 received, 0% packet loss, time 1002ms
        rtt min/avg/max/mdev = 10.640/10.832/11.025/0.192 ms
        user@node:~$ docker run abdouls/dockerping:latest google.can
        ping: google.can: Name or service not known
        [exit 2]
        user@node:~$ docker run --rm abdouls/dockerping:latest -c 1 localhost
        PING localhost (127.0.0.1) 56(84) bytes of data.
        64 bytes from localhost (127.0.0.1): icmp_seq=1 ttl=64 time=0.059 ms

        --- localhost ping statistics ---
        1 packets transmitted, 1 received, 0% packet loss, time 0ms
        rtt min/avg/max/mdev = 0.059/0.059/0.059/0.000 ms
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
fn allow_override_has_no_entrypoint() {
    let mut it = machine(&[], ALLOW_OVERRIDE, Profile::V20_10);
    it.run("docker build -t abdouls/nettools:allow-override .");
    check(
        &mut it,
        &[
            "docker build -t abdouls/nettools:allow-override",
            "docker run -it abdouls/nettools:allow-override",
            "exit",
            "docker run -it abdouls/nettools:allow-override curl google.com",
        ],
        &expect![[r#"
        user@node:~$ docker build -t abdouls/nettools:allow-override
        "docker build" requires exactly 1 argument.
        See 'docker build --help'.

        Usage:  docker build [OPTIONS] PATH | URL | -

        Build an image from a Dockerfile
        [exit 1]
        user@node:~$ docker run -it abdouls/nettools:allow-override
        root@d7252c7dc60a:/# exit
        exit
        user@node:~$ docker run -it abdouls/nettools:allow-override curl google.com
        <HTML><HEAD><meta http-equiv="content-type" content="text/html;charset=utf-8">
        <TITLE>301 Moved</TITLE></HEAD><BODY>
        <H1>301 Moved</H1>
        The document has moved
        <A HREF="http://www.google.com/">here</A>.
        </BODY></HTML>
    "#]],
    );
}

#[test]
fn images_are_pushed_after_a_login() {
    let mut it = machine(&["dockerping-fixed"], ALLOW_OVERRIDE, Profile::V20_10);
    it.run("docker build -t abdouls/nettools:allow-override .");
    check(
        &mut it,
        &[
            "docker push abdouls/dockerping:latest",
            "docker login",
            "abdouls",
            "",
            "docker push abdouls/dockerping:latest",
            "docker push abdouls/dockerping",
            "docker push abdouls/nettools",
            "docker push abdouls/nettools:allow-override",
            "docker push dockerping",
        ],
        &expect![[r#"
        user@node:~$ docker push abdouls/dockerping:latest
        The push refers to repository [docker.io/abdouls/dockerping]
        72bac078be7f: Preparing
        b52368c2d152: Preparing
        denied: requested access to the resource is denied
        [exit 1]
        user@node:~$ docker login
        Login with your Docker ID to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com to create one.
        # Practice sign-in: the user is `abdouls`.
        Username: abdouls
        # Press Enter to use the practice token. Never type a real password here.
        Password: 
        WARNING! Your password will be stored unencrypted in /home/user/.docker/config.json.
        Configure a credential helper to remove this warning. See
        https://docs.docker.com/engine/reference/commandline/login/#credentials-store

        Login Succeeded
        user@node:~$ docker push abdouls/dockerping:latest
        The push refers to repository [docker.io/abdouls/dockerping]
        72bac078be7f: Pushed
        b52368c2d152: Mounted from library/debian
        latest: digest: sha256:1fa058acd324a9d8f5d63653f65740061e8c1e08d20221237eb4369a8b42c3aa size: 741
        user@node:~$ docker push abdouls/dockerping
        Using default tag: latest
        The push refers to repository [docker.io/abdouls/dockerping]
        72bac078be7f: Layer already exists
        b52368c2d152: Layer already exists
        latest: digest: sha256:1fa058acd324a9d8f5d63653f65740061e8c1e08d20221237eb4369a8b42c3aa size: 741
        user@node:~$ docker push abdouls/nettools
        Using default tag: latest
        The push refers to repository [docker.io/abdouls/nettools]
        An image does not exist locally with the tag: abdouls/nettools
        [exit 1]
        user@node:~$ docker push abdouls/nettools:allow-override
        The push refers to repository [docker.io/abdouls/nettools]
        891b6a28b225: Pushed
        b52368c2d152: Mounted from library/debian
        allow-override: digest: sha256:4068bd8d5c3e1a147685aaac41757a2eb39f7cda44aa289be1a9f2643fca8b87 size: 741
        user@node:~$ docker push dockerping
        Using default tag: latest
        The push refers to repository [docker.io/library/dockerping]
        An image does not exist locally with the tag: dockerping
        [exit 1]
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
         => => transferring context: 19B                                                    0.0s
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
