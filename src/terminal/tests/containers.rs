//! What `docker run` makes of an image and its own words.

use expect_test::expect;

use super::{check, terminal};
use crate::command::Profile;

#[test]
fn a_container_is_what_the_image_and_the_command_line_say() {
    let image = "FROM debian\nENV A=1 B=2\nWORKDIR /w\nUSER 7:root\nEXPOSE 80\nSTOPSIGNAL SIGINT\n\
                 HEALTHCHECK --interval=5s CMD ok\nLABEL k=image who=image\nCMD sleep 99\n";
    let mut it = terminal(&[
        ("Dockerfile", image),
        ("vars", "# of a file\nA=file\nNEW=x y\nUSER\n"),
        ("labels", "k=file\n"),
        ("wrong", "A B=1\n"),
        ("dir/x", ""),
    ]);
    it.run("docker pull -q debian");
    it.run("docker build -q -t app .");
    check(
        &mut it,
        &[
            "docker run --rm -h box app env",
            "docker run --rm -t --env-file vars -e A=flag -e B -w /x/../y/ -h box app env",
            "docker run --rm -u root app env -u; docker run --rm -u root -h box -w / app env",
            "docker run --rm -w /x/../y/ app pwd",
            "docker run -d --name a --stop-signal KILL --stop-timeout 3 --health-retries 4 --label-file labels -l new= --expose 9/udp -v /v app",
            "docker inspect -f '{{json .Config.Healthcheck}} {{.Config.StopSignal}} {{.Config.StopTimeout}} {{.Config.ExposedPorts}}' a",
            "docker inspect -f '{{json .Config.Labels}} {{.Config.User}} {{.Config.WorkingDir}} {{json .Config.Volumes}}' a",
            "docker stop a; docker inspect -f '{{.State.ExitCode}}' a",
            "docker run -d --name b --no-healthcheck app sleep 99",
            "docker inspect -f '{{json .Config}}' b",
            "docker stop -t 2 b; docker inspect -f '{{.State.ExitCode}}' b",
            "docker run -d --init --stop-signal 1 --name c app sleep 99",
            "docker stop c; docker inspect -f '{{.State.ExitCode}}' c",
            "docker run -d --stop-timeout -1 --name d app sleep 99",
            "docker stop d; docker inspect -f '{{.State.Status}}' d",
            "docker stop -t 1 d",
        ],
        &expect![[r#"
            > docker run --rm -h box app env
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            HOSTNAME=box
            A=1
            B=2
            HOME=/
            > docker run --rm -t --env-file vars -e A=flag -e B -w /x/../y/ -h box app env
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            HOSTNAME=box
            TERM=xterm
            A=flag
            NEW=x y
            USER=user
            HOME=/
            > docker run --rm -u root app env -u; docker run --rm -u root -h box -w / app env
            # Dockwright does not simulate `env` inside a container. The program exists in this image; run it in My Docker.
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            HOSTNAME=box
            A=1
            B=2
            HOME=/root
            > docker run --rm -w /x/../y/ app pwd
            /y
            > docker run -d --name a --stop-signal KILL --stop-timeout 3 --health-retries 4 --label-file labels -l new= --expose 9/udp -v /v app
            # Accepted, but without effect in the simulation: `--volume`.
            9495b8292852a7200aedf4a0cf9d07e592707d099a6e4ccec95bebe20748218f
            > docker inspect -f '{{json .Config.Healthcheck}} {{.Config.StopSignal}} {{.Config.StopTimeout}} {{.Config.ExposedPorts}}' a
            {"Interval":5000000000,"Retries":4,"Test":["CMD-SHELL","ok"]} KILL 3 map[80/tcp:{} 9/udp:{}]
            > docker inspect -f '{{json .Config.Labels}} {{.Config.User}} {{.Config.WorkingDir}} {{json .Config.Volumes}}' a
            {"k":"file","new":"","who":"image"} 7:root /w {"/v":{}}
            > docker stop a; docker inspect -f '{{.State.ExitCode}}' a
            a
            137
            > docker run -d --name b --no-healthcheck app sleep 99
            e460fb1455f27c306b36deda8a3c604737e9d648210a60177367230a49d845a2
            > docker inspect -f '{{json .Config}}' b
            {"AttachStderr":false,"AttachStdin":false,"AttachStdout":false,"Cmd":["sleep","99"],"Domainname":"","Entrypoint":null,"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","A=1","B=2"],"ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Interval":5000000000,"Test":["NONE"]},"Hostname":"e460fb1455f2","Image":"app","Labels":{"k":"image","who":"image"},"OnBuild":[],"OpenStdin":false,"StdinOnce":false,"StopSignal":"SIGINT","Tty":false,"User":"7:root","Volumes":{},"WorkingDir":"/w"}
            > docker stop -t 2 b; docker inspect -f '{{.State.ExitCode}}' b
            b
            # The process did not end on SIGINT. After 2 seconds Docker killed it; the simulated clock jumped.
            137
            > docker run -d --init --stop-signal 1 --name c app sleep 99
            be45ad43c3a14c94466b5773ab86cf837f52e76838e5d15d3a6bbc1fdf4130b0
            > docker stop c; docker inspect -f '{{.State.ExitCode}}' c
            c
            129
            > docker run -d --stop-timeout -1 --name d app sleep 99
            bb2524fabe059f333e947b6300f5d47a1ed00b4d39f9591efc969947907688dd
            > docker stop d; docker inspect -f '{{.State.Status}}' d
            # The process did not end on SIGINT. Docker would wait for ever; Ctrl+C would end `docker stop`, and the container runs on.
            running
            > docker stop -t 1 d
            d
            # The process did not end on SIGINT. After 1 seconds Docker killed it; the simulated clock jumped.
        "#]],
    );
}

