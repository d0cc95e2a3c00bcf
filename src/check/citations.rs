//! Laws, rules and standards that texts rest on are in force: none that was repealed or superseded, none that is a draft or
//! not yet in force; what replaces each is told. A text of its time (`historical`, a case, a policy) is held against what
//! was in force then, and a sentence that says what became of a document may name it.

use super::rules;
use crate::content::Kind;
use crate::content::reference::{Citation, Reference};
use crate::diag::{Diagnostic, Message, Span, did_you_mean, nearest};
use crate::graph::editions::specification;
use crate::graph::{PageId, Site};
use crate::path::SourcePath;
use crate::text::mentions::{Mention, is_past, plain};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// What texts may call the references that matter here, made once for a site.
pub struct Names<'a> {
    /// The ids of those that no longer hold or not yet.
    doubtful: BTreeSet<&'a str>,
    /// Plain names, each with its reference.
    all: Vec<(String, &'a Reference)>,
}

impl<'a> Names<'a> {
    /// The names of a site's references on a day.
    #[must_use]
    pub fn new(site: &'a Site, today: Date) -> Self {
        let references = site.references.values();
        let days = Days { text: today, today };
        let is_doubtful = |one: &&Reference| state(site, one, days) != State::InForce;
        let doubtful: Vec<&Reference> = references.clone().filter(is_doubtful).collect();
        // A title that the new document took over says nothing.
        let titles: Vec<String> = references
            .filter(|one| !is_doubtful(one))
            .flat_map(|one| [Some(&one.title), one.short.as_ref()])
            .flatten()
            .map(|title| plain(title))
            .collect();
        let mut all = Vec::new();
        for one in &doubtful {
            let numbers = one.number.iter().chain(&one.numbers);
            all.extend(numbers.map(|number| (plain(number), *one)));
            let title = plain(&one.title);
            if !titles.contains(&title) {
                all.push((format!("《{title}》"), *one));
            }
        }
        Self {
            doubtful: doubtful.iter().map(|one| one.id.value.as_str()).collect(),
            all,
        }
    }

    /// The reference that a mention names. The name of an order's issuer may follow other words.
    fn reference(&self, site: &'a Site, mention: &Mention) -> Option<&'a Reference> {
        if let Some(id) = mention.name.strip_prefix("ref:") {
            return site.references.get(id);
        }
        let named = self.all.iter().find(|(name, _)| {
            mention.name == *name || (name.ends_with('号') && mention.name.ends_with(name.as_str()))
        });
        named.map(|(_, reference)| *reference)
    }
}

/// Whether a reference holds on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    InForce,
    Superseded,
    Repealed,
    Draft,
    NotYet,
}

/// The days that count: what was superseded is held against the day of a text, what is to come against today.
#[derive(Clone, Copy)]
struct Days {
    text: Date,
    today: Date,
}

fn state(site: &Site, reference: &Reference, days: Days) -> State {
    let begins = |one: &Reference| one.effective.as_ref().map(|date| date.value.date());
    if reference.status.value == "draft" {
        return State::Draft;
    }
    if begins(reference).is_some_and(|first| first > days.today) {
        return State::NotYet;
    }
    if !reference.is_outdated() {
        return State::InForce;
    }
    // The old one holds until the day on which the new one does.
    let later = reference.superseded_by.as_ref();
    let later = later.and_then(|later| site.references.get(&later.value));
    let held_then = match later.and_then(begins) {
        Some(first) => first > days.text,
        None => days.text < days.today,
    };
    if held_then {
        return State::InForce;
    }
    match reference.status.value.as_str() {
        "repealed" => State::Repealed,
        _ => State::Superseded,
    }
}

/// The findings about one page.
#[must_use]
pub fn check(site: &Site, id: PageId, names: &Names<'_>, today: Date) -> Vec<Diagnostic> {
    let mut found = uncited(site, id);
    let Some(day) = day(site, id, today) else {
        return found;
    };
    let days = Days { text: day, today };
    let found_here = Found { site, id, days };
    let content = &site.pages[id].document.content;
    found.extend(
        content
            .citations()
            .into_iter()
            .filter_map(|one| found_here.citation(one)),
    );
    let mentions = &site.pages[id].document.noted.mentions;
    found.extend(
        mentions
            .iter()
            .filter_map(|one| found_here.mention(names, one)),
    );
    found
}

/// The day on which what a page rests on must hold; nothing where the page is one of the past.
fn day(site: &Site, id: PageId, today: Date) -> Option<Date> {
    let page = &site.pages[id];
    let common = &page.document.content.common;
    if common.historical || site.superseded_by.contains_key(&page.target) {
        return None;
    }
    if specification(&page.document.content.kind).is_some_and(|one| one.status.value == "repealed")
    {
        return None;
    }
    let then = match &page.document.content.kind {
        Kind::EnforcementCase(case) => case.decision_date.as_ref().or(common.date.as_ref()),
        Kind::Policy(policy) => {
            let is_past = policy
                .validity
                .as_ref()
                .is_some_and(|one| one.value == "repealed");
            if is_past || !policy.replaced_by.is_empty() {
                return None;
            }
            policy.written.as_ref()
        }
        _ => None,
    };
    Some(then.map_or(today, |then| then.value.date().min(today)))
}

