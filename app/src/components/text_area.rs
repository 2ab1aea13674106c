//! Text of several lines, typed or kept.

use leptos::prelude::*;

use super::escaped::escaped;

/// A text area that shows `text`. It is the only one: what stands in a `<textarea>` isn't escaped for it.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] rows: String,
    text: String,
    /// The ids of what describes it.
    #[prop(optional_no_strip)]
    described: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] placeholder: Option<&'static str>,
    #[prop(optional)] class: Option<&'static str>,
    #[prop(optional)] spellcheck: Option<&'static str>,
) -> impl IntoView {
    let content = content(&text);
    view! {
        <textarea
            id=id
            name=name
            class=class
            rows=rows
            required=required
            readonly=readonly
            autofocus=autofocus
            spellcheck=spellcheck
            placeholder=placeholder
            aria-describedby=described
            inner_html=content
        ></textarea>
    }
}

/// What a browser reads as `text`: it leaves out a line break that comes first.
fn content(text: &str) -> String {
    let lead = if text.starts_with(['\n', '\r']) { "\n" } else { "" };
    format!("{lead}{}", escaped(text))
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn a_line_break_that_comes_first_is_not_lost() {
        assert_eq!(content("\n&lt; <5"), "\n\n&amp;lt; &lt;5");
        assert_eq!(content("\r\nx"), "\n\r\nx");
        assert_eq!(content("x\n"), "x\n");
        assert_eq!(content(""), "");
    }
}
