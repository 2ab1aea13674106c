//! The verified companies by name or by registration, with their innovation scores, for the district.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{Field, PageTitle, district::Scores, loaded},
    contract::{Failure, PageQuery},
    language::Language,
    request::{use_language, use_link, use_parameters},
    words::say,
};

/// Companies on a page.
const ON_PAGE: u32 = 20;
/// The order by registration, as the address has it; without it they stand by name.
const REGISTERED: &str = "registered";

/// `/district/companies`, by pages.
#[component]
pub fn CompaniesPage() -> impl IntoView {
    let parameters = use_parameters();
    let find = parameters.get("find").unwrap_or_default().trim().to_owned();
    let page = PageQuery { cursor: parameters.get("cursor"), limit: Some(ON_PAGE) };
    loaded(load(find, page), identity).into_any()
}

async fn load(find: String, page: PageQuery) -> Result<impl IntoView, Failure> {
    let language = use_language();
    let mut parameters = use_parameters();
    let registered = parameters.get("order").as_deref() == Some(REGISTERED);
    let order = match language {
        _ if registered => REGISTERED,
        Language::zh_CN => "name",
        Language::en => "name_en",
    };
    let found = use_backend().companies(find.clone(), order, page).await?;
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
        <Find find registered />
        <p class="onwards">
            <a href=order_link(false) aria-current=(!registered).then_some("page")>{say!(language, district.by_name)}</a>
            <a href=order_link(true) aria-current=registered.then_some("page")>{say!(language, district.by_registration)}</a>
        </p>
        {none}
        <Scores companies=found.items />
        {more}
    })
}

/// The first page of what is found, by registration or by name.
fn order_link(registered: bool) -> String {
    let mut parameters = use_parameters();
    parameters.remove("cursor");
    parameters.remove("order");
    if registered {
        parameters.insert("order", REGISTERED.to_owned());
    }
    use_link(&format!("/district/companies{}", parameters.to_query_string()))
}

/// A field for a part of a name, or a credit code; the order stays.
#[component]
fn Find(find: String, registered: bool) -> impl IntoView {
    let language = use_language();
    let all = (!find.is_empty()).then(|| {
        let query = if registered { format!("?order={REGISTERED}") } else { String::new() };
        let href = use_link(&format!("/district/companies{query}"));
        view! { <a href=href>{say!(language, district.companies_find_all)}</a> }
    });
    let order = registered.then(|| view! { <input type="hidden" name="order" value=REGISTERED /> });
    view! {
        <form class="find-company" method="get" action=use_link("/district/companies") role="search">
            <Field id="find" label=say!(language, district.companies_find)>
                <input id="find" name="find" type="search" value=find />
            </Field>
            {order}
            <button class="button small quiet" type="submit">{say!(language, district.companies_find_button)}</button>
            {all}
        </form>
    }
}
