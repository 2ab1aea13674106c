//! Booking on one's own platform: for a company that phoned, or for own production.

use std::convert::identity;

use domain::calendar::plant_date;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

use crate::{
    api::BookFor,
    backend::use_backend,
    components::{
        FailureNote, PageTitle, Refusals, loaded,
        operator::{BookForm, BookOffers, Caller},
    },
    contract::{
        Failure, FieldProblem, Instant, LineBoard, OfferQuery, OfferView, OrganisationView, Role,
        SearchAnswer, field,
    },
    language::Language,
    query::{self, Looked},
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_reader},
    window::Window,
    words::{refusal, say, text},
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
    let reader = use_reader();
    // Quality assurance books nothing: it isn't offered what it would be refused.
    if !reader.as_ref().is_some_and(|one| matches!(one.role, Role::Operator | Role::PlatformAdmin)) {
        return Err(Failure::Forbidden);
    }
    let own = reader.map(|reader| reader.organisation);
    let (clients, waiting) = (backend.clients().await?, backend.waiting_count().await?);
    let platforms = backend.platforms().await?;
    let makes =
        platforms.into_iter().find(|platform| Some(platform.id) == own).map(|platform| platform.offerings);
    let mut offerings = backend.offerings().await?;
    offerings.retain(|offering| makes.as_ref().is_some_and(|makes| makes.contains(&offering.code)));
    let parameters = use_parameters();
    let looked = Looked::read(&parameters);
    let line = on_line(looked.line).await?;
    let draft = query::read(&parameters);
    let read = draft.as_ref().map(|draft| draft.query().map(|query| OfferQuery { platform: own, ..query }));
    let caller = caller(&parameters);
    // Whom it is for is known before anything is offered for them.
    let found = match &read {
        Some(Ok(query)) => {
            Some(look(&caller.company, query.clone(), line.as_ref().map(|line| line.line)).await)
        }
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
    let verify = notes.iter().flatten().any(is_unverified).then(|| {
        view! {
            <p class="note warn">
                {say!(language, desk.unverified_hint)} " "
                <a href=use_link("/desk/companies")>{say!(language, desk.verify_companies)}</a>
            </p>
        }
    });
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
            say!(language, desk.offers).to_owned()
        };
        let hint = (!answer.offers.is_empty()).then(|| {
            view! { <p class="hint">{say!(language, desk.offers_hint)}</p> }
        });
        let shown = u32::try_from(answer.offers.len()).unwrap_or(u32::MAX);
        let rest = match answer.found.saturating_sub(shown) {
            0 => None,
            1 => Some(say!(language, desk.offers_rest_one).to_owned()),
            count => Some(say!(language, desk.offers_rest, count = count).to_string()),
        };
        let rest = rest.map(|words| view! { <p class="hint">{words}</p> });
        let open = answer.offers.is_empty();
        let any = !open || !answer.nearest.is_empty();
        let offers = any.then(|| {
            let offers = in_groups(language, line.as_ref(), by_time(answer.offers, answer.later));
            let (search, nearest) = (query::write(&query), answer.nearest);
            view! { <BookOffers caller=caller.clone() client search offers nearest /> }
        });
        view! {
            <section class="results" id="found" aria-labelledby="results">
                <h2 id="results">{heading}</h2>
                {hint}
                {offers}
                {rest}
                <Refusals refusals=answer.refusals open own=true />
            </section>
        }
    });
    let draft = draft.unwrap_or_else(|| blank(looked, line.as_ref(), backend.now()).into());
    let failure = wrong.or(posted);
    let name = line.as_ref().map(|line| text(language, &line.name));
    let (back, whence) = match (&line, &name) {
        (Some(line), Some(name)) => {
            let week = field::plant_day("from", &draft.from).map(|day| format!("?week={day}"));
            (format!("/lines/{}{}", line.line, week.unwrap_or_default()), name.clone())
        }
        _ => ("/desk".to_owned(), say!(language, desk.page).to_owned()),
    };
    let first = name.map(|name| {
        let words = say!(language, desk.line_first, line = name).to_string();
        let mut alike = parameters.clone();
        alike.remove("line");
        let alike = use_link(&format!("/desk/book{}", alike.to_query_string()));
        view! { <p class="hint">{words} " " <a href=alike>{say!(language, desk.lines_alike)}</a></p> }
    });
    Ok(view! {
        <PageTitle page=say!(language, desk.book) />
        <p class="crumb"><a href=use_link(&back)>{whence}</a></p>
        <h1 class="sober">{say!(language, desk.book)}</h1>
        <p class="lead">{say!(language, desk.book_lead)}</p>
        {first}
        {notes}
        {verify}
        {taken}
        <BookForm caller draft failure offerings clients waiting line=line.map(|line| line.line) />
        {results}
    }
    .into_any())
}

