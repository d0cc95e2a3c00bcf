//! The text of attachments is looked through for what belongs to persons: parts, sheets, pages, lines; hostile files cost
//! no more than large ones.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::attachment::words::{Place, Secret, Unread, Words, read};
use anjian::diag::Severity;
use anjian::path::SourcePath;
use anjian::source::memory::MemorySources;
use anjian::text::personal::Kind;
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use std::io::{Cursor, Write};

const IDENTITY: &str = "11010519491231002X";

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(*name, options).expect("a part");
        to.write_all(bytes).expect("a part");
    }
    to.finish().expect("a packed file").into_inner()
}

fn document(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("word/styles.xml", b"<w:styles/>"),
    ];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    packed(&all)
}

fn found(extension: &str, bytes: &[u8]) -> Vec<(Place, Kind, String)> {
    let Words { secrets, unread } = read(extension, bytes);
    assert_eq!(unread, None);
    let one = |Secret { place, kind, value }| (place, kind, value);
    secrets.into_iter().map(one).collect()
}

fn one(place: Place, kind: Kind, value: &str) -> (Place, Kind, String) {
    (place, kind, value.to_owned())
}

#[test]
fn each_part_of_a_word_document_is_read_as_its_readers_read_it() {
    let bytes = document(&[
        (
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>电话 1380</w:t></w:r><w:r><w:t>0138000</w:t></w:r></w:p>\
             <w:p><w:r><w:t>1390</w:t></w:r></w:p><w:p><w:r><w:t>0139000</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>法定代表人</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>张建国</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><w:t>身份证 &#49;1010519491231002X</w:t></w:r></w:p></w:body></w:document>",
        ),
        (
            "word/header1.xml",
            "<w:hdr><w:p><w:r><w:t>li.si@example-office.cn</w:t></w:r></w:p></w:hdr>",
        ),
        (
            "word/footnotes.xml",
            "<w:f><w:p><w:r><w:t>住址：某省某市某区某路3号</w:t></w:r></w:p></w:f>",
        ),
        (
            "word/comments.xml",
            "<w:c><w:p><w:r><w:t>问 13700137000</w:t></w:r></w:p></w:c>",
        ),
        (
            "docProps/core.xml",
            "<c><dc:title>名单 13600136000</dc:title><dc:creator>a@b.cn</dc:creator></c>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<R><Relationship Id=\"1\" Type=\"t/hyperlink\" Target=\"mailto:wang@example-office.cn\" TargetMode=\"External\"/></R>",
        ),
        (
            "word/settings.xml",
            "<w:s w:v=\"13500135000\"><w:t>13500135000</w:t></w:s>",
        ),
    ]);
    assert_eq!(
        found("docx", &bytes),
        [
            one(Place::Text, Kind::IdentityNumber, IDENTITY),
            one(Place::Text, Kind::MobileNumber, "13800138000"),
            one(Place::Text, Kind::PersonName, "张建国"),
            one(Place::Margin, Kind::Email, "li.si@example-office.cn"),
            one(Place::Note, Kind::HomeAddress, "某省某市某区某路3号"),
            one(Place::Remark, Kind::MobileNumber, "13700137000"),
            one(Place::Properties, Kind::MobileNumber, "13600136000"),
            one(Place::Link, Kind::Email, "wang@example-office.cn"),
        ]
    );
}

#[test]
fn rows_of_workbooks_are_told_with_their_sheet() {
    let bytes = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"rId3\"/></sheets></workbook>".as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<R><Relationship Id=\"rId3\" Target=\"worksheets/sheet7.xml\"/></R>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>姓名\n或单位</t></si><si/><si><r><t>138 0013</t></r><r><t> 8000</t></r><rPh><t>13900139000</t></rPh></si></sst>".as_bytes(),
        ),
        (
            "xl/worksheets/sheet7.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
             <row r=\"5\"><c r=\"A5\" t=\"s\"><v>2</v></c><c r=\"B5\"><v>13700137000</v></c><c t=\"inlineStr\"><is><t>li@example-office.cn</t></is></c></row></sheetData>\
             <headerFooter><oddFooter>值班 13600136000</oddFooter></headerFooter></worksheet>".as_bytes(),
        ),
        ("xl/comments1.xml", "<comments><authors><author>张三</author></authors><commentList><comment><text><t>13500135000</t></text></comment></commentList></comments>".as_bytes()),
    ]);
    let row = || Place::Row("名单".to_owned(), 5);
    assert_eq!(
        found("xlsx", &bytes),
        [
            one(row(), Kind::MobileNumber, "13700137000"),
            one(row(), Kind::MobileNumber, "138 0013 8000"),
            one(row(), Kind::Email, "li@example-office.cn"),
            one(Place::Margin, Kind::MobileNumber, "13600136000"),
            one(Place::Remark, Kind::MobileNumber, "13500135000"),
        ]
    );
}

