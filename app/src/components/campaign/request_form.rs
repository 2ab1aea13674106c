//! The request to the platform, in sections; a draft of it lives with the hold.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    details::rows,
    draft::{draft_of, field_name},
    draft_note::DraftNote,
};
use crate::{
    api::{SaveDraft, SendRequest},
    components::{self, Choice, Complaints, Field, Once, Post, TextArea},
    contract::{BookingView, Failure, RequestDetails},
    query,
    request::{use_failure, use_language, use_link, use_parameters, use_typed},
    words::{self, MARKETS, MOLECULES, STAGES, STORAGES, detail, say},
};

/// Why the form failed, as its parts are told.
#[derive(Clone, Debug)]
pub(super) struct Wrong(pub(super) Option<Failure>);

/// The fields that must be filled in before a request is sent.
const TO_SEND: &[&str] = &[
    "project",
    "product_code",
    "molecule",
    "strength",
    "container",
    "market",
    "storage",
    "materials_on",
    "confidentiality",
    "contact_name",
];

/// In which the form of what a platform has booked differs from that of a firm's own hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Booked {
    /// The fields without which it isn't approved but for a reason.
    pub(super) needed: &'static [&'static str],
    /// What its order's number is called where the platform's people fill it in; absent: its firm does.
    pub(super) order: Option<&'static str>,
}

#[component]
pub fn RequestForm(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let failed = use_failure::<SendRequest>().or_else(use_failure::<SaveDraft>);
    let typed = use_typed::<SendRequest>().or_else(use_typed::<SaveDraft>);
    let details = typed.map_or_else(|| booking.details.clone(), |typed| draft_of(&typed));
    provide_context(Wrong(failed.clone()));
    // Of a draft, what isn't wrong is saved all the same.
    let rest = matches!(use_failure::<SaveDraft>(), Some(Failure::Invalid { .. })).then(|| {
        view! { <p class="note good" role="status">{say!(language, request.rest_saved)}</p> }
    });
    let meanwhile = meanwhile(failed.as_ref(), &booking.details, &details);
    let summary = failed.map(|failure| view! { <Complaints failure /> });
    let saved = use_parameters().get("saved").filter(|_| summary.is_none()).map(|_| {
        view! { <p class="note good" role="status">{say!(language, campaign.saved)}</p> }
    });
    view! {
        <section class="request" id="request" aria-labelledby="request-title">
            <h2 id="request-title">{say!(language, request.title)}</h2>
            <p class="hint">{say!(language, request.lead)}</p>
            {summary}
            {meanwhile}
            {rest}
            {saved}
            <Post class="sections" to=SendRequest::PATH>
                <Fields booking=booking.clone() details />
                <div class="form-foot">
                    <div class="hint">
                        <p>{say!(language, request.send_text)}</p>
                        <DraftNote now=booking.now />
                    </div>
                    <button class="button quiet" type="submit" formaction=SaveDraft::PATH>
                        {say!(language, request.save)}
                    </button>
                    <button class="button" type="submit">{say!(language, request.send)}</button>
                </div>
            </Post>
        </section>
    }
}

/// What `details` are of, from which draft they were made, and all that is asked of them.
#[component]
pub(super) fn Fields(
    booking: BookingView,
    details: RequestDetails,
    #[prop(optional_no_strip)] booked: Option<Booked>,
) -> impl IntoView {
    let again = use_link(&format!("/{}", query::write(&query::again(&booking))));
    view! {
        <input type="hidden" name="id" value=booking.id.to_string() />
        <input type="hidden" name="known" value=booking.details.mark() />
        <input type="hidden" name="turn" value="0" />
        <Once />
        <Sections details named=booking.product_code searched=booking.stage again booked />
    }
}

/// What somebody else has saved, if that is why it failed.
pub(super) fn meanwhile(
    failed: Option<&Failure>,
    saved: &RequestDetails,
    typed: &RequestDetails,
) -> Option<AnyView> {
    let changed = matches!(failed, Some(Failure::Refused { refusal }) if refusal.reason == "draft_changed");
    let (saved, typed) = (saved.clone(), typed.clone());
    changed.then(|| view! { <Meanwhile saved typed /> }.into_any())
}

/// What somebody else has saved, where something else was typed.
#[component]
fn Meanwhile(saved: RequestDetails, typed: RequestDetails) -> impl IntoView {
    let language = use_language();
    let typed = rows(language, typed);
    let saved = rows(language, saved).into_iter().filter(|row| !typed.contains(row));
    let saved = saved
        .map(|(name, value)| {
            view! { <div><dt>{detail(language, name).unwrap_or(name)}</dt><dd>{value}</dd></div> }
        })
        .collect_view();
    view! {
        <div class="note warn">
            <p class="note-title">{say!(language, request.meanwhile)}</p>
            <dl class="facts">{saved}</dl>
        </div>
    }
}

