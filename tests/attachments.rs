//! Files that authors offer beside their pages: published without the names of those who wrote them and otherwise as
//! they are; what is empty, locked, something else than its name says, or brings programs along is reported where a
//! page names it.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::attachment::format::Format;
use anjian::attachment::{Examined, Problem, examine};
use anjian::path::{OutputPath, SourcePath};
use anjian::source::memory::MemorySources;
use anjian::write::Output;
use memory::built;
use std::io::{Cursor, Read, Write};

/// A packed file of the given parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(*name, options).expect("a part");
        to.write_all(text.as_bytes()).expect("a part");
    }
    to.finish().expect("a packed file").into_inner()
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a packed file");
    let parts = (0..archive.len()).map(|at| {
        let mut part = archive.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        (part.name().expect("UTF-8").into_owned(), text)
    });
    parts.collect()
}

const CORE: &str = "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"a\" xmlns:dc=\"b\"><dc:title>登记表</dc:title>\
    <dc:creator>张三 &amp; 李四</dc:creator><cp:lastModifiedBy>王五</cp:lastModifiedBy></cp:coreProperties>";

/// A document of Word whose properties, remarks and changes name people.
fn document() -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("docProps/core.xml", CORE),
        (
            "docProps/app.xml",
            "<Properties><Application>WPS</Application><Company>某公司</Company></Properties>",
        ),
        (
            "word/document.xml",
            "<w:document xmlns:w=\"w\"><w:ins w:id=\"1\" w:author=\"张三\"><w:t>正文 &lt;1&gt;</w:t></w:ins></w:document>",
        ),
        (
            "word/comments.xml",
            "<w:comments xmlns:w=\"w\"><w:comment w:author=\"赵六\" w:initials=\"ZL\">改</w:comment></w:comments>",
        ),
        ("word/styles.xml", "<w:styles xmlns:w=\"w\"/>"),
    ])
}

fn cleaned(extension: &str, bytes: &[u8]) -> Vec<u8> {
    let examined = examine(extension, bytes);
    assert_eq!(examined.problems, []);
    let cleaned = examined.cleaned.expect("names are taken out");
    assert_eq!(
        examine(extension, &cleaned),
        Examined::default(),
        "nothing is left to take out"
    );
    cleaned
}

#[test]
fn names_are_taken_out_of_a_document_and_nothing_else() {
    let before = document();
    let after = cleaned("DOCX", &before);
    for ((name, old), (same, new)) in parts(&before).into_iter().zip(parts(&after)) {
        assert_eq!(name, same);
        for person in ["张三", "李四", "王五", "赵六", "ZL", "某公司"] {
            assert!(!new.contains(person), "{name}: {new}");
        }
        if name == "word/styles.xml" || name == "[Content_Types].xml" {
            assert_eq!(old, new);
        }
    }
    let text = parts(&after)
        .into_iter()
        .map(|(_, text)| text)
        .collect::<String>();
    for kept in [
        "<dc:title>登记表</dc:title>",
        "正文 &lt;1&gt;",
        "w:author=\"\"",
        "w:id=\"1\"",
        "<Application>WPS</Application>",
        ">改<",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[test]
fn names_are_taken_out_of_a_workbook() {
    let book = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook xmlns:x15ac=\"x\"><x15ac:absPath url=\"C:\\Users\\zhangsan\\\"/><sheet name=\"表\"/></workbook>",
        ),
        (
            "xl/comments1.xml",
            "<comments><authors><author>张三</author></authors><text>请核对</text></comments>",
        ),
        (
            "xl/persons/person.xml",
            "<personList><person displayName=\"张三\" id=\"{1}\" userId=\"zs\"/></personList>",
        ),
    ]);
    let text = parts(&cleaned("xlsx", &book))
        .into_iter()
        .map(|(_, text)| text)
        .collect::<String>();
    assert!(
        !text.contains("张三") && !text.contains("zhangsan") && !text.contains("\"zs\""),
        "{text}"
    );
    assert!(
        text.contains("请核对")
            && text.contains("<sheet name=\"表\"/>")
            && text.contains("id=\"{1}\""),
        "{text}"
    );
}

#[test]
fn a_file_without_names_is_published_byte_for_byte() {
    let plain = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w:document/>"),
        ("docProps/core.xml", "<c><dc:creator/></c>"),
    ]);
    assert_eq!(examine("docx", &plain), Examined::default());
}

