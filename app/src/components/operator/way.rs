//! One way out of a conflict: what it does, what that costs and means, and the button that takes it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Hidden, proposed::step_times, queue::company};
use crate::{
    api::ResolveConflict,
    components::{Parted, TextArea, complaint_at},
    contract::{OptionView, OtherMoveView, PartedView, StepView},
    language::Language,
    request::{use_failure, use_language, use_link, use_typed},
    words::{dated_span, length, refusal, say, text, yuan},
};

/// `held`: the price that the booking has, if it is about one. `number`: which of the conflict's options it is.
#[component]
pub fn Way(
    option: OptionView,
    number: usize,
    id: String,
    held: Option<i64>,
    /// Where the booking stands now, if it is about one.
    stands: Vec<StepView>,
    operates: bool,
) -> impl IntoView {
    let language = use_language();
    let words = button(language, &option);
    if option.kind == "remove" {
        let form = operates.then(|| view! { <Take id option number words /> });
        return view! { <li class="way">{form}</li> }.into_any();
    }
    let start = option.steps.iter().map(|step| step.start).min();
    let end = option.steps.iter().map(|step| step.end).max();
    let when = start.zip(end).map(|(start, end)| dated_span(language, start, end));
    let line = |step: &StepView| text(language, &step.line_name);
    let lines = option.steps.iter().map(line).collect::<Vec<_>>().join(" → ");
    let title = title(language, &option);
    let head = match &option.parted {
        Some(parts) => view! { <Parted parts=parts.clone() /> }.into_any(),
        None => {
            view! { <p class="way-head"><strong class="when">{when}</strong> " · " {lines}</p> }.into_any()
        }
    };
    let times = option.parted.is_none().then(|| step_times(language, &option.steps)).flatten();
    let facts = facts(language, &option, (held, &stands));
    let hint = hint(language, &option).map(|words| view! { <p class="hint">{words}</p> });
    let declined =
        option.declined.then(|| view! { <p class="note warn">{say!(language, conflict.was_declined)}</p> });
    let others = others(language, &option.moved);
    let blocked = blocked_words(language, &option);
    let blocked = blocked.map(|words| view! { <p class="note warn">{words}</p> });
    let form = (operates && blocked.is_none()).then(|| view! { <Take id option number words /> });
    view! {
        <li class="way">
            {title.map(|words| view! { <p>{words}</p> })}
            {head}
            {times}
            {declined}
            {blocked}
            <dl class="facts">{facts}</dl>
            {others}
            {hint}
            {form}
        </li>
    }
    .into_any()
}

/// Why it can't be taken: what can't has no button.
pub(super) fn blocked_words(language: Language, option: &OptionView) -> Option<String> {
    let why = refusal(language, option.blocked.as_ref()?);
    Some(say!(language, conflict.blocked, why = why).to_string())
}

/// Whose campaigns move for it, from where to where, and what that means.
fn others(language: Language, moved: &[OtherMoveView]) -> Option<AnyView> {
    if moved.is_empty() {
        return None;
    }
    let place = |steps: &[StepView]| {
        let start = steps.iter().map(|step| step.start).min();
        let end = steps.iter().map(|step| step.end).max();
        start.zip(end).map(|(start, end)| dated_span(language, start, end)).unwrap_or_default()
    };
    let items = moved
        .iter()
        .map(|one| {
            let href = use_link(&format!("/desk/requests/{}", one.booking));
            let lines = |steps: &[StepView]| steps.iter().map(|step| step.line).collect::<Vec<_>>();
            let names = one.to.iter().map(|step| text(language, &step.line_name)).collect::<Vec<_>>();
            let elsewhere = (lines(&one.from) != lines(&one.to)).then(|| format!(" · {}", names.join(" → ")));
            let how = if one.asked {
                say!(language, conflict.moves_if_agreed)
            } else {
                say!(language, conflict.moves_by_rule)
            };
            let changeover = length(language, one.changeover_minutes);
            let means = say!(
                language,
                conflict.moves_how,
                shift = shift(language, one.shift_minutes),
                changeover = changeover,
                how = how
            );
            view! {
                <li>
                    <a class="reference" href=href>{one.reference.clone()}</a>
                    " · "
                    {company(language, one.company.as_ref())}
                    " · "
                    {text(language, &one.offering_name)}
                    <br />
                    <span class="when">{place(&one.from)} " → " {place(&one.to)} {elsewhere}</span>
                    <br />
                    <span class="hint">{means.to_string()}</span>
                </li>
            }
        })
        .collect_view();
    Some(view! { <ul class="troubles">{items}</ul> }.into_any())
}

