//! The two languages and how a request chooses one: the URL's first segment says it; without one the cookie decides,
//! then Accept-Language, then Chinese.

pub use crate::words::i18n::Locale as Language;
use crate::words::i18n::Locale;

/// The cookie that remembers the last language read.
pub const COOKIE: &str = "language";

/// The first segment of every page's path.
#[must_use]
pub const fn segment(language: Language) -> &'static str {
    match language {
        Locale::zh_CN => "zh",
        Locale::en => "en",
    }
}

/// The language that a page's path says.
#[must_use]
pub fn of_path(path: &str) -> Option<Language> {
    match path.trim_start_matches('/').split(['/', '?', '#']).next() {
        Some("zh") => Some(Locale::zh_CN),
        Some("en") => Some(Locale::en),
        _ => None,
    }
}

/// The language for a path that says none.
#[must_use]
pub fn choose(cookie: Option<&str>, accept_language: Option<&str>) -> Language {
    cookie.and_then(of_path).or_else(|| accept_language.and_then(of_header)).unwrap_or_default()
}

/// The best of the languages that a browser accepts.
fn of_header(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for range in header.split(',') {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let weight =
            parameters.trim().strip_prefix("q=").map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
        let language = match tag.trim().to_ascii_lowercase().split('-').next() {
            Some("zh") => Locale::zh_CN,
            Some("en") => Locale::en,
            _ => continue,
        };
        if weight > best.map_or(0.0, |(weight, _)| weight) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// `path` (which starts with a slash and says no language) in `language`.
#[must_use]
pub fn link(language: Language, path: &str) -> String {
    // The first page has no slash of its own, with parameters or without.
    let path = path.strip_prefix('/').filter(|rest| rest.is_empty() || rest.starts_with('?')).unwrap_or(path);
    format!("/{}{path}", segment(language))
}

/// The page at `path`: in the language that it says, or else in `language`.
#[must_use]
pub fn said_or(path: &str, language: Language) -> String {
    if of_path(path).is_some() { path.to_owned() } else { link(language, path) }
}

/// The language of an account, which says `zh-CN` or `en`.
#[must_use]
pub fn of_account(locale: &str) -> Language {
    if locale == "en" { Locale::en } else { Locale::zh_CN }
}

/// The other one.
#[must_use]
pub const fn other(language: Language) -> Language {
    match language {
        Locale::zh_CN => Locale::en,
        Locale::en => Locale::zh_CN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_goes_before_the_header_and_chinese_is_the_default() {
        assert_eq!(choose(Some("en"), Some("zh-CN")), Locale::en);
        assert_eq!(choose(Some("fr"), Some("en-GB")), Locale::en);
        assert_eq!(choose(None, None), Locale::zh_CN);
        assert_eq!(choose(None, Some("fr-FR, de")), Locale::zh_CN);
    }

    #[test]
    fn weights_decide_and_the_first_of_equals_wins() {
        assert_eq!(choose(None, Some("zh;q=0.4, en-US;q=0.9")), Locale::en);
        assert_eq!(choose(None, Some("ru, zh-Hans, en")), Locale::zh_CN);
        assert_eq!(choose(None, Some("en;q=0")), Locale::zh_CN);
    }

    #[test]
    fn links_name_the_language_first() {
        assert_eq!(link(Locale::en, "/"), "/en");
        assert_eq!(link(Locale::zh_CN, "/?offering=TAB"), "/zh?offering=TAB");
        assert_eq!(link(Locale::en, "/bookings/1?x=y"), "/en/bookings/1?x=y");
    }

    #[test]
    fn a_page_keeps_its_language_and_an_address_without_one_gets_it() {
        for path in ["/zh", "/en/", "/zh?a=b", "/en/x?y=z#w"] {
            assert_eq!(said_or(path, Locale::en), path);
            assert_eq!(said_or(path, Locale::zh_CN), path);
        }
        assert_eq!(said_or("/", Locale::en), "/en");
        assert_eq!(said_or("/campaigns", Locale::zh_CN), "/zh/campaigns");
        assert_eq!((of_account("en"), of_account("zh-CN")), (Locale::en, Locale::zh_CN));
    }

    #[test]
    fn only_a_whole_segment_names_a_language() {
        assert_eq!(of_path("/en"), Some(Locale::en));
        assert_eq!(of_path("/zh/bookings/1"), Some(Locale::zh_CN));
        assert_eq!(of_path("/en?offering=TAB"), Some(Locale::en));
        assert_eq!(of_path("/england"), None);
        assert_eq!(of_path("/"), None);
    }
}
