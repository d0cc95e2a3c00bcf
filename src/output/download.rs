//! Documents to download, made from what their pages show: checklists, attainment rules, registers and reporting
//! tables as workbooks, guides, patrol guidelines and letters as papers, and kits of all that an industry needs. A page
//! and its file cannot disagree, as both come from one view. Entry point: [`prepare`].

pub mod checklist;
pub mod docx;
pub mod form;
pub mod kit;
pub mod layout;
pub mod paper;
pub mod patrol;
pub mod prepare;
pub mod register;
pub mod rules;
pub mod sheet;
pub mod text;
pub mod words;
pub mod xlsx;

use crate::content::Kind;
use crate::graph::{PageId, Site};
use crate::view::detail::{self, DetailView};
use paper::{Layout, Paper};
use sheet::{Book, tab_name};
use std::collections::BTreeMap;
use words::Words;
use xlsx::Messages;

/// The paper of a page, but for the blocks of its text: all that its text is set with. Nothing where its kind has none.
#[must_use]
pub fn paper(site: &Site, id: PageId, words: &BTreeMap<String, String>) -> Option<Paper> {
    let page = &site.pages[id];
    let words = Words(words);
    let (layout, edition, above, below) = match detail::detail(site, id) {
        DetailView::Letter(one) => {
            let layout = match one.letter_kind.as_str() {
                "permit" | "card" | "record" => Layout::Sheet,
                _ => Layout::Official,
            };
            let below = paper::below(&one, &words);
            (layout, String::new(), Vec::new(), below)
        }
        DetailView::Guide(one) => {
            let below = paper::issued(site, id, &words);
            (Layout::Official, one.edition.edition, Vec::new(), below)
        }
        DetailView::Patrol(one) => {
            let (above, below) = (
                patrol::blocks(&one, &words),
                paper::issued(site, id, &words),
            );
            (Layout::Sheet, one.edition.edition, above, below)
        }
        _ => return None,
    };
    let numbered = matches!(page.document.content.kind, Kind::Guide(..));
    let named = (!edition.is_empty()).then(|| words.of("edition_name").replace("{n}", &edition));
    Some(Paper {
        id: page.target.clone(),
        edition,
        title: page.title.clone(),
        owner: owner(site, id),
        layout,
        subtitles: sample(site, id, words).into_iter().chain(named).collect(),
        numbered,
        above,
        below,
    })
}

/// The workbook of a page; nothing where its kind has none.
#[must_use]
pub fn book(site: &Site, id: PageId, words: &BTreeMap<String, String>) -> Option<Book> {
    let page = &site.pages[id];
    let words = Words(words);
    let title = page.title.as_str();
    let mut short = None;
    let (mut sheets, edition) = match detail::detail(site, id) {
        DetailView::Checklist(one) => (
            vec![checklist::sheet(title, &one, &words)],
            one.edition.edition,
        ),
        DetailView::Rules(one) => (vec![rules::sheet(title, &one, &words)], one.edition.edition),
        DetailView::Register(one) => (register::sheets(title, &one, &words), String::new()),
        DetailView::Form(one) => {
            short.clone_from(&one.short_title);
            (form::sheets(title, &one, &words), String::new())
        }
        _ => return None,
    };
    let identity = tab_name(words.of("sheet_identity"), &[]);
    let mut taken = vec![identity.clone()];
    let footer = ["sheet_page", "sheet_of", "sheet_pages"].map(|word| words.of(word).to_owned());
    for sheet in &mut sheets {
        let name = match sheet.name.as_str() {
            "" => short.as_deref().unwrap_or(title),
            name => name,
        };
        sheet.name = tab_name(name, &taken);
        taken.push(sheet.name.clone());
        sheet.lines.splice(0..0, sample(site, id, words));
        sheet.footer.clone_from(&footer);
    }
    Some(Book {
        id: page.target.clone(),
        edition,
        title: page.title.clone(),
        owner: owner(site, id),
        identity,
        sheets,
    })
}

/// The issuing body of a page; empty where nobody is named.
fn owner(site: &Site, id: PageId) -> String {
    let source = site.pages[id].document.content.common.source.as_ref();
    source
        .or(site.config.owner.as_ref())
        .cloned()
        .unwrap_or_default()
}

/// The label of an invented sample.
fn sample(site: &Site, id: PageId, words: Words<'_>) -> Option<String> {
    let is_sample = site.pages[id].document.content.common.sample;
    is_sample.then(|| words.of("sample").to_owned())
}

/// What a spreadsheet says when a cell is given something that it does not take.
#[must_use]
pub fn messages(words: &BTreeMap<String, String>) -> Messages {
    let word = |key: &str| Words(words).of(key).to_owned();
    Messages {
        title: word("sheet_check_title"),
        whole: word("sheet_check_whole"),
        whole_to: word("sheet_check_whole_to"),
        decimal: word("sheet_check_decimal"),
        date: word("sheet_check_date"),
        choice: word("sheet_check_choice"),
    }
}
