//! Opening a call: what is published and can't be changed afterwards, which is looked at first.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    answered::{FOR, Typed},
    api::OpenCall,
    components::{CallFacts, Complaints, Field, Once, Post, TextArea, complaint_in},
    contract::{CallView, Failure, TextView},
    query::CallDraft,
    request::use_language,
    words::{say, text},
};

/// Fields that are sent anew where what was looked at is opened.
const ANEW: [&str; 5] = ["key", "look", "lines[]", "all_lines", FOR];

/// What every firm would read of `call`, and the button that opens just that. `sent` is what was typed.
#[component]
pub fn CallForeseen(call: CallView, sent: Typed) -> impl IntoView {
    let language = use_language();
    let lines: Vec<String> = call.lines.iter().map(|line| line.id.to_string()).collect();
    let again = sent.again().filter(|(name, _)| !ANEW.contains(&name.as_str()));
    let lines = lines.into_iter().map(|id| ("lines[]".to_owned(), id));
    let fields = again
        .chain(lines)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <section class="foreseen" aria-labelledby="foreseen">
            <h2 id="foreseen">{say!(language, round.foreseen)}</h2>
            <p class="hint">{say!(language, round.foreseen_hint)}</p>
            <p><strong>{call.title.clone()}</strong></p>
            <CallFacts call />
            <Post class="act" to=OpenCall::PATH>
                <Once />
                {fields}
                <button class="button" type="submit">{say!(language, round.open)}</button>
            </Post>
        </section>
    }
}

#[component]
pub fn CallForm(draft: CallDraft, lines: Vec<(Uuid, TextView)>, failure: Option<Failure>) -> impl IntoView {
    let language = use_language();
    // Its days aren't a search's.
    let named = vec![("from", say!(language, round.from)), ("to", say!(language, round.to))];
    let note = failure.clone().map(|failure| view! { <Complaints failure named=named.clone() /> });
    let complaint = move |field: &str| complaint_in(failure.as_ref(), field, &named);
    let [opens_at_wrong, closes_at_wrong, result_by_wrong] =
        ["opens_at", "closes_at", "result_by"].map(|name| complaint(name).map(|_| "true"));
    let chosen = draft.lines.clone();
    let boxes = lines
        .into_iter()
        .map(|(id, name)| {
            view! {
                <label class="tick">
                    <input type="checkbox" name="lines[]" value=id.to_string() checked=chosen.contains(&id) />
                    {text(language, &name)}
                </label>
            }
        })
        .collect_view();
    // Who has to choose reads what each does; with its figures it is read once they are known.
    let rules = [
        ("first_come", say!(language, round.first_come), say!(language, round.first_come_text)),
        ("score_with_ageing", say!(language, round.score_with_ageing), say!(language, round.score_hint)),
        ("shares", say!(language, round.shares), say!(language, round.shares_hint)),
        ("lottery", say!(language, round.lottery), say!(language, round.lottery_hint)),
    ];
    let rules = rules
        .into_iter()
        .map(|(name, words, what)| {
            let checked = draft.rule == name;
            view! {
                <label class="tick">
                    <input type="radio" name="rule" value=name checked=checked required />
                    <span><strong>{words}</strong> " " <span class="hint">{what}</span></span>
                </label>
            }
        })
        .collect_view();
    let lines_wrong =
        complaint("lines").map(|words| view! { <p class="complaint" id="lines-problem">{words}</p> });
    let rule_wrong =
        complaint("rule").map(|words| view! { <p class="complaint" id="rule-problem">{words}</p> });
    let [hold_days, per_call, per_firm, reserved] =
        ["hold_days", "per_call", "per_firm", "reserved"].map(&complaint);
    let described = Some("criteria-hint criteria-problem".to_owned());
    view! {
        {note}
        <Post class="panel book-form" to=OpenCall::PATH>
            <Once />
            <div class="fields">
                <Field id="title" label=say!(language, round.title) hint=say!(language, round.title_hint) complaint=complaint("title")>
                    <input id="title" name="title" required autocomplete="off" value=draft.title aria-describedby="title-hint title-problem" />
                </Field>
                <Field id="from" label=say!(language, round.from) complaint=complaint("from")>
                    <input id="from" name="from" type="date" required value=draft.from aria-describedby="from-problem" />
                </Field>
                <Field id="to" label=say!(language, round.to) complaint=complaint("to")>
                    <input id="to" name="to" type="date" required value=draft.to aria-describedby="to-problem" />
                </Field>
                <Field id="opens_at" label=say!(language, round.opens) hint=say!(language, round.opens_hint) complaint=complaint("opens_at") joined=true>
                    <input id="opens_at" aria-invalid=opens_at_wrong name="opens_at" type="date" value=draft.opens_at aria-describedby="opens_at-hint opens_at-problem" />
                    <input name="opens_time" type="time" value=draft.opens_time aria-label=say!(language, round.time) />
                </Field>
                <Field id="closes_at" label=say!(language, round.closes) hint=say!(language, round.closes_hint) complaint=complaint("closes_at") joined=true>
                    <input id="closes_at" aria-invalid=closes_at_wrong name="closes_at" type="date" required value=draft.closes_at aria-describedby="closes_at-hint closes_at-problem" />
                    <input name="closes_time" type="time" required value=draft.closes_time aria-label=say!(language, round.time) />
                </Field>
                <Field id="result_by" label=say!(language, round.result_by) hint=say!(language, round.result_hint) complaint=complaint("result_by") joined=true>
                    <input id="result_by" aria-invalid=result_by_wrong name="result_by" type="date" value=draft.result_by aria-describedby="result_by-hint result_by-problem" />
                    <input name="result_time" type="time" value=draft.result_time aria-label=say!(language, round.time) />
                </Field>
                <Number id="hold_days" label=say!(language, round.hold_days) value=draft.hold_days most="60" complaint=hold_days />
            </div>
            <fieldset id="lines" aria-describedby="lines-problem">
                <legend>{say!(language, round.lines)}</legend>
                <p class="hint">{say!(language, round.lines_hint)}</p>
                <label class="tick">
                    <input type="checkbox" name="all_lines" value="true" checked=draft.all_lines />
                    {say!(language, round.all_lines)}
                </label>
                <div class="ticks">{boxes}</div>
                {lines_wrong}
            </fieldset>
            <fieldset id="rule" aria-describedby="rule-problem">
                <legend>{say!(language, round.rule)}</legend>
                <div class="places">{rules}</div>
                {rule_wrong}
                <div class="fields">
                    <Number id="per_call" label=say!(language, round.per_call) value=draft.per_call most="100" complaint=per_call />
                    <Number id="per_firm" label=say!(language, round.per_firm) value=draft.per_firm most="100" complaint=per_firm />
                    <Number id="reserved" label=say!(language, round.reserved) value=draft.reserved most="100" complaint=reserved />
                </div>
                <Field id="criteria" label=say!(language, round.criteria) hint=say!(language, round.criteria_hint) complaint=complaint("criteria")>
                    <TextArea id="criteria" name="criteria" rows="3" text=draft.criteria described />
                </Field>
            </fieldset>
            <button class="button" type="submit" name="look" value="true">{say!(language, round.look)}</button>
        </Post>
    }
}

#[component]
fn Number(
    id: &'static str,
    label: &'static str,
    value: String,
    most: &'static str,
    complaint: Option<String>,
) -> impl IntoView {
    view! {
        <Field id label complaint>
            <input id=id name=id type="number" min="0" max=most value=value aria-describedby=format!("{id}-problem") />
        </Field>
    }
}
