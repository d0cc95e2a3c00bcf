//! Width and height of pictures from their first bytes, so that pages keep their place for them.

/// The width and height of a picture in CSS pixels; nothing for files that are none.
#[must_use]
pub fn dimensions(extension: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    if extension.eq_ignore_ascii_case("svg") {
        return svg(bytes);
    }
    let known = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"];
    if !known.iter().any(|one| extension.eq_ignore_ascii_case(one)) {
        return None;
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width.try_into().ok()?, size.height.try_into().ok()?))
}

/// The `width` and `height` of the root element, else the last two numbers of its `viewBox`.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let pixels = |name: &str| attribute(tag, name)?.trim_end_matches("px").parse().ok();
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return whole(width, height);
    }
    let view = attribute(tag, "viewBox")?;
    let mut numbers = view
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .skip(2);
    whole(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?)
}

fn whole(width: f64, height: f64) -> Option<(u32, u32)> {
    let sound = |side: f64| (1.0..100_000.0).contains(&side);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both sides are within 1 and 100,000"
    )]
    (sound(width) && sound(height)).then(|| (width.round() as u32, height.round() as u32))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().last();
        let behind = rest[at + name.len()..].trim_start();
        let value = behind.strip_prefix('=').map(str::trim_start);
        if before.is_some_and(char::is_whitespace)
            && let Some(value) = value
        {
            let quote = value
                .chars()
                .next()
                .filter(|one| ['"', '\''].contains(one))?;
            return value[1..].split(quote).next();
        }
        rest = &rest[at + name.len()..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_the_size_it_states_or_that_of_its_view() {
        let size = |text: &str| dimensions("svg", text.as_bytes());
        assert_eq!(size("<svg width=\"40\" height='20px'>"), Some((40, 20)));
        assert_eq!(size("<svg viewBox=\"0 0 640 360\">"), Some((640, 360)));
        assert_eq!(
            size("<svg stroke-width=\"2\" viewBox=\"0,0,6,7\">"),
            Some((6, 7))
        );
        assert_eq!(size("<svg>"), None);
        assert_eq!(size("text"), None);
        assert_eq!(dimensions("txt", b"x"), None);
    }
}
