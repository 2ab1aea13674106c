//! A draft on the desk: the lines with what it would put on them, its wishes, and what may be changed.

use domain::calendar::DAY;
use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{Hidden, decide_form::decide_words, queue::Dense};
use crate::{
    api::{AdjustWish, ScoreWishes},
    components::{
        Decided, Field, Key, LaneNames, LanesInWords, LongWork, StripLane, StripLanes, TextArea, complaint,
        round::windows, waiting::waited, whole_code,
    },
    contract::{BusyView, CallView, Failure, Instant, WishFirm, WishPlace, WishView, field},
    language::Language,
    request::{use_failure, use_language, use_link, use_typed},
    words::{dated_span, grade, moment, problem_at, say, size, stage, text},
};

/// A lane a line over the call's period: what was booked before, and what the draft adds.
#[component]
pub fn DraftStrips(call: CallView, wishes: Vec<WishView>, busy: Vec<Vec<BusyView>>) -> impl IntoView {
    let language = use_language();
    let midnight = |day: &str| field::plant_day("from", day).ok().map(field::midnight);
    let (Some(from), Some(last)) = (midnight(&call.from), midnight(&call.to)) else { return ().into_any() };
    let (from, to) = (Instant::from_minute(from), Instant::from_minute(last + DAY));
    let lanes: Vec<StripLane> = call
        .lines
        .iter()
        .zip(busy)
        .map(|(line, busy)| {
            let steps =
                wishes.iter().filter_map(|wish| wish.result.as_ref()).flat_map(|result| &result.steps);
            let own: Vec<_> =
                steps.filter(|step| step.line == line.id).map(|step| (step.start, step.end)).collect();
            let busy = busy.iter().map(|piece| (piece.start, piece.end)).collect();
            StripLane { name: text(language, &line.name), busy, own, ..StripLane::default() }
        })
        .collect();
    let names = LaneNames {
        own: say!(language, round.draft_this),
        taken: say!(language, round.draft_taken),
        free: say!(language, find.free),
    };
    view! {
        <LanesInWords lanes=lanes.clone() from to names />
        <StripLanes lanes from to>
            <Key class="bar" words=say!(language, round.draft_this) />
            <Key class="busy" words=say!(language, round.draft_taken) />
            <Key class="track" words=say!(language, find.free) />
        </StripLanes>
    }
    .into_any()
}

