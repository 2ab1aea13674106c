//! Booking for a company that phoned, or for the platform's own production: a search of one's own platform, its state
//! in the address, then the choice of an offer with what the caller said. People's names and numbers are in no address.

use std::iter;

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::BookFor,
    backend::use_backend,
    components::{
        Ahead, BandField, CampaignFields, Field, Gmp, Post, Schedule, StageField, Step, Steps, complaint,
        complaint_in, offering_name,
    },
    contract::{Failure, NearestView, OfferView, OfferingView, OrganisationView},
    language,
    query::{self, CampaignDraft},
    request::{use_failure, use_language, use_link, use_typed},
    words::{self, HAZARDS, amount, end_moment, moment, say, text, yuan},
};

/// Who the campaign is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// Name or credit code; empty: own production.
    pub company: String,
    pub product_code: String,
}

#[component]
pub fn BookForm(
    caller: Caller,
    draft: CampaignDraft,
    failure: Option<Failure>,
    offerings: Vec<OfferingView>,
    clients: Vec<OrganisationView>,
    /// How many companies wait to be verified.
    waiting: u32,
    /// The line whose offers come first.
    line: Option<Uuid>,
) -> impl IntoView {
    let language = use_language();
    let [company_wrong, code_wrong, gmp_wrong, stage_wrong, band_wrong] =
        ["company", "product_code", "gmp", "stage", "oeb"].map(|field| complaint(failure.as_ref(), field));
    let known = clients
        .into_iter()
        .filter_map(|client| Some((client.credit_code?, text(language, &client.name))))
        .map(|(code, name)| view! { <option value=name>{code}</option> })
        .collect_view();
    let waits = match waiting {
        0 => None,
        1 => Some(say!(language, desk.unverified_wait_one).to_owned()),
        count => Some(say!(language, desk.unverified_wait, count = count).to_string()),
    };
    let waits = waits.map(|words| {
        let verify = say!(language, desk.verify_companies);
        view! { <p class="hint">{words} " " <a href=use_link("/desk/companies")>{verify}</a></p> }
    });
    let line = line.map(|id| view! { <input type="hidden" name="line" value=id.to_string() /> });
    let gmp = draft.gmp == "true";
    let ticked = draft.hazards.clone();
    let hazards = HAZARDS
        .into_iter()
        .map(|tag| {
            let checked = ticked.split(',').any(|held| held == tag);
            view! {
                <label class="tick">
                    <input type="checkbox" name="hazards" value=tag checked=checked />
                    {words::hazard(language, tag)}
                </label>
            }
        })
        .collect_view();
    view! {
        <form class="panel book-form" data-results="found" method="get" action=use_link("/desk/book") aria-label=say!(language, desk.book)>
            <fieldset>
                <legend>{say!(language, desk.for_whom)}</legend>
                <div class="fields">
                    <Field id="company" label=say!(language, desk.client) hint=say!(language, desk.client_hint) complaint=company_wrong>
                        <input id="company" name="company" list="clients" autocomplete="off" value=caller.company aria-describedby="company-hint company-problem" />
                        <datalist id="clients">{known}</datalist>
                    </Field>
                    <Field id="product_code" label=say!(language, offer.product_code) complaint=code_wrong>
                        <input id="product_code" name="product_code" autocomplete="off" value=caller.product_code aria-describedby="product_code-problem" />
                    </Field>
                </div>
                {waits}
            </fieldset>
            <fieldset>
                <legend>{say!(language, desk.campaign)}</legend>
                <div class="fields">
                    <CampaignFields draft=draft.clone() failure offerings />
                    <StageField chosen=draft.stage complaint=stage_wrong />
                    <BandField chosen=draft.oeb complaint=band_wrong />
                    <Gmp chosen=gmp complaint=gmp_wrong />
                </div>
                <details class="act-more" open=!ticked.is_empty()>
                    <summary>{say!(language, search.hazards)}</summary>
                    <div class="ticks">{hazards}</div>
                </details>
            </fieldset>
            {line}
            <button class="button" type="submit">{say!(language, desk.find)}</button>
        </form>
    }
}

