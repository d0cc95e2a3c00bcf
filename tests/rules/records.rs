//! Records of enforcement: what they must say, their numbers, days and amounts.

use super::{codes, codes_on, record, record_saying};
use jiff::civil::date;

#[test]
fn a_sound_record_has_no_finding() {
    assert_eq!(codes(&record("")), [""; 0]);
    // The day itself is the last; a year from a leap day ends in February.
    assert_eq!(
        codes_on(
            date(2024, 4, 1),
            &record("decision_date = 2024-02-29\npublicity_end = 2025-02-28")
        ),
        [""; 0]
    );
    assert_eq!(
        codes_on(
            date(2026, 2, 28),
            &record("severity = \"minor\"\ndecision_date = 2025-11-30\npublicity_end = 2026-02-28")
        ),
        [""; 0]
    );
    assert_eq!(
        codes(&record(
            "severity = \"serious\"\npublicity_end = 2029-03-02"
        )),
        [""; 0]
    );
    assert_eq!(
        codes(&record(
            "form = \"typical\"\nparty = \"某企业\"\ndecision_number =\npublicity_end =\nrecord_status ="
        )),
        [""; 0]
    );
    // Of other laws nothing is known.
    assert_eq!(
        codes(&record(
            "violations = [{ ref = \"other\", article = 1 }]\npenalty_basis = [{ ref = \"other\", article = 97 }]\nmeasures = [{ kind = \"fine\", target = \"enterprise\", amount = 9000000 }]"
        )),
        [""; 0]
    );
}

#[test]
fn each_rule_about_records_finds_what_it_is_for() {
    let cases = [
        ("form = \"typical\"", "typical-case-names-party"),
        ("decision_number =", "record-incomplete"),
        ("severity =", "record-incomplete"),
        ("publicity_end = 2027-03-03", "publicity-too-long"),
        (
            "severity = \"minor\"\npublicity_end = 2026-06-03",
            "publicity-too-long",
        ),
        (
            "severity = \"serious\"\npublicity_end = 2029-03-03",
            "publicity-too-long",
        ),
        (
            "decision_number = \"示应急罚[2026]12号\"",
            "decision-number",
        ),
        (
            "decision_number = \"示应急罚〔2026〕012号\"",
            "decision-number",
        ),
        (
            "decision_number = \"示应急罚〔2026〕第12号\"",
            "decision-number",
        ),
        (
            "decision_number = \"示应急罚〔26〕12号\"",
            "decision-number",
        ),
        (
            "violations = [{ ref = \"aqscf\", article = 41 }]\npenalty_basis = [{ ref = \"aqscf\", article = 99 }]",
            "penalty-without-duty",
        ),
        (
            "measures = [{ kind = \"fine\", target = \"enterprise\", amount = 200001 }]",
            "fine-out-of-range",
        ),
        (
            "measures = [{ kind = \"fine\", target = \"person\", amount = 19999 }]",
            "fine-out-of-range",
        ),
        ("publicity_end = 2026-06-01", "publicity-too-short"),
        (
            "severity = \"serious\"\npublicity_end = 2027-03-01",
            "publicity-too-short",
        ),
        (
            "publicity_end = 2026-04-01\ndecision_date = 2026-04-02",
            "record-dates",
        ),
        ("date = 2026-03-01", "record-dates"),
        ("date = 2026-03-12", "record-published-late"),
        ("credit_code = \"91350100M000100Y44\"", "credit-code"),
        ("summary = \"罚款6万元。\"", "amounts-differ"),
        ("summary = \"没收50000元（50万元）。\"", "amounts-differ"),
        (
            "form = \"typical\"\nparty = \"某企业\"\nviolations =",
            "case-without-articles",
        ),
        (
            "form = \"typical\"\nparty = \"某企业\"\ncredit_code = \"91350100M000100Y43\"",
            "typical-case-names-party",
        ),
    ];
    for (more, code) in cases {
        assert_eq!(codes(&record(more)), [code], "{more}");
    }
    let leap = record("decision_date = 2024-02-29\npublicity_end = 2025-03-01");
    assert_eq!(codes_on(date(2024, 4, 1), &leap), ["publicity-too-long"]);
}

/// Seven working days from 2026-09-18, a Friday: the Sunday after it is worked, 25 to 27 September and 1 to 7 October are
/// not.
#[test]
fn publication_is_due_in_seven_working_days_by_the_calendar() {
    let holidays = include_str!("../../content/holidays.toml");
    let decided = |day: &str| {
        record(&format!(
            "decision_date = 2026-09-18\npublicity_end = 2027-09-18\ndate = {day}"
        ))
    };
    let on = |day: &str, calendar: &str| {
        let site = format!("//- content/holidays.toml\n{calendar}\n{}", decided(day));
        codes_on(date(2026, 10, 20), &site)
    };
    assert_eq!(on("2026-09-29", holidays), [""; 0]);
    assert_eq!(on("2026-09-30", holidays), ["record-published-late"]);
    // Without a list of holidays, Monday to Friday are counted.
    assert_eq!(on("2026-09-29", ""), [""; 0]);
    assert_eq!(on("2026-09-30", ""), ["record-published-late"]);
    let decided =
        record("decision_date = 2026-09-30\npublicity_end = 2027-09-30\ndate = 2026-10-15");
    let site = format!("//- content/holidays.toml\n{holidays}\n{decided}");
    assert_eq!(codes_on(date(2026, 10, 20), &site), [""; 0]);
    assert_eq!(
        codes_on(date(2026, 10, 20), &decided),
        ["record-published-late"]
    );
}

#[test]
fn a_fine_in_the_text_may_be_one_of_them_or_a_sum() {
    let measures = "measures = [{ kind = \"fine\", target = \"enterprise\", amount = 50000 }, { kind = \"fine\", target = \"enterprise\", amount = 30000 }, { kind = \"fine\", target = \"person\", amount = 20000 }]";
    for text in [
        "处罚款5万元，另处三万元罚款，对负责人罚款20,000元，合并罚款8万元，共罚款10万元。",
        "法律规定处十万元以下罚款，逾期未改正的罚款十万元以上二十万元以下。",
        "没有写到金额。",
    ] {
        assert_eq!(codes(&record_saying(measures, text)), [""; 0], "{text}");
    }
    assert_eq!(
        codes(&record_saying(
            measures,
            "对公司罚款5元，对负责人罚款2万元。"
        )),
        ["amounts-differ"]
    );
}

/// A site may make classes of its own, within what the order allows.
#[test]
fn a_class_of_the_site_s_own_ends_within_the_order_s_limits() {
    let list = |months: &str| {
        let list = format!(
            "//- content/vocabulary/severities.toml\ntitle = \"情节\"\n[[terms]]\nid = \"general\"\ntitle = \"一般\"\n{months}\n[[terms]]\nid = \"small\"\ntitle = \"较轻\"\nlongest_months = 6\n"
        );
        move |more: &str| codes(&format!("{list}{}", record(more)))
    };
    assert_eq!(
        list("longest_months = 60")("publicity_end = 2027-03-03"),
        ["publicity-too-long"]
    );
    assert_eq!(
        list("longest_months = 6")("publicity_end = 2026-09-03"),
        ["publicity-too-long"]
    );
    assert_eq!(
        list("")("severity = \"small\"\npublicity_end = 2026-09-03"),
        ["publicity-too-long"]
    );
    assert_eq!(
        list("")("severity = \"small\"\npublicity_end = 2026-09-02"),
        [""; 0]
    );
}
