//! Watches files and folders that may be replaced, moved, or not there yet. A file is watched
//! through its folder, since most editors save by replacing; a folder also through its parent.
//! Where the system's events cannot be had, files are polled. Knows nothing of builds.

use super::Notice;
use super::rebuild::Signal;
use notify::event::{EventKind, MetadataKind, ModifyKind};
use notify::{Config, ErrorKind, NullWatcher, PollWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// How often files are looked at where there are no events.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// File times lag behind the clock by up to a tick of the kernel.
const CLOCK_SLACK: Duration = Duration::from_millis(20);
/// Paths may come and go while their watches are set; after so many rounds the next event decides.
const ROUNDS: usize = 8;

type Targets = BTreeMap<PathBuf, RecursiveMode>;

/// The watcher with what it should and does watch.
pub(super) struct Watching {
    watcher: Box<dyn Watcher + Send>,
    polling: bool,
    signals: Sender<Signal>,
    notice: Notice,
    /// What matters to the build, as real paths; links also under their own name.
    wanted: BTreeSet<PathBuf>,
    /// What the watcher was told: existing folders only.
    watched: Targets,
    /// When the last build began; what is older is in it.
    since: SystemTime,
}

impl Watching {
    /// Watches nothing yet.
    pub(super) fn new(signals: Sender<Signal>, poll: bool, notice: Notice) -> Self {
        let mut watching = Self {
            watcher: Box::new(NullWatcher),
            polling: false,
            signals,
            notice,
            wanted: BTreeSet::new(),
            watched: Targets::new(),
            since: SystemTime::UNIX_EPOCH,
        };
        if poll {
            watching.poll();
            return watching;
        }
        match notify::recommended_watcher(handler(&watching.signals)) {
            Ok(watcher) => watching.watcher = Box::new(watcher),
            Err(cause) => watching.fall_back(&cause),
        }
        watching
    }

    /// Watches `paths` from now on. If one of them changed after `since`, when the build that named
    /// them began, and before it was watched, [`Signal::Missed`] is sent.
    pub(super) fn watch(&mut self, paths: &[PathBuf], since: SystemTime) {
        self.since = since.checked_sub(CLOCK_SLACK).unwrap_or(since);
        self.wanted = paths.iter().flat_map(|path| places(path)).collect();
        let new = self.settle();
        let unwatched = self
            .wanted
            .iter()
            .filter(|path| new.iter().any(|folder| path.starts_with(folder)));
        if changed_since(unwatched, self.since) {
            // No receiver means that the preview is stopping.
            let _ = self.signals.send(Signal::Missed);
        }
    }

    /// Brings the watcher in line with what exists now and returns the folders it had not watched.
    pub(super) fn settle(&mut self) -> Vec<PathBuf> {
        let mut new = Vec::new();
        for _ in 0..ROUNDS {
            let targets = targets(&self.wanted);
            if targets == self.watched {
                break;
            }
            let old: Vec<PathBuf> = self
                .watched
                .iter()
                .filter(|(path, mode)| targets.get(*path) != Some(*mode))
                .map(|(path, _)| path.clone())
                .collect();
            for path in old {
                self.forget(&path);
            }
            for (path, mode) in targets {
                if !self.watched.contains_key(&path) && self.add(&path, mode) {
                    self.watched.insert(path.clone(), mode);
                    new.push(path);
                }
            }
        }
        new
    }

    /// Whether what the watcher reports makes a build necessary. Watches of folders that were
    /// moved or removed are given up; the next [`Self::settle`] sets them anew.
    pub(super) fn calls_for_build(&mut self, signal: Signal) -> bool {
        let event = match signal {
            Signal::Missed => return true,
            Signal::Stop => return false,
            Signal::Event(Ok(event)) => event,
            // Polling meets the same unreadable file again and again.
            Signal::Event(Err(_)) if self.polling => return false,
            Signal::Event(Err(cause)) => {
                if !vanished(&cause) {
                    self.fall_back(&cause);
                }
                return true;
            }
        };
        // A build that reads very much may itself overrun the system's queue of events.
        if event.need_rescan() {
            return changed_since(self.wanted.iter(), self.since);
        }
        let moves = moves(&event.kind);
        if moves {
            self.forget_below(&event.paths);
        }
        event.paths.iter().any(|path| self.concerns(path, moves))
    }

    /// Whether a path is wanted, lies in a wanted folder, or (when it came or went) holds a wanted path.
    fn concerns(&self, path: &Path, moves: bool) -> bool {
        let inside = path
            .ancestors()
            .any(|ancestor| self.wanted.contains(ancestor));
        // Paths are in the order of their parts: whatever lies below `path` follows it directly.
        let above = || self.wanted.range(path.to_owned()..).next();
        inside || (moves && above().is_some_and(|next| next.starts_with(path)))
    }

    fn forget_below(&mut self, moved: &[PathBuf]) {
        let gone: Vec<PathBuf> = self
            .watched
            .keys()
            .filter(|target| moved.iter().any(|path| target.starts_with(path)))
            .cloned()
            .collect();
        for path in gone {
            self.forget(&path);
        }
    }

    fn forget(&mut self, path: &Path) {
        self.watched.remove(path);
        // The watch of a folder that no longer exists is gone already.
        let _ = self.watcher.unwatch(path);
    }

    /// Whether the watcher took the path. It does not if the path has vanished meanwhile.
    fn add(&mut self, path: &Path, mode: RecursiveMode) -> bool {
        match self.watcher.watch(path, mode) {
            Ok(()) => true,
            Err(cause) if self.polling || vanished(&cause) => false,
            Err(cause) => {
                self.fall_back(&cause);
                false
            }
        }
    }

    fn fall_back(&mut self, cause: &notify::Error) {
        self.notice.say(
            &format!("无法接收系统的文件变化通知（{cause}），改为每秒查看一次文件"),
            &format!(
                "no file events from the system ({cause}); looking at the files once a second"
            ),
        );
        self.poll();
    }

    fn poll(&mut self) {
        self.polling = true;
        self.watched.clear();
        // File times are compared in whole seconds, so contents have to be compared as well.
        let config = Config::default()
            .with_poll_interval(POLL_INTERVAL)
            .with_compare_contents(true);
        match PollWatcher::new(handler(&self.signals), config) {
            Ok(watcher) => self.watcher = Box::new(watcher),
            Err(cause) => {
                self.watcher = Box::new(NullWatcher);
                self.notice.say(
                    &format!("无法查看文件变化，改动后请重新启动预览：{cause}"),
                    &format!("cannot watch files, restart the preview after a change: {cause}"),
                );
            }
        }
    }
}

/// Passes on what happened, but not that something was read: builds read everything.
fn handler(signals: &Sender<Signal>) -> impl notify::EventHandler + use<> {
    let signals = signals.clone();
    move |event: notify::Result<notify::Event>| {
        let read = event.as_ref().is_ok_and(|event| {
            matches!(
                event.kind,
                EventKind::Access(_)
                    | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime))
            )
        });
        if !read {
            // No receiver means that the preview is stopping.
            let _ = signals.send(Signal::Event(event));
        }
    }
}

