//! The page of each kind, rendered by the shipped theme from small sites in memory: what a reader finds
//! on it, and what is left out where the author wrote nothing.
#[path = "support/rendered.rs"]
mod support;

use support::{holds, lacks, part};

const LISTS: &str = r#"
//- content/vocabulary/risk-colours.toml
title = "风险等级"
[[terms]]
id = "red"
title = "重大风险"
[[terms]]
id = "blue"
title = "低风险"
//- content/vocabulary/specification-status.toml
title = "状态"
[[terms]]
id = "current"
title = "现行"
[[terms]]
id = "repealed"
title = "废止"
[[terms]]
id = "consultation"
title = "征求意见"
//- content/vocabulary/elements.toml
[[sets]]
id = "ten"
title = "十要素"
[[sets.elements]]
id = "leadership"
title = "领导作用"
[[sets.elements]]
id = "people"
title = "人员管理"
//- content/references.toml
[[references]]
id = "work-safety-law"
title = "中华人民共和国安全生产法"
short = "安全生产法"
kind = "law"
articles = 119
status = "current"
[[references]]
id = "gb1-2008"
title = "安全标志"
number = "GB 1-2008"
kind = "standard"
status = "superseded"
superseded_by = "gb1-2025"
[[references]]
id = "gb1-2025"
title = "安全色和安全标志"
number = "GB 1-2025"
kind = "standard"
status = "current"
"#;

const CHECKLIST: &str = r#"
//- content/gas/checklist.toml
kind = "checklist"
title = "燃气检查清单"
edition = "2026"
status = "current"
level = "enterprise"
industries = ["gas"]
[[groups]]
id = "site"
title = "现场 & 场站"
[[groups.items]]
id = "x-101"
check = "报警器完好"
how = "现场查看"
basis = [
  { ref = "work-safety-law", article = 36, paragraph = 3, note = "不得关闭报警设备" },
  { ref = "gb1-2008", clause = "4.2" },
]
risk = "red"
frequency = "daily"
who = "team-leader"
rectify = "当日修好"
[[groups.items]]
id = "x-102"
check = "灭火器在位"
how = "数一数"
risk = "blue"
frequency = "daily"
who = "team-leader"
"#;

/// The page of one document of a site that has the lists.
fn rendered(literal: &str, target: &str) -> String {
    support::rendered(&format!("{LISTS}{literal}"), target)
}

#[test]
fn a_clause_is_an_anchor_with_a_link_and_names_its_risk() {
    let page = rendered(CHECKLIST, "gas/checklist");
    holds(
        &page,
        &[
            "<section class=\"clause-group\" id=\"site\">",
            "现场 &amp; 场站",
            "<li class=\"clause-item\" id=\"x-101\"><a class=\"clause-item__number\" href=\"#x-101\"",
            ">1.2</a>",
            "<span class=\"risk risk--red clause-item__risk\">重大风险</span>",
            "aria-label=\"重大风险 1，低风险 1\"",
            "<rect class=\"risk-spread__part risk--blue\" x=\"1\" width=\"1\" height=\"1\"/>",
        ],
    );
    let unset = part(&page, "id=\"x-102\"", "</li>");
    holds(unset, &["行业通行做法"]);
    lacks(unset, &["整改", "适用", "相关案例", "现行条款"]);
    lacks(&page, &["status-banner", "style=", "施行"]);
}

#[test]
fn a_citation_is_written_as_laws_are_cited_and_says_what_holds_now() {
    let page = rendered(CHECKLIST, "gas/checklist");
    holds(
        &page,
        &[
            "<a href=\"../../references/work-safety-law/#article-36\">《安全生产法》第三十六条第三款</a>",
            "不得关闭报警设备",
            "<a href=\"../../references/gb1-2008/\">《安全标志》（GB 1-2008）第4.2条</a> <span class=\"tag\">已失效</span> \
             <a href=\"../../references/gb1-2025/\">《安全色和安全标志》（GB 1-2025）</a>",
        ],
    );
}

