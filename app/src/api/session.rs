//! Signing in and out.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    contract::{Credentials, Failure},
};

/// Starts a session and goes to `next`.
#[server(name = SignIn, prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    use_backend().sign_in(Credentials { email, password, organisation: None }).await?;
    leptos_axum::redirect(own(&next));
    Ok(())
}

/// Ends the session and goes to `next`.
#[server(name = SignOut, prefix = "/do", endpoint = "sign-out")]
pub async fn sign_out(#[server(default)] next: String) -> Result<(), Failure> {
    use_backend().sign_out().await?;
    leptos_axum::redirect(own(&next));
    Ok(())
}

/// `path` if it stays on this site, else the first page: nobody is sent elsewhere by a crafted link.
pub(super) fn own(path: &str) -> &str {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && path.starts_with('/') && !path.starts_with("//") { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(own("/zh/bookings/1?x=y"), "/zh/bookings/1?x=y");
        for elsewhere in
            ["", "zh", "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
        {
            assert_eq!(own(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
