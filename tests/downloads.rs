//! Workbooks to download, read back by a reader that is not ours: heads tile as the tree of columns says, cells
//! take what they should, text stays text, and the same site makes the same bytes.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/numbers.rs"]
mod numbers;

use anjian::output::download::sheet::tab_name;
use anjian::path::OutputPath;
use anjian::pipeline::Report;
use anjian::source::memory::MemorySources;
use anjian::write::Output;
use anjian::write::memory::MemoryOutput;
use calamine::{Data, DataType, Dimensions, Range, Reader, Xlsx, open_workbook_from_rs};
use memory::built;
use numbers::Numbers;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Cursor;

fn site(literal: &str) -> (MemoryOutput, Report) {
    let sources = MemorySources::from_literal(literal).expect("sound paths");
    built(&sources, jiff::civil::date(2026, 1, 1))
}

fn file(site: &MemoryOutput, path: &str) -> Vec<u8> {
    let path = OutputPath::new(path).expect("a sound path");
    site.read(&path)
        .unwrap_or_else(|| panic!("{path} is published"))
}

type Workbook = Xlsx<Cursor<Vec<u8>>>;

fn workbook(site: &MemoryOutput, path: &str) -> Workbook {
    open_workbook_from_rs(Cursor::new(file(site, path))).expect("a workbook")
}

/// The first sheet: its cells and formulas from the first row on, and its merged ranges.
fn first(workbook: &mut Workbook) -> (Range<Data>, Range<String>, Vec<Dimensions>) {
    let name = workbook.sheet_names()[0].clone();
    let cells = workbook.worksheet_range(&name).expect("cells");
    let formulas = workbook.worksheet_formula(&name).expect("formulas");
    let merged = workbook
        .merge_cells_by_sheet_name(&name)
        .expect("merged ranges");
    (cells, formulas, merged)
}

/// Where a text stands: row and column from 0.
fn find(cells: &Range<Data>, text: &str) -> (u32, u32) {
    let (row, column) = cells.start().expect("cells");
    let all = cells.cells();
    let found = all.filter_map(|(at, place, cell)| {
        let at = (
            row + u32::try_from(at).ok()?,
            column + u32::try_from(place).ok()?,
        );
        (cell.get_string() == Some(text)).then_some(at)
    });
    found
        .min()
        .unwrap_or_else(|| panic!("no cell holds {text}"))
}

/// One part of a packed file, as XML.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a packed file");
    let mut part = archive.by_name(name).expect("the part");
    std::io::read_to_string(&mut part).expect("text")
}

const FORM: &str = r#"
//- content/forms/monthly.toml
kind = "form"
title = "月报表"
period = "monthly"
filled_by = "各单位"
due = "次月3日前"
notes = ["没有的填0。"]
[[header_fields]]
id = "unit"
title = "填报单位"
required = true
[[columns]]
id = "type"
title = "单位类型"
type = "label"
[[columns]]
id = "enterprises"
title = "企业数量"
unit = "家"
children = [
  { id = "total", title = "总数", type = "int" },
  { id = "large", title = "规上", type = "int" },
  { id = "small", title = "小微", type = "int" },
]
[[columns]]
id = "fine"
title = "罚款"
unit = "万元"
type = "decimal"
[[rows]]
id = "county"
title = "县区"
[[rows]]
id = "city"
title = "市直"
[[rows]]
id = "all"
title = "合计"
[[constraints]]
kind = "sum"
text = "总数等于两类之和。"
columns = ["enterprises.total", "enterprises.large", "enterprises.small"]
certainty = "stated"
[[constraints]]
kind = "row-sum"
row = "all"
text = "合计等于各行之和。"
columns = ["enterprises.large", "enterprises.small", "fine"]
certainty = "evident"
"#;