/// All wishes of a call, with what points are given by, and what becomes of each where that is decided. The platform
/// has made so many `changes` of the draft.
#[component]
pub fn CallWishes(call: CallView, wishes: Vec<WishView>, changes: u32) -> impl IntoView {
    let language = use_language();
    let counts = call.counts_points();
    let (scores, adjusts) = (call.may("score") && counts, call.may("adjust"));
    let decided = wishes.iter().any(|wish| wish.result.is_some());
    let unscored = (scores && wishes.iter().any(|wish| wish.points.is_none()))
        .then(|| view! { <p class="note warn">{say!(language, round.unscored)}</p> });
    let mut heads = vec![
        say!(language, round.firm),
        say!(language, round.rank),
        say!(language, round.what),
        say!(language, search.stage),
        say!(language, round.windows),
        say!(language, round.asked),
    ];
    if counts {
        heads.push(say!(language, round.points));
    }
    if decided {
        heads.push(say!(language, round.result));
    }
    let points = say!(language, round.points);
    let next = use_link(&format!("/desk/calls/{}#wished", call.id));
    let rows = wishes
        .into_iter()
        .map(|wish| {
            let all = windows(language, &wish);
            let count = all.len();
            let all = all.into_iter().map(|window| view! { <li>{window}</li> }).collect_view();
            let cell = counts.then(|| {
                let given = view! { <Points wish=wish.clone() scores /> };
                view! { <td data-label=points>{given}</td> }
            });
            let result = wish.result.clone().map(|result| {
                let href = use_link(&format!("/desk/calls/{}?wish={}#adjust", call.id, wish.id));
                let adjust = adjusts.then(|| {
                    view! { <p><a class="button small quiet" href=href>{say!(language, round.adjust)}</a></p> }
                });
                view! {
                    <td data-label=say!(language, round.result)>
                        <Decided result desk=true points=counts windows=count />
                        {adjust}
                    </td>
                }
            });
            let product = wish.product_code.clone().map(|code| view! { " · " {whole_code(code)} });
            let name = wish.company.as_ref().map(|name| text(language, name));
            let firm = wish.firm.as_ref().map(|firm| firm_words(language, firm));
            let firm = firm.map(|words| view! { " " <span class="hint">{words}</span> });
            let stage_name = stage(language, wish.query.stage.as_deref().unwrap_or("unstated"));
            let graded = grade(language, wish.query.gmp);
            view! {
                <tr>
                    <th scope="row">{name} {firm}</th>
                    <td data-label=say!(language, round.rank)>{wish.rank}</td>
                    <td data-label=say!(language, round.what)>
                        {text(language, &wish.offering_name)}
                        " "
                        <span class="hint"><span class="whole">{waited(language, &wish.query)}</span> {product}</span>
                    </td>
                    <td data-label=say!(language, search.stage)>{stage_name} " · " {graded}</td>
                    <td class="when" data-label=say!(language, round.windows)><ol class="windows">{all}</ol></td>
                    <td class="when" data-label=say!(language, round.asked)>{moment(language, wish.asked_at)}</td>
                    {cell}
                    {result}
                </tr>
            }
        })
        .collect_view();
    let table = view! { <Dense id="wishes-head" heads>{rows}</Dense> };
    if !scores {
        return table.into_any();
    }
    let agreed = lost(language, changes);
    // One form for both: whoever decides at once has what is typed above decided by.
    let decide = call.may("draft").then(|| {
        let (class, words) = decide_words(language, call.state == "drafted");
        view! {
            <p class="hint">{say!(language, round.decide_text)} " " {say!(language, round.points_first)}</p>
            <button class=class type="submit" name="deed" value="decide">{words}</button>
            <LongWork words=say!(language, round.deciding) />
        }
    });
    view! {
        {unscored}
        <form class="scores" method="post" action=ScoreWishes::PATH>
            <Hidden id=call.id.to_string() next />
            {table}
            {agreed}
            <button class="button quiet" type="submit">{say!(language, round.points_save)}</button>
            {decide}
        </form>
    }
    .into_any()
}

/// What points may be given by, of the firm itself.
fn firm_words(language: Language, firm: &WishFirm) -> String {
    let size = match &firm.size {
        Some(name) => size(language, name),
        None => say!(language, round.size_unstated).to_owned(),
    };
    let first =
        if firm.first_use { say!(language, round.first_use) } else { say!(language, round.used_before) };
    format!("{size} · {first}")
}

/// That so many `changes` of the draft go with other points, to be agreed to. What a colleague changes meanwhile isn't
/// agreed to by it: the number goes along.
fn lost(language: Language, changes: u32) -> Option<AnyView> {
    let words = match changes {
        0 => return None,
        1 => say!(language, round.points_discard_one).to_owned(),
        count => say!(language, round.points_discard, count = count).to_string(),
    };
    let tick = view! {
        <label class="tick">
            <input type="checkbox" name="discard" value=changes.to_string() required />
            {words}
        </label>
    };
    Some(tick.into_any())
}

