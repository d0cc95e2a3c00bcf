//! Input that no author means: nesting without end, lines of many megabytes, names of every kind. The
//! program neither panics nor hangs; it says what is wrong, or makes a good page of it.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::diag::Diagnostic;
use anjian::diag::report::{Language, report};
use anjian::path::{PathProblem, SourcePath};
use anjian::source::Sources;
use anjian::source::memory::MemorySources;
use anjian::write::memory::MemoryOutput;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const THEME: &str = include_str!("incremental/theme.txt");
const SETTINGS: &str = "\n//- content/site.toml\ntitle = \"试验站\"\ntheme = \"tiny\"\n";

/// The length of the longest lines. Fifty megabytes take a program without optimisation a minute on a
/// busy machine, so tests without optimisation take eight.
const MEGABYTES: usize = if cfg!(debug_assertions) { 8 } else { 50 };

/// A site in memory of the given files, with what building it said and published.
struct Built {
    output: MemoryOutput,
    found: Vec<Diagnostic>,
    said: String,
}

impl Built {
    fn codes(&self) -> Vec<&str> {
        self.found.iter().map(|one| one.code.as_ref()).collect()
    }

    fn page(&self, path: &str) -> &str {
        let text = self.output.text(path);
        text.unwrap_or_else(|| panic!("no `{path}`: {}", self.said))
    }
}

fn built(files: &[(&str, &str)]) -> Built {
    let mut sources =
        MemorySources::from_literal(&format!("{THEME}{SETTINGS}")).expect("sound paths");
    for (path, text) in files {
        let path = SourcePath::new(path).expect("a sound path");
        sources.insert(path, text.as_bytes());
    }
    let begun = Instant::now();
    let (output, made) = memory::built(&sources, jiff::civil::date(2026, 1, 1));
    let found = made.diagnostics;
    let text_of = |path: &SourcePath| {
        let bytes = sources.read(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).into())
    };
    let said = report(&found, &text_of, Language::Chinese);
    assert!(
        begun.elapsed() < Duration::from_secs(120),
        "{:?} for {:?}",
        begun.elapsed(),
        files.first().map(|(path, _)| path)
    );
    Built {
        output,
        found,
        said,
    }
}

#[test]
fn faults_of_writing_without_end_are_told_and_counted() {
    for sign in [
        "安,",
        "安.",
        "安?!",
        "(安",
        "安)",
        "a@安",
        "\"安",
        "安的的",
        "國",
        "《國",
        "安―",
        "安\u{200b}",
        "安１",
        ":a:安",
        "`安",
        "二○",
        "安--",
        "。。安",
        "消防栓",
    ] {
        let text = format!("# 题\n\n{}\n\n末\n", sign.repeat(20_000));
        let built = built(&[("content/a.md", &text)]);
        assert!(built.page("a/index.html").contains("<h1"), "{sign}");
        assert!(built.found.len() <= 63, "{sign}: {}", built.found.len());
    }
}

#[test]
fn ten_thousand_nested_signs_make_a_page() {
    for sign in [
        ">", "> ", "[", "![", "*", "_", "(", "- ", "`", "~", "\\", "&", "<!--", "[^", "|",
    ] {
        let text = format!("# 题\n\n{}\n\n末\n", sign.repeat(10_000));
        let built = built(&[("content/a.md", &text)]);
        assert_eq!(built.codes(), [""; 0], "{sign}: {}", built.said);
        assert!(built.page("a/index.html").contains("<h1"), "{sign}");
    }
    for sign in ["*", "[", "(", "**", "~~"] {
        let close = match sign {
            "[" => "](b)",
            "(" => ")",
            same => same,
        };
        let text = format!("{}甲{}\n", sign.repeat(5_000), close.repeat(5_000));
        let built = built(&[("content/a.md", &text)]);
        assert!(built.found.len() < 2, "{sign}: {}", built.found.len());
    }
}

#[test]
fn ten_thousand_nested_elements_are_reported() {
    let open = format!("{}甲\n", "<div>".repeat(10_000));
    let found = built(&[("content/a.md", &open)]);
    assert!(found.codes().iter().all(|code| *code == "html-unbalanced"));
    assert!(
        found
            .said
            .starts_with("content/a.md:1:1: 错误[html-unbalanced]")
    );
    let closed = format!("{}甲{}\n", "<div>".repeat(10_000), "</div>".repeat(10_000));
    let found = built(&[("content/a.md", &closed)]);
    assert_eq!(found.codes(), [""; 0]);
}