#[test]
fn slides_and_the_open_formats_are_read() {
    let slides = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "ppt/slides/slide12.xml",
            b"<p:sld><a:p><a:r><a:t>138001</a:t></a:r><a:r><a:t>38000</a:t></a:r></a:p></p:sld>",
        ),
    ]);
    let mobile = |place| [one(place, Kind::MobileNumber, "13800138000")];
    assert_eq!(found("pptx", &slides), mobile(Place::Slide(12)));
    let text = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b"<office:document-content><text:p>13<text:span>800138000</text:span></text:p></office:document-content>"),
        ("meta.xml", b"<office:meta><dc:creator>a@b.cn</dc:creator></office:meta>"),
    ]);
    assert_eq!(found("odt", &text), mobile(Place::Text));
    let ofd = packed(&[
        ("OFD.xml", b"<o/>"),
        (
            "Doc_0/Pages/Page_1/Content.xml",
            b"<o:TextObject><o:TextCode>13800138000</o:TextCode></o:TextObject>",
        ),
    ]);
    assert_eq!(found("ofd", &ofd), mobile(Place::Page(2)));
}

#[test]
fn lists_in_text_are_read_in_whatever_they_are_written() {
    let text = "姓名,电话\n甲,13800138000\n";
    let wanted = [one(Place::Line(2), Kind::MobileNumber, "13800138000")];
    assert_eq!(found("csv", text.as_bytes()), wanted);
    assert_eq!(found("TXT", format!("\u{feff}{text}").as_bytes()), wanted);
    let (gb, ..) = encoding_rs::GB18030.encode("住址：某省某市某区某路3号\n");
    let wanted = [one(
        Place::Line(1),
        Kind::HomeAddress,
        "某省某市某区某路3号",
    )];
    assert_eq!(found("csv", &gb), wanted);
    let wide: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(found("txt", &wide).len(), 1);
}

/// A page that shows rows of characters, each where it stands.
fn page(rows: &[(i64, i64, &str)]) -> Vec<u8> {
    let mut operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 12.into()]),
    ];
    for (x, y, text) in rows {
        let place = [1, 0, 0, 1, *x, *y].map(Object::from).to_vec();
        operations.push(Operation::new("Tm", place));
        operations.push(Operation::new("Tj", vec![Object::string_literal(*text)]));
    }
    operations.push(Operation::new("ET", vec![]));
    pdf(Content { operations }.encode().expect("operations"), vec![])
}

fn pdf(content: Vec<u8>, more: Vec<Object>) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let font = document.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" },
    );
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let page = document
        .add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
    document.objects.insert(pages, Object::Dictionary(tree));
    for object in more {
        document.add_object(object);
    }
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file");
    bytes
}

#[test]
fn pages_are_read_row_by_row_however_their_characters_are_laid() {
    let mobile = [one(Place::Page(1), Kind::MobileNumber, "13800138000")];
    assert_eq!(found("pdf", &page(&[(50, 700, "tel 13800138000")])), mobile);
    // One character after the other, as some programs print.
    let digits: Vec<(i64, i64, &str)> = ["1", "3", "8", "0", "0", "1", "3", "8", "0", "0", "0"]
        .into_iter()
        .zip(0..)
        .map(|(digit, at)| (50 + at * 6, 700, digit))
        .collect();
    assert_eq!(found("pdf", &page(&digits)), mobile);
    // Rows and cells are apart.
    assert_eq!(
        found("pdf", &page(&[(50, 700, "138001"), (50, 680, "38000")])),
        []
    );
    assert_eq!(
        found(
            "pdf",
            &page(&[(50, 700, "13800138000"), (300, 700, "2026")])
        ),
        mobile
    );
}

