//! A line's time in words: every piece of the period, with what can be done to it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Hidden,
    queue::Dense,
    shorten::Shorten,
    timeline::{label, sort},
};
use crate::{
    api::{LiftClosure, RemoveCleaning},
    backend::use_backend,
    components::offering_name,
    contract::PieceView,
    request::{use_language, use_link},
    words::{length, say, short_moment, span},
};

/// `next` is where the forms lead back to.
#[component]
pub fn Pieces(pieces: Vec<PieceView>, operates: bool, next: String) -> impl IntoView {
    let language = use_language();
    let [when, setup, what, act] = [
        say!(language, desk.when),
        say!(language, desk.setup),
        say!(language, desk.what),
        say!(language, desk.to_do),
    ];
    let now = use_backend().now();
    let rows = pieces
        .into_iter()
        .map(|piece| {
            let preparing = piece.setup().map(|(start, _)| {
                let takes = length(language, piece.setup_minutes);
                say!(language, desk.setup_from, length = takes, start = short_moment(language, start)).to_string()
            });
            let words = label(language, &piece);
            let what_view = match piece.booking {
                Some(id) => {
                    let href = use_link(&format!("/desk/requests/{id}"));
                    let made = piece.offering.as_deref().map(|code| offering_name(language, code));
                    let more: Vec<String> = made.into_iter().chain(piece.product.clone()).collect();
                    view! { <a href=href>{words}</a> " " <span class="hint">{more.join(" · ")}</span> }.into_any()
                }
                None => {
                    let note = piece.note.clone().unwrap_or_default();
                    view! { <span>{words}</span> " " <span class="hint">{note}</span> }.into_any()
                }
            };
            let lift = piece.closure.filter(|_| operates).map(|id| {
                view! {
                    <form method="post" action=LiftClosure::PATH>
                        <Hidden id=id.to_string() next=next.clone() />
                        <button class="button small quiet" type="submit">{say!(language, desk.lift)}</button>
                    </form>
                }
            });
            // Of one that is over nothing is left to be given back.
            let shorten = piece.closure.filter(|_| operates && piece.end.0 > now.0).map(|id| {
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
            view! {
                <tr>
                    <th scope="row"><span class=class>{sort(language, &piece)}</span></th>
                    <td data-label=when class="when">{span(language, piece.start, piece.end)}</td>
                    <td data-label=setup class="when">{preparing}</td>
                    <td data-label=what>{what_view}</td>
                    <td data-label=act>{lift} {shorten} {remove} {stays}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="pieces" heads=vec![say!(language, desk.kind), when, setup, what, act]>{rows}</Dense> }
}
