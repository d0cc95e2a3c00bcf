//! Pictures without what cameras and programs write into them: place, time, device, names. The picture itself is not
//! touched, byte for byte; of what stood beside it only the colour profile is kept, and which way up it is.

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
    let mut picture = Jpeg::from_bytes(bytes).ok()?;
    let turned = picture.exif().and_then(|exif| orientation(&exif));
    picture
        .segments_mut()
        .retain(|segment| match segment.marker() {
            markers::APP0 | markers::APP14 => true,
            markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
            markers::COM => false,
            marker => !(markers::APP1..=markers::APP15).contains(&marker),
        });
    picture.set_exif(turned.map(upright));
    Some(picture.encoder().bytes())
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
    let turned = picture.exif().and_then(|exif| orientation(&exif));
    if picture.has_chunk(WEBP[0]) || picture.has_chunk(WEBP[1]) {
        picture.remove_chunks_by_id(WEBP[1]);
        // The head of the file tells which parts it has; this sets it right for both.
        picture.set_exif(turned.map(upright));
    }
    Some(picture.encoder().bytes())
}

/// Which way up a picture is (Exif 2.3, tag 0x0112), where it is not as stored.
fn orientation(exif: &Bytes) -> Option<u16> {
    let read = exif::Reader::new().read_raw(exif.to_vec()).ok()?;
    let field = read.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    let turned = u16::try_from(field.value.get_uint(0)?).ok()?;
    (2..=8).contains(&turned).then_some(turned)
}

/// Exif that says nothing but which way up.
fn upright(turned: u16) -> Bytes {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend(turned.to_le_bytes());
    exif.extend([0; 6]);
    exif.into()
}
