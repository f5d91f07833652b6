//! The article, as it is printed: its Dockerfiles, its tables, its command lines.

use dockwright::order::Map;

use dockwright::{
    command::Profile,
    lesson::{Action, Player, WorldSpec},
    terminal::{Chunk, ChunkKind, Terminal, Turn},
};
use expect_test::{Expect, expect};

use crate::lessons::course;

mod builds;

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
        files: Map::from([("Dockerfile".to_owned(), dockerfile.to_owned())]),
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
