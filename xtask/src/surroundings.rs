//! What tests with real parts find around them: a Docker engine and two registries.

use crate::{
    apt,
    engine::{self, Engine},
    registry::{self, Kind, Registry},
};
use anyhow::{Result, bail, ensure};
use std::process::Command;

/// Programs that the engine and the registries need.
pub(crate) const PROGRAMS: &[&str] = &[
    "busybox",
    "containerd",
    "docker-registry",
    "dockerd",
    "htpasswd",
    "ip",
    "iptables",
    "mmdebstrap",
];

/// All running; dropping it stops all.
pub(crate) struct Surroundings {
    engine: Engine,
    anonymous: Registry,
    private: Registry,
}

impl Surroundings {
    /// Starts all.
    pub(crate) fn up() -> Result<Self> {
        Ok(Self {
            engine: Engine::up()?,
            anonymous: Registry::up(Kind::Anonymous)?,
            private: Registry::up(Kind::Password)?,
        })
    }

    /// The environment variables by which tests find them.
    pub(crate) fn variables(&self) -> Result<[(&'static str, String); 6]> {
        Ok([
            ("DOCKER_HOST", self.engine.host()),
            ("DOCKWRIGHT_TEST_ENGINE_PID", self.engine.pid()?.to_string()),
            ("DOCKWRIGHT_TEST_REGISTRY", self.anonymous.address.clone()),
            ("DOCKWRIGHT_TEST_PRIVATE_REGISTRY", self.private.address.clone()),
            ("DOCKWRIGHT_TEST_USER", registry::USER.into()),
            ("DOCKWRIGHT_TEST_PASSWORD", registry::PASSWORD.into()),
        ])
    }

    /// Gives a program the variables.
    pub(crate) fn around(&self, command: &mut Command) -> Result<()> {
        command.envs(self.variables()?);
        Ok(())
    }

    /// Fails when a test left a container.
    pub(crate) fn check_empty(&self) -> Result<()> {
        let left = self.engine.containers()?;
        ensure!(
            left.is_empty(),
            "the tests left containers on the engine:\n  {}",
            left.join("\n  ")
        );
        Ok(())
    }

    /// Stops all, and fails when anything of the engine is still there.
    pub(crate) fn down(self) -> Result<()> {
        drop(self.anonymous);
        drop(self.private);
        self.engine.down()
    }
}

/// `engine up|down`: the surroundings, for tests that are run by hand.
pub(crate) fn command(args: &[&str]) -> Result<()> {
    match args {
        ["up"] => {
            apt::install(PROGRAMS)?;
            let all = Surroundings::up()?;
            for (name, value) in all.variables()? {
                println!("export {name}={value}");
            }
            all.engine.keep();
            all.anonymous.keep();
            all.private.keep();
            Ok(())
        }
        ["down"] => {
            registry::remove(Kind::Anonymous)?;
            registry::remove(Kind::Password)?;
            engine::remove()
        }
        _ => bail!("usage: cargo xtask engine up|down"),
    }
}
