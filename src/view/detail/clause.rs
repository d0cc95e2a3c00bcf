//! Links to documents and their clauses as other documents name them (`industries/gas/checklist#gas-101`),
//! with the clause's number and words, so that readers see what a link says before they follow it.

use crate::content::Kind;
use crate::graph::Site;
use crate::view::card::TermView;
use crate::view::{LinkView, site_path};
use serde::Serialize;

/// A link to a clause.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ClauseView {
    /// The title of the document, the address of the clause.
    pub link: LinkView,
    /// The number shown beside the clause, such as `1.1`; empty where it has none.
    pub number: String,
    /// The clause's words; empty where the whole document is meant.
    pub words: String,
    /// Its risk.
    pub risk: Option<TermView>,
}

/// The document or clause of a name; `None` where it is not published.
#[must_use]
pub fn clause(site: &Site, target: &str) -> Option<ClauseView> {
    let (document, anchor) = target.split_once('#').unwrap_or((target, ""));
    let page = &site.pages[site.page_of_target(document)?];
    let mut link = LinkView::new(&page.title, &page.url);
    if !anchor.is_empty() {
        link.url = site_path(&format!("{}#{anchor}", page.url));
    }
    let kind = &page.document.content.kind;
    let found = words(kind, anchor);
    let (number, words, colour) = found.unwrap_or_default();
    Some(ClauseView {
        link,
        number,
        words,
        risk: colour.map(|colour| TermView::new(site, "risk-colours", &colour)),
    })
}

type Words = (String, String, Option<String>);

/// The number, words and risk colour of a clause.
fn words(kind: &Kind, id: &str) -> Option<Words> {
    match kind {
        Kind::Checklist(_, checklist) => {
            let groups = checklist.groups.iter().enumerate();
            let mut items = groups.flat_map(|(group, one)| {
                let items = one.items.iter().enumerate();
                items.map(move |(item, one)| (number(group, item), one))
            });
            let (number, item) = items.find(|(_, item)| item.id.value == id)?;
            let colour = Some(item.risk.value.clone());
            Some((number, item.check.clone(), colour))
        }
        Kind::Rules(_, rules) => {
            let elements = rules.elements.iter().enumerate();
            let mut items = elements.flat_map(|(element, one)| {
                let items = one.items.iter().enumerate();
                items.map(move |(item, one)| (number(element, item), one))
            });
            let item = items.find(|(_, item)| item.id.value == id);
            let item = item.map(|(number, item)| (number, item.requirement.clone(), None));
            let veto = rules.vetoes.iter().find(|veto| veto.id.value == id);
            item.or_else(|| Some((String::new(), veto?.text.clone(), None)))
        }
        Kind::Patrol(_, patrol) => {
            let look = patrol.look.iter().find(|one| one.id.value == id);
            let ask = patrol.ask.iter().find(|one| one.id.value == id);
            let colour = look.and_then(|one| one.risk.as_ref());
            let words = look.map(|one| &one.text).or(ask.map(|one| &one.question));
            let colour = colour.map(|colour| colour.value.clone());
            Some((String::new(), words?.clone(), colour))
        }
        Kind::Industry(industry) => {
            let risk = industry.risks.iter().find(|risk| risk.id.value == id)?;
            let colour = Some(risk.colour.value.clone());
            Some((String::new(), risk.title.clone(), colour))
        }
        _ => None,
    }
}

/// The number of an item: its group's and its own, from one.
#[must_use]
pub fn number(group: usize, item: usize) -> String {
    format!("{}.{}", group + 1, item + 1)
}
