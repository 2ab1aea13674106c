//! What one's organisation is told.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::{ReadNotice, ReadNotices},
    backend::use_backend,
    components::{PageTitle, Post, known_as, loaded, offering_name, waited, window_of},
    contract::{NoticeFilter, NoticeView, OfferQuery, OrganisationKind, Page},
    language::Language,
    query,
    request::{use_language, use_link, use_parameters, use_reader, use_unread},
    words::{deadline, moment, moved_from_to, notice, say, yuan},
};

/// Notices on a page.
const ON_PAGE: u32 = 30;

#[component]
pub fn NoticesPage() -> impl IntoView {
    let parameters = use_parameters();
    let unread = parameters.get("unread").is_some();
    let filter = NoticeFilter { unread, cursor: parameters.get("cursor"), limit: Some(ON_PAGE) };
    let load = async move { use_backend().notices(filter).await };
    loaded(load, move |page| view! { <Notices page unread /> })
}

#[component]
fn Notices(page: Page<NoticeView>, unread: bool) -> impl IntoView {
    let language = use_language();
    let title = say!(language, office.notices);
    let none = page.items.is_empty().then(|| {
        let (title, text) = if unread {
            (say!(language, office.unread_none), say!(language, office.unread_none_text))
        } else {
            (say!(language, office.notices_none), say!(language, office.notices_none_text))
        };
        view! {
            <div class="note">
                <p class="note-title">{title}</p>
                <p>{text}</p>
            </div>
        }
    });
    let older = page.next.map(|next| {
        let mut parameters = use_parameters();
        parameters.remove("cursor");
        parameters.insert("cursor", next);
        let href = use_link(&format!("/notices{}", parameters.to_query_string()));
        view! { <p class="onwards"><a href=href rel="next">{say!(language, office.older)}</a></p> }
    });
    // Up to the newest that is shown: what comes meanwhile is not marked unseen.
    let newest = page.items.first().map(|one| one.id);
    let first_page = use_parameters().get("cursor").is_none();
    let read_all = newest.filter(|_| first_page && use_unread() > 0).map(|until| {
        view! {
            <Post to=ReadNotices::PATH>
                <input type="hidden" name="until" value=until.to_string() />
                <button class="button small quiet" type="submit">{say!(language, office.mark_all_read)}</button>
            </Post>
        }
    });
    let rows = page.items.into_iter().map(|one| view! { <One one /> }).collect_view();
    let current = |here: bool| here.then_some("page");
    view! {
        <PageTitle page=title />
        <header class="headline">
            <div>
                <h1>{title}</h1>
                <p class="lead">{say!(language, office.notices_lead)}</p>
            </div>
            <div class="onwards">
                <a href=use_link("/notices") aria-current=current(!unread)>{say!(language, office.notices_all)}</a>
                <a href=use_link("/notices?unread=true") aria-current=current(unread)>
                    {say!(language, office.unread_only)}
                </a>
                <div id="read-all" data-live data-state=newest.map(|until| until.to_string())>{read_all}</div>
            </div>
        </header>
        <div id="notices" data-live>
            <ul class="notices">{rows}</ul>
            {none}
        </div>
        {older}
    }
}

/// Whether it tells of a call, which is found among the calls.
fn is_of_call(kind: &str) -> bool {
    kind.starts_with("call_") || kind.starts_with("wish_")
}

/// What was searched for, and in which days.
fn sought(language: Language, search: &OfferQuery) -> String {
    let (form, days) = (offering_name(language, &search.offering), window_of(language, search));
    format!("{form} · {} · {days}", waited(language, search))
}

/// When what it tells of takes place, and what is due with it.
fn when(language: Language, one: &NoticeView) -> Option<String> {
    let moved = one.moved.map(|moved| moved_from_to(language, moved));
    let place = one.starts.map(|start| {
        let start = moment(language, start);
        match one.held_until.map(|until| deadline(language, until)) {
            Some(until) => say!(language, office.notice_held, start = start, until = until).to_string(),
            None => say!(language, office.notice_starts, start = start).to_string(),
        }
    });
    let due = one.due_fen.map(|fen| say!(language, office.notice_due, sum = yuan(fen)).to_string());
    let words: Vec<String> = moved.into_iter().chain(place).chain(due).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

#[component]
fn One(one: NoticeView) -> impl IntoView {
    let language = use_language();
    // A platform's people look at a booking on their desk.
    let desk = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let folder = if desk { "/desk/requests" } else { "/bookings" };
    let unread = one.read_at.is_none();
    let when = when(language, &one).map(|words| view! { <p class="when">{words}</p> });
    let place = match one.booking {
        Some(id) => Some(format!("{folder}/{id}")),
        None if is_of_call(&one.kind) => Some(if desk { "/desk/calls" } else { "/calls" }.to_owned()),
        None => None,
    };
    let about = match one.search {
        // Nothing came of it: the way back to where it was asked for.
        Some(search) => Some((format!("/{}", query::write(&search)), sought(language, &search))),
        None => place.zip(one.reference),
    };
    let about = about.map(|(place, label)| {
        let href = use_link(&place);
        if !unread {
            return view! { <a href=href>{label}</a> }.into_any();
        }
        // Whoever goes to see has read it: `read.js` sends the form of this row on the way.
        view! { <a class="link" href=href data-read="">{label}</a> }.into_any()
    });
    let what =
        one.campaign.map(|name| view! { <span class="notice-of">{known_as(language, &name, desk)}</span> });
    let reason = one.reason.map(|reason| view! { <q class="said">{reason}</q> });
    let what_happened = notice(language, &one.kind);
    let of = what_happened;
    let read = unread.then(|| {
        view! {
            <Post class="inline" to=ReadNotice::PATH>
                <input type="hidden" name="id" value=one.id.to_string() />
                <input type="hidden" name="next" value="" />
                <button class="button small quiet" type="submit">{say!(language, office.mark_read)} <span class="sr">{of}</span></button>
            </Post>
        }
    });
    let mark = unread.then(|| view! { <span class="tag warn">{say!(language, office.unread)}</span> });
    view! {
        <li class=if unread { "row unread" } else { "row" }>
            <div>
                <div class="notice-head"><strong>{what_happened}</strong> {about} {what} {mark}</div>
                {when}
                {reason}
                <p class="hint">{moment(language, one.at)}</p>
            </div>
            {read}
        </li>
    }
}
