//! The loop of the preview: wait for a change, gather what comes with it, build, show, watch.
//! It does not guess from a change what to build: every change means "build again".

use super::Built;
use super::shown::Shown;
use super::watch::Watching;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::watch::Sender;

/// How long further changes are gathered after the first: one save is often several events.
const GATHER: Duration = Duration::from_millis(60);

/// What wakes the loop.
pub(super) enum Signal {
    /// From the watcher.
    Event(notify::Result<notify::Event>),
    /// Something changed before its watch was set.
    Missed,
    /// The preview ends.
    Stop,
}

/// Everything the loop owns.
pub(super) struct Rebuilder<B> {
    pub(super) build: B,
    pub(super) shown: Sender<Shown>,
    pub(super) watching: Watching,
    pub(super) signals: Receiver<Signal>,
}

impl<B: FnMut() -> Built> Rebuilder<B> {
    /// Builds after every change until told to stop. Changes during a build wait in the channel.
    pub(super) fn run(mut self) {
        while self.wait_for_change() {
            self.watching.settle();
            let started = SystemTime::now();
            let mut built = (self.build)();
            let watch = std::mem::take(&mut built.watch);
            self.shown.send_modify(|shown| *shown = shown.next(built));
            self.watching.watch(&watch, started);
        }
    }

    /// Whether there was a change; otherwise the preview ends.
    fn wait_for_change(&mut self) -> bool {
        loop {
            match self.signals.recv() {
                Ok(Signal::Stop) | Err(_) => return false,
                Ok(signal) => {
                    if self.watching.calls_for_build(signal) {
                        break;
                    }
                }
            }
        }
        self.gather(Instant::now() + GATHER)
    }

    fn gather(&mut self, until: Instant) -> bool {
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            match self.signals.recv_timeout(left) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                // The build is due already; the watches still have to follow what was moved.
                Ok(signal) => {
                    self.watching.calls_for_build(signal);
                }
                Err(RecvTimeoutError::Timeout) => return true,
            }
        }
    }
}
