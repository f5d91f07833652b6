//! Programs that ask the network, of which the simulation knows a few hosts.

use super::complain;
use crate::engine::Output;

/// Hosts and their addresses.
const HOSTS: &[(&str, &str)] = &[
    ("localhost", "127.0.0.1"),
    ("127.0.0.1", "127.0.0.1"),
    ("google.com", "142.250.217.238"),
    ("www.google.com", "142.250.217.228"),
    ("docker.com", "141.193.213.20"),
    ("www.docker.com", "141.193.213.21"),
    ("hub.docker.com", "44.205.64.79"),
    ("debian.org", "128.31.0.62"),
    ("www.debian.org", "128.31.0.62"),
    ("github.com", "140.82.114.3"),
    ("example.com", "93.184.216.34"),
    ("8.8.8.8", "8.8.8.8"),
    ("1.1.1.1", "1.1.1.1"),
];

/// The address of a host.
pub fn address(host: &str) -> Option<&'static str> {
    HOSTS.iter().find(|it| it.0 == host).map(|it| it.1)
}

const MOVED: &str = r#"<HTML><HEAD><meta http-equiv="content-type" content="text/html;charset=utf-8">
<TITLE>301 Moved</TITLE></HEAD><BODY>
<H1>301 Moved</H1>
The document has moved
<A HREF="http://www.google.com/">here</A>.
</BODY></HTML>
"#;

/// `curl URL`
pub fn curl(args: &[String]) -> Output {
    let urls: Vec<&String> = args.iter().filter(|it| !it.starts_with('-')).collect();
    let quiet =
        |it: &&String| matches!(it.as_str(), "-s" | "-S" | "-sS" | "-f" | "-fsS" | "--silent");
    let only_quiet = args.iter().filter(|it| it.starts_with('-')).all(|it| quiet(&it));
    let [url] = urls.as_slice() else {
        let text = "curl: try 'curl --help' or 'curl --manual' for more information";
        return if urls.is_empty() { complain(text, 2) } else { super::not_simulated("curl") };
    };
    let bare = url.trim_start_matches("http://").trim_start_matches("https://");
    let host = bare.split(['/', ':', '?']).next().unwrap_or_default();
    if address(host).is_none() {
        return complain(format!("curl: (6) Could not resolve host: {host}"), 6);
    }
    let is_home = bare.trim_end_matches('/') == "google.com" && !url.starts_with("https");
    if is_home && only_quiet {
        return Output::ok(MOVED);
    }
    if matches!(host, "localhost" | "127.0.0.1") {
        let port = if url.starts_with("https") { 443 } else { 80 };
        return complain(
            format!("curl: (7) Failed to connect to {host} port {port}: Connection refused"),
            7,
        );
    }
    Output::default().note(format!(
        "Dockwright does not simulate what {url} answers. The request itself was understood."
    ))
}

/// `traceroute HOST`
pub fn traceroute(args: &[String]) -> Output {
    let mut hosts = args.iter().filter(|it| !it.starts_with('-'));
    let Some(host) = hosts.next() else {
        return complain("Usage:\n  traceroute [ -46dFITnreAUDV ] host [ packetlen ]", 2);
    };
    let Some(address) = address(host) else {
        let text = format!(
            "{host}: Name or service not known\nCannot handle \"host\" cmdline arg `{host}' on position 1 (argc 1)"
        );
        return complain(text, 2);
    };
    let head = format!("traceroute to {host} ({address}), 30 hops max, 60 byte packets\n");
    if address == "127.0.0.1" {
        return Output::ok(head + " 1  localhost (127.0.0.1)  0.045 ms  0.012 ms  0.010 ms\n");
    }
    // As in the article: the container's gateway answers, the rest of the way does not.
    let hops = " 1  172.17.0.1 (172.17.0.1)  0.615 ms  0.578 ms  0.555 ms\n 2  * * *\n 3  * * *\n";
    Output::ok(head + hops)
}
