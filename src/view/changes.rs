//! What has changed between two editions of a specification, as readers see it. Entry points: [`changes`] for the page,
//! [`comparison`] for the comparison alone.

use super::card::TermView;
use super::clauses::NAMED_GROUPS;
use super::head::{HeadView, Role as PageRole, Subject, head};
use super::{DateView, LinkView, site_path};
use crate::graph::comparison::{Change, Clause, Counts, Entry, PartChange, Role, compare};
use crate::graph::editions::{changes_url, earlier, of_page, retired};
use crate::graph::{PageId, Site};
use crate::text::marks::Piece;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page that compares an edition with the one it replaces, but for the comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ChangesView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// The kind's word.
    pub kind: &'static str,
    /// Whether either edition is invented.
    pub sample: bool,
    /// The earlier edition.
    pub old: EndView,
    /// The later edition.
    pub new: EndView,
}

/// One of the two editions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EndView {
    /// Its page.
    pub link: LinkView,
    /// Its name, such as `2025`.
    pub edition: String,
    /// Term of `specification-status`.
    pub status: Option<TermView>,
    /// In force from.
    pub effective: Option<DateView>,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComparisonView {
    /// How many clauses have changed in each way.
    pub counts: Counts,
    /// Whether nothing has.
    pub equal: bool,
    /// The groups of the later edition, and those that went.
    pub groups: Vec<GroupView>,
}

/// What has changed in a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GroupView {
    /// What it is called.
    pub title: String,
    /// What has changed, in order.
    pub entries: Vec<EntryView>,
    /// The clauses that are as they were: their number, or their words where they have none.
    pub same: Vec<LinkView>,
}

/// A clause in which something has changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// What became of it.
    pub change: Change,
    /// What it is.
    pub role: Role,
    /// The anchor; empty for what is no clause.
    pub anchor: String,
    /// Where it stood.
    pub old: Option<PlaceView>,
    /// Where it stands.
    pub new: Option<PlaceView>,
    /// Whether it stands elsewhere than before.
    pub moved: bool,
    /// Whether it has another id.
    pub renamed: bool,
    /// What its chief sentence says: pieces by line.
    pub words: Vec<Vec<Piece>>,
    /// What else it says: all of what came or went, of others only what reads otherwise.
    pub parts: Vec<PartView>,
}

/// Where a clause stands in an edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PlaceView {
    /// Its id.
    pub id: String,
    /// The number that readers see; empty where there is none.
    pub number: String,
    /// What its group is called.
    pub place: String,
    /// Its address.
    pub url: String,
}

/// A part of a clause.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PartView {
    /// What it is, such as `how`.
    pub name: &'static str,
    /// What readers call it.
    pub label: String,
    /// What it says: pieces by line.
    pub lines: Vec<Vec<Piece>>,
}

/// The words of the interface.
pub type Words = BTreeMap<String, String>;

/// The page that compares a page's edition with another, but for the comparison.
#[must_use]
pub fn changes(site: &Site, old: PageId, new: PageId, words: &Words) -> Option<ChangesView> {
    let url = changes_url(site, new)?;
    let page = &site.pages[new];
    let title = fill(site, old, new, words, "changes_title");
    let description = fill(site, old, new, words, "changes_summary");
    let mut head = head(
        site,
        Subject {
            url: &url,
            title: &title,
            description: &description,
            role: PageRole::Article,
            section: Some(page.section),
            meta: Vec::new(),
        },
    );
    head.breadcrumbs.push(LinkView::new(&page.title, &page.url));
    let sample = |id: PageId| site.pages[id].document.content.common.sample;
    Some(ChangesView {
        head,
        kind: page.document.content.kind.word(),
        sample: sample(old) || sample(new),
        old: end(site, old),
        new: end(site, new),
    })
}

/// A sentence about a comparison.
fn fill(site: &Site, old: PageId, new: PageId, words: &Words, key: &str) -> String {
    let name = |id: PageId| of_page(site, id).map_or("", |one| one.edition.value.as_str());
    let form = words.get(key).map_or("", String::as_str);
    form.replace("{title}", &site.pages[new].title)
        .replace("{old}", name(old))
        .replace("{new}", name(new))
}

/// The page that compares an edition with the one it replaces, where there is one.
#[must_use]
pub fn link(site: &Site, new: PageId, words: &Words) -> Option<LinkView> {
    let url = changes_url(site, new)?;
    let title = fill(site, earlier(site, new)?, new, words, "changes_title");
    Some(LinkView::new(&title, &url))
}

/// One of two editions.
#[must_use]
pub fn end(site: &Site, id: PageId) -> EndView {
    let page = &site.pages[id];
    let edition = of_page(site, id);
    let effective = edition.and_then(|one| one.effective.as_ref());
    EndView {
        link: LinkView::new(&page.title, &page.url),
        edition: edition.map_or_else(String::new, |one| one.edition.value.clone()),
        status: edition.map(|one| TermView::new(site, "specification-status", &one.status.value)),
        effective: effective.map(|date| DateView::new(date.value)),
    }
}

