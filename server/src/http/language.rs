//! The language of an answer's words.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};

/// The languages that the server speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    Chinese,
    #[default]
    English,
}

impl Language {
    /// Its tag, for Content-Language.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The one that `Accept-Language` likes best; English without one.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or_else(Self::default, best)
    }
}

/// The known language of highest quality; the earlier of equals.
fn best(accepted: &str) -> Language {
    let mut chosen = (Language::default(), 0.0_f32);
    for part in accepted.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = pieces
            .find_map(|piece| piece.trim().strip_prefix("q=")?.trim().parse::<f32>().ok())
            .unwrap_or(1.0);
        let language = match tag.split('-').next() {
            Some("zh") => Language::Chinese,
            Some("en") => Language::English,
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
        assert_eq!(best("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(best("ru, en;q=0.5, zh-HK;q=0.6"), Language::Chinese);
        assert_eq!(best("en-GB,zh;q=0.9"), Language::English);
        assert_eq!(best("zh;q=0"), Language::English);
        assert_eq!(best("ru;q=x,,;"), Language::English);
    }
}
