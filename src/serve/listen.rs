//! Ports of this machine alone, and the thread that serves on them. Knows nothing of what is served.

use super::{DEFAULT_PORT, ServeError};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::thread;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// The last port that is tried where none was asked for.
const LAST_PORT: u16 = DEFAULT_PORT + 10;

/// Sockets on the loopback addresses of one port, IPv4 first. IPv6 is taken where it can be had,
/// for browsers that try it first for `localhost`.
pub(super) fn sockets(port: Option<u16>) -> Result<(SocketAddr, Vec<TcpListener>), ServeError> {
    let first = match port {
        Some(port) => bind(port).map_err(|cause| match cause.kind() {
            io::ErrorKind::AddrInUse => ServeError::PortTaken(port),
            _ => ServeError::Listen { port, cause },
        })?,
        // Windows answers "permission denied" for the ports it has set aside.
        None => (DEFAULT_PORT..=LAST_PORT)
            .find_map(|port| match bind(port) {
                Err(cause) if unavailable(&cause) => None,
                outcome => Some(outcome.map_err(|cause| ServeError::Listen { port, cause })),
            })
            .unwrap_or(Err(ServeError::PortsTaken {
                first: DEFAULT_PORT,
                last: LAST_PORT,
            }))?,
    };
    let address = first.local_addr().map_err(ServeError::Start)?;
    let second = TcpListener::bind((Ipv6Addr::LOCALHOST, address.port()));
    let listeners: Vec<TcpListener> = std::iter::once(first).chain(second.ok()).collect();
    for listener in &listeners {
        listener.set_nonblocking(true).map_err(ServeError::Start)?;
    }
    Ok((address, listeners))
}

fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn unavailable(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied
    )
}

/// A runtime that lives on the thread that uses it.
pub(super) fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

/// Serves on a thread of its own until the sender is used or dropped. Event streams never end by
/// themselves, so connections are cut rather than waited for.
pub(super) fn serve(
    listeners: Vec<TcpListener>,
    router: axum::Router,
) -> io::Result<oneshot::Sender<()>> {
    let runtime = runtime()?;
    let (serving, stopped) = oneshot::channel();
    for listener in listeners {
        let inside = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        drop(inside);
        runtime.spawn(axum::serve(listener, router.clone()).into_future());
    }
    thread::Builder::new()
        .name("serve".to_owned())
        .spawn(move || {
            // An error says that the sender was dropped, which means the same.
            let _ = runtime.block_on(stopped);
            runtime.shutdown_background();
        })?;
    Ok(serving)
}
