//! Figures: the core's speed, its size, and how fast the page is there on a slow phone; held to budgets.

use crate::{apt, build, paths, program};
use anyhow::{Context, Result, bail, ensure};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// What `www/bench/load.mjs` measures, how much of it there may be, and its unit.
const BUDGETS: &[(&str, &str, f64, &str)] = &[
    ("lcp", "largest contentful paint", 1800.0, "ms"),
    ("usable", "until the command line takes input", 2000.0, "ms"),
    ("again", "the same, on a second visit", 400.0, "ms"),
    ("cls", "layout shift", 0.02, ""),
    ("blocked", "main thread blocked", 150.0, "ms"),
    ("js", "JavaScript, as it travels", 155.0 * 1024.0, "bytes"),
    ("wasm", "WebAssembly, as it travels", 350.0 * 1024.0, "bytes"),
    ("all", "all that is loaded at first", 700.0 * 1024.0, "bytes"),
];

/// `bench [RUNS]`.
pub(crate) fn bench(args: &[&str]) -> Result<()> {
    let runs: u32 = match args {
        [] => 3,
        [runs] => runs.parse().context("usage: cargo xtask bench [RUNS]")?,
        _ => bail!("usage: cargo xtask bench [RUNS]"),
    };
    apt::install(&["chromium"])?;
    program::run(program::cargo("bench").args(["--package", "dockwright"]))?;
    build::all()?;
    let (agent, url) = agent()?;
    let json = program::output(
        program::program("node")
            .arg(paths::at("www/bench/load.mjs"))
            .args([&url, &runs.to_string()]),
    );
    drop(agent);
    compare(&json?)
}

/// Prints the figures, and fails when one is over its budget.
fn compare(json: &str) -> Result<()> {
    let measured: serde_json::Value =
        serde_json::from_str(json).context("load.mjs printed no JSON")?;
    let mut over = Vec::new();
    println!("page, slow 4G (1.6 Mbit/s, 150 ms), processor 4 times slower, 390 px:");
    for (key, what, budget, unit) in BUDGETS {
        let value = measured
            .get(key)
            .and_then(serde_json::Value::as_f64)
            .with_context(|| format!("no {key}"))?;
        let digits = if *budget < 1.0 { 3 } else { 0 };
        println!("  {what:36} {value:>9.digits$} {unit:5}  of {budget:.digits$}");
        if value > *budget {
            over.push(format!("{what}: {value:.digits$} {unit}, budget {budget:.digits$}"));
        }
    }
    ensure!(over.is_empty(), "over budget:\n  {}", over.join("\n  "));
    Ok(())
}

/// The agent, ended with this value.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        if !program::end(&mut self.0, Duration::from_secs(5)) {
            eprintln!("warning: the agent did not end when asked to");
        }
    }
}

/// Serves the built page on a free port.
fn agent() -> Result<(Agent, String)> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = program::program(paths::agent());
    command
        .args(["serve", "--page"])
        .arg(paths::at("www/dist"))
        .args(["--port", &port.to_string()]);
    let mut agent = Agent(program::start(command.stdin(Stdio::null()).stdout(Stdio::null()))?);
    let start = Instant::now();
    while !is_healthy(port) {
        ensure!(!program::interrupted(), "interrupted");
        if let Some(status) = agent.0.try_wait()? {
            bail!("the agent ended: {status}");
        }
        ensure!(
            start.elapsed() < Duration::from_secs(20),
            "the agent does not answer on port {port}"
        );
        sleep(Duration::from_millis(20));
    }
    Ok((agent, format!("http://127.0.0.1:{port}/")))
}

fn is_healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_over_its_budget_fails() {
        let json = |lcp: u32| {
            let rest = r#""usable": 1, "again": 1, "cls": 0.0, "blocked": 0, "js": 1, "wasm": 1, "all": 1"#;
            format!("{{\"lcp\": {lcp}, {rest}}}")
        };
        compare(&json(1800)).unwrap();
        let error = compare(&json(1801)).unwrap_err().to_string();
        assert_eq!(error, "over budget:\n  largest contentful paint: 1801 ms, budget 1800");
        assert_eq!(compare("{}").unwrap_err().to_string(), "no lcp");
    }
}
