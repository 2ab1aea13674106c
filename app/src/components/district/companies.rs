//! The companies that wait to be verified, for the district and for platforms.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{earlier::Earlier, turn_away::TurnAway, what::What};
use crate::{
    api::{RejectCompany, VerifyCompany},
    components::{Post, failed, failed_elsewhere},
    contract::{OrganisationKind, OrganisationView, Page, Role},
    request::{use_here, use_kept, use_language, use_link, use_reader},
    words::{date, say, size, text},
};

/// A page of them; `count` is how many there are in all.
#[component]
pub fn Companies(waiting: Page<OrganisationView>, count: u32) -> impl IntoView {
    let language = use_language();
    let heading = match count {
        0 => say!(language, district.waiting).to_owned(),
        1 => say!(language, district.waiting_count_one).to_owned(),
        count => say!(language, district.waiting_count, count = count).to_string(),
    };
    let reader = use_reader();
    let of_platform =
        reader.as_ref().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let decides = reader.is_some_and(|reader| {
        matches!(reader.role, Role::DistrictAdmin | Role::Operator | Role::PlatformAdmin)
    });
    let whole = if of_platform { "/desk/companies" } else { "/district/waiting" };
    let failure = failed_elsewhere::<RejectCompany>(&["reason"]).or_else(failed::<VerifyCompany>);
    let content = if count == 0 {
        view! { <p class="hint">{say!(language, district.waiting_none)}</p> }.into_any()
    } else if waiting.items.is_empty() {
        // The last ones of a later page are verified.
        view! { <p><a href=use_link(whole)>{say!(language, campaign.first)}</a></p> }.into_any()
    } else {
        let who = if of_platform {
            say!(language, district.only_operators)
        } else {
            say!(language, district.only_admin)
        };
        let hint = (!decides).then(|| view! { <p class="hint">{who}</p> });
        let more = waiting.next.map(|cursor| {
            let href = use_link(&format!("{whole}?cursor={cursor}"));
            view! { <p><a class="button quiet" href=href rel="next">{say!(language, district.waiting_more)}</a></p> }
        });
        let cards =
            waiting.items.into_iter().map(|company| view! { <Company company decides /> }).collect_view();
        view! { {hint} <ul class="companies">{cards}</ul> {more} }.into_any()
    };
    // Where all of them are, those who were turned away stand below.
    let away = (!use_here().starts_with(whole)).then(|| {
        view! { <p><a href=use_link(&format!("{whole}#away"))>{say!(language, district.away)}</a></p> }
    });
    let verified = (!of_platform).then(|| {
        view! { <p><a href=use_link("/district/companies")>{say!(language, district.companies)}</a></p> }
    });
    view! {
        <section class="panel" id="companies-waiting" data-live data-typed=use_kept() aria-labelledby="waiting">
            <header class="section-head">
                <h2 id="waiting">{heading}</h2>
                <What text=say!(language, district.waiting_what) of=say!(language, district.waiting) />
            </header>
            {failure}
            {content}
            {away}
            {verified}
        </section>
    }
    .into_any()
}

#[component]
fn Company(company: OrganisationView, decides: bool) -> impl IntoView {
    let language = use_language();
    let name = text(language, &company.name);
    let place = if company.in_district {
        say!(language, district.in_district)
    } else {
        say!(language, district.outside)
    };
    let (id, anchor) = (company.id.to_string(), format!("company-{}", company.id));
    let earlier = company.turned_away.clone().map(|turned_away| view! { <Earlier turned_away /> });
    let next = format!("{}#waiting", use_link(&use_here()));
    let decide = decides.then(|| {
        let [first, second] = [name.clone(), name.clone()];
        let (company, back) = (id.clone(), next.clone());
        view! {
            <div class="decide">
                <Post to=VerifyCompany::PATH>
                    <input type="hidden" name="company" value=company />
                    <input type="hidden" name="next" value=back />
                    <button class="button small" type="submit">
                        {say!(language, district.verify)} <span class="sr">{first}</span>
                    </button>
                </Post>
                <TurnAway company=id name=second next words=say!(language, district.reject) example=say!(language, district.reject_example) />
            </div>
        }
    });
    view! {
        <li class="company" id=anchor>
            <h3>{name.clone()} " " <span class="tag">{place}</span></h3>
            <CompanyFacts company />
            {earlier}
            {decide}
        </li>
    }
    .into_any()
}

/// What a company is verified by, and since when it is registered.
#[component]
pub(super) fn CompanyFacts(company: OrganisationView) -> impl IntoView {
    let language = use_language();
    let unstated = || say!(language, register.size_none).to_owned();
    let size = company.size.map_or_else(unstated, |word| size(language, &word));
    let facts = [
        (say!(language, district.credit_code), company.credit_code.unwrap_or_default()),
        (say!(language, district.contact), company.contact),
        (say!(language, district.size), size),
        (say!(language, district.since), date(language, company.created_at)),
    ];
    let facts = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}
