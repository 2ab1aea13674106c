//! The settings. The comments below are what `zhongshi settings` prints.
#![expect(unused_qualifications, reason = "what the derive of confique writes")]

use std::net::SocketAddr;

use confique::{Config, Layer};
use serde::{Deserialize, Serialize};

use crate::store::StoreOptions;

use super::load::{at_least_one, database_url, public_url};

/// Settings of zhongshi.
#[derive(Clone, Debug, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct Settings {
    /// Address and port to listen on. Port 0 takes a free one.
    #[config(env = "ZHONGSHI_LISTEN", default = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Address by which people reach the installation, such as "https://pilot.example.org": scheme and host, no path.
    /// Links in invitations start with it, writes from pages of any other origin are refused, and cookies are marked
    /// Secure when it is https. Unset: http and the address that the request names (for trying out, not for
    /// production).
    #[config(env = "ZHONGSHI_PUBLIC_URL", validate = public_url)]
    pub public_url: Option<String>,

    /// Demonstration mode: on first start an empty database is filled with invented platforms, firms, people and
    /// bookings, marked as such. A database with real data is never touched.
    #[config(env = "ZHONGSHI_DEMONSTRATION", default = false)]
    pub demonstration: bool,

    #[config(nested)]
    pub database: DatabaseSettings,

    #[config(nested)]
    pub http: HttpSettings,

    #[config(nested)]
    pub session: SessionSettings,

    #[config(nested)]
    pub limits: LimitSettings,

    #[config(nested)]
    pub log: LogSettings,
}

impl Settings {
    /// The settings that hold when nobody sets anything, whatever the environment says.
    ///
    /// # Panics
    /// Never: every setting without a default is optional.
    #[must_use]
    pub fn defaults() -> Self {
        Self::from_layer(<Self as Config>::Layer::default_values()).expect("every setting has a default")
    }

    /// The address that links begin with.
    #[must_use]
    pub fn public_address(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Whether people reach the installation by https.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

impl From<&DatabaseSettings> for StoreOptions {
    fn from(settings: &DatabaseSettings) -> Self {
        Self { connections: settings.connections, ..Self::new(&settings.url) }
    }
}

/// The database.
#[derive(Clone, Debug, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct DatabaseSettings {
    /// "sqlite://PATH" for the embedded database (the file is made if it is missing), or
    /// "postgres://USER:PASSWORD@HOST/NAME".
    #[config(env = "ZHONGSHI_DATABASE_URL", default = "sqlite://data/zhongshi.db", validate = database_url)]
    pub url: String,

    /// Connections kept at most; on SQLite, for reading: writes go through one writer.
    #[config(env = "ZHONGSHI_DATABASE_CONNECTIONS", default = 8, validate = at_least_one)]
    pub connections: u32,
}

/// HTTP.
#[derive(Clone, Debug, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct HttpSettings {
    /// Largest request body, in KiB; a larger one is answered 413.
    #[config(env = "ZHONGSHI_BODY_LIMIT_KIB", default = 256, validate = at_least_one)]
    pub body_limit_kib: u32,

    /// Whether a proxy in front sets X-Forwarded-For. Then its last entry is taken for the client's address when
    /// sign-in attempts and searches are counted; else the connection's. Only true behind a proxy that overwrites or
    /// appends it.
    #[config(env = "ZHONGSHI_TRUST_PROXY", default = false)]
    pub trust_proxy: bool,

    /// Longest time that a request may take, in seconds; then it is answered 503.
    #[config(env = "ZHONGSHI_REQUEST_SECONDS", default = 30, validate = at_least_one)]
    pub request_seconds: u32,

    /// How long requests under way may take to finish when the server is stopped, in seconds.
    #[config(env = "ZHONGSHI_DRAIN_SECONDS", default = 15)]
    pub drain_seconds: u32,
}

/// Signing in.
#[derive(Clone, Debug, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct SessionSettings {
    /// A session ends after this many hours without a request.
    #[config(env = "ZHONGSHI_SESSION_IDLE_HOURS", default = 12, validate = at_least_one)]
    pub idle_hours: u32,

    /// A session ends this many hours after signing in, however busy.
    #[config(env = "ZHONGSHI_SESSION_LONGEST_HOURS", default = 336, validate = at_least_one)]
    pub longest_hours: u32,

    /// One-time links (invitations, password resets) are good for this many hours.
    #[config(env = "ZHONGSHI_LINK_HOURS", default = 72, validate = at_least_one)]
    pub link_hours: u32,
}

/// Limits on how often something may be asked. Each allows a burst of its size and refills evenly over the minute.
#[derive(Clone, Debug, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct LimitSettings {
    /// Attempts to sign in, by e-mail address and the network address that they come from, a minute; from all network
    /// addresses together ten times as many.
    #[config(env = "ZHONGSHI_SIGN_IN_PER_EMAIL", default = 6, validate = at_least_one)]
    pub sign_in_per_email: u32,

    /// Attempts to sign in, register or use a one-time link, by network address, a minute.
    #[config(env = "ZHONGSHI_SIGN_IN_PER_ADDRESS", default = 60, validate = at_least_one)]
    pub sign_in_per_address: u32,

    /// Searches, by organisation (by network address for those not signed in), a minute: probing for neighbours is slow
    /// this way.
    #[config(env = "ZHONGSHI_SEARCH_PER_MINUTE", default = 120, validate = at_least_one)]
    pub search_per_minute: u32,

    /// Holds that a company may have at once.
    #[config(env = "ZHONGSHI_HOLDS_PER_COMPANY", default = 5, validate = at_least_one)]
    pub holds_per_company: u32,

    /// Holds and requests without an answer that a company may have at once, together: a hold that becomes a request
    /// keeps its line from others for days more. What operators book for a company isn't counted.
    #[config(env = "ZHONGSHI_UNCONFIRMED_PER_COMPANY", default = 20, validate = at_least_one)]
    pub unconfirmed_per_company: u32,

    /// Questions that a company may put to others within 24 hours, for room and for swaps, whatever becomes of them.
    #[config(env = "ZHONGSHI_QUESTIONS_PER_COMPANY", default = 20, validate = at_least_one)]
    pub questions_per_company: u32,
}

/// Logs, on standard error.
#[derive(Clone, Debug, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct LogSettings {
    /// "text" for people or "json", one object a line.
    #[config(env = "ZHONGSHI_LOG_FORMAT", default = "text")]
    pub format: LogFormat,

    /// What to log: "error", "warn", "info", "debug", "trace", or filters by module such as "info,server::store=debug".
    #[config(env = "ZHONGSHI_LOG_FILTER", default = "info,sqlx=warn,sea_orm=warn")]
    pub filter: String,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}
