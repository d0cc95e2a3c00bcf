//! Editions compared: random edits of a list of clauses, the page that tells what changed, where an old edition leads, and
//! that everything else shows the one that holds.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/numbers.rs"]
mod numbers;

use anjian::graph::comparison::{Change, Clause, Counts, Entry, Part, Retired, Role, compare};
use anjian::output::search::answer::answer;
use anjian::output::search::query::{Files, Searcher};
use anjian::path::OutputPath;
use anjian::source::memory::MemorySources;
use anjian::text::marks::{Mark, is_same};
use anjian::write::memory::MemoryOutput;
use memory::built;
use numbers::Numbers;

const WORDS: [&str; 8] = [
    "每班查一次阀门的开关和泄漏",
    "抽三名员工问本岗位的应急措施",
    "看台账上的日期、责任人和复查结果",
    "量一量安全距离，拍照标在总平面图上",
    "开一次喷淋，看每个喷头出不出水",
    "对着花名册逐人核对证件和有效期",
    "到现场看标志、护栏、地沟盖板",
    "按下试验键，掐表看值班员多久到位",
];

fn clause(id: usize, group: usize, numbers: &mut Numbers) -> Clause {
    let part = |name: &'static str, text: String| Part {
        name,
        lines: vec![text],
    };
    Clause {
        id: format!("c-{id}"),
        role: Role::Clause,
        group: format!("g-{group}"),
        place: format!("第{group}组"),
        number: String::new(),
        parts: vec![
            part(
                "requirement",
                format!("第{id}件事：{}。", numbers.pick(&WORDS)),
            ),
            part(
                "how",
                format!("{}，{}。", numbers.pick(&WORDS), numbers.pick(&WORDS)),
            ),
        ],
    }
}

fn edition(numbers: &mut Numbers) -> Vec<Clause> {
    let count = numbers.below(20);
    (0..count).map(|id| clause(id, id / 5, numbers)).collect()
}

/// Another edition: clauses come, go, change and move.
fn edited(old: &[Clause], numbers: &mut Numbers) -> Vec<Clause> {
    let mut new = old.to_vec();
    for step in 0..numbers.below(8) {
        let at = numbers.below(new.len().max(1));
        match numbers.below(4) {
            0 => new.insert(at.min(new.len()), clause(100 + step, 1, numbers)),
            1 if !new.is_empty() => drop(new.remove(at)),
            2 if !new.is_empty() => {
                let text = format!("{}{}", numbers.pick(&WORDS), new[at].parts[1].lines[0]);
                new[at].parts[1].lines[0] = text;
            }
            3 if !new.is_empty() => {
                let moved = new.remove(at);
                new.insert(numbers.below(new.len() + 1), moved);
            }
            _ => {}
        }
    }
    new
}

/// What a side of the comparison says, clause by clause in its order.
fn side(entries: &[Entry], left_out: Mark, place: impl Fn(&Entry) -> Option<usize>) -> Vec<String> {
    let mut all: Vec<(usize, String)> = entries
        .iter()
        .filter_map(|entry| {
            let pieces = entry.parts.iter().flat_map(|part| &part.lines).flatten();
            let kept = pieces.filter(|piece| piece.mark != left_out);
            Some((
                place(entry)?,
                kept.map(|piece| piece.text.as_str()).collect(),
            ))
        })
        .collect();
    all.sort();
    all.into_iter().map(|(_, text)| text).collect()
}

fn texts(clauses: &[Clause]) -> Vec<String> {
    clauses.iter().map(Clause::text).collect()
}