/// The company, unless it is the platform itself, and what can be offered to it, on `line` first.
async fn look(
    company: &str,
    query: OfferQuery,
    line: Option<Uuid>,
) -> Result<(Option<OrganisationView>, SearchAnswer), Failure> {
    let backend = use_backend();
    let client = match company {
        "" => None,
        said => Some(backend.client(said.to_owned()).await?),
    };
    Ok((client, backend.search_on(query, line).await?))
}

/// The line from whose calendar one comes, if it is one of the platform's.
async fn on_line(id: Option<Uuid>) -> Result<Option<LineBoard>, Failure> {
    let Some(id) = id else { return Ok(None) };
    let backend = use_backend();
    let week = Window::week(plant_date(backend.now().minute()));
    match backend.board(id, week.period()).await {
        Ok(board) => Ok(Some(board)),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// What the form holds before anybody typed: the days that were looked at, and what the line makes if it is one thing.
fn blank(looked: Looked, line: Option<&LineBoard>, now: Instant) -> OfferQuery {
    let blank = query::blank(now);
    let (from, to) = match looked.days {
        Some((first, last)) => (first.to_string(), last.to_string()),
        None => (blank.from.clone(), blank.to.clone()),
    };
    let offering = match line.map(|line| &line.offerings[..]) {
        Some([sole]) => sole.clone(),
        _ => String::new(),
    };
    OfferQuery { offering, from, to, ..blank }
}

/// All that was found, the earliest first.
fn by_time(offers: Vec<OfferView>, later: Vec<OfferView>) -> Vec<OfferView> {
    let mut all: Vec<_> = offers.into_iter().chain(later).collect();
    all.sort_by_key(|offer| (offer.finish_minutes, offer.price_fen, offer.waiting_minutes));
    all
}

/// The offers as the platform's operator reads them: those on the line from whose calendar they come first.
fn in_groups(
    language: Language,
    line: Option<&LineBoard>,
    offers: Vec<OfferView>,
) -> Vec<(Option<String>, Vec<OfferView>)> {
    let Some(line) = line else { return numbered(vec![(None, offers)]) };
    let name = text(language, &line.name);
    let is_here = |offer: &OfferView| offer.steps.iter().any(|step| step.line == line.line);
    let (here, elsewhere): (Vec<_>, Vec<_>) = offers.into_iter().partition(is_here);
    let (on_line, others) = if here.is_empty() {
        (String::new(), say!(language, desk.none_on_line, line = name.as_str()).to_string())
    } else {
        let on_line = say!(language, desk.on_line, line = name.as_str()).to_string();
        (on_line, say!(language, desk.on_other_lines).to_owned())
    };
    let groups = [(Some(on_line), here), (Some(others), elsewhere)];
    numbered(groups.into_iter().filter(|(_, offers)| !offers.is_empty()).collect())
}

/// The same with each offer's number in the order in which they are shown.
fn numbered(mut groups: Vec<(Option<String>, Vec<OfferView>)>) -> Vec<(Option<String>, Vec<OfferView>)> {
    let all = groups.iter_mut().flat_map(|(_, offers)| offers);
    for (offer, rank) in all.zip(1..) {
        offer.rank = rank;
    }
    groups
}

/// Whether it is that nobody has verified the company.
fn is_unverified(failure: &Failure) -> bool {
    let is_why = |problem: &FieldProblem| matches!(problem, FieldProblem::Unverified { .. });
    matches!(failure, Failure::Invalid { faults } if faults.iter().any(|fault| is_why(&fault.problem)))
}

fn caller(parameters: &ParamsMap) -> Caller {
    let text = |name: &str| parameters.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
    Caller { company: text("company"), product_code: text("product_code") }
}