#[test]
fn a_form_has_merged_heads_totals_and_checked_cells() {
    let (site, report) = site(FORM);
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let mut workbook = workbook(&site, "forms/monthly/monthly.xlsx");
    assert_eq!(workbook.sheet_names(), ["月报表", "填写说明", "表单标识"]);
    let (cells, formulas, merged) = first(&mut workbook);
    let (row, column) = find(&cells, "企业数量（家）");
    let head = |from: (u32, u32), to: (u32, u32)| merged.contains(&Dimensions::new(from, to));
    assert!(head((row, column), (row, column + 2)), "{merged:?}");
    assert!(
        head((row, 0), (row + 1, 0)),
        "the labels' head is as high as the others: {merged:?}"
    );
    assert!(head((row, 4), (row + 1, 4)), "{merged:?}");
    let formula = |row: u32, column: u32| {
        formulas
            .get_value((row, column))
            .cloned()
            .unwrap_or_default()
    };
    let county = find(&cells, "县区").0;
    assert_eq!(
        formula(county, 1),
        format!("IF(COUNT(C{n}:D{n})=0,\"\",SUM(C{n}:D{n}))", n = county + 1)
    );
    assert_eq!(
        formula(county + 2, 4),
        format!(
            "IF(COUNT(E{a}:E{b})=0,\"\",SUM(E{a}:E{b}))",
            a = county + 1,
            b = county + 2
        )
    );
    assert_eq!(formula(county, 2), "");
    let bytes = file(&site, "forms/monthly/monthly.xlsx");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for held in [
        "type=\"whole\"",
        "type=\"decimal\"",
        "没有的填 0",
        "orientation=\"portrait\"",
        "fitToHeight=\"0\"",
        "state=\"frozen\"",
    ] {
        assert!(sheet.contains(held), "{held}");
    }
    let core = part(&bytes, "docProps/core.xml");
    assert!(
        core.contains("<dc:title>月报表</dc:title>") && core.contains("2000-01-01T00:00:00Z"),
        "{core}"
    );
    let creator = core
        .split("<dc:creator>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    assert!(creator.is_none_or(str::is_empty), "{core}");
    assert!(part(&bytes, "xl/workbook.xml").contains("state=\"hidden\""));
    let guidance = workbook.worksheet_range("填写说明").expect("the guidance");
    for held in ["没有的填0。", "总数等于两类之和。", "合计等于各行之和。"] {
        find(&guidance, held);
    }
    let identity = workbook
        .worksheet_range("表单标识")
        .expect("the hidden sheet");
    assert_eq!(
        identity.get_value((0, 0)),
        Some(&Data::String("forms/monthly".to_owned()))
    );
}

#[test]
fn a_page_offers_its_workbook_with_type_and_size() {
    let (site, _) = site(FORM);
    let size = file(&site, "forms/monthly/monthly.xlsx")
        .len()
        .div_ceil(1024);
    let page = String::from_utf8(file(&site, "forms/monthly/index.html")).expect("text");
    assert!(
        page.contains("href=\"../../forms/monthly/monthly.xlsx\" download=\"月报表.xlsx\""),
        "{page}"
    );
    assert!(page.contains(&format!("{size} KB")));
}

const LETTER: &str = r#"
//- content/notice.md
+++
kind = "letter"
title = "告知书"
letter_kind = "notice"
audiences = ["principal"]
copies = 2
holders = ["企业", "街道"]
[[blanks]]
id = "firm"
title = "企业名称"
width = 12
[[signatures]]
party = "接收单位"
lines = ["负责人（签字）：", "日期："]
+++
:blank[firm]：

请于**三月底前**完成自评。

:::note
网页上的提示。
:::

## 要做的事

1. 自评
2. 整改

| 项目 | 期限 |
|---|---|
| 自评 & 报告 | 三月 |
"#;

#[test]
fn a_letter_is_a_paper_with_blanks_tables_signatures_and_copies() {
    let (site, report) = site(LETTER);
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let bytes = file(&site, "notice/notice.docx");
    let document = part(&bytes, "word/document.xml");
    for held in [
        "告知书",
        "三月底前",
        "1. ",
        "自评 &amp; 报告",
        "接收单位",
        "负责人（签字）：",
        "一式 2 份",
        "企业；街道",
        ">____________<",
        "linePitch=\"579\"",
    ] {
        assert!(document.contains(held), "{held}: {document}");
    }
    assert!(
        !document.contains("网页上的提示"),
        "a hint for readers of the page is none for those who sign"
    );
    assert!(
        !document.contains("企业名称"),
        "the name of a blank is not printed into it"
    );
    let core = part(&bytes, "docProps/core.xml");
    assert!(
        core.contains("<dc:title>告知书</dc:title>")
            && !core.contains("creator")
            && !core.contains("created"),
        "{core}"
    );
    assert!(part(&bytes, "word/styles.xml").contains("w:default=\"1\" w:styleId=\"Normal\""));
    // The library's maps have another order in each run of a program, often in each map.
    for _ in 0..5 {
        let again = file(&self::site(LETTER).0, "notice/notice.docx");
        assert!(bytes == again, "the same site makes the same papers");
    }
}

#[test]
fn the_same_site_makes_the_same_workbooks() {
    let path = "forms/monthly/monthly.xlsx";
    assert!(file(&site(FORM).0, path) == file(&site(FORM).0, path));
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let (site, report) = site(
        "//- content/r.toml\nkind = \"register\"\ntitle = \"=1+1\"\npurpose = \"@SUM(A1)\"\nfilled_by = \"+1\"\n\
         [[columns]]\nid = \"a\"\ntitle = \"=cmd|' /C calc'!A0\"\ntype = \"text\"\n[[examples]]\na = \"=HYPERLINK(1)\"\n",
    );
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let mut workbook = workbook(&site, "r/r.xlsx");
    let (cells, formulas, _) = first(&mut workbook);
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    find(&cells, "=cmd|' /C calc'!A0");
    find(&cells, "=1+1");
    let shown = workbook.worksheet_range("填写说明").expect("the example");
    find(&shown, "=HYPERLINK(1)");
    let formulas = workbook.worksheet_formula("填写说明").expect("formulas");
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
}

#[test]
fn a_register_has_its_types_and_long_lists_of_choices() {
    let choices: Vec<String> = (0..60)
        .map(|number| format!("\"第{number}种隐患来源\""))
        .collect();
    let (site, report) = site(&format!(
        "//- content/r.toml\nkind = \"register\"\ntitle = \"台账\"\npurpose = \"记\"\nfilled_by = \"人\"\n\
         [[columns]]\nid = \"n\"\ntitle = \"序号\"\ntype = \"serial\"\n[[columns]]\nid = \"d\"\ntitle = \"日期\"\ntype = \"date\"\n\
         [[columns]]\nid = \"c\"\ntitle = \"等级\"\ntype = \"choice\"\nchoices = [\"一般\", \"重大\"]\n\
         [[columns]]\nid = \"l\"\ntitle = \"来源\"\ntype = \"choice\"\nchoices = [{}]\n\
         [[columns]]\nid = \"y\"\ntitle = \"销号\"\ntype = \"yes-no\"\n",
        choices.join(", ")
    ));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let sheet = part(&file(&site, "r/r.xlsx"), "xl/worksheets/sheet1.xml");
    for held in [
        "type=\"date\"",
        "\"一般,重大\"",
        "'表单标识'!$C$1:$C$60",
        "\"是,否\"",
    ] {
        assert!(sheet.contains(held), "{held}");
    }
    let mut workbook = workbook(&site, "r/r.xlsx");
    let hidden = workbook
        .worksheet_range("表单标识")
        .expect("the hidden sheet");
    assert_eq!(
        hidden.get_value((59, 2)),
        Some(&Data::String("第59种隐患来源".to_owned()))
    );
}

#[test]
fn names_of_tabs_are_such_as_every_spreadsheet_takes() {
    let long = "泉州市安全生产标准化提升专项行动巩固提高进展情况月报表（一）附件之三";
    let first = tab_name(long, &[]);
    assert_eq!(first.chars().count(), 31);
    let second = tab_name(long, std::slice::from_ref(&first));
    assert!(
        second.ends_with(" 2") && second.chars().count() <= 31,
        "{second}"
    );
    assert_eq!(tab_name("甲/乙:丙[丁]*?", &[]), "甲 乙：丙（丁）");
    assert_eq!(tab_name("///", &[]), "1");
    assert_eq!(tab_name("ABC", &["abc".to_owned()]), "ABC 2");
    assert!(tab_name(&"𠮷".repeat(40), &[]).encode_utf16().count() <= 31);
}

/// A random tree of columns as TOML, and how many columns of the table it takes.
fn tree(random: &mut Numbers, depth: usize, left: &mut usize, id: &mut usize) -> String {
    let mut row = String::new();
    for _ in 0..=random.below(4) {
        if *left == 0 {
            break;
        }
        *id += 1;
        let name = *id;
        if depth > 1 && random.below(2) == 0 {
            let below = tree(random, depth - 1, left, id);
            write!(
                row,
                "{{ id = \"c{name}\", title = \"头{name}\", children = [{below}] }}, "
            )
            .expect("memory");
        } else {
            *left -= 1;
            write!(
                row,
                "{{ id = \"c{name}\", title = \"头{name}\", type = \"int\" }}, "
            )
            .expect("memory");
        }
    }
    row
}

#[test]
fn heads_of_random_trees_tile_the_head_exactly() {
    let mut random = Numbers(0x5afe_0005);
    let mut literal = String::new();
    for form in 0..80 {
        let (depth, mut left, mut id) = (1 + random.below(5), 1 + random.below(60), 0);
        let columns = tree(&mut random, depth, &mut left, &mut id);
        let rows = random.below(4);
        write!(literal, "//- content/f{form}.toml\nkind = \"form\"\ntitle = \"表{form}\"\nperiod = \"once\"\nfilled_by = \"人\"\ncolumns = [{columns}]\n").expect("memory");
        for row in 0..rows {
            write!(literal, "[[rows]]\nid = \"r{row}\"\ntitle = \"行{row}\"\n").expect("memory");
        }
    }
    let (site, report) = site(&literal);
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    for form in 0..80 {
        let page = String::from_utf8(file(&site, &format!("f{form}/index.html"))).expect("text");
        let head = page
            .split("<thead>")
            .nth(1)
            .and_then(|rest| rest.split("</thead>").next())
            .expect("a head");
        let rows: Vec<&str> = head.split("<tr>").skip(1).collect();
        let mut workbook = workbook(&site, &format!("f{form}/f{form}.xlsx"));
        let (cells, _, merged) = first(&mut workbook);
        let top = merged
            .iter()
            .map(|one| one.start)
            .chain([find(&cells, first_title(rows[0]))]);
        let top = top
            .map(|(row, _)| row)
            .filter(|row| *row >= find(&cells, first_title(rows[0])).0)
            .min()
            .expect("a row");
        // Every cell of the page's head, with the place that a browser gives it.
        let mut covered: BTreeSet<(u32, u32)> = BTreeSet::new();
        for (at, row) in (0_u32..).zip(&rows) {
            let mut column = 0;
            for tag in row
                .split('<')
                .filter(|tag| tag.starts_with("th ") || tag.starts_with("td "))
            {
                let span = |name: &str| -> u32 {
                    let value = tag
                        .split(&format!("{name}=\""))
                        .nth(1)
                        .and_then(|rest| rest.split('"').next());
                    value.map_or(1, |value| value.parse().expect("a number"))
                };
                while covered.contains(&(at, column)) {
                    column += 1;
                }
                let (width, height) = (span("colspan"), span("rowspan"));
                let (from, to) = (
                    (top + at, column),
                    (top + at + height - 1, column + width - 1),
                );
                assert!(
                    from == to || merged.contains(&Dimensions::new(from, to)),
                    "form {form}: {from:?} to {to:?}: {merged:?}"
                );
                for row in at..at + height {
                    for column in column..column + width {
                        assert!(
                            covered.insert((row, column)),
                            "form {form}: {row}, {column} twice"
                        );
                    }
                }
            }
        }
        let width = covered
            .iter()
            .map(|(_, column)| column + 1)
            .max()
            .expect("columns");
        let height = u32::try_from(rows.len()).expect("rows");
        assert_eq!(
            covered.len(),
            usize::try_from(width * height).expect("cells"),
            "form {form} has no hole"
        );
    }
}

/// The first title in a row of a page's head.
fn first_title(row: &str) -> &str {
    let titles = row
        .split('>')
        .skip(1)
        .filter_map(|rest| rest.split('<').next());
    titles
        .map(str::trim)
        .find(|title| !title.is_empty())
        .expect("a title")
}

#[test]
fn a_sum_over_text_and_an_unknown_row_are_errors_with_their_place() {
    let (_, report) = site(
        &FORM
            .replace("type = \"decimal\"", "type = \"text\"")
            .replace("row = \"all\"", "row = \"al\""),
    );
    let found: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|one| one.code.as_ref())
        .collect();
    assert_eq!(
        found,
        ["sum-over-text", "unknown-row"],
        "{:#?}",
        report.diagnostics
    );
    assert!(
        report
            .diagnostics
            .iter()
            .all(|one| one.span.as_ref().is_some_and(|span| !span.bytes.is_empty()))
    );
}

