//! A company registers itself.

#![expect(clippy::too_many_arguments, reason = "the fields of a form are the arguments of its function")]

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    contract::{Failure, Registration},
};

/// Registers the company with its first administrator, signs them in and goes to `next`.
#[server(name = Register, prefix = "/do", endpoint = "register")]
pub async fn register(
    company: String,
    #[server(default)] company_en: String,
    credit_code: String,
    contact: String,
    #[server(default)] size: String,
    #[server(default)] in_district: bool,
    name: String,
    email: String,
    password: String,
    locale: String,
    next: String,
) -> Result<(), Failure> {
    let given = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    let asked = Registration {
        company,
        company_en: given(company_en),
        credit_code,
        contact,
        size: given(size),
        in_district,
        name,
        email,
        password,
        locale: given(locale),
    };
    use_backend().register(asked).await?;
    leptos_axum::redirect(super::session::own(&next));
    Ok(())
}
