//! A page as a browser reads it, as far as tests ask: its elements, their attributes, and the text of those that hold
//! nothing else.

/// Elements whose content is text up to their end tag, whatever it looks like.
const OF_TEXT: [&str; 4] = ["title", "textarea", "script", "style"];

/// An element's start tag, and its text if it holds nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    /// What an attribute says; nothing if there is none.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The elements of a page, in its order.
#[must_use]
pub fn elements(page: &str) -> Vec<Element> {
    let (mut found, mut rest) = (Vec::new(), page);
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
        } else if rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let (mut element, behind) = tag(rest);
            rest = behind;
            if OF_TEXT.contains(&element.name.as_str()) {
                let (text, behind) = rest.split_once(&format!("</{}", element.name)).unwrap_or((rest, ""));
                element.text = content(&element.name, text);
                rest = behind;
            }
            found.push(element);
        }
    }
    found
}

/// The start tag that `rest` begins with behind its bracket, and what follows.
fn tag(rest: &str) -> (Element, &str) {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '/' | '>');
    let (name, mut rest) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
    let mut element = Element { name: name.to_ascii_lowercase(), ..Element::default() };
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return (element, behind);
        }
        if rest.is_empty() {
            return (element, rest);
        }
        // A sign of equality that comes first belongs to the name.
        let end = rest.char_indices().skip(1).find(|(_, letter)| ends(*letter) || *letter == '=');
        let (name, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        let (value, behind) = match behind.trim_start().strip_prefix('=') {
            Some(behind) => value(behind.trim_start()),
            None => ("", behind),
        };
        element.attributes.push((name.to_ascii_lowercase(), decoded(value)));
        rest = behind;
    }
}

/// The value that `rest` begins with, and what follows.
fn value(rest: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(rest.len());
    rest.split_at(end)
}

fn content(name: &str, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    match name {
        "script" | "style" => text,
        // A line break right behind its tag is none of its text.
        "textarea" => decoded(text.strip_prefix('\n').unwrap_or(&text)),
        _ => decoded(&text),
    }
}

/// Text with the references that the server writes put back.
fn decoded(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
    signs.into_iter().fold(text.to_owned(), |text, (reference, sign)| text.replace(reference, sign))
}

#[cfg(test)]
mod tests {
    use super::elements;

    #[test]
    fn what_breaks_out_is_seen_and_what_is_text_is_not() {
        let names = |page: &str| elements(page).into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names("<!DOCTYPE html><p>1 < 2<!--<a>--><br/></p>"), ["p", "br"]);
        assert_eq!(names("<title>a</title><b></title>"), ["title", "b"]);
        let area = &elements("<textarea id='x' required>\n\n&amp;lt; &lt;b></textarea>")[0];
        assert_eq!((area.text.as_str(), area.attribute("id")), ("\n&lt; <b>", Some("x")));
        assert_eq!(area.attribute("required"), Some(""));
        let broken = &elements("<input value=\"a\" zz=\"1\" title=\"&quot;b\">")[0];
        assert_eq!((broken.attribute("zz"), broken.attribute("title")), (Some("1"), Some("\"b")));
    }
}
