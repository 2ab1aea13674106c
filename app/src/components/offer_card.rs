//! One offer.

use leptos::prelude::*;

use super::{
    line_strip::{LineStrips, Taken},
    moving::Moving,
    schedule::Schedule,
    steps::{Step, Steps},
    terms::Terms,
};
use crate::{
    contract::OfferView,
    islands::OwnTime,
    language::Language,
    request::{use_language, use_parameters},
    words::{end_moment, length, moment, say, text, yuan},
};

/// How long its steps wait for each other, of an offer and of each run of two.
pub fn waiting_between(language: Language, minutes: i64) -> String {
    match minutes {
        0 => say!(language, offer.no_waiting).to_owned(),
        minutes => say!(language, offer.waiting, length = length(language, minutes)).to_string(),
    }
}

/// `merits` are the ways in which it beats the others, `warnings` what one might overlook; what can be done with it
/// stands at its foot.
#[component]
pub fn OfferCard(
    offer: OfferView,
    merits: Vec<&'static str>,
    foot: AnyView,
    #[prop(optional_no_strip)] taken: Option<Taken>,
    #[prop(optional)] compare: bool,
    #[prop(optional)] warnings: Vec<&'static str>,
    /// How it lies to the best one of the same search, or outside its window, to be told instead of when it is done.
    #[prop(optional_no_strip)]
    beside: Option<String>,
    /// How it lies to what the reader has now.
    #[prop(optional_no_strip)]
    shift: Option<String>,
    /// What would move there; absent: it would be held.
    #[prop(optional_no_strip)]
    moving: Option<Moving>,
) -> impl IntoView {
    let language = use_language();
    let steps: Vec<Step> = offer.steps.iter().map(Step::from).collect();
    let start = steps.iter().map(|step| step.start).min();
    let end = steps.iter().map(|step| step.end).max();
    let waiting = waiting_between(language, offer.waiting_minutes);
    let picture = match taken {
        Some(taken) => view! { <LineStrips steps=offer.steps.clone() taken /> }.into_any(),
        None => view! { <Schedule steps=steps.clone() /> }.into_any(),
    };
    let tick = compare.then(|| {
        let key = offer.key.clone();
        // Whoever comes back from comparing has ticked some.
        let ticked = use_parameters().get_all("offer").is_some_and(|keys| keys.contains(&key));
        view! {
            <li>
                <label class="tag tick-tag">
                    <input type="checkbox" name="offer" value=key form="compare" checked=ticked />
                    {say!(language, find.compare_one)}
                    <span class="sr">{say!(language, offer.rank, rank = offer.rank).to_string()}</span>
                </label>
            </li>
        }
    });
    let class = if offer.rank == 1 { "offer first" } else { "offer" };
    let span = start.zip(end).map(|(start, end)| {
        view! {
            <p class="offer-span">
                <span>{moment(language, start)}</span>
                <span class="arrow" aria-hidden="true">"→"</span>
                <span>{end_moment(language, end)}</span>
            </p>
            <OwnTime language start=start.0 end=end.0 />
        }
    });
    let merits = merits.into_iter().map(|merit| view! { <li class="tag good">{merit}</li> }).collect_view();
    let warnings =
        warnings.into_iter().map(|warning| view! { <li class="tag warn">{warning}</li> }).collect_view();
    let why = beside.unwrap_or_else(|| {
        say!(language, offer.finish, length = length(language, offer.finish_minutes)).to_string()
    });
    let free = moving.as_ref().is_some_and(|moving| moving.own);
    let price = (!free).then(|| {
        view! {
            <div class="price">
                <span class="price-sum">{yuan(offer.price_fen)}</span>
                <span class="price-note">{say!(language, offer.price_note)}</span>
            </div>
        }
    });
    let terms = (!free).then(|| view! { <Terms terms=offer.terms price_fen=offer.price_fen start moving /> });
    view! {
        <article class=class>
            <header class="offer-head">
                <span class="rank" aria-hidden="true">{offer.rank}</span>
                <span class="sr">{say!(language, offer.rank, rank = offer.rank).to_string()}</span>
                <div>
                    <h3>{text(language, &offer.platform_name)}</h3>
                    {span}
                </div>
                {price}
            </header>
            <ul class="tags">
                {merits}
                {warnings}
                <li class="tag">{why}</li>
                <li class="tag">{waiting}</li>
                {shift.map(|shift| view! { <li class="tag info">{shift}</li> })}
                {tick}
            </ul>
            {picture}
            <Steps steps own=true />
            {terms}
            <footer class="offer-foot">
                {foot}
            </footer>
        </article>
    }
}
