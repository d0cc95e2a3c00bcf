//! The usual folders of a site: which kind goes where, and what the index of each says.

use super::NewFile;

/// A folder that many sites have.
struct Folder {
    path: &'static str,
    title: &'static str,
    summary: &'static str,
    weight: i64,
}

const fn folder(
    path: &'static str,
    title: &'static str,
    summary: &'static str,
    weight: i64,
) -> Folder {
    Folder {
        path,
        title,
        summary,
        weight,
    }
}

const FOLDERS: [Folder; 13] = [
    folder(
        "industries",
        "按行业找",
        "每个行业一页：主要风险在哪里、照什么清单查、第一周做什么。",
        10,
    ),
    folder("checklists", "检查清单", "不分行业通用的检查清单。", 20),
    folder("guides", "提升指南", "不分行业通用的提升指南。", 21),
    folder("rules", "达标细则", "不分行业通用的达标细则。", 22),
    folder(
        "patrols",
        "网格员检查导则",
        "上门看什么、问什么、什么情况要报告。",
        23,
    ),
    folder(
        "cases",
        "案例",
        "标杆案例看别人怎么做好，执法案例看问题出在哪里。",
        40,
    ),
    folder(
        "cases/benchmark",
        "标杆案例",
        "做了什么、怎么做的、效果如何，便于同行对照着学。",
        10,
    ),
    folder(
        "cases/enforcement",
        "执法案例",
        "违反哪一条、依据哪一条、怎样本可以避免。",
        20,
    ),
    folder(
        "templates",
        "模板",
        "报表、文书和台账的空白样式，下载后填写。",
        50,
    ),
    folder(
        "templates/forms",
        "报表",
        "上报用的报表样式，附填报说明。",
        10,
    ),
    folder(
        "templates/letters",
        "文书",
        "告知书、承诺书的参考样式，填空后签字盖章使用。",
        20,
    ),
    folder(
        "templates/registers",
        "台账",
        "企业日常用的台账样式，一行一事。",
        30,
    ),
    folder(
        "policies",
        "政策文件",
        "与安全生产有关的公开文件，附要点摘编和时间节点。",
        60,
    ),
];

/// The folder where documents of a kind usually stand, below the content folder; empty for pages.
#[must_use]
pub fn standard(kind: &str) -> &'static str {
    match kind {
        "industry" => "industries",
        "checklist" => "checklists",
        "guide" => "guides",
        "rules" => "rules",
        "patrol" => "patrols",
        "benchmark-case" => "cases/benchmark",
        "enforcement-case" => "cases/enforcement",
        "form" => "templates/forms",
        "letter" => "templates/letters",
        "register" => "templates/registers",
        "policy" => "policies",
        _ => "",
    }
}

/// The index of a usual folder; nothing for a folder of the author's own.
#[must_use]
pub fn index(path: &str) -> Option<NewFile> {
    let Folder {
        path,
        title,
        summary,
        weight,
    } = FOLDERS.iter().find(|folder| folder.path == path)?;
    Some(NewFile {
        path: format!("content/{path}/_index.md"),
        text: format!(
            "+++\ntitle = \"{title}\"\nsummary = \"{summary}\"\nkeywords = [\"{title}\"]\n# 在列表里的次序，小的在前\nweight = {weight}\n+++\n"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_folder_of_a_kind_has_an_index() {
        for (kind, _) in super::super::KINDS {
            let path = standard(kind);
            assert_eq!(index(path).is_none(), path.is_empty(), "{kind}");
        }
    }
}