#[test]
fn fields_and_remarks_of_pdf_files_are_read() {
    let remark = dictionary! { "Type" => "Annot", "Subtype" => "Text", "Contents" => Object::string_literal("13800138000") };
    let field = dictionary! { "FT" => "Tx", "V" => Object::string_literal("li@example-office.cn") };
    let bytes = pdf(
        b"BT /F1 12 Tf (a) Tj ET".to_vec(),
        vec![remark.into(), field.into()],
    );
    assert_eq!(
        found("pdf", &bytes),
        [
            one(Place::Field, Kind::MobileNumber, "13800138000"),
            one(Place::Field, Kind::Email, "li@example-office.cn"),
        ]
    );
}

#[test]
fn a_scan_is_told_and_a_blank_page_is_not() {
    let picture = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1 },
        vec![0],
    );
    let scan = pdf(b"q /I Do Q".to_vec(), vec![Object::Stream(picture)]);
    assert_eq!(read("pdf", &scan).unread, Some(Unread::Scanned));
    assert_eq!(read("pdf", &pdf(Vec::new(), vec![])), Words::default());
}

#[test]
fn files_of_older_programs_are_read_as_far_as_their_characters_stand_in_a_row() {
    let wide: Vec<u8> = "电话 13800138000，"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for lead in [0, 1] {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
        let mut stream = file.create_stream("/WordDocument").expect("a stream");
        stream
            .write_all(&[&vec![0; lead], &wide[..]].concat())
            .expect("a stream");
        drop(stream);
        let mut stream = file.create_stream("/Workbook").expect("a stream");
        stream
            .write_all(b"\0\0li@example-office.cn\0\0")
            .expect("a stream");
        drop(stream);
        file.flush().expect("a container");
        let bytes = file.into_inner().into_inner();
        let wanted = [
            one(Place::Text, Kind::MobileNumber, "13800138000"),
            one(Place::Text, Kind::Email, "li@example-office.cn"),
        ];
        assert_eq!(found("doc", &bytes), wanted);
    }
}

#[test]
fn archives_are_opened_but_not_without_end() {
    let inner = document(&[("word/document.xml", "<w:p><w:t>13800138000</w:t></w:p>")]);
    let outer = packed(&[
        ("one.docx", &inner),
        ("two.txt", b"a@example-office.cn"),
        ("three.bin", &inner),
    ]);
    let within = |name: &str, place| Place::Within(name.to_owned(), Box::new(place));
    assert_eq!(
        found("zip", &outer),
        [
            one(
                within("one.docx", Place::Text),
                Kind::MobileNumber,
                "13800138000"
            ),
            one(
                within("two.txt", Place::Line(1)),
                Kind::Email,
                "a@example-office.cn"
            ),
        ]
    );
    let mut nested = outer;
    for _ in 0..20 {
        nested = packed(&[("a.zip", &nested), ("b.zip", &nested)]);
        nested.truncate(1 << 20);
    }
    let _ = read("zip", &nested);
    let many: Vec<(String, &[u8])> = (0..600)
        .map(|at| (format!("{at}.txt"), &b"a"[..]))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, bytes)| (name.as_str(), *bytes))
        .collect();
    assert_eq!(read("zip", &packed(&many)).unread, Some(Unread::TooLarge));
}

#[test]
fn a_bomb_costs_no_more_than_a_large_file() {
    // Seventy megabytes that pack to one tenth of one.
    let zeros = vec![b'0'; 70 << 20];
    let bytes = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", &zeros),
        ("word/header1.xml", &zeros),
    ]);
    assert!(bytes.len() < 1 << 20);
    assert_eq!(read("docx", &bytes).unread, Some(Unread::TooLarge));
    // What is too large to be looked into in full is not written back cut off.
    let examined = anjian::attachment::examine("docx", &bytes);
    assert_eq!(examined.problems, [anjian::attachment::Problem::Broken]);
    assert_eq!(examined.cleaned, None);
    // Elements within elements, and cells that all hold the same long text.
    let deep = "<w:p>".repeat(200_000);
    let _ = read("docx", &document(&[("word/document.xml", &deep)]));
    let long = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(100_000));
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(5_000);
    let book = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/sharedStrings.xml", long.as_bytes()),
        ("xl/worksheets/sheet1.xml", cells.as_bytes()),
    ]);
    assert_eq!(read("xlsx", &book).unread, Some(Unread::TooLarge));
}

