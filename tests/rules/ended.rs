//! Records that end: on the day after their last, or withdrawn or made good, the next build takes away page, files, entries
//! of search, feeds and maps, and leaves a page that names nobody.

use super::{TODAY, codes, codes_on, record, record_saying, sources};
use crate::memory::{built, built_again};
use anjian::cache::Cache;
use anjian::output::search::answer::answer;
use anjian::output::search::query::{Files, Searcher};
use anjian::path::OutputPath;
use anjian::write::Output;
use anjian::write::memory::MemoryOutput;
use jiff::civil::{Date, date};

const PARTY: &str = "示例企业（示例）";

/// A site with a record, its files, and another page that shares one of them.
fn site(more: &str) -> String {
    let record = record_saying(
        more,
        "现场见![配电箱](box.png)和![厂房](shared.png)，另见[决定书](files/decision.pdf)。",
    );
    // The record stands in a folder with a feed, beside a page that stays.
    let record = record.replace("content/case.md", "content/cases/case.md");
    let png = "png";
    format!(
        "//- content/site.toml\ntitle = \"站\"\nbase_url = \"https://example.gov.cn\"\n{record}//- content/cases/_index.md\n+++\ntitle = \"案例\"\n+++\n案例在此。\n//- content/cases/stays.md\n+++\ntitle = \"留下的\"\ndate = 2026-03-01\n+++\n[前案](case.md)，![厂房](shared.png)\n//- content/cases/box.png\n{png}\n//- content/cases/shared.png\n{png}\n//- content/cases/files/decision.pdf\n%PDF-1.4\n"
    )
}

struct Published(MemoryOutput);

impl Files for Published {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.read(&OutputPath::new(path).ok()?)
    }
}

impl Published {
    fn of(more: &str, today: Date) -> Self {
        let (output, report) = built(&sources(&site(more)), today);
        assert!(!report.failed(), "{:#?}", report.diagnostics);
        Self(output)
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path).unwrap_or_default()).expect("text")
    }

    fn has(&self, path: &str) -> bool {
        self.read(path).is_some()
    }

    /// The files that hold a text.
    fn holding(&self, text: &str) -> Vec<String> {
        let files = self.0.manifest().files.keys();
        let names = files.map(|path| path.as_str().to_owned());
        names
            .filter(|path| {
                let bytes = self.read(path).unwrap_or_default();
                String::from_utf8_lossy(&bytes).contains(text)
            })
            .collect()
    }

    fn finds(&self, words: &str) -> usize {
        let searcher = Searcher::open(self).expect("an index");
        answer(&searcher, words, 10).total
    }
}

const PAGE: &str = "cases/case/index.html";

#[test]
fn on_its_last_day_a_record_is_shown_and_on_the_next_it_is_gone_with_all_that_was_its_own() {
    let last = Published::of("date = 2026-03-03\naliases = [\"/old/\"]", date(2027, 3, 2));
    assert!(last.text(PAGE).contains(PARTY));
    assert!(last.has("cases/box.png") && last.has("cases/files/decision.pdf"));
    assert!(last.finds("示例企业") > 0);
    let next = Published::of("date = 2026-03-03\naliases = [\"/old/\"]", date(2027, 3, 3));
    let page = next.text(PAGE);
    assert!(
        page.contains("公示期已满") && page.contains("2027-03-02") && page.contains("noindex"),
        "{page}"
    );
    for trace in [
        PARTY,
        "示例企业",
        "配电箱",
        "示应急罚",
        "先查后做",
        "50000",
        "5万",
    ] {
        assert_eq!(next.holding(trace), [""; 0], "{trace}");
    }
    // Its picture and its file went, the shared picture stayed.
    assert!(!next.has("cases/box.png") && !next.has("cases/files/decision.pdf"));
    assert!(next.has("cases/shared.png"));
    assert_eq!(next.finds("示例企业"), 0);
    for list in [
        "sitemap.xml",
        "feed.xml",
        "cases/feed.xml",
        "catalogue.csv",
        "sitemap/index.html",
    ] {
        assert!(last.text(list).contains("cases/case/"), "{list}");
        assert!(!next.text(list).contains("cases/case/"), "{list}");
    }
    // Links lead to what is left, and so do former addresses.
    assert!(next.text("cases/stays/index.html").contains("cases/case/"));
    assert!(next.text("old/index.html").contains("公示期已满"));
}

