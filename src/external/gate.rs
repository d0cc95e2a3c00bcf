//! One visit at a time to each host, and a pause between two.

use super::{Clock, locked};
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Who is being visited, and who was when.
pub(super) struct Gate<'a> {
    clock: &'a dyn Clock,
    gap: Duration,
    hosts: Mutex<HashMap<String, Turn>>,
    freed: Condvar,
}

#[derive(Clone, Copy, Default)]
struct Turn {
    busy: bool,
    ended: Option<Duration>,
}

impl<'a> Gate<'a> {
    pub(super) fn new(clock: &'a dyn Clock, gap: Duration) -> Self {
        Self {
            clock,
            gap,
            hosts: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    /// Visits a host when it is its turn.
    pub(super) fn pass<T>(&self, host: &str, visit: impl FnOnce() -> T) -> T {
        let mut hosts = locked(&self.hosts);
        while hosts.get(host).is_some_and(|turn| turn.busy) {
            hosts = self
                .freed
                .wait(hosts)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let turn = hosts.entry(host.to_owned()).or_default();
        turn.busy = true;
        let ended = turn.ended;
        drop(hosts);
        if let Some(ended) = ended {
            let pause = (ended + self.gap).saturating_sub(self.clock.now());
            if !pause.is_zero() {
                self.clock.wait(pause);
            }
        }
        let result = visit();
        let turn = Turn {
            busy: false,
            ended: Some(self.clock.now()),
        };
        locked(&self.hosts).insert(host.to_owned(), turn);
        self.freed.notify_all();
        result
    }
}
