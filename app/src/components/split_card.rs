//! Two runs instead of one.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    hold_form::may_hold,
    line_strip::{LineStrips, Taken},
    post::{Once, Post},
    schedule::Schedule,
    steps::{Step, Steps},
    terms::Terms,
};
use crate::{
    api::HoldSplit,
    contract::{OfferView, SplitPartView, SplitView},
    request::{use_language, use_typed},
    words::{say, split_batches, split_runs, text, yuan},
};

/// The split of the search written as `search`, both runs on one strip, with one button that holds both.
#[component]
pub fn SplitCard(
    split: SplitView,
    search: String,
    #[prop(optional_no_strip)] taken: Option<Taken>,
) -> impl IntoView {
    let language = use_language();
    let why = split_runs(language, &split);
    let all: Vec<_> = split.parts.iter().flat_map(|part| part.offer.steps.clone()).collect();
    let picture = match taken {
        Some(taken) => view! { <LineStrips steps=all taken /> }.into_any(),
        None => view! { <Schedule steps=all.iter().map(Step::from).collect() /> }.into_any(),
    };
    let form = view! { <HoldSplitForm parts=split.parts.clone() search /> };
    let runs = split.parts.into_iter().map(|part| view! { <Run part /> }).collect_view();
    view! {
        <article class="offer two-runs" id="split" aria-labelledby="split-title">
            <header class="offer-head">
                <div>
                    <h3 id="split-title">{say!(language, offer.split.title)}</h3>
                    <p class="hint">{why}</p>
                </div>
                <div class="price">
                    <span class="price-sum">{yuan(split.price_fen)}</span>
                    <span class="price-note">{say!(language, offer.split.price_note)}</span>
                </div>
            </header>
            {picture}
            {runs}
            <footer class="offer-foot">
                {form}
            </footer>
        </article>
    }
}

/// One of the runs.
#[component]
fn Run(part: SplitPartView) -> impl IntoView {
    let language = use_language();
    let SplitPartView { batches, offer } = part;
    let OfferView { steps, price_fen, platform_name, terms, .. } = offer;
    let steps: Vec<Step> = steps.iter().map(Step::from).collect();
    let start = steps.iter().map(|step| step.start).min();
    let title = format!(
        "{} · {} · {}",
        split_batches(language, batches),
        text(language, &platform_name),
        yuan(price_fen)
    );
    view! {
        <section>
            <h4>{title}</h4>
            <Steps steps />
            <Terms terms price_fen start />
        </section>
    }
}

/// Holds both runs at once; both are of one product, which has to be named.
#[component]
fn HoldSplitForm(parts: Vec<SplitPartView>, search: String) -> impl IntoView {
    let language = use_language();
    if let Err(instead) = may_hold(language, &search) {
        return instead;
    }
    let code = use_typed::<HoldSplit>().and_then(|typed| typed.get("product_code")).unwrap_or_default();
    let [one, two] = parts.as_slice() else { return ().into_any() };
    let fields = [
        ("search", search),
        ("first", one.offer.key.clone()),
        ("first_batches", one.batches.to_string()),
        ("second", two.offer.key.clone()),
        ("second_batches", two.batches.to_string()),
    ];
    let fields =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <Post class="hold" to=HoldSplit::PATH>
            {fields.collect_view()}
            <Once />
            <div class="hold-product">
                <label for="product-code-split">{say!(language, offer.product_code)}</label>
                <input id="product-code-split" name="product_code" required maxlength="64" autocomplete="off" placeholder=say!(language, offer.split.product_hint) value=code />
            </div>
            <button class="button" type="submit">{say!(language, offer.split.hold)}</button>
        </Post>
    }
    .into_any()
}
