//! The first page: search, and what it found.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    api::{Hold, HoldSplit, MakeRoom, Wait},
    backend::use_backend,
    components::{
        Complaints, Conflict, FailureNote, HoldForm, LimitLink, OfferCard, PageTitle, PastLeftOut, Platforms,
        RESULTS, Refusals, RoomForm, SearchForm, SplitCard, Taken, TakenNote, Tour, WaitForm, WaitsAlready,
        beside_first, beyond, limited, limits, loaded, may_have_room, merits, needless, taken,
    },
    contract::{
        Failure, NearestView, OfferQuery, OfferView, OrganisationKind, SearchAnswer, SplitView, WaitFilter,
        WaitView,
    },
    query::{self, CampaignDraft},
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_reader},
    words::{is_timeless, say},
};

#[component]
pub fn SearchPage() -> impl IntoView {
    loaded(load(), identity)
}

async fn load() -> Result<impl IntoView, Failure> {
    let language = use_language();
    let parameters = use_parameters();
    let draft = query::read(&parameters);
    let read = draft.as_ref().map(CampaignDraft::query);
    let lost = use_failure::<Hold>()
        .or_else(use_failure::<HoldSplit>)
        .or_else(|| use_failure::<Wait>().or_else(use_failure::<MakeRoom>).map(needless));
    let backend = use_backend();
    let (offerings, platforms) = (backend.offerings().await?, backend.platforms().await?);
    let found = match &read {
        Some(Ok(query)) => Some(backend.search(query.clone()).await),
        Some(Err(failure)) => Some(Err(failure.clone())),
        None => None,
    };
    let asked = read.and_then(Result::ok);
    let shown = match (&lost, &found) {
        (Some(Failure::Conflict { alternatives, split, .. }), _)
            if !alternatives.is_empty() || split.is_some() =>
        {
            with_split(alternatives.clone(), split.as_deref())
        }
        (_, Some(Ok(answer))) if answer.offers.is_empty() => {
            let near = answer.nearest.iter().map(|near| near.offer.clone()).collect();
            with_split(near, answer.split.as_ref())
        }
        (_, Some(Ok(answer))) => answer.offers.clone(),
        _ => Vec::new(),
    };
    let lines = match &asked {
        Some(query) => taken(query, &shown).await,
        None => None,
    };
    let waiting = match (&asked, &found) {
        (Some(query), Some(Ok(answer))) if answer.offers.is_empty() && answer.may_free => {
            waiting_for(query).await?
        }
        _ => Vec::new(),
    };
    let wrong = found.as_ref().and_then(|found| found.as_ref().err().cloned());
    if let Some(failure) = &wrong {
        set_failure_status(failure);
    }
    let hero = draft.is_none().then(|| {
        view! {
            <div class="hero">
                <h1>{say!(language, search.headline)}</h1>
                <p class="lead">{say!(language, search.lead)}</p>
            </div>
        }
    });
    let title = draft.is_some().then(|| view! { <h1 class="sr">{say!(language, search.page)}</h1> });
    // What became of a schedule that somebody wanted comes before the form.
    let told_first = lost.is_some() && draft.is_some();
    let below = match (asked, lost, found) {
        // Nothing of what is left is in the window: what is near it, and what can be asked for, is the best way out.
        (
            Some(query),
            Some(Failure::Conflict { refusal, alternatives, split: None, .. }),
            Some(Ok(answer)),
        ) if alternatives.is_empty() => view! {
            <section class="conflict" aria-labelledby="conflict">
                <TakenNote reason=refusal nothing=true />
            </section>
            <Results answer query lines waiting />
        }
        .into_any(),
        (Some(query), Some(Failure::Conflict { refusal, alternatives, split, .. }), _) => {
            let search = query::write(&query);
            view! { <Conflict reason=refusal alternatives split=split.map(|split| *split) search taken=lines /> }.into_any()
        }
        (Some(query), lost, Some(Ok(answer))) => {
            let lost = lost.map(|failure| view! { <FailureNote failure /> });
            view! { {lost} <Results answer query lines waiting /> }.into_any()
        }
        (Some(_), lost, _) | (None, lost, Some(_)) => {
            lost.map(|failure| view! { <FailureNote failure /> }).into_any()
        }
        (None, _, None) => view! {
            <Tour platforms=platforms.clone() />
            <HowItWorks />
            <Platforms platforms=platforms.clone() offerings=offerings.clone() />
        }
        .into_any(),
    };
    let summary = wrong.clone().map(|failure| {
        view! { <div id=RESULTS tabindex="-1"><Complaints failure /></div> }
    });
    let draft = draft.or_else(|| query::chosen(&parameters, backend.now()));
    let form = view! { <SearchForm draft failure=wrong offerings platforms now=backend.now() /> }.into_any();
    let (first, second) = if told_first { (below, form) } else { (form, below) };
    Ok(view! {
        <PageTitle page=say!(language, search.page) />
        {hero}
        {title}
        {summary}
        {first}
        {second}
    })
}

