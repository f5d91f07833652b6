//! What a docker command line asks of a real engine, or why it asks nothing.

use dockwright::order::Map;

use dockwright::{
    command::{self, Profile, lex},
    protocol::{Call, call, rpc},
    remote::{self, Plan, Pull, text},
};

fn plan(line: &str) -> Result<Plan, command::Failure> {
    let words = lex::words(line).unwrap();
    let files =
        [("Dockerfile", "FROM debian"), ("app/Dockerfile", "FROM scratch"), ("app/a.txt", "a")];
    let files: Map<_> =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    remote::plan(&command::invocation(&words[1..], Profile::V28)?, &files)
}

#[track_caller]
fn check_run(line: &str, expected: &str) {
    let Ok(Plan::Run { call: run, .. }) = plan(line) else { panic!("{line}: {:?}", plan(line)) };
    let text = rpc::encode_call(None, &Call::ContainerRun(run));
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut expected: serde_json::Value = serde_json::from_str(expected).unwrap();
    let whole = serde_json::to_value(call::ContainerRun::default()).unwrap();
    for (key, value) in whole.as_object().unwrap() {
        expected.as_object_mut().unwrap().entry(key).or_insert(value.clone());
    }
    assert_eq!(found["params"], expected, "{line}");
}

#[track_caller]
fn check_refused(line: &str, expected: &str, exit: u8) {
    let failure = plan(line).unwrap_err();
    assert_eq!(
        (failure.stderr.as_str(), failure.exit),
        (format!("{expected}\n").as_str(), exit),
        "{line}"
    );
}

#[test]
fn a_run_becomes_a_typed_container() {
    check_run("docker run debian", r#"{"image":"debian"}"#);
    check_run(
        "docker run --rm -it --entrypoint /usr/bin/curl -e A=1 -e HOME abdouls/nettools google.com",
        r#"{"image":"abdouls/nettools","tty":true,"stdin":true,"entrypoint":"/usr/bin/curl","env":["A=1"],"cmd":["google.com"]}"#,
    );
    check_run(
        "docker run -dp 8080:80 -p 127.0.0.1:9000:53/udp -p 80 --name web nginx",
        r#"{"image":"nginx","detach":true,"name":"web","ports":[
            {"container":80,"host":8080,"udp":false},{"container":53,"host":9000,"udp":true},{"container":80,"udp":false}]}"#,
    );
}

#[test]
fn what_reaches_the_host_is_refused_with_the_reason() {
    let tail = "You can run it yourself in a terminal.";
    check_refused(
        "docker run --privileged debian",
        &format!(
            "Dockwright does not run `docker run --privileged`: it gives the container all rights of your computer. {tail}"
        ),
        125,
    );
    check_refused(
        "docker run -v /:/host debian",
        &format!(
            "Dockwright does not run `docker run --volume`: it gives the container a folder of your computer. {tail}"
        ),
        125,
    );
    check_refused(
        "docker run --cpus 2 debian",
        &format!("Dockwright does not pass `--cpus` on to the engine. {tail}"),
        125,
    );
    check_refused(
        "docker build --ssh default .",
        &format!("Dockwright does not pass `--ssh` on to the engine. {tail}"),
        125,
    );
    check_refused(
        "docker run -p 80:80 nginx",
        "Dockwright does not publish `80:80`: the host's port is not a number from 1024 to 65535.",
        125,
    );
    check_refused(
        "docker run -p 0.0.0.0:8080:80 nginx",
        "Dockwright does not publish `0.0.0.0:8080:80`: ports are published on 127.0.0.1 only.",
        125,
    );
    check_refused(
        "docker swarm init",
        &format!("Dockwright does not run `docker swarm` on your engine. {tail}"),
        125,
    );
}

#[test]
fn bad_names_are_told_in_dockers_words() {
    check_refused(
        "docker pull Ubuntu",
        "invalid reference format: repository name (library/Ubuntu) must be lowercase",
        1,
    );
    check_refused(
        "docker run Ubuntu",
        "docker: invalid reference format: repository name (library/Ubuntu) must be lowercase\n\nRun 'docker run --help' for more information",
        125,
    );
}

#[test]
fn a_pull_prints_what_the_command_line_prints_itself() {
    let Ok(Plan::Transfer { before, after, .. }) = plan("docker pull alpine") else {
        panic!("not a pull")
    };
    assert_eq!(before, ["Using default tag: latest"]);
    assert_eq!(after, ["docker.io/library/alpine:latest"]);
    let Ok(Plan::Transfer { before, .. }) = plan("docker pull alpine:3") else {
        panic!("not a pull")
    };
    assert_eq!(before, [""; 0]);
}

#[test]
fn a_build_takes_the_files_of_its_context() {
    for (line, dockerfile, files) in [
        ("docker build -t a .", "Dockerfile", &["Dockerfile", "app/Dockerfile", "app/a.txt"][..]),
        ("docker build ./app/", "Dockerfile", &["Dockerfile", "a.txt"]),
        (
            "docker build -f app/Dockerfile .",
            "app/Dockerfile",
            &["Dockerfile", "app/Dockerfile", "app/a.txt"],
        ),
        ("docker build -f app/Dockerfile app", "Dockerfile", &["Dockerfile", "a.txt"]),
    ] {
        let Ok(Plan::Build(build)) = plan(line) else { panic!("{line}: {:?}", plan(line)) };
        assert_eq!(build.call.dockerfile, dockerfile, "{line}");
        assert_eq!(build.files.keys().collect::<Vec<_>>(), files, "{line}");
    }
    check_refused("docker build nope", "unable to prepare context: path \"nope\" not found", 1);
    check_refused(
        "docker build -",
        "Dockwright builds from the files of this page only. Write `.` for the folder.",
        1,
    );
    check_refused(
        "docker build -f Dockerfile app",
        "Dockwright needs the Dockerfile inside the build context: `Dockerfile` is not in `app`.",
        1,
    );
}

#[test]
fn the_exit_code_of_a_container_that_did_not_start() {
    for (message, expected) in [
        ("exec: \"/bin/ping\": stat /bin/ping: no such file or directory: unknown", 127),
        ("exec: \"nope\": executable file not found in $PATH: unknown", 127),
        ("exec: \"/etc\": permission denied: unknown", 126),
        ("exec: \"/etc\": is a directory: unknown", 126),
        ("No command specified", 125),
    ] {
        assert_eq!(text::start_exit(message), expected, "{message}");
    }
}

#[test]
fn a_run_pulls_as_it_is_told() {
    for (line, expected) in [
        ("docker run a", Pull::Missing),
        ("docker run --pull=always a", Pull::Always),
        ("docker run --pull never a", Pull::Never),
    ] {
        let Ok(Plan::Run { pull, .. }) = plan(line) else { panic!("{line}: {:?}", plan(line)) };
        assert_eq!(pull, expected, "{line}");
    }
    assert_eq!(plan("docker run --pull often a").unwrap_err().exit, 125);
}

#[test]
fn nothing_is_silently_left_out() {
    for line in
        ["docker push --all-tags a", "docker ps -s", "docker pull -a a", "docker build -q ."]
    {
        let failure = plan(line).unwrap_err();
        assert!(failure.stderr.starts_with("Dockwright does not pass `--"), "{line}: {failure:?}");
    }
    let words = "invalid argument \"Upper\" for \"-t, --tag\" flag: invalid reference format: repository name (library/Upper) must be lowercase";
    check_refused("docker build -t a -t Upper .", words, 125);
}
