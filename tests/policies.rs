//! Policies: their targets with sums, and the timeline that shows the dates of all places together.

#[path = "support/rendered.rs"]
mod support;

use support::{holds, lacks, part, rendered};

const CITY: &str = r#"
//- content/policies/city.md
+++
kind = "policy"
title = "市里的方案"
issuer = "示例市安委办"
place = "示例市"
written = 2023-01-10
[[phases]]
id = "first"
title = "动员"
end = 2023-03-31
[[phases]]
id = "second"
title = "推进"
end = 2024-02-10
[[deadlines]]
date = 2023-06-28
text = "报季报"
[[deadlines]]
date = 2023-06-28
text = "报总结"
+++
"#;

const COUNTY: &str = r#"
//- content/policies/county.md
+++
kind = "policy"
title = "县里的方案"
issuer = "示例县安委办"
place = "示例县"
written = 2024-01-05
[[phases]]
id = "only"
title = "执行"
start = 2024-02-01
end = 2024-12-31
[[goals]]
what = "标杆企业"
bound = "at-least"
value = 10
unit = "家"
by = 2024-12-31
shared_out = "streets.benchmark"
[[goals]]
what = "样板街道"
bound = "at-least"
value = 9
unit = "个"
shared_out = "streets.models"
[[goals]]
what = "自评"
bound = "exactly"
value = 1
unit = "次"
[[targets]]
id = "streets"
title = "任务分解"
rows_title = "街道"
columns = [
  { id = "benchmark", title = "标杆企业", unit = "家", stated = 14 },
  { id = "models", title = "样板街道", unit = "个" },
]
rows = [
  { title = "甲街道", values = [11, 0] },
  { title = "乙街道", values = [3, 1], note = "含园区" },
]
+++
"#;

#[test]
fn a_table_of_targets_shows_its_sums_beside_the_goals() {
    let page = rendered(COUNTY, "policies/county");
    let foot = part(&page, "<tfoot>", "</tfoot>");
    holds(foot, &["合计", ">14</td>", ">1</td>"]);
    holds(
        &page,
        &[
            "<th scope=\"row\">乙街道</th>",
            "含园区",
            "合计由本站按各行相加得出",
        ],
    );
    let goals: Vec<&str> = page.split("goals__item").collect();
    holds(
        goals[1],
        &["不少于 10 家", "分解表合计 14，达到这个数", "2024-12-31"],
    );
    holds(goals[2], &["分解表合计 1，没有达到这个数"]);
    holds(goals[3], &["1 次"]);
    lacks(
        goals[3].split("</li>").next().unwrap_or_default(),
        &["不少于", "分解表"],
    );
}

#[test]
fn the_timeline_draws_phases_on_one_axis_and_lists_dates_in_order() {
    let page = rendered(&format!("{CITY}{COUNTY}"), "timeline");
    // 2023 and 2024 have 731 days; the first phase begins with the document on 10 January, day 9.
    holds(
        &page,
        &[
            "<li class=\"tracks__year\">2023</li>",
            "<li class=\"tracks__year\">2024</li>",
            "viewBox=\"0 0 731 12\"",
            "x=\"9\" width=\"81\"",
            "x=\"90\" width=\"316\"",
            "x=\"396\" width=\"335\"",
        ],
    );
    let list = part(&page, "id=\"year-2023\"", "id=\"year-2024\"");
    let places: Vec<_> = ["2023-01-10", "2023-03-31", "2023-06-28"]
        .map(|day| list.find(day))
        .into();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}\n{list}"
    );
    holds(
        list,
        &[
            "../policies/city/#phase-first",
            "../policies/city/#section-deadlines",
            "示例市",
        ],
    );
}

#[test]
fn a_site_without_dated_policies_has_no_timeline() {
    let page = rendered(&format!("{CITY}{COUNTY}"), "policies/city");
    holds(&page, &["href=\"../../timeline/\"", "id=\"phase-first\""]);
    let bare = "//- content/policies/bare.md\n+++\nkind = \"policy\"\ntitle = \"无\"\nissuer = \"甲\"\n+++\n";
    lacks(&rendered(bare, "policies/bare"), &["timeline/"]);
}

#[test]
fn a_day_with_two_deadlines_stands_once() {
    let page = rendered(CITY, "policies/city");
    let list = part(&page, "pairs--dates", "</dl>");
    assert_eq!(list.matches("<dt").count(), 1, "{list}");
    holds(list, &["<dd>报季报</dd><dd>报总结</dd>"]);
}
