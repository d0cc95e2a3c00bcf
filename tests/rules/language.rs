//! How texts are written: each rule has a text that breaks it and one that does not; code, addresses, HTML and ids are
//! left alone; what is mended is mended for good, and nothing else is touched.

#[path = "../support/numbers.rs"]
mod numbers;

use super::{checked, codes, memory};
use anjian::cache::Cache;
use anjian::check::language::Reviewer;
use anjian::config::Config;
use anjian::content::words::{Words, words};
use anjian::diag::Diagnostic;
use anjian::fix::{diff, mend};
use anjian::parse;
use anjian::path::SourcePath;
use anjian::source::memory::MemorySources;
use anjian::write::memory::MemoryOutput;
use numbers::Numbers;

const LIST: &str = "[[words]]\nwrong = [\"消防栓\"]\nright = \"消火栓\"\nnote = \"消防法第二十八条\"\n[[words]]\nwrong = [\"安监局\"]\nright = \"应急管理局\"\nexcept = [\"原安监局\"]\n";

/// Findings about one text.
fn found(text: &str) -> Vec<Diagnostic> {
    let literal = format!("//- content/words.toml\n{LIST}//- content/a.md\n{text}\n");
    checked(&literal).1.diagnostics
}

#[test]
fn each_rule_finds_what_it_is_for() {
    let cases = [
        ("punctuation-width", "安全,生产", "安全，生产"),
        ("look-alike", "⻔口不堆物", "门口不堆物"),
        ("stray-character", "安全\u{200b}生产", "U+200B"),
        ("traditional-character", "安全標準", "安全标准"),
        ("doubled-character", "单位的的职责", "单位的职责"),
        ("wrong-name", "检查消防栓", "检查消火栓"),
        ("wrong-name", "由安监局负责", "由应急管理局负责"),
    ];
    for (code, wrong, right) in cases {
        let all = found(wrong);
        assert_eq!(all.len(), 1, "{wrong}: {all:#?}");
        assert_eq!(all[0].code, code);
        assert!(
            all[0].message.zh.contains(right) && all[0].message.en.contains(right),
            "{all:#?}"
        );
    }
    let sound = "安全，生产；门口不堆物；安全标准；单位的职责；检查消火栓；由应急管理局负责；原安监局的文件；《安监局名录》。";
    assert_eq!(found(sound), []);
}

#[test]
fn only_prose_is_looked_at() {
    let sound = [
        "命令 `安全,生产`",
        "```\n安全,生產 的的 消防栓\n```",
        "    缩进的代码,安全",
        "<https://a.cn/安全,生产> 和 https://a.cn/安全,生产",
        "<div title=\"安全,生产\">\n</div>",
        "<code>安全,生产</code>",
        "甲 :clause[aqscf#1] 乙",
        "# 题 {#安全,生产}",
        "> 國家標準的的消防栓",
        "[甲]\n\n[甲]: https://a.cn/安全,生产 \"安全,生产\"",
        "实体 &#x4e00;&#44;二",
        "转义一\\,二\\(三\\)",
        "参见《消防栓標準》，不要写“消防栓”",
    ];
    for text in sound {
        let all = found(text);
        let own = all.iter().filter(|one| {
            anjian::check::rules::rule(&one.code)
                .is_some_and(|rule| rule.family == anjian::check::rules::Family::Language)
        });
        assert_eq!(own.count(), 0, "{text}: {all:#?}");
    }
    let shown = [
        "# 标题,一",
        "- 一,二",
        "| 甲 | 乙 |\n|---|---|\n| 一,二 | 三 |",
        ":::note 说明,一\n好。\n:::",
        "**重点,一**",
        "甲[^1]\n\n[^1]: 注,一",
        "![照片,一](https://a.cn/a.jpg)",
    ];
    for text in shown {
        assert_eq!(found(text).len(), 1, "{text}: {:#?}", found(text));
    }
}

#[test]
fn values_of_data_are_prose_but_ids_and_words_for_search_are_not() {
    let data = |line: &str| {
        codes(&format!(
            "//- content/b.toml\nkind = \"page\"\ntitle = \"甲\"\n{line}\n"
        ))
    };
    assert_eq!(data("summary = \"一,二\""), ["punctuation-width"]);
    assert_eq!(data("summary = \"一\\u4e8c三,四\""), ["punctuation-width"]);
    assert_eq!(
        data("summary = \"\"\"\n一\n二,三\"\"\""),
        ["punctuation-width"]
    );
    assert_eq!(data("summary = '一,二'"), ["punctuation-width"]);
    assert_eq!(data("keywords = [\"一,二\", \"標準\"]"), [""; 0]);
    let front = "//- content/a.md\n---\ntitle: 一,二\nsummary: \"三,四\"\n---\n正文。\n";
    assert_eq!(codes(front), ["punctuation-width"; 2]);
}

