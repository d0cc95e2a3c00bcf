//! What readers are shown now, and the events that tell a browser of the next. A page carries the
//! number of the build it came from, so a browser that connects late still learns that it is stale.

use super::Built;
use super::page::Words;
use axum::response::sse::Event;
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch::Receiver;

/// The last good site with the last report.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// The folder served; `None` before the first success.
    pub(super) folder: Option<PathBuf>,
    /// Rises whenever open pages are out of date.
    pub(super) build: u64,
    /// Errors and warnings, empty when all is in order.
    pub(super) report: Arc<str>,
    /// Whether the report holds errors.
    pub(super) failed: bool,
}

impl Shown {
    /// The outcome of the first build. Numbers begin at the time of the start, so that pages left
    /// open from an earlier preview are stale under this one.
    pub(super) fn first(built: Built, started: SystemTime) -> Self {
        let since = started.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            folder: built.folder,
            build: u64::try_from(since.as_millis()).unwrap_or_default(),
            report: built.report.into(),
            failed: built.failed,
        }
    }

    /// The outcome of a later build. While there is no site every build changes what is shown,
    /// since the report is the page.
    pub(super) fn next(&self, built: Built) -> Self {
        let folder = built.folder.or_else(|| self.folder.clone());
        let stale = built.changed || self.folder.is_none() || folder != self.folder;
        Self {
            folder,
            build: self.build + u64::from(stale),
            report: built.report.into(),
            failed: built.failed,
        }
    }
}

struct Listener {
    shown: Receiver<Shown>,
    build: u64,
    report: Option<(Arc<str>, bool)>,
    words: Words,
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let shown = self.shown.borrow_and_update().clone();
            if shown.build != self.build {
                self.build = shown.build;
                return Some(Event::default().event("reload").data("{}"));
            }
            let report = (shown.report, shown.failed);
            if self.report.as_ref() != Some(&report) {
                let data = self.words.event(&report.0, report.1);
                self.report = Some(report);
                return Some(Event::default().event("report").data(data));
            }
            // An error means that the preview is stopping; the stream ends with it.
            self.shown.changed().await.ok()?;
        }
    }
}

/// The events for one browser whose page came from `build`: first the report as it stands (or
/// `reload` if the page is stale already), then every change.
pub(super) fn events(
    shown: Receiver<Shown>,
    build: Option<u64>,
    words: Words,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let current = shown.borrow().build;
    let listener = Listener {
        shown,
        build: build.unwrap_or(current),
        report: None,
        words,
    };
    stream::unfold(listener, async |mut listener| {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
}
