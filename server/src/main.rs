//! The one binary, `zhongshi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
