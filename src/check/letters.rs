//! Letters and what is attached: no clause that shifts liability (安全生产法 article 106), notices to employees that tell
//! hazards, precautions and what to do in an emergency (article 44), 附件 numbered from one without a gap, each named and
//! each there.

use super::found::Found;
use crate::content::Kind;
use crate::diag::Diagnostic;
use crate::graph::{PageId, Site};
use crate::text::annexes::{Annex, label};
use std::collections::BTreeMap;
use std::ops::Range;

/// Readers who are employees: terms of `audiences`.
const EMPLOYEES: [&str; 2] = ["team-leader", "post-worker"];

/// The findings about one page.
#[must_use]
pub fn check(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let mut found = Found::new(site, &site.pages[id].document);
    shifted(&mut found);
    untold(&mut found, id);
    misnumbered(&mut found, id);
    unnamed(&mut found, id);
    found.all
}

/// Papers that are filled in and signed hold no clause that shifts liability.
fn shifted(found: &mut Found<'_>) {
    let document = found.document;
    if !matches!(
        document.content.kind,
        Kind::Letter(_) | Kind::Form(_) | Kind::Register(_)
    ) {
        return;
    }
    for bytes in &document.noted.disclaimers {
        let message = [
            "这句话把单位的责任推给别人：免除或者减轻单位对伤亡事故依法应承担责任的约定无效，并处罚款（安全生产法第一百零六条）"
                .to_owned(),
            "this clause shifts the employer's liability: agreements that free it or lighten it are void and punished (安全生产法 article 106)"
                .to_owned(),
        ];
        let help = [
            "删去；可以写“责任由有权机关依法认定，各方承担依法应承担的责任”",
            "delete it, or write that liability is found by the authorities and borne by each as the law says",
        ];
        found.add("liability-shifted", bytes, message, help);
    }
}

/// A notice to employees tells the three things that article 44 asks for.
fn untold(found: &mut Found<'_>, id: PageId) {
    let page = &found.site.pages[id];
    let common = &page.document.content.common;
    let Kind::Letter(letter) = &page.document.content.kind else {
        return;
    };
    let is_notice = match letter.letter_kind.value.as_str() {
        "notice" => true,
        "card" => page.title.contains("告知"),
        _ => false,
    };
    let mut readers = common.audiences.iter();
    let is_for_employees =
        common.audiences.is_empty() || readers.any(|one| EMPLOYEES.contains(&one.value.as_str()));
    let missing = page.document.noted.told.missing();
    if !is_notice || !is_for_employees || missing.is_empty() {
        return;
    }
    let list = missing.join("、");
    let message = [
        format!("给员工的告知缺少：{list}"),
        format!("this notice to employees does not tell {list}"),
    ];
    let help = [
        "各写一节或一栏：危险因素、防范措施、事故应急措施（安全生产法第四十四条）；只送达单位、不给员工的，写 audiences = [\"principal\"]",
        "give each a section, a row or an entry (安全生产法 article 44); a letter to the enterprise alone has audiences = [\"principal\"]",
    ];
    let bytes = letter.letter_kind.bytes.clone();
    found.add("notice-incomplete", &bytes, message, help);
}

/// What is named or offered as 附件: its place, number and title.
struct Listed<'a> {
    bytes: &'a Range<usize>,
    number: Option<u32>,
    title: &'a str,
}

/// The files that a document offers as 附件.
fn offered<'a>(site: &'a Site, id: PageId) -> Vec<Listed<'a>> {
    let attachments = site.pages[id].document.content.common.attachments.iter();
    let labelled = attachments.filter_map(|one| {
        let (number, title) = label(one.title.as_deref()?)?;
        Some(Listed {
            bytes: &one.file.bytes,
            number,
            title,
        })
    });
    labelled.collect()
}

