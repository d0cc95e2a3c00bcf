//! Links to other sites, visited when somebody asks for it (`check --external`) and never in a build: few at a time, one
//! at a time and a second apart for each host, with what was learned kept for days. This is the one module that touches the
//! network, in [`web`]; the rest is given a [`Transport`] and a [`Clock`]. `robots.txt` is not asked for: it speaks to those
//! who gather pages, and a link is opened once, as its reader would.
//! Entry point: [`visit`].

mod address;
mod findings;
mod gate;
mod kept;
pub mod web;

use crate::diag::Span;
use address::{Target, joined, target};
pub use findings::findings;
use gate::Gate;
pub use kept::Kept;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A link out of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as written.
    pub address: String,
    /// Where it is written.
    pub span: Span,
}

/// How a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Its head alone.
    Head,
    /// The whole, where a server does not answer the former as it should.
    Get,
}

/// What came of asking once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A server answered.
    Response {
        /// The status.
        status: u16,
        /// Where it sends readers on to.
        location: Option<String>,
        /// After how long it wants to be asked again.
        retry_after: Option<String>,
    },
    /// None did.
    Failure(Failure),
}

/// Why no server answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// No machine has this name.
    NoHost,
    /// Not one name could be looked up: the fault is more likely here.
    Offline,
    /// It took too long.
    Slow,
    /// Nobody listens there.
    Refused,
    /// The certificate is not sound, or the encryption out of date.
    Insecure(String),
    /// Something else.
    Other(String),
}

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is there.
    Good,
    /// It is there, and for good at another address.
    Moved(String),
    /// The server says that it is not there.
    Dead(u16),
    /// The server says something else.
    Status(u16),
    /// The server wants to be left alone, for so long.
    Busy(Option<String>),
    /// No server answered.
    Failed(Failure),
    /// It sends readers round and round, or on too often.
    Loop,
    /// It is nobody's but the author's: this machine, or one of the house.
    Private,
    /// Its name is written in characters that are not visited.
    Strange,
}

/// Whether an address is one for visitors: of the web, or of what only the author can reach.
#[must_use]
pub fn concerns(address: &str) -> bool {
    target(address, false) != Target::NoWeb
}

/// Asks a server. Tests bring their own.
pub trait Transport: Sync {
    /// What comes of asking for an address once; redirects are not followed.
    fn ask(&self, method: Method, address: &str) -> Answer;
}

/// What time it is. Tests bring their own.
pub trait Clock: Sync {
    /// The time since some moment.
    fn now(&self) -> Duration;
    /// Lets time pass.
    fn wait(&self, time: Duration);
}

/// How visits are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// How many are asked at a time.
    pub at_once: usize,
    /// How long a host is left alone between two visits.
    pub gap: Duration,
    /// How often a visit is sent on.
    pub redirects: usize,
    /// Whether machines of the house are visited, too: in tests alone.
    pub private: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            at_once: 4,
            gap: Duration::from_secs(1),
            redirects: 5,
            private: false,
        }
    }
}

/// After how many slow answers a host is left alone.
const SLOW: usize = 2;

/// Visits each address once and tells what is known of it. Addresses that are none of the web are left out. Where not one
/// server answered, no name is called unknown.
pub fn visit<'a>(
    addresses: impl IntoIterator<Item = &'a str>,
    transport: &dyn Transport,
    clock: &dyn Clock,
    manners: Manners,
) -> BTreeMap<String, Outcome> {
    let mut known = BTreeMap::new();
    let mut hosts: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for address in addresses {
        match target(address, manners.private) {
            Target::Visit { host, address: to } => {
                let list = hosts.entry(host).or_default();
                if !list.iter().any(|(one, _)| one == address) {
                    list.push((address.to_owned(), to));
                }
            }
            Target::Private => drop(known.insert(address.to_owned(), Outcome::Private)),
            Target::Strange => drop(known.insert(address.to_owned(), Outcome::Strange)),
            Target::NoWeb => {}
        }
    }
    let visitor = Visitor {
        transport,
        manners,
        gate: Gate::new(clock, manners.gap),
    };
    let workers = manners.at_once.clamp(1, hosts.len().max(1));
    let (queue, known) = (Mutex::new(VecDeque::from_iter(hosts)), Mutex::new(known));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = locked(&queue).pop_front();
                    let Some((_, addresses)) = next else { return };
                    let outcomes = visitor.host(addresses);
                    locked(&known).extend(outcomes);
                }
            });
        }
    });
    let mut known = known.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut outcomes = known.values();
    let offline = outcomes.all(|outcome| {
        matches!(
            outcome,
            Outcome::Failed(_) | Outcome::Private | Outcome::Strange
        )
    });
    for outcome in known.values_mut().filter(|_| offline) {
        if *outcome == Outcome::Failed(Failure::NoHost) {
            *outcome = Outcome::Failed(Failure::Offline);
        }
    }
    known
}