#[test]
fn both_editions_can_be_read_off_a_comparison() {
    let mut numbers = Numbers(0x5eed_ed17);
    for _ in 0..400 {
        let old = edition(&mut numbers);
        let new = edited(&old, &mut numbers);
        let entries = compare(&old, &new, &Retired::new());
        for (side, wanted) in [
            (side(&entries, Mark::Added, |entry| entry.old), texts(&old)),
            (
                side(&entries, Mark::Removed, |entry| entry.new),
                texts(&new),
            ),
        ] {
            assert_eq!(side.len(), wanted.len());
            let pairs = side.iter().zip(&wanted);
            assert!(
                pairs.clone().all(|(one, other)| is_same(one, other)),
                "{pairs:?}"
            );
        }
        let later: Vec<usize> = entries.iter().filter_map(|entry| entry.new).collect();
        assert!(later.is_sorted() && later.len() == new.len());
        let counts = Counts::of(&entries, &old, &new);
        let kept = counts.changed + counts.moved + counts.same;
        assert_eq!(
            (kept + counts.removed, kept + counts.added),
            (old.len(), new.len())
        );
        assert_eq!(counts.are_equal(), old == new);
        for entry in &entries {
            let changed = entry.parts.iter().any(|part| part.changed);
            assert_eq!(
                changed,
                !matches!(entry.change, Change::Same | Change::Moved)
            );
        }
    }
}

#[test]
fn an_edition_is_equal_to_itself_and_to_one_with_other_white_space() {
    let mut numbers = Numbers(7);
    for _ in 0..50 {
        let old = edition(&mut numbers);
        let mut new = old.clone();
        for clause in &mut new {
            for line in clause.parts.iter_mut().flat_map(|part| &mut part.lines) {
                *line = format!(" {}\n", line.replace('，', "， "));
            }
        }
        for other in [&old, &new] {
            let entries = compare(&old, other, &Retired::new());
            assert!(Counts::of(&entries, &old, other).are_equal());
        }
    }
}

#[test]
fn one_clause_that_moved_is_the_only_one_that_moved() {
    let mut numbers = Numbers(11);
    let old: Vec<Clause> = (0..12).map(|id| clause(id, 0, &mut numbers)).collect();
    for (from, to) in [(2, 9), (9, 2), (0, 11), (11, 0)] {
        let mut new = old.clone();
        let moved = new.remove(from);
        new.insert(to, moved);
        let entries = compare(&old, &new, &Retired::new());
        let changed = entries.iter().filter(|entry| entry.change != Change::Same);
        let changed: Vec<_> = changed
            .map(|entry| (entry.change, entry.old, entry.new))
            .collect();
        assert_eq!(changed, [(Change::Moved, Some(from), Some(to))]);
    }
}

#[test]
fn a_clause_under_another_id_is_the_same_one_unless_the_edition_says_otherwise() {
    let mut numbers = Numbers(13);
    let old = vec![clause(1, 0, &mut numbers), clause(2, 0, &mut numbers)];
    let mut new = old.clone();
    new[1].id = "c-9".to_owned();
    let changes = |retired: &Retired| -> Vec<Change> {
        let entries = compare(&old, &new, retired);
        entries.iter().map(|entry| entry.change).collect()
    };
    assert_eq!(changes(&Retired::new()), [Change::Same, Change::Moved]);
    let given_up = Retired::from([("c-2".to_owned(), None)]);
    assert_eq!(
        changes(&given_up),
        [Change::Same, Change::Removed, Change::Added]
    );
    new[1].parts[0].lines[0] = "完全另写的一条，编号也不同。".to_owned();
    new[1].parts[1].lines[0] = "另一种查法。".to_owned();
    let named = Retired::from([("c-2".to_owned(), Some("c-9".to_owned()))]);
    let entries = compare(&old, &new, &named);
    assert_eq!(entries[1].change, Change::Changed);
    assert_eq!((entries[1].old, entries[1].new), (Some(1), Some(1)));
}

