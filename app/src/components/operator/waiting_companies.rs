//! Companies that wait to be verified, on the desk of those who may: where each is looked at.

use leptos::prelude::*;

use super::queue::Dense;
use crate::{
    contract::OrganisationView,
    request::{use_language, use_link},
    words::{date, say, text},
};

#[component]
pub fn WaitingCompanies(companies: Vec<OrganisationView>) -> impl IntoView {
    let language = use_language();
    let [code, contact, since] = [
        say!(language, district.credit_code),
        say!(language, district.contact),
        say!(language, district.since),
    ];
    let rows = companies
        .into_iter()
        .map(|company| {
            let href = use_link(&format!("/desk/companies#company-{}", company.id));
            view! {
                <tr>
                    <th scope="row"><a href=href>{text(language, &company.name)}</a></th>
                    <td data-label=code>{company.credit_code}</td>
                    <td data-label=contact><span class="typed">{company.contact}</span></td>
                    <td data-label=since class="when">{date(language, company.created_at)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Dense id="companies" heads=vec![say!(language, desk.company), code, contact, since]>{rows}</Dense>
        <p><a href=use_link("/desk/companies")>{say!(language, desk.verify_companies)}</a></p>
    }
}
