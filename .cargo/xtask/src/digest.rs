//! Content hashes: names that change with the content, and stamps that tell whether inputs changed. Not for security.

use std::{fmt::Write as _, fs, path::Path, time::SystemTime};

/// 64 bits of FNV-1a over each part and its length.
pub fn of(parts: &[&[u8]]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for part in parts {
        eat(&part.len().to_le_bytes());
        eat(part);
    }
    format!("{hash:016x}")
}

/// Size and time of this builder's own binary: a changed builder does its work again.
pub fn of_builder() -> String {
    let mut text = String::new();
    if let Ok(found) = std::env::current_exe().and_then(fs::metadata) {
        let age = found.modified().unwrap_or(SystemTime::UNIX_EPOCH).duration_since(SystemTime::UNIX_EPOCH);
        let _ = write!(text, "{} {:?}", found.len(), age.unwrap_or_default());
    }
    text
}

/// Whether `stamp` holds `digest`.
pub fn is_current(stamp: &Path, digest: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|held| held == digest)
}