/// `searched`: the stage that was searched for, or is taken for it where none was. `again`: where it is searched for
/// once more.
#[component]
fn Sections(
    details: RequestDetails,
    named: Option<String>,
    searched: String,
    again: String,
    booked: Option<Booked>,
) -> impl IntoView {
    let language = use_language();
    let needed = booked.map_or(TO_SEND, |booked| booked.needed);
    let needs = move |name: &str| needed.contains(&name);
    let order = booked.and_then(|booked| booked.order);
    // A firm reads what is asked of it; the platform's people what it is for.
    let [about, contact_name, order_number, remark] = match order {
        None => [
            say!(language, request.about.product),
            say!(language, request.hint.contact_name),
            say!(language, request.hint.order_number),
            say!(language, request.hint.remark),
        ],
        Some(_) => {
            ["", say!(language, request.hint.contact_name_desk), "", say!(language, request.hint.remark_desk)]
        }
    };
    let stage = if details.stage.is_empty() { searched } else { details.stage };
    // Set-up depends on the product, so that only another hold is of another one; what is booked stays as it is.
    let held = booked.is_none();
    let again = held.then(|| view! { " " <a href=again>{say!(language, request.product_search)}</a> });
    let (fixed, code_hint) = if held {
        (say!(language, request.hint.product_fixed), say!(language, request.hint.product_code))
    } else {
        (say!(language, request.hint.product_booked), say!(language, request.hint.product_code_booked))
    };
    let product = match named {
        Some(code) => view! {
            <div class="field">
                <span class="label">{say!(language, request.field.product_code)}</span>
                <output>{code}</output>
                <p class="hint">{fixed} {again}</p>
            </div>
        }
        .into_any(),
        None => view! {
            <div>
                <Text name="product_code" value=details.product_code needed=needs("product_code") hint=code_hint />
                {again.map(|again| view! { <p class="hint">{again}</p> })}
            </div>
        }
        .into_any(),
    };
    view! {
        <Section title=say!(language, request.section.product) about>
            <Text name="project" value=details.project needed=needs("project") hint=say!(language, request.hint.project) />
            {product}
            <Select name="stage" value=stage needed=false names=&STAGES words=words::stage hint=say!(language, request.hint.stage) />
            <Select name="molecule" value=details.molecule needed=needs("molecule") names=&MOLECULES words=words::molecule hint=say!(language, request.hint.molecule) />
            <Text name="strength" value=details.strength needed=needs("strength") hint=say!(language, request.hint.strength) />
        </Section>
        <Section title=say!(language, request.section.package)>
            <Text name="container" value=details.container needed=needs("container") hint=say!(language, request.hint.container) />
            <Text name="fill" value=details.fill hint=say!(language, request.hint.fill) />
            <Markets chosen=details.market needed=needs("market") />
        </Section>
        <Section title=say!(language, request.section.hazard) about=say!(language, request.about.hazard)>
            <Text name="oel" value=details.oel mode="decimal" hint=say!(language, request.hint.oel) />
            <Text name="pde" value=details.pde mode="decimal" hint=say!(language, request.hint.pde) />
        </Section>
        <Section title=say!(language, request.section.material)>
            <Select name="storage" value=details.storage needed=needs("storage") names=&STORAGES words=words::storage hint=say!(language, request.hint.storage) />
            <Text name="materials_on" value=details.materials_on needed=needs("materials_on") kind="date" hint=say!(language, request.hint.materials_on) />
        </Section>
        <Section title=say!(language, request.section.licence) about=say!(language, request.about.licence)>
            <Text name="controlled_licence" value=details.controlled_licence hint=say!(language, request.hint.controlled_licence) />
            <Text name="genetic_licence" value=details.genetic_licence hint=say!(language, request.hint.genetic_licence) />
            <Text name="biosafety_licence" value=details.biosafety_licence hint=say!(language, request.hint.biosafety_licence) />
        </Section>
        <Section title=say!(language, request.section.agreement)>
            <Tick name="confidentiality" ticked=details.confidentiality needed=needs("confidentiality") hint=say!(language, request.hint.confidentiality) />
            <Tick name="quality" ticked=details.quality needed=needs("quality") hint=say!(language, request.hint.quality) />
        </Section>
        <Section title=say!(language, request.section.contact) about=say!(language, request.about.contact)>
            <Text name="contact_name" value=details.contact_name needed=needs("contact_name") complete="name" hint=contact_name />
            <Text name="contact_phone" value=details.contact_phone kind="tel" complete="tel" hint=say!(language, request.hint.contact_phone) />
            <Text name="contact_email" value=details.contact_email mode="email" complete="email" hint=say!(language, request.hint.contact_email) />
        </Section>
        <Section title=say!(language, request.section.more)>
            <Text name="order_number" value=details.order_number called=order hint=order_number />
            <Remark value=details.remark hint=remark />
        </Section>
    }
}