const TRADE: &str = r#"
//- content/site.toml
title = "站"
owner = "示例办公室"
[kits]
audiences = ["officer"]
leave_out = ["old"]
//- content/vocabulary/industries.toml
title = "行业"
[[terms]]
id = "gas"
title = "燃气"
[[terms]]
id = "water"
title = "供水"
//- content/vocabulary/sizes.toml
title = "规模"
[[terms]]
id = "big"
title = "大企业"
[[terms]]
id = "small"
title = "小企业"
//- content/vocabulary/audiences.toml
title = "使用者"
[[terms]]
id = "officer"
title = "安全员"
[[terms]]
id = "inspector"
title = "网格员"
//- content/vocabulary/specification-status.toml
title = "状态"
[[terms]]
id = "current"
title = "现行"
[[terms]]
id = "repealed"
title = "废止"
//- content/vocabulary/risk-colours.toml
title = "风险"
[[terms]]
id = "red"
title = "重大风险"
//- content/gas/guide.md
+++
kind = "guide"
title = "燃气指南"
industries = ["gas"]
edition = "2026"
status = "current"
element_set = "none"
date = 2026-09-08
+++
## 做什么

先做[这件事](../patrol.toml)。

## 谁来做

安全员。
//- content/gas/former.md
+++
kind = "guide"
title = "燃气旧指南"
industries = ["gas"]
edition = "2025"
status = "repealed"
element_set = "none"
+++
旧的。
//- content/patrol.toml
kind = "patrol"
title = "燃气：导则/巡查?"
industries = ["gas"]
edition = "2026"
status = "current"
minutes = 15
date = 2026-09-08
[[look]]
id = "look-1"
text = "有没有臭味"
risk = "red"
tip = "有就退开"
[[ask]]
id = "ask-1"
question = "漏气怎么办"
expect = "先撤"
[[report]]
id = "report-1"
when = "着火"
to = "119"
within = "立即"
[[leave]]
text = "一份记录"
//- content/ledger.toml
kind = "register"
title = "台账"
summary = "天天记。"
purpose = "记"
filled_by = "安全员"
audiences = ["officer"]
[[columns]]
id = "a"
title = "内容"
type = "text"
//- content/roster.toml
kind = "register"
title = "名录"
purpose = "记"
filled_by = "网格员"
audiences = ["inspector"]
[[columns]]
id = "a"
title = "内容"
type = "text"
//- content/old.md
+++
kind = "letter"
title = "旧承诺书"
letter_kind = "pledge"
copies = 1
+++
旧的。
//- content/small.md
+++
kind = "letter"
title = "承诺书"
letter_kind = "pledge"
copies = 1
sizes = ["small"]
+++
本单位承诺。
"#;

