//! `cargo xtask bench [--quick] [NAME…]`: measurements, each beside a yardstick taken in the same run. Nothing here
//! passes or fails: machines are shared and noisy, so the ratio is what to read. `resolve IN_DIR --out OUT_DIR
//! --seconds N` allocates a folder of instances instead, and with `--least` it fails if their plans are worth too
//! little: what a plan is worth beside the best known one depends little on the machine.

mod alternatives;
mod clients;
mod durable;
mod kernel;
mod line;
mod machine;
mod made;
mod million;
mod pages;
mod plant;
mod process;
mod repair;
mod report;
mod resolve;
mod search;
mod start;
mod timings;

use std::process::ExitCode;

use report::Report;

/// How much to measure.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    quick: bool,
}

impl Scale {
    /// The `whole` amount, or less of it where seconds must do.
    pub fn of<T>(self, whole: T, quick: T) -> T {
        if self.quick { quick } else { whole }
    }
}

/// Takes its figures and adds them to the report.
type Measurement = fn(&mut Report, Scale);

/// The measurements by name, in the order in which they run when none is named.
const ALL: &[(&str, Measurement)] = &[
    ("kernel", kernel::measure),
    ("resolve", resolve::measure),
    ("alternatives", alternatives::measure),
    ("repair", repair::measure),
    ("search", search::measure),
    ("start", start::measure),
    ("line", line::measure),
    ("durable", durable::measure),
    ("pages", pages::measure),
    ("million", million::measure),
];

fn main() -> ExitCode {
    if process::is_server() {
        return server::cli::main();
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [name, rest @ ..] = arguments.as_slice()
        && name == "resolve"
        && rest.iter().any(|argument| argument != "--quick" && ALL.iter().all(|(known, _)| argument != known))
    {
        return resolve::command(rest);
    }
    let (options, asked): (Vec<String>, Vec<String>) =
        arguments.into_iter().partition(|argument| argument.starts_with("--"));
    let unknown = options.iter().find(|option| *option != "--quick");
    if let Some(unknown) =
        unknown.or_else(|| asked.iter().find(|name| ALL.iter().all(|(known, _)| known != name)))
    {
        let names: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        eprintln!("no measurement is called '{unknown}'; there are: {}; and --quick", names.join(", "));
        return ExitCode::from(2);
    }
    let scale = Scale { quick: options.iter().any(|option| option == "--quick") };
    let mut report = Report::default();
    for (name, measure) in ALL {
        if asked.is_empty() || asked.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name} …");
            measure(&mut report, scale);
        }
    }
    println!("{report}");
    println!("{}", machine::facts());
    ExitCode::SUCCESS
}

/// Runs to the end on a runtime like the server's.
fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime").block_on(work)
}