/// The entries of the waiting list by which the reader's firm waits for `query`.
async fn waiting_for(query: &OfferQuery) -> Result<Vec<WaitView>, Failure> {
    if use_reader().is_none_or(|reader| reader.organisation_kind != OrganisationKind::Company) {
        return Ok(Vec::new());
    }
    // A firm may have far fewer of them.
    let all = use_backend().waitlist(WaitFilter { cursor: None, limit: Some(200) }).await?;
    Ok(all.items.into_iter().filter(|entry| entry.hold.is_none() && entry.query == *query).collect())
}

/// The offers of a page with both runs of its split.
fn with_split(mut offers: Vec<OfferView>, split: Option<&SplitView>) -> Vec<OfferView> {
    offers.extend(split.iter().flat_map(|split| &split.parts).map(|part| part.offer.clone()));
    offers
}

#[component]
fn Results(
    answer: SearchAnswer,
    query: OfferQuery,
    lines: Option<Taken>,
    /// By which the reader's firm waits for just this.
    waiting: Vec<WaitView>,
) -> impl IntoView {
    let language = use_language();
    let search = query::write(&query);
    let asked = query.clone();
    let none = answer.offers.is_empty();
    let several = answer.offers.len() > 1;
    let in_vain = answer.in_vain || answer.refusals.iter().all(|line| is_timeless(&line.refusal.reason));
    // What would fit but for the firm's own limit is neither taken nor missing.
    let curbed = if none { limited(&answer.refusals) } else { Vec::new() };
    let limit = limits(language, &curbed);
    let past = view! { <PastLeftOut asked=query.clone() now=answer.now /> };
    let heading = match answer.found {
        _ if limit.is_some() => limit.clone().unwrap_or_default(),
        0 if none && in_vain => say!(language, search.none_able).to_owned(),
        0 => say!(language, search.none).to_owned(),
        1 => say!(language, search.found_one).to_owned(),
        count => say!(language, search.found, count = count).to_string(),
    };
    let waits = none && answer.may_free;
    let text = if limit.is_some() {
        say!(language, search.limited_text).to_owned()
    } else if none && in_vain {
        say!(language, search.none_ever).to_owned()
    } else if none {
        // Who searches all platforms already isn't told to.
        match query.platform {
            Some(_) => say!(language, search.none_hint_platform).to_owned(),
            None => say!(language, search.none_hint).to_owned(),
        }
    } else {
        let shown = answer.offers.len();
        let more = u32::try_from(shown).is_ok_and(|shown| shown < answer.found);
        // Of each route, first line and free stretch the kernel offers one place alone.
        let [ranking, earliest] = [say!(language, search.ranking), say!(language, search.earliest)];
        let told = say!(language, term.sentences, first = ranking, second = earliest).to_string();
        if more { say!(language, search.shown, shown = shown, ranking = told).to_string() } else { told }
    };
    let beats = |offer: &OfferView| merits(language, offer, &answer.offers);
    let merits = answer.offers.iter().map(beats).collect::<Vec<_>>();
    let first = answer.offers.first().cloned();
    let cards = answer
        .offers
        .into_iter()
        .zip(merits)
        .map(|(offer, merits)| {
            let beside = first.as_ref().filter(|first| first.key != offer.key);
            let beside = beside.map(|first| beside_first(language, &offer, first));
            let (key, rank, plan) = (offer.key.clone(), offer.rank, offer.terms.plan);
            let words = say!(language, offer.hold);
            let foot = view! { <HoldForm search=search.clone() offer=key rank words plan /> }.into_any();
            view! { <OfferCard offer merits foot taken=lines.clone() compare=several beside /> }
        })
        .collect_view();
    let near = answer.nearest.len() > 1;
    // What can be asked for instead of nothing comes first.
    let leads = answer.split.is_none() && answer.nearest.is_empty();
    let comparison = (several || near).then(|| view! { <CompareBar search=search.clone() /> });
    let split =
        answer.split.map(|split| view! { <SplitCard split search=search.clone() taken=lines.clone() /> });
    let nearest = (!answer.nearest.is_empty())
        .then(|| view! { <Nearest nearest=answer.nearest asked=query.clone() taken=lines /> });
    let plans = answer.plans;
    let asks = waits && may_have_room(&curbed, &answer.refusals, &query);
    let room = asks.then(|| view! { <RoomForm search=search.clone() plans=plans.clone() first=leads /> });
    let more = limit.is_some().then(|| view! { " " <LimitLink /> });
    let wait = waits.then(|| {
        if waiting.is_empty() {
            let first = leads && !asks;
            view! { <WaitForm search=query plans limit first /> }.into_any()
        } else {
            view! { <WaitsAlready entries=waiting search=query plans limit /> }.into_any()
        }
    });
    view! {
        <section class="results" data-return aria-labelledby=RESULTS>
            <h2 id=RESULTS tabindex="-1">{heading}</h2>
            <p class="hint">{text} {more}</p>
            {past}
            {split}
            {nearest}
            {room}
            {wait}
            {cards}
            {comparison}
            <Refusals refusals=answer.refusals open=none asked may_free=asks />
        </section>
    }
}