/// The names in a kit, and what stands in them.
fn unpacked(site: &MemoryOutput, path: &str) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file(site, path))).expect("a packed file");
    let names = (0..archive.len()).map(|at| {
        let mut part = archive.by_index(at).expect("a part");
        let year = part.last_modified().map(|time| time.year());
        assert_eq!(year, Some(1980), "no clock goes in");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).expect("bytes");
        (part.name().expect("UTF-8").into_owned(), bytes)
    });
    names.collect()
}

#[test]
fn a_kit_holds_what_an_industry_and_a_size_class_need() {
    let (site, report) = site(TRADE);
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let small = unpacked(&site, "downloads/gas-small.zip");
    let names: Vec<&str> = small.iter().map(|(name, _)| name.as_str()).collect();
    let folder = "燃气（小企业）安全生产标准化资料包";
    let held = [
        "00 先看这里.txt",
        "1 标准化运行提升指南/燃气指南.docx",
        "2 网格员检查导则/燃气：导则-巡查？.docx",
        "3 台账/台账.xlsx",
        "4 文书/承诺书.docx",
    ];
    assert_eq!(names, held.map(|name| format!("{folder}/{name}")));
    // A kit and a page offer the same bytes.
    assert!(small[1].1 == file(&site, "gas/guide/guide.docx"));
    let read_me = String::from_utf8(small[0].1.clone()).expect("UTF-8");
    for held in [
        "\u{feff}燃气（小企业）",
        "示例办公室",
        "“小企业”的达标细则",
        "    台账.xlsx\r\n        天天记。",
    ] {
        assert!(read_me.contains(held), "{held}: {read_me}");
    }
    let big = unpacked(&site, "downloads/gas-big.zip");
    assert!(!big.iter().any(|(name, _)| name.ends_with("承诺书.docx")));
    // No specification of the other trade is in force.
    assert!(
        !site
            .files
            .keys()
            .any(|path| path.as_str().contains("water-"))
    );
    let bytes = file(&site, "downloads/gas-small.zip");
    // Bit 11 of the flags in each local head: the name is UTF-8 (APPNOTE 4.4.4).
    assert_eq!(bytes[7] & 0b1000, 0b1000);
    assert!(bytes == file(&self::site(TRADE).0, "downloads/gas-small.zip"));
}

