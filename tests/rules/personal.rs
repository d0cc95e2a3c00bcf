//! What belongs to persons: names in cases, and reports that never repeat what they found.

use super::{checked, codes, record};
use anjian::diag::machine::{json, sarif};
use anjian::diag::report::{Language, report};
use anjian::path::SourcePath;
use anjian::source::Sources;
use anjian::text::personal::persons::persons;
use std::sync::Arc;

/// A record with a text of its own.
fn case(keys: &str, text: &str) -> String {
    record(keys).replace("案情。\n", &format!("{text}\n"))
}

#[test]
fn a_case_names_nobody_in_keys_or_text() {
    let cases = [
        ("", "法定代表人张建国未到场。", 1),
        ("", "法定代表人张建国未到场，张建国承认。", 2),
        (
            "measures = [{ kind = \"fine\", target = \"enterprise\", amount = 50000, note = \"安全员李志强\" }]",
            "案情。",
            1,
        ),
        ("party = \"某企业及其负责人王秀英\"", "案情。", 0),
        ("", "法定代表人张某未到场，李某某承认。", 0),
        ("", "主要负责人未履行职责，负责人高度重视。", 0),
    ];
    for (keys, text, count) in cases {
        assert_eq!(
            codes(&case(keys, text)),
            vec!["person-named"; count],
            "{keys} {text}"
        );
    }
    let typical = "form = \"typical\"\nparty = \"某企业及其负责人王秀英\"\ndecision_number =\npublicity_end =\nrecord_status =";
    assert_eq!(codes(&case(typical, "案情。")), ["person-named"]);
}

#[test]
fn a_record_names_its_party_alone_and_other_pages_are_left_to_their_authors() {
    let own = "party = \"张建国\"";
    assert_eq!(codes(&case(own, "当事人张建国未到场。")), [""; 0]);
    assert_eq!(
        codes(&case(own, "当事人张建国、工人李志强未到场。")),
        ["person-named"]
    );
    // A teaching case says so once.
    let typical = "form = \"typical\"\nparty = \"张建国\"\ndecision_number =\npublicity_end =\nrecord_status =";
    assert_eq!(
        codes(&case(typical, "当事人张建国未到场。")),
        ["typical-case-names-party"]
    );
    assert_eq!(
        codes("//- content/a.md\n# 表彰\n\n先进个人：安全员张建国，电焊工李志强。\n"),
        [""; 0]
    );
}

#[test]
fn a_site_may_weigh_names_and_allow_its_own() {
    let settings = "//- content/site.toml\ntitle = \"站\"\n[personal]\nallowed = [\"张建国\"]\n";
    let text = case("", "联系人：张建国");
    assert_eq!(codes(&format!("{settings}{text}")), [""; 0]);
    let settings = "//- content/site.toml\ntitle = \"站\"\n[rules]\nperson-named = \"warning\"\n";
    let (_, found) = checked(&format!("{settings}{text}"));
    assert!(!found.failed());
}

/// Findings of other rules quote what they found, in texts for people and for programs.
#[test]
fn no_form_of_the_findings_repeats_what_is_personal() {
    let typical = "form = \"typical\"\nparty = \"张建国\"\ndecision_number = \"张建国13800138000\"\npublicity_end =\nrecord_status =";
    let text = "手机 13800138000，[断](无13900139000.md)，法定代表人李志强 11010519491231002X。";
    let (sources, found) = checked(&case(typical, text));
    let text_of = |path: &SourcePath| -> Option<Arc<str>> {
        let bytes = sources.read(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned().into())
    };
    let mut all = json(&found.diagnostics, &text_of);
    for language in [Language::Chinese, Language::English] {
        all += &sarif(&found.diagnostics, &text_of, language, &|_| None);
        all += &report(&found.diagnostics, &text_of, language);
    }
    for code in [
        "personal-data",
        "person-named",
        "broken-link",
        "decision-number",
    ] {
        assert!(all.contains(code), "{code}\n{all}");
    }
    for secret in ["13800138000", "13900139000", "李志强", "11010519491231002X"] {
        assert!(!all.contains(secret), "{secret}\n{all}");
    }
    assert!(all.contains("＊＊＊"), "{all}");
}

/// Everything that the shipped site says, and what the program says of it: nobody is named there.
#[test]
fn the_shipped_texts_name_nobody() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for folder in ["content", "docs", "themes", "src"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let entry = entry.expect("a folder can be listed");
            let path = entry.path();
            // The tests of the finder itself name many.
            let own = path.components().any(|part| part.as_os_str() == "personal");
            let Ok(text) = std::fs::read_to_string(path) else {
                continue;
            };
            let found = persons(&text).into_iter();
            let found: Vec<_> = found.filter_map(|one| text.get(one.bytes)).collect();
            assert!(own || found.is_empty(), "{}: {found:?}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen} files were read");
}
