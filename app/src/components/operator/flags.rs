//! Bookings that a late change left where they no longer fit: what is wrong, what can be done, and whether somebody has
//! looked.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    Hidden,
    queue::{Reference, campaign, company},
};
use crate::{
    api::SettleFlag,
    components::complaint,
    contract::{BookingView, FlagView, TroubleView},
    language::Language,
    request::{use_failure, use_language, use_link, use_typed},
    words::{say, short_moment, status, text, trouble},
};
use domain::calendar::plant_date;

#[component]
pub fn Flags(flags: Vec<FlagView>, operates: bool) -> impl IntoView {
    let items = flags.into_iter().map(|flag| view! { <Flag flag operates /> }).collect_view();
    view! { <ul class="flags">{items}</ul> }
}

#[component]
fn Flag(flag: FlagView, operates: bool) -> impl IntoView {
    let language = use_language();
    let FlagView { id, booking, at, troubles } = flag;
    let troubles = troubles.into_iter().map(|one| view! { <li><Wrong one /></li> }).collect_view();
    let since = say!(language, desk.flagged_at, when = short_moment(language, at)).to_string();
    let way = way(language, &booking);
    let moving = booking.actions.iter().any(|action| action == "move").then(|| {
        let href = use_link(&format!("/bookings/{}/move", booking.id));
        view! { <a class="button small quiet" href=href>{say!(language, desk.move_it)}</a> }
    });
    let settle = operates.then(|| view! { <Settle id=id.to_string() /> });
    let status_class = format!("status {}", booking.status);
    view! {
        <li class="flag">
            <p class="flag-head">
                <strong><Reference booking=booking.clone() /></strong>
                <span class=status_class>{status(language, &booking.status)}</span>
                <span>{company(language, booking.company_name.as_ref())}</span>
                <span>{campaign(language, &booking)}</span>
                <span class="hint">{since}</span>
            </p>
            <ul class="troubles">{troubles}</ul>
            <p class="hint">{way}</p>
            {moving}
            {settle}
        </li>
    }
}

#[component]
fn Wrong(one: TroubleView) -> impl IntoView {
    let language = use_language();
    let name = text(language, &one.line_name);
    let week = plant_date(one.start.minute());
    let line = match one.line {
        Some(id) => {
            let href = use_link(&format!("/lines/{id}?week={week}"));
            view! { <a href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    };
    view! {
        <span class="when">{short_moment(language, one.start)}</span>
        " · "
        {line}
        " · "
        <strong>{trouble(language, &one.trouble)}</strong>
    }
}

/// What can be done about it, in words.
fn way(language: Language, booking: &BookingView) -> &'static str {
    let own = booking.company_name.is_none();
    match booking.status.as_str() {
        "running" => say!(language, desk.flag_running),
        "held" => say!(language, desk.flag_held),
        _ if own => say!(language, desk.flag_own),
        "requested" => say!(language, desk.flag_requested),
        _ => say!(language, desk.flag_confirmed),
    }
}

/// Takes it off the list, with what came of it.
#[component]
fn Settle(id: String) -> impl IntoView {
    let language = use_language();
    let typed = use_typed::<SettleFlag>().filter(|typed| typed.get("id").as_deref() == Some(&id));
    let failure = use_failure::<SettleFlag>().filter(|_| typed.is_some());
    let complaint = complaint(failure.as_ref(), "reason");
    let written = typed.and_then(|typed| typed.get("reason")).unwrap_or_default();
    let field = format!("settle-{id}");
    let described = format!("{field}-hint {field}-problem");
    let wrong = complaint.is_some();
    view! {
        <details class="act-more" open=wrong>
            <summary>{say!(language, desk.settle)}</summary>
            <form class="act" method="post" action=SettleFlag::PATH>
                <Hidden id=id next=use_link("/desk") />
                <div class=if wrong { "field wrong" } else { "field" }>
                    <label for=field.clone()>{say!(language, desk.settled_how)}</label>
                    <textarea id=field.clone() name="reason" rows="2" required maxlength="1000" aria-describedby=described>
                        {written}
                    </textarea>
                    <p class="hint" id=format!("{field}-hint")>{say!(language, desk.settled_hint)}</p>
                    {complaint.map(|words| view! { <p class="complaint" id=format!("{field}-problem")>{words}</p> })}
                </div>
                <button class="button small quiet" type="submit">{say!(language, desk.settle_it)}</button>
            </form>
        </details>
    }
}