/// A set of properties (MS-OLEPS) with texts of code page 936.
fn properties(texts: &[(u32, &str)]) -> Vec<u8> {
    let count = u32::try_from(texts.len()).expect("few");
    let mut values: Vec<u8> = Vec::new();
    let mut index: Vec<u8> = Vec::new();
    for (id, text) in texts {
        let at = 8 + count * 8 + u32::try_from(values.len()).expect("short");
        index.extend([id.to_le_bytes(), at.to_le_bytes()].concat());
        let length = u32::try_from(text.len() + 1).expect("short");
        values.extend([0x1e_u32.to_le_bytes(), length.to_le_bytes()].concat());
        values.extend(text.as_bytes());
        values.push(0);
        values.resize(values.len().next_multiple_of(4), 0);
    }
    let size = 8 + count * 8 + u32::try_from(values.len()).expect("short");
    let mut set = vec![0xfe, 0xff, 0, 0, 0, 0, 0, 0];
    set.extend([0; 16]);
    set.extend(1_u32.to_le_bytes());
    set.extend([0; 16]);
    set.extend(48_u32.to_le_bytes());
    set.extend([size.to_le_bytes(), count.to_le_bytes()].concat());
    set.extend(index);
    set.extend(values);
    set
}

fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for (name, bytes) in streams {
        file.create_stream(name)
            .expect("a stream")
            .write_all(bytes)
            .expect("a stream");
    }
    file.flush().expect("a container");
    file.into_inner().into_inner()
}

#[test]
fn names_are_taken_out_of_files_of_older_programs() {
    let set = properties(&[(2, "title"), (4, "zhangsan"), (8, "lisi")]);
    let old = container(&[
        ("/WordDocument", b"text"),
        ("/\u{5}SummaryInformation", &set),
    ]);
    let new = cleaned("doc", &old);
    let mut file = cfb::CompoundFile::open(Cursor::new(new)).expect("a container");
    let mut left = Vec::new();
    let mut stream = file
        .open_stream("/\u{5}SummaryInformation")
        .expect("properties");
    Read::by_ref(&mut stream)
        .read_to_end(&mut left)
        .expect("properties");
    assert_eq!(left.len(), set.len());
    let text = String::from_utf8_lossy(&left).into_owned();
    assert!(
        text.contains("title") && !text.contains("zhangsan") && !text.contains("lisi"),
        "{text}"
    );
}

/// A file of one page, with what stands in its dictionary and beside its page.
fn pdf(info: &str, more: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
        format!("<< {info} >>"),
        more.to_owned(),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(text.len());
        text += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = text.len();
    text += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        text += &format!("{place:010} 00000 n \n");
    }
    text += &format!(
        "trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    text.into_bytes()
}

#[test]
fn names_are_taken_out_of_a_pdf() {
    let xmp = "<x:xmpmeta xmlns:x=\"x\"><dc:creator><rdf:li>Zhang San</rdf:li></dc:creator><dc:title>Form</dc:title></x:xmpmeta>";
    let metadata = format!(
        "<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{xmp}\nendstream",
        xmp.len()
    );
    let before = pdf("/Title (Form) /Author (Zhang San)", &metadata);
    let after = cleaned("pdf", &before);
    let document = lopdf::Document::load_mem(&after).expect("a file that can be read");
    assert_eq!(document.get_pages().len(), 1);
    let text = String::from_utf8_lossy(&after);
    assert!(text.contains("Form") && !text.contains("Zhang"), "{text}");
    let remark = pdf(
        "/Title (Form)",
        "<< /Type /Annot /Subtype /Highlight /T (Zhang San) /Contents (why) >>",
    );
    let text = String::from_utf8_lossy(&cleaned("pdf", &remark)).into_owned();
    assert!(text.contains("why") && !text.contains("Zhang"), "{text}");
    let field = pdf(
        "/Title (Form)",
        "<< /Type /Annot /Subtype /Widget /T (name) >>",
    );
    assert_eq!(
        examine("pdf", &field),
        Examined::default(),
        "the name of a field stays"
    );
}

