//! Copies of photographs for the page: upright, in few widths, small, and without what cameras wrote. Which copies a
//! picture has is told by its head alone; making them decodes it once. Pure; entry points: [`wanted`], [`make`].

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageICC};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::Cursor;
use std::sync::{Condvar, Mutex, PoisonError};

/// The widths of copies in pixels: a card or half a phone, a phone of twice or three times the density, the text column
/// of a screen with twice the density.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];
/// The widest copy for browsers that do not read WebP.
const FALLBACK: u32 = 960;
/// The quality of copies, of a hundred; below, faces and small print begin to smear.
const QUALITY: u8 = 80;
/// The quality of a picture that is stored upright again in full size.
const FULL_QUALITY: u8 = 92;
/// Larger pictures would take more memory than a build may: they have no copies.
const MOST_PIXELS: u64 = 100_000_000;

/// What a picture's head says that decides on its copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stored {
    /// Which way it is turned by Exif (2 to 8); 0 where it lies as stored.
    pub turned: u8,
    /// Whether it moves.
    pub moving: bool,
}

/// A copy of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Copy {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// How it is stored.
    pub format: Format,
}

/// How a copy is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// For every browser since 2020.
    WebP,
    /// For those before.
    Jpeg,
    /// In full size as the original is, but upright.
    Upright,
}

/// The copies of a picture for pages, from the widest WebP's narrower ones up; none for what is small, moves, is larger
/// than can be handled, or is no photograph. `shown` is its width and height as readers see it.
#[must_use]
pub fn wanted(extension: &str, shown: (u32, u32), stored: Stored) -> Vec<Copy> {
    let (width, height) = shown;
    let photograph = match extension.to_lowercase().as_str() {
        "jpg" | "jpeg" | "webp" => true,
        // Often a drawing or a screen: in full size it stays as it is.
        "png" => false,
        _ => return Vec::new(),
    };
    if stored.moving || width <= WIDTHS[0] || pixels(shown) > MOST_PIXELS || height == 0 {
        return Vec::new();
    }
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|one| *one < width).collect();
    if photograph && width < WIDTHS[WIDTHS.len() - 1] {
        widths.push(width);
    }
    let copy = |to: u32, format| Copy {
        width: to,
        height: scaled(height, to, width),
        format,
    };
    let mut copies: Vec<Copy> = widths
        .into_iter()
        .map(|to| copy(to, Format::WebP))
        .collect();
    if photograph {
        copies.push(copy(FALLBACK.min(width), Format::Jpeg));
    }
    copies
}