struct Found<'a> {
    site: &'a Site,
    id: PageId,
    days: Days,
}

impl Found<'_> {
    /// A citation in a key; its note may say why it is as it is.
    fn citation(&self, citation: &Citation) -> Option<Diagnostic> {
        let reference = self.site.references.get(&citation.reference.value)?;
        let state = state(self.site, reference, self.days);
        let is_told = citation.note.as_deref().is_some_and(is_past);
        let bytes = &citation.reference.bytes;
        (!is_told).then(|| self.finding(state, reference, bytes))?
    }

    /// A place of a text, unless its sentence or its line says what became of the document.
    fn mention(&self, names: &Names<'_>, mention: &Mention) -> Option<Diagnostic> {
        if !names.could_matter(mention) {
            return None;
        }
        let reference = names.reference(self.site, mention)?;
        let state = state(self.site, reference, self.days);
        let is_told = match state {
            State::InForce => return None,
            State::Superseded | State::Repealed => mention.is_past,
            State::Draft | State::NotYet => mention.is_to_come,
        };
        if is_told || self.is_beside(names, mention, reference) {
            return None;
        }
        self.finding(state, reference, &mention.bytes)
    }

    /// Whether the line names what replaces a reference as well, or is a link to it that says the same once more.
    fn is_beside(&self, names: &Names<'_>, mention: &Mention, reference: &Reference) -> bool {
        let site = self.site;
        let later = last(site, reference, self.days);
        let own = format!("ref:{}", reference.id.value);
        let is_text = mention.name != own;
        let mentions = self.site.pages[self.id].document.noted.mentions.iter();
        let mut line = mentions.filter(|one| one.line == mention.line);
        line.any(|one| {
            let is_link = is_text && one.name == own;
            let is_later = later.is_some_and(|later| {
                one.name == format!("ref:{}", later.id.value)
                    || later.number.iter().chain(&later.numbers).any(|number| {
                        let number = plain(number);
                        one.name == number
                            || (number.ends_with('号') && one.name.ends_with(&number))
                    })
                    || (one.name == format!("《{}》", plain(&later.title))
                        && names.reference(site, one).is_none())
            });
            is_link || is_later
        })
    }

    fn finding(
        &self,
        state: State,
        reference: &Reference,
        bytes: &Range<usize>,
    ) -> Option<Diagnostic> {
        let title = name(reference);
        let (code, [zh, en]) = match state {
            State::InForce => return None,
            State::Superseded => (
                "superseded-cited",
                ["已被代替", "was superseded"].map(str::to_owned),
            ),
            State::Repealed => (
                "repealed-cited",
                ["已经废止", "was repealed"].map(str::to_owned),
            ),
            State::Draft => ("draft-cited", ["还是草案", "is a draft"].map(str::to_owned)),
            State::NotYet => {
                let day = reference.effective.as_ref().map(|day| day.value.date());
                let day = day.map_or_else(String::new, |day| day.to_string());
                let said = [
                    format!("{day} 才施行"),
                    format!("is not in force before {day}"),
                ];
                ("not-yet-in-force", said)
            }
        };
        let span = Span {
            source: self.site.pages[self.id].document.path.clone(),
            bytes: bytes.clone(),
        };
        let message = [format!("{title}{zh}"), format!("{title} {en}")];
        let help = help(self.site, state, reference, self.days);
        Some(rules::finding(code, span, message, help))
    }
}

impl Names<'_> {
    /// Whether a mention can name something doubtful at all; most cannot, and this is quick to tell. What is sound today
    /// was not doubtful on an earlier day.
    fn could_matter(&self, mention: &Mention) -> bool {
        match mention.name.strip_prefix("ref:") {
            Some(id) => self.doubtful.contains(id),
            None => !self.all.is_empty(),
        }
    }
}