#[test]
fn an_old_edition_leads_to_the_same_clause_of_the_edition_in_force() {
    let between = CHECKLIST
        .replace("checklist.toml", "checklist-2025.toml")
        .replace("\"2026\"", "\"2025\"")
        .replace("\"current\"", "\"repealed\"")
        .replace("level =", "supersedes = \"gas/checklist-2024\"\nlevel =");
    let oldest = CHECKLIST
        .replace("checklist.toml", "checklist-2024.toml")
        .replace("\"2026\"", "\"2024\"")
        .replace("\"current\"", "\"repealed\"")
        .replace("x-102", "x-gone")
        .replace("灭火器在位", "门口不堆杂物")
        .replace("数一数", "走到门口看一眼");
    let newest = CHECKLIST.replace("level =", "supersedes = \"gas/checklist-2025\"\nlevel =");
    let literal = format!("{oldest}{between}{newest}");
    let page = rendered(&literal, "gas/checklist-2024");
    holds(
        &page,
        &[
            "本版已废止",
            "<a href=\"../../gas/checklist/\">查看现行版</a>",
            "2026版",
        ],
    );
    let lives = part(&page, "id=\"x-101\"", "<li class=\"clause-item\"");
    holds(lives, &["现行条款", "href=\"../../gas/checklist/#x-101\""]);
    lacks(part(&page, "id=\"x-gone\"", "</ol>"), &["现行条款"]);
    let current = rendered(&literal, "gas/checklist");
    holds(&current, &["上一版", "href=\"../../gas/checklist-2025/\""]);
    lacks(&current, &["status-banner", "现行条款"]);
}

#[test]
fn a_draft_of_the_next_edition_does_not_repeal_the_one_in_force() {
    let draft = CHECKLIST
        .replace("checklist.toml", "checklist-2027.toml")
        .replace("\"current\"", "\"consultation\"")
        .replace("level =", "supersedes = \"gas/checklist\"\nlevel =");
    let literal = format!("{CHECKLIST}{draft}");
    let page = rendered(&literal, "gas/checklist");
    holds(
        &page,
        &["已有更新的版本", "href=\"../../gas/checklist-2027/\""],
    );
    lacks(&page, &["本版已废止", "现行条款"]);
    holds(
        &rendered(&literal, "gas/checklist-2027"),
        &["尚未定稿，不作为检查依据。"],
    );
}

const CASE: &str = r#"
//- content/site.toml
[rules]
record-incomplete = "off"
//- content/cases/one.md
+++
kind = "enforcement-case"
title = "示例案"
sample = true
form = "record"
industries = ["gas"]
authority = "示例局"
party = "示例乙公司"
decision_number = "示例罚〔2026〕1号"
decision_date = 2026-04-15
violations = [{ ref = "work-safety-law", article = 43 }]
measures = [
  { kind = "order-correction", target = "enterprise" },
  { kind = "fine", target = "person", amount = 12500 },
]
publicity_end = 2027-04-14
record_status = "public"
lesson = "人离火停。"
caught_by = ["gas/checklist#x-101"]
+++
正文。
"#;

#[test]
fn a_case_and_the_clause_that_would_have_caught_it_lead_to_each_other() {
    let literal = format!("{CHECKLIST}{CASE}");
    let checklist = rendered(&literal, "gas/checklist");
    holds(
        part(&checklist, "id=\"x-101\"", "<li class=\"clause-item\""),
        &["相关案例", "<a href=\"../../cases/one/\">示例案</a>"],
    );
    let case = rendered(&literal, "cases/one");
    holds(
        &case,
        &[
            "<a class=\"clause-ref\" href=\"../../gas/checklist/#x-101\"><span class=\"clause-ref__number\">1.1</span>报警器完好</a>",
            "<span class=\"risk risk--red\">重大风险</span>",
            "<span class=\"sample-label\">示例</span>",
            "<span class=\"measure__amount\">1.25 万元</span>",
            "示例罚〔2026〕1号",
            "《安全生产法》第四十三条",
            "2027-04-14",
        ],
    );
    // What the author did not write has no term either.
    lacks(&case, &["情节", "处罚依据", "status-banner"]);
    assert_eq!(case.matches("measure__amount").count(), 1);
}

const RULES: &str = r#"
//- content/gas/rules.toml
kind = "rules"
title = "达标细则"
edition = "2026"
status = "current"
size_class = "medium"
element_set = "ten"
total = 10
[[elements]]
element = "leadership"
[[elements.items]]
id = "r-101"
requirement = "公布责任"
points = 3
deduction = "未公布不得分"
evidence = "文件"
[[elements.items]]
id = "r-102"
requirement = "带队检查"
points = 4
deduction = "缺一次扣1分"
[[elements]]
element = "people"
[[elements.items]]
id = "r-201"
requirement = "培训"
points = 3
deduction = "缺一人扣1分"
[[vetoes]]
id = "r-v1"
text = "无证经营"
basis = [{ ref = "work-safety-law", article = 63 }]
"#;

