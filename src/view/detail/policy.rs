//! A policy document: its official metadata, what it replaces, its phases and deadlines.

use super::{optional_date, optional_term};
use crate::content::fields::Located;
use crate::content::policy::Policy;
use crate::graph::Site;
use crate::view::card::{CardView, TermView, card};
use crate::view::{DateView, LinkView};
use serde::Serialize;

/// A policy document; its text is the page's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PolicyView {
    /// 索引号.
    pub index_number: Option<String>,
    /// 发文机关.
    pub issuer: String,
    /// 发文字号.
    pub document_number: Option<String>,
    /// Where it holds.
    pub place: Option<String>,
    /// 主题分类.
    pub topic: Option<String>,
    /// 公文种类.
    pub document_kind: Option<String>,
    /// 公开属性.
    pub openness: Option<String>,
    /// 成文日期.
    pub written: Option<DateView>,
    /// 发布日期.
    pub published: Option<DateView>,
    /// 施行日期.
    pub effective: Option<DateView>,
    /// 失效日期.
    pub expires: Option<DateView>,
    /// Term of `policy-validity`; absent where no official statement was seen.
    pub validity: Option<TermView>,
    /// Whether it no longer holds.
    pub repealed: bool,
    /// What it replaces.
    pub replaces: Vec<MentionView>,
    /// What replaces it.
    pub replaced_by: Vec<MentionView>,
    /// Its phases.
    pub phases: Vec<PhaseView>,
    /// Its deadlines.
    pub deadlines: Vec<DeadlineView>,
    /// The forms it brings.
    pub forms: Vec<CardView>,
}

/// Another document by its title, with a link where the site has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MentionView {
    /// Its title, or its number.
    pub title: String,
    /// Its page.
    pub link: Option<LinkView>,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PhaseView {
    /// Its name.
    pub title: String,
    /// From.
    pub start: Option<DateView>,
    /// To.
    pub end: Option<DateView>,
    /// What is done in it.
    pub text: Option<String>,
}

/// One deadline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DeadlineView {
    /// The day.
    pub date: Option<DateView>,
    /// What is due.
    pub text: String,
}

/// The view of a policy document.
#[must_use]
pub fn view(site: &Site, policy: &Policy) -> PolicyView {
    let validity = policy.validity.as_ref();
    let forms = policy.forms.iter();
    PolicyView {
        index_number: policy.index_number.clone(),
        issuer: policy.issuer.clone(),
        document_number: policy.document_number.clone(),
        place: policy.place.clone(),
        topic: policy.topic.clone(),
        document_kind: policy.document_kind.clone(),
        openness: policy.openness.clone(),
        written: optional_date(policy.written.as_ref()),
        published: optional_date(policy.published.as_ref()),
        effective: optional_date(policy.effective.as_ref()),
        expires: optional_date(policy.expires.as_ref()),
        validity: optional_term(site, "policy-validity", validity),
        repealed: validity.is_some_and(|validity| validity.value == "repealed"),
        replaces: mentions(site, &policy.replaces),
        replaced_by: mentions(site, &policy.replaced_by),
        phases: phases(policy),
        deadlines: deadlines(policy),
        forms: forms
            .filter_map(|form| site.page_of_target(&form.value))
            .map(|id| card(site, id))
            .collect(),
    }
}

fn mentions(site: &Site, names: &[Located<String>]) -> Vec<MentionView> {
    let names = names.iter();
    names
        .map(|name| match site.page_of_target(&name.value) {
            Some(id) => MentionView {
                title: site.pages[id].title.clone(),
                link: Some(LinkView::new(&site.pages[id].title, &site.pages[id].url)),
            },
            None => MentionView {
                title: name.value.clone(),
                link: None,
            },
        })
        .collect()
}

fn phases(policy: &Policy) -> Vec<PhaseView> {
    let phases = policy.phases.iter();
    phases
        .map(|phase| PhaseView {
            title: phase.title.clone(),
            start: optional_date(phase.start.as_ref()),
            end: optional_date(phase.end.as_ref()),
            text: phase.text.clone(),
        })
        .collect()
}

fn deadlines(policy: &Policy) -> Vec<DeadlineView> {
    let deadlines = policy.deadlines.iter();
    deadlines
        .map(|deadline| DeadlineView {
            date: optional_date(deadline.date.as_ref()),
            text: deadline.text.clone(),
        })
        .collect()
}
