//! The matrix of industries and specifications, and the same on an industry's own page.

#[path = "support/rendered.rs"]
mod support;

use support::{holds, lacks, part, rendered};

const LISTS: &str = r#"
//- content/vocabulary/industries.toml
title = "行业"
[[terms]]
id = "gas"
title = "燃气"
//- content/vocabulary/checklist-levels.toml
title = "层级"
[[terms]]
id = "enterprise"
title = "企业清单"
[[terms]]
id = "workshop"
title = "车间表册"
[[terms]]
id = "post"
title = "岗位卡片"
//- content/vocabulary/specification-status.toml
title = "状态"
[[terms]]
id = "current"
title = "现行"
[[terms]]
id = "repealed"
title = "已废止"
//- content/gas/_index.md
+++
kind = "industry"
title = "燃气行业"
industry = "gas"
+++
"#;

/// A checklist of a level; its name decides the order of pages, not that of the overview.
fn checklist(name: &str, level: &str, status: &str) -> String {
    format!(
        "//- content/gas/{name}.toml\nkind = \"checklist\"\ntitle = \"{name}\"\nedition = \"2026\"\nstatus = \"{status}\"\nlevel = \"{level}\"\nindustries = [\"gas\"]\n"
    )
}

fn site() -> String {
    [
        LISTS.to_owned(),
        checklist("a-card", "post", "current"),
        checklist("b-sheet", "workshop", "current"),
        checklist("c-sheet", "workshop", "current"),
        checklist("d-old", "enterprise", "repealed"),
        checklist("e-list", "enterprise", "current"),
    ]
    .concat()
}

#[test]
fn the_matrix_names_levels_in_order_and_counts_sheets_of_one_level() {
    let page = rendered(&site(), "specifications");
    let cell = part(&page, "matrix__cell\"", "</td>");
    let entries: Vec<&str> = cell.split("matrix__entry").skip(1).collect();
    assert_eq!(entries.len(), 4, "{cell}");
    holds(entries[0], &["../gas/e-list/", "企业清单"]);
    holds(
        entries[1],
        &["../gas/#section-specifications", "车间表册 2"],
    );
    holds(entries[2], &["../gas/a-card/", "岗位卡片<"]);
    holds(entries[3], &["../gas/d-old/", "已废止"]);
    lacks(entries[0], &["已废止"]);
}

#[test]
fn an_industry_lists_its_checklists_by_level_and_old_ones_last() {
    let page = rendered(&site(), "gas/");
    let list = part(&page, "id=\"section-specifications\"", "</section>");
    let places: Vec<_> = ["e-list", "b-sheet", "c-sheet", "a-card", "d-old"]
        .map(|name| list.find(&format!(">{name}<")))
        .into();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}\n{list}"
    );
}
