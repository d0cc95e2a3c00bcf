//! Rules: the four specifications of the industries.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family. That clause ids are unique and that points add up is found where a file is read.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "clause-vanished",
        family: Family::Specifications,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "条款编号长期不变：上一版有、新版没有的编号，新版用 `retired` 写明是删去了还是改成了哪一条",
            "clause ids last: an id that the new edition does not have is named in its `retired`, with the clause that holds instead if there is one",
        ],
        source: "本站约定：别的文件、案例和读者的收藏都指着条款编号",
    },
    Rule {
        code: "clause-reused",
        family: Family::Specifications,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "删去的编号不再给别的条款用，同一编号在两版里说同一件事",
            "the id of a clause that was given up stays free, and an id means the same in both editions",
        ],
        source: "本站约定：别的文件、案例和读者的收藏都指着条款编号",
    },
    Rule {
        code: "retired-unknown",
        family: Family::Specifications,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "`retired` 里的编号上一版有、这一版没有，`now` 指的条款这一版有",
            "an id in `retired` stands in the edition before and not in this one, and `now` names a clause of this one",
        ],
        source: "本站约定",
    },
    Rule {
        code: "specification-missing",
        family: Family::Specifications,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "有首页的行业（标为示例的首页除外），检查清单、提升指南、达标细则、检查导则都有现行版",
            "an industry with a page that is no sample has a current edition of each of the four specifications",
        ],
        source: "本站约定：四项规范成套",
    },
    Rule {
        code: "size-class-uncovered",
        family: Family::Specifications,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "行业首页（标为示例的除外）写到的每一类规模，都有现行的达标细则，检查清单里也有适用的条目",
            "for each size class that an industry's page, if it is no sample, names there are current attainment rules and items of a checklist",
        ],
        source: "本站约定：四项规范成套",
    },
    Rule {
        code: "review-overdue",
        family: Family::Specifications,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "没有废止的内容，在 `review_by` 写明的日子之前复核",
            "what is not repealed is looked at again by the day that its `review_by` names",
        ],
        source: "内容自己写明的复核日期；日子按构建那一天算",
    },
];