#[test]
fn deep_data_is_refused_or_read() {
    let deep = 20_000;
    let texts = [
        format!("a = {}{}\n", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}\n", "[".repeat(deep)),
        format!("a = {}1{}\n", "{ a = ".repeat(deep), " }".repeat(deep)),
        format!("a = {}\n", "{ a = ".repeat(deep)),
        format!("{}a = 1\n", "a.".repeat(deep)),
        format!("[{}a]\nb = 1\n", "a.".repeat(deep)),
        format!("[[{}a]]\nb = 1\n", "a.".repeat(deep)),
        format!("a = {{ {}a = 1 }}\n", "a.".repeat(deep)),
    ];
    for text in texts {
        let built = built(&[("content/a.toml", &text)]);
        let (start, count) = (text.get(..12), built.found.len());
        assert!((1..4).contains(&count), "{start:?}: {count} findings");
    }
    let texts = [
        format!("---\na: {}{}\n---\n", "[".repeat(deep), "]".repeat(deep)),
        format!("---\na: {}\n---\n", "[".repeat(deep)),
        format!(
            "---\na: {}1{}\n---\n",
            "{a: ".repeat(deep),
            "}".repeat(deep)
        ),
        format!("---\na:\n {}b\n---\n", "- ".repeat(2_000)),
        format!(
            "---\n{}\n---\n",
            (0..1000)
                .map(|at| format!("{}a:\n", " ".repeat(at)))
                .collect::<String>()
        ),
    ];
    for text in texts {
        let built = built(&[("content/a.md", &text)]);
        assert_eq!(built.codes(), ["yaml-syntax"], "{:?}", text.get(..12));
    }
}

#[test]
fn a_line_of_many_megabytes_is_a_line() {
    let long = "安全生产 safety ".repeat(MEGABYTES * 1024 * 1024 / 20);
    let text = format!("+++\ntitle = \"长\"\n+++\n{long}[断](no.md)\n");
    let found = built(&[("content/a.md", &text)]);
    assert_eq!(found.codes(), ["broken-link"]);
    assert!(found.said.len() < 2_000, "{} bytes", found.said.len());
}

#[test]
fn a_line_of_many_megabytes_is_a_value() {
    let long = "安全生产 safety ".repeat(MEGABYTES * 1024 * 1024 / 20);
    let text = format!("title = \"短\"\nsummary = \"{long}\"\ntilte = 1\n");
    let found = built(&[("content/a.toml", &text)]);
    assert_eq!(found.codes(), ["unknown-key"], "{} bytes", found.said.len());
    let text = format!("title = \"短\"\nsummary = \"{long}\nweight = 1\n");
    let found = built(&[("content/a.toml", &text)]);
    assert_eq!(found.codes(), ["toml-syntax"], "{} bytes", found.said.len());
    assert!(found.said.len() < 2_000, "{} bytes", found.said.len());
}

#[test]
fn nul_bytes_are_text_or_a_message() {
    let found = built(&[("content/a.md", "# 题\n\n甲\0乙 [丙](d%00.md)\n")]);
    assert_eq!(found.codes(), ["broken-link"]);
    assert!(!found.said.contains('\0'), "{:?}", found.said);
    let found = built(&[("content/a.md", "# 题\n\n甲\0乙\n")]);
    assert!(!found.page("a/index.html").contains('\0'));
    for text in ["+++\ntitle = \"甲\0\"\n+++\n", "---\ntitle: 甲\0\n---\n"] {
        let found = built(&[("content/a.md", text)]);
        assert_eq!(found.found.len(), 1, "{}", found.said);
        assert!(found.said.starts_with("content/a.md:2:"), "{}", found.said);
    }
    assert_eq!(
        SourcePath::new("content/a\0.md"),
        Err(PathProblem::ForbiddenCharacter)
    );
    let found = built(&[("content/a.md", "# 题\n\n[甲](%00.md) [乙](\u{1b}[31m.md)\n")]);
    assert!(!found.said.contains(['\0', '\u{1b}']), "{:?}", found.said);
}

#[test]
fn names_of_every_kind_are_pages_that_links_reach() {
    let han = "安".repeat(83);
    let names = [
        "100%",
        "a%20b",
        "%E5%AE%89",
        "%zz",
        "a..b",
        "a b",
        "表😀",
        "a?b",
        "a\"b'c",
        "a&b<c>",
        "a.",
        "a..",
        "index.html",
        "-",
        "~",
        "{{x}}",
        &han,
    ];
    let paths: Vec<String> = names
        .iter()
        .map(|name| format!("content/{name}.md"))
        .collect();
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "# 题\n")).collect();
    let list: String = names
        .iter()
        .map(|name| format!("- [甲]({}.md)\n", anjian::path::percent_encode(name)))
        .collect();
    files.push(("content/list.md", &list));
    let found = built(&files);
    assert_eq!(found.codes(), [""; 0], "{}", found.said);
    for name in names {
        assert!(found.page(&format!("{name}/index.html")).contains("<h1"));
    }
    let list = found.page("list/index.html");
    assert!(list.contains("href=\"../a%3Fb/\""), "{list}");
    assert!(list.contains("href=\"../100%25/\""), "{list}");
    assert!(!list.contains("b'c\""), "{list}");
}

