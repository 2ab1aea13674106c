//! `zhongshi import FILE…`.

use std::path::PathBuf;

use app::language::Language;
use clap::{Args, ValueEnum};

use super::CommandError;
use crate::{
    clock::{Clock, SystemClock},
    settings::Settings,
    setup::{self, Fault, Problem, SetupError, Source, report},
    store::{Store, StoreOptions},
};

/// Options of `zhongshi import`.
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// TOML files: one platform a file, holidays in any. The format is documented in server/demo/hayao.toml.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Language of the report.
    #[arg(long, value_enum, default_value_t = ReportLanguage::En)]
    language: ReportLanguage,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReportLanguage {
    Zh,
    En,
}

/// Imports, or says what an import would do; every problem with file and line.
///
/// # Errors
/// Any problem in the files, with nothing written; the database fails.
pub async fn run(settings: &Settings, options: &ImportOptions) -> Result<(), CommandError> {
    let language = match options.language {
        ReportLanguage::Zh => Language::zh_CN,
        ReportLanguage::En => Language::en,
    };
    let read = load(&options.files).and_then(|sources| setup::read(&sources));
    let setup = read.map_err(|problems| report::problems(&problems, language))?;
    let store = Store::open(&StoreOptions { create: false, ..(&settings.database).into() }).await?;
    if !store.pending_migrations().await?.is_empty() {
        return Err("the database's schema is not up to date; run `zhongshi migrate` first".into());
    }
    let clock = SystemClock;
    let outcome = if options.dry_run {
        setup::plan(store.read(), &setup, clock.minute()).await
    } else {
        let names: Vec<String> = options.files.iter().map(|file| file.display().to_string()).collect();
        setup::apply(&store, setup, names.join(", "), clock.now()).await
    };
    let plan = outcome.map_err(|error| match error {
        SetupError::Problems(problems) => CommandError::from(report::problems(&problems, language)),
        SetupError::Store(error) => error.into(),
    })?;
    print!("{}", report::plan(&plan, options.dry_run, language));
    store.close().await;
    Ok(())
}

fn load(files: &[PathBuf]) -> Result<Vec<Source>, Vec<Problem>> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let name = file.display().to_string();
        match std::fs::read_to_string(file) {
            Ok(text) => sources.push(Source::new(name, text)),
            Err(error) => {
                problems.push(Problem {
                    file: name,
                    line: 0,
                    fault: Fault::Unreadable { message: error.to_string() },
                });
            }
        }
    }
    // What can be read is judged all the same, so that one run tells everything.
    if !problems.is_empty() {
        problems.extend(setup::read(&sources).err().unwrap_or_default());
        return Err(problems);
    }
    Ok(sources)
}
