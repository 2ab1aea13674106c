//! A platform's bookings by their months, or by what people remember of the one that they look for.

use std::convert::identity;

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::{
    backend::use_backend,
    components::{
        Choice, FailureNote, Field, PageTitle, SelectField, complaint, complaint_at, loaded,
        operator::{BookingList, MonthField},
    },
    contract::{BookingFilter, BookingView, Failure, Instant, OrganisationKind, Page, field},
    request::{set_failure_status, use_language, use_link, use_parameters, use_reader},
    window::Window,
    words::{STATUSES, month_of, say, status},
};

/// Bookings on a page.
const ON_PAGE: u32 = 50;

#[component]
pub fn DeskBookingsPage() -> impl IntoView {
    loaded(load(), identity)
}

async fn load() -> Result<AnyView, Failure> {
    // A firm has a page of its own, with what a firm may do there.
    if use_reader().is_some_and(|reader| reader.organisation_kind != OrganisationKind::Platform) {
        return Err(Failure::Forbidden);
    }
    let language = use_language();
    let backend = use_backend();
    let filter = filter(&use_parameters(), backend.now());
    let (found, wrong) = match backend.bookings(filter.clone()).await {
        Ok(page) => (Some(page), None),
        Err(failure @ Failure::Invalid { .. }) => (None, Some(failure)),
        Err(failure) => return Err(failure),
    };
    if let Some(failure) = &wrong {
        set_failure_status(failure);
    }
    let named =
        vec![("find", say!(language, desk.booking_text)), ("status", say!(language, campaign.status))];
    let note = wrong.clone().map(|failure| view! { <FailureNote failure named /> });
    let list = found.map(|page| view! { <Found filter page /> });
    Ok(view! {
        <PageTitle page=say!(language, desk.bookings) />
        <div class="desk-head">
            <h1>{say!(language, desk.bookings)}</h1>
        </div>
        {note}
        <Filters failure=wrong />
        {list}
    }
    .into_any())
}

/// What the parameters say. Whoever looks for one looks everywhere; whoever looks around begins with this month.
fn filter(parameters: &ParamsMap, now: Instant) -> BookingFilter {
    let given = |name: &str| {
        let said = parameters.get(name).map(|said| said.trim().to_owned());
        said.filter(|said| !said.is_empty())
    };
    let (find, status) = (given("find"), given("status"));
    let this_month = || {
        let (year, month) = month_of(now);
        format!("{year:04}-{month:02}")
    };
    let around = find.is_none() && status.is_none();
    let month = given("month").or_else(|| around.then(this_month));
    BookingFilter {
        by_start: Some(true),
        earliest_first: Some(month.is_some()),
        find,
        status,
        month,
        cursor: given("cursor"),
        limit: Some(ON_PAGE),
        ..BookingFilter::default()
    }
}

#[component]
fn Filters(failure: Option<Failure>) -> impl IntoView {
    let language = use_language();
    let parameters = use_parameters();
    let said = |name: &str| parameters.get(name).unwrap_or_default();
    let [find, chosen, month] = ["find", "status", "month"].map(said);
    let complaint = |name: &str| complaint(failure.as_ref(), name);
    let unsaid = complaint_at(failure.as_ref(), "find", say!(language, desk.booking_text));
    let unknown = complaint_at(failure.as_ref(), "status", say!(language, campaign.status));
    let statuses = STATUSES
        .into_iter()
        .map(|name| view! { <Choice value=name words=status(language, name) chosen=chosen == name /> })
        .collect_view();
    view! {
        <form class="filters" method="get" action=use_link("/desk/bookings") aria-label=say!(language, desk.find_bookings)>
            <Field id="find" label=say!(language, desk.booking_text) complaint=unsaid>
                <input id="find" name="find" type="search" autocomplete="off" value=find aria-describedby="find-problem find-hint" />
            </Field>
            <SelectField id="status" label=say!(language, campaign.status) none=say!(language, campaign.any_status) empty=chosen.is_empty() complaint=unknown>
                {statuses}
            </SelectField>
            <MonthField chosen=month now=use_backend().now() complaint=complaint("month") />
            <button class="button quiet" type="submit">{say!(language, desk.find_bookings)}</button>
        </form>
        <p class="hint" id="find-hint">{say!(language, desk.find_bookings_hint)}</p>
    }
}

/// A page of what was found.
#[component]
fn Found(filter: BookingFilter, page: Page<BookingView>) -> impl IntoView {
    let language = use_language();
    let first = filter.month.as_ref().map(|month| field::plant_day("month", &format!("{month}-01")));
    let month = first.and_then(Result::ok).map(Window::month);
    let heading = match month {
        Some(month) => say!(language, desk.begin_in, month = month.heading(language)).to_string(),
        None => say!(language, desk.latest_first).to_owned(),
    };
    let months = month.map(|month| {
        let to = |other: Window| use_link(&format!("/desk/bookings{}", in_month(other)));
        view! {
            <nav aria-label=say!(language, desk.period)>
                <a class="button small quiet" href=to(month.previous()) rel="prev">{say!(language, desk.previous)}</a>
                <a class="button small quiet" href=to(month.next()) rel="next">{say!(language, desk.next)}</a>
            </nav>
        }
    });
    let narrowed = filter.find.is_some() || filter.status.is_some();
    let list = if page.items.is_empty() {
        let (title, text) = if narrowed {
            (say!(language, desk.bookings_none), say!(language, desk.bookings_none_text))
        } else {
            (say!(language, desk.bookings_none_here), say!(language, desk.bookings_none_here_text))
        };
        let all = narrowed.then(|| {
            view! { <p><a href=use_link("/desk/bookings")>{say!(language, desk.bookings_this_month)}</a></p> }
        });
        view! {
            <div class="note">
                <p class="note-title">{title}</p>
                <p>{text}</p>
                {all}
            </div>
        }
        .into_any()
    } else {
        view! { <BookingList bookings=page.items /> }.into_any()
    };
    let begin = filter.cursor.is_some().then(|| with_cursor(&filter, None));
    let begin = begin.map(|href| view! { <a href=href>{say!(language, campaign.first)}</a> });
    let next = page.next.map(|cursor| with_cursor(&filter, Some(cursor)));
    let next = next.map(|href| view! { <a href=href rel="next">{say!(language, campaign.next)}</a> });
    view! {
        <section class="sheet" id="found" data-live>
            <div class="window-bar">
                <h2 id="bookings">{heading}</h2>
                {months}
            </div>
            {list}
            <p class="onwards">{begin} {next}</p>
        </section>
    }
}

/// The parameters of this page in another month.
fn in_month(month: Window) -> String {
    let mut parameters = use_parameters();
    parameters.remove("month");
    parameters.remove("cursor");
    let said = month.parameters();
    parameters.insert("month", said.trim_start_matches("?month=").to_owned());
    parameters.to_query_string()
}

/// This page from behind `cursor` on, or from its beginning. Its month is said, which may be another one tomorrow.
fn with_cursor(filter: &BookingFilter, cursor: Option<String>) -> String {
    let mut parameters = ParamsMap::new();
    let said = [("find", &filter.find), ("status", &filter.status), ("month", &filter.month)];
    for (name, value) in said.into_iter().chain([("cursor", &cursor)]) {
        if let Some(value) = value {
            parameters.insert(name, value.clone());
        }
    }
    use_link(&format!("/desk/bookings{}", parameters.to_query_string()))
}
