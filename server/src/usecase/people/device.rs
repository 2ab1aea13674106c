//! What somebody signs in with.

/// Characters of what a program says of itself that are kept: browsers need fewer.
const KEPT: usize = 200;

/// A program as its User-Agent header names it. It proves nothing, and is kept for the account's own people to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device(Option<String>);

impl Device {
    /// What the header says, if there is one.
    #[must_use]
    pub fn said(header: Option<&str>) -> Self {
        let kept: String = header.unwrap_or_default().trim().chars().take(KEPT).collect();
        Self(Some(kept).filter(|kept| !kept.is_empty()))
    }

    /// As a session keeps it.
    pub(super) fn kept(self) -> Option<String> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Device;

    #[test]
    fn what_is_long_is_cut_and_what_is_empty_is_nothing() {
        assert_eq!(Device::said(Some(" curl/8.5.0 ")).kept().as_deref(), Some("curl/8.5.0"));
        assert_eq!(Device::said(Some(&"x".repeat(5000))).kept().map(|kept| kept.len()), Some(200));
        for nothing in [None, Some(""), Some("  ")] {
            assert_eq!(Device::said(nothing), Device::default());
        }
    }
}
