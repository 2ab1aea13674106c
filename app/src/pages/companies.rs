//! The verified companies, with their innovation scores, for the district.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{PageTitle, district::Scores, loaded},
    contract::{Failure, PageQuery},
    request::{use_language, use_link, use_parameters},
    words::say,
};

/// `/district/companies`, by pages.
#[component]
pub fn CompaniesPage() -> impl IntoView {
    let page = PageQuery { cursor: use_parameters().get("cursor"), limit: None };
    loaded(load(page), identity).into_any()
}

async fn load(page: PageQuery) -> Result<impl IntoView, Failure> {
    let language = use_language();
    let found = use_backend().companies(page).await?;
    let none = found
        .items
        .is_empty()
        .then(|| view! { <p class="hint">{say!(language, district.companies_none)}</p> });
    let more = found.next.map(|cursor| {
        let link = use_link(&format!("/district/companies?cursor={cursor}"));
        view! { <p><a class="button quiet" href=link>{say!(language, district.companies_more)}</a></p> }
    });
    Ok(view! {
        <PageTitle page=say!(language, district.companies) />
        <p class="crumb"><a href=use_link("/district")>{say!(language, district.page)}</a></p>
        <header class="page-head">
            <h1>{say!(language, district.companies)}</h1>
            <p class="lead">{say!(language, district.companies_lead)}</p>
        </header>
        {none}
        <Scores companies=found.items />
        {more}
    })
}