const LISTS: &str = r#"
//- content/vocabulary/industries.toml
title = "行业"
[[terms]]
id = "gas"
title = "燃气"
//- content/vocabulary/sizes.toml
title = "规模"
[[terms]]
id = "small"
title = "小微企业"
//- content/vocabulary/checklist-levels.toml
title = "层级"
[[terms]]
id = "enterprise"
title = "企业清单"
//- content/vocabulary/risk-colours.toml
title = "风险"
[[terms]]
id = "red"
title = "重大风险"
[[terms]]
id = "blue"
title = "低风险"
//- content/vocabulary/frequencies.toml
title = "频次"
[[terms]]
id = "daily"
title = "每日"
//- content/vocabulary/audiences.toml
title = "使用者"
[[terms]]
id = "officer"
title = "安全员"
//- content/vocabulary/specification-status.toml
title = "状态"
[[terms]]
id = "current"
title = "现行"
[[terms]]
id = "repealed"
title = "废止"
//- content/references.toml
[[references]]
id = "law"
title = "中华人民共和国安全生产法"
short = "安全生产法"
kind = "law"
articles = 119
status = "current"
//- content/gas/_index.md
+++
kind = "industry"
title = "燃气行业"
industry = "gas"
+++
//- content/other.md
+++
title = "别的"
+++
另有一处也写了气瓶直立，气瓶直立存放的道理说一说。
"#;

fn item(id: &str, check: &str, how: &str, more: &str) -> String {
    format!(
        "[[groups.items]]\nid = \"{id}\"\ncheck = \"{check}\"\nhow = \"{how}\"\nbasis = [{{ ref = \"law\", article = 36 }}]\nfrequency = \"daily\"\nwho = \"officer\"\n{more}\n"
    )
}

fn checklist(name: &str, keys: &str, items: &[String]) -> String {
    format!(
        "//- content/gas/{name}.toml\nkind = \"checklist\"\ntitle = \"燃气清单{name}\"\nlevel = \"enterprise\"\nindustries = [\"gas\"]\n{keys}\n[[groups]]\nid = \"duty\"\ntitle = \"责任\"\n{}",
        items.join("")
    )
}

fn site() -> String {
    let old = [
        item(
            "gas-101",
            "气瓶直立存放。",
            "每60日看一次气瓶。",
            "risk = \"red\"",
        ),
        item("gas-102", "报警器在线。", "按试验键。", "risk = \"red\""),
        item("gas-103", "标志清楚。", "沿墙走一圈。", "risk = \"blue\""),
        item("gas-104", "台账  齐全。", "翻一翻台账。", "risk = \"blue\""),
    ];
    let new = [
        item("gas-104", "台账齐全。", "翻一翻台账。", "risk = \"blue\""),
        item(
            "gas-101",
            "气瓶直立存放。",
            "每30日看一次气瓶。",
            "risk = \"red\"",
        ),
        item("gas-112", "报警器在线。", "按试验键。", "risk = \"red\""),
        item(
            "gas-105",
            "秤在检定有效期内。",
            "看检定标志。",
            "risk = \"blue\"",
        ),
    ];
    [
        LISTS.to_owned(),
        checklist("a-2025", "edition = \"2025\"\nstatus = \"repealed\"", &old),
        checklist(
            "b",
            "edition = \"2026\"\nstatus = \"current\"\nsupersedes = \"gas/a-2025\"\nretired = [\"gas-103\", { id = \"gas-102\", now = \"gas-112\" }]",
            &new,
        ),
    ]
    .concat()
}