#[test]
fn cut_and_changed_files_are_survived() {
    let whole = [
        (
            "docx",
            document(&[("word/document.xml", "<w:p><w:t>13800138000</w:t></w:p>")]),
        ),
        ("pdf", page(&[(50, 700, "13800138000")])),
    ];
    for (extension, bytes) in whole {
        for at in (0..bytes.len()).step_by(7) {
            let _ = read(extension, &bytes[..at]);
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            let _ = read(extension, &changed);
        }
    }
}

fn site(
    settings: &str,
    page: &str,
    name: &str,
    bytes: &[u8],
) -> Vec<(String, Severity, String, bool)> {
    let literal =
        format!("//- content/site.toml\ntitle = \"站\"\n{settings}\n//- content/a.md\n{page}\n");
    let mut sources = MemorySources::from_literal(&literal).expect("sound paths");
    sources.insert(SourcePath::new(name).expect("a sound path"), bytes);
    let (_, report) = memory::built(&sources, jiff::civil::date(2026, 11, 1));
    let found = report.diagnostics.into_iter();
    let found = found.map(|one| {
        (
            one.code.to_string(),
            one.severity,
            one.message.zh,
            one.span.is_some(),
        )
    });
    found.collect()
}

#[test]
fn findings_name_file_and_place_and_nothing_else() {
    let bytes = "负责人张建国\n13800138000\n13900139000\n".as_bytes();
    let all = |settings: &str, page: &str| site(settings, page, "content/list.csv", bytes);
    let found = all("", "# 一\n\n[名单](list.csv)");
    let [(code, severity, message, placed)] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(
        (code.as_str(), *severity, *placed),
        ("personal-data", Severity::Error, true)
    );
    assert!(
        message.contains("list.csv") && message.contains("第 2 行、第 3 行"),
        "{message}"
    );
    assert!(!message.contains("138"), "{message}");
    let allowed = "[personal]\nallowed = [\"138 0013 8000\", \"13900139000\"]";
    assert_eq!(all(allowed, "[名单](list.csv)"), []);
    let lenient = all("unknown_keys = \"warn\"", "[名单](list.csv)");
    assert_eq!(lenient[0].1, Severity::Warning);
    // Where no page names it, it is published all the same.
    assert!(!all("", "一")[0].3);
    // Names count where a case offers the file.
    let case = "+++\nkind = \"enforcement-case\"\ntitle = \"案\"\nform = \"typical\"\nparty = \"某企业\"\nauthority = \"示例局\"\nlesson = \"先查后做。\"\nsample = true\n+++\n[决定书](list.csv)";
    let mut codes = all(allowed, case).into_iter().map(|one| one.0);
    assert!(codes.any(|code| code == "person-named"));
    // The party of a record is named by the record.
    let record = case
        .replace("typical", "record")
        .replace("某企业", "张建国");
    let found = all(allowed, &record);
    assert!(
        !found.iter().any(|one| one.0 == "person-named"),
        "{found:?}"
    );
}

#[test]
fn a_scan_is_a_warning_that_a_site_may_switch_off() {
    let picture = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1 },
        vec![0],
    );
    let scan = pdf(b"q /I Do Q".to_vec(), vec![Object::Stream(picture)]);
    let found = site("", "[扫描](a.pdf)", "content/a.pdf", &scan);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].0.as_str(), found[0].1),
        ("attachment-unread", Severity::Warning)
    );
    assert_eq!(
        site(
            "[rules]\nattachment-unread = \"off\"",
            "[扫描](a.pdf)",
            "content/a.pdf",
            &scan
        ),
        []
    );
}
