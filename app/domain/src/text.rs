//! A name in the two languages of the product.

use serde::{Deserialize, Serialize};

/// The same words in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    pub zh: String,
    pub en: String,
}