#[test]
fn rules_show_points_by_element_and_vetoes_first() {
    let page = rendered(RULES, "gas/rules");
    holds(
        part(&page, "id=\"element-leadership\"", "</h2>"),
        &["领导作用", "7 分"],
    );
    holds(
        part(&page, "id=\"element-people\"", "</h2>"),
        &["人员管理", "3 分"],
    );
    holds(
        &page,
        &[
            "10 分",
            "href=\"#element-people\"><span class=\"toc__number\">2</span>人员管理",
            "<a class=\"toc__link\" href=\"#section-vetoes\">一票否决</a>",
            "id=\"r-v1\"><a class=\"vetoes__number\" href=\"#r-v1\"",
            "《安全生产法》第六十三条",
            "id=\"r-102\"",
            "href=\"#r-102\"",
        ],
    );
    let vetoes = page.find("id=\"section-vetoes\"");
    assert!(vetoes < page.find("id=\"element-leadership\""));
    lacks(&page, &["怎么打分", "document__intro"]);
}

const FORM: &str = r#"
//- content/forms/one.toml
kind = "form"
title = "月报表"
period = "monthly"
filled_by = "安全员"
columns = [
  { id = "unit", title = "单位类型", type = "label" },
  { id = "count", title = "企业", children = [
    { id = "all", title = "总数", type = "int", unit = "家" },
    { id = "colours", title = "四色", children = [
      { id = "red", title = "红", type = "int", uncertain = "口径不明" },
      { id = "blue", title = "蓝", type = "int", uncertain = "口径不明" },
    ] },
  ] },
  { id = "note", title = "备注", type = "text" },
]
rows = [
  { id = "a", title = "国标", group = "市直" },
  { id = "b", title = "省标", group = "市直" },
  { id = "c", title = "国标", group = "县区" },
]
[[constraints]]
kind = "sum"
text = "总数等于各色之和"
columns = ["count.all"]
certainty = "evident"
"#;

#[test]
fn a_form_has_merged_heads_and_labels_of_rows_and_groups() {
    let page = rendered(FORM, "forms/one");
    let head = part(&page, "<thead>", "</thead>");
    let rows: Vec<&str> = head.split("<tr>").skip(1).collect();
    assert_eq!(rows.len(), 3, "{head}");
    holds(
        rows[0],
        &[
            "scope=\"colgroup\" rowspan=\"3\" colspan=\"2\">单位类型",
            "scope=\"colgroup\" colspan=\"3\">企业",
            "scope=\"col\" rowspan=\"3\">备注",
        ],
    );
    holds(
        rows[1],
        &[
            "scope=\"col\" rowspan=\"2\">总数<span class=\"form-table__unit\">家</span>",
            "colspan=\"2\">四色",
        ],
    );
    holds(
        rows[2],
        &[
            "scope=\"col\">红<a class=\"form-table__mark\" href=\"#uncertain-1\"",
            "蓝",
        ],
    );
    let table = part(&page, "</thead>", "</table>");
    holds(
        table,
        &[
            "scope=\"rowgroup\" rowspan=\"2\">市直",
            "scope=\"rowgroup\" rowspan=\"1\">县区",
            "scope=\"row\">省标",
        ],
    );
    // Four columns right of the labels, in each of three rows.
    assert_eq!(table.matches("<td").count(), 12);
    assert_eq!(table.matches("<tbody>").count(), 2);
    assert_eq!(page.matches("口径不明").count(), 1);
    holds(
        &page,
        &[
            "role=\"region\"",
            "tabindex=\"0\"",
            "id=\"uncertain-1\"",
            "可推",
            "每月",
        ],
    );
    lacks(&page, &["报给谁", "什么时候报", "form-head"]);
}

#[test]
fn a_form_without_rows_has_one_to_fill_in() {
    let literal = r#"
//- content/forms/two.toml
kind = "form"
title = "登记表"
period = "once"
filled_by = "安全员"
columns = [
  { id = "name", title = "名称", type = "text" },
  { id = "count", title = "数量", type = "int" },
]
"#;
    let page = rendered(literal, "forms/two");
    let body = part(&page, "<tbody>", "</tbody>");
    assert_eq!(body.matches("<td").count(), 2, "{body}");
    lacks(body, &["<th"]);
}

