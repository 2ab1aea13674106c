//! All of a firm's campaigns.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

use crate::{
    api::{StopWaiting, WithdrawRepair},
    backend::use_backend,
    components::{
        Asked, Choice, FailureNote, Fairness, Field, MonthCalendar, PageTitle, Room, Strip, Unverified,
        Waiting, batches, first_day, later, loaded, next_step, offering_name,
    },
    contract::{
        AskView, BookingFilter, BookingView, Failure, FairnessView, Instant, OfferingView, Page, PageQuery,
        PlatformView, QuestionView, RepairView, WaitFilter, WaitView,
    },
    request::{use_failure, use_language, use_link, use_parameters, use_reader},
    words::{STATUSES, date, month, month_of, say, status, text},
};

/// Campaigns on a page of those past, or of those with the state that is asked for.
const ON_PAGE: u32 = 20;
/// The same where months are shown.
const ON_CALENDAR: u32 = 100;
/// Campaigns under way that are listed at most.
const UNDER_WAY: u32 = 200;
/// Wishes for room, and moves asked for, at most.
const RECENT: u32 = 20;

#[component]
pub fn CampaignsPage() -> impl IntoView {
    loaded(load(), |found| view! { <Campaigns found /> })
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
        status: given("status"),
        over: given("status").is_none().then_some(true),
        platform: given("platform").and_then(|id| Uuid::parse_str(&id).ok()),
        offering: given("offering"),
        cursor: given("cursor"),
        limit: None,
    }
}

async fn load() -> Result<Found, Failure> {
    let backend = use_backend();
    let filter = filter(&use_parameters());
    let limit = Some(if by_month() { ON_CALENDAR } else { ON_PAGE });
    let page = backend.bookings(BookingFilter { limit, ..filter.clone() }).await?;
    let current = match filter.status {
        Some(_) => Vec::new(),
        None => {
            let under_way = Some(UNDER_WAY);
            let open = BookingFilter { over: Some(false), cursor: None, limit: under_way, ..filter.clone() };
            by_urgency(backend.bookings(open).await?.items)
        }
    };
    let holds = |booking: &&BookingView| {
        matches!(
            booking.status.as_str(),
            "held" | "requested" | "confirmed" | "running" | "completed" | "closed"
        )
    };
    let on_calendar = current.iter().chain(&page.items).filter(holds).cloned().collect();
    let (offerings, platforms) = (backend.offerings().await?, backend.platforms().await?);
    let waiting = backend.waitlist(WaitFilter::default()).await?.items;
    let recent = || PageQuery { cursor: None, limit: Some(RECENT) };
    let repairs = backend.repairs(recent()).await?.items;
    let asks = backend.asks(recent(), None).await?.items;
    let (firms, now) = (backend.fairness().await?, backend.now());
    Ok(Found { filter, current, page, on_calendar, offerings, platforms, waiting, repairs, asks, firms, now })
}

/// Whether months are shown rather than a list.
fn by_month() -> bool {
    use_parameters().get("view").as_deref() == Some("month")
}

