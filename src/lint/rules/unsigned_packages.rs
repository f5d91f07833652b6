use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
    },
    shell::Command,
    text::{Span, to_u32},
};

rule! {
    /// A package manager checks who signed a package before it runs the package's scripts as root. Without that, any mirror
    /// and anyone on the way can put a package of their own into the image.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN apt-get install -y --allow-unauthenticated curl && apk add --allow-untrusted ./a.apk
    /// #                      ^^^^^^^^^^^^^^^^^^^^^^^ packages are installed whoever made them
    /// #                                                              ^^^^^^^^^^^^^^^^^ packages are installed whoever made them
    /// RUN dnf install -y --nogpgcheck app && rpm -i --nosignature app.rpm
    /// #                  ^^^^^^^^^^^^ packages are installed whoever made them
    /// #                                             ^^^^^^^^^^^^^ packages are installed whoever made them
    /// RUN apt-get -o APT::Get::AllowUnauthenticated=true install -y curl
    /// #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ packages are installed whoever made them
    /// RUN echo "deb [trusted=yes] https://example.org/ ./" > /etc/apt/sources.list.d/app.list
    /// #              ^^^^^^^^^^^ packages are installed whoever made them
    /// ```
    ///
    /// Add the key of the repository. A repository in the image itself needs none.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// COPY app.gpg /usr/share/keyrings/
    /// RUN echo "deb [signed-by=/usr/share/keyrings/app.gpg] https://example.org/ ./" > /etc/apt/sources.list.d/app.list
    /// RUN echo "deb [trusted=yes] file:/packages ./" > /etc/apt/sources.list.d/own.list
    /// RUN dnf install -y --setopt=gpgcheck=1 app
    /// ```
    DW606 "unsigned-packages" Error On
    "CKV2_DOCKER_7 CKV2_DOCKER_8 CKV2_DOCKER_9 CKV2_DOCKER_10 CKV2_DOCKER_11"
    check
}

const MESSAGE: &str = "packages are installed whoever made them";
const HELP: &str = "Leave it out, and add the key of the repository.";
const TRUSTED: &str = "trusted=yes";
const MANAGERS: [&str; 11] = [
    "apt-get", "apt", "aptitude", "apk", "yum", "dnf", "dnf5", "microdnf", "tdnf", "zypper", "rpm",
];

fn check(checker: &Checker<'_>) {
    let may_trust = checker.source().contains(TRUSTED);
    if !may_trust && !checker.uses(&MANAGERS) {
        return;
    }
    for run in checker.runs() {
        for command in &run.commands {
            if let Some(span) = flag(command) {
                checker.report(Finding::new(span, MESSAGE, HELP));
            }
        }
        if !may_trust {
            continue;
        }
        let whole = run.instruction().span;
        let text = whole.slice(checker.source());
        for (at, _) in text.match_indices(TRUSTED) {
            let (before, behind) =
                (text.get(..at).unwrap_or_default(), text.get(at + TRUSTED.len()..));
            let is_option = before.ends_with(['[', ' ', ',']);
            let behind = behind.unwrap_or_default();
            // Options are few.
            let place = behind.get(..behind.len().min(200)).unwrap_or(behind);
            let place = place.split_once(']').map_or("", |it| it.1.trim_start());
            let is_local = ["file:", "copy:", "./", "/"].iter().any(|it| place.starts_with(it));
            if is_option && !is_local && !place.is_empty() {
                let start = whole.start + to_u32(at);
                let span = Span::new(start, start + to_u32(TRUSTED.len()));
                checker.report(Finding::new(span, MESSAGE, HELP));
            }
        }
    }
}

/// Where a command says so.
fn flag(command: &Command<'_>) -> Option<Span> {
    let wrong: &[&str] = match command.name() {
        "apt-get" | "apt" | "aptitude" => &[
            "--allow-unauthenticated",
            "--force-yes",
            "--allow-insecure-repositories",
            "APT::Get::AllowUnauthenticated=true",
            "APT::Get::AllowUnauthenticated=1",
            "Acquire::AllowInsecureRepositories=true",
            "Acquire::AllowInsecureRepositories=1",
        ],
        "apk" => &["--allow-untrusted"],
        "yum" | "dnf" | "dnf5" | "microdnf" | "tdnf" => {
            &["--nogpgcheck", "--no-gpgchecks", "--setopt=gpgcheck=0", "--setopt=gpgcheck=false"]
        }
        "zypper" => &["--no-gpg-checks", "--allow-unsigned-rpm"],
        "rpm" => &["--nosignature", "--nodigest", "--noverify"],
        _ => return None,
    };
    let is_wrong = |text: &str| wrong.iter().any(|it| text.eq_ignore_ascii_case(it));
    command.arguments().iter().find(|it| is_wrong(&it.rough())).map(|it| it.span())
}
