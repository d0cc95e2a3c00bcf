//! Photographs: shown upright in a few widths, published without what cameras wrote, decoded once and never again
//! while they stay the same; a picture says what it shows.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::cache::Cache;
use anjian::fs::Stat;
use anjian::path::{OutputPath, SourcePath};
use anjian::pipeline::Report;
use anjian::source::memory::MemorySources;
use anjian::source::{Entry, SourceError, Sources};
use anjian::write::Output;
use anjian::write::memory::MemoryOutput;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use std::hash::{Hash, Hasher};
use std::io::Cursor;
use std::sync::{Arc, Mutex};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 1);

/// A photograph, red on the left and blue on the right, as a file of the given format.
fn photograph(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, _| match x < width / 2 {
        true => Rgb([200, 30, 30]),
        false => Rgb([30, 30, 200]),
    });
    let mut bytes = Cursor::new(Vec::new());
    let written = DynamicImage::ImageRgb8(pixels).write_to(&mut bytes, format);
    written.expect("a picture");
    bytes.into_inner()
}

/// A JPEG that a camera held in its hand otherwise, with the place where it was taken.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0]);
    exif.extend(b"\x0e\x01\x02\0\x09\0\0\0\x26\0\0\0\0\0\0\0GPS-HERE\0");
    let length = u16::try_from(exif.len() + 2).expect("short");
    let head = [&[0xff, 0xe1][..], &length.to_be_bytes(), &exif].concat();
    [&jpeg[..2], &head, &jpeg[2..]].concat()
}

const CASE: &str = r#"
//- content/cases/valve.md
+++
kind = "benchmark-case"
title = "示例企业"
subject = "示例企业（示例）"
subject_kind = "enterprise"
case_kind = "benchmark-enterprise"
level = "county"
year = 2025
element_set = "none"
[[photos]]
src = "upright.jpg"
alt = "门口的告知牌"
[[photos]]
src = "turned.jpg"
alt = "新装的报警器"
+++
经验。
//- content/cases/_index.md
# 标杆案例
"#;

fn site(literal: &str, files: &[(&str, Vec<u8>)]) -> MemorySources {
    let mut sources = MemorySources::from_literal(literal).expect("sound paths");
    for (path, bytes) in files {
        sources.insert(SourcePath::new(path).expect("a sound path"), bytes);
    }
    sources
}

fn published(sources: &dyn Sources) -> MemoryOutput {
    let (output, report) = memory::built(sources, TODAY);
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    output
}

fn bytes(output: &MemoryOutput, path: &str) -> Vec<u8> {
    let path = OutputPath::new(path).expect("a sound path");
    output.read(&path).expect("the file is published")
}

fn case() -> MemorySources {
    let upright = photograph(2000, 1500, ImageFormat::Jpeg);
    let turned = turned(&photograph(1200, 600, ImageFormat::Jpeg), 6);
    site(
        CASE,
        &[
            ("content/cases/upright.jpg", upright),
            ("content/cases/turned.jpg", turned),
        ],
    )
}

