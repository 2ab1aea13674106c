//! A file's text, and lines for byte offsets.

/// One file to import.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name as given, for messages.
    pub name: String,
    pub text: String,
    /// Where each line starts.
    starts: Vec<usize>,
}

/// More than any sane set-up; a larger file is refused before it is parsed.
pub(super) const MAX_BYTES: usize = 4 << 20;

impl Source {
    /// A file in memory.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), text, starts }
    }

    /// The line, from 1, of a byte offset.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// The text of a line, from 1.
    pub(super) fn line(&self, number: u32) -> &str {
        let at = number.saturating_sub(1) as usize;
        let start = self.starts.get(at).copied().unwrap_or(self.text.len());
        let end = self.starts.get(at + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }
}