/// An edition to compare: its page and its clauses.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// Its page.
    pub page: PageId,
    /// Its clauses.
    pub clauses: &'a [Clause],
}

/// What has changed from one edition to another.
#[must_use]
pub fn comparison(
    site: &Site,
    old: Edition<'_>,
    new: Edition<'_>,
    words: &Words,
) -> ComparisonView {
    // What an edition says of ids that vanished, it says of the one that it replaces.
    let said = of_page(site, new.page).map(retired).unwrap_or_default();
    let entries = compare(old.clauses, new.clauses, &said);
    let counts = Counts::of(&entries, old.clauses, new.clauses);
    let show = Show {
        site,
        old,
        new,
        words,
    };
    ComparisonView {
        equal: counts.are_equal(),
        counts,
        groups: show.groups(&entries),
    }
}

/// What entries are shown with.
struct Show<'a> {
    site: &'a Site,
    old: Edition<'a>,
    new: Edition<'a>,
    words: &'a Words,
}

impl<'a> Show<'a> {
    fn earlier(&self, entry: &Entry) -> Option<&'a Clause> {
        self.old.clauses.get(entry.old?)
    }

    fn later(&self, entry: &Entry) -> Option<&'a Clause> {
        self.new.clauses.get(entry.new?)
    }

    /// The clause as it is now, else as it was.
    fn clause(&self, entry: &Entry) -> Option<&'a Clause> {
        self.later(entry).or_else(|| self.earlier(entry))
    }

    fn groups(&self, entries: &[Entry]) -> Vec<GroupView> {
        let key = |entry: &Entry| self.clause(entry).map(|one| one.group.as_str());
        let runs = entries.chunk_by(|left, right| key(left) == key(right));
        let groups = runs.map(|run| {
            let first = run.first().and_then(|entry| self.clause(entry));
            let changed = run.iter().filter(|entry| entry.change != Change::Same);
            let same = run.iter().filter(|entry| entry.change == Change::Same);
            GroupView {
                title: first.map_or_else(String::new, |one| self.place(one)),
                entries: changed.filter_map(|entry| self.entry(entry)).collect(),
                same: same.filter_map(|entry| self.same(entry)).collect(),
            }
        });
        groups
            .filter(|group| !group.entries.is_empty() || !group.same.is_empty())
            .collect()
    }

    fn word(&self, key: &str) -> String {
        self.words.get(key).map_or(key, String::as_str).to_owned()
    }

    fn place(&self, clause: &Clause) -> String {
        match clause.role {
            Role::Front => self.word("changes_front"),
            _ if NAMED_GROUPS.contains(&clause.place.as_str()) => {
                self.word(&format!("group_{}", clause.place))
            }
            _ => clause.place.clone(),
        }
    }

    fn at(&self, edition: Edition<'_>, clause: &Clause) -> PlaceView {
        let url = &self.site.pages[edition.page].url;
        PlaceView {
            id: clause.id.clone(),
            number: clause.number.clone(),
            place: self.place(clause),
            url: match clause.id.as_str() {
                "" => site_path(url.as_str()),
                id => site_path(&format!("{url}#{id}")),
            },
        }
    }

    fn entry(&self, entry: &Entry) -> Option<EntryView> {
        let clause = self.clause(entry)?;
        let (old, new) = (self.earlier(entry), self.later(entry));
        let whole = matches!(entry.change, Change::Added | Change::Removed);
        // What stands before the clauses has no chief sentence.
        let heads = usize::from(clause.role != Role::Front);
        let (chief, rest) = entry.parts.split_at(heads.min(entry.parts.len()));
        let rest = rest.iter().filter(|part| whole || part.changed);
        let anchor = match (clause.role, new) {
            (Role::Clause, Some(new)) => new.id.clone(),
            (Role::Clause, None) => format!("removed-{}", clause.id),
            _ => String::new(),
        };
        Some(EntryView {
            change: entry.change,
            role: clause.role,
            anchor,
            old: old.map(|one| self.at(self.old, one)),
            new: new.map(|one| self.at(self.new, one)),
            moved: entry.is_moved,
            renamed: old.zip(new).is_some_and(|(old, new)| old.id != new.id),
            words: match clause.role == Role::Clause && clause.is_head() {
                // The title over a chapter is its chief sentence.
                true if !whole && chief.iter().all(|part| !part.changed) => Vec::new(),
                _ => chief.iter().flat_map(|part| part.lines.clone()).collect(),
            },
            parts: rest.map(|part| self.part(part)).collect(),
        })
    }

    fn part(&self, part: &PartChange) -> PartView {
        PartView {
            name: part.name,
            label: self.word(&format!("part_{}", part.name)),
            lines: part.lines.clone(),
        }
    }

    /// A clause that is as it was; heads of groups are not told.
    fn same(&self, entry: &Entry) -> Option<LinkView> {
        let clause = self.later(entry).filter(|one| one.role == Role::Clause)?;
        let place = self.at(self.new, clause);
        Some(LinkView {
            title: match clause.number.as_str() {
                "" => clause.words(),
                number => number.to_owned(),
            },
            url: place.url,
            external: false,
        })
    }
}
