//! A file's text, and lines for byte offsets.

/// One file to import.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name as given, for messages.
    pub name: String,
    pub text: String,
}

/// More than any sane set-up; a larger file is refused before it is parsed.
pub(super) const MAX_BYTES: usize = 4 << 20;

impl Source {
    /// A file in memory.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The line, from 1, of a byte offset.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> u32 {
        let before = self.text.as_bytes().get(..offset.min(self.text.len())).unwrap_or_default();
        u32::try_from(before.iter().filter(|byte| **byte == b'\n').count())
            .map_or(u32::MAX, |lines| lines + 1)
    }
}