#[test]
fn a_site_of_another_language_or_of_others_is_left_alone() {
    let site = |settings: &str, text: &str| {
        codes(&format!(
            "//- content/site.toml\ntitle = \"站\"\n{settings}\n//- content/a.md\n{text}\n"
        ))
    };
    assert_eq!(site("language = \"en\"", "國家"), [""; 0]);
    assert_eq!(
        site("language = \"zh-CN\"", "國家"),
        ["traditional-character"]
    );
    let lenient = "unknown_keys = \"warn\"";
    assert_eq!(site(lenient, "安全,生产國家"), [""; 0]);
    let named = format!("{lenient}\n[rules]\npunctuation-width = \"warning\"");
    assert_eq!(site(&named, "安全,生产國家"), ["punctuation-width"]);
    assert_eq!(
        site("[rules]\npunctuation-width = \"off\"", "安全,生产"),
        [""; 0]
    );
}

#[test]
fn policies_and_references_keep_the_names_of_their_time() {
    let list = format!("//- content/words.toml\n{LIST}");
    let policy = "//- content/policies/a.md\n+++\ntitle = \"文\"\n+++\n请安监局配合。\n";
    let kinds = "//- content/site.toml\ntitle = \"站\"\n[kinds]\npolicies = \"policy\"\n";
    assert!(!codes(&format!("{list}{kinds}{policy}")).contains(&"wrong-name".to_owned()));
    assert_eq!(codes(&format!("{list}{policy}")), ["wrong-name"]);
}

