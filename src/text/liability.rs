//! Clauses that free or lighten an employer's liability for casualties, which are void and punished (安全生产法 article
//! 106): 责任自负, 伤亡自理, 一切责任由…承担. Never where a text says that they are void. Whoever reads other texts, such as those
//! of attachments, asks the same [`find`].

use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Who else than the employer bears it.
const ALONE: [&str; 14] = [
    "责任自负",
    "后果自负",
    "风险自负",
    "安全自负",
    "伤亡自负",
    "生死自负",
    "损失自负",
    "伤亡自理",
    "工伤自理",
    "伤残自理",
    "伤病自理",
    "事故自负",
    "概不负责",
    "概不承担",
];

/// Who has nothing to do with it.
const UNRELATED: [&str; 13] = [
    "与本单位无关",
    "与单位无关",
    "与我单位无关",
    "与本公司无关",
    "与公司无关",
    "与我公司无关",
    "与本企业无关",
    "与企业无关",
    "与甲方无关",
    "与发包方无关",
    "与出租方无关",
    "与用人单位无关",
    "与业主无关",
];

/// What is denied or given up as a whole.
const DENIED: [&str; 8] = [
    "不承担任何责任",
    "不负任何责任",
    "不承担一切责任",
    "不负一切责任",
    "不承担任何赔偿",
    "自愿放弃工伤",
    "自愿放弃赔偿",
    "自愿放弃索赔",
];

/// All of it, before 由…承担.
const ALL: [&str; 11] = [
    "一切责任",
    "全部责任",
    "所有责任",
    "一切安全责任",
    "全部安全责任",
    "一切后果",
    "全部后果",
    "所有后果",
    "一切法律责任",
    "一切事故责任",
    "一切损失",
];

/// Words of a sentence that calls such clauses void, or tells not to write them.
const VOID: [&str; 29] = [
    "无效",
    "是违法",
    "属违法",
    "违法条款",
    "不合法",
    "不解除",
    "不免除",
    "不减轻",
    "不转移",
    "不得约定",
    "不得写",
    "不得加入",
    "不得签",
    "不得订立",
    "不得以协议",
    "不得以合同",
    "不得含",
    "不得出现",
    "不能写",
    "不能约定",
    "不要写",
    "不写",
    "禁止约定",
    "严禁约定",
    "反例",
    "错误写法",
    "免责条款",
    "一类的",
    "等字样",
];

/// Every word that such a clause must hold: most texts have none of them, which one look tells.
static CLAUSES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = ALONE.iter().chain(&DENIED).chain(&UNRELATED).chain(&ALL);
    AhoCorasick::new(words).ok()
});

/// Words right before a clause that deny it.
const DENYING: [&str; 9] = [
    "不得", "不能", "不是", "并非", "不应", "不可", "不许", "没有", "杜绝",
];

/// Every such clause in a text, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    let words = CLAUSES.as_ref();
    if words.is_some_and(|words| !words.is_match(text)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(['。', '；', ';', '！', '\n']) {
        if [
            "自负", "自理", "概不", "无关", "责任", "后果", "损失", "放弃",
        ]
        .iter()
        .any(|word| sentence.contains(word))
        {
            for clause in clauses(sentence) {
                found.push(clause.start + start..clause.end + start);
            }
        }
        start += sentence.len();
    }
    found
}