#[test]
fn what_must_not_be_published_is_seen() {
    let only = |extension: &str, bytes: &[u8]| examine(extension, bytes).problems;
    assert_eq!(only("docx", b""), [Problem::Empty]);
    assert_eq!(
        only("xls", "<html><table>".as_bytes()),
        [Problem::Other(Format::Html)]
    );
    assert_eq!(only("doc", &document()), [Problem::Other(Format::Word)]);
    assert_eq!(only("pdf", &document()), [Problem::Other(Format::Word)]);
    assert_eq!(
        only("docx", b"PK\x03\x04 cut short"),
        [Problem::Other(Format::Unknown)]
    );
    assert_eq!(only("pdf", b"%PDF-1.4 cut short"), [Problem::Broken]);
    let macros = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w/>"),
        ("word/vbaProject.bin", "x"),
    ]);
    assert_eq!(only("docm", &macros), [Problem::Program]);
    let locked = container(&[("/EncryptedPackage", b"x"), ("/EncryptionInfo", b"x")]);
    assert_eq!(only("docx", &locked), [Problem::Locked]);
    assert_eq!(
        only(
            "xls",
            &container(&[("/Workbook", b"x"), ("/_VBA_PROJECT", b"x")])
        ),
        [Problem::Program]
    );
    let drawn = "<Relationships><Relationship Id=\"1\" Type=\"a/attachedTemplate\" Target=\"http://x/t.dotx\" TargetMode=\"External\"/></Relationships>";
    let linked = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w/>"),
        ("word/_rels/settings.xml.rels", drawn),
    ]);
    assert_eq!(only("docx", &linked), [Problem::Linked]);
    let link = drawn.replace("attachedTemplate", "hyperlink");
    let linking = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w/>"),
        ("word/_rels/document.xml.rels", &link),
    ]);
    assert_eq!(
        only("docx", &linking),
        [],
        "a link that a reader may follow is none"
    );
    let mut signed: Vec<(&str, &str)> = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w/>"),
        ("docProps/core.xml", CORE),
    ];
    signed.push(("_xmlsignatures/sig1.xml", "<Signature/>"));
    assert_eq!(
        examine("docx", &packed(&signed)),
        Examined {
            problems: vec![Problem::Signed],
            cleaned: None
        }
    );
    assert_eq!(
        only(
            "pdf",
            &pdf("/Title (x)", "<< /S /JavaScript /JS (app.alert) >>")
        ),
        [Problem::Program]
    );
    // Texts and what nobody knows are not looked into.
    assert_eq!(examine("csv", b""), Examined::default());
}

#[test]
fn bytes_of_any_kind_never_panic() {
    let mut seeds: Vec<(&str, Vec<u8>)> =
        vec![("docx", document()), ("pdf", pdf("/Author (x)", "<< >>"))];
    let set = properties(&[(4, "zhangsan")]);
    seeds.push((
        "doc",
        container(&[("/WordDocument", b"x"), ("/\u{5}SummaryInformation", &set)]),
    ));
    for (extension, bytes) in seeds {
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut cut = bytes.clone();
            cut.truncate(at);
            drop(examine(extension, &cut));
            let mut spoilt = bytes.clone();
            spoilt[at] ^= 0xff;
            drop(examine(extension, &spoilt));
        }
    }
}