#[test]
fn a_list_that_contradicts_itself_is_an_error() {
    let list = |words: &str| {
        let literal = format!("//- content/words.toml\n{words}//- content/a.md\n好。\n");
        let found = checked(&literal).1.diagnostics;
        found
            .iter()
            .map(|one| one.code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list(
            "[[words]]\nwrong = [\"甲\"]\nright = \"乙\"\n[[words]]\nwrong = [\"乙\"]\nright = \"甲\"\n"
        ),
        ["bad-word"; 2]
    );
    assert_eq!(
        list("[[words]]\nwrong = [\"甲\"]\nright = \"乙\"\nexcept = [\"丙\"]\n"),
        ["bad-word"]
    );
    assert_eq!(
        list("[[words]]\nwrong = []\nright = \"乙\"\n"),
        ["missing-key"]
    );
    assert_eq!(
        list("[[words]]\nwrong = [\"安全法\"]\nright = \"中华人民共和国安全法\"\n"),
        [""; 0]
    );
}

#[test]
fn a_changed_list_is_seen_though_nothing_is_read_again() {
    let site = |list: &str| {
        let literal = format!("//- content/words.toml\n{list}//- content/a.md\n检查消防栓。\n");
        MemorySources::from_literal(&literal).expect("sound paths")
    };
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    let today = jiff::civil::date(2026, 4, 1);
    let mut codes = |list: &str| {
        let report = memory::built_again(&site(list), today, &mut output, &mut cache);
        report
            .diagnostics
            .iter()
            .map(|one| one.code.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(""), [""; 0]);
    assert_eq!(codes(LIST), ["wrong-name"]);
    assert_eq!(codes(""), [""; 0]);
}

#[test]
fn many_faults_of_one_file_are_counted() {
    let text = "安全,生产\n\n".repeat(50);
    let all = found(&text);
    assert_eq!(all.len(), 21);
    assert!(all[20].message.zh.contains("30 处"), "{:#?}", all[20]);
}

fn path(name: &str) -> SourcePath {
    SourcePath::new(name).expect("a constant path")
}

/// The reviewer of a site with the list.
fn reviewer() -> Reviewer {
    let list = parse::data::parse(LIST, &path("content/words.toml"), 0).value;
    let list = words(&path("content/words.toml"), &list).value;
    Reviewer::new(&Config::default(), Words::new(list))
}

fn mended(name: &str, text: &str) -> String {
    let reviewer = reviewer();
    mend(&path(name), text, &|parsed| reviewer.review("a.md", parsed)).text
}

#[test]
fn mending_touches_nothing_but_the_faults() {
    let before = "\u{feff}+++\r\ntitle = \"标题,一\"\r\nkeywords = [\"a,安\"]\r\n+++\r\n# 第１章(总则)\r\n\r\n安全, 生产 `一,二` [甲,乙](b,安.md)  \r\n**注意:**消防栓、安监局。\r\n\r\n```\r\n一,二\r\n```\r\n";
    let after = "\u{feff}+++\r\ntitle = \"标题，一\"\r\nkeywords = [\"a,安\"]\r\n+++\r\n# 第１章（总则）\r\n\r\n安全，生产 `一,二` [甲，乙](b,安.md)  \r\n**注意：**消火栓、安监局。\r\n\r\n```\r\n一,二\r\n```\r\n";
    assert_eq!(mended("content/a.md", before), after);
    let shown = diff(&path("content/a.md"), before, after);
    assert!(
        shown.starts_with("--- a/content/a.md\n+++ b/content/a.md\n@@"),
        "{shown}"
    );
    assert!(
        shown.contains("\n-安全, 生产") && shown.contains("\n+安全，生产"),
        "{shown}"
    );
}

#[test]
fn mending_never_makes_a_text_mean_something_else() {
    // A number of a list, an address of a heading, a key: all stay what they are.
    for text in [
        "１. 安全",
        "１) 安全",
        "# 第１章",
        "---\ntitle: a\nb: ﹪安全\n---\n好",
    ] {
        assert_eq!(mended("content/a.md", text), text, "{text}");
    }
}

/// Pieces that texts are made of: markup, code, faults and sound words.
const PIECES: [&str; 40] = [
    "安全",
    "生产",
    "检查",
    "，",
    "。",
    "；",
    "、",
    "\n",
    "\n\n",
    " ",
    ",",
    ":",
    ";",
    "?",
    "!",
    "(",
    ")",
    "\"",
    "...",
    "--",
    "**",
    "*",
    "`",
    "```\n",
    "# ",
    "- ",
    "１",
    "．",
    "⻔",
    "國",
    "餘",
    "的的",
    "消防栓",
    "安监局",
    "[甲](b.md)",
    "https://a.cn/b",
    "<b>",
    "\\",
    "| ",
    "\u{200b}",
];

#[test]
fn mending_a_mended_text_changes_nothing_and_leaves_nothing_safe() {
    let mut random = Numbers(7);
    let reviewer = reviewer();
    for round in 0..300 {
        let length = 1 + random.below(24);
        let text: String = (0..length)
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        let once = mended("content/a.md", &text);
        let twice = mended("content/a.md", &once);
        assert_eq!(once, twice, "round {round}: {text:?}");
        let code = |text: &str| {
            let parsed = parse::file(&path("content/a.md"), text.as_bytes());
            let html = parsed.body.html;
            let code = html.split("<code").skip(1);
            let code: Vec<String> = code
                .filter_map(|one| Some(one.split("</code>").next()?.to_owned()))
                .collect();
            (
                code,
                parsed
                    .body
                    .headings
                    .iter()
                    .map(|one| one.id.clone())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(code(&once), code(&text), "round {round}: {text:?}");
        let parsed = parse::file(&path("content/a.md"), once.as_bytes());
        for (one, _) in reviewer.review("a.md", &parsed) {
            for edit in &one.edits {
                // What is left was refused, since it would change what the text means.
                assert!(
                    once.is_char_boundary(edit.bytes.start)
                        && once.is_char_boundary(edit.bytes.end)
                );
            }
        }
    }
}

#[test]
fn sound_random_texts_have_no_finding() {
    const WORDS: [&str; 20] = [
        "安全生产",
        "隐患",
        "检查",
        "单位",
        "应当",
        "负责人",
        "GB/T 33000",
        "2026年",
        "3.5%",
        "CO",
        "（试行）",
        "《消防法》",
        "“三违”",
        "一〇一",
        "12350",
        "目的",
        "为了",
        "了解",
        "10:30",
        "是否",
    ];
    const MARKS: [&str; 8] = ["，", "。", "；", "：", "、", "！", "？", "……"];
    let mut random = Numbers(11);
    for _ in 0..500 {
        let mut text = String::new();
        for _ in 0..=random.below(12) {
            text.push_str(WORDS[random.below(WORDS.len())]);
            text.push_str(MARKS[random.below(MARKS.len())]);
        }
        let parsed = parse::file(&path("content/a.md"), text.as_bytes());
        // Two words may by chance be one too many.
        let all = parsed.writing;
        assert_eq!(all, [], "{text}");
    }
}