/// The upright picture that is published in place of one that only Exif turns; nothing where it lies as stored or is
/// larger than can be handled.
#[must_use]
pub fn upright(shown: (u32, u32), stored: Stored) -> Option<Copy> {
    let (width, height) = shown;
    (stored.turned != 0 && !stored.moving && pixels(shown) <= MOST_PIXELS).then_some(Copy {
        width,
        height,
        format: Format::Upright,
    })
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

fn scaled(height: u32, to: u32, width: u32) -> u32 {
    let half = u64::from(width) / 2;
    let scaled = (u64::from(height) * u64::from(to) + half) / u64::from(width);
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

/// Why a picture has no copies though its head promised some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable(String);

impl fmt::Display for Undecodable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Undecodable {}

impl From<ImageError> for Undecodable {
    fn from(error: ImageError) -> Self {
        Self(error.to_string())
    }
}

/// Makes copies of a picture, in the order in which they are asked for. However many threads ask, at most four pictures
/// are decoded at a time.
///
/// # Errors
/// [`Undecodable`] with the decoder's words.
pub fn make(extension: &str, bytes: &[u8], copies: &[Copy]) -> Result<Vec<Vec<u8>>, Undecodable> {
    DECODING.run(|| {
        let picture = Picture::decode(extension, bytes)?;
        copies.iter().map(|copy| picture.encode(*copy)).collect()
    })
}

/// A decoded picture, upright.
struct Picture {
    pixels: DynamicImage,
    /// How its colours are meant, where it says so for the colours we have.
    profile: Option<Vec<u8>>,
    format: ImageFormat,
}

impl Picture {
    fn decode(extension: &str, bytes: &[u8]) -> Result<Self, Undecodable> {
        let format = ImageFormat::from_extension(extension);
        let format = format.ok_or_else(|| Undecodable(extension.to_owned()))?;
        let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder()?;
        let mut limits = image::Limits::default();
        // Four bytes for each of the most pixels, twice where they are of 16 bits.
        limits.max_alloc = Some(MOST_PIXELS * 8);
        decoder.set_limits(limits)?;
        let profile = decoder.icc_profile()?;
        let orientation = decoder.orientation()?;
        let decoded = DynamicImage::from_decoder(decoder)?;
        let mut pixels = match decoded.color().has_alpha() {
            true => DynamicImage::ImageRgba8(decoded.into_rgba8()),
            false => DynamicImage::ImageRgb8(decoded.into_rgb8()),
        };
        if orientation != Orientation::NoTransforms && format != ImageFormat::Png {
            pixels.apply_orientation(orientation);
        }
        // Bytes 16 to 19 of a profile name the colours that it is for (ICC.1:2022, 7.2.6).
        let profile = profile.filter(|profile| profile.get(16..20) == Some(b"RGB "));
        Ok(Self {
            pixels,
            profile,
            format,
        })
    }

    fn encode(&self, copy: Copy) -> Result<Vec<u8>, Undecodable> {
        if copy.format == Format::Upright {
            return match self.format {
                ImageFormat::WebP => self.webp(&self.pixels, FULL_QUALITY),
                _ => self.jpeg(&self.pixels, FULL_QUALITY),
            };
        }
        let resized = self.resized(copy.width, copy.height)?;
        match copy.format {
            Format::WebP => self.webp(&resized, QUALITY),
            _ => self.jpeg(&resized, QUALITY),
        }
    }

    fn resized(&self, width: u32, height: u32) -> Result<DynamicImage, Undecodable> {
        use fast_image_resize::images::{Image, ImageRef};
        use fast_image_resize::{PixelType, Resizer};
        if (self.pixels.width(), self.pixels.height()) == (width, height) {
            return Ok(self.pixels.clone());
        }
        let kind = match self.pixels.color().has_alpha() {
            true => PixelType::U8x4,
            false => PixelType::U8x3,
        };
        let (from_width, from_height) = (self.pixels.width(), self.pixels.height());
        let failed = |error: String| Undecodable(error);
        let from = ImageRef::new(from_width, from_height, self.pixels.as_bytes(), kind);
        let from = from.map_err(|error| failed(error.to_string()))?;
        let mut to = Image::new(width, height, kind);
        let done = Resizer::new().resize(&from, &mut to, None);
        done.map_err(|error| failed(error.to_string()))?;
        let bytes = to.into_vec();
        let made = match kind {
            PixelType::U8x4 => {
                image::RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8)
            }
            _ => image::RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
        };
        made.ok_or_else(|| failed("size".to_owned()))
    }

    fn jpeg(&self, pixels: &DynamicImage, quality: u8) -> Result<Vec<u8>, Undecodable> {
        let pixels = opaque(pixels);
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        if let Some(profile) = &self.profile {
            // A profile that does not fit would only leave colours a little off.
            drop(encoder.set_icc_profile(profile.clone()));
        }
        encoder.write_image(
            &pixels,
            pixels.width(),
            pixels.height(),
            image::ExtendedColorType::Rgb8,
        )?;
        Ok(bytes)
    }

    fn webp(&self, pixels: &DynamicImage, quality: u8) -> Result<Vec<u8>, Undecodable> {
        let (width, height) = (pixels.width(), pixels.height());
        let encoder = match pixels.color().has_alpha() {
            true => webp::Encoder::from_rgba(pixels.as_bytes(), width, height),
            false => webp::Encoder::from_rgb(pixels.as_bytes(), width, height),
        };
        let made = encoder.encode_simple(false, f32::from(quality));
        let made = made.map_err(|error| Undecodable(format!("{error:?}")))?;
        let Some(profile) = &self.profile else {
            return Ok(made.to_vec());
        };
        let bytes = Bytes::copy_from_slice(&made);
        let mut file = WebP::from_bytes(bytes).map_err(|error| Undecodable(error.to_string()))?;
        file.set_icc_profile(Some(Bytes::copy_from_slice(profile)));
        Ok(file.encoder().bytes().to_vec())
    }
}

/// A picture on white paper: JPEG has no transparency.
fn opaque(pixels: &DynamicImage) -> image::RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.to_rgb8();
    }
    let pixels = pixels.to_rgba8();
    let over_white = |one: u8, alpha: u8| {
        let sum = u16::from(one) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
        u8::try_from(sum / 255).unwrap_or(u8::MAX)
    };
    image::RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        image::Rgb([red, green, blue].map(|one| over_white(one, alpha)))
    })
}

/// Lets a bounded number of threads in at a time.
struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

/// Pictures decoded at a time: each takes up to hundreds of megabytes.
static DECODING: Gate = Gate::new(4);

impl Gate {
    const fn new(places: usize) -> Self {
        Self {
            free: Mutex::new(places),
            freed: Condvar::new(),
        }
    }

    fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        /// Gives the place back even where the work panics.
        struct Place<'a>(&'a Gate);
        impl Drop for Place<'_> {
            fn drop(&mut self) {
                *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                self.0.freed.notify_one();
            }
        }
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.freed.wait_while(free, |free| *free == 0);
        *waited.unwrap_or_else(PoisonError::into_inner) -= 1;
        let _place = Place(self);
        work()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_threads_than_places_are_let_in() {
        let gate = Gate::new(4);
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        gate.run(|| {
                            let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                            most.fetch_max(now, Ordering::SeqCst);
                            std::thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                        });
                    }
                });
            }
        });
        assert!(most.into_inner() <= 4);
        assert_eq!(
            gate.free.into_inner().ok(),
            Some(4),
            "every place is free again"
        );
    }

    #[test]
    fn copies_are_never_wider_than_the_picture() {
        let still = Stored::default();
        let widths = |extension: &str, shown| -> Vec<(u32, u32, Format)> {
            let copies = wanted(extension, shown, still).into_iter();
            copies
                .map(|one| (one.width, one.height, one.format))
                .collect()
        };
        use Format::{Jpeg, WebP};
        assert_eq!(
            widths("JPG", (4000, 3000)),
            [
                (480, 360, WebP),
                (960, 720, WebP),
                (1600, 1200, WebP),
                (960, 720, Jpeg)
            ]
        );
        assert_eq!(
            widths("webp", (700, 701)),
            [(480, 481, WebP), (700, 701, WebP), (700, 701, Jpeg)]
        );
        assert_eq!(widths("png", (1000, 1)), [(480, 1, WebP), (960, 1, WebP)]);
        assert_eq!(widths("jpg", (480, 9000)), []);
        assert_eq!(widths("gif", (4000, 3000)), []);
        assert_eq!(widths("jpg", (20_000, 20_000)), []);
        let moving = Stored {
            moving: true,
            ..still
        };
        assert_eq!(wanted("webp", (4000, 3000), moving), []);
    }
}