#[test]
fn a_page_offers_its_attachments_under_their_titles_and_findings_stand_where_it_names_them() {
    let page = "+++\ntitle = \"通知\"\nattachments = [\n  { file = \"form.docx\", title = \"附件1：登记表.docx\" },\n  \"list.xls\",\n]\n+++\n见[说明](guide.pdf)。\n";
    let mut sources = MemorySources::from_literal("//- content/a.md\n").expect("sound paths");
    let mut put = |path: &str, bytes: &[u8]| {
        sources.insert(SourcePath::new(path).expect("a sound path"), bytes)
    };
    put("content/a.md", page.as_bytes());
    let many: String = (0_u32..4000)
        .map(|number| char::from_u32(0x4e00 + number * 7919 % 20000).unwrap_or('人'))
        .collect();
    let core = format!("<c xmlns:dc=\"b\"><dc:creator>张三{many}</dc:creator></c>");
    let long = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", "<w/>"),
        ("docProps/core.xml", &core),
        ("word/styles.xml", &"<w/>".repeat(300)),
    ]);
    assert!(long.len() > 6000);
    put("content/form.docx", &long);
    put("content/list.xls", &container(&[("/Workbook", b"x")]));
    put("content/guide.pdf", &pdf("/Title (x)", "<< >>"));
    let (output, report) = built(&sources, jiff::civil::date(2026, 1, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let read = |path: &str| {
        output
            .read(&OutputPath::new(path).expect("a sound path"))
            .expect("is published")
    };
    let form = read("form.docx");
    assert!(!parts(&form).iter().any(|(_, text)| text.contains("张三")));
    let html = String::from_utf8(read("a/index.html")).expect("text");
    assert!(
        html.contains("附件1：登记表.docx") && html.contains(">list.xls<"),
        "{html}"
    );
    // The size is that of what is published: names that cannot be packed small are gone.
    assert!(
        form.len() < 1024 && html.contains(&format!("Word {} B", form.len())),
        "{html}"
    );

    let mut put = |path: &str, bytes: &[u8]| {
        sources.insert(SourcePath::new(path).expect("a sound path"), bytes)
    };
    put("content/form.docx", b"");
    put("content/guide.pdf", &document());
    put("content/lonely.xlsx", b"");
    let (_, report) = built(&sources, jiff::civil::date(2026, 1, 1));
    let places = report.diagnostics.iter().map(|found| {
        let span = found.span.as_ref();
        let line = span.map(|span| page[..span.bytes.start].matches('\n').count() + 1);
        (found.code.to_string(), line)
    });
    let mut places: Vec<(String, Option<usize>)> = places.collect();
    places.sort();
    let wanted = [
        ("empty-attachment", None),
        ("empty-attachment", Some(4)),
        ("wrong-attachment", Some(8)),
    ];
    assert_eq!(places, wanted.map(|(code, line)| (code.to_owned(), line)));
    assert!(report.failed());
}

/// A picture of one pixel, with what else stands in its file.
fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    for (marker, contents) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend(
            u16::try_from(contents.len() + 2)
                .expect("short")
                .to_be_bytes(),
        );
        bytes.extend(*contents);
    }
    // Start of frame: 8 bits, one by one, one component; start of scan with its entropy; end.
    bytes.extend(b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00");
    bytes.extend(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x12\x34");
    bytes.extend(b"\xff\xd9");
    bytes
}

/// Exif with a place and which way up the picture is.
fn exif(turned: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([turned, 0, 0, 0]);
    exif.extend(b"\x0e\x01\x02\0\x09\0\0\0\x26\0\0\0\0\0\0\0GPS-HERE\0");
    exif
}

#[test]
fn photographs_lose_what_cameras_write() {
    let profile = b"ICC_PROFILE\0\x01\x01colours";
    let before = jpeg(&[
        (0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        (0xe1, &exif(6)),
        (
            0xe1,
            b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS-HERE</x:xmpmeta>",
        ),
        (0xe2, profile),
        (0xe2, b"MPF\0GPS-HERE"),
        (0xed, b"Photoshop 3.0\0GPS-HERE"),
        (0xfe, b"GPS-HERE"),
    ]);
    let after = cleaned("JPG", &before);
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|one| one == part);
    assert!(has(&before, b"GPS-HERE") && !has(&after, b"GPS-HERE"));
    assert!(
        has(&after, profile) && has(&after, b"JFIF"),
        "colours stay as they are"
    );
    assert!(
        after.ends_with(&before[before.len() - 27..]),
        "the picture is the same byte for byte"
    );
    assert!(!has(&after, b"Exif"));
    // Phones put a second picture behind the first, with a head of its own.
    let second = [jpeg(&[]), jpeg(&[(0xe1, &exif(1))])].concat();
    assert_eq!(cleaned("jpeg", &second), jpeg(&[]));
    assert_eq!(
        examine("jpg", &jpeg(&[])),
        Examined::default(),
        "a plain picture is left alone"
    );
}

#[test]
fn drawings_lose_remarks_and_times() {
    let chunk = |kind: &[u8; 4], contents: &[u8]| {
        let mut bytes = u32::try_from(contents.len())
            .expect("short")
            .to_be_bytes()
            .to_vec();
        bytes.extend(kind);
        bytes.extend(contents);
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(contents);
        bytes.extend(sum.sum().to_be_bytes());
        bytes
    };
    let picture = |more: &[Vec<u8>]| {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        bytes.extend(chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"));
        bytes.extend(more.concat());
        bytes.extend(chunk(
            b"IDAT",
            b"\x08\x1d\x01\x02\0\xfd\xff\0\0\0\x02\0\x01",
        ));
        bytes.extend(chunk(b"IEND", b""));
        bytes
    };
    let before = picture(&[
        chunk(b"gAMA", b"\0\0\xb1\x8f"),
        chunk(b"tEXt", b"Author\0Zhang San"),
        chunk(b"eXIf", b"II*\0GPS-HERE"),
        chunk(b"tIME", b"\x07\xea\x05\x01\0\0\0"),
    ]);
    assert_eq!(
        cleaned("png", &before),
        picture(&[chunk(b"gAMA", b"\0\0\xb1\x8f")])
    );
    assert_eq!(examine("png", &picture(&[])), Examined::default());
    assert_eq!(examine("png", b"not a picture").problems, [Problem::Broken]);
}
