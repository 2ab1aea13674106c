//! The companies that were turned away, or whose verification was withdrawn: what was decided wrongly is undone here.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{companies::CompanyFacts, earlier::Earlier, what::What};
use crate::{
    api::VerifyCompany,
    components::Post,
    contract::{OrganisationView, Page},
    request::{use_here, use_language, use_link},
    words::{say, text},
};

/// A page of them, on the page at `whole`; whoever `decides` can verify them again.
#[component]
pub fn Away(away: Page<OrganisationView>, whole: &'static str, decides: bool) -> impl IntoView {
    let language = use_language();
    let none = away.items.is_empty().then(|| {
        view! { <p class="hint">{say!(language, district.away_none)}</p> }
    });
    let more = away.next.map(|cursor| {
        let href = use_link(&format!("{whole}?away={cursor}#away"));
        view! { <p><a class="button quiet" href=href rel="next">{say!(language, district.away_more)}</a></p> }
    });
    let cards = away.items.into_iter().map(|company| view! { <TurnedAway company decides /> }).collect_view();
    view! {
        <section class="panel" id="companies-away" data-live aria-labelledby="away">
            <header class="section-head">
                <h2 id="away">{say!(language, district.away)}</h2>
                <What text=say!(language, district.away_what) of=say!(language, district.away) />
            </header>
            {none}
            <ul class="companies">{cards}</ul>
            {more}
        </section>
    }
    .into_any()
}

#[component]
fn TurnedAway(company: OrganisationView, decides: bool) -> impl IntoView {
    let language = use_language();
    let (name, id) = (text(language, &company.name), company.id);
    // What never was verified can't be verified again.
    let was_verified = company.turned_away.as_ref().is_some_and(|turned_away| turned_away.withdrawn);
    let again = decides.then(|| {
        let name = name.clone();
        let words = if was_verified {
            say!(language, district.verify_again)
        } else {
            say!(language, district.verify_after_all)
        };
        view! {
            <Post to=VerifyCompany::PATH>
                <input type="hidden" name="company" value=id.to_string() />
                <input type="hidden" name="next" value=use_link(&use_here()) />
                <button class="button small quiet" type="submit">
                    {words} " " <span class="sr">{name}</span>
                </button>
            </Post>
        }
    });
    let earlier = company.turned_away.clone().map(|turned_away| view! { <Earlier turned_away /> });
    view! {
        <li class="company" id=format!("company-{id}")>
            <h3>{name}</h3>
            <CompanyFacts company />
            {earlier}
            {again}
        </li>
    }
    .into_any()
}
