//! All of a firm's campaigns.

use std::convert::identity;

use domain::booking::Status;
use futures::try_join;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

use crate::{
    api::{AnswerMove, StopWaiting, WithdrawRepair},
    backend::use_backend,
    components::{
        Asked, CampaignFilters, CampaignList, FailureNote, Fairness, OneMonth, PageTitle, Room, ThreeMonths,
        Unverified, Waiting, by_urgency, loaded, months_shown,
    },
    contract::{
        AskView, BookingFilter, BookingView, Failure, FairnessView, Instant, OfferingView, Page, PageQuery,
        PlatformView, RepairView, WaitFilter, WaitView,
    },
    request::{set_failure_status, use_failure, use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// Campaigns on a page of those past, or of those with the state that is asked for.
const ON_PAGE: u32 = 20;
/// Campaigns under way that are listed at most.
const UNDER_WAY: u32 = 200;
/// Wishes for room at most.
const RECENT: u32 = 20;
/// Moves asked for at most, the newest: those that are open count in what is next.
const ASKED: u32 = 100;

#[component]
pub fn CampaignsPage() -> impl IntoView {
    loaded(load(), identity)
}

async fn load() -> Result<AnyView, Failure> {
    let filter = filter(&use_parameters());
    match find(filter.clone()).await {
        Ok(found) => Ok(view! { <Campaigns found /> }.into_any()),
        Err(failure @ Failure::Invalid { .. }) => misread(filter, failure).await,
        Err(failure) => Err(failure),
    }
}

/// What can't be read of a filter is said at its field, with all that was typed.
async fn misread(filter: BookingFilter, failure: Failure) -> Result<AnyView, Failure> {
    let backend = use_backend();
    let (offerings, platforms) = try_join!(backend.offerings(), backend.platforms())?;
    set_failure_status(&failure);
    Ok(view! {
        <Head />
        <FailureNote failure=failure.clone() />
        <CampaignFilters filter offerings platforms failure=Some(failure) />
        <p><a href=use_link("/campaigns")>{say!(use_language(), campaign.all)}</a></p>
    }
    .into_any())
}

struct Found {
    filter: BookingFilter,
    /// Those that are not over, what waits for the firm first. Empty where one state is asked for.
    current: Vec<BookingView>,
    /// A page of those that are over, or of those with the state that is asked for.
    page: Page<BookingView>,
    on_calendar: Vec<BookingView>,
    offerings: Vec<OfferingView>,
    platforms: Vec<PlatformView>,
    waiting: Vec<WaitView>,
    repairs: Vec<RepairView>,
    asks: Vec<AskView>,
    firms: Vec<FairnessView>,
    now: Instant,
}

fn filter(parameters: &ParamsMap) -> BookingFilter {
    let given = |name: &str| parameters.get(name).filter(|value| !value.is_empty());
    BookingFilter {
        find: given("find"),
        status: given("status"),
        over: given("status").is_none().then_some(true),
        platform: given("platform").and_then(|id| Uuid::parse_str(&id).ok()),
        offering: given("offering"),
        by_start: Some(true),
        cursor: given("cursor"),
        ..BookingFilter::default()
    }
}

async fn find(filter: BookingFilter) -> Result<Found, Failure> {
    let backend = use_backend();
    // On a month no list is shown: it is only asked whether there is anything.
    let by_month = by_month();
    let over = is_over(&filter);
    let limits = match (by_month, over) {
        (true, _) => [1, 1],
        (false, true) => [ON_PAGE, UNDER_WAY],
        (false, false) => [UNDER_WAY, UNDER_WAY],
    };
    let [listed, under_way] = limits.map(Some);
    let open =
        BookingFilter { over: Some(false), by_start: None, cursor: None, limit: under_way, ..filter.clone() };
    let current = async {
        match filter.status {
            Some(_) => Ok(Vec::new()),
            None => Ok(backend.bookings(open).await?.items),
        }
    };
    let all = BookingFilter { over: None, cursor: None, ..filter.clone() };
    let newest = |most: u32| PageQuery { cursor: None, limit: Some(most) };
    let (mut page, current, on_calendar, offerings, platforms, waiting, repairs, asks, firms) = try_join!(
        backend.bookings(BookingFilter { limit: listed, ..filter.clone() }),
        current,
        backend.bookings_during(all, months_shown(backend.now(), by_month)),
        backend.offerings(),
        backend.platforms(),
        backend.waitlist(WaitFilter::default()),
        backend.repairs(newest(RECENT)),
        backend.asks(newest(ASKED), None),
        backend.fairness(),
    )?;
    let (waiting, repairs, asks, now) = (waiting.items, repairs.items, asks.items, backend.now());
    if !over {
        page.items = by_urgency(page.items, &asks);
    }
    let current = by_urgency(current, &asks);
    Ok(Found { filter, current, page, on_calendar, offerings, platforms, waiting, repairs, asks, firms, now })
}

/// Whether what it is narrowed to is over: past campaigns are many, and come by the page.
fn is_over(filter: &BookingFilter) -> bool {
    let status = filter.status.as_deref().map(Status::from_name);
    status.is_none_or(|status| status.is_none_or(Status::is_final))
}

/// Whether months are shown rather than a list.
fn by_month() -> bool {
    use_parameters().get("view").as_deref() == Some("month")
}

#[component]
fn Campaigns(found: Found) -> impl IntoView {
    let language = use_language();
    let Found {
        filter,
        current,
        page,
        on_calendar,
        offerings,
        platforms,
        waiting,
        repairs,
        asks,
        firms,
        now,
    } = found;
    let sought = filter.find.is_some();
    let narrowed =
        sought || filter.status.is_some() || filter.platform.is_some() || filter.offering.is_some();
    let none = page.items.is_empty() && current.is_empty();
    if none && !narrowed && filter.cursor.is_none() {
        let unverified = use_reader().is_some_and(|reader| !reader.verified);
        return view! {
            <PageTitle page=say!(language, campaign.page) />
            <Stopped />
            <section class="lone narrow" id="no-campaigns" data-live>
                <h1>{say!(language, campaign.empty)}</h1>
                <p class="lead">{say!(language, campaign.empty_text)}</p>
                {unverified.then(|| view! { <Unverified /> })}
                <p><a class="button" href=use_link("/")>{say!(language, campaign.find)}</a></p>
            </section>
            <Waiting entries=waiting />
            <Room repairs />
        }
        .into_any();
    }
    let beyond = filter.cursor.is_some();
    let paging = paging(beyond, page.next);
    let list = if none {
        view! {
            <div class="note warn" id="none-such" data-live>
                <p class="note-title">{say!(language, campaign.none)}</p>
                <p>{say!(language, campaign.none_text)}</p>
                <p><a href=use_link("/campaigns")>{say!(language, campaign.all)}</a></p>
            </div>
        }
        .into_any()
    } else if filter.status.is_some() {
        let order = if is_over(&filter) {
            say!(language, campaign.order_past)
        } else {
            say!(language, campaign.order)
        };
        let asks = asks.clone();
        view! { <p class="hint">{order}</p> <CampaignList id="campaigns" bookings=page.items asks /> {paging} }
            .into_any()
    } else {
        let past = (!page.items.is_empty()).then(|| {
            view! {
                <details class="past" open=beyond || sought || current.is_empty()>
                    <summary>{say!(language, campaign.past_ones)}</summary>
                    <p class="hint">{say!(language, campaign.order_past)}</p>
                    <CampaignList id="past-campaigns" bookings=page.items live=false />
                    {paging}
                </details>
            }
        });
        // What ends while the page is open goes from the one to the other.
        let order =
            (!current.is_empty()).then(|| view! { <p class="hint">{say!(language, campaign.order)}</p> });
        view! {
            {order}
            <CampaignList id="campaigns" bookings=current asks=asks.clone() />
            <div id="past" data-live>{past}</div>
        }
        .into_any()
    };
    let by_month = by_month();
    let shown = if by_month {
        view! { <OneMonth bookings=on_calendar now /> }.into_any()
    } else {
        view! { <ThreeMonths bookings=on_calendar now /> {list} }.into_any()
    };
    view! {
        <Head />
        <Stopped />
        <Asked asks now />
        <Waiting entries=waiting />
        <Room repairs />
        <p class="onwards views">
            <a href=view_link("") aria-current=(!by_month).then_some("page")>{say!(language, campaign.as_list)}</a>
            <a href=view_link("month") aria-current=by_month.then_some("page")>{say!(language, campaign.as_month)}</a>
        </p>
        <CampaignFilters filter offerings platforms />
        {shown}
        <Fairness firms />
    }
    .into_any()
}

/// What the page is about, and the way to another campaign.
#[component]
fn Head() -> impl IntoView {
    let language = use_language();
    let title = say!(language, campaign.page);
    view! {
        <PageTitle page=title />
        <header class="headline">
            <div>
                <h1>{title}</h1>
                <p class="lead">{say!(language, campaign.lead)}</p>
            </div>
            <a class="button" href=use_link("/")>{say!(language, campaign.find)}</a>
        </header>
    }
}

/// Why an entry could not be taken off the waiting list, an ask not be withdrawn or not be answered.
#[component]
fn Stopped() -> impl IntoView {
    use_failure::<StopWaiting>()
        .or_else(use_failure::<WithdrawRepair>)
        .or_else(use_failure::<AnswerMove>)
        .map(|failure| view! { <FailureNote failure /> })
}

/// This page with its filters, seen otherwise.
fn view_link(view: &str) -> String {
    let mut parameters = use_parameters();
    parameters.remove("view");
    parameters.remove("cursor");
    if !view.is_empty() {
        parameters.insert("view", view.to_owned());
    }
    use_link(&format!("/campaigns{}", parameters.to_query_string()))
}

fn paging(beyond: bool, next: Option<String>) -> impl IntoView {
    let language = use_language();
    let with = |cursor: Option<String>| {
        let mut parameters = use_parameters();
        parameters.remove("cursor");
        if let Some(cursor) = cursor {
            parameters.insert("cursor", cursor);
        }
        use_link(&format!("/campaigns{}", parameters.to_query_string()))
    };
    let first = beyond.then(|| view! { <a href=with(None)>{say!(language, campaign.first)}</a> });
    let next =
        next.map(|next| view! { <a href=with(Some(next)) rel="next">{say!(language, campaign.next)}</a> });
    view! { <p class="onwards">{first} {next}</p> }
}