#[test]
fn nothing_is_published_outside_the_output_folder() {
    let law = |id: &str| {
        format!(
            "[[references]]\nid = \"{id}\"\ntitle = \"法\"\nkind = \"law\"\nstatus = \"current\"\n"
        )
    };
    for id in ["../../x", "..", "a/../../../b", "a\\\\b"] {
        let found = built(&[("content/references.toml", &law(id))]);
        assert_eq!(found.codes(), ["bad-path"], "{id}: {}", found.said);
        assert!(found.said.starts_with("content/references.toml:2:6: 错误"));
    }
    let found = built(&[
        ("content/a#b.md", "# 题\n"),
        ("content/c.md", "[甲](a%23b.md)\n"),
    ]);
    assert_eq!(found.codes(), ["bad-path"], "{}", found.said);
    let found = built(&[("content/...md", "# 题\n"), ("content/a/...md", "# 题\n")]);
    assert_eq!(found.codes(), ["bad-path"; 2], "{}", found.said);
    for alias in [
        "/../x/",
        "../../x.html",
        "/a/%2e%2e/%2e%2e/b/",
        "/",
        "/a\\\\b/",
        "/\\u0000/",
    ] {
        let text = format!("+++\naliases = [\"{alias}\"]\n+++\n");
        let found = built(&[("content/b/c.md", &text)]);
        assert_eq!(found.codes(), ["bad-alias"], "{alias}: {}", found.said);
    }
}

#[test]
fn empty_files_and_old_line_ends() {
    for text in [
        "",
        "\u{feff}",
        "\n\n",
        "+++\n+++\n",
        "\u{feff}+++\n+++",
        "---\n---\n",
    ] {
        let found = built(&[("content/a.md", text)]);
        assert_eq!(found.codes(), [""; 0], "{text:?}: {}", found.said);
        assert!(
            found.page("a/index.html").contains("<h1>a</h1>"),
            "{text:?}"
        );
    }
    for text in ["", "\u{feff}", "\u{feff}\n# \n"] {
        let found = built(&[("content/a.toml", text)]);
        assert_eq!(found.codes(), [""; 0], "{text:?}: {}", found.said);
    }
    let found = built(&[("content/a.md", "# 题\r\r甲\r\r乙\r")]);
    assert!(
        found.page("a/index.html").contains("<p>甲</p>"),
        "{}",
        found.page("a/index.html")
    );
    for text in [
        "+++\rtitle = \"甲\"\r+++\r正文\r",
        "\u{feff}---\rtitle: 甲\r---\r正文\r",
    ] {
        let found = built(&[("content/a.md", text)]);
        assert_eq!(found.codes(), ["bad-line-ends"], "{}", found.said);
    }
    let found = built(&[("content/a.toml", "title = \"甲\"\rweight = 1\r")]);
    assert_eq!(found.codes(), ["toml-syntax"], "{}", found.said);
    assert!(found.said.contains("换行"), "{}", found.said);
}

