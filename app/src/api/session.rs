//! Signing in and out.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::{Arrival, use_backend},
    contract::{Credentials, Failure, OrganisationKind},
    language::{self, Language},
};

/// Starts a session, for `organisation` where that is known from before and can be, and goes to `next`, or where the
/// work of whoever it is begins if that is the first page: in the language of that page, or of their account where its
/// address says none.
#[server(name = SignIn, prefix = "/do", endpoint = "sign-in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
    #[server(default)] organisation: String,
) -> Result<(), Failure> {
    let organisation = Uuid::parse_str(&organisation).ok();
    let Arrival { viewer, language } =
        use_backend().sign_in(Credentials { email, password, organisation }).await?;
    let next = language::said_or(own(&next), language);
    leptos_axum::redirect(&landing(&next, viewer.organisation_kind));
    Ok(())
}

/// Lets the session act for another of the account's organisations, and goes to `next`, or where the work for that one
/// begins if that is the first page.
#[server(name = SwitchOrganisation, prefix = "/do", endpoint = "switch-organisation")]
pub async fn switch_organisation(organisation: Uuid, #[server(default)] next: String) -> Result<(), Failure> {
    let viewer = use_backend().switch(organisation).await?;
    leptos_axum::redirect(&landing(own(&next), viewer.organisation_kind));
    Ok(())
}

/// Where somebody begins who signed in on the first page: firms search there, the others have a page of their own.
fn landing(next: &str, kind: OrganisationKind) -> String {
    let begins = match kind {
        OrganisationKind::Company => "",
        OrganisationKind::Platform => "/desk",
        OrganisationKind::District => "/district",
    };
    let is_first = |language: &Language| next.trim_end_matches('/') == language::link(*language, "/");
    match [Language::zh_CN, Language::en].iter().find(|language| is_first(language)) {
        Some(language) => format!("/{}{begins}", language::segment(*language)),
        None => next.to_owned(),
    }
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
    use super::{landing, own};
    use crate::contract::OrganisationKind::{Company, District, Platform};

    #[test]
    fn who_signs_in_on_the_first_page_begins_where_the_work_is() {
        assert_eq!(landing("/zh", Platform), "/zh/desk");
        assert_eq!(landing("/en/", District), "/en/district");
        assert_eq!(landing("/en", Company), "/en");
        assert_eq!(landing("/en?offering=TAB", Platform), "/en?offering=TAB", "a search is returned to");
        assert_eq!(landing("/zh/lines", District), "/zh/lines");
    }

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
