//! How it looks. The colours can be read: every pair that the style sheets put together, in the light scheme and in the
//! dark one, by the contrast of WCAG 2.2 at level AA. So can the comments, without scrolling.

use std::{collections::BTreeMap, fs, path::Path};

use crate::words::sources;

/// Characters of a line of comment, at most; those of code are rustfmt's to count.
const COLUMNS: usize = 120;

/// Text of any size.
const TEXT: f64 = 4.5;
/// Outlines of controls and shapes that mean something.
const SHAPE: f64 = 3.0;

/// Colours by token: in the light scheme and in the dark one.
type Colours = BTreeMap<String, [[f64; 3]; 2]>;

fn colours() -> Colours {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/tokens.css");
    let text = fs::read_to_string(file).expect("the tokens");
    let plain = text.split(":root:lang").next().expect("the first block");
    let mut colours = Colours::new();
    for line in plain.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|line| line.split_once(": "))
        else {
            continue;
        };
        let Some(pair) = value.strip_prefix("light-dark(#").and_then(|value| value.strip_suffix(");")) else {
            continue;
        };
        let (light, dark) = pair.split_once(", #").expect("two colours");
        colours.insert(name.to_owned(), [light, dark].map(channels));
    }
    colours
}

/// Linear red, green and blue.
fn channels(hex: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| {
        let value = u8::from_str_radix(&hex[at..at + 2], 16).expect("two hexadecimal digits");
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What a colour looks like to someone without one of the three kinds of cone (Viénot, Brettel and Mollon 1999).
fn without_cone(colour: [f64; 3], protan: bool) -> [f64; 3] {
    let [red, green, blue] = colour;
    let one = if protan { 0.112_38 * red + 0.887_62 * green } else { 0.292_75 * red + 0.707_25 * green };
    let other = if protan { 0.004_01 * red - 0.004_01 * green } else { -0.022_34 * red + 0.022_34 * green };
    [one, one, (blue + other).max(0.0)]
}

#[test]
fn everything_that_is_read_or_recognised_has_contrast() {
    let colours = colours();
    let surfaces = ["paper", "sheet", "sunken"];
    let mut pairs: Vec<(String, String, f64)> = Vec::new();
    for ink in ["ink", "ink-soft", "accent", "accent-deep", "good", "warn", "bad", "info"] {
        pairs.extend(surfaces.map(|surface| (ink.into(), surface.into(), TEXT)));
    }
    for meaning in ["good", "warn", "bad", "info", "accent"] {
        for ink in [meaning, "ink", "ink-soft"] {
            pairs.push((ink.into(), format!("{meaning}-wash"), TEXT));
        }
    }
    pairs.push(("ink".into(), "closed".into(), TEXT));
    for surface in ["accent", "accent-deep"] {
        pairs.push(("on-accent".into(), surface.into(), TEXT));
    }
    for step in 0..=5 {
        pairs.push((format!("on-heat-{step}"), format!("heat-{step}"), TEXT));
    }
    for shape in ["line-strong", "focus"] {
        pairs.extend(surfaces.map(|surface| (shape.into(), surface.into(), SHAPE)));
    }
    for (front, back, least) in pairs {
        for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
            let found = contrast(colours[&front][scheme], colours[&back][scheme]);
            assert!(found >= least, "{front} on {back}, {name}: {found:.2} instead of {least}");
        }
    }
}

#[test]
fn the_scale_for_figures_climbs_for_every_eye() {
    let colours = colours();
    let eyes: [fn([f64; 3]) -> [f64; 3]; 3] =
        [|colour| colour, |colour| without_cone(colour, true), |colour| without_cone(colour, false)];
    for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
        for seen in eyes {
            for step in 1..=5 {
                let at = |step: usize| seen(colours[&format!("heat-{step}")][scheme]);
                let found = contrast(at(step), at(step - 1));
                // Away from the surface: darker on light, lighter on dark.
                let darker = luminance(at(step)) < luminance(at(step - 1));
                assert_eq!(darker, scheme == 0, "heat-{step} climbs the wrong way, {name}");
                assert!(found >= 1.1, "heat-{step} against the one before: {found:.2}, {name}");
            }
        }
    }
}

#[test]
fn no_comment_is_longer_than_its_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for room in ["app", "migration", "server", "tests", ".cargo/xtask"] {
        sources(&root.join(room), &mut found);
    }
    let mut long = Vec::new();
    for file in found {
        let text = fs::read_to_string(&file).expect("a source");
        let too_long = |line: &&str| line.trim_start().starts_with("//") && line.chars().count() > COLUMNS;
        long.extend(text.lines().filter(too_long).map(|line| format!("{}: {line}", file.display())));
    }
    assert_eq!(long, Vec::<String>::new());
}

/// Elements whose text the framework writes as it is, with where they are written all the same: there it is escaped, or
/// it is a script of this program.
const UNESCAPED: [(&str, &[&str]); 6] = [
    ("<textarea", &["components/text_area.rs"]),
    ("<Title", &["components/frame.rs"]),
    ("inner_html=", &["components/text_area.rs", "shell.rs"]),
    ("<script", &["shell.rs"]),
    ("<style", &[]),
    ("<noscript", &[]),
];

#[test]
fn what_is_not_escaped_is_written_where_somebody_minds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let name = file.strip_prefix(&root).expect("a file of it").display().to_string();
        for (written, minding) in UNESCAPED {
            if text.contains(written) && !minding.contains(&name.as_str()) {
                wrong.push(format!("{name}: {written}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
