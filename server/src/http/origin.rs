//! Writes come from this site's own pages, or carry a token that no page sends by itself.

use axum::http::{HeaderMap, HeaderName, header};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a write with these headers may be carried out.
///
/// Everything that the browser says about where the request comes from must agree with the site: `Sec-Fetch-Site`,
/// `Origin`, and without these `Referer`. A request that says nothing is no browser's; it may not carry a cookie then,
/// as an old browser may be made to send one.
#[must_use]
pub fn permitted(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let own = |url: &str| match public_url {
        Some(public) => origin(url) == origin(public),
        None => origin(url).is_some_and(|(_, host)| Some(host) == text(&header::HOST)),
    };
    let site = text(&SEC_FETCH_SITE);
    let sender = text(&header::ORIGIN).or_else(|| text(&header::REFERER).filter(|_| site.is_none()));
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    match sender {
        Some(url) => own(url),
        None => site.is_some() || !headers.contains_key(header::COOKIE),
    }
}

/// Scheme and authority of a URL.
fn origin(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    Some((scheme, rest.split(['/', '?', '#']).next()?))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::permitted;

    fn asked(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn own_pages_and_tokenless_programs_may_write() {
        let public = Some("https://pilot.example.org");
        let cookie = ("cookie", "a=b");
        for (headers, expected) in [
            (vec![cookie, ("origin", "https://pilot.example.org")], true),
            (vec![cookie, ("origin", "https://pilot.example.org.evil.example")], false),
            (vec![cookie, ("origin", "http://pilot.example.org")], false),
            (vec![cookie, ("origin", "null")], false),
            (vec![cookie, ("sec-fetch-site", "cross-site"), ("origin", "https://pilot.example.org")], false),
            (vec![cookie, ("sec-fetch-site", "same-site")], false),
            (vec![cookie, ("sec-fetch-site", "same-origin")], true),
            (vec![cookie, ("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")], false),
            (vec![cookie, ("referer", "https://pilot.example.org/zh/search?x=1")], true),
            (vec![cookie, ("referer", "https://evil.example/")], false),
            (vec![cookie], false),
            (vec![], true),
            (vec![("origin", "https://evil.example")], false),
        ] {
            assert_eq!(permitted(&asked(&headers), public), expected, "{headers:?}");
        }
    }

    #[test]
    fn without_a_public_address_the_named_host_counts() {
        let own = [("cookie", "a=b"), ("host", "localhost:8080"), ("origin", "http://localhost:8080")];
        assert!(permitted(&asked(&own), None));
        let other = [("cookie", "a=b"), ("host", "localhost:8080"), ("origin", "http://127.0.0.1:8080")];
        assert!(!permitted(&asked(&other), None));
    }
}
