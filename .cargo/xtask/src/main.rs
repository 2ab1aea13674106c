//! The small builder: browser half, styles and assets into the one binary; serve, test, bench.

mod bindgen;
mod browser;
mod command;
mod digest;
mod mutate;
mod packages;
mod places;
mod postgres;
mod run;
mod site;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  serve [ARGUMENT…]   build everything and run `zhongshi serve --demo` with the arguments: the demonstration on first
                      start, your database after that
  build               build the browser half and the self-contained binary
  site                build only the browser half and the styles
  test [--install] [ARGUMENT…]
                      every test, on SQLite, PostgreSQL and in a real browser; --install adds missing Debian packages;
                      the arguments go to the test runner
  bench [--install] [ARGUMENT…]
                      the benchmarks, beside a throw-away PostgreSQL; the arguments go to them
  bench resolve IN_DIR --out OUT_DIR --seconds N [--least]
                      allocates every instance of a folder in N seconds each; needs no PostgreSQL. With --least it fails
                      unless plans of up to 30 requests come to 99 % of the best known value on average and to 95 %
                      each, and those of more to 98 % each
  mutate [--install] [PART OF A NAME…]
                      breaks protocol and guard on purpose, one way at a time (all of them without a name), and asks the
                      tests whether they see it; minutes each, with nextest
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match task.as_str() {
        "serve" => run::serve(&rest),
        "build" => run::build().map(|_| ExitCode::SUCCESS),
        "site" => site::build().map(|()| ExitCode::SUCCESS),
        "test" => run::test(&rest),
        "bench" => run::bench(&rest),
        "mutate" => mutate::run(&rest),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        unknown => Err(format!("there is no task `{unknown}`\n\n{USAGE}")),
    };
    done.unwrap_or_else(|problem| {
        eprintln!("xtask: {problem}");
        ExitCode::FAILURE
    })
}