/// Numbers run from one without a gap, in the list of files and in that of the text; a single 附件 may have none.
fn misnumbered(found: &mut Found<'_>, id: PageId) {
    let site = found.site;
    let annexes = &site.pages[id].document.noted.annexes;
    let is_listed = annexes.iter().any(|annex| !annex.is_heading);
    let named = annexes.iter().filter(|_| is_listed);
    let named = named.map(|annex| Listed {
        bytes: &annex.bytes,
        number: annex.number,
        title: &annex.title,
    });
    for list in [offered(site, id), named.collect()] {
        let Some((bytes, [zh, en])) = fault(&list) else {
            continue;
        };
        let message = [
            format!("附件的编号不对：{zh}"),
            format!("the numbers of the attachments are wrong: {en}"),
        ];
        let help = [
            "从1起依次编号，不重不漏；只有一个附件的，不编号",
            "number them from 1 without a gap; a single one has no number",
        ];
        found.add("attachment-numbering", &bytes, message, help);
    }
}

/// What is wrong with the numbers of a list, and where. A 附件 that is named twice, once in the list and once above its
/// matter, is one.
fn fault(list: &[Listed<'_>]) -> Option<(Range<usize>, [String; 2])> {
    let mut numbers: BTreeMap<u32, &Listed<'_>> = BTreeMap::new();
    let mut without = list.iter().filter(|one| one.number.is_none());
    for one in list {
        let Some(number) = one.number else { continue };
        let Some(first) = numbers.insert(number, one) else {
            continue;
        };
        let is_same = first.title.is_empty() || one.title.is_empty() || first.title == one.title;
        if !is_same {
            let said = [format!("有两个附件{number}"), format!("two have {number}")];
            return Some((one.bytes.clone(), said));
        }
    }
    if let Some(one) = without.next().filter(|_| list.len() > 1) {
        let said = ["有的没有编号", "some have none"].map(str::to_owned);
        return Some((one.bytes.clone(), said));
    }
    let gap = (1..)
        .zip(&numbers)
        .find(|(wanted, (number, _))| wanted != *number);
    gap.map(|(wanted, (number, one))| {
        let said = [
            format!("有附件{number}，没有附件{wanted}"),
            format!("there is {number} but no {wanted}"),
        ];
        (one.bytes.clone(), said)
    })
}

/// What the text lists is there, and what is offered as 附件 is listed, where the text lists any.
fn unnamed(found: &mut Found<'_>, id: PageId) {
    let site = found.site;
    let document = &site.pages[id].document;
    let annexes = &document.noted.annexes;
    // Papers to fill in name what whoever signs them attaches.
    let is_paper = matches!(
        document.content.kind,
        Kind::Letter(_) | Kind::Form(_) | Kind::Register(_)
    );
    if annexes.is_empty() || is_paper {
        return;
    }
    let files = &document.content.common.attachments;
    let offered = offered(site, id);
    let is_offered = |annex: &Annex| {
        let mut titles = files.iter().filter_map(|one| one.title.as_deref());
        annex.is_here
            || annexes
                .iter()
                .any(|one| one.is_here && one.number == annex.number)
            || offered.iter().any(|one| one.number == annex.number)
            || titles.any(|title| !annex.title.is_empty() && title.contains(&annex.title))
    };
    for annex in annexes.iter().filter(|annex| !is_offered(annex)) {
        let name = called(annex.number, &annex.title);
        let message = [
            format!("正文列出了“{name}”，页面上没有这个附件"),
            format!("the text lists `{name}`, which the page does not offer"),
        ];
        let help = [
            "把文件放在本文件旁边，登记在 attachments 里，title 写“附件1：名称”",
            "put the file next to this one and list it in attachments with the title 附件1：…",
        ];
        found.add("attachment-not-offered", &annex.bytes, message, help);
    }
    for one in &offered {
        let mut named = annexes.iter();
        if named.any(|annex| annex.number == one.number || annex.title == one.title) {
            continue;
        }
        let name = called(one.number, one.title);
        let message = [
            format!("登记了“{name}”，正文的附件说明没有列它"),
            format!("`{name}` is offered, but the text's list of attachments leaves it out"),
        ];
        let help = [
            "在正文“附件：”下补上它，或者从 attachments 里删去",
            "add it to the list in the text, or take it out of attachments",
        ];
        found.add("attachment-not-named", one.bytes, message, help);
    }
}

fn called(number: Option<u32>, title: &str) -> String {
    match number {
        Some(number) => format!("附件{number}：{title}"),
        None => format!("附件：{title}"),
    }
}