#[test]
fn the_library_lists_all_documents_and_each_value_has_a_page() {
    let (site, _) = site(TRADE);
    let page = |path: &str| String::from_utf8(file(&site, path)).expect("text");
    let all = page("downloads/index.html");
    for held in [
        "gas-small.zip",
        "燃气指南",
        "承诺书",
        "downloads/industry/gas/",
        "downloads/audience/inspector/",
    ] {
        assert!(all.contains(held), "{held}");
    }
    let inspector = page("downloads/audience/inspector/index.html");
    assert!(
        inspector.contains("名录") && !inspector.contains(">台账</a>"),
        "{inspector}"
    );
    // What names no reader is for all of them.
    assert!(inspector.contains("承诺书"));
    let pledges = page("downloads/purpose/pledge/index.html");
    assert!(pledges.contains("承诺书") && !pledges.contains("燃气指南"));
    assert!(
        !site
            .files
            .keys()
            .any(|path| path.as_str().starts_with("downloads/industry/water"))
    );
}

#[test]
fn a_patrol_guideline_has_room_for_what_was_found_and_a_guide_says_who_issued_it() {
    let (site, _) = site(TRADE);
    let patrol = part(&file(&site, "patrol/patrol.docx"), "word/document.xml");
    for held in [
        "有没有臭味",
        "重大风险",
        "有就退开",
        "看到的情况",
        "漏气怎么办",
        "先撤",
        "着火",
        "119",
        "一份记录",
        "<w:tblHeader />",
        "示例办公室",
        "2026年9月8日",
    ] {
        assert!(patrol.contains(held), "{held}: {patrol}");
    }
    let guide = file(&site, "gas/guide/guide.docx");
    let document = part(&guide, "word/document.xml");
    for held in ["（2026版）", "2026年9月8日", "一、", "二、"] {
        assert!(document.contains(held), "{held}: {document}");
    }
    let fonts = part(&guide, "word/fontTable.xml");
    assert!(
        fonts.contains("仿宋_GB2312") && fonts.contains("FangSong"),
        "{fonts}"
    );
}