#[component]
fn Section(title: &'static str, #[prop(optional)] about: &'static str, children: Children) -> impl IntoView {
    let about = (!about.is_empty()).then(|| view! { <p class="hint">{about}</p> });
    view! {
        <fieldset class="section">
            <legend>{title}</legend>
            {about}
            <div class="section-fields">{children()}</div>
        </fieldset>
    }
}

fn complaint(name: &str) -> Option<String> {
    let Wrong(failure) = use_context()?;
    components::complaint(failure.as_ref(), name)
}

fn label(name: &'static str, needed: bool) -> String {
    let words = detail(use_language(), name).unwrap_or(name);
    if needed { format!("{words} *") } else { words.to_owned() }
}

/// The ids of what describes the field.
fn described(name: &str, hint: &str, wrong: bool) -> Option<String> {
    match (hint.is_empty(), wrong) {
        (true, false) => None,
        (true, true) => Some(format!("{name}-problem")),
        (false, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-hint {name}-problem")),
    }
}

#[component]
fn Text(
    name: &'static str,
    value: String,
    #[prop(optional)] needed: bool,
    #[prop(optional)] hint: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] mode: Option<&'static str>,
    #[prop(default = "off")] complete: &'static str,
    /// What it is called, if not as everywhere.
    #[prop(optional_no_strip)]
    called: Option<&'static str>,
) -> impl IntoView {
    let complaint = complaint(name);
    let wrong = complaint.is_some();
    let label = called.map_or_else(|| label(name, needed), str::to_owned);
    view! {
        <Field id=name label=label hint=hint complaint=complaint>
            <input
                id=name
                name=field_name(name)
                type=kind
                inputmode=mode
                value=value
                autocomplete=complete
                aria-required=needed.then_some("true")
                aria-describedby=described(name, hint, wrong)
            />
        </Field>
    }
}

#[component]
fn Remark(value: String, hint: &'static str) -> impl IntoView {
    let complaint = complaint("remark");
    let wrong = complaint.is_some();
    view! {
        <Field id="remark" label=label("remark", false) hint=hint complaint=complaint>
            <TextArea id="remark" name=field_name("remark") rows="4" text=value described=described("remark", hint, wrong) />
        </Field>
    }
}

#[component]
fn Select(
    name: &'static str,
    value: String,
    needed: bool,
    names: &'static [&'static str],
    words: fn(crate::language::Language, &str) -> String,
    hint: &'static str,
) -> impl IntoView {
    let language = use_language();
    let complaint = complaint(name);
    let wrong = complaint.is_some();
    let options = names
        .iter()
        .map(|known| view! { <Choice value=*known words=words(language, known) chosen=*known == value /> })
        .collect_view();
    view! {
        <Field id=name label=label(name, needed) hint=hint complaint=complaint>
            <select
                id=name
                name=field_name(name)
                aria-required=needed.then_some("true")
                aria-describedby=described(name, hint, wrong)
            >
                <Choice value="" words=say!(language, request.choose) chosen=value.is_empty() />
                {options}
            </select>
        </Field>
    }
}

#[component]
fn Tick(name: &'static str, ticked: bool, needed: bool, hint: &'static str) -> impl IntoView {
    let complaint = complaint(name);
    let class = if complaint.is_some() { "field wrong" } else { "field" };
    let about = described(name, hint, complaint.is_some());
    view! {
        <div class=class>
            <label class="tick" for=name>
                <input id=name type="checkbox" name=field_name(name) value="true" checked=ticked aria-describedby=about />
                {label(name, needed)}
            </label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            {complaint.map(|words| view! { <p class="complaint" id=format!("{name}-problem")>{words}</p> })}
        </div>
    }
}

#[component]
fn Markets(chosen: String, needed: bool) -> impl IntoView {
    let language = use_language();
    let complaint = complaint("market");
    let class = if complaint.is_some() { "field wide wrong" } else { "field wide" };
    let boxes = MARKETS
        .into_iter()
        .map(|market| {
            let ticked = chosen.split(',').any(|known| known == market);
            view! {
                <label class="tick">
                    <input type="checkbox" name="markets[]" value=market checked=ticked />
                    {words::markets(language, market)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=class id="market" tabindex="-1" aria-describedby="market-problem">
            <legend>{label("market", needed)}</legend>
            <div class="ticks">{boxes}</div>
            {complaint.map(|words| view! { <p class="complaint" id="market-problem">{words}</p> })}
        </fieldset>
    }
}