#[test]
fn a_case_shows_its_photographs_in_few_widths() {
    let output = published(&case());
    let page = output.text("cases/valve/index.html").expect("a page");
    for part in [
        "srcset=\"../../cases/upright.jpg.480.webp 480w, ../../cases/upright.jpg.960.webp 960w, ../../cases/upright.jpg.1600.webp 1600w\"",
        "src=\"../../cases/upright.jpg.960.jpg\" alt=\"门口的告知牌\" width=\"2000\" height=\"1500\"",
        // As readers see it: higher than wide, and no copy wider than itself.
        "srcset=\"../../cases/turned.jpg.480.webp 480w, ../../cases/turned.jpg.600.webp 600w\"",
        "src=\"../../cases/turned.jpg.600.jpg\" alt=\"新装的报警器\" width=\"600\" height=\"1200\"",
        "href=\"../../cases/upright.jpg\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let list = output.text("cases/index.html").expect("a list");
    assert!(list.contains("cases/upright.jpg.480.webp 480w") && !list.contains("turned.jpg"));
    for (name, width, height) in [
        ("upright.jpg.480.webp", 480, 360),
        ("upright.jpg.1600.webp", 1600, 1200),
        ("upright.jpg.960.jpg", 960, 720),
        ("turned.jpg.600.webp", 600, 1200),
        ("turned.jpg.480.webp", 480, 960),
    ] {
        let picture = image::load_from_memory(&bytes(&output, &format!("cases/{name}")));
        let picture = picture.expect("a picture");
        assert_eq!(picture.dimensions(), (width, height), "{name}");
    }
}

#[test]
fn a_turned_photograph_is_published_upright_and_nothing_says_where_it_was_taken() {
    let output = published(&case());
    for name in ["turned.jpg", "turned.jpg.480.webp", "turned.jpg.600.jpg"] {
        let bytes = bytes(&output, &format!("cases/{name}"));
        let has = |part: &[u8]| bytes.windows(part.len()).any(|one| one == part);
        assert!(!has(b"Exif") && !has(b"EXIF") && !has(b"GPS"), "{name}");
        // Turned by a quarter to the right, what was on the left is above.
        let picture = image::load_from_memory(&bytes).expect("a picture");
        let (width, height) = picture.dimensions();
        let above = picture.get_pixel(width / 2, height / 8);
        let below = picture.get_pixel(width / 2, height * 7 / 8);
        assert!(above[0] > 150 && above[2] < 90, "{name} {above:?}");
        assert!(below[2] > 150 && below[0] < 90, "{name} {below:?}");
    }
}

#[test]
fn a_page_says_how_large_the_upright_photograph_is_that_it_offers() {
    let photo = turned(&photograph(1200, 600, ImageFormat::Jpeg), 6);
    let literal =
        "//- content/a.md\n+++\ntitle = \"一\"\nattachments = [\"turned.jpg\"]\n+++\n正文。\n";
    let output = published(&site(literal, &[("content/turned.jpg", photo.clone())]));
    let size = bytes(&output, "turned.jpg").len();
    assert_ne!(
        size.div_ceil(1024),
        photo.len().div_ceil(1024),
        "the test can tell them apart"
    );
    let page = output.text("a/index.html").expect("a page");
    let told = format!("{} KB", size.div_ceil(1024));
    assert!(page.contains(&told), "{told}\n{page}");
}

#[test]
fn a_text_shows_photographs_in_few_widths_and_leaves_drawings_as_they_are() {
    let literal = "//- content/a.md\n# 一\n\n![阀门](valve.jpg)\n\n![图标](small.png)\n\n![屏幕](screen.png \"题\")\n\n![图](图.svg)\n";
    let sources = site(
        literal,
        &[
            (
                "content/valve.jpg",
                photograph(1000, 500, ImageFormat::Jpeg),
            ),
            ("content/small.png", photograph(300, 100, ImageFormat::Png)),
            (
                "content/screen.png",
                photograph(1000, 500, ImageFormat::Png),
            ),
            (
                "content/图.svg",
                b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>".to_vec(),
            ),
            (
                "content/unused.jpg",
                photograph(1000, 500, ImageFormat::Jpeg),
            ),
        ],
    );
    let output = published(&sources);
    let page = output.text("a/index.html").expect("a page");
    let sizes = "sizes=\"(min-width: 44rem) 40rem, 100vw\" />";
    for part in [
        format!(
            "<picture><source type=\"image/webp\" srcset=\"../valve.jpg.480.webp 480w, ../valve.jpg.960.webp 960w, ../valve.jpg.1000.webp 1000w\" {sizes}<img src=\"../valve.jpg.960.jpg\" width=\"1000\" height=\"500\" alt=\"阀门\" /></picture>"
        ),
        "<img src=\"../small.png\" width=\"300\" height=\"100\" alt=\"图标\" />".to_owned(),
        // Other browsers get it as it is: JPEG would smear its letters.
        format!(
            "srcset=\"../screen.png.480.webp 480w, ../screen.png.960.webp 960w\" {sizes}<img src=\"../screen.png\" width=\"1000\" height=\"500\" alt=\"屏幕\" title=\"题\" /></picture>"
        ),
        "<img src=\"../%E5%9B%BE.svg\" width=\"9\" height=\"9\" alt=\"图\" />".to_owned(),
    ] {
        assert!(page.contains(&part), "{part}\n{page}");
    }
    let files: Vec<&str> = output
        .manifest()
        .files
        .keys()
        .map(OutputPath::as_str)
        .collect();
    assert!(
        files.contains(&"unused.jpg"),
        "what no page shows is there to be linked"
    );
    assert!(!files.iter().any(|path| path.starts_with("unused.jpg.")));
}

#[test]
fn transparent_and_moving_pictures_stay_so() {
    let mut glass = RgbImage::new(600, 600);
    glass.put_pixel(0, 0, Rgb([255, 0, 0]));
    let clear = image::RgbaImage::from_pixel(600, 600, image::Rgba([0, 128, 0, 0]));
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(clear)
        .write_to(&mut png, ImageFormat::Png)
        .expect("a picture");
    // The head of an animation: how large, and that it moves.
    let moving = [
        &b"RIFF\x26\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x57\x02\0\x57\x02\0ANIM\x06\0\0\0"[..],
        &[0; 6],
    ]
    .concat();
    let sources = site(
        "//- content/a.md\n![透明](clear.png) ![动图](moving.webp)\n",
        &[
            ("content/clear.png", png.into_inner()),
            ("content/moving.webp", moving),
        ],
    );
    let output = published(&sources);
    let copy = image::load_from_memory(&bytes(&output, "clear.png.480.webp")).expect("a picture");
    assert_eq!(copy.get_pixel(9, 9)[3], 0);
    let page = output.text("a/index.html").expect("a page");
    assert!(
        page.contains("<img src=\"../moving.webp\" width=\"600\" height=\"600\" alt=\"动图\" />"),
        "{page}"
    );
}

#[test]
fn a_picture_that_cannot_be_decoded_is_reported_where_it_is_shown() {
    let whole = photograph(1000, 500, ImageFormat::Jpeg);
    // The head is sound, the tables are not.
    let at = whole
        .windows(2)
        .position(|two| two == [0xff, 0xc4])
        .expect("a table");
    let mut broken = whole.clone();
    broken[at + 4..at + 24].fill(0xff);
    let sources = site(
        "//- content/a.md\n正文\n\n![阀门](valve.jpg)\n",
        &[("content/valve.jpg", broken)],
    );
    let (output, report) = memory::built(&sources, TODAY);
    let codes: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|one| one.code.as_ref())
        .collect();
    assert_eq!(codes, ["bad-picture"]);
    let span = report.diagnostics[0].span.as_ref().expect("a place");
    assert_eq!(span.source.as_str(), "content/a.md");
    assert!(output.manifest().files.is_empty());
}

