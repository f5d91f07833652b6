//! The port, on 127.0.0.1 and on `::1`: whoever had it on one of them alone could be taken for us.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
};

use tokio::net::TcpListener;

/// How often a free port is looked for when any will do.
const TRIES: usize = 20;

/// Both sockets.
pub(super) struct Listeners {
    pub(super) port: u16,
    pub(super) v4: TcpListener,
    /// `None` where the machine has no IPv6.
    pub(super) v6: Option<TcpListener>,
    /// Why there is no IPv6.
    pub(super) missing: Option<io::Error>,
}

/// Why there is no port.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListenError {
    /// Another program has it.
    #[error(
        "port {port} on {host} is in use, perhaps by another Dockwright. Stop that one, or choose another port: \
         dockwright serve --port {next}",
        next = port.checked_add(1).unwrap_or(7878)
    )]
    InUse { host: &'static str, port: u16 },
    /// Ports below 1024, most likely.
    #[error(
        "port {port} on {host} may not be used by this user. Choose one above 1023: dockwright serve --port 7878"
    )]
    Denied { host: &'static str, port: u16 },
    /// Anything else.
    #[error("port {port} on {host} cannot be used: {error}")]
    Other { host: &'static str, port: u16, error: io::Error },
}

impl ListenError {
    fn new(host: &'static str, port: u16, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AddrInUse => Self::InUse { host, port },
            io::ErrorKind::PermissionDenied => Self::Denied { host, port },
            _ => Self::Other { host, port, error },
        }
    }
}

impl Listeners {
    /// Takes the port, or any free one for 0.
    pub(super) async fn bind(port: u16) -> Result<Self, ListenError> {
        let mut tries = 0;
        loop {
            let v4 = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let failed = |error| ListenError::new("127.0.0.1", port, error);
            let v4 = TcpListener::bind(v4).await.map_err(failed)?;
            let bound = v4.local_addr().map_err(failed)?.port();
            match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, bound))).await {
                Ok(v6) => return Ok(Self { port: bound, v4, v6: Some(v6), missing: None }),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    tries += 1;
                    if port != 0 || tries == TRIES {
                        return Err(ListenError::new("[::1]", bound, error));
                    }
                }
                Err(error) => return Ok(Self { port: bound, v4, v6: None, missing: Some(error) }),
            }
        }
    }
}
