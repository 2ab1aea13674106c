//! The verified companies, with their innovation scores, for the district.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{Field, PageTitle, district::Scores, loaded},
    contract::{Failure, PageQuery},
    request::{use_language, use_link, use_parameters},
    words::say,
};

/// `/district/companies`, by pages.
#[component]
pub fn CompaniesPage() -> impl IntoView {
    let parameters = use_parameters();
    let find = parameters.get("find").unwrap_or_default().trim().to_owned();
    let page = PageQuery { cursor: parameters.get("cursor"), limit: None };
    loaded(load(find, page), identity).into_any()
}

async fn load(find: String, page: PageQuery) -> Result<impl IntoView, Failure> {
    let language = use_language();
    let mut parameters = use_parameters();
    let found = use_backend().companies(find.clone(), page).await?;
    let none = found.items.is_empty().then(|| {
        let words = if find.is_empty() {
            say!(language, district.companies_none).to_owned()
        } else {
            say!(language, district.companies_find_none, said = find.as_str()).to_string()
        };
        view! { <p class="hint">{words}</p> }
    });
    let more = found.next.map(|cursor| {
        parameters.remove("cursor");
        parameters.insert("cursor", cursor);
        let link = use_link(&format!("/district/companies{}", parameters.to_query_string()));
        view! { <p><a class="button quiet" href=link>{say!(language, district.companies_more)}</a></p> }
    });
    Ok(view! {
        <PageTitle page=say!(language, district.companies) />
        <p class="crumb"><a href=use_link("/district")>{say!(language, district.page)}</a></p>
        <header class="page-head">
            <h1>{say!(language, district.companies)}</h1>
            <p class="lead">{say!(language, district.companies_lead)}</p>
        </header>
        <Find find />
        {none}
        <Scores companies=found.items />
        {more}
    })
}

/// A field for a part of a name, or a credit code.
#[component]
fn Find(find: String) -> impl IntoView {
    let language = use_language();
    let all = (!find.is_empty()).then(|| {
        view! { <a href=use_link("/district/companies")>{say!(language, district.companies_find_all)}</a> }
    });
    view! {
        <form class="find-company" method="get" action=use_link("/district/companies") role="search">
            <Field id="find" label=say!(language, district.companies_find)>
                <input id="find" name="find" type="search" value=find />
            </Field>
            <button class="button small quiet" type="submit">{say!(language, district.companies_find_button)}</button>
            {all}
        </form>
    }
}