/// What is refused before the image is looked for, so that nothing is pulled.
#[test]
fn what_cannot_be_a_container_is_said_before_the_pull() {
    for (profile, expected) in [
        (
            Profile::V20_10,
            expect![[r#"
        > docker run --env-file nope debian
        ! docker: open nope: no such file or directory.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --env-file dir debian
        ! docker: read dir: is a directory.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --env-file wrong debian
        ! docker: invalid env file (wrong): variable 'A B' contains whitespaces.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --stop-signal NOPE debian
        ! docker: Error response from daemon: Invalid signal: NOPE.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run -w rel debian
        ! docker: Error response from daemon: the working directory 'rel' is invalid, it needs to be an absolute path.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --health-interval 1us debian
        ! docker: Error response from daemon: Interval in Healthcheck cannot be less than 1ms.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker ps -aq
    "#]],
        ),
        (
            Profile::V28,
            expect![[r#"
        > docker run --env-file nope debian
        ! docker: open nope: no such file or directory
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --env-file dir debian
        ! docker: read dir: is a directory
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --env-file wrong debian
        ! docker: invalid env file (wrong): variable 'A B' contains whitespaces
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --stop-signal NOPE debian
        ! docker: Error response from daemon: invalid signal: NOPE
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run -w rel debian
        ! docker: Error response from daemon: the working directory 'rel' is invalid, it needs to be an absolute path
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --health-interval 1us debian
        ! docker: Error response from daemon: Interval in Healthcheck cannot be less than 1ms
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker ps -aq
    "#]],
        ),
    ] {
        let mut it = terminal(&[("wrong", "A B=1\n"), ("dir/x", "")]);
        it.set_profile(profile);
        check(
            &mut it,
            &[
                "docker run --env-file nope debian",
                "docker run --env-file dir debian",
                "docker run --env-file wrong debian",
                "docker run --stop-signal NOPE debian",
                "docker run -w rel debian",
                "docker run --health-interval 1us debian",
                "docker ps -aq",
            ],
            &expected,
        );
    }
}
