//! Citations in the words that readers expect: 《城镇燃气管理条例》第四十五条第二款.

use crate::content::reference::{Citation, Reference};
use crate::graph::Site;
use crate::graph::links::Destination;
use crate::text::chinese_numeral;
use crate::view::{LinkView, site_path};
use serde::Serialize;

/// A citation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BasisView {
    /// The law or standard with the article, such as 《安全生产法》第三十六条.
    pub text: String,
    /// The site path of the reference's page, at the article.
    pub url: String,
    /// What the article says here.
    pub note: Option<String>,
    /// Whether it no longer holds.
    pub outdated: bool,
    /// What holds instead.
    pub replaced_by: Option<LinkView>,
}

/// The views of a list of citations. One of an unknown reference, which is an error elsewhere, is left out.
#[must_use]
pub fn bases(site: &Site, citations: &[Citation]) -> Vec<BasisView> {
    let citations = citations.iter();
    citations.filter_map(|one| basis(site, one)).collect()
}

fn basis(site: &Site, citation: &Citation) -> Option<BasisView> {
    let reference = site.references.get(&citation.reference.value)?;
    let article = citation.article.as_ref().map(|article| article.value);
    let address = site.address(&Destination::Reference(reference.id.value.clone(), article));
    let later = reference.superseded_by.as_ref();
    let later = later.and_then(|later| site.references.get(&later.value));
    Some(BasisView {
        text: text(reference, citation),
        url: site_path(&address),
        note: citation.note.clone(),
        outdated: reference.is_outdated(),
        replaced_by: later
            .map(|later| LinkView::new(&name(later), &site.reference_url(&later.id.value))),
    })
}

fn text(reference: &Reference, citation: &Citation) -> String {
    let mut text = name(reference);
    if let Some(article) = &citation.article {
        text.push_str(&format!("第{}条", chinese_numeral(article.value)));
    }
    if let Some(paragraph) = citation.paragraph {
        text.push_str(&format!("第{}款", chinese_numeral(paragraph)));
    }
    match citation.clause.as_deref() {
        Some(clause) if clause.chars().all(|one| one.is_ascii_digit() || one == '.') => {
            text.push_str(&format!("第{clause}条"));
        }
        Some(clause) => text.push_str(clause),
        None => {}
    }
    text
}

/// The title in its marks; the number follows in brackets where the title alone does not identify it.
fn name(reference: &Reference) -> String {
    let number = reference.number.as_ref();
    let short = reference.short.as_ref();
    // A standard's short name is its number, which stands in the brackets already.
    let title = short.filter(|short| Some(*short) != number);
    let title = title.unwrap_or(&reference.title);
    match number {
        Some(number) if !matches!(reference.kind.value.as_str(), "law" | "regulation") => {
            format!("《{title}》（{number}）")
        }
        _ => format!("《{title}》"),
    }
}