#[test]
fn huge_numbers_are_refused_or_kept() {
    let huge = "9".repeat(10_000);
    for text in [
        format!("+++\nweight = {huge}\n+++\n"),
        format!("+++\nweight = -{huge}\n+++\n"),
        format!("+++\ndate = {huge}-01-01\n+++\n"),
        format!("---\nweight: {huge}\n---\n"),
        format!("---\nweight: 1e{huge}\n---\n"),
        "+++\nweight = 0xfffffffffffffffffffff\n+++\n".to_owned(),
    ] {
        let found = built(&[("content/a.md", &text)]);
        assert_eq!(found.found.len(), 1, "{}", found.said);
        assert!(found.said.len() < 2_000, "{}", found.said);
    }
    for weight in [i64::MIN, i64::MAX] {
        let text = format!("+++\nweight = {weight}\n+++\n");
        assert_eq!(built(&[("content/a.md", &text)]).codes(), [""; 0]);
    }
    let rules = format!(
        "kind = \"rules\"\ntitle = \"细则\"\nedition = \"1\"\nstatus = \"current\"\nsize_class = \"s\"\nelement_set = \"e\"\ntotal = {0}\n[[elements]]\nelement = \"x\"\n[[elements.items]]\nid = \"a\"\nrequirement = \"a\"\npoints = {0}\ndeduction = \"a\"\n[[elements.items]]\nid = \"b\"\nrequirement = \"a\"\npoints = {0}\ndeduction = \"a\"\n",
        i64::MIN
    );
    let found = built(&[("content/a.toml", &rules)]);
    assert!(found.found.len() < 2, "{}", found.said);
    let list =
        format!("# 题\n\n{huge}. 甲\n\n999999999. 乙\n\n:::table\n|a|b|\n|-|-|\n|{huge}|<|\n:::\n");
    assert_eq!(built(&[("content/a.md", &list)]).codes(), [""; 0]);
    let link = format!("[甲](ref:law#{huge}) [乙](#{huge})\n");
    assert_eq!(
        built(&[("content/a.md", &link)]).codes(),
        ["broken-link"; 2]
    );
}

#[test]
fn a_title_of_ten_thousand_characters_is_a_title() {
    let title = "安全生产标准化".repeat(1_500);
    let text = format!("+++\ntitle = \"{title}\"\nkeywords = [\"甲\"]\n+++\n## {title}\n");
    let found = built(&[("content/a.md", &text)]);
    assert_eq!(found.codes(), [""; 0]);
    assert!(found.page("a/index.html").contains(&title));
}

#[test]
fn a_page_may_link_to_itself_in_all_forms() {
    let forms = [
        "",
        "#h",
        "?x=1",
        "?x=1#h",
        "self.md",
        "./self.md#h",
        "../b/self.md",
        "/b/self.md#h",
        "self",
        "self/",
        "/b/self",
        "/b/self/",
        "/b/self/#h",
        "/b/self/index.html",
        "self.html",
        "/b/self/?x=1#h",
    ];
    let links: String = forms
        .iter()
        .map(|form| format!("- [甲](<{form}>)\n"))
        .collect();
    let text = format!("+++\nweight = 1\n+++\n\n## 题 {{#h}}\n\n{links}\n![图](self.md)\n");
    let found = built(&[("content/b/self.md", &text)]);
    assert_eq!(found.codes(), ["bad-image"], "{}", found.said);
    let text = text.replace("\n![图](self.md)\n", "");
    let found = built(&[("content/b/self.md", &text)]);
    assert_eq!(found.codes(), [""; 0], "{}", found.said);
    let text = "+++\naliases = [\"/b/self/\", \"b/self/index.html\"]\n+++\n";
    let found = built(&[("content/b/self.md", text)]);
    assert_eq!(found.codes(), [""; 0], "{}", found.said);
}

#[test]
fn editions_that_supersede_themselves_are_no_loop() {
    let edition = |of: &str| {
        format!(
            "kind = \"checklist\"\ntitle = \"清单\"\nedition = \"1\"\nstatus = \"current\"\nlevel = \"enterprise\"\nsupersedes = \"{of}\"\n"
        )
    };
    let theme = (
        "themes/tiny/templates/checklist.html",
        "{% extends \"page.html\" %}",
    );
    let found = built(&[("content/a.toml", &edition("a")), theme]);
    assert!(found.found.len() < 2, "{}", found.said);
    let found = built(&[
        ("content/a.toml", &edition("b")),
        ("content/b.toml", &edition("a")),
        theme,
    ]);
    assert!(found.found.len() < 2, "{}", found.said);
}