/// A lock; whoever held it when something went wrong left nothing half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Visitor<'a> {
    transport: &'a dyn Transport,
    manners: Manners,
    gate: Gate<'a>,
}

impl Visitor<'_> {
    /// Visits the addresses of one host, one after the other. Of a host that cannot be reached, or wants to be left alone,
    /// the others are not asked for.
    fn host(&self, addresses: Vec<(String, String)>) -> Vec<(String, Outcome)> {
        let mut outcomes = Vec::with_capacity(addresses.len());
        let (mut closed, mut slow) = (None, 0);
        for (written, address) in addresses {
            let outcome = closed.clone().unwrap_or_else(|| self.follow(&address));
            slow += usize::from(outcome == Outcome::Failed(Failure::Slow));
            let is_closed = match &outcome {
                Outcome::Busy(_) => true,
                Outcome::Failed(Failure::Slow) => slow >= SLOW,
                Outcome::Failed(failure) => !matches!(failure, Failure::Other(_)),
                _ => false,
            };
            if is_closed {
                closed = Some(outcome.clone());
            }
            outcomes.push((written, outcome));
        }
        outcomes
    }

    /// Goes where an address leads.
    fn follow(&self, address: &str) -> Outcome {
        let mut here = address.to_owned();
        // Where it stands for good, as long as every step said so.
        let (mut moved, mut lasting) = (None, true);
        for _ in 0..=self.manners.redirects {
            let Target::Visit { host, address } = target(&here, self.manners.private) else {
                // Sent on to where only the server's own house can go.
                return Outcome::Loop;
            };
            let (status, location) = match self.asked(&host, &address) {
                Ok(answer) => answer,
                Err(outcome) => return outcome,
            };
            let next = match (status, location) {
                (300..=399, Some(location)) => joined(&address, &location),
                _ => None,
            };
            let Some(next) = next else {
                return match status {
                    200..=399 => moved.map_or(Outcome::Good, Outcome::Moved),
                    404 | 410 => Outcome::Dead(status),
                    _ => Outcome::Status(status),
                };
            };
            lasting &= matches!(status, 301 | 308);
            if lasting {
                moved = Some(next.clone());
            }
            here = next;
        }
        Outcome::Loop
    }

    /// The status of an address and where it sends on to: by its head, and by the whole where a server does not answer the
    /// former well. Nothing is called dead by its head alone.
    fn asked(&self, host: &str, address: &str) -> Result<(u16, Option<String>), Outcome> {
        let mut last = Err(Outcome::Loop);
        for method in [Method::Head, Method::Get] {
            let answer = self.gate.pass(host, || self.transport.ask(method, address));
            let (status, location, retry_after) = match answer {
                Answer::Response {
                    status,
                    location,
                    retry_after,
                } => (status, location, retry_after),
                Answer::Failure(failure) => return Err(Outcome::Failed(failure)),
            };
            if status == 429 || (status == 503 && retry_after.is_some()) {
                return Err(Outcome::Busy(retry_after));
            }
            last = Ok((status, location));
            if status < 400 {
                break;
            }
        }
        last
    }
}