/// Sends the ticked offers to be compared.
#[component]
fn CompareBar(search: String) -> impl IntoView {
    let language = use_language();
    view! {
        <form id="compare" class="compare-bar" method="get" action=use_link("/compare")>
            <input type="hidden" name="search" value=search />
            <span class="hint">{say!(language, find.compare_hint)}</span>
            <button class="button quiet" type="submit">{say!(language, find.compare)}</button>
        </form>
    }
}

/// Offers outside the window, each to be held by the wider search that it is an offer of.
#[component]
fn Nearest(nearest: Vec<NearestView>, asked: OfferQuery, taken: Option<Taken>) -> impl IntoView {
    let language = use_language();
    let several = nearest.len() > 1;
    let cards = nearest
        .into_iter()
        .zip(1..)
        .map(|(NearestView { query, offer }, rank)| {
            let search = query::write(&query);
            let words = say!(language, offer.hold);
            let warnings = vec![say!(language, find.outside)];
            let (key, plan) = (offer.key.clone(), offer.terms.plan);
            let offer = OfferView { rank, ..offer };
            let beside = beyond(language, &asked, &offer);
            let foot = view! { <HoldForm search offer=key rank words plan /> }.into_any();
            view! { <OfferCard offer merits=Vec::new() warnings foot taken=taken.clone() compare=several beside /> }
        })
        .collect_view();
    view! {
        <section class="nearest" aria-labelledby="nearest">
            <h3 id="nearest">{say!(language, find.nearest)}</h3>
            {cards}
        </section>
    }
}

/// What the page is for, before anything was asked.
#[component]
fn HowItWorks() -> impl IntoView {
    let language = use_language();
    // Whoever wants to hold has to be registered.
    let register = use_reader().is_none().then(|| {
        view! { <a href=use_link("/register")>{say!(language, register.link)}</a> }
    });
    let steps = [
        (say!(language, search.how_search), say!(language, search.how_search_text), None),
        (say!(language, search.how_hold), say!(language, search.how_hold_text), register),
        (say!(language, search.how_book), say!(language, search.how_book_text), None),
    ];
    let steps = steps
        .into_iter()
        .map(|(name, text, way)| view! { <li><strong>{name}</strong> <span>{text}</span> {way}</li> })
        .collect_view();
    view! {
        <section class="how" aria-labelledby="how">
            <h2 id="how">{say!(language, search.how)}</h2>
            <ol>{steps}</ol>
        </section>
    }
}
