//! Records that are no longer shown: a withdrawn one says why, its page names nobody, and no other page goes on naming the
//! party.

use crate::check::found::Found;
use crate::content::Kind;
use crate::content::enforcement_case::EnforcementCase;
use crate::content::publicity::Ended;
use crate::diag::Diagnostic;
use crate::graph::{EndedRecord, Site};
use crate::path::SourcePath;
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::borrow::Cow;

/// The findings about records that are no longer shown.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let found = site.ended.iter().flat_map(|record| {
        let mut found = Found::new(site, &record.document);
        if let Kind::EnforcementCase(case) = &record.document.content.kind {
            reason(&mut found, case, record);
        }
        found.all
    });
    found.collect()
}

fn reason(found: &mut Found<'_>, case: &EnforcementCase, record: &EndedRecord) {
    if record.ended != Ended::Withdrawn {
        return;
    }
    let Some(reason) = &case.withdraw_reason else {
        let message = [
            "公示已撤回，没有写理由 `withdraw_reason`".to_owned(),
            "this record was withdrawn and does not say why (`withdraw_reason`)".to_owned(),
        ];
        let help = [
            "写明原决定怎样变更、撤销，或者被确认违法、无效；不写当事人名称（行政处罚法第四十八条）",
            "say how the decision was changed or revoked, without the party's name (行政处罚法 article 48)",
        ];
        found.add("withdrawal-without-reason", &case.form.bytes, message, help);
        return;
    };
    let named = name(case).is_some_and(|party| reason.value.contains(party));
    if named {
        let message = [
            "撤回理由里写了当事人名称".to_owned(),
            "the reason for the withdrawal names the party".to_owned(),
        ];
        let help = ["改写成“当事人”", "write 当事人 instead"];
        found.add("ended-record-names-party", &reason.bytes, message, help);
    }
}

/// The party's name, where it is one and long enough to be told from other words.
fn name(case: &EnforcementCase) -> Option<&str> {
    let party = case.party.trim();
    let is_name = party.chars().count() >= 4 && !party.contains('某');
    is_name.then_some(party)
}

/// Reads the HTML of a published text.
pub type TextOf<'a> = dyn Fn(&SourcePath) -> Option<Cow<'a, str>> + Sync + 'a;

/// Pages that go on naming the party of a record that is no longer shown: in the text, title, summary or keywords.
#[must_use]
pub fn named_elsewhere(site: &Site, text_of: &TextOf<'_>) -> Vec<Diagnostic> {
    let parties: Vec<(&str, &EndedRecord)> = site
        .ended
        .iter()
        .filter_map(|record| match &record.document.content.kind {
            Kind::EnforcementCase(case) => Some((name(case)?, record)),
            _ => None,
        })
        .collect();
    let Ok(finder) = AhoCorasick::new(parties.iter().map(|(party, _)| party)) else {
        return Vec::new();
    };
    if parties.is_empty() {
        return Vec::new();
    }
    let found = site.pages.par_iter().flat_map_iter(|page| {
        let document = &page.document;
        let common = &document.content.common;
        let summary = common.summary.as_deref().unwrap_or_default();
        let mut words = vec![page.title.as_str(), summary];
        words.extend(common.keywords.iter().map(String::as_str));
        let text = text_of(&document.path).unwrap_or_default();
        words.push(&text);
        let found = words.into_iter().find_map(|text| finder.find(text));
        let record = found.and_then(|one| parties.get(one.pattern().as_usize()));
        let mut found = Found::new(site, document);
        // A record of its own may name the same party.
        let own = match &document.content.kind {
            Kind::EnforcementCase(case) => Some(case.party.trim()),
            _ => None,
        };
        if let Some((party, record)) = record.filter(|(party, _)| own != Some(*party)) {
            let source = &record.document.path;
            let message = [
                format!("`{source}` 的公示已经结束，本页仍写着当事人“{party}”"),
                format!("`{source}` is no longer shown, and this page still names its party `{party}`"),
            ];
            let help = [
                "改成“某…企业”或删去；另有依据需要保留的，可以把这条规则关掉",
                "write 某…企业 or delete it; where it must stay for another reason, switch the rule off",
            ];
            found.add("ended-party-named", &(0..0), message, help);
        }
        found.all
    });
    found.collect()
}
