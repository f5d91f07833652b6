use crate::{
    diagnostic::{Edit, Fix},
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        ports::Port,
    },
};

rule! {
    /// `EXPOSE` says which ports the program in the image listens on. Where they go on a machine is decided when a container
    /// starts, by `docker run -p`: an address or a port of the machine does nothing here, and later versions of Docker
    /// refuse it.
    ///
    /// ```dockerfile bad
    /// FROM nginx:1.29
    /// EXPOSE 8080:80 443
    /// #      ^^^^ `8080` belongs to the machine, which an image knows nothing about
    /// EXPOSE 127.0.0.1:5353:53/udp
    /// #      ^^^^^^^^^^^^^^ `127.0.0.1:5353` belongs to the machine, which an image knows nothing about
    /// ```
    ///
    /// The repair leaves the port that the program listens on.
    ///
    /// ```dockerfile fixed
    /// FROM nginx:1.29
    /// EXPOSE 80 443
    /// EXPOSE 53/udp
    /// ```
    ///
    /// ```dockerfile good
    /// FROM nginx:1.29
    /// ARG PORT=80
    /// EXPOSE 80/tcp 8000-8010 "$PORT" ${PORT:-80} :80
    /// ```
    DW711 "expose-host-mapping" Warning On
    "ExposeInvalidFormat dfl:expose_host_port"
    check
}

fn check(checker: &Checker<'_>) {
    for port in Port::all(checker) {
        let Some(host) = port.host.filter(|it| it.contains(|it: char| it != ':')) else { continue };
        let start = port.word.find(host).unwrap_or_default();
        let span = port.word.at(start, start + host.len());
        let edit = Edit::delete(port.word.at(start, start + host.len() + 1));
        let message =
            format!("`{host}` belongs to the machine, which an image knows nothing about");
        let help = "Name the port of the container alone, and use docker run -p for the rest.";
        let fix = Fix::risky("Keep the port of the container", vec![edit]);
        checker.report(Finding::new(span, message, help).fix(fix));
    }
}