/// What to cite instead.
fn help(site: &Site, state: State, reference: &Reference, days: Days) -> [String; 2] {
    let reason = [
        "说的是过去的事，在同一句里写明“已废止”“已被…代替”，或在字段区写 historical = true",
        "where it is about the past, say so in the same sentence, or write historical = true in the front matter",
    ];
    match (state, last(site, reference, days)) {
        (State::NotYet, _) => [
            "施行以前引用现行的；只是预告的，在同一句里写明何时施行",
            "cite what is in force until then; where it is announced, say in the same sentence from when it holds",
        ]
        .map(str::to_owned),
        (State::Draft, None) => [
            "草案不能作依据：删去，或等正式公布；只是介绍的，写明是征求意见稿",
            "a draft is no basis: remove it or wait for the final text; where it is told of, say that it is a draft",
        ]
        .map(str::to_owned),
        (_, None) => {
            let [zh, en] = reason;
            [format!("删去，或换成现行的；{zh}"), format!("remove or replace it; {en}")]
        }
        (_, Some(later)) => {
            let (title, id) = (name(later), &later.id.value);
            let [zh, en] = reason;
            [
                format!("改引{title}（{id}），并核对条款；{zh}"),
                format!("cite {title} ({id}) and compare the clause; {en}"),
            ]
        }
    }
}

/// A reference as readers know it: 《title》 with its number.
fn name(reference: &Reference) -> String {
    match &reference.number {
        Some(number) => format!("{number}《{}》", reference.title),
        None => format!("《{}》", reference.title),
    }
}

/// What holds in place of a reference: the last of those that replaced each other, as far as they are in force.
fn last<'a>(site: &'a Site, reference: &'a Reference, days: Days) -> Option<&'a Reference> {
    let mut seen = BTreeSet::from([reference.id.value.as_str()]);
    let (mut next, mut last) = (reference, None);
    while let Some(later) = next.superseded_by.as_ref() {
        let Some(later) = site.references.get(&later.value) else {
            break;
        };
        if !seen.insert(&later.id.value) || state(site, later, days) == State::NotYet {
            break;
        }
        (next, last) = (later, Some(later));
    }
    last
}

/// Items of red risk that neither cite anything nor say that they are sound practice.
fn uncited(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let document = &site.pages[id].document;
    let Kind::Checklist(_, checklist) = &document.content.kind else {
        return Vec::new();
    };
    let items = checklist.groups.iter().flat_map(|group| &group.items);
    let bare =
        items.filter(|item| item.risk.value == "red" && item.basis.is_empty() && !item.is_practice);
    let found = bare.map(|item| {
        let span = Span {
            source: document.path.clone(),
            bytes: item.risk.bytes.clone(),
        };
        let clause = &item.id.value;
        let message = [
            format!("红色风险的 `{clause}` 没有写依据"),
            format!("`{clause}` is of red risk and cites nothing"),
        ];
        let help = [
            "对照原文写 basis；查过确实没有的，写 basis = \"practice\"（行业通行做法）",
            "cite what it rests on; where there is nothing, say so with basis = \"practice\"",
        ];
        rules::finding("red-clause-uncited", span, message, help.map(str::to_owned))
    });
    found.collect()
}

/// The findings about `references.toml`: what replaces a reference is there, and replacing comes to an end.
#[must_use]
pub fn replacements(site: &Site) -> Vec<Diagnostic> {
    let Ok(source) = SourcePath::new(&format!("{}/references.toml", site.root)) else {
        return Vec::new();
    };
    if site.are_references_damaged() {
        return Vec::new();
    }
    let found = site.references.values().filter_map(|reference| {
        let later = reference.superseded_by.as_ref()?;
        let (message, help) = match site.references.get(&later.value) {
            None => absent(site, &later.value),
            Some(_) if is_circle(site, reference) => circle(reference),
            Some(_) => return None,
        };
        let span = Span {
            source: source.clone(),
            bytes: later.bytes.clone(),
        };
        Some(Diagnostic::error("bad-replacement", span, message).with_help(help))
    });
    found.collect()
}

fn absent(site: &Site, id: &str) -> (Message, Message) {
    let known = site.references.keys().map(String::as_str);
    let help = did_you_mean(nearest(id, known)).unwrap_or_else(|| {
        Message::new(
            "superseded_by 写代替它的那一部的 id，先在本文件里登记",
            "superseded_by names the id of what replaces it, which is listed in this file",
        )
    });
    let message = Message::new(
        format!("`references.toml` 中没有代替它的 `{id}`"),
        format!("`references.toml` has no `{id}` to replace it"),
    );
    (message, help)
}

fn circle(reference: &Reference) -> (Message, Message) {
    let id = &reference.id.value;
    (
        Message::new(
            format!("`{id}` 绕了一圈又被自己代替"),
            format!("`{id}` is replaced by itself in the end"),
        ),
        Message::new(
            "查一查哪一部是现行的，删去它的 superseded_by",
            "find the one that is in force and delete its superseded_by",
        ),
    )
}

/// Whether following what replaces a reference leads back to it.
fn is_circle(site: &Site, reference: &Reference) -> bool {
    let mut next = reference;
    for _ in 0..=site.references.len() {
        let later = next.superseded_by.as_ref();
        let Some(later) = later.and_then(|later| site.references.get(&later.value)) else {
            return false;
        };
        if later.id.value == reference.id.value {
            return true;
        }
        next = later;
    }
    false
}
