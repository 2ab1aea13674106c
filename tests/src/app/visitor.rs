//! Somebody who asks: with a browser's cookies, or with a token.

use std::sync::Arc;

use reqwest::{Client, Method, RequestBuilder, Url, redirect::Policy};
use serde_json::Value;

use super::{Answer, Document};

/// An HTTP client with its own cookies. Its writes name the site as their origin, as a browser's do.
#[derive(Clone, Debug)]
pub struct Visitor {
    client: Client,
    address: String,
    document: Arc<Document>,
    token: Option<String>,
}

impl Visitor {
    pub(super) fn new(address: String, document: Arc<Document>) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .expect("a client can be made");
        Self { client, address, document, token: None }
    }

    /// The same server, asked with a bearer token and without cookies.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        let fresh = Self::new(self.address.clone(), Arc::clone(&self.document));
        Self { token: Some(token.to_owned()), ..fresh }
    }

    /// Where the server is, as a browser names it in Origin.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A request to be completed, without Origin; send it by [`Self::send`].
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse::<Method>().expect("a method");
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request and checks that the answer is as the OpenAPI document says.
    ///
    /// # Panics
    /// If there is no answer, or it breaks the document.
    #[track_caller]
    pub fn send(&self, request: RequestBuilder) -> impl Future<Output = Answer> + Send + use<> {
        let document = Arc::clone(&self.document);
        let client = self.client.clone();
        async move {
            let request = request.build().expect("a request");
            let (method, url) = (request.method().to_string(), request.url().clone());
            let path = url.path().to_owned();
            let response = client.execute(request).await.expect("an answer");
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let text = response.text().await.expect("the answer's body");
            let body = serde_json::from_str(&text).unwrap_or(Value::Null);
            let answer = Answer { asked: format!("{method} {path}"), status, headers, body, text };
            document.check(&method, &path, &answer);
            answer
        }
    }

    /// Asks with an optional JSON body, as the site's own pages do.
    pub async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path);
        if method != "GET" {
            request = request.header("origin", &self.address);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.send(request).await
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, Some(body)).await
    }

    /// Posts JSON under an idempotency key.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        let request = self.request("POST", path).header("origin", &self.address);
        self.send(request.header("idempotency-key", key).json(&body)).await
    }

    /// As [`Self::ask`], writes under a fresh idempotency key.
    pub async fn ask_once(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path);
        if method != "GET" {
            let key = uuid::Uuid::now_v7().to_string();
            request = request.header("origin", &self.address).header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.send(request).await
    }

    /// Posts a form, as a browser does without JavaScript. `fields` is a JSON object of plain values.
    pub async fn post_form(&self, path: &str, fields: &Value) -> Answer {
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut form = Url::parse("form:").expect("an address");
        let fields = fields.as_object().into_iter().flatten();
        form.query_pairs_mut().extend_pairs(fields.map(|(name, value)| (name, plain(value))));
        let request = self
            .request("POST", path)
            .header("origin", &self.address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned());
        self.send(request).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Answer {
        self.ask("DELETE", path, None).await
    }

    /// Signs in; the cookie stays with the visitor.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/api/v1/sessions", serde_json::json!({"email": email, "password": password})).await
    }
}
