//! What came back.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Method and path, for messages.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as JSON; null if it is none.
    pub body: Value,
    pub text: String,
}

impl Answer {
    /// The body, if the status is `status`.
    ///
    /// # Panics
    /// If it is another one.
    #[track_caller]
    pub fn expect(&self, status: u16) -> &Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text);
        &self.body
    }

    /// Checks that it is a problem in RFC 9457's form, of this status and name, and gives its body.
    ///
    /// # Panics
    /// If it isn't.
    #[track_caller]
    pub fn problem(&self, status: u16, name: &str) -> &Value {
        self.expect(status);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.asked);
        assert_eq!(self.body["type"], format!("/api/problems/{name}"), "{}: {}", self.asked, self.text);
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["request_id"], self.header("x-request-id"));
        for words in ["title", "detail", "instance"] {
            assert!(self.body[words].as_str().is_some_and(|text| !text.is_empty()), "{words}: {}", self.text);
        }
        &self.body
    }

    /// Checks that it is a 422 for `field` with `problem`, such as `malformed`.
    ///
    /// # Panics
    /// If it isn't.
    #[track_caller]
    pub fn invalid(&self, field: &str, problem: &str) -> &Value {
        let body = self.problem(422, "invalid");
        assert_eq!(
            (&body["field"], &body["problem"]["problem"]),
            (&field.into(), &problem.into()),
            "{}",
            self.text
        );
        body
    }

    /// A header's text; empty if it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A string of the body.
    ///
    /// # Panics
    /// If it is missing.
    #[must_use]
    #[track_caller]
    pub fn string(&self, name: &str) -> String {
        self.body[name]
            .as_str()
            .unwrap_or_else(|| panic!("{}: no {name} in {}", self.asked, self.text))
            .to_owned()
    }
}
