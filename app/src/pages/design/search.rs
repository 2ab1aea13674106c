//! Samples of what a search leads to: its form, the ways of holding what it finds for whoever reads it, and what there
//! is where that is taken or nothing is free.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{
    Part, both,
    deals::{PRICE, offer},
    sample,
    wrong::two_faults,
};
use crate::{
    answered::{Answered, Typed},
    api::Hold,
    backend::use_backend,
    components::{Conflict, HoldForm, Platforms, RoomForm, SearchForm, WaitForm},
    contract::{
        FieldProblem, Instant, InsteadView, OfferView, PlanTermsView, PlatformView, RefusalView,
        SplitPartView, SplitView, field,
    },
    query::{self, CampaignDraft},
    request::{Reader, use_here, use_language},
    words::say,
};

#[component]
pub fn Searches() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let query = sample::query(now);
    let platforms = vec![PlatformView {
        id: Uuid::nil(),
        code: String::new(),
        name: both(|language| say!(language, design.platform)),
        offerings: Vec::new(),
        illustrative: true,
    }];
    let draft = CampaignDraft::from(query.clone());
    let search = query::write(&query);
    let room = search.clone();
    view! {
        <Part id="search-form" name=say!(language, search.page)>
            <SearchForm draft=Some(draft) failure=two_faults() offerings=sample::offerings() platforms now />
        </Part>
        <Platforms platforms=vec![sample::platform()] offerings=sample::offerings() />
        <Part id="hold-forms" name=say!(language, design.holding)>
            <Holding reader=Reader(None) rank=1 />
            <Holding reader=sample::firm(false) rank=2 />
            <Holding reader=sample::firm(true) rank=3 />
            <Refused rank=4 />
        </Part>
        <Part id="conflicts" name=say!(language, design.conflict)>
            <Faster now search />
        </Part>
        <Part id="nothing-free" name=say!(language, design.asking)>
            <Provider value=sample::firm(true)>
                <RoomForm search=room />
                <WaitForm search=query />
            </Provider>
        </Part>
    }
}

/// The key of the offer of this rank.
fn key(rank: u32) -> String {
    format!("offer-{rank}")
}

/// The form that holds an offer, as `reader` sees it; or what stands there instead.
#[component]
fn Holding(reader: Reader, rank: u32) -> impl IntoView {
    let language = use_language();
    let plan = PlanTermsView { freeze_days: 14, percent: 8, price_fen: PRICE / 100 * 92 };
    view! {
        <Provider value=reader>
            <HoldForm search=String::new() offer=key(rank) rank words=say!(language, offer.hold) plan=Some(plan) />
        </Provider>
    }
}

/// The same that was refused.
#[component]
fn Refused(rank: u32) -> impl IntoView {
    let answered = Answered {
        form: Hold::PATH.to_owned(),
        here: use_here(),
        outcome: Err(field::invalid("product_code", FieldProblem::Taken)),
        typed: Typed::read(&format!("offer={}&product_code=ZS-1&flexible=true", key(rank))),
    };
    view! {
        <Provider value=answered>
            <Holding reader=sample::firm(true) rank />
        </Provider>
    }
}

/// What is offered to whoever came second: two runs, and others in one.
#[component]
fn Faster(now: Instant, search: String) -> impl IntoView {
    let part = |batches, rank| SplitPartView { batches, offer: offer(now, rank) };
    let split =
        SplitView { parts: vec![part(2, 1), part(1, 2)], price_fen: 2 * PRICE, cost_minutes: 4 * 1440 };
    let alternative = |rank, kind: &str, shift_minutes: i64, changeover_minutes: i64| {
        let cost_minutes = shift_minutes.abs() + changeover_minutes / 4;
        let kind = kind.to_owned();
        let instead = InsteadView { kind, shift_minutes, changeover_minutes, cost_minutes };
        OfferView { instead: Some(instead), ..offer(now, rank) }
    };
    let alternatives =
        vec![alternative(1, "later", 1440, 0), alternative(2, "another_platform", -2880, 26 * 60)];
    view! {
        <Provider value=sample::firm(true)>
            <Conflict reason=RefusalView::named("busy") alternatives split=Some(split) search taken=None />
        </Provider>
    }
}
