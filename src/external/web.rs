//! The web itself: the only code of the program that goes out to the network.

use super::{Answer, Clock, Failure, Method, Transport};
use std::io::ErrorKind;
use std::time::{Duration, Instant};
use ureq::{Agent, Error};

/// How long a page may take.
pub const LIMIT: Duration = Duration::from_secs(12);

/// Who asks.
const NAME: &str = concat!(
    "anjian/",
    env!("CARGO_PKG_VERSION"),
    " (checks the links of a work-safety site; one visit a second for each host)"
);

/// A visitor of the web.
pub struct Web {
    agent: Agent,
}

impl Web {
    /// A visitor who waits so long for a page, by the proxy that the environment names.
    #[must_use]
    pub fn new(limit: Duration) -> Self {
        Self::with(limit, true)
    }

    /// A visitor who goes straight to this machine, whatever the environment says.
    #[must_use]
    pub fn without_proxy(limit: Duration) -> Self {
        Self::with(limit, false)
    }

    fn with(limit: Duration, proxy: bool) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(limit))
            .max_idle_connections(0)
            .accept("text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8")
            .user_agent(NAME);
        if !proxy {
            config = config.proxy(None);
        }
        Self {
            agent: config.build().new_agent(),
        }
    }
}

impl Transport for Web {
    fn ask(&self, method: Method, address: &str) -> Answer {
        let answer = match method {
            Method::Head => self.agent.head(address).call(),
            Method::Get => self.agent.get(address).call(),
        };
        let response = match answer {
            Ok(response) => response,
            Err(error) => return Answer::Failure(failure(&error)),
        };
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(crate::text::lossy(value.as_bytes()).into_owned())
        };
        Answer::Response {
            status: response.status().as_u16(),
            location: header("location"),
            retry_after: header("retry-after"),
        }
    }
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::HostNotFound => Failure::NoHost,
        Error::Timeout(_) => Failure::Slow,
        Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::Slow,
            ErrorKind::ConnectionRefused => Failure::Refused,
            _ => named(&error.to_string()),
        },
        Error::Tls(why) => Failure::Insecure((*why).to_owned()),
        Error::Rustls(why) => Failure::Insecure(why.to_string()),
        other => named(&other.to_string()),
    }
}

/// Resolvers of names tell only in words what is wrong: these say that there is no such name, and not that they could not
/// look it up.
fn named(said: &str) -> Failure {
    let unknown = [
        "Name or service not known",
        "nodename nor servname",
        "No such host is known",
        "No address associated",
    ];
    match unknown.iter().any(|words| said.contains(words)) {
        true => Failure::NoHost,
        false if said.contains("certificate") || said.contains("tls") => {
            Failure::Insecure(said.to_owned())
        }
        false => Failure::Other(said.to_owned()),
    }
}

/// The clock on the wall.
pub struct Wall(Instant);

impl Wall {
    /// A clock that begins now.
    #[must_use]
    pub fn begin() -> Self {
        Self(Instant::now())
    }
}

impl Clock for Wall {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