#[test]
fn a_picture_without_text_is_an_error_and_a_warning_in_a_folder_of_others() {
    let sources = |settings: &str| {
        let literal = format!(
            "//- content/site.toml\n{settings}\n//- content/a.md\n![](a.png)\n\n<img src=\"a.png\">\n\n![ ](a.png)\n"
        );
        site(
            &literal,
            &[("content/a.png", photograph(9, 9, ImageFormat::Png))],
        )
    };
    let found = |settings: &str| {
        let (_, report) = memory::built(&sources(settings), TODAY);
        let count = report
            .diagnostics
            .iter()
            .filter(|one| one.code == "image-without-text");
        (count.count(), report.failed())
    };
    assert_eq!(found("title = \"站\""), (3, true));
    assert_eq!(found("unknown_keys = \"warn\""), (3, false));
}

/// Sources with stat records that notes which pictures are read.
struct Watched {
    sources: MemorySources,
    read: Mutex<Vec<SourcePath>>,
}

impl Sources for Watched {
    fn list(&self, root: &SourcePath) -> Result<Vec<Entry>, SourceError> {
        let mut entries = self.sources.list(root)?;
        for entry in &mut entries {
            let bytes = self.sources.read(&entry.path)?;
            let mut inode = std::hash::DefaultHasher::new();
            bytes.hash(&mut inode);
            entry.stat = Some(Stat {
                size: bytes.len() as u64,
                modified: 1,
                changed: 1,
                inode: inode.finish(),
            });
        }
        Ok(entries)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, SourceError> {
        if path.extension() == "jpg" {
            self.read.lock().expect("no panic").push(path.clone());
        }
        self.sources.read(path)
    }
}

#[test]
fn a_second_build_reads_no_picture_and_drops_the_copies_that_nobody_shows() {
    let literal: String = (0..30)
        .map(|at| format!("//- content/{at}.md\n# 第 {at} 页\n\n![照片](photo-{at}.jpg)\n"))
        .collect();
    let photo = photograph(500, 300, ImageFormat::Jpeg);
    let files: Vec<(String, Vec<u8>)> = (0..30)
        .map(|at| (format!("content/photo-{at}.jpg"), photo.clone()))
        .collect();
    let files: Vec<(&str, Vec<u8>)> = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.clone()))
        .collect();
    let mut watched = Watched {
        sources: site(&literal, &files),
        read: Mutex::default(),
    };
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    let mut again = |watched: &Watched| -> (Report, usize) {
        watched.read.lock().expect("no panic").clear();
        let report = memory::built_again(watched, TODAY, &mut output, &mut cache);
        assert!(!report.failed(), "{:#?}", report.diagnostics);
        (report, watched.read.lock().expect("no panic").len())
    };
    let (_, read) = again(&watched);
    assert!(read >= 30);
    let page = SourcePath::new("content/0.md").expect("a sound path");
    watched.sources.insert(
        page.clone(),
        "# 第 0 页\n\n![照片](photo-0.jpg)\n\n改了。\n".as_bytes(),
    );
    let (report, read) = again(&watched);
    assert!(report.written > 0);
    assert_eq!(read, 0, "no picture is read, so none is decoded");
    watched.sources.insert(page, "# 第 0 页\n".as_bytes());
    let (report, read) = again(&watched);
    assert_eq!((report.removed > 0, read), (true, 0));
    let copies = output
        .manifest()
        .files
        .keys()
        .filter(|path| path.as_str().ends_with(".webp"));
    assert_eq!(copies.count(), 29 * 2);
}
