//! Sentences as they stand in cases: what names somebody, and what does not.

use super::*;
use crate::text::personal::masked;

fn names(text: &str) -> Vec<&str> {
    let found = persons(text).into_iter();
    found
        .map(|one| text.get(one.bytes).unwrap_or("outside"))
        .collect()
}

#[test]
fn names_are_found_by_what_stands_beside_them() {
    let cases: [(&str, &[&str]); 52] = [
        ("法定代表人张建国未履行安全生产职责。", &["张建国"]),
        ("主要负责人李强，罚款2万元。", &["李强"]),
        ("负责人：王秀英", &["王秀英"]),
        ("负责人:陈伟；安全员:林志明。", &["陈伟", "林志明"]),
        ("法定代表人为黄文彬，", &["黄文彬"]),
        ("对安全员欧阳明华处罚款", &["欧阳明华"]),
        ("电焊工刘大伟无证上岗。", &["刘大伟"]),
        ("当事人吴海波（男，45岁）", &["吴海波"]),
        ("赵晓东（男，汉族，1980年生）系该店经营者", &["赵晓东"]),
        ("经查，高峻（女，38岁）为该公司出纳。", &["高峻"]),
        ("伤者许小明，男，32岁。", &["许小明"]),
        ("郑国强、何建华等3人无证作业。", &["郑国强", "何建华"]),
        ("郑国强等人逃离现场。", &["郑国强"]),
        ("工人谢长安、曾庆红等五人中毒。", &["谢长安", "曾庆红"]),
        ("蔡志勇（身份证号略）", &["蔡志勇"]),
        ("卢俊杰，身份证号略，", &["卢俊杰"]),
        ("对邓小军处罚款五千元", &["邓小军"]),
        ("对罗芳作出行政处罚", &["罗芳"]),
        ("司机彭德怀驾驶渣土车。", &["彭德怀"]),
        ("驾驶员潘勇在盲区倒车。", &["潘勇"]),
        ("经营者苏丽珍将气瓶存放在室内。", &["苏丽珍"]),
        ("| 法定代表人 | 魏东升 |", &["魏东升"]),
        ("姓名：诸葛亮", &["诸葛亮"]),
        ("姓名　方志敏　性别　男", &["方志敏"]),
        ("操作工沈从文被挤压。", &["沈从文"]),
        ("业主叶剑英与承租人薛涛签订合同", &["叶剑英", "薛涛"]),
        ("班长戴安澜组织施救", &["戴安澜"]),
        ("party_note = \"法定代表人“宋庆龄”\"", &["宋庆龄"]),
        ("厂长孙立群明知报警器失效", &["孙立群"]),
        ("总经理任正非承认", &["任正非"]),
        ("主要负责人**冯玉祥**未", &["冯玉祥"]),
        ("村民杜聿明家中", &["杜聿明"]),
        ("死者韩复榘系外包人员", &["韩复榘"]),
        ("负责人周强，35岁", &["周强"]),
        ("负责人胡宗南、秦基伟因此被约谈", &["胡宗南", "秦基伟"]),
        ("包工头唐生智和工人陆皓东一同下井", &["唐生智", "陆皓东"]),
        ("受害人司马光送医", &["司马光"]),
        ("监护人蒋百里擅自离岗", &["蒋百里"]),
        ("房东贺子珍把一楼租给他人", &["贺子珍"]),
        ("投诉人傅斯年反映", &["傅斯年"]),
        ("安全员严凤英。", &["严凤英"]),
        ("负责人李强未到场。李强事后承认。", &["李强", "李强"]),
        ("法定代表人（张建国）", &[]),
        ("主要负责人是余则成，", &["余则成"]),
        ("承包人尉迟恭被罚", &["尉迟恭"]),
        ("值班员江小白没有发现", &["江小白"]),
        ("店主温婉，女，", &["温婉"]),
        ("叉车工牛得草 违规载人", &["牛得草"]),
        ("项目经理康有为，", &["康有为"]),
        ("车间主任阎锡山不听劝阻", &["阎锡山"]),
        ("联系人：侯宝林　电话", &["侯宝林"]),
        ("给予负责人翁同龢警告", &["翁同龢"]),
    ];
    let wrong = cases.iter().filter(|(text, wanted)| names(text) != *wanted);
    let wrong: Vec<_> = wrong.map(|(text, _)| (*text, names(text))).collect();
    assert_eq!(wrong, []);
}

