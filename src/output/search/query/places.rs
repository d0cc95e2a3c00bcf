//! Places: what postings share, what the places of a phrase are worth, and the order of hits.

use super::Hit;
use crate::output::search::keys::OUTLINE;
use crate::output::search::shard::Posting;

/// The places that two lists share, page by page.
pub(super) fn common(left: &[Posting], right: &[Posting]) -> Vec<Posting> {
    let mut shared = Vec::new();
    let mut others = right.iter().peekable();
    for one in left {
        while others.peek().is_some_and(|other| other.page < one.page) {
            others.next();
        }
        let Some(other) = others.peek().filter(|other| other.page == one.page) else {
            continue;
        };
        shared.extend(both(one, other));
    }
    shared
}

/// The places that two postings of one page share.
pub(super) fn both(one: &Posting, other: &Posting) -> Option<Posting> {
    let passages = one.passages.iter().copied();
    let passages: Vec<u16> = passages
        .filter(|place| other.passages.binary_search(place).is_ok())
        .collect();
    let title = one.title.and(other.title);
    (title.is_some() || !passages.is_empty()).then_some(Posting {
        page: one.page,
        title,
        passages,
    })
}

/// How much the places of a phrase are worth: the title most of all, the more of it the phrase is.
pub(super) fn places_score(posting: &Posting, length: f64) -> f64 {
    let mut score = 0.0;
    if let Some(title) = posting.title {
        let title = f64::from(title.max(1));
        score += 8.0 + 12.0 * (length / title).min(1.0);
    }
    if posting.passages.contains(&OUTLINE) {
        score += 3.0;
    }
    let body = posting
        .passages
        .iter()
        .filter(|place| **place > OUTLINE)
        .count();
    score + f64::from(u32::try_from(body).unwrap_or(u32::MAX)).ln_1p()
}

/// Adds hits of pages that are not there yet, behind those that are.
pub(super) fn add(hits: &mut Vec<Hit>, more: Vec<Hit>) {
    for hit in more {
        if hits.iter().all(|one| one.page != hit.page) {
            hits.push(hit);
        }
    }
}

/// Best first; equal ones in the order of pages.
pub(super) fn ranked(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by(|left, right| {
        right
            .score
            .total_cmp(&left.score)
            .then(left.page.cmp(&right.page))
    });
    hits
}
