//! Whether two pictures show the same, but for what differs from one machine's fonts to the next and from one run's ids
//! to the next.

use std::{
    fs,
    path::{Path, PathBuf},
};

use image::{
    DynamicImage, GenericImageView, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType,
    load_from_memory, load_from_memory_with_format,
};

/// Width of the committed picture of a page at desk width, in pixels; that of one in the hand is two thirds of its own.
const DESK: u32 = 480;
/// Of the encoding, in percent: legible, and a page in a few tens of kilobytes.
const QUALITY: u8 = 50;
/// Side of the squares that are compared, in pixels of the committed picture.
const SQUARE: u32 = 12;
/// By how much the mean of a square may differ, of 255.
const TONE: f32 = 28.0;
/// Squares that may differ more, in thousandths.
const SQUARES: usize = 15;
/// By how much heights may differ, in thousandths.
const HEIGHT: u32 = 30;

fn committed(file: &Path) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/pictures").join(file)
}

/// Where pictures are put that were unlike.
pub fn fresh() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures")
}

/// Writes what was seen as the picture to compare with.
pub fn accept(file: &Path, seen: &[u8]) {
    write(&committed(file), &smaller(seen));
}

/// Compares what was seen with the committed picture.
///
/// # Errors
/// What differs; what was seen is then written to [`fresh`].
pub fn check(file: &Path, seen: &[u8]) -> Result<(), String> {
    let seen = smaller(seen);
    let differs = fs::read(committed(file)).map_err(|error| format!("no picture to compare with: {error}"));
    let differs = differs.and_then(|known| {
        let known =
            load_from_memory_with_format(&known, ImageFormat::Jpeg).map_err(|error| error.to_string())?;
        difference(&known.to_rgb8(), &seen).map_or(Ok(()), Err)
    });
    if differs.is_err() {
        write(&fresh().join(file), &seen);
    }
    differs
}

fn smaller(png: &[u8]) -> RgbImage {
    let whole: DynamicImage = load_from_memory(png).expect("the browser sends pictures");
    let (width, height) = whole.dimensions();
    let times = if width > 2 * DESK { f64::from(width) / f64::from(DESK) } else { 1.5 };
    let scaled = |side: u32| ((f64::from(side) / times).round() as u32).max(1);
    whole.resize_exact(scaled(width), scaled(height), FilterType::Triangle).to_rgb8()
}

fn write(file: &Path, picture: &RgbImage) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture).expect("it is encoded");
    fs::write(file, bytes).expect("the picture is written");
}

fn difference(known: &RgbImage, seen: &RgbImage) -> Option<String> {
    if known.width() != seen.width() {
        return Some(format!("{} px wide, was {}", seen.width(), known.width()));
    }
    let (high, low) = (known.height().max(seen.height()), known.height().min(seen.height()));
    if (high - low) * 1000 > high * HEIGHT {
        return Some(format!("{} px high, was {}", seen.height(), known.height()));
    }
    let corners = |side: u32| (0..side / SQUARE).map(|n| n * SQUARE);
    let squares = corners(low).flat_map(|y| corners(known.width()).map(move |x| (x, y)));
    let (mut all, mut others) = (0, 0);
    for (x, y) in squares {
        all += 1;
        let (one, other) = (mean(known, x, y), mean(seen, x, y));
        if one.iter().zip(other).any(|(one, other)| (one - other).abs() > TONE) {
            others += 1;
        }
    }
    (others * 1000 > all * SQUARES).then(|| format!("{others} of {all} squares look different"))
}

/// The mean colour of a square.
fn mean(picture: &RgbImage, x: u32, y: u32) -> [f32; 3] {
    let square = picture.view(x, y, SQUARE, SQUARE);
    let mut sum = [0.0; 3];
    for (_, _, pixel) in square.pixels() {
        for (sum, value) in sum.iter_mut().zip(pixel.0) {
            *sum += f32::from(value);
        }
    }
    sum.map(|sum| sum / (SQUARE * SQUARE) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(colour: impl Fn(u32, u32) -> u8) -> RgbImage {
        RgbImage::from_fn(240, 240, |x, y| image::Rgb([colour(x, y); 3]))
    }

    #[test]
    fn a_moved_panel_is_seen_and_a_changed_letter_is_not() {
        let plain = page(|x, y| if (24..120).contains(&x) && (24..60).contains(&y) { 40 } else { 240 });
        let letter = page(|x, y| if x < 4 && y < 4 { 0 } else { plain.get_pixel(x, y).0[0] });
        assert_eq!(difference(&plain, &letter), None);
        let moved = page(|x, y| if (24..120).contains(&x) && (84..120).contains(&y) { 40 } else { 240 });
        assert!(difference(&plain, &moved).is_some());
        let longer = RgbImage::from_pixel(240, 300, image::Rgb([240; 3]));
        assert!(difference(&plain, &longer).is_some());
    }
}