/// Whether such an event may mean that its path came or went.
fn moves(kind: &EventKind) -> bool {
    !matches!(
        kind,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
    )
}

fn vanished(cause: &notify::Error) -> bool {
    match &cause.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(cause) => cause.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// A path under its own name in its real folder, and as what it leads to: a link may be replaced,
/// or what it leads to may change.
fn places(path: &Path) -> BTreeSet<PathBuf> {
    let named = match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).join(name),
        _ => real(path),
    };
    BTreeSet::from([named, real(path)])
}

/// The path without links, absolute; what does not exist yet keeps its name below what does.
fn real(path: &Path) -> PathBuf {
    for ancestor in path.ancestors() {
        let here = ancestor.as_os_str().is_empty();
        let existing = if here { Path::new(".") } else { ancestor };
        if let Ok(real) = existing.canonicalize() {
            let rest = path.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return real.components().chain(rest.components()).collect();
        }
    }
    path.to_owned()
}

/// The existing folders whose events tell of all wanted paths. A folder below one that is watched
/// with everything below is left out: a watcher knows each folder once.
fn targets(wanted: &BTreeSet<PathBuf>) -> Targets {
    let mut targets = Targets::new();
    for path in wanted {
        if let Some(folder) = path.ancestors().skip(1).find(|folder| folder.is_dir()) {
            targets
                .entry(folder.to_owned())
                .or_insert(RecursiveMode::NonRecursive);
        }
        if path.is_dir() {
            targets.insert(real(path), RecursiveMode::Recursive);
        }
    }
    let mut cover: Option<PathBuf> = None;
    targets.retain(|path, mode| {
        let covered = cover.as_ref().is_some_and(|cover| path.starts_with(cover));
        if !covered && *mode == RecursiveMode::Recursive {
            cover = Some(path.clone());
        }
        !covered
    });
    targets
}

/// Whether anything at or below the paths is younger than `since`; a folder is when an entry came or went.
fn changed_since<'a>(mut paths: impl Iterator<Item = &'a PathBuf>, since: SystemTime) -> bool {
    paths.any(|path| {
        // What cannot be read has no time to compare; the build reports it.
        WalkDir::new(path).into_iter().flatten().any(|entry| {
            entry
                .metadata()
                .ok()
                .and_then(|metadata| metadata.modified().ok())
                .is_some_and(|modified| modified > since)
        })
    })
}
