//! Letters and what is attached.

use crate::memory;
use anjian::check::rules::rule;
use anjian::source::memory::MemorySources;

fn codes(literal: &str) -> Vec<String> {
    let sources = MemorySources::from_literal(literal).expect("sound paths");
    let (_, report) = memory::built(&sources, jiff::civil::date(2026, 6, 1));
    let found = report.diagnostics.iter().map(|one| one.code.to_string());
    found.filter(|code| rule(code).is_some()).collect()
}

/// A letter of a kind, with further keys, and its text.
fn letter(kind: &str, keys: &str, text: &str) -> Vec<String> {
    codes(&format!(
        "//- content/a.md\n+++\ntitle = \"告知书\"\nkind = \"letter\"\nletter_kind = \"{kind}\"\ncopies = 1\n{keys}+++\n{text}\n"
    ))
}

#[test]
fn no_paper_shifts_liability() {
    for text in [
        "违章作业，后果自负。",
        "作业期间的一切责任由乙方承担。",
        "| 事项 | 伤亡自理，与甲方无关 |",
    ] {
        let found = letter("agreement", "", text);
        assert!(
            !found.is_empty() && found.iter().all(|code| code == "liability-shifted"),
            "{text}: {found:?}"
        );
    }
    let register = "//- content/r.toml\nkind = \"register\"\ntitle = \"台账\"\npurpose = \"记\"\nnotes = [\"安全责任自负\"]\n[[columns]]\nid = \"a\"\ntitle = \"甲\"\n";
    assert_eq!(codes(register), ["liability-shifted"]);
    assert_eq!(
        rule("liability-shifted").map(|rule| rule.is_fixed),
        Some(true)
    );
}

#[test]
fn texts_on_such_clauses_pass() {
    for text in [
        "写“后果自负”的条款无效。",
        "不得写入一切责任由承租方承担。",
        "各方承担依法应承担的责任。",
        "与本单位无关的人员不得入内。",
    ] {
        assert_eq!(letter("agreement", "", text), [""; 0], "{text}");
    }
    // A page that explains the law is no paper.
    assert_eq!(
        codes("//- content/a.md\n# 说明\n\n合同写责任自负。\n"),
        [""; 0]
    );
}

#[test]
fn a_notice_to_employees_tells_three_things() {
    let full = "- 危险因素：触电\n- 防范措施：断电\n- 应急措施：先断电\n";
    assert_eq!(letter("notice", "", full), [""; 0]);
    for missing in ["危险因素", "防范措施", "应急措施"] {
        let kept: Vec<&str> = full
            .lines()
            .filter(|line| !line.contains(missing))
            .collect();
        assert_eq!(
            letter("notice", "", &kept.join("\n")),
            ["notice-incomplete"],
            "{missing}"
        );
    }
    let passing = "把危险因素、防范措施和事故应急措施告知员工。";
    assert_eq!(letter("notice", "", passing), ["notice-incomplete"]);
    assert_eq!(letter("card", "", "请注意。"), ["notice-incomplete"]);
    assert_eq!(
        letter("notice", "audiences = [\"principal\"]\n", "请自评。"),
        [""; 0]
    );
    assert_eq!(
        letter(
            "notice",
            "audiences = [\"principal\", \"post-worker\"]\n",
            "请自评。"
        ),
        ["notice-incomplete"]
    );
    assert_eq!(letter("pledge", "", "承诺。"), [""; 0]);
}

/// A page that offers files under these titles.
fn page(titles: &[&str], text: &str) -> Vec<String> {
    let files: Vec<String> = (1..=titles.len())
        .map(|one| format!("f{one}.txt"))
        .collect();
    let list: Vec<String> = files
        .iter()
        .zip(titles)
        .map(|(file, title)| format!("{{ file = \"{file}\", title = \"{title}\" }}"))
        .collect();
    let mut literal = format!(
        "//- content/a.md\n+++\ntitle = \"通知\"\nattachments = [{}]\n+++\n{text}\n",
        list.join(", ")
    );
    for file in &files {
        literal.push_str(&format!("//- content/{file}\n内容\n"));
    }
    codes(&literal)
}

#[test]
fn attachments_are_numbered_and_all_there() {
    let list = "请填报。\n\n附件：1. 登记表\n　　　2. 汇总表\n";
    assert_eq!(page(&["附件1：登记表", "附件2：汇总表"], list), [""; 0]);
    assert_eq!(
        page(&["附件1：登记表", "附件2：汇总表"], "请填报。"),
        [""; 0]
    );
    assert_eq!(page(&["附件：登记表"], "附件：登记表"), [""; 0]);
    assert_eq!(page(&["登记表", "汇总表"], "请填报。"), [""; 0]);
    assert_eq!(page(&["登记表.docx", "汇总表.xlsx"], list), [""; 0]);
    assert_eq!(
        page(&[], "附件：[登记表](b.md)\n\n//- content/b.md\n# 乙\n"),
        [""; 0]
    );

    assert_eq!(
        page(&["附件1：登记表", "附件3：汇总表"], ""),
        ["attachment-numbering"]
    );
    assert_eq!(
        page(&["附件1：登记表", "附件1：汇总表"], ""),
        ["attachment-numbering"]
    );
    assert_eq!(
        page(&["附件1：登记表", "附件：汇总表"], ""),
        ["attachment-numbering"]
    );
    assert_eq!(page(&["附件2：登记表"], ""), ["attachment-numbering"]);
    assert_eq!(page(&["附件1：登记表"], list), ["attachment-not-offered"]);
    assert_eq!(page(&[], "附件：登记表"), ["attachment-not-offered"]);
    assert_eq!(
        page(&["附件1：登记表", "附件2：汇总表", "附件3：说明"], list),
        ["attachment-not-named"]
    );
}

/// Every order of so many numbers.
fn orders(numbers: &[usize]) -> Vec<Vec<usize>> {
    if numbers.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in numbers.iter().enumerate() {
        let mut rest = numbers.to_vec();
        rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, *first);
            all.push(order);
        }
    }
    all
}

#[test]
fn the_order_of_attachments_does_not_matter_but_every_gap_does() {
    for order in orders(&[1, 2, 3, 4]) {
        let titles: Vec<String> = order
            .iter()
            .map(|one| format!("附件{one}：表{one}"))
            .collect();
        let all: Vec<&str> = titles.iter().map(String::as_str).collect();
        assert_eq!(page(&all, ""), [""; 0], "{order:?}");
        for left_out in 0..order.len() {
            let mut some = all.clone();
            some.remove(left_out);
            let is_last = order[left_out] == order.len();
            let wanted: &[&str] = if is_last {
                &[]
            } else {
                &["attachment-numbering"]
            };
            assert_eq!(page(&some, ""), wanted, "{some:?}");
        }
    }
}
