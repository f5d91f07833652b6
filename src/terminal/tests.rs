mod containers;

use expect_test::{Expect, expect};

use super::*;

fn terminal(files: &[(&str, &str)]) -> Terminal {
    let files = files.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
    Terminal::new(World { files, ..World::default() })
}

fn text(turn: &Turn) -> String {
    let chunk = |it: &Chunk| match it.kind {
        ChunkKind::Stdout => it.text.clone(),
        ChunkKind::Stderr => it.text.lines().map(|it| format!("! {it}\n")).collect(),
        ChunkKind::Note => it.text.lines().map(|it| format!("# {it}\n")).collect(),
    };
    turn.output.iter().map(chunk).collect()
}

/// Plays lines and compares everything that was printed, with the exit code of each.
#[track_caller]
fn check(terminal: &mut Terminal, lines: &[&str], expected: &Expect) {
    let mut all = String::new();
    for line in lines {
        let turn = terminal.run(line);
        all.push_str(&format!("> {line}\n{}", text(&turn)));
        if turn.exit != Some(0) {
            all.push_str(&format!(
                "exit {:?} prompt {:?} running {}\n",
                turn.exit, turn.prompt, turn.running
            ));
        }
    }
    expected.assert_eq(&all);
}

#[test]
fn the_host_has_files_and_a_small_shell() {
    let mut it = terminal(&[("Dockerfile", "FROM debian\n"), ("src/a.txt", "a\n")]);
    check(
        &mut it,
        &[
            "ls && pwd; cd src && ls || echo no",
            "cat a.txt nope",
            "echo \"$USER $?\" > b.txt; cat b.txt",
            "cd; cat src/b.txt; false || echo yes",
            "git status",
            "nope",
            "echo a | cat",
            "echo 'a",
        ],
        &expect![[r#"
            > ls && pwd; cd src && ls || echo no
            Dockerfile  src
            /home/user
            a.txt
            > cat a.txt nope
            a
            ! cat: nope: No such file or directory
            exit Some(1) prompt "user@node:~/src$ " running false
            > echo "$USER $?" > b.txt; cat b.txt
            user 1
            > cd; cat src/b.txt; false || echo yes
            user 1
            yes
            > git status
            # Dockwright does not simulate `git` on the host. Type `help` for what it does.
            exit Some(127) prompt "user@node:~$ " running false
            > nope
            ! bash: nope: command not found
            exit Some(127) prompt "user@node:~$ " running false
            > echo a | cat
            a
            # Dockwright does not simulate pipes between commands yet.
            exit Some(1) prompt "user@node:~$ " running false
            > echo 'a
            ! bash: unexpected EOF while looking for matching `''
            exit Some(2) prompt "user@node:~$ " running false
        "#]],
    );
    let turn = it.run("nano Dockerfile");
    assert_eq!(turn.open.as_deref(), Some("Dockerfile"));
    assert!(it.run("clear").cleared);
}

#[test]
fn a_paste_of_several_lines_stops_at_the_first_error() {
    let mut it = terminal(&[]);
    check(
        &mut it,
        &["$ docker pull alpine\ndocker pull nope\ndocker images"],
        &expect![[r#"
        > $ docker pull alpine
        docker pull nope
        docker images
        # The prompt `$` was pasted along. It is not part of the command.
        user@node:~$ docker pull alpine
        Using default tag: latest
        latest: Pulling from library/alpine
        9484b8d0d923: Pull complete
        Digest: sha256:cbd1938a4c990c697e495582e15715232b3bb8299e819fa1c897a4d944e26339
        Status: Downloaded newer image for alpine:latest
        docker.io/library/alpine:latest
        user@node:~$ docker pull nope
        Using default tag: latest
        ! Error response from daemon: pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied
        # Stopped after line 2 of 3: `docker pull nope` ended with exit code 1.
        exit Some(1) prompt "user@node:~$ " running false
    "#]],
    );
}

#[test]
fn a_container_has_a_prompt_of_its_own() {
    let mut it = terminal(&[]);
    check(
        &mut it,
        &[
            "docker run -it ubuntu:bionic",
            "curl google.com",
            "whoami && cd /tmp && pwd",
            "export A=b; echo $A $?",
            "git",
            "ls /",
            "exit 3",
            "docker ps -a --format '{{.Status}}'",
        ],
        &expect![[r#"
            > docker run -it ubuntu:bionic
            ! Unable to find image 'ubuntu:bionic' locally
            ! bionic: Pulling from library/ubuntu
            ! d302d1433d4f: Pull complete
            ! Digest: sha256:d672a310bb3a31744ecbd1e9d1d92bbd9bc73a96e347aef1ea954a96e793b373
            ! Status: Downloaded newer image for ubuntu:bionic
            exit None prompt "root@143be123eb3e:/# " running false
            > curl google.com
            bash: curl: command not found
            exit None prompt "root@143be123eb3e:/# " running false
            > whoami && cd /tmp && pwd
            root
            /tmp
            exit None prompt "root@143be123eb3e:/tmp# " running false
            > export A=b; echo $A $?
            b 0
            exit None prompt "root@143be123eb3e:/tmp# " running false
            > git
            bash: git: command not found
            exit None prompt "root@143be123eb3e:/tmp# " running false
            > ls /
            bin  boot  dev  etc  home  lib  media  mnt  opt  proc  root  run  sbin  srv  sys  tmp  usr  var
            exit None prompt "root@143be123eb3e:/tmp# " running false
            > exit 3
            exit
            exit Some(3) prompt "user@node:~$ " running false
            > docker ps -a --format '{{.Status}}'
            Exited (3) 1 second ago
        "#]],
    );
}

#[test]
fn ping_goes_on_until_it_is_stopped() {
    let mut it = terminal(&[]);
    let turn = it.run("docker run alpine ping google.com");
    assert!(turn.running && turn.exit.is_none());
    assert!(text(&it.tick()).contains("seq=0"));
    let turn = it.interrupt();
    assert_eq!((turn.running, turn.exit), (false, Some(0)));
    expect![[r#"
        ^C

        --- google.com ping statistics ---
        1 packets transmitted, 1 packets received, 0% packet loss
        round-trip min/avg/max = 11.025/11.025/11.025 ms
    "#]]
    .assert_eq(&text(&turn));
    it.run("docker run alpine ping localhost");
    let mut ticks = 0;
    while it.tick().running {
        ticks += 1;
    }
    assert_eq!(ticks, 19);
}

#[test]
fn login_asks_and_keeps_nothing() {
    let mut it = terminal(&[]);
    let turn = it.run("docker login");
    assert_eq!((turn.prompt.as_str(), turn.secret), ("Username: ", false));
    let turn = it.run("abdouls");
    assert_eq!((turn.prompt.as_str(), turn.secret), ("Password: ", true));
    let turn = it.run("hunter2");
    assert_eq!(turn.exit, Some(0));
    expect![[r#"
        ! WARNING! Your password will be stored unencrypted in /home/user/.docker/config.json.
        ! Configure a credential helper to remove this warning. See
        ! https://docs.docker.com/engine/reference/commandline/login/#credentials-store
        ! 
        Login Succeeded
        # What you typed was not stored and not sent. The practice token was used.
    "#]]
    .assert_eq(&text(&turn));
    assert!(!format!("{it:?}").contains("hunter2"));
}

#[test]
fn start_errors_are_those_of_each_version() {
    for (profile, expected) in [
        (
            Profile::V20_10,
            expect![[r#"
        > docker run debian /bin/ping
        ! docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/ping": stat /bin/ping: no such file or directory: unknown.
        exit Some(127) prompt "user@node:~$ " running false
        > docker run debian nope
        ! docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown.
        exit Some(127) prompt "user@node:~$ " running false
        > docker run debian /etc
        ! docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/etc": permission denied: unknown.
        exit Some(126) prompt "user@node:~$ " running false
        > docker run --entrypoint '' debian
        ! docker: Error response from daemon: No command specified.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run Debian
        ! docker: invalid reference format: repository name must be lowercase.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run nope
        ! Unable to find image 'nope:latest' locally
        ! docker: Error response from daemon: pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --name a debian true; docker run --name a debian true
        ! docker: Error response from daemon: Conflict. The container name "/a" is already in use by container "4126d9a42280b2d7891865d024d599b07662762db76314d91789b0325c97e8e5". You have to remove (or rename) that container to be able to reuse that name.
        ! See 'docker run --help'.
        exit Some(125) prompt "user@node:~$ " running false
    "#]],
        ),
        (
            Profile::V28,
            expect![[r#"
        > docker run debian /bin/ping
        ! docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/bin/ping": stat /bin/ping: no such file or directory
        ! 
        ! Run 'docker run --help' for more information
        exit Some(127) prompt "user@node:~$ " running false
        > docker run debian nope
        ! docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "nope": executable file not found in $PATH
        ! 
        ! Run 'docker run --help' for more information
        exit Some(127) prompt "user@node:~$ " running false
        > docker run debian /etc
        ! docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/etc": is a directory: permission denied
        ! 
        ! Run 'docker run --help' for more information
        exit Some(126) prompt "user@node:~$ " running false
        > docker run --entrypoint '' debian
        ! docker: Error response from daemon: no command specified
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run Debian
        ! docker: invalid reference format: repository name (library/Debian) must be lowercase
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run nope
        ! Unable to find image 'nope:latest' locally
        ! docker: Error response from daemon: pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
        > docker run --name a debian true; docker run --name a debian true
        ! docker: Error response from daemon: Conflict. The container name "/a" is already in use by container "4126d9a42280b2d7891865d024d599b07662762db76314d91789b0325c97e8e5". You have to remove (or rename) that container to be able to reuse that name
        ! 
        ! Run 'docker run --help' for more information
        exit Some(125) prompt "user@node:~$ " running false
    "#]],
        ),
    ] {
        let mut it = terminal(&[]);
        it.set_profile(profile);
        it.run("docker pull debian");
        check(
            &mut it,
            &[
                "docker run debian /bin/ping",
                "docker run debian nope",
                "docker run debian /etc",
                "docker run --entrypoint '' debian",
                "docker run Debian",
                "docker run nope",
                "docker run --name a debian true; docker run --name a debian true",
            ],
            &expected,
        );
    }
}

#[test]
fn what_is_not_simulated_is_said() {
    let mut it = terminal(&[]);
    check(
        &mut it,
        &["docker swarm init", "docker run --cpus 2 debian tar x"],
        &expect![[r#"
        > docker swarm init
        # Dockwright does not simulate `docker swarm`. It is a real Docker command. Read about it, or run it in My Docker.
        exit Some(1) prompt "user@node:~$ " running false
        > docker run --cpus 2 debian tar x
        # Accepted, but without effect in the simulation: `--cpus`.
        ! Unable to find image 'debian:latest' locally
        ! latest: Pulling from library/debian
        ! b52368c2d152: Pull complete
        ! Digest: sha256:5fcdf3ef7345e6f93d9175ad5a18b24f57421e6e8987573f802e8471c498c886
        ! Status: Downloaded newer image for debian:latest
        # Dockwright does not simulate `tar` inside a container. The program exists in this image; run it in My Docker.
    "#]],
    );
}

#[test]
fn words_are_completed() {
    let mut it = terminal(&[("Dockerfile", "")]);
    it.run("docker pull ubuntu:bionic");
    let items = |line: &str| it.complete(line, line.len()).items;
    assert_eq!(items("dock"), ["docker"]);
    assert_eq!(items("docker im"), ["image", "images"]);
    assert_eq!(items("docker image p"), ["pull", "push"]);
    assert_eq!(items("docker run --ent"), ["--entrypoint"]);
    assert_eq!(items("docker push ub"), ["ubuntu:bionic"]);
    assert_eq!(items("cat Do"), ["Dockerfile"]);
    assert_eq!(it.complete("docker images", 9).from, 7);
}
