//! Whether two pictures show the same, but for what differs from one machine's fonts to the next and from one run's ids
//! to the next.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use image::{
    DynamicImage, GenericImageView, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType,
    load_from_memory, load_from_memory_with_format,
};

/// Width of the committed picture of a page at desk width, in pixels; that of one in the hand is two thirds of its own.
const DESK: u32 = 640;
/// Of the encoding, in percent: legible, and a page in a few tens of kilobytes.
const QUALITY: u8 = 50;
/// Side of the squares that are compared, in pixels of the committed picture.
const SQUARE: u32 = 12;
/// By how much the mean of a square may differ, of 255.
const TONE: f32 = 28.0;
/// Squares that may differ more, in thousandths.
const SQUARES: usize = 15;
/// So many squares side by side are a button that went, or a field that came.
const TOGETHER: usize = 5;
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
    let squares = |side: u32| 0..side / SQUARE;
    let all = squares(low).flat_map(|y| squares(known.width()).map(move |x| (x, y)));
    let mut others: BTreeSet<(u32, u32)> = all
        .clone()
        .filter(|(x, y)| {
            let (one, other) = (mean(known, x * SQUARE, y * SQUARE), mean(seen, x * SQUARE, y * SQUARE));
            one.iter().zip(other).any(|(one, other)| (one - other).abs() > TONE)
        })
        .collect();
    let (all, count) = (all.count(), others.len());
    if count * 1000 > all * SQUARES {
        return Some(format!("{count} of {all} squares look different"));
    }
    while let Some(first) = others.pop_first() {
        let together = spread(first, &mut others);
        if together >= TOGETHER {
            let (x, y) = (first.0 * SQUARE, first.1 * SQUARE);
            return Some(format!("{together} squares side by side look different, from {x}, {y} on"));
        }
    }
    None
}

/// How many squares hang together with `first`, which is one; they are taken out.
fn spread(first: (u32, u32), others: &mut BTreeSet<(u32, u32)>) -> usize {
    let mut ahead = vec![first];
    let mut count = 0;
    while let Some((x, y)) = ahead.pop() {
        count += 1;
        let beside = [(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))];
        ahead.extend(beside.into_iter().filter(|one| others.remove(one)));
    }
    count
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

    #[test]
    fn a_button_that_went_is_seen_on_a_page_of_any_length() {
        let long = |button: bool| {
            RgbImage::from_fn(480, 2400, |x, y| {
                let there = button && (24..84).contains(&x) && (36..48).contains(&y);
                image::Rgb([if there { 60 } else { 240 }; 3])
            })
        };
        assert_eq!(difference(&long(true), &long(true)), None);
        assert!(difference(&long(true), &long(false)).is_some());
    }
}
