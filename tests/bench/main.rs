//! `cargo xtask bench [NAME…]`: measurements, each beside a yardstick taken in the same run. Nothing here passes or
//! fails: machines are shared and noisy, so the ratio is what to read.

mod durable;
mod kernel;
mod machine;
mod report;

use report::Report;

/// Takes its figures and adds them to the report.
type Measurement = fn(&mut Report);

/// The measurements by name, in the order in which they run when none is named.
const ALL: &[(&str, Measurement)] = &[("kernel", kernel::measure), ("durable", durable::measure)];

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = asked.iter().find(|name| !ALL.iter().any(|(known, _)| known == name)) {
        let names: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        eprintln!("no measurement is called '{unknown}'; there are: {}", names.join(", "));
        std::process::exit(2);
    }
    println!("{}", machine::facts());
    let mut report = Report::default();
    for (name, measure) in ALL {
        if asked.is_empty() || asked.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name} …");
            measure(&mut report);
        }
    }
    println!("{report}");
}