/// What fits, each to be booked with one click, and what is booked then. `search` is the search as parameters, `client`
/// the company as it is registered.
#[component]
pub fn BookOffers(
    caller: Caller,
    client: Option<OrganisationView>,
    search: String,
    /// Under what they have in common, if anything.
    offers: Vec<(Option<String>, Vec<OfferView>)>,
    /// Where nothing fits, what is nearest to the window.
    nearest: Vec<NearestView>,
) -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<BookFor>();
    let own = client.is_none();
    let order = if own { say!(language, desk.own_order_number) } else { say!(language, desk.order_number) };
    let named = [("order_number", order), ("contact_name", say!(language, desk.contact_name))];
    let complaint = move |field: &str| complaint_in(failure.as_ref(), field, &named);
    let typed = use_typed::<BookFor>().unwrap_or_default();
    let [contact_name, contact_phone, order_number, remark, ahead] =
        ["contact_name", "contact_phone", "order_number", "remark", "ahead"]
            .map(|name| typed.get(name).unwrap_or_default());
    let told = if own { say!(language, desk.own_details) } else { say!(language, desk.what_they_said) };
    // Nobody phones for the platform's own production.
    let reached = (!own).then(|| {
        view! {
            <Field id="contact_name" label=say!(language, desk.contact_name) complaint=complaint("contact_name")>
                <input id="contact_name" name="contact_name" autocomplete="off" value=contact_name aria-describedby="contact_name-problem" />
            </Field>
            <Field id="contact_phone" label=say!(language, desk.contact_phone) complaint=complaint("contact_phone")>
                <input id="contact_phone" name="contact_phone" type="tel" autocomplete="off" value=contact_phone aria-describedby="contact_phone-problem" />
            </Field>
        }
    });
    let whom = client.map_or_else(
        || say!(language, desk.own_production).to_owned(),
        |client| text(language, &client.name),
    );
    let campaign = query::parse(&search).map(|query| {
        format!(
            "{} · {} × {}",
            offering_name(language, &query.offering),
            amount(language, &query.batch_size, &query.unit),
            query.batches
        )
    });
    let product = Some(caller.product_code.clone()).filter(|code| !code.is_empty());
    let booked = iter::once(whom).chain(campaign).chain(product).collect::<Vec<_>>().join(" · ");
    let cards = offers
        .into_iter()
        .map(|(common, offers)| {
            let common = common.map(|words| view! { <h3>{words}</h3> });
            let cards = offers
                .into_iter()
                .map(|offer| {
                    let value = offer.key.clone();
                    view! { <BookOffer offer name="offer" value own /> }
                })
                .collect_view();
            view! { {common} {cards} }
        })
        .collect_view();
    let heading = (!nearest.is_empty()).then(|| view! { <h3>{say!(language, find.nearest)}</h3> });
    let beyond = nearest
        .into_iter()
        .zip(1..)
        .map(|(NearestView { query, offer }, rank)| {
            let value = query::write_with(&query, &offer.key);
            let offer = OfferView { rank, ..offer };
            view! { <BookOffer offer name="nearest" value own /> }
        })
        .collect_view();
    let booked = say!(language, desk.booked_is, what = booked).to_string();
    view! {
        <p class="note warn" role="alert" data-outdated hidden>{say!(language, desk.outdated)}</p>
        <p>{booked}</p>
        <Post class="book-offers" to=BookFor::PATH>
            // Enter in a field would book the first offer: the first button of a form is the one that it presses.
            <button type="submit" disabled hidden></button>
            <input type="hidden" name="search" value=search />
            <input type="hidden" name="company" value=caller.company />
            <input type="hidden" name="product_code" value=caller.product_code />
            <input type="hidden" name="key" value=use_backend().form_key() />
            <input type="hidden" name="language" value=language::segment(language) />
            <fieldset class="panel">
                <legend>{told}</legend>
                <div class="fields">
                    {reached}
                    <Field id="order_number" label=order complaint=complaint("order_number")>
                        <input id="order_number" name="order_number" autocomplete="off" value=order_number aria-describedby="order_number-problem" />
                    </Field>
                    <Field id="remark" label=say!(language, desk.remark) complaint=complaint("remark")>
                        <input id="remark" name="remark" autocomplete="off" value=remark aria-describedby="remark-problem" />
                    </Field>
                </div>
                <Ahead id="ahead" value=ahead complaint=complaint("ahead") />
            </fieldset>
            {cards}
            {heading}
            {beyond}
        </Post>
    }
}

/// `name` and `value` are the field that says which one is booked, be it for the platform's `own` production.
#[component]
fn BookOffer(offer: OfferView, name: &'static str, value: String, own: bool) -> impl IntoView {
    let language = use_language();
    let price = (!own).then(|| {
        view! { <div class="price"><span class="price-sum">{yuan(offer.price_fen)}</span></div> }
    });
    let steps: Vec<Step> = offer.steps.iter().map(Step::from).collect();
    let start = steps.iter().map(|step| step.start).min();
    let end = steps.iter().map(|step| step.end).max();
    let when = start
        .zip(end)
        .map(|(start, end)| format!("{} → {}", moment(language, start), end_moment(language, end)));
    view! {
        <article class="offer">
            <header class="offer-head">
                <span class="rank">{offer.rank}</span>
                <div>
                    <h3 class="when">{when.clone()}</h3>
                </div>
                {price}
            </header>
            <Schedule steps=steps.clone() />
            <Steps steps />
            <div class="offer-foot">
                <button class="button" type="submit" name=name value=value>
                    {say!(language, desk.book_this)} <span class="sr">{when}</span>
                </button>
            </div>
        </article>
    }
}