const INDUSTRY: &str = r#"
//- content/gas/_index.md
+++
kind = "industry"
title = "燃气"
industry = "gas"
industries = ["gas"]
criteria = [{ ref = "work-safety-law", article = 118 }]
[[risks]]
id = "fall"
title = "摔伤"
colour = "blue"
control = "铺防滑垫"
[[risks]]
id = "leak"
title = "泄漏"
colour = "red"
control = "装报警器"
items = ["gas/checklist#x-101"]
[[paths]]
audience = "safety-officer"
steps = [{ text = "照清单查", target = "gas/checklist" }, { text = "当天改完" }]
[[paths]]
audience = "safety-officer"
sizes = ["small-micro"]
steps = [{ text = "小微怎么做" }]
[[first_week]]
day = "第一天"
text = "试报警器"
target = "gas/checklist#x-101"
+++
谁来监管。
//- content/gas/news.md
+++
title = "本行业的新闻"
+++
正文。
//- content/forms/shared.toml
kind = "form"
title = "通用表"
period = "once"
filled_by = "安全员"
columns = [{ id = "name", title = "名称", type = "text" }]
//- content/policies/other.md
+++
kind = "policy"
title = "别的行业的文件"
issuer = "示例局"
industries = ["water"]
+++
"#;

#[test]
fn an_industry_gathers_what_the_site_has_for_it() {
    let page = rendered(&format!("{CHECKLIST}{CASE}{INDUSTRY}"), "gas/");
    holds(
        &page,
        &[
            "id=\"path-safety-officer\"",
            "id=\"path-safety-officer-small-micro\"",
            "href=\"#path-safety-officer-small-micro\"",
            "<a href=\"../gas/checklist/\">照清单查</a>",
            "<li class=\"steps__item\">当天改完</li>",
            "《安全生产法》第一百一十八条",
            "第一天",
            "4 项中有 1 项",
            "本行业的新闻",
            "<span class=\"clause-ref__number\">1.1</span>报警器完好",
        ],
    );
    assert!(
        page.find("id=\"leak\"") < page.find("id=\"fall\""),
        "the gravest risk first"
    );
    holds(
        part(&page, "id=\"section-cases\"", "</section>"),
        &["示例案", "1.25 万元"],
    );
    holds(
        part(&page, "id=\"section-templates\"", "</section>"),
        &["通用表"],
    );
    lacks(
        &page,
        &[
            "别的行业的文件",
            "section-policies",
            "section-benchmarks",
            "section-focus",
        ],
    );
    // Three of the four specifications do not exist yet.
    assert_eq!(page.matches("编制中").count(), 3);
}

#[test]
fn a_patrol_shows_what_to_look_at_ask_and_report() {
    let literal = r#"
//- content/gas/patrol.toml
kind = "patrol"
title = "检查导则"
edition = "2026"
status = "current"
minutes = 15
[[look]]
id = "look-1"
text = "有没有气味"
risk = "red"
[[ask]]
id = "ask-1"
question = "总阀在哪里？"
expect = "走到并指出"
[[report]]
id = "report-1"
when = "闻到气味"
to = "值班室"
within = "立即"
"#;
    let page = rendered(literal, "gas/patrol");
    holds(
        &page,
        &[
            "15 分钟",
            "id=\"look-1\"><a class=\"patrol__number\" href=\"#look-1\"",
            "重大风险",
            "总阀在哪里？",
            "好的回答：走到并指出",
            "报给：值班室",
            "立即",
        ],
    );
    lacks(&page, &["留下什么", "出发前先看"]);
}

#[test]
fn a_letter_names_its_blanks_in_place() {
    let literal = r#"
//- content/letters/one.md
+++
kind = "letter"
title = "告知书"
letter_kind = "notice"
audiences = ["principal"]
copies = 2
holders = ["企业留存"]
[[blanks]]
id = "company"
title = "企业名称"
width = 14
[[signatures]]
party = "送达单位"
lines = ["盖章：", "日期："]
+++
:blank[company]：请于年底前完成。
"#;
    let page = rendered(literal, "letters/one");
    holds(
        &page,
        &[
            "<span class=\"letter__blank letter__blank--16\">企业名称</span>：请于年底前完成。",
            "送达单位",
            "<p class=\"letter__line\">日期：</p>",
            "2 份",
            "企业留存",
        ],
    );
}

#[test]
fn a_register_puts_examples_under_their_columns() {
    let literal = r#"
//- content/registers/one.toml
kind = "register"
title = "隐患清单"
purpose = "闭环"
filled_by = "班组长"
columns = [
  { id = "n", title = "序号", type = "serial" },
  { id = "day", title = "日期", type = "date", required = true },
  { id = "grade", title = "等级", type = "choice", choices = ["一般", "重大"] },
  { id = "cost", title = "资金", type = "number", unit = "元" },
]
examples = [{ day = 2025-03-03, n = 1, cost = 200 }]
"#;
    let page = rendered(literal, "registers/one");
    let body = part(&page, "<tbody>", "</tbody>");
    let cells: Vec<&str> = body
        .split("<td")
        .skip(1)
        .filter_map(|cell| cell.split(['>', '<']).nth(1))
        .collect();
    assert_eq!(cells, ["1", "2025-03-03", "", "200", "", "", "", ""]);
    holds(&page, &["从以下选项中选：一般、重大", "必填", "单位 元"]);
    lacks(&page, &["保存"]);
}

