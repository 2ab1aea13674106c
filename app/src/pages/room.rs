//! The ways in which others could make room, and what each costs them: to choose from before anybody is asked.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::MakeRoom,
    backend::use_backend,
    components::{
        FailureNote, OfferCard, Once, PageTitle, PlanTick, Post, ProductField, complaint, loaded, own_ask,
        plan_words, room_asks, room_cost, window_of,
    },
    contract::{Failure, OfferQuery, RoomView},
    query,
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_typed},
    words::{failure, say},
};

#[component]
pub fn RoomPage() -> impl IntoView {
    loaded(load(), |Found { query, ways, near }| view! { <Ways query ways near /> })
}

struct Found {
    query: OfferQuery,
    /// Or why there are none.
    ways: Result<Vec<RoomView>, Failure>,
    /// Where there are none: the searches nearest to it that find something.
    near: Vec<OfferQuery>,
}

async fn load() -> Result<Found, Failure> {
    let search = use_parameters().get("search");
    let query = search.and_then(|search| query::parse(&search)).ok_or(Failure::NotFound)?;
    match use_backend().room_ways(query.clone()).await {
        // Who may not ask at all sees nothing of the page.
        Err(failure @ (Failure::Unauthenticated | Failure::Forbidden | Failure::Unverified)) => Err(failure),
        ways => {
            let none = ways.as_ref().err().is_some_and(is_without_way);
            let near = if none { nearest(&query).await } else { Vec::new() };
            Ok(Found { query, ways, near })
        }
    }
}

/// Whether nobody can make room as far as was looked.
fn is_without_way(why: &Failure) -> bool {
    match why {
        Failure::Refused { refusal } | Failure::Conflict { refusal, .. } => {
            matches!(&*refusal.reason, "no_repair" | "no_repair_found")
        }
        _ => false,
    }
}

/// The searches before and after `query` that are known to find something.
async fn nearest(query: &OfferQuery) -> Vec<OfferQuery> {
    let found = use_backend().search(query.clone()).await;
    found.map_or_else(|_| Vec::new(), |found| found.nearest.into_iter().map(|near| near.query).collect())
}

#[component]
fn Ways(query: OfferQuery, ways: Result<Vec<RoomView>, Failure>, near: Vec<OfferQuery>) -> impl IntoView {
    let language = use_language();
    let search = query::write(&query);
    let title = say!(language, room.ways);
    let lost = use_failure::<MakeRoom>().map(|failure| view! { <FailureNote failure /> });
    let back = use_link(&format!("/{search}"));
    let lead = match &ways {
        Ok(_) => say!(language, room.ways_lead),
        Err(_) => say!(language, room.ways_none),
    };
    let ways = match ways {
        Ok(ways) => {
            let cards =
                ways.into_iter().map(|way| view! { <Way way search=search.clone() /> }).collect_view();
            view! {
                <h2>{say!(language, room.ways_places)}</h2>
                <p class="hint">{say!(language, room.ways_order)}</p>
                {cards}
            }
            .into_any()
        }
        Err(why) => {
            set_failure_status(&why);
            // The offers of a conflict are those of the search.
            let why = match why {
                Failure::Conflict { refusal, .. } => Failure::Refused { refusal },
                other => other,
            };
            view! {
                <div class="note warn" role="alert">
                    <p>{failure(language, &why)}</p>
                    {own_ask(&why)}
                </div>
                {is_without_way(&why).then(|| otherwise(&query, near))}
            }
            .into_any()
        }
    };
    view! {
        <PageTitle page=title />
        <header class="page-head">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
        </header>
        {lost}
        <section class="results" data-return>{ways}</section>
        <p><a href=back>{say!(language, room.ways_back)}</a></p>
    }
}

/// What is left to do where nobody can make room: to wait for it, or what fits nearest.
fn otherwise(query: &OfferQuery, near: Vec<OfferQuery>) -> AnyView {
    let language = use_language();
    let wait = use_link(&format!("/{}#wait", query::write(query)));
    let near = near
        .into_iter()
        .map(|wider| {
            let window = window_of(language, &wider);
            let words = say!(language, remedy.try_window, window = window.as_str()).to_string();
            view! { <a class="button quiet" href=use_link(&format!("/{}", query::write(&wider)))>{words}</a> }
        })
        .collect_view();
    view! {
        <div class="buttons">
            <a class="button" href=wait>{say!(language, waiting.join)}</a>
            {near}
        </div>
    }
    .into_any()
}

/// A place with what it costs others, to be asked for.
#[component]
fn Way(way: RoomView, search: String) -> impl IntoView {
    let language = use_language();
    let RoomView { offer, cost } = way;
    let typed = use_typed::<MakeRoom>().unwrap_or_default();
    let code = typed.get("product_code").unwrap_or_default();
    // Of the forms on a page one was sent.
    let sent = typed.get("offer").as_ref() == Some(&offer.key)
        && typed.get("consents") == Some(cost.consents.to_string());
    let checked = sent && typed.get("flexible").is_some();
    let wrong = complaint(use_failure::<MakeRoom>().filter(|_| sent).as_ref(), "flexible");
    let plan = offer.terms.plan.map(|plan| {
        let (id, words) = (format!("flexible-{}", offer.rank), plan_words(language, plan, &search));
        view! { <PlanTick id words checked complaint=wrong /> }
    });
    let words =
        if cost.consents == 0 { say!(language, room.at_once) } else { say!(language, room.ask_for_it) };
    let key = offer.key.clone();
    let foot = view! {
        <Post class="hold" to=MakeRoom::PATH>
            <input type="hidden" name="search" value=search />
            <input type="hidden" name="offer" value=key />
            <input type="hidden" name="consents" value=cost.consents.to_string() />
            <Once />
            <ProductField id=format!("product-code-{}", offer.rank) code />
            {plan}
            <button class="button" type="submit">{words}</button>
        </Post>
    };
    let for_others = format!("{} · {}", room_cost(language, cost), room_asks(language, cost));
    view! { <OfferCard offer merits=Vec::new() foot=foot.into_any() shift=Some(for_others) /> }
}
