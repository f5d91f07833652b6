//! Hostile requests, byte by byte.

use crate::agent::Agent;

/// A GET with these headers after the right `Host`.
fn get(agent: &Agent, path: &str, headers: &str) -> String {
    agent.raw(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{headers}\r\n", agent.port))
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("closed")
}

#[track_caller]
fn check(agent: &Agent, request: &str, expected: &str) {
    let request = request.replace("PORT", &agent.port.to_string());
    let answer = agent.raw(&request);
    let request: String = request.chars().take(200).collect();
    assert_eq!(status(&answer), expected, "{request}\n{answer}");
    if expected == "403" {
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        assert!(body.starts_with("Dockwright answers only its own page"), "{request}\n{answer}");
    }
}

#[test]
fn only_our_own_hosts_are_answered() {
    let agent = Agent::without_engine();
    for (host, expected) in [
        ("Host: 127.0.0.1:PORT", "200"),
        ("Host: localhost:PORT", "200"),
        ("Host: [::1]:PORT", "200"),
        ("host:127.0.0.1:PORT", "200"),
        ("Host: 127.0.0.1", "403"),
        ("Host: 127.0.0.1:80", "403"),
        ("Host: 127.0.0.1:PORT1", "403"),
        ("Host: 127.0.0.1:0PORT", "403"),
        ("Host: LOCALHOST:PORT", "403"),
        ("Host: localhost.:PORT", "403"),
        ("Host: localhost.evil.example:PORT", "403"),
        ("Host: evil.example:PORT", "403"),
        ("Host: evil.example", "403"),
        ("Host: 0.0.0.0:PORT", "403"),
        ("Host: 127.1:PORT", "403"),
        ("Host: 127.0.0.2:PORT", "403"),
        ("Host: 127.000.000.001:PORT", "403"),
        ("Host: 2130706433:PORT", "403"),
        ("Host: 0x7f000001:PORT", "403"),
        ("Host: 0177.0.0.1:PORT", "403"),
        ("Host: [::ffff:127.0.0.1]:PORT", "403"),
        ("Host: [0:0:0:0:0:0:0:1]:PORT", "403"),
        ("Host: [::1%lo]:PORT", "403"),
        ("Host: ::1:PORT", "403"),
        ("Host: user@127.0.0.1:PORT", "403"),
        ("Host: 127.0.0.1:PORT@evil.example", "403"),
        ("Host: 127.0.0.1:PORT, evil.example", "403"),
        ("Host: 127.0.0.1:PORT/", "403"),
        ("Host: http://127.0.0.1:PORT", "403"),
        ("Host: ", "403"),
        ("X-Nothing: 1", "403"),
        ("Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT", "403"),
        ("Host: 127.0.0.1:PORT\r\nHost: evil.example", "403"),
        ("Host: evil.example\r\nHost: 127.0.0.1:PORT", "403"),
        ("Host: 127.0.0.1:PORT\r\n folded", "400"),
        ("Host : 127.0.0.1:PORT", "400"),
        ("Host: \u{2460}\u{2461}\u{2466}.0.0.1:PORT", "403"),
    ] {
        check(&agent, &format!("GET /healthz HTTP/1.1\r\n{host}\r\n\r\n"), expected);
    }
    let long = "a".repeat(60_000);
    check(&agent, &format!("GET /healthz HTTP/1.1\r\nHost: {long}:PORT\r\n\r\n"), "403");
    let longer = "a".repeat(300_000);
    check(&agent, &format!("GET /healthz HTTP/1.1\r\nHost: {longer}:PORT\r\n\r\n"), "431");
}

#[test]
fn the_request_line_says_nothing_else() {
    let agent = Agent::without_engine();
    let host = "Host: 127.0.0.1:PORT\r\n\r\n";
    for (line, expected) in [
        ("GET http://127.0.0.1:PORT/healthz HTTP/1.1", "200"),
        ("GET http://evil.example/healthz HTTP/1.1", "403"),
        ("GET http://localhost:PORT/healthz HTTP/1.1", "403"),
        ("GET http://user@127.0.0.1:PORT/healthz HTTP/1.1", "403"),
        ("CONNECT 127.0.0.1:PORT HTTP/1.1", "403"),
        ("OPTIONS * HTTP/1.1", "403"),
        ("TRACE / HTTP/1.1", "403"),
        ("DELETE / HTTP/1.1", "403"),
        ("GET /healthz HTTP/1.0", "200"),
        ("GET /healthz HTTP/3.0", "400"),
        ("GET /healthz", "400"),
        ("nonsense", "400"),
    ] {
        check(&agent, &format!("{line}\r\n{host}"), expected);
    }
}

#[test]
fn forwarding_headers_are_refused() {
    let agent = Agent::without_engine();
    for header in [
        "Forwarded: host=127.0.0.1",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Host: 127.0.0.1",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Port: 1",
        "x-real-ip: 127.0.0.1",
        "X-Original-Host: a",
    ] {
        assert_eq!(status(&get(&agent, "/healthz", &format!("{header}\r\n"))), "403", "{header}");
    }
}

#[test]
fn only_our_own_origins_are_answered() {
    let agent = Agent::without_engine();
    let port = agent.port;
    let origins = [
        (format!("http://127.0.0.1:{port}"), true),
        (format!("http://localhost:{port}"), true),
        (format!("http://[::1]:{port}"), true),
        (format!("https://127.0.0.1:{port}"), false),
        (format!("HTTP://127.0.0.1:{port}"), false),
        (format!("http://127.0.0.1:{port}/"), false),
        (format!("http://127.0.0.1:{port}.evil.example"), false),
        (format!("http://evil.example/http://127.0.0.1:{port}"), false),
        (format!("http://127.0.0.1:{port} http://evil.example"), false),
        ("http://127.0.0.1".to_owned(), false),
        ("http://127.0.0.1:1".to_owned(), false),
        ("http://evil.example".to_owned(), false),
        ("chrome-extension://abc".to_owned(), false),
        ("file://".to_owned(), false),
        ("null".to_owned(), false),
        ("*".to_owned(), false),
        (String::new(), false),
    ];
    for (origin, ours) in origins {
        let answer = get(&agent, "/healthz", &format!("Origin: {origin}\r\n"));
        assert_eq!(status(&answer), if ours { "200" } else { "403" }, "{origin}");
        let upgrade = format!(
            "Origin: {origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: dockwright.v1\r\n"
        );
        let answer = get(&agent, "/v1/socket", &upgrade);
        assert_eq!(status(&answer), if ours { "101" } else { "403" }, "{origin}");
    }
    let own = format!("Origin: http://127.0.0.1:{port}\r\n");
    assert_eq!(status(&get(&agent, "/healthz", &format!("{own}{own}"))), "403");
}

#[test]
fn sockets_and_posts_need_an_origin() {
    let agent = Agent::without_engine();
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                   Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: dockwright.v1\r\n";
    assert_eq!(status(&get(&agent, "/v1/socket", upgrade)), "403");
    let own = format!("Origin: {}\r\n", agent.origin());
    let other = upgrade.replace("dockwright.v1", "dockwright.v9");
    assert_eq!(status(&get(&agent, "/v1/socket", &format!("{own}{other}"))), "400");
    assert_eq!(status(&get(&agent, "/v1/socket", &own)), "400");
    let post = |headers: &str| {
        let head = format!("POST /v1/session HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", agent.port);
        status(&agent.raw(&format!("{head}{headers}Content-Length: 13\r\n\r\n{{\"code\":\"00\"}}")))
            .to_owned()
    };
    assert_eq!(post("Content-Type: application/json\r\n"), "403");
    assert_eq!(post(&format!("{own}Content-Type: text/plain\r\n")), "415");
    assert_eq!(post(&own), "415");
    assert_eq!(post(&format!("{own}Content-Type: application/json\r\n")), "403");
}

#[test]
fn other_sites_can_only_link_to_the_page() {
    let agent = Agent::without_engine();
    let navigation = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    for (path, headers, expected) in [
        ("/", "Sec-Fetch-Site: same-origin\r\n".to_owned(), "200"),
        ("/", "Sec-Fetch-Site: none\r\n".to_owned(), "200"),
        ("/", format!("Sec-Fetch-Site: cross-site\r\n{navigation}"), "200"),
        ("/", format!("Sec-Fetch-Site: same-site\r\n{navigation}"), "200"),
        ("/v1/session", format!("Sec-Fetch-Site: cross-site\r\n{navigation}"), "403"),
        ("/", "Sec-Fetch-Site: cross-site\r\n".to_owned(), "403"),
        ("/", "Sec-Fetch-Site: same-site\r\n".to_owned(), "403"),
        (
            "/",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n"
                .to_owned(),
            "403",
        ),
        (
            "/",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"
                .to_owned(),
            "403",
        ),
        ("/", "Sec-Fetch-Site: nonsense\r\n".to_owned(), "403"),
        ("/", "Sec-Fetch-Site: none\r\nSec-Fetch-Site: none\r\n".to_owned(), "403"),
    ] {
        assert_eq!(status(&get(&agent, path, &headers)), expected, "{path} {headers}");
    }
}

#[test]
fn files_are_what_they_are_and_nothing_else_is() {
    let agent = Agent::without_engine();
    for (path, expected, header) in [
        ("/", "200", "content-type: text/html; charset=utf-8"),
        ("/", "200", "cache-control: no-cache"),
        ("/index.html", "200", "content-type: text/html; charset=utf-8"),
        ("/?lesson=1", "200", "referrer-policy: no-referrer"),
        ("/assets/core-1.wasm", "200", "content-type: application/wasm"),
        ("/assets/core-1.wasm", "200", "cache-control: public, max-age=31536000, immutable"),
        ("/assets/../index.html", "404", "x-content-type-options: nosniff"),
        ("/../pair.json", "404", "cross-origin-resource-policy: same-origin"),
        ("/..%2fpair.json", "404", "x-frame-options: DENY"),
        ("/%2e%2e/pair.json", "404", "cache-control: no-store"),
        ("//pair.json", "404", "cross-origin-opener-policy: same-origin"),
        ("/assets", "404", "content-security-policy: default-src 'none'"),
        ("/v1", "404", "content-security-policy: default-src 'none'"),
        ("/v1/other", "404", "content-security-policy: default-src 'none'"),
    ] {
        let answer = get(&agent, path, "");
        assert_eq!(status(&answer), expected, "{path}");
        assert!(answer.contains(header), "{path}: no {header} in\n{answer}");
    }
    let policy = get(&agent, "/", "");
    assert!(
        policy.contains(&format!("connect-src 'self' ws://127.0.0.1:{};", agent.port)),
        "{policy}"
    );
    assert!(
        get(&agent, "/", "Origin: http://evil.example\r\n").contains("content-security-policy")
    );
}

#[test]
fn both_loopback_addresses_are_ours() {
    let agent = Agent::without_engine();
    assert!(std::net::TcpListener::bind(("127.0.0.1", agent.port)).is_err());
    if std::net::TcpListener::bind(("::1", 0)).is_ok() {
        assert!(std::net::TcpListener::bind(("::1", agent.port)).is_err());
        assert!(std::net::TcpStream::connect(("::1", agent.port)).is_ok());
    }
}