#[test]
fn a_policy_shows_its_metadata_and_what_replaced_it() {
    let literal = r#"
//- content/policies/old.md
+++
kind = "policy"
title = "旧方案"
issuer = "示例局"
document_number = "示〔2024〕1号"
written = 2024-01-02
validity = "repealed"
replaced_by = ["policies/new", "示〔2023〕9号"]
[[phases]]
id = "one"
title = "动员"
end = 2024-03-01
[[deadlines]]
date = 2024-06-28
text = "报半年总结"
+++
//- content/policies/new.md
+++
kind = "policy"
title = "新方案"
issuer = "示例局"
+++
"#;
    let page = rendered(literal, "policies/old");
    holds(
        &page,
        &[
            "status-banner",
            "<a href=\"../../policies/new/\">新方案</a>",
            "示〔2023〕9号",
            "示〔2024〕1号",
            "至 <time datetime=\"2024-03-01\">2024-03-01</time>",
            "报半年总结",
            "href=\"#section-phases\"",
        ],
    );
    lacks(&page, &["索引号", "主题分类", "施行日期"]);
    lacks(
        &rendered(literal, "policies/new"),
        &["status-banner", "时间安排", "有效性"],
    );
}

#[test]
fn a_benchmark_case_shows_results_and_leaves_unset_facts_out() {
    let literal = r#"
//- content/cases/good.md
+++
kind = "benchmark-case"
title = "好做法"
subject = "示例街道"
subject_kind = "place"
case_kind = "model-place"
level = "city"
year = 2025
star = 4
element_set = "ten"
industries = ["gas"]
results = [{ name = "整改率", before = "78%", after = "98%" }]
[consent]
granted = 2025-01-01
until = 2027-12-31
+++
## 领导作用 {#leadership}
好。
## 人员管理 {#people}
好。
"#;
    let page = rendered(&format!("{INDUSTRY}{literal}{CHECKLIST}"), "cases/good");
    holds(
        &page,
        &[
            "78%",
            "98%",
            "4 星",
            "2027-12-31",
            "<a href=\"../../gas/\">燃气</a>",
        ],
    );
    lacks(&page, &["单位规模", "figure-grid", "section-related"]);
}

const GROUPED_FORM: &str = r#"
//- content/forms/grouped.toml
kind = "form"
title = "月报表"
period = "monthly"
filled_by = "各单位"
per_group = ["total.*"]
columns = [
  { id = "unit", title = "单位类型", type = "label" },
  { id = "total", title = "企业数量", children = [{ id = "all", title = "总数", type = "int", unit = "家" }] },
  { id = "up", title = "提升", children = [
    { id = "standard", title = "达标类型", type = "label" },
    { id = "one", title = "一级", type = "int" },
    { id = "two", title = "二级", type = "int" },
  ] },
]
[[rows]]
id = "a-national"
title = "国标"
group = "市直单位"
cells = { "up.standard" = "国标" }
[[rows]]
id = "a-local"
title = "地标"
group = "市直单位"
cells = { "up.standard" = "地标" }
merged = [{ columns = ["up.one", "up.two"], text = "（达标不分级）" }]
"#;

#[test]
fn rows_print_their_labels_where_the_form_has_them_and_share_the_cells_of_their_group() {
    let page = rendered(GROUPED_FORM, "forms/grouped");
    let body = part(&page, "<tbody>", "</tbody>");
    let rows: Vec<&str> = body.split("<tr>").skip(1).collect();
    holds(
        rows[0],
        &[
            "<th class=\"form-table__group\" scope=\"rowgroup\" rowspan=\"2\">市直单位</th>",
            "<td class=\"form-table__cell form-table__cell--number\" rowspan=\"2\"></td>",
            "<th class=\"form-table__label form-table__label--inside\" scope=\"row\">国标</th>",
        ],
    );
    holds(rows[1], &["地标</th>", "colspan=\"2\">（达标不分级）</td>"]);
    assert_eq!(rows[0].matches("</td>").count(), 3, "{body}");
    assert_eq!(rows[1].matches("</td>").count(), 1, "{body}");
}