#[test]
fn keywords_of_one_name_or_none_have_pages_of_their_own() {
    let words = [
        "C", "c", "C++", "#", "！！", " ", "", "../x", "a/b", "<b>", "word", "word-2",
    ];
    let list = words.map(|word| format!("\"{word}\"")).join(", ");
    let found = built(&[("content/a.md", &format!("+++\nkeywords = [{list}]\n+++\n"))]);
    assert_eq!(found.codes(), [""; 0], "{}", found.said);
    let pages = found.output.files.keys();
    let pages: Vec<&str> = pages
        .map(anjian::path::OutputPath::as_str)
        .filter(|path| path.starts_with("keywords/") && *path != "keywords/index.html")
        .collect();
    assert_eq!(pages.len(), 9, "{pages:?}");
    let page = found.page("a/index.html");
    for path in pages {
        let address = anjian::path::percent_encode(path.trim_end_matches("index.html"));
        assert!(page.contains(&address), "`{address}` in {page}");
    }
}

#[test]
fn a_name_too_long_for_a_disk_is_a_page_in_memory() {
    let path = format!("content/{}.md", "安".repeat(100));
    let found = built(&[(path.as_str(), "# 题\n")]);
    assert_eq!(found.codes(), [""; 0]);
    assert!(
        found
            .output
            .files
            .keys()
            .any(|path| path.as_str().len() > 300)
    );
}

/// A folder of its own for each test, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("content")).expect("a folder for the test");
    folder
}

fn anjian(root: &Path, command: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anjian"))
        .arg("--root")
        .arg(root)
        .args([command, "--lang", "en"])
        .output()
        .expect("the program starts")
}

fn stderr(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!text.contains("panicked"), "{text}");
    text
}

#[cfg(unix)]
#[test]
fn names_of_every_kind_are_files_on_disk() {
    let root = folder("names");
    let han = "安".repeat(83);
    let names = [
        "100%", "a..b", "a b", "表😀", "a?b", "a\"b'c", "a.", "a..", "a\nb", &han,
    ];
    for name in names {
        let place = root.join(format!("content/{name}.md"));
        std::fs::write(place, "# 题\n").expect("a file of the test");
    }
    std::fs::create_dir(root.join("content/x.md")).expect("a folder of the test");
    std::fs::write(root.join("content/x.md/y.md"), "[甲](../x.md/y.md)\n").expect("a file");
    let output = anjian(&root, "build");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for name in names.into_iter().chain(["x.md/y"]) {
        let page = root.join(format!("output/site/{name}/index.html"));
        assert!(page.is_file(), "{name}");
    }
}

#[test]
fn an_output_path_too_long_for_the_disk_is_named() {
    let root = folder("long");
    let text = format!("+++\nkeywords = [\"{}\"]\n+++\n", "安".repeat(100));
    std::fs::write(root.join("content/a.md"), text).expect("a file of the test");
    let output = anjian(&root, "build");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&"安".repeat(100)), "{said}");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_named() {
    use std::os::unix::ffi::OsStrExt;
    for name in [b"a\xb0\xb2.md".as_slice(), b"a\\b.md"] {
        let root = folder("no-text");
        let name = std::ffi::OsStr::from_bytes(name);
        // Some file systems take UTF-8 alone.
        if std::fs::write(root.join("content").join(name), "# 题\n").is_err() {
            continue;
        }
        let output = anjian(&root, "build");
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("must be UTF-8"));
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_loops_leaves_the_project_or_dangles_is_a_message_and_no_hang() {
    for (name, target) in [
        ("loop", ".."),
        ("self", "self"),
        ("outside", "/"),
        ("gone", "nowhere"),
    ] {
        let root = folder(&format!("link-{name}"));
        let link = root.join("content").join(name);
        std::os::unix::fs::symlink(target, link).expect("a link");
        let output = anjian(&root, "check");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(&format!("content/{name}")), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_or_file_that_cannot_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder("locked");
    let locked = root.join("content/locked");
    std::fs::create_dir(&locked).expect("a folder of the test");
    let close = |mode: u32| {
        let rights = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&locked, rights).expect("our own folder");
    };
    close(0o000);
    // The superuser reads every folder.
    let readable = std::fs::read_dir(&locked).is_ok();
    let output = anjian(&root, "check");
    close(0o755);
    if readable {
        return;
    }
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("content/locked"), "{said}");
}
