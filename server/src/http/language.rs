//! The language of an answer's words.

use app::language::Language;
use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};

/// Its tag, for Content-Language.
#[must_use]
pub const fn tag(language: Language) -> &'static str {
    match language {
        Language::zh_CN => "zh-CN",
        Language::en => "en",
    }
}

/// The one that `Accept-Language` likes best; English without one, since programs ask.
#[must_use]
pub fn of(headers: &HeaderMap) -> Language {
    headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or(Language::en, best)
}

/// The known language of highest quality; the earlier of equals.
fn best(accepted: &str) -> Language {
    let mut chosen = (Language::en, 0.0_f32);
    for part in accepted.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = pieces
            .find_map(|piece| piece.trim().strip_prefix("q=")?.trim().parse::<f32>().ok())
            .unwrap_or(1.0);
        let language = match tag.split('-').next() {
            Some("zh") => Language::zh_CN,
            Some("en") => Language::en,
            _ => continue,
        };
        if quality > chosen.1 {
            chosen = (language, quality);
        }
    }
    chosen.0
}

#[cfg(test)]
mod tests {
    use super::{Language, best};

    #[test]
    fn the_best_known_language_wins() {
        assert_eq!(best("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh_CN);
        assert_eq!(best("ru, en;q=0.5, zh-HK;q=0.6"), Language::zh_CN);
        assert_eq!(best("en-GB,zh;q=0.9"), Language::en);
        assert_eq!(best("zh;q=0"), Language::en);
        assert_eq!(best("ru;q=x,,;"), Language::en);
    }
}
