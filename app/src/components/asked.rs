//! What a firm is asked: to let one of its campaigns move, whole or in part, since another needs a place, it can't
//! stay, or its platform would use the line better. So is a platform about its own production.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    campaign::{asked_before_materials, whole_code},
    own_moment::OwnMoment,
    parted::Parted,
    post::{Once, Post},
    swap::swap_price,
};
use crate::{
    api::AnswerMove,
    contract::{AskView, Instant, Role, StepView, field},
    language::Language,
    request::{use_language, use_link, use_reader},
    words::{dated_span, deadline, lapsed, plant_day, say, text, yuan},
};

/// So long, in seconds, a swap that was over before it was answered still says so in the list.
const STILL_TOLD: i64 = 7 * 24 * 3600;

/// The moves that are asked for; those over only where all of a booking's are shown, but for swaps that ended lately.
#[component]
pub fn Asked(asks: Vec<AskView>, now: Instant, #[prop(optional)] all: bool) -> impl IntoView {
    let language = use_language();
    let counts = |ask: &AskView| match ask.state.as_str() {
        "open" | "accepted" | "lapsed" => true,
        "over" => ask.kind == "swap" && now.0 < ask.answer_by.0 + STILL_TOLD,
        _ => false,
    };
    let mut asks: Vec<AskView> = asks.into_iter().filter(|ask| all || counts(ask)).collect();
    // What waits for an answer comes first, by its deadline; the rest stays as it is, the newest first.
    let waits = |ask: &AskView| (ask.state == "open").then_some(ask.answer_by);
    asks.sort_by_key(|ask| (waits(ask).is_none(), waits(ask)));
    let cards = asks.iter().map(|ask| view! { <Ask ask=ask.clone() now link=!all /> }).collect_view();
    let head = if asks.iter().any(|ask| ask.state == "open") {
        say!(language, room.asked)
    } else {
        say!(language, room.asked_before)
    };
    let head = (!asks.is_empty()).then(|| view! { <h2>{head}</h2> });
    view! { <section class="asked" id="asked-to-move" data-live>{head} {cards}</section> }
}

