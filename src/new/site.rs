//! A small site that works: settings, the closed lists and references in full, and one document in
//! each of its sections. The theme stays inside the program.

use super::NewFile;
use super::example::{self, Filling};
use super::folders;
use jiff::civil::Date;

/// The references and closed lists that come with the program, by their path below the content folder.
const SHIPPED: [(&str, &str); 20] = [
    (
        "references.toml",
        include_str!("../../content/references.toml"),
    ),
    ("holidays.toml", include_str!("../../content/holidays.toml")),
    (
        "vocabulary/audiences.toml",
        include_str!("../../content/vocabulary/audiences.toml"),
    ),
    (
        "vocabulary/case-kinds.toml",
        include_str!("../../content/vocabulary/case-kinds.toml"),
    ),
    (
        "vocabulary/case-levels.toml",
        include_str!("../../content/vocabulary/case-levels.toml"),
    ),
    (
        "vocabulary/checklist-levels.toml",
        include_str!("../../content/vocabulary/checklist-levels.toml"),
    ),
    (
        "vocabulary/elements.toml",
        include_str!("../../content/vocabulary/elements.toml"),
    ),
    (
        "vocabulary/frequencies.toml",
        include_str!("../../content/vocabulary/frequencies.toml"),
    ),
    (
        "vocabulary/industries.toml",
        include_str!("../../content/vocabulary/industries.toml"),
    ),
    (
        "vocabulary/industry-groups.toml",
        include_str!("../../content/vocabulary/industry-groups.toml"),
    ),
    (
        "vocabulary/measures.toml",
        include_str!("../../content/vocabulary/measures.toml"),
    ),
    (
        "vocabulary/policy-validity.toml",
        include_str!("../../content/vocabulary/policy-validity.toml"),
    ),
    (
        "vocabulary/record-status.toml",
        include_str!("../../content/vocabulary/record-status.toml"),
    ),
    (
        "vocabulary/regulators.toml",
        include_str!("../../content/vocabulary/regulators.toml"),
    ),
    (
        "vocabulary/risk-colours.toml",
        include_str!("../../content/vocabulary/risk-colours.toml"),
    ),
    (
        "vocabulary/severities.toml",
        include_str!("../../content/vocabulary/severities.toml"),
    ),
    (
        "vocabulary/sizes.toml",
        include_str!("../../content/vocabulary/sizes.toml"),
    ),
    (
        "vocabulary/specification-status.toml",
        include_str!("../../content/vocabulary/specification-status.toml"),
    ),
    (
        "vocabulary/violation-kinds.toml",
        include_str!("../../content/vocabulary/violation-kinds.toml"),
    ),
    ("words.toml", include_str!("../../content/words.toml")),
];

/// The industry that a new site begins with: one that every place has.
const TRADE: (&str, &str) = ("small-shop", "小商店");

/// Everything that a new site holds, by path.
#[must_use]
pub fn files(today: Date) -> Vec<NewFile> {
    let filling = Filling {
        today,
        name: TRADE.0,
        trade: Some(TRADE),
    };
    let example = |path: &str, kind: &str| file(path, example::text(kind, &filling));
    let mut files = vec![
        file(".gitignore", "/output/\n"),
        file("README.md", include_str!("start/README.md")),
        file("content/site.toml", include_str!("start/site.toml")),
        file("content/_index.md", include_str!("start/home.md")),
        example("content/industries/small-shop/_index.md", "industry"),
        example("content/industries/small-shop/checklist.toml", "checklist"),
        example("content/templates/registers/hazards.toml", "register"),
        file(
            "content/notices/_index.md",
            include_str!("start/notices.md"),
        ),
        file(
            "content/notices/trial.md",
            example::fill(include_str!("start/notice.md"), &filling),
        ),
    ];
    let sections = ["industries", "templates", "templates/registers"];
    files.extend(sections.iter().filter_map(|path| folders::index(path)));
    let shipped = SHIPPED.iter();
    files.extend(shipped.map(|(path, text)| file(&format!("content/{path}"), *text)));
    files
}

fn file(path: &str, text: impl Into<String>) -> NewFile {
    NewFile {
        path: path.to_owned(),
        text: text.into(),
    }
}