fn published(literal: &str) -> MemoryOutput {
    let sources = MemorySources::from_literal(literal).expect("sound paths");
    let (output, report) = built(&sources, jiff::civil::date(2026, 6, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    output
}

fn page(output: &MemoryOutput, path: &str) -> String {
    let whole = output.text(path).unwrap_or_default();
    let main = whole.split("<main").nth(1).unwrap_or_default();
    main.split("</main>").next().unwrap_or_default().to_owned()
}

#[track_caller]
fn holds(page: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(page.contains(piece), "wanted `{piece}` in\n{page}");
    }
}

#[test]
fn the_page_of_changes_tells_each_clause_once() {
    let output = published(&site());
    let page = page(&output, "gas/b/changes/index.html");
    let hidden = |word: &str| format!("<span class=\"visually-hidden\">{word}</span>");
    let marked = format!(
        "每<del>{}60{end}</del><ins>{}30{end}</ins>日看一次气瓶。",
        hidden("删去“"),
        hidden("新增“"),
        end = hidden("”")
    );
    holds(
        &page,
        &[
            "燃气清单b：2026版与2025版对照",
            &marked,
            "<div class=\"change change--changed\" id=\"gas-101\">",
            "<div class=\"change change--removed\" id=\"removed-gas-103\">",
            "<div class=\"change change--added\" id=\"gas-105\">",
            "gas-102 → gas-112",
            "../../../gas/a-2025/#gas-103",
            "../../../gas/b/#gas-105",
        ],
    );
    for (name, count) in [
        ("added", 1),
        ("removed", 1),
        ("changed", 1),
        ("moved", 2),
        ("same", 0),
    ] {
        let mark = format!("change__mark change__mark--{name}\">");
        let shown = page.split(&mark).nth(1).unwrap_or_default();
        let number = format!("<span class=\"changes__number\">{count}</span>");
        assert!(
            shown
                .split("</li>")
                .next()
                .unwrap_or_default()
                .contains(&number),
            "{name}\n{page}"
        );
    }
    // What reads as before is not said again.
    assert!(!page.contains("翻一翻台账"), "{page}");
}

#[test]
fn both_editions_lead_to_the_comparison_and_the_old_one_to_each_clause_now() {
    let output = published(&site());
    let new = page(&output, "gas/b/index.html");
    holds(&new, &["与2025版对照", "href=\"../../gas/b/changes/\""]);
    let old = page(&output, "gas/a-2025/index.html");
    holds(
        &old,
        &[
            "本版已废止",
            "与2026版对照",
            "href=\"../../gas/b/changes/\"",
            "href=\"../../gas/b/#gas-101\"",
            "href=\"../../gas/b/#gas-112\"",
            "href=\"../../gas/b/#gas-104\"",
        ],
    );
    assert!(!old.contains("../../gas/b/#gas-103"), "{old}");
    let map = output.text("sitemap.xml").expect("a site map");
    assert!(
        !map.contains("changes") || map.contains("gas/b/changes/"),
        "{map}"
    );
}

#[test]
fn there_is_no_comparison_with_what_is_not_published_or_of_another_kind() {
    for keys in ["draft = true", "publish_at = 2027-01-01"] {
        let hidden = site().replace(
            "status = \"repealed\"",
            &format!("status = \"repealed\"\n{keys}"),
        );
        let output = published(&hidden);
        assert_eq!(output.text("gas/b/changes/index.html"), None, "{keys}");
        assert!(!page(&output, "gas/b/index.html").contains("changes/"));
    }
    let other = LISTS.to_owned()
        + &checklist(
            "b",
            "edition = \"2\"\nstatus = \"current\"\nsupersedes = \"gas/c\"",
            &[],
        )
        + "//- content/gas/c.toml\nkind = \"patrol\"\ntitle = \"导则\"\nedition = \"1\"\nstatus = \"repealed\"\nminutes = 5\n";
    assert_eq!(published(&other).text("gas/b/changes/index.html"), None);
}

#[test]
fn each_edition_of_a_chain_is_compared_with_the_one_before() {
    let chain = site()
        + &checklist(
            "c",
            "edition = \"2027\"\nstatus = \"current\"\nsupersedes = \"gas/b\"\nretired = [\"gas-101\", \"gas-105\"]",
            &[
                item("gas-104", "台账齐全。", "翻一翻台账。", "risk = \"blue\""),
                item("gas-212", "报警器在线。", "按试验键。", "risk = \"red\""),
            ],
        );
    let chain = chain.replacen(
        "edition = \"2026\"\nstatus = \"current\"",
        "edition = \"2026\"\nstatus = \"repealed\"",
        1,
    );
    let output = published(&chain);
    holds(
        &page(&output, "gas/c/changes/index.html"),
        &["2027版与2026版对照"],
    );
    holds(
        &page(&output, "gas/b/changes/index.html"),
        &["2026版与2025版对照"],
    );
    let first = page(&output, "gas/a-2025/index.html");
    // Named by the second edition, found by its words in the third.
    holds(&first, &["../../gas/c/#gas-212", "../../gas/c/#gas-104"]);
    assert!(
        !first.contains("#gas-105") && !first.contains("gas/c/#gas-101"),
        "{first}"
    );
    let second = page(&output, "gas/b/index.html");
    holds(&second, &["与2025版对照", "与2027版对照"]);
}

fn guide(name: &str, keys: &str, text: &str) -> String {
    format!(
        "//- content/gas/{name}.md\n+++\nkind = \"guide\"\ntitle = \"指南{name}\"\nelement_set = \"none\"\nindustries = [\"gas\"]\n{keys}\n+++\n{text}\n"
    )
}

#[test]
fn guides_are_compared_by_their_sections_and_addresses_of_links_do_not_count() {
    let old = "## 责任 {#duty}\n\n每年签一次责任书，见[清单](/other.md)。\n\n## 人员 {#people}\n\n先培训。\n\n后上岗。\n\n## 旧事 {#past}\n\n不再做的事。";
    let new = "## 人员 {#people}\n\n先培训。\n\n考核合格后上岗。\n\n## 责任 {#duty}\n\n每年签一次责任书，见[清单](_index.md)。\n\n### 签字 {#sign}\n\n本人签。";
    let sources = LISTS.to_owned()
        + &guide("g-old", "edition = \"2025\"\nstatus = \"repealed\"", old)
        + &guide(
            "g",
            "edition = \"2026\"\nstatus = \"current\"\nsupersedes = \"gas/g-old\"\nretired = [\"past\"]",
            new,
        );
    let output = published(&sources);
    let page = page(&output, "gas/g/changes/index.html");
    holds(
        &page,
        &[
            "<div class=\"change change--changed\" id=\"people\">",
            "考核合格",
            "<div class=\"change change--added\" id=\"sign\">",
            "<div class=\"change change--removed\" id=\"removed-past\">",
            "<div class=\"change change--moved\"",
        ],
    );
    assert!(
        !page.contains("责任书"),
        "a link to another address is no change\n{page}"
    );
}

struct Built<'a>(&'a MemoryOutput);