/// First what waits for the firm (holds that run out, questions), then by start.
fn by_urgency(mut bookings: Vec<BookingView>) -> Vec<BookingView> {
    bookings.sort_by_key(|booking| {
        let asked = booking.questions.iter().any(QuestionView::is_open);
        let start = booking.steps.iter().map(|step| step.start).min();
        (booking.status != "held" && !asked, start)
    });
    bookings
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
    let narrowed = filter.status.is_some() || filter.platform.is_some() || filter.offering.is_some();
    let title = say!(language, campaign.page);
    let none = page.items.is_empty() && current.is_empty();
    if none && !narrowed && filter.cursor.is_none() {
        let unverified = use_reader().is_some_and(|reader| !reader.verified);
        return view! {
            <PageTitle page=title />
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
        view! { <List id="campaigns" bookings=page.items /> {paging} }.into_any()
    } else {
        let past = (!page.items.is_empty()).then(|| {
            view! {
                <details class="past" id="past" open=beyond || current.is_empty()>
                    <summary>{say!(language, campaign.past_ones)}</summary>
                    <List id="past-campaigns" bookings=page.items />
                    {paging}
                </details>
            }
        });
        view! { <List id="campaigns" bookings=current /> {past} }.into_any()
    };
    let by_month = by_month();
    let shown = if by_month {
        view! { <Month bookings=on_calendar now /> }.into_any()
    } else {
        view! { <Calendar bookings=on_calendar now /> {list} }.into_any()
    };
    view! {
        <PageTitle page=title />
        <header class="headline">
            <div>
                <h1>{title}</h1>
                <p class="lead">{say!(language, campaign.lead)}</p>
            </div>
            <a class="button" href=use_link("/")>{say!(language, campaign.find)}</a>
        </header>
        <Stopped />
        <Asked asks now />
        <Waiting entries=waiting />
        <Room repairs />
        <p class="onwards views">
            <a href=view_link("") aria-current=(!by_month).then_some("page")>{say!(language, campaign.as_list)}</a>
            <a href=view_link("month") aria-current=by_month.then_some("page")>{say!(language, campaign.as_month)}</a>
        </p>
        <Filters filter offerings platforms />
        {shown}
        <Fairness firms />
    }
    .into_any()
}

/// Why an entry could not be taken off the waiting list.
#[component]
fn Stopped() -> impl IntoView {
    use_failure::<StopWaiting>()
        .or_else(use_failure::<WithdrawRepair>)
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

#[component]
fn Filters(
    filter: BookingFilter,
    offerings: Vec<OfferingView>,
    platforms: Vec<PlatformView>,
) -> impl IntoView {
    let language = use_language();
    let statuses = STATUSES
        .into_iter()
        .map(|name| {
            let chosen = filter.status.as_deref() == Some(name);
            view! { <Choice value=name words=status(language, name) chosen /> }
        })
        .collect_view();
    let forms = offerings
        .into_iter()
        .filter(|offering| offering.platforms > 0)
        .map(|offering| {
            let chosen = filter.offering.as_deref() == Some(offering.code.as_str());
            view! { <Choice words=text(language, &offering.name) value=offering.code chosen /> }
        })
        .collect_view();
    let places = platforms
        .into_iter()
        .map(|platform| {
            let chosen = filter.platform == Some(platform.id);
            view! { <Choice words=text(language, &platform.name) value=platform.id.to_string() chosen /> }
        })
        .collect_view();
    let kept = ["view", "month"].map(|name| {
        let value = use_parameters().get(name);
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    });
    view! {
        <form class="filters" method="get" action=use_link("/campaigns") aria-label=say!(language, campaign.filter)>
            <Field id="status" label=say!(language, campaign.status)>
                <select id="status" name="status">
                    <Choice value="" words=say!(language, campaign.any_status) chosen=filter.status.is_none() />
                    {statuses}
                </select>
            </Field>
            <Field id="offering" label=say!(language, search.offering)>
                <select id="offering" name="offering">
                    <Choice value="" words=say!(language, campaign.any_offering) chosen=filter.offering.is_none() />
                    {forms}
                </select>
            </Field>
            <Field id="platform" label=say!(language, search.platform)>
                <select id="platform" name="platform">
                    <Choice value="" words=say!(language, search.any_platform) chosen=filter.platform.is_none() />
                    {places}
                </select>
            </Field>
            {kept}
            <button class="button quiet" type="submit">{say!(language, campaign.filter)}</button>
        </form>
    }
}

#[component]
fn List(id: &'static str, bookings: Vec<BookingView>) -> impl IntoView {
    let language = use_language();
    if bookings.is_empty() {
        return view! { <p class="hint" id=id data-live>{say!(language, campaign.none_open)}</p> }.into_any();
    }
    let heads = [
        say!(language, campaign.column),
        say!(language, campaign.schedule),
        say!(language, campaign.status),
        say!(language, campaign.deadline),
    ];
    let rows = bookings
        .into_iter()
        .map(|booking| {
            let start = booking.steps.iter().map(|step| step.start).min();
            let end = booking.steps.iter().map(|step| step.end).max();
            let span = start.zip(end).map(|(start, end)| {
                view! {
                    <span>{date(language, start)}</span>
                    " "
                    <span class="arrow" aria-hidden="true">"→"</span>
                    " "
                    <span>{date(language, end)}</span>
                }
            });
            let name = booking.product_code.clone().unwrap_or_else(|| booking.reference.clone());
            view! {
                <tr>
                    <th scope="row">
                        <a href=use_link(&format!("/bookings/{}", booking.id))>{name}</a>
                        <span class="hint">
                            {offering_name(language, &booking.offering)} " · " {batches(language, &booking)}
                        </span>
                        <span class="hint">{text(language, &booking.platform_name)} " · " {booking.reference.clone()}</span>
                    </th>
                    <td class="when" data-label=heads[1]><span>{span}</span></td>
                    <td data-label=heads[2]>
                        <span class=format!("status {}", booking.status)>{status(language, &booking.status)}</span>
                    </td>
                    <td class="when" data-label=heads[3]><span>{next_step(language, &booking)}</span></td>
                </tr>
            }
        })
        .collect_view();
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <table class="list" id=id data-live>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The month that the address names, or this one.
fn month_asked(now: Instant) -> (i32, u8) {
    use_parameters().get("month").and_then(|said| read_month(&said)).unwrap_or(month_of(now))
}

/// This page `ahead` months after `first`.
fn month_link(first: (i32, u8), ahead: i32) -> String {
    let (year, month) = later(first, ahead);
    let mut parameters = use_parameters();
    parameters.remove("month");
    parameters.insert("month", format!("{year:04}-{month:02}"));
    use_link(&format!("/campaigns{}", parameters.to_query_string()))
}

/// One month as a calendar.
#[component]
fn Month(bookings: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let shown = month_asked(now);
    let Some(first) = first_day(shown) else { return ().into_any() };
    view! {
        <section class="calendar" id="month" data-live aria-labelledby="calendar">
            <header>
                <h2 id="calendar">{month(language, first)}</h2>
                <p>
                    <a href=month_link(shown, -1) rel="nofollow">"‹ " {say!(language, campaign.earlier)}</a>
                    <a href=month_link(shown, 1) rel="nofollow">{say!(language, campaign.later)} " ›"</a>
                </p>
            </header>
            <MonthCalendar bookings first now />
        </section>
    }
    .into_any()
}

/// Three months, from the one that the address names or this one.
#[component]
fn Calendar(bookings: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let first = month_asked(now);
    view! {
        <section class="calendar" id="months" data-live aria-labelledby="calendar">
            <header>
                <h2 id="calendar">{say!(language, campaign.calendar)}</h2>
                <p>
                    <a href=month_link(first, -1) rel="nofollow">"‹ " {say!(language, campaign.earlier)}</a>
                    <a href=month_link(first, 1) rel="nofollow">{say!(language, campaign.later)} " ›"</a>
                </p>
            </header>
            <Strip bookings first now />
        </section>
    }
}

/// `2026-12`.
fn read_month(said: &str) -> Option<(i32, u8)> {
    let (year, month) = said.split_once('-')?;
    let (year, month): (i32, u8) = (year.parse().ok()?, month.parse().ok()?);
    ((2000..=2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}