#[component]
fn Ask(ask: AskView, now: Instant, link: bool) -> impl IntoView {
    let language = use_language();
    let place = |steps: &[StepView]| {
        let start = steps.iter().map(|step| step.start).min();
        let end = steps.iter().map(|step| step.end).max();
        start.zip(end).map(|(start, end): (Instant, Instant)| dated_span(language, start, end))
    };
    let days = || {
        let of = |day: &str| plant_day(language, day).unwrap_or_default();
        match (of(&ask.first_day), of(&ask.last_day)) {
            (first, last) if first == last => first,
            (first, last) => format!("{first} – {last}"),
        }
    };
    let from = place(&ask.from);
    // Another firm's place is told by its days alone.
    let to = match place(&ask.to) {
        Some(span) => {
            let lines = ask.to.iter().map(|step| text(language, &step.line_name)).collect::<Vec<_>>();
            format!("{span} · {}", lines.join(" → "))
        }
        None => days(),
    };
    // About its own production a platform's operators answer.
    let may = use_reader().is_none_or(|reader| reader.role != Role::Qa);
    let answers = may.then(|| {
        view! {
            <div class="buttons">
                {answer(&ask, "accept", say!(language, room.accept), "button small")}
                {answer(&ask, "decline", say!(language, room.decline), "button small quiet")}
            </div>
        }
    });
    let state = match ask.state.as_str() {
        "open" => view! {
            <p class="hint">{say!(language, room.until, moment = deadline(language, ask.answer_by)).to_string()}</p>
            <OwnMoment at=ask.answer_by />
            {answers}
        }
        .into_any(),
        "accepted" => view! { <p>{say!(language, room.accepted)}</p> }.into_any(),
        "moved" => view! { <p>{say!(language, room.moved)}</p> }.into_any(),
        "declined" => view! { <p>{say!(language, room.you_declined)}</p> }.into_any(),
        "lapsed" | "over" if ask.lapse.as_deref().is_some_and(|lapse| lapse != "expired") => view! {
            <p>{lapsed(language, ask.lapse.as_deref())}</p>
            <p class="hint">{say!(language, room.nothing_to_do)}</p>
        }
        .into_any(),
        _ if ask.lapse.is_some() => view! { <p>{lapsed(language, ask.lapse.as_deref())}</p> }.into_any(),
        _ => view! { <p>{say!(language, room.over)}</p> }.into_any(),
    };
    // Once it is answered or over, it is no question any more.
    let why = if ask.state == "open" { question(language, &ask) } else { was_for(language, &ask) };
    let [present, proposed] = match ask.state.as_str() {
        "open" | "accepted" => [say!(language, room.from), say!(language, room.to)],
        "moved" => [say!(language, room.moved_from), say!(language, room.moved_to)],
        _ => [say!(language, room.then), say!(language, room.proposed)],
    };
    let name = if link {
        let href = use_link(&format!("/bookings/{}", ask.booking));
        view! { <a href=href>{ask.reference.clone()}</a> }.into_any()
    } else {
        ask.reference.clone().into_any()
    };
    let campaign = [text(language, &ask.offering_name), text(language, &ask.platform_name)].join(" · ");
    let code = ask.product_code.clone().map(|code| view! { " · " {whole_code(code)} });
    let present = view! { <div><dt>{present}</dt><dd>{from}</dd></div> };
    let places = match ask.parted.clone() {
        Some(parts) => view! { <dl class="facts">{present}</dl> <Parted parts /> }.into_any(),
        None => view! {
            <dl class="facts spans">
                {present}
                <div><dt>{proposed}</dt><dd>{to}</dd></div>
            </dl>
        }
        .into_any(),
    };
    let leaving = ask.leaving_fen.map(|fee| {
        let fee = yuan(fee);
        view! { <p class="hint">{say!(language, room.leaving, fee = fee.as_str()).to_string()}</p> }
    });
    // Of what goes in parts, either may be the first to begin.
    let goes = ask.parted.iter().flat_map(|parts| &parts.goes);
    let starts = ask.to.iter().chain(goes).map(|step| step.start);
    // Where the days alone are told, the first of them begins no later than the campaign.
    let first = field::plant_day("first_day", &ask.first_day).ok().filter(|_| ask.to.is_empty());
    let starts = starts.chain(first.map(|day| Instant(field::midnight(day) * 60)));
    let materials = (ask.materials_on.as_str(), now);
    let soon = (ask.state == "open").then(|| asked_before_materials(language, materials, starts));
    let soon = soon.flatten().map(|words| view! { <p>{words}</p> });
    let class = if ask.state == "open" { "note warn" } else { "note" };
    view! {
        <div class=class>
            <p class="note-title">{name}</p>
            <p>{campaign} {code}</p>
            <p class="hint">{why}</p>
            {places}
            {swap_price(language, ask.price_fen, ask.price_there_fen)}
            {leaving}
            {soon}
            {state}
        </div>
    }
}

/// What its owner is asked.
fn question(language: Language, ask: &AskView) -> &'static str {
    match ask.kind.as_str() {
        "rescue" if ask.parted.is_some() => say!(language, conflict.ask_part),
        "rescue" => say!(language, conflict.ask_rescue),
        "swap" => say!(language, conflict.ask_swap),
        "platform" => say!(language, conflict.ask_platform),
        _ => say!(language, room.asked_text),
    }
}

/// Why its owner was asked.
fn was_for(language: Language, ask: &AskView) -> &'static str {
    match ask.kind.as_str() {
        "rescue" if ask.parted.is_some() => say!(language, room.asked_for.part),
        "rescue" => say!(language, room.asked_for.rescue),
        "swap" => say!(language, room.asked_for.swap),
        "platform" => say!(language, room.asked_for.platform),
        _ => say!(language, room.asked_for.room),
    }
}

fn answer(ask: &AskView, answer: &'static str, words: &'static str, class: &'static str) -> AnyView {
    let id = ask.id.to_string();
    view! {
        <Post to=AnswerMove::PATH>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="answer" value=answer />
            <Once />
            <button class=class type="submit">{words}</button>
        </Post>
    }
    .into_any()
}
