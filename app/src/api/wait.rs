//! The waiting list.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    contract::{Failure, WaitOrder},
    deed::{Deed, done},
    language, query,
};

/// Waits for a place in the search whose parameters are `search`; `flexible`: its window is agreed to as a plan window.
#[server(name = Wait, prefix = "/do", endpoint = "wait")]
pub async fn wait(
    search: String,
    #[server(default)] product_code: String,
    #[server(default)] flexible: bool,
    key: String,
    here: String,
) -> Result<(), Failure> {
    let query = query::parse(&search).ok_or(Failure::NotFound)?;
    let product_code = Some(product_code.trim().to_owned()).filter(|code| !code.is_empty());
    use_backend().wait(WaitOrder { query, product_code, flexible }, key).await?;
    to_list(&here, Deed::Waits);
    Ok(())
}

/// Takes an entry off the list.
#[server(name = StopWaiting, prefix = "/do", endpoint = "stop-waiting")]
pub async fn stop_waiting(id: Uuid, here: String) -> Result<(), Failure> {
    use_backend().stop_waiting(id).await?;
    to_list(&here, Deed::WaitsNoMore);
    Ok(())
}

/// Shows what one waits for, in the language of the page that the form stood on.
fn to_list(here: &str, deed: Deed) {
    let language = language::of_path(here).unwrap_or_default();
    done(&language::link(language, "/campaigns"), deed);
}