/// By how much it begins sooner or later.
pub(super) fn shift(language: Language, minutes: i64) -> String {
    let by = length(language, minutes.abs());
    match minutes {
        0 => say!(language, conflict.same_time).to_owned(),
        ..0 => say!(language, conflict.sooner, length = by).to_string(),
        _ => say!(language, conflict.later, length = by).to_string(),
    }
}

/// By how much all of it begins and ends sooner or later, both parts of one that is parted; before it is proposed, and
/// since. `None` where nothing stands.
pub(super) fn whole_shift(
    language: Language,
    (from, to, parted): (&[StepView], &[StepView], Option<&PartedView>),
) -> Option<String> {
    let to: Vec<&StepView> = match parted {
        Some(parts) => parts.stays.iter().chain(&parts.goes).collect(),
        None => to.iter().collect(),
    };
    let start = to.iter().map(|step| step.start).min()?.0 - from.iter().map(|step| step.start).min()?.0;
    let end = to.iter().map(|step| step.end).max()?.0 - from.iter().map(|step| step.end).max()?.0;
    let [begins, ends] = [start, end].map(|seconds| shift(language, seconds.div_euclid(60)));
    if start == end {
        return Some(begins);
    }
    Some(say!(language, conflict.begins_ends, start = begins, end = ends).to_string())
}

/// What it is, where the place alone doesn't say it.
pub(super) fn title(language: Language, option: &OptionView) -> Option<String> {
    let firm = option.company.as_ref().map(|name| text(language, name)).unwrap_or_default();
    if let Some(reference) = &option.reference {
        return Some(say!(language, conflict.neighbour, reference = reference.as_str()).to_string());
    }
    Some(match option.kind.as_str() {
        "part" => say!(language, conflict.part).to_owned(),
        "among" => say!(language, conflict.among).to_owned(),
        "give" => say!(language, conflict.give, firm = firm).to_string(),
        "elsewhere" => say!(language, conflict.elsewhere, firm = firm).to_string(),
        "room" => say!(language, conflict.room, firm = firm).to_string(),
        _ => return None,
    })
}

/// What follows from it.
pub(super) fn hint(language: Language, option: &OptionView) -> Option<String> {
    let turn = option.rank.map(|rank| {
        if rank == 1 {
            say!(language, conflict.give_next).to_owned()
        } else {
            say!(language, conflict.give_other, rank = rank).to_string()
        }
    });
    match option.kind.as_str() {
        "part" => Some(say!(language, conflict.part_hint).to_owned()),
        _ if option.beyond => Some(say!(language, conflict.beyond_hint).to_owned()),
        "give" | "elsewhere" | "room" => {
            let hint = say!(language, conflict.give_hint);
            Some(match turn {
                Some(turn) => say!(language, term.sentences, first = turn, second = hint).to_string(),
                None => hint.to_owned(),
            })
        }
        _ => None,
    }
}

pub(super) fn button(language: Language, option: &OptionView) -> &'static str {
    match option.kind.as_str() {
        "remove" => say!(language, desk.remove_cleaning),
        "give" | "elsewhere" => say!(language, conflict.hold_it),
        "room" if option.asks.is_empty() => say!(language, conflict.make_it),
        "room" => say!(language, conflict.ask_others),
        _ if option.asks.is_empty() => say!(language, conflict.do_it),
        _ if option.declined => say!(language, conflict.ask_again),
        _ if option.beyond => say!(language, conflict.ask_firm),
        _ => say!(language, conflict.ask_it),
    }
}

