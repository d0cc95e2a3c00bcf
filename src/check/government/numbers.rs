//! Numbers of documents: 发文字号 as GB/T 9704 writes them, 索引号 of one form and each once; and how soon a document is
//! published (政府信息公开条例 article 26).

use super::on_page;
use crate::check::rules;
use crate::content::Kind;
use crate::content::fields::Located;
use crate::diag::{Diagnostic, Span};
use crate::graph::{PageId, Site};
use crate::path::SourcePath;
use regex_lite::Regex;
use std::collections::BTreeMap;

/// Working days within which a document is published.
const SOON: usize = 20;

/// What is wrong with how a 发文字号 is written; nothing where it is right, or no such number at all, as those of standards
/// and orders are not.
fn fault(number: &str) -> Option<[&'static str; 2]> {
    const WRONG: [char; 9] = ['[', ']', '［', '］', '【', '】', '﹝', '﹞', '〖'];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let number = number.trim();
    let at_year = |open: char| {
        let mut places = number.match_indices(open);
        places.any(|(at, _)| {
            let rest = &number[at + open.len_utf8()..];
            digits(rest) == 4 && rest[4..].starts_with(|one: char| !one.is_ascii_digit())
        })
    };
    if WRONG.iter().any(|open| at_year(*open))
        || ((at_year('（') || at_year('(')) && number.ends_with('号'))
    {
        return Some(["年份用六角括号〔〕", "the year stands in 〔〕"]);
    }
    let (office, rest) = number.split_once('〔')?;
    let Some((year, order)) = rest.split_once('〕') else {
        return Some(["六角括号没有关上", "the bracket of the year is not closed"]);
    };
    if office.trim().is_empty() {
        return Some(["缺少机关代字", "the issuer's sign is missing"]);
    }
    if year.len() != 4 || digits(year) != 4 {
        return Some(["年份写四位数字", "the year has four digits"]);
    }
    if order.starts_with('第') {
        return Some(["序号前不加“第”", "there is no 第 before the number"]);
    }
    if order.starts_with('0') {
        return Some(["序号不补零", "there is no zero before the number"]);
    }
    let length = digits(order);
    let ends = length > 0 && order[length..].starts_with('号');
    (!ends).then_some([
        "序号是数字，后面写“号”",
        "a number with 号 follows the year",
    ])
}

fn finding(span: Span, number: &str, [zh, en]: [&str; 2]) -> Diagnostic {
    let message = [
        format!("发文字号“{number}”的写法不对：{zh}"),
        format!("the document's number `{number}` is not well formed: {en}"),
    ];
    let help = [
        "写作 泉安委〔2026〕12号：机关代字、六角括号里四位年份、不补零的序号；令写作 某某令第12号",
        "write 泉安委〔2026〕12号: the issuer's sign, a year of four digits in 〔〕, a number without zeros; orders are 令第12号",
    ];
    rules::finding("document-number", span, message, help.map(str::to_owned))
}

/// The number of a policy.
pub(super) fn document_number(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let document = &site.pages[id].document;
    let Kind::Policy(policy) = &document.content.kind else {
        return Vec::new();
    };
    let number = policy.document_number.iter();
    let wrong = number.filter_map(|number| {
        let fault = fault(&number.value)?;
        let span = Span {
            source: document.path.clone(),
            bytes: number.bytes.clone(),
        };
        Some(finding(span, &number.value, fault))
    });
    wrong.collect()
}

/// The numbers of references.
pub(super) fn references(site: &Site) -> Vec<Diagnostic> {
    let Ok(source) = SourcePath::new(&format!("{}/references.toml", site.root)) else {
        return Vec::new();
    };
    let found = site.references.values().filter_map(|reference| {
        let number = reference.number.as_ref()?;
        let span = Span {
            source: source.clone(),
            bytes: reference.id.bytes.clone(),
        };
        Some(finding(span, number, fault(number)?))
    });
    found.collect()
}

/// 索引号: each of the form that the site sets, none twice.
pub(super) fn index_numbers(site: &Site) -> Vec<Diagnostic> {
    let form = site.config.government.index_number.as_ref();
    let form = form.and_then(|form| Regex::new(&format!("^(?:{})$", form.value)).ok());
    let mut first: BTreeMap<&str, PageId> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, number) in indexed(site) {
        let value = number.value.trim();
        if form.as_ref().is_some_and(|form| !form.is_match(value)) {
            let message = [
                format!("索引号“{value}”不合本站的格式"),
                format!("the index number `{value}` is not of this site's form"),
            ];
            let help = [
                "照信息公开目录改正；格式写在 [government] index_number",
                "mend it after the catalogue; the form is index_number under [government]",
            ];
            found.push(on_page(
                site,
                id,
                "index-number",
                number.bytes.clone(),
                message,
                help,
            ));
        }
        let Some(other) = first.get(value) else {
            first.insert(value, id);
            continue;
        };
        let title = &site.pages[*other].title;
        let message = [
            format!("索引号“{value}”已经是《{title}》的"),
            format!("the index number `{value}` is that of `{title}` already"),
        ];
        let help = [
            "一份文件一个索引号，照信息公开目录核对",
            "every document has its own; compare the catalogue",
        ];
        found.push(on_page(
            site,
            id,
            "index-number",
            number.bytes.clone(),
            message,
            help,
        ));
    }
    found
}

fn indexed(site: &Site) -> impl Iterator<Item = (PageId, &Located<String>)> {
    let pages = site.pages.iter().enumerate();
    pages.filter_map(|(id, page)| match &page.document.content.kind {
        Kind::Policy(policy) => {
            let number = policy.index_number.as_ref()?;
            (!number.value.trim().is_empty()).then_some((id, number))
        }
        _ => None,
    })
}

/// A document is published within twenty working days of its date.
pub(super) fn published_late(site: &Site, id: PageId) -> Option<Diagnostic> {
    let Kind::Policy(policy) = &site.pages[id].document.content.kind else {
        return None;
    };
    let (written, published) = (policy.written.as_ref()?, policy.published.as_ref()?);
    let (from, to) = (written.value.date(), published.value.date());
    let days = site.calendar.working_days_between(from, to);
    if days <= SOON {
        return None;
    }
    let message = [
        format!(
            "{from} 成文，{to} 才发布，隔了 {days} 个工作日，超过 {SOON} 个（政府信息公开条例第二十六条）"
        ),
        format!(
            "dated {from} and published on {to}, after {days} working days, more than {SOON} (政府信息公开条例 article 26)"
        ),
    ];
    let help = [
        "核对成文日期和发布日期；确实晚了的，依法说明，今后及时公开",
        "compare both dates; where it was late indeed, say why, and publish sooner",
    ];
    let bytes = published.bytes.clone();
    Some(on_page(site, id, "published-late", bytes, message, help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_right_or_of_another_sort_pass() {
        for number in [
            "应急〔2021〕83号",
            "国办发〔2017〕47号",
            "应急管理部令第10号",
            "国务院令第583号",
            "GB/T 33000-2016",
            "2026年第3号公告",
            "泉政办（2026年）公告",
            "DB35/T 1234-2020",
        ] {
            assert_eq!(fault(number), None, "{number}");
        }
        for number in [
            "应急[2021]83号",
            "应急（2021）83号",
            "应急【2021】83号",
            "应急〔2021〕第83号",
            "应急〔2021〕083号",
            "应急〔21〕83号",
            "〔2021〕83号",
            "应急〔2021〕83",
            "应急〔2021 83号",
        ] {
            assert!(fault(number).is_some(), "{number}");
        }
    }
}
