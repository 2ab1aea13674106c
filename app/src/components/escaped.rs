//! Text for the elements that hold nothing but text, a document's title and a text area, into which it is written as it
//! comes: whoever names a call would else write markup into everybody's page.

/// `text` as HTML has it between two tags.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_closes_or_opens_an_element() {
        assert_eq!(escaped("a</title><meta>"), "a&lt;/title&gt;&lt;meta&gt;");
        assert_eq!(escaped("&lt; \"{x}\" 'y'"), "&amp;lt; \"{x}\" 'y'");
    }
}
