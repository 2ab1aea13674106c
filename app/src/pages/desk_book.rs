//! Booking on one's own platform: for a company that phoned, or for own production.

use std::convert::identity;

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::{
    api::BookFor,
    backend::use_backend,
    components::{
        FailureNote, PageTitle, Refusals, loaded,
        operator::{BookForm, BookOffers, Caller},
    },
    contract::{Failure, OfferQuery, OrganisationView, SearchAnswer},
    query,
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_reader},
    words::{refusal, say},
};

#[component]
pub fn DeskBookPage() -> impl IntoView {
    loaded(load(), identity)
}

async fn load() -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    // The district may list companies too, but books nothing: the desk is asked first, for the platform's people only.
    backend.desk().await?;
    let own = use_reader().map(|reader| reader.organisation);
    let clients = backend.clients().await?;
    let platforms = backend.platforms().await?;
    let makes =
        platforms.into_iter().find(|platform| Some(platform.id) == own).map(|platform| platform.offerings);
    let mut offerings = backend.offerings().await?;
    offerings.retain(|offering| makes.as_ref().is_some_and(|makes| makes.contains(&offering.code)));
    let parameters = use_parameters();
    let draft = query::read(&parameters);
    let read = draft.as_ref().map(|draft| draft.query().map(|query| OfferQuery { platform: own, ..query }));
    let caller = caller(&parameters);
    // Whom it is for is known before anything is offered for them.
    let found = match &read {
        Some(Ok(query)) => Some(look(&caller.company, query.clone()).await),
        Some(Err(failure)) => Some(Err(failure.clone())),
        None => None,
    };
    let asked = read.and_then(Result::ok);
    let posted = use_failure::<BookFor>();
    let wrong = found.as_ref().and_then(|found| found.as_ref().err().cloned());
    if let Some(failure) = &wrong {
        set_failure_status(failure);
    }
    let notes =
        [wrong.clone(), posted.clone().filter(|failure| !matches!(failure, Failure::Conflict { .. }))];
    let notes = notes.into_iter().flatten().map(|failure| view! { <FailureNote failure /> }).collect_view();
    let taken = match &posted {
        Some(Failure::Conflict { refusal: why, .. }) => Some(view! {
            <div class="note warn" role="alert">
                <p class="note-title">{say!(language, failure.taken)}</p>
                <p>{refusal(language, why)}</p>
            </div>
        }),
        _ => None,
    };
    let results = found.and_then(Result::ok).zip(asked).map(|((client, answer), query)| {
        let heading = if answer.offers.is_empty() {
            say!(language, search.none).to_owned()
        } else {
            say!(language, desk.offers, count = answer.found).to_string()
        };
        let open = answer.offers.is_empty();
        let offers = (!open).then(|| {
            view! { <BookOffers caller=caller.clone() client search=query::write(&query) offers=answer.offers /> }
        });
        view! {
            <section class="results" id="found" aria-labelledby="results">
                <h2 id="results">{heading}</h2>
                {offers}
                <Refusals refusals=answer.refusals open />
            </section>
        }
    });
    let draft = draft.unwrap_or_else(|| query::blank(backend.now()).into());
    let failure = wrong.or(posted);
    Ok(view! {
        <PageTitle page=say!(language, desk.book) />
        <p class="crumb"><a href=use_link("/desk")>{say!(language, desk.page)}</a></p>
        <h1 class="sober">{say!(language, desk.book)}</h1>
        <p class="lead">{say!(language, desk.book_lead)}</p>
        {notes}
        {taken}
        <BookForm caller draft failure offerings clients />
        {results}
    }
    .into_any())
}

/// The company, unless it is the platform itself, and what can be offered to it.
async fn look(company: &str, query: OfferQuery) -> Result<(Option<OrganisationView>, SearchAnswer), Failure> {
    let backend = use_backend();
    let client = match company {
        "" => None,
        said => Some(backend.client(said.to_owned()).await?),
    };
    Ok((client, backend.search(query).await?))
}

fn caller(parameters: &ParamsMap) -> Caller {
    let text = |name: &str| parameters.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    Caller { company: text("company"), product_code: text("product_code") }
}
