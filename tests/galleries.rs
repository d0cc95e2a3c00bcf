//! Galleries of cases: every value of every facet is a page with the cases that have it, and all of them stand on one
//! page for scripts to combine.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::path::OutputPath;
use anjian::source::memory::MemorySources;
use anjian::write::Output;
use anjian::write::memory::MemoryOutput;
use memory::built;

const WORDS: &str = r#"
//- content/site.toml
title = "站"
[rules]
record-incomplete = "off"
//- content/vocabulary/industries.toml
title = "行业"
[[terms]]
id = "gas"
title = "燃气"
[[terms]]
id = "water"
title = "供水"
//- content/vocabulary/violation-kinds.toml
title = "违法类型"
[[terms]]
id = "training"
title = "未培训"
[[terms]]
id = "hazards"
title = "隐患不消除"
//- content/vocabulary/measures.toml
title = "措施"
[[terms]]
id = "fine"
title = "罚款"
//- content/vocabulary/record-status.toml
title = "状态"
[[terms]]
id = "public"
title = "公示中"
"#;

fn case(name: &str, industry: &str, kinds: &str, year: u32, more: &str) -> String {
    format!(
        "//- content/cases/{name}.md\n+++\nkind = \"enforcement-case\"\ntitle = \"{name}案\"\nindustries = [\"{industry}\"]\n\
         date = {year}-05-01\nauthority = \"示例局\"\nparty = \"某企业\"\nlesson = \"先查后做。\"\nviolation_kinds = [{kinds}]\n\
         measures = [{{ kind = \"fine\", target = \"enterprise\", amount = 10000 }}]\n{more}+++\n案情。\n"
    )
}

fn site(cases: &str) -> MemoryOutput {
    let literal = format!("{WORDS}{cases}//- content/cases/_index.md\n# 曝光案例\n\n正文。\n");
    let sources = MemorySources::from_literal(&literal).expect("sound paths");
    let (output, report) = built(&sources, jiff::civil::date(2026, 11, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    output
}

fn cases() -> String {
    [
        case("甲", "gas", "\"hazards\"", 2024, "form = \"typical\"\n"),
        case(
            "乙",
            "water",
            "\"training\", \"hazards\"",
            2026,
            "form = \"record\"\nrecord_status = \"public\"\n",
        ),
        case("丙", "gas", "\"training\"", 2026, "form = \"typical\"\n"),
    ]
    .concat()
}

fn page(site: &MemoryOutput, path: &str) -> String {
    let path = OutputPath::new(path).expect("a sound path");
    let bytes = site
        .read(&path)
        .unwrap_or_else(|| panic!("{path} is published"));
    String::from_utf8(bytes).expect("text")
}

/// The titles of the cards of a page, in order.
fn cards(page: &str) -> Vec<&str> {
    let links = page.split("class=\"card__link\"").skip(1);
    let titles = links.filter_map(|rest| rest.split('>').nth(1)?.split('<').next());
    titles.collect()
}

#[test]
fn every_value_of_a_facet_is_a_page_with_its_cases() {
    let site = site(&cases());
    let shown = |path: &str| {
        let page = page(&site, &format!("cases/by/{path}/index.html"));
        let titles: Vec<String> = cards(&page).into_iter().map(ToOwned::to_owned).collect();
        assert!(page.contains("aria-current=\"page\""), "{path}");
        titles
    };
    assert_eq!(shown("industry/gas"), ["丙案", "甲案"]);
    assert_eq!(shown("industry/water"), ["乙案"]);
    assert_eq!(shown("violation/training"), ["丙案", "乙案"]);
    assert_eq!(shown("violation/hazards"), ["乙案", "甲案"]);
    assert_eq!(shown("measure/fine").len(), 3);
    assert_eq!(shown("year/2026"), ["丙案", "乙案"]);
    assert_eq!(shown("year/2024"), ["甲案"]);
    assert_eq!(shown("status/typical"), ["丙案", "甲案"]);
    assert_eq!(shown("status/public"), ["乙案"]);
    let first = page(&site, "cases/index.html");
    let order: Vec<usize> = [
        "by/industry/gas/",
        "by/industry/water/",
        "by/violation/training/",
        "by/violation/hazards/",
        "by/year/2026/",
        "by/year/2024/",
    ]
    .iter()
    .map(|path| first.find(path).unwrap_or_else(|| panic!("{path}")))
    .collect();
    assert!(
        order.is_sorted(),
        "terms stand as in their vocabulary, the newest year first: {order:?}"
    );
}

#[test]
fn all_cases_stand_on_one_page_with_their_values() {
    let many: String = (0..45)
        .map(|number| {
            case(
                &format!("案{number:02}"),
                "gas",
                "\"hazards\"",
                2025,
                "form = \"typical\"\n",
            )
        })
        .collect();
    let site = site(&(cases() + &many));
    let first = page(&site, "cases/index.html");
    assert_eq!(cards(&first).len(), 20);
    let all = page(&site, "cases/all/index.html");
    assert_eq!(cards(&all).len(), 48);
    assert!(
        all.contains("noindex"),
        "search engines know the gallery itself"
    );
    assert!(
        all.contains("data-facets=\"industry:water violation:hazards violation:training measure:fine year:2026 status:public\""),
        "{all}"
    );
    // Longer lists of a value go on over pages.
    assert_eq!(
        cards(&page(&site, "cases/by/industry/gas/page/3/index.html")).len(),
        7
    );
}

#[test]
fn a_folder_that_holds_other_documents_too_is_no_gallery() {
    let other = "//- content/cases/other.md\n# 别的\n\n正文。\n";
    let site = site(&(cases() + other));
    assert!(
        !site
            .files
            .keys()
            .any(|path| path.as_str().starts_with("cases/by/"))
    );
    assert!(!page(&site, "cases/index.html").contains("class=\"gallery\""));
}

#[test]
fn a_case_leads_to_others_of_the_same_mistake_first() {
    let site = site(&cases());
    let one = page(&site, "cases/甲/index.html");
    let related = one.split("section-related").nth(2).unwrap_or_default();
    let place = |title: &str| {
        related
            .find(title)
            .unwrap_or_else(|| panic!("{title}: {related}"))
    };
    // 乙 shares the mistake, 丙 only the trade.
    assert!(place("乙案") < place("丙案"));
    assert!(one.contains("隐患不消除"));
}