#[test]
fn what_names_nobody_is_left_alone() {
    let cases = [
        "主要负责人未履行职责",
        "负责人高度重视安全生产",
        "安全员应当每日巡查",
        "员工严格执行操作规程",
        "法定代表人为同一人",
        "法定代表人张某、安全员李某某、工人王某甲",
        "当事人黄某明陈述申辩",
        "负责人张×，安全员李**",
        "负责人：（签字）",
        "主要负责人：全面负责本单位安全生产",
        "安全员：巡查、记录、上报",
        "操作工：施工，验收",
        "员工宿舍、食堂",
        "工人高处作业不系安全带",
        "焊工程序、弱电工程验收，电工程师",
        "当事人陈述和申辩",
        "当事人申请听证，当事人权利",
        "负责人于2026年3月到场",
        "经营者安装报警器",
        "司机常年夜班",
        "员工马上撤离，司机停车",
        "驾驶员方可起步",
        "业主方、施工方、监理方等人员到场",
        "水电、燃气等三人一组",
        "安全员、班组长等人参加",
        "甲、乙、丙等3人",
        "负责人周一到场，周末值班",
        "老板王师傅，",
        "员工习惯不好",
        "从业人员金属打磨时",
        "工人石某被困",
        "主任委员、副主任委员",
        "经理部、项目部",
        "负责人明知故犯",
        "工人田间作业",
        "承包人和发包人签订协议",
        "组长负责，组员配合",
        "公民、法人和其他组织",
        "法人单位，法人资格",
        "居民楼道，居民区",
        "村民房屋",
        "职工戴安全帽、戴手套",
        "对高温作业进行检查，对石料处以罚款",
        "全体同志，各位同志",
        "示例企业负责人、示例局",
        "负责人毛某、孔某等人",
        "监护人全程在场",
        "员工江边作业，",
        "主要负责人白天在场，",
        "法人代表应急值守",
        "业主程序性要求",
        "负责人余下工作",
    ];
    for text in cases {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn a_masked_name_keeps_the_surname_alone() {
    assert_eq!(masked_name("张建国"), "张某");
    assert_eq!(masked_name("欧阳明华"), "欧阳某");
    let text =
        "法定代表人张建国（男，身份证 11010519491231002X）、安全员欧阳明华未到场，张建国承认。";
    let once = masked(text, true, |_, _| false);
    assert_eq!(
        once,
        "法定代表人张某（男，身份证 （身份证号码略））、安全员欧阳某未到场，张某承认。"
    );
    assert_eq!(masked(&once, true, |_, _| false), once);
    assert_eq!(masked(text, false, |_, _| true), text);
}

#[test]
fn common_names_are_found_in_each_phrase_and_never_left_in_a_masked_text() {
    const GIVEN: &str = "伟刚勇毅俊峰强军平东文辉力明永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂林坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆磊民友裕河哲江超浩亮政谦亨奇固之翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士建树炎德泰盛雄琛钧冠策腾楠榕风航弘秀娟英华慧巧美娜静淑惠珠翠雅芝玉萍红娥玲芬芳燕彩春菊兰凤洁梅琳素云莲真环雪荣爱妹霞香月莺媛艳瑞凡佳嘉琼勤珍贞莉桂娣叶璐娅琦晶妍茜秋珊莎锦青倩婷婉娴瑾颖露瑶怡蓓仪荷丹蓉眉君琴蕊薇菁梦岚婕馨韵融园艺咏卿聪澜纯悦昭冰爽茗羽希欣育滢筠柔竹晓欢霄枫芸菲亚宜可舒影丽";
    let (given, surnames): (Vec<char>, Vec<char>) =
        (GIVEN.chars().collect(), SURNAMES.chars().collect());
    let mut seed: u64 = 20_261_123;
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap_or(0) % most
    };
    let (mut missed, rounds) = (Vec::new(), 1500);
    for round in 0..rounds {
        let mut name = String::from(surnames[below(surnames.len())]);
        for _ in 0..1 + round % 2 {
            name.push(given[below(given.len())]);
        }
        let text = [
            format!("法定代表人{name}未履行职责。后来{name}承认。"),
            format!("主要负责人：{name}\n电话略"),
            format!("对当事人{name}（男，40岁）处罚款，{name}已缴。"),
            format!("电焊工{name}违规动火。"),
        ];
        let text = &text[below(4)];
        if !names(text).contains(&name.as_str()) {
            missed.push(name);
            continue;
        }
        let once = masked(text, true, |_, _| false);
        assert!(!once.contains(&name), "{once}");
        assert_eq!(masked(&once, true, |_, _| false), once);
    }
    // Names that are words, such as 高峰 or 江苏, are left alone.
    assert!(missed.len() * 100 < rounds, "{missed:?}");
}

/// Everything that the shipped site says, and what the program says of it: nobody is named there.
#[test]
fn the_shipped_texts_name_nobody() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for folder in ["content", "docs", "themes", "src"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let Ok(entry) = entry else { continue };
            let path = entry.path();
            let Ok(text) = std::fs::read_to_string(path) else {
                continue;
            };
            if path.components().any(|part| part.as_os_str() == "personal") {
                continue;
            }
            seen += 1;
            assert_eq!(names(&text), [""; 0], "{}", path.display());
        }
    }
    assert!(seen > 300, "{seen} files were read");
}
