//! A line's time in words: every piece of the period, with what can be done to it, and what is free.

use domain::calendar::plant_date;
use leptos::{prelude::*, server_fn::ServerFn};
use time::Duration;
use uuid::Uuid;

use super::{
    Hidden,
    boards_in_words::kept_words,
    queue::Dense,
    shorten::Shorten,
    timeline::{label, sort},
};
use crate::{
    api::{LiftClosure, RemoveCleaning},
    backend::use_backend,
    components::{offering_name, whole_code},
    contract::{FreeView, PieceView},
    query::Looked,
    request::{use_language, use_link},
    words::{last_minute, open_hours, say, span},
};

/// Days that are looked at behind a gap of a day or less.
const LOOKED: i64 = 13;

/// `next` is where the forms lead back to.
#[component]
pub fn Pieces(
    line: Uuid,
    pieces: Vec<PieceView>,
    free: Vec<FreeView>,
    operates: bool,
    next: String,
) -> impl IntoView {
    let language = use_language();
    let [when, setup, what, act] = [
        say!(language, desk.when),
        say!(language, desk.setup),
        say!(language, desk.what),
        say!(language, desk.to_do),
    ];
    let now = use_backend().now();
    let minute = (now.0 + 59).div_euclid(60);
    let taken = pieces.into_iter().map(|piece| {
        let preparing = piece.setup().map(|(start, end)| span(language, start, end));
        let kept = kept_words(language, &piece).map(|words| view! { " " <span class="hint">{words}</span> });
        let words = label(language, &piece);
        let what_view = match piece.booking {
            Some(id) => {
                let href = use_link(&format!("/desk/requests/{id}"));
                let made = piece.offering.as_deref().map(|code| offering_name(language, code));
                let code = piece.product.clone().map(|code| view! { " · " {whole_code(code)} });
                view! { <a href=href>{words}</a> " " <span class="hint">{made} {code}</span> }.into_any()
            }
            None => {
                let note = piece.note.clone().filter(|note| *note != words).unwrap_or_default();
                view! { <span>{words}</span> " " <span class="hint">{note}</span> }.into_any()
            }
        };
        // Of one that is over with this minute nothing is left to be given back.
        let closure = piece.closure.filter(|_| operates && piece.end.minute() > minute);
        let begun = piece.start < now;
        let lift = closure.map(|id| {
            let words = if begun { say!(language, desk.end_closure) } else { say!(language, desk.lift) };
            let hint = begun.then(|| view! { <p class="hint">{say!(language, desk.end_closure_hint)}</p> });
            view! {
                <form method="post" action=LiftClosure::PATH>
                    <Hidden id=id.to_string() next=next.clone() />
                    <button class="button small quiet" type="submit">{words}</button>
                    {hint}
                </form>
            }
        });
        let shorten = closure.map(|id| {
            view! { <Shorten id start=piece.start end=piece.end next=next.clone() /> }
        });
        let remove = (piece.removable && operates).then(|| {
            view! {
                <form method="post" action=RemoveCleaning::PATH>
                    <Hidden id=piece.id.to_string() next=next.clone() />
                    <button class="button small quiet" type="submit">{say!(language, desk.remove_cleaning)}</button>
                </form>
            }
        });
        let stays = (piece.kind == "cleaning" && !piece.removable)
            .then(|| view! { <span class="hint">{say!(language, desk.cleaning_stays)}</span> });
        let class = format!("status {}", piece.status.as_deref().unwrap_or(&piece.kind));
        let row = view! {
            <tr>
                <th scope="row"><span class=class>{sort(language, &piece)}</span></th>
                <td data-label=when class="when">{span(language, piece.start, piece.end)}</td>
                <td data-label=setup class="when">{preparing} {kept}</td>
                <td data-label=what>{what_view}</td>
                <td data-label=act>{lift} {shorten} {remove} {stays}</td>
            </tr>
        };
        (piece.start, row.into_any())
    });
    let free = free.into_iter().map(|stretch| {
        (stretch.start, view! { <Free line stretch heads=[when, what, act] operates /> }.into_any())
    });
    let mut rows: Vec<_> = taken.chain(free).collect();
    rows.sort_by_key(|(start, _)| *start);
    let rows = rows.into_iter().map(|(_, row)| row).collect_view();
    view! { <Dense id="pieces" heads=vec![say!(language, desk.kind), when, setup, what, act]>{rows}</Dense> }
}

/// A stretch that nothing takes, and for operators the way to book in it; `heads` are those of when, what and to do.
#[component]
fn Free(line: Uuid, stretch: FreeView, heads: [&'static str; 3], operates: bool) -> impl IntoView {
    let language = use_language();
    let [when, what, act] = heads;
    let FreeView { start, end, minutes } = stretch;
    let words = span(language, start, end);
    let open = say!(language, desk.open_hours, length = open_hours(language, minutes)).to_string();
    let book = operates.then(|| {
        let [first, last] = [start, last_minute(start, end)].map(|at| plant_date(at.minute()));
        // Of a gap of a day or less few campaigns fit: what lies behind it is looked at too.
        let last = if first == last { first + Duration::days(LOOKED) } else { last };
        let looked = Looked { line: Some(line), days: Some((first, last)) };
        let href = use_link(&format!("/desk/book{}", looked.parameters()));
        view! {
            <a class="button small quiet" href=href>
                {say!(language, desk.book_here)} " " <span class="sr">{words.clone()}</span>
            </a>
        }
    });
    view! {
        <tr>
            <th scope="row"><span class="tag good">{say!(language, desk.free)}</span></th>
            <td data-label=when class="when">{words}</td>
            <td></td>
            <td data-label=what>{open}</td>
            <td data-label=act>{book}</td>
        </tr>
    }
}