fn clauses(sentence: &str) -> Vec<Range<usize>> {
    if VOID.iter().any(|word| sentence.contains(word)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in ALONE.iter().chain(&DENIED) {
        let places = sentence.match_indices(word);
        found.extend(places.map(|(at, _)| at..at + word.len()));
    }
    for word in UNRELATED {
        let places = sentence.match_indices(word);
        let places = places.map(|(at, _)| at..at + word.len());
        found.extend(places.filter(|place| !describes(sentence, place.end)));
    }
    for word in ALL {
        let places = sentence.match_indices(word);
        found.extend(places.filter_map(|(at, _)| borne(sentence, at, at + word.len())));
    }
    found.retain(|place| !is_denied(sentence, place) && !takes_it_on(sentence));
    found.sort_by_key(|place| (place.start, usize::MAX - place.end));
    let mut end = 0;
    found.retain(|place| {
        let apart = place.start >= end;
        end = end.max(place.end);
        apart
    });
    found
}

/// 与本单位无关的人员: what follows says whom or what it describes.
fn describes(sentence: &str, end: usize) -> bool {
    let rest = sentence.get(end..).unwrap_or_default();
    ["的", "人员", "车辆", "者", "物"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// 一切责任由乙方承担, 一切后果自行承担, 由本人承担全部责任.
fn borne(sentence: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let rest = sentence.get(end..)?;
    let clause = rest
        .find(['，', ',', '：'])
        .map_or(rest, |comma| &rest[..comma]);
    let behind = ["承担", "负责", "自负"].iter().find_map(|verb| {
        let at = clause.find(verb)?;
        let who = &clause[..at];
        let is_short = who.chars().count() <= 16 && (who.contains('由') || who.contains('自'));
        (is_short && !is_at_fault(who)).then_some(end + at + verb.len())
    });
    if let Some(last) = behind {
        return Some(start..last);
    }
    let before = sentence.get(..start)?;
    let by = before.rfind('由')?;
    let who = before.get(by + '由'.len_utf8()..)?;
    let who = who
        .strip_suffix("承担")
        .or_else(|| who.strip_suffix('负'))?;
    let is_party = who.chars().count() <= 10 && !who.contains(['，', ',']);
    (is_party && !is_at_fault(who)).then_some(by..end)
}

/// Who is found to be at fault, and an employer who takes it upon itself.
fn is_at_fault(who: &str) -> bool {
    [
        "过错",
        "违约",
        "责任",
        "有关",
        "各自",
        "双方",
        "依法",
        "本单位",
        "我单位",
        "本公司",
        "我公司",
        "本企业",
        "我司",
        "承诺单位",
        "用人单位",
        "甲方",
        "发包",
        "出租",
        "肇事",
        "侵权",
    ]
    .iter()
    .any(|word| who.contains(word))
}

/// 不得后果自负, 并非一切责任由…: the words before deny it; or it stands in quotes as something to look for.
fn is_denied(sentence: &str, place: &Range<usize>) -> bool {
    let before = sentence.get(..place.start).unwrap_or_default();
    let opened = before.matches(['“', '「', '『', '‘']).count();
    let closed = before.matches(['”', '」', '』', '’']).count();
    let clause = before.rsplit(['，', ',', '、', '：']).next();
    let clause = clause.unwrap_or_default();
    let near = clause.char_indices().rev().take(5).last();
    let near = near.map_or("", |(at, _)| clause.get(at..).unwrap_or_default());
    opened > closed || DENYING.iter().any(|word| near.contains(word))
}

/// An enterprise that answers for what it declares to an office: 如有虚假，本单位后果自负.
fn takes_it_on(sentence: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let of_papers = has(&[
        "虚假",
        "不实",
        "隐瞒",
        "材料",
        "填报",
        "承诺单位",
        "弄虚作假",
    ]);
    let of_persons = has(&[
        "伤",
        "亡",
        "员工",
        "职工",
        "从业人员",
        "本人",
        "工人",
        "乙方",
    ]);
    of_papers && !of_persons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_shift_liability_are_found() {
        for text in [
            "乙方违章作业，责任自负。",
            "发生事故后果自负",
            "因个人原因受伤，伤亡自理，与本单位无关。",
            "作业期间的一切责任由乙方承担。",
            "一切后果由本人自行承担",
            "发生伤亡事故，由乙方承担全部责任。",
            "甲方对乙方人员伤亡概不负责。",
            "不得违章，否则后果自负。",
            "不听指挥，后果自负。",
            "违法作业的，责任自负。",
            "乙方不得要求赔偿，伤亡自理。",
            "本人自愿放弃工伤待遇。",
            "出了事故，甲方不承担任何责任。",
        ] {
            assert!(!find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn texts_that_call_them_void_pass() {
        for text in [
            "承诺书写“后果自负”的，条款无效。",
            "没有“伤亡自理”一类的约定。",
            "不得写入一切责任由承租方承担。",
            "与本单位无关的人员不得入内。",
            "各方依法承担各自的责任。",
            "由过错方承担全部责任。",
            "本承诺不减轻、不转移本单位对从业人员依法应承担的责任。",
            "本单位未履行职责的，一切责任由本单位承担。",
            "如提供虚假材料，本单位愿意后果自负。",
            "查合同里有没有“与公司无关”“责任自负”。",
            "主要负责人对本单位安全生产工作全面负责。",
            "危害后果轻微。",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_place_is_the_clause() {
        let text = "第一条。\n作业期间的一切责任由乙方承担，与甲方无关。";
        let found: Vec<&str> = find(text)
            .into_iter()
            .filter_map(|place| text.get(place))
            .collect();
        assert_eq!(found, ["一切责任由乙方承担", "与甲方无关"]);
    }
}
