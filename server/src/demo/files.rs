//! The demonstration's files, embedded in the binary.

use crate::setup::Source;

/// The holiday table and the seven platforms.
#[must_use]
pub fn files() -> Vec<Source> {
    macro_rules! embedded {
        ($($name:literal),+ $(,)?) => { vec![$(Source::new($name, include_str!(concat!("../../demo/", $name)))),+] };
    }
    embedded![
        "holidays.toml",
        "hayao.toml",
        "sanlian.toml",
        "jiren.toml",
        "kanglong.toml",
        "huada-longjiang.toml",
        "beike.toml",
        "jixianglong.toml",
    ]
}