/// Who has to agree to it.
pub(super) fn agreement(language: Language, option: &OptionView) -> String {
    if option.asks.is_empty() {
        return say!(language, conflict.at_once).to_owned();
    }
    say!(language, conflict.asks, names = asked(language, option)).to_string()
}

fn asked(language: Language, option: &OptionView) -> String {
    let names = option.asks.iter().map(|name| text(language, name)).collect::<Vec<_>>();
    names.join(say!(language, campaign.and))
}

/// What it costs, and whom.
fn facts(language: Language, option: &OptionView, (held, stands): (Option<i64>, &[StepView])) -> AnyView {
    let OptionView { kind, shift_minutes, price_fen, fee_fen, changeover_minutes, moves, asks, .. } = option;
    let row = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let shift = match kind.as_str() {
        "give" | "room" => None,
        _ => {
            let moved = whole_shift(language, (stands, &option.steps, option.parted.as_ref()));
            let moved = moved.unwrap_or_else(|| shift(language, *shift_minutes));
            Some(row(say!(language, conflict.shift), moved))
        }
    };
    let today = yuan(*price_fen);
    let price = match held {
        Some(held) => view! {
            <div>
                <dt>{say!(language, conflict.price)}</dt>
                <dd>{yuan(held)} " " <span class="hint">{say!(language, conflict.today, price = today).to_string()}</span></dd>
            </div>
        }
        .into_any(),
        None => row(say!(language, offer.price), today).into_any(),
    };
    let changeover = row(say!(language, conflict.changeover), length(language, *changeover_minutes));
    let fee = held.map(|_| row(say!(language, conflict.fee), yuan(*fee_fen)));
    let who = match kind.as_str() {
        "give" | "elsewhere" => None,
        "room" => {
            let words = if asks.is_empty() {
                say!(language, conflict.room_rule, count = *moves).to_string()
            } else {
                let names = asked(language, option);
                say!(language, conflict.room_asks, count = *moves, names = names).to_string()
            };
            Some(row(say!(language, conflict.room_moves), words))
        }
        _ => Some(row(say!(language, conflict.who), agreement(language, option))),
    };
    view! { {shift} {changeover} {price} {fee} {who} }.into_any()
}

/// The button, with a reason before it where one is needed.
#[component]
pub(super) fn Take(id: String, option: OptionView, number: usize, words: &'static str) -> impl IntoView {
    let language = use_language();
    let why =
        if option.declined { say!(language, conflict.why_again) } else { say!(language, conflict.reason) };
    let reason = option.needs_reason.then(|| {
        let typed = use_typed::<ResolveConflict>()
            .filter(|typed| typed.get("option").as_deref() == Some(option.key.as_str()));
        let failure = use_failure::<ResolveConflict>().filter(|_| typed.is_some());
        let wrong = complaint_at(failure.as_ref(), "reason", why);
        let written = typed.and_then(|typed| typed.get("reason")).unwrap_or_default();
        let field = format!("why-{id}-{number}");
        let told = format!("{field}-problem");
        let described = wrong.is_some().then(|| told.clone());
        let class = if wrong.is_some() { "field wrong" } else { "field" };
        view! {
            <div class=class>
                <label for=field.clone()>{why}</label>
                <TextArea id=field name="reason" rows="2" text=written required=true described />
                {wrong.map(|words| view! { <p class="complaint" id=told>{words}</p> })}
            </div>
        }
    });
    view! {
        <form method="post" action=ResolveConflict::PATH>
            <Hidden id next=use_link("/desk/conflicts") />
            <input type="hidden" name="option" value=option.key />
            {reason}
            <button class="button small" type="submit">{words}</button>
        </form>
    }
}
