use crate::{
    lint::{
        checker::{Checker, Finding, Named},
        declare::rule,
    },
    syntax::keyword::nearest,
};

/// Images that people copy from, and name without a tag.
const IMAGES: [&str; 44] = [
    "alpine",
    "amazoncorretto",
    "bash",
    "busybox",
    "caddy",
    "composer",
    "consul",
    "debian",
    "docker",
    "eclipse-temurin",
    "elixir",
    "erlang",
    "fedora",
    "golang",
    "gradle",
    "haproxy",
    "haskell",
    "httpd",
    "influxdb",
    "julia",
    "mariadb",
    "maven",
    "memcached",
    "mongo",
    "mysql",
    "nginx",
    "node",
    "openjdk",
    "oraclelinux",
    "perl",
    "php",
    "postgres",
    "pypy",
    "python",
    "redis",
    "registry",
    "ruby",
    "rust",
    "swift",
    "telegraf",
    "tomcat",
    "traefik",
    "ubuntu",
    "vault",
];

rule! {
    /// Where no stage has the name, the builder looks for an image of that name in a registry. A misspelt stage ends in an error
    /// about a pull, or in files of a stranger.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.25 AS builder
    /// FROM debian:13
    /// COPY --from=bulider /out /out
    /// #           ^^^^^^^ there is no stage `bulider` above; did you mean `builder`?
    /// COPY --from=assets /out /out
    /// #           ^^^^^^ there is no stage `assets` above
    /// COPY --from=7 /out /out
    /// #           ^ there is no stage 7
    /// RUN --mount=from=assets,target=/a cp /a/x /x
    /// #                ^^^^^^ there is no stage `assets` above
    /// ```
    ///
    /// A stage is found by its number too, and in any case. An image has a tag, a digest or a registry, or is a well-known one.
    /// Named contexts can be said in the settings: `contexts`.
    ///
    /// ```dockerfile good
    /// FROM golang:1.25 AS Build
    /// FROM debian:13
    /// COPY --from=build /out /out
    /// COPY --from=0 /out /out
    /// COPY --from=nginx /etc/nginx /etc/nginx
    /// COPY --from=ghcr.io/astral-sh/uv /uv /bin/
    /// COPY --from=tool:1.2 /tool /bin/
    /// COPY --from=scratch / /
    /// RUN --mount=from=build,target=/b cp /b/x /x
    /// ```
    DW114 "copy-from-unknown" Warning On "DL3022 KICS"
    check
}

fn check(checker: &Checker<'_>) {
    for it in checker.sources() {
        let name = it.name.as_str();
        let message = match it.named {
            Named::NoNumber => format!("there is no stage {name}"),
            Named::Other if !is_image(checker, name) => {
                // Few files have many stages, and none has many unknown names.
                let above = checker.stages().iter().take(it.stage.min(100));
                let near = nearest(name, above.filter_map(|it| it.name.as_deref()));
                let near = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                format!("there is no stage `{name}` above{near}")
            }
            Named::Other | Named::Stage(_) | Named::NotYet(_) | Named::Unknown => continue,
        };
        let help = "Name a stage above, or an image with its tag.";
        checker.report(Finding::new(it.name.span, message, help));
    }
}

fn is_image(checker: &Checker<'_>, name: &str) -> bool {
    name.contains([':', '/', '@'])
        || matches!(name, "scratch" | "context")
        || IMAGES.contains(&name)
        || checker.options().contexts.iter().any(|it| it == name)
}
