//! YAML front matter: the same data as TOML, with places in bytes of the file.

use anjian::diag::Checked;
use anjian::parse::data::{Entry, Value};
use anjian::parse::yaml::parse;
use anjian::path::SourcePath;

fn read(text: &str) -> Checked<Vec<Entry>> {
    read_from(text, 0)
}

fn read_from(text: &str, offset: usize) -> Checked<Vec<Entry>> {
    match SourcePath::new("content/a.md") {
        Ok(source) => parse(text, &source, offset),
        Err(problem) => unreachable!("a constant path: {problem:?}"),
    }
}

/// The value of the only key of a text.
fn value(text: &str) -> Option<Value> {
    let found = read(text);
    assert!(found.diagnostics.is_empty(), "{text}: {found:?}");
    let [entry] = &found.value[..] else {
        return None;
    };
    Some(entry.node.value.clone())
}

/// The code and place of each finding.
fn faults(text: &str) -> Vec<(String, usize)> {
    let found = read(text).diagnostics;
    found
        .into_iter()
        .map(|one| {
            assert!(one.message.zh.chars().any(|c| c >= '一'), "{one:?}");
            let at = one.span.map_or(0, |span| span.bytes.start);
            (one.code.to_string(), at)
        })
        .collect()
}

/// A value in TOML, so that tests can write what they expect.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => format!("{float:?}"),
        Value::Boolean(truth) => truth.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| shown(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let entry = |entry: &Entry| format!("{} = {}", entry.key, shown(&entry.node.value));
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[test]
fn scalars_follow_the_core_schema() {
    let cases = [
        ("安全", "\"安全\""),
        ("'12'", "\"12\""),
        ("\"a\\tb\"", "\"a\\tb\""),
        ("!!str 12", "\"12\""),
        ("12", "12"),
        ("-0", "0"),
        ("0x1F", "31"),
        ("0o17", "15"),
        ("1.5", "1.5"),
        ("1e3", "1000.0"),
        (".5", "0.5"),
        (".inf", "inf"),
        ("infinity", "\"infinity\""),
        ("1_000", "\"1_000\""),
        ("true", "true"),
        ("False", "false"),
        ("yes", "\"yes\""),
        ("2024-01-05", "2024-01-05T00:00:00"),
        ("2024-01-05 10:00:00", "2024-01-05T10:00:00"),
        ("2024-01-05T10:00:00+08:00", "2024-01-05T10:00:00"),
        ("2024-01-05T10:00:00.25Z", "2024-01-05T10:00:00"),
        ("2024-01-05 10:00 +8", "2024-01-05T10:00:00"),
        ("'2024-01-05'", "\"2024-01-05\""),
        ("2024-01-05 会议", "\"2024-01-05 会议\""),
        ("2024-01-05 10 周", "\"2024-01-05 10 周\""),
        ("2024-1-5", "\"2024-1-5\""),
        ("GB 30871-2022", "\"GB 30871-2022\""),
        ("[a, [1, 2], {b: c}]", "[\"a\", [1, 2], {b = \"c\"}]"),
        ("\n- a\n-\n- ~\n- b", "[\"a\", \"b\"]"),
        ("\n  b:\n    c: 1\n  d: e", "{b = {c = 1}, d = \"e\"}"),
        ("|\n  一\n  二\n", "\"一\\n二\\n\""),
        (">-\n  a\n  b\n", "\"a b\""),
    ];
    for (written, expected) in cases {
        let text = format!("a: {written}");
        let value = value(&text);
        assert_eq!(
            value.as_ref().map(shown).as_deref(),
            Some(expected),
            "{text}"
        );
    }
}

#[test]
fn a_key_without_a_value_is_not_written() {
    for written in ["", " ~", " null", " # 注", " {}\nb:"] {
        let found = read(&format!("a:{written}\nc: 1\n"));
        assert_eq!(found.diagnostics, [], "{written}");
        assert_eq!(
            found.value.last().map(|entry| entry.key.as_str()),
            Some("c")
        );
        assert!(found.value.len() <= 2, "{written}");
    }
    assert_eq!(read("").value, []);
    assert_eq!(read("# 注\n\n").diagnostics, []);
}

#[test]
fn places_are_bytes_of_the_file() {
    let head = "---\r\n";
    let text = "# 说明\r\n标题: 安全生产 # 注\r\n\"引号\": '单引'\r\nlist:\r\n  - 甲\r\n  - 乙丙\r\ntable:\r\n  键: >-\r\n    一\r\n    二\r\nlast: [𠀀, 二]\r\n";
    let file = format!("{head}{text}");
    let found = read_from(text, head.len());
    assert_eq!(found.diagnostics, []);
    let cut: Vec<(&str, &str)> = found
        .value
        .iter()
        .map(|entry| {
            (
                &file[entry.key_bytes.clone()],
                &file[entry.node.bytes.clone()],
            )
        })
        .map(|(key, value)| (key, value.trim_end()))
        .collect();
    let expected = [
        ("标题", "安全生产"),
        ("\"引号\"", "'单引'"),
        ("list", "- 甲\r\n  - 乙丙"),
        ("table", "键: >-\r\n    一\r\n    二"),
        ("last", "[𠀀, 二]"),
    ];
    assert_eq!(cut, expected);
    let inner: Vec<&str> = found
        .value
        .iter()
        .filter_map(|entry| match &entry.node.value {
            Value::List(items) => Some(items),
            _ => None,
        })
        .flatten()
        .map(|item| &file[item.bytes.clone()])
        .collect();
    assert_eq!(inner, ["甲", "乙丙", "𠀀", "二"]);
}

#[test]
fn aliases_stand_for_their_anchor() {
    let found = read("a: &甲 [1, {b: 2}]\nc: *甲\n&k d: *k\n");
    assert_eq!(found.diagnostics, []);
    let values: Vec<String> = found
        .value
        .iter()
        .map(|entry| format!("{}={}", entry.key, shown(&entry.node.value)))
        .collect();
    assert_eq!(values[..2], ["a=[1, {b = 2}]", "c=[1, {b = 2}]"]);
    assert_eq!(found.value[1].node.bytes, 23..27);
}

#[test]
fn a_mistake_is_one_finding_with_its_place() {
    let cases = [
        ("a: 1\nb: c: d\n", "yaml-syntax", 9),
        ("a: 1\n标题：安全\n", "yaml-syntax", 20),
        ("标题：安全\na: 1\n", "yaml-syntax", 0),
        ("a: 1\n标题：安全\nb: 1\n", "yaml-syntax", 20),
        ("安: \"全\n", "yaml-syntax", 5),
        ("a: 1\n安: 2\na: 3\n", "yaml-syntax", 12),
        ("a: [1, 2\nb: 3\n", "yaml-syntax", 10),
        ("a: *b\n", "yaml-syntax", 3),
        ("a: @b\n", "yaml-syntax", 3),
        ("a:\n\t- b\n", "yaml-syntax", 4),
        ("? [a]\n: b\n", "yaml-syntax", 2),
        ("a: &x [*x]\n", "yaml-syntax", 7),
        ("- a\n", "yaml-syntax", 0),
        ("正文\n", "yaml-syntax", 0),
        ("a: 1\n--- b\n", "yaml-syntax", 5),
        ("a: x\0y\nb: 1\n", "yaml-syntax", 4),
        ("a: 2025-02-30\n", "bad-value", 3),
        ("a: 99999999999999999999\n", "bad-value", 3),
    ];
    for (text, code, at) in cases {
        let found = faults(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert_eq!(found[0].0, code, "{text:?}");
        assert_eq!(found[0].1, at, "{text:?}");
    }
}

#[test]
fn what_stands_before_a_mistake_is_kept() {
    let found = read("a: 1\nb: [2]\nc: [3\n");
    let keys: Vec<&str> = found.value.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["a", "b"]);
}

#[test]
fn hostile_input_is_survived() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let alias = format!("*a{}", level - 1);
        let line = [alias.as_str(); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{line}]\n"));
    }
    let mut ladder = String::new();
    for depth in 0..10_000 {
        ladder.push_str(&format!("{}a:\n", " ".repeat(depth)));
        if ladder.len() > 1 << 20 {
            break;
        }
    }
    let all = [
        format!("a: {}", "[".repeat(100_000)),
        format!("a: {}", "{a: ".repeat(100_000)),
        format!("a:\n{}", "- ".repeat(100_000)),
        "? ".repeat(100_000),
        "a: ".repeat(100_000),
        bomb,
        ladder,
    ];
    for text in all {
        let found = read(&text);
        assert_eq!(found.diagnostics.len(), 1, "{}", &text[..20]);
    }
    let long = format!("a: \"{}\"\n", "安全".repeat(500_000));
    assert_eq!(faults(&long), []);
}
