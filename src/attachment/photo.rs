//! Pictures without what cameras and programs write into them: place, time, device, names. The picture itself is not
//! touched, byte for byte; of what stood beside it only the colour profile is kept. Which way up it is stood there too:
//! a picture that is turned is published upright instead ([`super::copies`]).

use super::copies::Stored;
use super::{Examined, Problem};
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

/// Parts of a PNG that say how it looks: all others are remarks, times and Exif.
const PNG: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];
/// Parts of a WebP that are no picture.
const WEBP: [[u8; 4]; 2] = [*b"EXIF", *b"XMP "];

/// Looks into a picture; of what it knows nothing is said.
#[must_use]
pub fn examine(extension: &str, bytes: &[u8]) -> Examined {
    if bytes.is_empty() {
        return Examined::only(Problem::Empty);
    }
    let bytes = Bytes::copy_from_slice(bytes);
    let cleaned = match extension {
        "jpg" | "jpeg" => jpeg(bytes.clone()),
        "png" => png(bytes.clone()),
        _ => webp(bytes.clone()),
    };
    match cleaned {
        None => Examined::only(Problem::Broken),
        Some(cleaned) => Examined {
            problems: Vec::new(),
            cleaned: (cleaned != bytes).then(|| cleaned.to_vec()),
        },
    }
}

/// Segments of a JPEG that are no picture: Exif and XMP, IPTC, what makers add, remarks. Kept are JFIF, the colour
/// profile, and Adobe's word on how colours are stored.
fn jpeg(bytes: Bytes) -> Option<Bytes> {
    let end = end_of_jpeg(&bytes).unwrap_or(bytes.len());
    let mut picture = Jpeg::from_bytes(bytes.slice(..end)).ok()?;
    picture
        .segments_mut()
        .retain(|segment| match segment.marker() {
            markers::APP0 | markers::APP14 => true,
            markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
            markers::COM => false,
            marker => !(markers::APP1..=markers::APP15).contains(&marker),
        });
    Some(picture.encoder().bytes())
}

/// Where a JPEG ends. Phones put further pictures behind it, each with a head of its own: small ones, depths, lights.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 2)? {
            // Within a scan: a byte of the picture, or a mark to restart from.
            [0xff, 0x00 | 0xd0..=0xd7] => at += 2,
            // Bytes to fill up with.
            [0xff, 0xff] => at += 1,
            [0xff, 0xd9] => return Some(at + 2),
            [0xff, _] => {
                let length = bytes.get(at + 2..at + 4)?;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
            _ => at += 1,
        }
    }
}

fn png(bytes: Bytes) -> Option<Bytes> {
    let mut picture = Png::from_bytes(bytes).ok()?;
    picture
        .chunks_mut()
        .retain(|chunk| PNG.iter().any(|kind| **kind == chunk.kind()));
    Some(picture.encoder().bytes())
}

fn webp(bytes: Bytes) -> Option<Bytes> {
    let mut picture = WebP::from_bytes(bytes).ok()?;
    if picture.has_chunk(WEBP[0]) || picture.has_chunk(WEBP[1]) {
        picture.remove_chunks_by_id(WEBP[1]);
        // The head of the file tells which parts it has; this sets it right for both.
        picture.set_exif(None);
    }
    Some(picture.encoder().bytes())
}

/// What a picture's head says that decides on its copies.
#[must_use]
pub fn stored(extension: &str, bytes: &[u8]) -> Stored {
    let whole = || Bytes::copy_from_slice(bytes);
    let turned = |exif: Option<Bytes>| exif.and_then(|exif| orientation(&exif)).unwrap_or(0);
    let (turned, moving) = match extension.to_lowercase().as_str() {
        "jpg" | "jpeg" => {
            let picture = Jpeg::from_bytes(whole()).ok();
            (turned(picture.and_then(|picture| picture.exif())), false)
        }
        "webp" => match WebP::from_bytes(whole()) {
            Ok(picture) => (turned(picture.exif()), picture.has_chunk(*b"ANIM")),
            Err(_) => (0, false),
        },
        "png" => {
            let picture = Png::from_bytes(whole()).ok();
            let moves = picture.is_some_and(|picture| picture.chunk_by_type(*b"acTL").is_some());
            (0, moves)
        }
        _ => (0, false),
    };
    Stored { turned, moving }
}

/// Which way up a picture is (Exif 2.3, tag 0x0112), where it is not as stored.
fn orientation(exif: &Bytes) -> Option<u8> {
    let read = exif::Reader::new().read_raw(exif.to_vec()).ok()?;
    let field = read.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    let turned = u8::try_from(field.value.get_uint(0)?).ok()?;
    (2..=8).contains(&turned).then_some(turned)
}