/// The points of a wish, to be given where that is possible.
#[component]
fn Points(wish: WishView, scores: bool) -> impl IntoView {
    let language = use_language();
    let given = wish.points.map(|points| points.to_string());
    if !scores {
        return given.into_any();
    }
    let (name, was) = (format!("points[w{}]", wish.id), format!("was[w{}]", wish.id));
    let typed = use_typed::<ScoreWishes>();
    let kept = |name: &str| typed.as_ref().and_then(|typed| typed.get(name));
    let (value, before) = (kept(&name).or_else(|| given.clone()), kept(&was).or(given));
    let label = say!(language, round.points);
    let field = format!("w{}.points", wish.id);
    let complaint = match use_failure::<ScoreWishes>() {
        Some(Failure::Invalid { faults }) => {
            faults.iter().find(|fault| fault.field == field).map(|fault| problem_at(language, fault, label))
        }
        _ => None,
    };
    let told = format!("points-{}-problem", wish.id);
    let invalid = complaint.is_some().then_some("true");
    let described = complaint.is_some().then(|| told.clone());
    let of = wish.company.as_ref().map(|name| text(language, name)).unwrap_or_default();
    view! {
        <input name=name type="number" min="0" max="100" value=value.unwrap_or_default() aria-label=format!("{label} · {of}") aria-invalid=invalid aria-describedby=described />
        <input type="hidden" name=was value=before.unwrap_or_default() />
        {complaint.map(|words| view! { <p class="complaint" id=told>{words}</p> })}
    }
    .into_any()
}

/// Putting one wish elsewhere, or taking it out.
#[component]
pub fn Adjusting(call: Uuid, wish: WishView, places: Vec<WishPlace>) -> impl IntoView {
    let language = use_language();
    let next = use_link(&format!("/desk/calls/{call}#draft"));
    let failure = use_failure::<AdjustWish>();
    let complaint = complaint(failure.as_ref(), "reason");
    let typed = use_typed::<AdjustWish>();
    let written = typed.as_ref().and_then(|typed| typed.get("reason")).unwrap_or_default();
    let wanted = typed.and_then(|typed| typed.get("place"));
    let placed = wish.result.as_ref().is_some_and(|result| !result.steps.is_empty());
    let some = !places.is_empty();
    let choices = places
        .into_iter()
        .enumerate()
        .map(|(number, place)| {
            let start = place.steps.iter().map(|step| step.start).min();
            let end = place.steps.iter().map(|step| step.end).max();
            let when = start.zip(end).map(|(start, end)| dated_span(language, start, end));
            let lines: Vec<String> = place.steps.iter().map(|step| text(language, &step.line_name)).collect();
            let checked = wanted.as_ref().map_or(number == 0, |wanted| *wanted == place.key);
            view! {
                <label class="tick">
                    <input type="radio" name="place" value=place.key checked=checked />
                    <span>
                        <span class="when">{when}</span>
                        " · "
                        {lines.join(say!(language, campaign.and))}
                    </span>
                </label>
            }
        })
        .collect_view();
    let company = wish.company.as_ref().map(|name| text(language, name));
    let put = some.then(|| {
        view! { <button class="button" type="submit" name="deed" value="put">{say!(language, round.put)}</button> }
    });
    let out = placed.then(|| {
        view! { <button class="button grave" type="submit" name="deed" value="take_out">{say!(language, round.take_out)}</button> }
    });
    let none = (!some).then(|| view! { <p>{say!(language, round.no_places)}</p> });
    let described = Some("adjust-reason-problem".to_owned());
    let head = view! {
        <h2 id="adjust">{say!(language, round.adjust_title)}</h2>
        <p><strong>{company}</strong> " · " {text(language, &wish.offering_name)} " · " {waited(language, &wish.query)}</p>
    };
    // Neither to be put anywhere nor to be taken out: there is nothing to give a reason for.
    if !some && !placed {
        return view! {
            <section class="panel" aria-labelledby="adjust">
                {head}
                {none}
                <p class="hint">{say!(language, round.no_places_hint)}</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="panel" aria-labelledby="adjust">
            {head}
            <p class="hint">{say!(language, round.adjust_text)}</p>
            <form class="adjusting" method="post" action=AdjustWish::PATH>
                <Hidden id=wish.id.to_string() next />
                <fieldset>
                    <legend>{say!(language, round.places)}</legend>
                    {none}
                    <div class="places">{choices}</div>
                </fieldset>
                <Field id="adjust-reason" label=say!(language, round.reason) complaint>
                    <TextArea id="adjust-reason" name="reason" rows="2" text=written required=true described />
                </Field>
                <div class="wish-foot">{put} {out}</div>
            </form>
        </section>
    }
    .into_any()
}