#[test]
fn definitions_that_cannot_be_made_are_found_at_their_line() {
    let form = "kind = \"form\"\ntitle = \"表\"\nperiod = \"monthly\"\nfilled_by = \"各单位\"\n";
    let register = "kind = \"register\"\ntitle = \"台账\"\npurpose = \"记\"\nfilled_by = \"人\"\n";
    let column = |id: &str| format!("[[columns]]\nid = \"{id}\"\ntitle = \"栏\"\ntype = \"int\"\n");
    let wide =
        |count: usize| -> String { (0..count).map(|at| column(&format!("c{at}"))).collect() };
    let head = |children: &str| {
        format!("[[columns]]\nid = \"a\"\ntitle = \"头\"\nchildren = [{children}]\n")
    };
    let leaf = |id: &str| format!("{{ id = \"{id}\", title = \"栏\", type = \"int\" }}");
    let row = "[[rows]]\nid = \"r\"\ntitle = \"行\"\n";
    let cases = [
        (form, String::new(), "no-columns", 1),
        (form, column("a") + &column("a"), "duplicate-id", 10),
        (
            form,
            head(&format!("{}, {}", leaf("x"), leaf("x"))),
            "duplicate-id",
            8,
        ),
        (form, column("a.b") + &head(&leaf("b")), "bad-id", 6),
        (form, column("a") + row + row, "duplicate-id", 13),
        (form, wide(300), "too-many-columns", 6),
        (form, wide(61), "too-many-columns", 6),
        (
            form,
            "industries = [\"nowhere\"]\n".to_owned() + &column("a"),
            "not-in-vocabulary",
            5,
        ),
        (register, String::new(), "no-columns", 1),
        (
            register,
            "[[columns]]\nid = \"a\"\ntitle = \"选\"\ntype = \"choice\"\n".to_owned(),
            "no-choices",
            8,
        ),
    ];
    let vocabulary = "//- content/vocabulary/industries.toml\ntitle = \"行业\"\n[[terms]]\nid = \"gas\"\ntitle = \"燃气\"\n";
    for (start, more, code, line) in cases {
        let text = format!("{start}{more}");
        let (_, report) = site(&format!("{vocabulary}//- content/a.toml\n{text}"));
        let [found] = report.diagnostics.as_slice() else {
            panic!("{code}: {:#?}", report.diagnostics);
        };
        let span = found.span.as_ref().expect("a place");
        let at = text[..span.bytes.start].matches('\n').count() + 1;
        assert_eq!((found.code.as_ref(), at), (code, line), "{found:#?}");
    }
    let (_, report) = site(&format!("//- content/a.toml\n{form}{}", wide(60)));
    assert_eq!(report.diagnostics, []);
}
