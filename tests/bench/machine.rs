//! What the numbers were measured on.

use std::fs;

/// Processor, cores, memory, kernel and build, one line.
pub fn facts() -> String {
    let field = |file: &str, name: &str| {
        fs::read_to_string(file).ok().and_then(|text| {
            text.lines()
                .find(|line| line.starts_with(name))
                .and_then(|line| line.split_once(':'))
                .map(|(_, value)| value.trim().to_owned())
        })
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "machine: {} · {cores} cores · memory {} · Linux {} · {} build",
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".into()),
        field("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown".into()),
        fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim(),
        if cfg!(debug_assertions) { "debug" } else { "release" },
    )
}
