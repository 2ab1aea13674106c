//! Room as a firm sees it: asking others to make it, and what came of that.

use domain::calendar::DAY;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    ask_form::AskForm,
    campaign::whole_code,
    complaints::complaint,
    own_moment::OwnMoment,
    post::Post,
    waiting::{waited, window_of},
};
use crate::{
    api::{MakeRoom, WithdrawRepair},
    contract::{OrganisationKind, PlanOfferView, RepairCostView, RepairView},
    language::Language,
    query,
    request::{use_failure, use_language, use_link, use_reader, use_typed},
    words::{dated_span, deadline, length, say, text},
};

/// Asks for room in the window of the search, or for one place; visitors are asked to sign in first.
#[component]
pub fn RoomForm(
    /// As parameters of an address.
    search: String,
    /// The very place that is wanted.
    #[prop(optional)]
    offer: Option<String>,
    /// What a plan window would change, wherever room is made.
    #[prop(optional)]
    plans: Vec<PlanOfferView>,
    /// Whether nothing stands before it that it would be another way to.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let language = use_language();
    let title = if first { say!(language, room.offer_first) } else { say!(language, room.offer) };
    let may_ask = use_reader()
        .is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company && reader.verified);
    // One place has one cost; of a window there may be several to choose from.
    let ways = (may_ask && offer.is_none()).then(|| {
        view! {
            <form class="hold" method="get" action=use_link("/room")>
                <input type="hidden" name="search" value=search.clone() />
                <button class="button quiet" type="submit">{say!(language, room.see_ways)}</button>
            </form>
        }
    });
    let typed = use_typed::<MakeRoom>().unwrap_or_default();
    let code = typed.get("product_code").unwrap_or_default();
    let agreed = (typed.get("flexible").is_some(), complaint(use_failure::<MakeRoom>().as_ref(), "flexible"));
    view! {
        <AskForm
            to=MakeRoom::PATH
            id="make-room"
            title
            text=say!(language, room.offer_text)
            words=say!(language, room.ask)
            sign_in=say!(language, room.sign_in)
            search
            offer
            code
            plans
            agreed
        />
        {ways}
    }
}

/// How much others would have to move for it.
pub fn room_cost(language: Language, cost: RepairCostView) -> String {
    let by = length(language, cost.shift_days.saturating_mul(DAY));
    match cost.moves {
        1 => say!(language, room.cost_one, by = by.as_str()).to_string(),
        count => say!(language, room.cost, count = count, by = by.as_str()).to_string(),
    }
}

/// How many owners have to agree to it.
pub fn room_asks(language: Language, cost: RepairCostView) -> String {
    match cost.consents {
        0 => say!(language, room.by_rule).to_owned(),
        1 => say!(language, room.consents_one).to_owned(),
        count => say!(language, room.consents, count = count).to_string(),
    }
}

/// What a firm has asked others for.
#[component]
pub fn Room(repairs: Vec<RepairView>) -> impl IntoView {
    let language = use_language();
    if repairs.is_empty() {
        return view! { <section id="room" data-live></section> }.into_any();
    }
    let heads = [
        say!(language, waiting.what),
        say!(language, room.place),
        say!(language, room.for_others),
        say!(language, room.answer_by),
        say!(language, waiting.state),
    ];
    // Once all are settled nobody is being asked, and no notice is to come.
    let hint = if repairs.iter().any(|one| one.state == "asking") {
        let (first, second) = (say!(language, room.mine_asking), say!(language, room.mine_text));
        say!(language, term.sentences, first = first, second = second).to_string()
    } else {
        say!(language, room.mine_text).to_owned()
    };
    let rows = repairs
        .into_iter()
        .map(|one| {
            let by = match one.state.as_str() {
                "asking" => {
                    view! { {deadline(language, one.answer_by)} " " <OwnMoment at=one.answer_by /> }.into_any()
                }
                _ => say!(language, room.settled).into_any(),
            };
            let state = match (one.state.as_str(), one.booking) {
                ("made", Some(hold)) => {
                    let href = use_link(&format!("/bookings/{hold}"));
                    view! { <a href=href>{say!(language, room.made)}</a> }.into_any()
                }
                ("asking", _) => view! {
                    <span class="status requested">{say!(language, room.asking)}</span>
                    " "
                    <Post to=WithdrawRepair::PATH>
                        <input type="hidden" name="id" value=one.id.to_string() />
                        <button class="button small quiet" type="submit">{say!(language, room.withdraw)}</button>
                    </Post>
                }
                .into_any(),
                ("declined", _) => say!(language, room.declined).into_any(),
                ("expired", _) => say!(language, room.expired).into_any(),
                ("withdrawn", _) => say!(language, room.withdrawn).into_any(),
                _ => say!(language, room.overtaken).into_any(),
            };
            let product = one.product_code.clone().map(|code| view! { " · " {whole_code(code)} });
            let start = one.steps.iter().map(|step| step.start).min();
            let end = one.steps.iter().map(|step| step.end).max();
            let place = start.zip(end).map(|(start, end)| dated_span(language, start, end));
            view! {
                <tr>
                    <th scope="row">
                        <a href=use_link(&format!("/{}", query::write(&one.query)))>{text(language, &one.offering_name)}</a>
                        <span class="hint">{waited(language, &one.query)} " · " {text(language, &one.platform_name)} {product}</span>
                        <span class="hint">{window_of(language, &one.query)}</span>
                    </th>
                    <td class="when" data-label=heads[1]>{place}</td>
                    <td data-label=heads[2]>{room_cost(language, one.cost)}</td>
                    <td class="when" data-label=heads[3]>{by}</td>
                    <td data-label=heads[4]>{state}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <section class="waiting" id="room" data-live aria-labelledby="rooms">
            <h2 id="rooms">{say!(language, room.mine)}</h2>
            <p class="hint">{hint}</p>
            <table class="list">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