#[test]
fn a_build_that_goes_on_from_an_earlier_day_takes_the_same_away() {
    let sources = sources(&site(""));
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    for day in [date(2027, 3, 2), date(2027, 3, 3)] {
        let report = built_again(&sources, day, &mut output, &mut cache);
        assert!(!report.failed(), "{:#?}", report.diagnostics);
    }
    let (clean, _) = built(&sources, date(2027, 3, 3));
    let files = |output: &MemoryOutput| {
        let paths: Vec<OutputPath> = output.manifest().files.keys().cloned().collect();
        let read = |path: OutputPath| {
            let bytes = output.read(&path);
            (path, bytes)
        };
        paths.into_iter().map(read).collect::<Vec<_>>()
    };
    assert!(files(&output) == files(&clean));
}

#[test]
fn a_withdrawn_record_says_why_and_a_repaired_one_that_it_ended() {
    let withdrawn = Published::of(
        "record_status = \"withdrawn\"\nwithdraw_reason = \"行政复议决定撤销原处罚决定。\"",
        TODAY,
    );
    let page = withdrawn.text(PAGE);
    assert!(
        page.contains("公示已撤回")
            && page.contains("行政复议决定撤销原处罚决定。")
            // Which decision no longer holds must be known.
            && page.contains("示应急罚〔2026〕12号")
            && !page.contains(PARTY),
        "{page}"
    );
    let repaired = Published::of("record_status = \"repaired\"", TODAY);
    let page = repaired.text(PAGE);
    assert!(
        page.contains("信用已修复") && !page.contains(PARTY) && !page.contains("12号"),
        "{page}"
    );
    let over = Published::of("record_status = \"expired\"", TODAY);
    assert!(over.text(PAGE).contains("公示期已满"));
}

/// A record without a last day, or with one that is too late, still ends when the law says so.
#[test]
fn a_record_ends_at_the_longest_period_whatever_it_says() {
    let settings = "//- content/site.toml\ntitle = \"站\"\n[rules]\nrecord-incomplete = \"off\"\n";
    let site = |more: &str| sources(&format!("{settings}{}", record(more)));
    let shown = |more: &str, today: Date| {
        let (output, report) = built(&site(more), today);
        assert!(!report.failed(), "{:#?}", report.diagnostics);
        let page = output.read(&OutputPath::new("case/index.html").expect("a path"));
        String::from_utf8(page.unwrap_or_default())
            .expect("text")
            .contains(PARTY)
    };
    assert!(shown("publicity_end =", date(2027, 3, 2)));
    assert!(!shown("publicity_end =", date(2027, 3, 3)));
    assert!(!shown("publicity_end = 2028-01-01", date(2027, 3, 3)));
    assert!(shown("publicity_end =\nseverity =", date(2029, 3, 2)));
    assert!(!shown("publicity_end =\nseverity =", date(2029, 3, 3)));
    // A teaching case names nobody and stays.
    let typical = "form = \"typical\"\nparty = \"某企业\"";
    let (output, _) = built(&site(typical), date(2040, 1, 1));
    let page = output.read(&OutputPath::new("case/index.html").expect("a path"));
    assert!(String::from_utf8_lossy(&page.unwrap_or_default()).contains("某企业"));
}

#[test]
fn the_files_of_a_draft_are_not_published_either() {
    let site = "//- content/draft.md\n+++\ntitle = \"草稿\"\ndraft = true\nattachments = [\"plan.csv\"]\n+++\n![图](a.png)\n//- content/plan.csv\n甲,乙\n//- content/a.png\npng\n//- content/b.csv\n丙\n";
    let (output, _) = built(&sources(site), TODAY);
    let has = |path: &str| {
        output
            .read(&OutputPath::new(path).expect("a path"))
            .is_some()
    };
    assert!(!has("plan.csv") && !has("a.png") && has("b.csv"));
}

#[test]
fn what_is_left_of_a_record_names_nobody() {
    assert_eq!(
        codes(&record("record_status = \"withdrawn\"")),
        ["withdrawal-without-reason"]
    );
    assert_eq!(
        codes(&record(
            "record_status = \"withdrawn\"\nwithdraw_reason = \"示例企业（示例）提起诉讼，判决撤销。\""
        )),
        ["ended-record-names-party"]
    );
    assert_eq!(
        codes(&record(
            "record_status = \"withdrawn\"\nwithdraw_reason = \"判决撤销。\""
        )),
        [""; 0]
    );
}

#[test]
fn other_pages_no_longer_name_the_party_either() {
    let other = "//- content/news.md\n通报了示例企业（示例）的违法行为。\n//- content/title.md\n+++\ntitle = \"示例企业（示例）被罚\"\n+++\n略。\n";
    let site = format!("{}{other}", record(""));
    assert_eq!(codes_on(date(2027, 3, 2), &site), [""; 0]);
    assert_eq!(
        codes_on(date(2027, 3, 3), &site),
        ["ended-party-named", "ended-party-named"]
    );
}
