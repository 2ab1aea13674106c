//! `resolve IN_DIR --out OUT_DIR --seconds N [--least]`: every instance of a folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use domain::resolve::allocation::{instance::Instance, verify::verify};

use super::{
    goals::{Reached, short},
    solve::{duration, solve},
};

const USAGE: &str = "resolve IN_DIR --out OUT_DIR --seconds N [--least]";
/// How a plan's name ends.
const ENDING: &str = ".plan.json";

/// What is asked.
struct Asked {
    instances: PathBuf,
    plans: PathBuf,
    seconds: f64,
    /// Whether it fails if plans are worth less than they have to be.
    least: bool,
}

/// What became of an instance.
struct Solved {
    name: String,
    requests: usize,
    value: i64,
    seconds: f64,
}

/// Solves every instance (`*.json`) of a folder, writes its plan, and prints name, value and seconds, and, where the
/// folder's `best.tsv` knows a value, that and the ratio to it. What can't be read or solved is named on the error
/// stream, and the rest is solved all the same. With `--least` so is what falls short of
/// what is asked for, and it fails.
pub fn command(arguments: &[String]) -> ExitCode {
    let done = parse(arguments).and_then(|asked| all(&asked));
    done.unwrap_or_else(|problem| {
        eprintln!("{problem}");
        ExitCode::from(2)
    })
}

fn parse(arguments: &[String]) -> Result<Asked, String> {
    let (mut instances, mut plans, mut seconds, mut least) = (None, None, None, false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{argument} wants a value: {USAGE}"));
        match argument.as_str() {
            "--least" => least = true,
            "--out" => plans = Some(PathBuf::from(value()?)),
            "--seconds" => {
                let given = value()?;
                let number = given.parse().ok().filter(|number| duration(*number).is_some());
                seconds = Some(number.ok_or_else(|| format!("'{given}' is no number of seconds"))?);
            }
            folder if instances.is_none() && !folder.starts_with("--") => {
                instances = Some(PathBuf::from(folder))
            }
            other => return Err(format!("what is '{other}'? {USAGE}")),
        }
    }
    match (instances, plans, seconds) {
        (Some(instances), Some(plans), Some(seconds)) => Ok(Asked { instances, plans, seconds, least }),
        _ => Err(USAGE.to_owned()),
    }
}

fn all(asked: &Asked) -> Result<ExitCode, String> {
    let folder = &asked.instances;
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        file.is_file() && name.ends_with(".json") && !name.ends_with(ENDING)
    });
    files.sort();
    fs::create_dir_all(&asked.plans).map_err(|error| format!("{}: {error}", asked.plans.display()))?;
    let known = known(&folder.join("best.tsv"));
    println!("name\tvalue\tseconds\tbest known\tratio");
    let (mut reached, mut failed) = (Vec::new(), 0_usize);
    for file in &files {
        match one(file, asked) {
            Ok(Solved { name, requests, value, seconds }) => match known.get(&name) {
                Some(best) if *best > 0 => {
                    let ratio = value as f64 / *best as f64;
                    println!("{name}\t{value}\t{seconds:.2}\t{best}\t{ratio:.4}");
                    reached.push(Reached { name, requests, ratio });
                }
                _ => println!("{name}\t{value}\t{seconds:.2}\t\t"),
            },
            Err(problem) => {
                failed += 1;
                eprintln!("{}: {problem}", file.display());
            }
        }
    }
    if let Some(least) = reached.iter().map(|one| one.ratio).reduce(f64::min) {
        let (mean, count) = (reached.iter().map(|one| one.ratio).sum::<f64>(), reached.len());
        let mean = mean / count as f64;
        println!("of the best known: {mean:.4} on average, {least:.4} at least, {count} instances");
    }
    let short = if asked.least { short(&reached) } else { Vec::new() };
    short.iter().for_each(|line| eprintln!("{line}"));
    Ok(if failed == 0 && short.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Solves one instance and writes its plan.
fn one(file: &Path, asked: &Asked) -> Result<Solved, String> {
    let begun = Instant::now();
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let instance: Instance = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    instance.admit()?;
    let plan = solve(&instance, begun, asked.seconds);
    let value = verify(&instance, &plan).map_err(|broken| format!("the plan found is no plan: {broken}"))?;
    let seconds = begun.elapsed().as_secs_f64();
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let target = asked.plans.join(format!("{name}{ENDING}"));
    let text = serde_json::to_string(&plan).map_err(|error| error.to_string())?;
    fs::write(&target, text + "\n").map_err(|error| format!("{}: {error}", target.display()))?;
    Ok(Solved { name, requests: instance.requests.len(), value, seconds })
}

/// The values of a table `name, value, …`; what isn't one is passed over.
fn known(table: &Path) -> BTreeMap<String, i64> {
    let text = fs::read_to_string(table).unwrap_or_default();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.trim().parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}
