//! What is found in a line of prose, and what is left alone.

use super::{Found, Kind, Prose, find};

fn found(text: &str) -> Vec<Found> {
    let mut prose = Prose::default();
    prose.push(text, 0);
    prose.end();
    find(&prose)
}

/// A text after all safe changes.
fn mended(text: &str) -> String {
    let mut edits: Vec<_> = found(text).into_iter().flat_map(|one| one.edits).collect();
    edits.sort_by_key(|edit| edit.bytes.start);
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.bytes.clone(), &edit.right);
    }
    text
}

#[test]
fn marks_beside_han_characters_are_wide() {
    let cases = [
        ("安全,生产", "安全，生产"),
        ("安全, 生产; 消防", "安全，生产；消防"),
        ("安全 , 生产", "安全，生产"),
        ("注意:不得动火", "注意：不得动火"),
        ("查什么?马上改!", "查什么？马上改！"),
        ("查什么?!", "查什么？！"),
        ("到此为止.", "到此为止。"),
        ("到此为止. 另起一句", "到此为止。另起一句"),
        ("见附件...", "见附件……"),
        ("标准(试行)", "标准（试行）"),
        ("压力(MPa)", "压力（MPa）"),
        ("一氧化碳即CO(无色无味)", "一氧化碳即CO（无色无味）"),
        ("标准（试行)和标准(试行）", "标准（试行）和标准（试行）"),
        ("见GB 6222(现行)。", "见GB 6222（现行）。"),
        ("叫作\"三违\"的行为", "叫作“三违”的行为"),
        ("先通风--再检测", "先通风——再检测"),
        ("共１２项，占５％", "共12项，占5%"),
        ("按ＧＢ／Ｔ３３０００执行", "按GB/T33000执行"),
        ("浓度２０．９", "浓度20.9"),
    ];
    for (wrong, right) in cases {
        assert_eq!(mended(wrong), right, "{wrong}");
        assert!(
            found(wrong).iter().all(|one| one.kind == Kind::Width),
            "{wrong}"
        );
        assert_eq!(found(right), [], "{right}");
    }
}

#[test]
fn look_alikes_become_what_they_look_like() {
    let cases = [
        ("⻔口、⼿套和⻋辆", "门口、手套和车辆"),
        ("不\u{f967}", "不不"),
        ("约翰・史密斯", "约翰·史密斯"),
        ("二○二五年", "二〇二五年"),
        ("一九八O年", "一九八〇年"),
        ("二○○○年", "二〇〇〇年"),
        ("先通风――再检测", "先通风——再检测"),
        ("标准GВ 2894的规定", "标准GB 2894的规定"),
        ("温度25º以下", "温度25°以下"),
    ];
    for (wrong, right) in cases {
        assert_eq!(mended(wrong), right, "{wrong}");
        assert_eq!(found(right), [], "{right}");
    }
    let told = found("共1O00吨货物");
    assert_eq!(told.len(), 1);
    assert!(
        !told[0].is_safe() && told[0].right.contains("1000"),
        "{told:?}"
    );
}

#[test]
fn what_nobody_sees_goes_and_what_nobody_reads_is_told() {
    assert_eq!(mended("安全\u{200b}生产\u{ad}"), "安全生产");
    let told = found("安全\u{fffd}生产");
    assert!(told.len() == 1 && !told[0].is_safe(), "{told:?}");
    assert_eq!(told[0].written, "U+FFFD");
    assert_eq!(found("a\u{200d}b和别的字"), []);
}

#[test]
fn traditional_characters_are_found_but_not_in_titles_and_names() {
    assert_eq!(mended("國家標準已經發布"), "国家标准已经发布");
    for sound in [
        "《國家標準》的译本",
        "乾隆、毕昇、著作、瞭望、藉口、宫商角徵羽",
    ] {
        assert_eq!(found(sound), [], "{sound}");
    }
    let told = found("还餘三天");
    assert!(told.len() == 1 && !told[0].is_safe(), "{told:?}");
}

#[test]
fn only_function_words_stand_twice_by_mistake() {
    for wrong in [
        "负责人的的职责",
        "查清了了隐患",
        "这是是隐患",
        "及时改，，再报",
        "企业和和个人",
        "停用。。",
    ] {
        let told = found(wrong);
        let doubled = told.iter().filter(|one| one.kind == Kind::Doubled);
        assert_eq!(doubled.count(), 1, "{wrong}: {told:?}");
        assert!(told.iter().all(|one| !one.is_safe()), "{wrong}");
    }
    let sound = [
        "天天查、人人讲、常常看、每每问、一一改、渐渐好",
        "以安全为目的的检查，标的的处置，的的确确",
        "为了了解情况，不了了之，受不了了",
        "问题是是否停产，于是是他",
        "现在在哪，实实在在，在在建工程旁",
        "以及及时上报，涉及及其影响",
        "校验和和摘要，温和和善",
        "被被告知，把把关，从从业人员做起，合并并公布",
        "等等，看看，想想，刚刚，仅仅，。。。",
    ];
    for text in sound {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn sound_texts_have_no_finding() {
    let sound = [
        "按GB/T 33000-2025第5章执行，1,000元、10:30、1:2、3.5 mg/m3。",
        "附件1：名称；（一）甲；1.乙；（1）丙。",
        "见https://example.gov.cn/a?b=1,2;c:3和邮箱a.b@c.cn，网址www.a.cn/b,c。",
        "文件a/b.md、C:\\目录、命令`check,安全`和[链接](a,b.md)。",
        "用max(1000, n)算，f(x)是函数。",
        "H2O2、2O2、CO2、5\"管、k:v和:warning:图标。",
        "他说：“好。”——《安全生产法》……○○公司。",
        "1978年—2026年，20～30℃，50%，A、B两级，3×5。",
        "The term 安全, which means safety, is used (as here) in English: yes.",
    ];
    for text in sound {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_text_in_kana_is_not_chinese() {
    assert_eq!(found("安全なら,確認"), []);
}

#[test]
fn places_are_those_of_the_source() {
    let mut prose = Prose::default();
    prose.push("一,二", 10);
    prose.push("三(四)", 100);
    prose.end();
    let found = find(&prose);
    let places: Vec<_> = found
        .iter()
        .flat_map(|one| &one.edits)
        .map(|edit| edit.bytes.clone())
        .collect();
    assert_eq!(places, [13..14, 103..104, 107..108]);
}
