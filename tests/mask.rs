//! `anjian mask`: what it prints and writes holds nothing personal, once or twice.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("content/cases")).expect("a folder for the test");
    folder
}

fn write(root: &Path, name: &str, bytes: &[u8]) -> String {
    let path = root.join(name);
    std::fs::write(&path, bytes).expect("a file of the test");
    path.to_str().expect("UTF-8").to_owned()
}

fn mask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anjian"))
        .args(["--lang", "zh", "--root"])
        .arg(root)
        .arg("mask")
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

const CASE: &str = "+++\nkind = \"enforcement-case\"\ntitle = \"案\"\nform = \"record\"\nparty = \"张建国\"\n+++\n当事人张建国、安全员李志强（身份证 11010519491231002X），电话 13800138000，\n值班 12350。\n\n李志强承认。\n";
const MASKED: &str = "+++\nkind = \"enforcement-case\"\ntitle = \"案\"\nform = \"record\"\nparty = \"张建国\"\n+++\n当事人张建国、安全员李某（身份证 （身份证号码略）），电话 （手机号码略），\n值班 12350。\n\n李某承认。\n";

#[test]
fn the_masked_text_is_printed_and_the_file_is_left_alone() {
    let root = folder("mask-print");
    let path = write(&root, "content/cases/a.md", CASE.as_bytes());
    let (out, err, code) = said(&mask(&root, &[&path]));
    assert_eq!((out.as_str(), code), (MASKED, Some(0)));
    assert_eq!(err, "要改 2 行；--write 改写原文件\n");
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), CASE);
}

#[test]
fn a_difference_covers_what_was_there() {
    let root = folder("mask-diff");
    let path = write(&root, "content/cases/a.md", CASE.as_bytes());
    let (out, ..) = said(&mask(&root, &[&path, "--diff"]));
    for secret in ["李志强", "11010519491231002X", "13800138000"] {
        assert!(!out.contains(secret), "{out}");
    }
    assert!(
        out.contains("-＊＊＊承认。\n+李某承认。\n") && out.contains("@@ -5,6 +5,6 @@"),
        "{out}"
    );
}

#[test]
fn a_file_is_replaced_once_and_then_stays() {
    let root = folder("mask-write");
    let path = write(&root, "content/cases/a.md", CASE.as_bytes());
    for changed in ["改了 2 行\n", "改了 0 行\n"] {
        let (out, err, _) = said(&mask(&root, &[&path, "--write"]));
        assert_eq!((out.as_str(), err.as_str()), ("", changed));
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), MASKED);
    }
    // A list as spreadsheets of China write it stays in its encoding.
    let (gb, ..) = encoding_rs::GB18030.encode("姓名,电话\n甲,13800138000\n");
    let path = write(&root, "list.csv", &gb);
    let _ = mask(&root, &[&path, "--write"]);
    let (wanted, ..) = encoding_rs::GB18030.encode("姓名,电话\n甲,（手机号码略）\n");
    assert_eq!(std::fs::read(&path).expect("a file"), &*wanted);
}

#[test]
fn names_are_masked_in_cases_where_asked_for_and_not_elsewhere() {
    let root = folder("mask-names");
    let text = "负责人张建国\n";
    let page = write(&root, "content/a.md", text.as_bytes());
    assert_eq!(said(&mask(&root, &[&page])).0, text);
    assert_eq!(said(&mask(&root, &[&page, "--names"])).0, "负责人张某\n");
    write(
        &root,
        "content/site.toml",
        "title = \"站\"\n[kinds]\n\"cases\" = \"enforcement-case\"\n[personal]\nallowed = [\"138 0013 8000\", \"李志强\"]\n".as_bytes(),
    );
    let case = write(
        &root,
        "content/cases/b.md",
        "负责人张建国，联系人李志强 13800138000\n".as_bytes(),
    );
    assert_eq!(
        said(&mask(&root, &[&case])).0,
        "负责人张某，联系人李志强 13800138000\n"
    );
}

#[test]
fn an_attachment_is_looked_through_and_never_written() {
    let root = folder("mask-attachment");
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            "<w:p><w:t>负责人张建国，电话 13800138000、13900139000</w:t></w:p>",
        ),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(name, options).expect("a part");
        std::io::Write::write_all(&mut to, text.as_bytes()).expect("a part");
    }
    let bytes = to.finish().expect("a packed file").into_inner();
    let path = write(&root, "a.docx", &bytes);
    let (out, err, code) = said(&mask(&root, &[&path, "--write"]));
    assert_eq!(
        out,
        "正文：手机号码 2 个，写成 （手机号码略）\n正文：姓名 1 个，写成 张某\n"
    );
    assert!(err.contains("不改写"), "{err}");
    assert_eq!(code, Some(1));
    assert_eq!(std::fs::read(&path).expect("a file"), bytes);
    let (_, err, code) = said(&mask(&root, &["nothing.md"]));
    assert_eq!(code, Some(2), "{err}");
}
