//! Builds everything, then runs the agent until it ends or Ctrl-C.

use crate::{build, paths, program};
use anyhow::{Context, Result, bail, ensure};
use std::{process::Stdio, time::Duration};

/// `serve [--port N]`.
pub(crate) fn serve(args: &[&str]) -> Result<()> {
    let port = port(args)?;
    build::all()?;
    let mut command = program::program(paths::agent());
    command
        .args(["serve", "--page"])
        .arg(paths::at("www/dist"))
        .args(["--port", &port.to_string()]);
    let mut child = program::start(command.stdin(Stdio::null()))?;
    while !program::interrupted() {
        if program::ends_within(&mut child, Duration::from_millis(200)) {
            let status = child.wait()?;
            ensure!(status.success(), "the agent ended: {status}");
            return Ok(());
        }
    }
    ensure!(
        program::end(&mut child, Duration::from_secs(10)),
        "the agent did not end within 10 s of Ctrl-C"
    );
    Ok(())
}

fn port(args: &[&str]) -> Result<u16> {
    match args {
        [] => Ok(7878),
        ["--port", number] => {
            number.parse().with_context(|| format!("--port {number}: not a port number"))
        }
        _ => bail!("usage: cargo xtask serve [--port 7878]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports() {
        assert_eq!(port(&[]).unwrap(), 7878);
        assert_eq!(port(&["--port", "1234"]).unwrap(), 1234);
        assert!(port(&["--port", "99999"]).unwrap_err().to_string().contains("not a port number"));
        assert!(port(&["now"]).unwrap_err().to_string().starts_with("usage"));
    }
}
