//! The preview: builds, serves what was built on this machine alone, watches what the build read,
//! and builds again. How a build works is not known here: a build is a function that is given.
//! Entry points: [`run`] for the command, [`Server`] for everything else.

mod http;
mod listen;
mod page;
mod rebuild;
mod shown;
mod watch;

use crate::diag::report::Language;
use rebuild::{Rebuilder, Signal};
use shown::Shown;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::SystemTime;
use tokio::sync::oneshot;
use watch::Watching;

/// The port that is tried first where none was asked for.
pub const DEFAULT_PORT: u16 = 8000;

/// What one build leaves for readers.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The folder to serve; `None` when no build has succeeded yet.
    pub folder: Option<PathBuf>,
    /// Whether anything readers see changed, so that browsers reload.
    pub changed: bool,
    /// The build's errors and warnings as plain text; empty when all is in order.
    pub report: String,
    /// Whether the report holds errors, so that the site shown is the last good one.
    pub failed: bool,
    /// Files and folders to watch, folders with everything below. Paths that do not exist yet are
    /// waited for. What a build writes must not be among them, or it would set off the next build.
    pub watch: Vec<PathBuf>,
}

/// How the preview was asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port; 0 takes any free one, `None` takes 8000 or one of the ten above it.
    pub port: Option<u16>,
    /// Whether [`run`] starts a browser.
    pub open: bool,
    /// The address path the site lies under: `/`, or such as `/sub/`.
    pub base_path: String,
    /// The language of messages and of the report's frame.
    pub language: Language,
    /// Whether files are looked at once a second instead of waiting for events, which network and
    /// virtual drives do not send.
    pub poll: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: None,
            open: false,
            base_path: "/".to_owned(),
            language: Language::Chinese,
            poll: false,
        }
    }
}

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// The port asked for is in use.
    PortTaken(u16),
    /// The ports tried where none was asked for are all in use.
    PortsTaken {
        /// The first.
        first: u16,
        /// The last.
        last: u16,
    },
    /// The operating system refused the port for another reason.
    Listen {
        /// The port.
        port: u16,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The operating system refused a thread, its events, or to report Ctrl-C.
    Start(io::Error),
    /// The build function panicked, so that no further change would be seen.
    BuildStopped,
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(port) => write!(
                formatter,
                "端口 {port} 已被占用，换一个端口，或不写端口 / port {port} is in use; name another, or none"
            ),
            Self::PortsTaken { first, last } => write!(
                formatter,
                "端口 {first} 到 {last} 都已被占用 / ports {first} to {last} are all in use"
            ),
            Self::Listen { port, cause } => write!(
                formatter,
                "无法使用端口 {port} / cannot listen on port {port}: {cause}"
            ),
            Self::Start(cause) => write!(
                formatter,
                "无法启动预览 / cannot start the preview: {cause}"
            ),
            Self::BuildStopped => write!(
                formatter,
                "生成过程意外中止，这是程序的缺陷 / the build stopped unexpectedly, which is a fault of the program"
            ),
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves until Ctrl-C. `build` is called once before anything is served and again after every
/// change; `say` gets one line at a time for the person at the terminal.
///
/// # Errors
/// [`ServeError`] when the preview cannot start, or when `build` panics.
pub fn run(
    options: &Options,
    build: impl FnMut() -> Built + Send + 'static,
    say: impl Fn(&str) + Send + Sync + 'static,
) -> Result<(), ServeError> {
    let notice = Notice::new(options.language, say);
    let server = Server::with_notice(options, build, notice.clone())?;
    let url = server.url();
    notice.say(
        &format!("预览地址：{url}（按 Ctrl-C 停止）"),
        &format!("preview at {url} (Ctrl-C stops it)"),
    );
    if options.open
        && let Err(cause) = open::that_detached(&url)
    {
        notice.say(
            &format!("无法打开浏览器：{cause}"),
            &format!("cannot start a browser: {cause}"),
        );
    }
    server.wait_for_interrupt(&notice)
}

/// A running preview. It stops when dropped; [`Server::stop`] also waits for a build under way.
pub struct Server {
    address: SocketAddr,
    base_path: String,
    signals: mpsc::Sender<Signal>,
    serving: Option<oneshot::Sender<()>>,
    builder: Option<JoinHandle<()>>,
}

impl Server {
    /// Builds once, then serves and watches in the background.
    ///
    /// # Errors
    /// [`ServeError`] when no port or thread is to be had.
    pub fn start(
        options: &Options,
        build: impl FnMut() -> Built + Send + 'static,
        say: impl Fn(&str) + Send + Sync + 'static,
    ) -> Result<Self, ServeError> {
        Self::with_notice(options, build, Notice::new(options.language, say))
    }

    fn with_notice(
        options: &Options,
        mut build: impl FnMut() -> Built + Send + 'static,
        notice: Notice,
    ) -> Result<Self, ServeError> {
        // The port first: whoever mistyped it should not wait for a build.
        let (address, listeners) = listen::sockets(options.port)?;
        let started = SystemTime::now();
        let first = build();
        let (signals, received) = mpsc::channel();
        let mut watching = Watching::new(signals.clone(), options.poll, notice);
        watching.watch(&first.watch, started);
        let (shown, state) = tokio::sync::watch::channel(Shown::first(first, started));

        let base_path = base_path(&options.base_path);
        let router = http::router(state, &base_path, options.language);
        let serving = listen::serve(listeners, router).map_err(ServeError::Start)?;
        let rebuilder = Rebuilder {
            build,
            shown,
            watching,
            signals: received,
        };
        let builder = thread::Builder::new()
            .name("build".to_owned())
            .spawn(move || rebuilder.run())
            .map_err(ServeError::Start)?;
        Ok(Self {
            address,
            base_path,
            signals,
            serving: Some(serving),
            builder: Some(builder),
        })
    }

    /// The address that is listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The site's home in a browser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base_path)
    }

    /// Stops serving and watching, and waits for a build under way, so that nothing is left half written.
    pub fn stop(mut self) {
        self.ask_to_stop();
        if let Some(builder) = self.builder.take() {
            // A panic has been printed by its thread, and the preview ends anyway.
            let _ = builder.join();
        }
    }

    fn ask_to_stop(&mut self) {
        // Either receiver may have ended before.
        let _ = self.signals.send(Signal::Stop);
        if let Some(serving) = self.serving.take() {
            let _ = serving.send(());
        }
    }

    /// Waits for Ctrl-C, then for a build under way; a second Ctrl-C does not wait for that.
    fn wait_for_interrupt(mut self, notice: &Notice) -> Result<(), ServeError> {
        let Some(builder) = self.builder.take() else {
            return Ok(());
        };
        let runtime = listen::runtime().map_err(ServeError::Start)?;
        let outcome = runtime.block_on(async {
            let mut ended = tokio::task::spawn_blocking(move || builder.join());
            tokio::select! {
                _ = &mut ended => return Err(ServeError::BuildStopped),
                heard = tokio::signal::ctrl_c() => heard.map_err(ServeError::Start)?,
            }
            notice.say("预览已停止", "preview stopped");
            self.ask_to_stop();
            tokio::select! {
                _ = ended => Ok(()),
                heard = tokio::signal::ctrl_c() => heard.map_err(ServeError::Start),
            }
        });
        runtime.shutdown_background();
        outcome
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ask_to_stop();
    }
}

/// Where lines for the person at the terminal go, and in which language.
#[derive(Clone)]
struct Notice {
    language: Language,
    say: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Notice {
    fn new(language: Language, say: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self {
            language,
            say: Arc::new(say),
        }
    }

    fn say(&self, zh: &str, en: &str) {
        (self.say)(match self.language {
            Language::Chinese => zh,
            Language::English => en,
        });
    }
}

/// The base path percent-encoded, with a slash at both ends.
fn base_path(written: &str) -> String {
    match written.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{}/", crate::path::percent_encode(inner)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_has_a_slash_at_both_ends() {
        for (written, expected) in [
            ("", "/"),
            ("/", "/"),
            ("sub", "/sub/"),
            ("/a/b/", "/a/b/"),
            ("/安/", "/%E5%AE%89/"),
        ] {
            assert_eq!(base_path(written), expected);
        }
    }
}
