//! The glossary: its page, and its terms linked where a page first uses them.

#[path = "support/rendered.rs"]
mod support;

use support::{holds, lacks, part, rendered};

const GLOSSARY: &str = r#"
//- content/glossary.toml
[[terms]]
id = "lpg"
term = "液化石油气"
pinyin = "yè huà shí yóu qì"
aliases = ["液化气", "LPG"]
meaning = "以丙烷、丁烷为主的 \"燃气\""
[[terms]]
id = "major"
term = "重大事故隐患"
pinyin = "zhòng dà shì gù yǐn huàn"
meaning = "危害和整改难度大的隐患"
[[terms]]
id = "hazard"
term = "事故隐患"
pinyin = "shì gù yǐn huàn"
meaning = "可能导致事故的缺陷"
target = "hazard"
[[terms]]
id = "grade"
term = "定级"
pinyin = "dìng jí"
meaning = "评定等级"
unlinked = true
[[terms]]
id = "green"
term = "绿色"
pinyin = "lǜ sè"
meaning = "一种颜色"
"#;

fn page(text: &str) -> String {
    rendered(
        &format!(
            "{GLOSSARY}//- content/one.md\n# 一\n\n{text}\n//- content/hazard.md\n# 讲隐患\n\n事故隐患怎么查。\n"
        ),
        "one",
    )
}

#[test]
fn a_term_is_linked_where_a_page_first_uses_it() {
    let page = page("使用液化气的单位，液化石油气站。");
    holds(
        &page,
        &[
            "使用<a class=\"term\" href=\"../glossary/#lpg\" title=\"以丙烷、丁烷为主的 &quot;燃气&quot;\">液化气</a>的单位，液化石油气站",
        ],
    );
    assert_eq!(page.matches("class=\"term\"").count(), 1, "{page}");
}

#[test]
fn the_longest_name_wins_and_latin_names_are_whole_words() {
    let page = page("查重大事故隐患，不查LPGX和XLPG，查LPG站。");
    holds(
        &page,
        &[">重大事故隐患</a>", "不查LPGX和XLPG，查<a class=\"term\""],
    );
    lacks(&page, &["#hazard"]);
}

#[test]
fn headings_links_code_and_quiet_terms_are_left_alone() {
    let page = page(
        "## 液化气 {#a}\n\n[液化气](/hazard/) `液化气`，定级。\n\n| 液化气 |\n|---|\n| 绿色 |\n\n<abbr>液化气</abbr>\n\n最后是液化气。",
    );
    holds(
        &page,
        &[
            "最后是<a class=\"term\"",
            "title=\"一种颜色\">绿色</a></td>",
        ],
    );
    assert_eq!(page.matches("#lpg").count(), 1, "{page}");
    lacks(&page, &["#grade"]);
}

#[test]
fn the_document_that_explains_a_term_does_not_link_it() {
    let literal =
        format!("{GLOSSARY}//- content/hazard.md\n# 讲隐患\n\n事故隐患怎么查，液化气。\n");
    let page = rendered(&literal, "hazard");
    lacks(&page, &["#hazard"]);
    holds(&page, &["#lpg"]);
}

#[test]
fn items_of_a_checklist_link_terms_and_papers_to_sign_do_not() {
    let literal = format!(
        "{GLOSSARY}//- content/hazard.md\n# 讲隐患\n//- content/list.toml\nkind = \"checklist\"\ntitle = \"清单\"\nedition = \"1\"\nstatus = \"current\"\nlevel = \"enterprise\"\n\
         [[groups]]\nid = \"g\"\ntitle = \"液化气\"\n[[groups.items]]\nid = \"x\"\ncheck = \"液化气瓶直立\"\nhow = \"看\"\nrisk = \"red\"\nfrequency = \"daily\"\nwho = \"all\"\n\
         //- content/letter.md\n+++\nkind = \"letter\"\ntitle = \"告知书\"\nletter_kind = \"permit\"\ncopies = 1\n+++\n\n液化气站：\n"
    );
    let list = rendered(&literal, "list");
    holds(part(&list, "clause-item__check", "</p>"), &["#lpg"]);
    assert_eq!(list.matches("#lpg").count(), 1, "{list}");
    let letter = rendered(&literal, "letter");
    lacks(&letter, &["#lpg"]);
    holds(&letter, &["作业票"]);
}

#[test]
fn the_glossary_stands_by_letter_in_the_order_of_readings() {
    let literal = format!("{GLOSSARY}//- content/hazard.md\n# 讲隐患\n");
    let page = rendered(&literal, "glossary");
    let places: Vec<_> = [
        "letter-d", "grade", "letter-l", "green", "letter-s", "hazard", "letter-y", "lpg",
        "letter-z", "major",
    ]
    .map(|id| page.find(&format!("id=\"{id}\"")))
    .into();
    assert!(places.iter().all(Option::is_some), "{places:?}\n{page}");
    assert!(places.is_sorted(), "{places:?}");
    holds(
        part(&page, "id=\"lpg\"", "</dl>"),
        &["yè huà shí yóu qì", "也叫 液化气、LPG"],
    );
    holds(
        part(&page, "id=\"hazard\"", "</div>"),
        &["<a href=\"../hazard/\">讲隐患</a>"],
    );
}
