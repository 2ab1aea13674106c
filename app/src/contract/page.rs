//! Lists are paged by cursor.

use serde::{Deserialize, Serialize};

/// One page of a list. `next` is opaque; absent on the last page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page with every item mapped.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(each).collect(), next: self.next }
    }
}

/// Which page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct PageQuery {
    /// The `next` of the page before; the first page when left out. Opaque.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Entries at most, 1 to 200; 50 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
}