impl Files for Built<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = OutputPath::new(path).ok()?;
        anjian::write::Output::read(self.0, &path)
    }
}

#[test]
fn the_search_names_an_old_edition_last() {
    let output = published(&site());
    let files = Built(&output);
    let searcher = Searcher::open(&files).expect("an index");
    for query in ["气瓶直立存放", "气瓶直立", "燃气清单"] {
        let mut found = answer(&searcher, query, 10).results;
        // What only holds a part of it stands behind all that hold the whole.
        found.retain(|one| one.exact);
        let place = |end: &str| found.iter().position(|one| one.url.contains(end));
        let old = place("a-2025/").expect("the old edition is found");
        assert_eq!(old, found.len() - 1, "{query}: {found:?}");
        assert!(place("gas/b/").is_some_and(|new| new < old), "{query}");
        assert!(place("changes/").is_none(), "{query}");
    }
}

#[test]
fn only_the_edition_that_holds_is_offered() {
    let output = published(&site());
    for path in ["gas/index.html", "specifications/index.html"] {
        let page = page(&output, path);
        assert!(
            page.contains("gas/b/") && !page.contains("a-2025"),
            "{path}\n{page}"
        );
    }
    let law = page(&output, "references/law/index.html");
    assert!(
        law.contains("gas/b/#gas-101") && !law.contains("a-2025"),
        "{law}"
    );
    let library = page(&output, "downloads/index.html");
    assert!(library.contains("2025版 废止"), "{library}");
    let kept = output
        .text("offline/gas.json")
        .expect("a list of what is kept");
    assert!(
        kept.contains("gas/b/") && !kept.contains("a-2025"),
        "{kept}"
    );
}
