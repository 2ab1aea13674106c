//! A form that posts is answered by the page that it stands on, with what became of it: nothing travels in the address,
//! where it could be forged, and nothing that was typed is lost.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{contract::Failure, language};

/// The hidden field of every form that names the page it stands on.
pub const HERE: &str = "here";

/// The field of a button whose work, once it is done, is shown on another page than the one that the form stands on:
/// which one.
pub const THERE: &str = "there";

/// The hidden field of every form that names the organisation for which it is filled in, of whoever is signed in.
pub const FOR: &str = "for-organisation";

/// The hidden field of a form that was refused and is sent to be shown once more, in the other language: why, as JSON.
/// Nothing is carried out then.
pub const TOLD: &str = "told-before";

/// Fields that no page repeats.
const SECRET: [&str; 3] = ["password", "current", "new"];

/// What became of the form whose answer this page is.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Where the form posted to.
    pub form: String,
    /// The page that it stands on.
    pub here: String,
    /// What the server function returned, as JSON.
    pub outcome: Result<String, Failure>,
    /// What was typed.
    pub typed: Typed,
}

impl Answered {
    fn of<F: ServerFn>() -> Option<Self> {
        use_context::<Self>().filter(|answered| answered.form == F::PATH)
    }
}

/// Why the form that posts to `F` failed, when this page shows it again after that.
pub fn use_failure<F: ServerFn>() -> Option<Failure> {
    Answered::of::<F>()?.outcome.err()
}

/// What the form that posts to `F` brought, when this page is its answer: for what is shown only once.
pub fn use_outcome<F: ServerFn>() -> Option<F::Output>
where
    F::Output: serde::de::DeserializeOwned,
{
    leptos::serde_json::from_str(&Answered::of::<F>()?.outcome.ok()?).ok()
}

/// What was typed into the form that posts to `F` before it failed.
pub fn use_typed<F: ServerFn>() -> Option<Typed> {
    Answered::of::<F>().filter(|answered| answered.outcome.is_err()).map(|answered| answered.typed)
}

/// What was typed into the form that posts to `F`, when this page is its answer, whatever became of it.
pub fn use_sent<F: ServerFn>() -> Option<Typed> {
    Answered::of::<F>().map(|answered| answered.typed)
}

/// The form that was refused, if this page is its answer, and why.
pub fn use_refused() -> Option<(Answered, Failure)> {
    let answered = use_context::<Answered>()?;
    let failure = answered.outcome.clone().err()?;
    Some((answered, failure))
}

/// The mark of a part with forms when the page shows again what was typed into one and refused: a page that is
/// refreshed while it is open leaves such parts as they are.
pub fn use_kept() -> Option<&'static str> {
    use_context::<Answered>().filter(|answered| answered.outcome.is_err()).map(|_| "")
}

/// `path` if it is a page of this site.
#[must_use]
pub fn page(path: &str) -> Option<&str> {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let here = path.starts_with('/') && !path.starts_with("//");
    (plain && here && language::of_path(path).is_some()).then_some(path)
}

/// What was typed into a form: names and values, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// Reads a form's body. The router's parameters would decode it twice, and so change what was typed.
    #[must_use]
    pub fn read(encoded: &str) -> Self {
        let pairs = encoded.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.map(|(name, value)| (decode(name), decode(value))).collect())
    }

    /// The first value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Every value of `name`, if there is any.
    #[must_use]
    pub fn get_all(&self, name: &str) -> Option<Vec<String>> {
        let values: Vec<String> =
            self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect();
        (!values.is_empty()).then_some(values)
    }

    /// The fields one by one.
    pub fn fields(self) -> impl Iterator<Item = (String, String)> {
        self.0.into_iter()
    }

    /// The first value of `name`, which is then no part of the form any more.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let found = self.get(name)?;
        self.0.retain(|(known, _)| known != name);
        Some(found)
    }

    /// The fields that a page sends once more for its reader, but for the one that names the page: nothing secret.
    pub fn again(self) -> impl Iterator<Item = (String, String)> {
        self.0.into_iter().filter(|(name, _)| name != HERE && !SECRET.contains(&name.as_str()))
    }
}

/// `application/x-www-form-urlencoded`: a plus is a space, a percent sign leads two hexadecimal digits.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let coded = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let coded = coded.filter(|_| *byte == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match coded {
            Some(value) => {
                bytes.push(value);
                rest = &after[2..];
            }
            None => {
                bytes.push(if *byte == b'+' { b' ' } else { *byte });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Typed, page};

    #[test]
    fn what_was_typed_is_decoded_once() {
        let typed =
            Typed::read("next=%2Fzh%3Fa%3D1%2526b&text=5+%25&m[]=1&m%5B%5D=2&name=%E7%8E%8B&odd=%zz%");
        assert_eq!(typed.get("next").as_deref(), Some("/zh?a=1%26b"));
        assert_eq!(typed.get("text").as_deref(), Some("5 %"));
        assert_eq!(typed.get("name").as_deref(), Some("王"));
        assert_eq!(typed.get("odd").as_deref(), Some("%zz%"));
        assert_eq!(typed.get_all("m[]"), Some(vec!["1".to_owned(), "2".to_owned()]));
        assert_eq!((typed.get("other"), typed.get_all("other")), (None, None));
    }

    #[test]
    fn what_is_sent_once_more_has_nothing_secret_and_no_page_of_its_own() {
        let mut typed =
            Typed::read("here=%2Fzh&email=a%40b.example&password=secret&told-before=%7B%7D&box=1&box=2");
        assert_eq!((typed.take("told-before").as_deref(), typed.take("told-before")), (Some("{}"), None));
        let again: Vec<(String, String)> = typed.again().collect();
        let expected = [("email", "a@b.example"), ("box", "1"), ("box", "2")];
        assert_eq!(again, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn only_pages_of_this_site_are_shown_as_an_answer() {
        for path in ["/zh", "/en?offering=TAB", "/zh/bookings/1?x=%E4%B8%AD"] {
            assert_eq!(page(path), Some(path));
        }
        for path in ["", "/", "/do/hold", "//zh", "zh/x", "https://evil.example/zh", "/zh/\\x", "/en /x"] {
            assert_eq!(page(path), None, "{path}");
        }
    }
}
