//! Two runs instead of one.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    complaints::complaint,
    hold_form::may_hold,
    line_strip::{LineStrips, Taken},
    offer_card::waiting_between,
    plan_tick::{PlanTick, plan_days, plan_words},
    post::{Once, Post},
    schedule::Schedule,
    steps::{Step, Steps},
    terms::Terms,
};
use crate::{
    api::HoldSplit,
    contract::{OfferStepView, OfferView, PlanTermsView, SplitPartView, SplitView, TermsView, TextView},
    language::Language,
    request::{use_failure, use_language, use_typed},
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
    let all = on_lines(&split.parts);
    let picture = match taken {
        Some(taken) => view! { <LineStrips steps=all taken /> }.into_any(),
        None => view! { <Schedule steps=all.iter().map(Step::from).collect() /> }.into_any(),
    };
    let form = view! { <HoldSplitForm parts=split.parts.clone() search /> };
    // One run alone has no plan window.
    let plan = split.parts.iter().all(|part| part.offer.terms.plan.is_some());
    let runs = split.parts.into_iter().map(|part| view! { <Run part plan /> }).collect_view();
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

/// The steps of all runs for one picture: of several platforms, whose lines may have the same names, each line is
/// called by its platform's too.
fn on_lines(parts: &[SplitPartView]) -> Vec<OfferStepView> {
    let mut platforms = parts.iter().map(|part| part.offer.platform);
    let first = platforms.next();
    let several = platforms.any(|other| Some(other) != first);
    let named = |platform: &TextView, step: &OfferStepView| {
        let whole = |platform: &str, line: &str| format!("{platform} · {line}");
        let line_name = TextView {
            zh: whole(&platform.zh, &step.line_name.zh),
            en: whole(&platform.en, &step.line_name.en),
        };
        OfferStepView { line_name, ..step.clone() }
    };
    let steps = |part: &SplitPartView| -> Vec<OfferStepView> {
        let OfferView { platform_name, steps, .. } = &part.offer;
        if several { steps.iter().map(|step| named(platform_name, step)).collect() } else { steps.clone() }
    };
    parts.iter().flat_map(steps).collect()
}

/// One of the runs; `plan`: a plan window can be agreed to for both.
#[component]
fn Run(part: SplitPartView, plan: bool) -> impl IntoView {
    let language = use_language();
    let SplitPartView { batches, offer } = part;
    let OfferView { steps, price_fen, platform_name, terms, waiting_minutes, .. } = offer;
    let terms = TermsView { plan: terms.plan.filter(|_| plan), ..terms };
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
            <ul class="tags"><li class="tag">{waiting_between(language, waiting_minutes)}</li></ul>
            <Steps steps own=true />
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
    let typed = use_typed::<HoldSplit>().unwrap_or_default();
    let code = typed.get("product_code").unwrap_or_default();
    let checked = typed.get("flexible").is_some();
    let plan_wrong = complaint(use_failure::<HoldSplit>().as_ref(), "flexible");
    let complaint = complaint(use_failure::<HoldSplit>().as_ref(), "product_code");
    let wrong = complaint.is_some();
    let (invalid, described) = (wrong.then_some("true"), wrong.then_some("product-code-split-problem"));
    let [one, two] = parts.as_slice() else { return ().into_any() };
    let plan = plan(language, [&one.offer, &two.offer], &search)
        .map(|words| view! { <PlanTick id="flexible-split" words checked complaint=plan_wrong /> });
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
                <input id="product-code-split" name="product_code" required autocomplete="off" placeholder=say!(language, offer.split.product_hint) value=code aria-invalid=invalid aria-describedby=described />
                {complaint.map(|words| view! { <p class="complaint" id="product-code-split-problem">{words}</p> })}
            </div>
            {plan}
            <button class="button" type="submit">{say!(language, offer.split.hold)}</button>
        </Post>
    }
    .into_any()
}

/// What agreeing to the window of `search` as a plan window changes for both runs, where both can have one.
fn plan(language: Language, [one, two]: [&OfferView; 2], search: &str) -> Option<String> {
    let (first, second) = one.terms.plan.zip(two.terms.plan)?;
    let price_fen = first.price_fen + second.price_fen;
    let alike = (first.freeze_days, first.percent) == (second.freeze_days, second.percent);
    Some(if alike {
        plan_words(language, PlanTermsView { price_fen, ..first }, search)
    } else {
        let window = plan_days(language, search);
        say!(language, offer.split.flexible, window = window.as_str(), sum = yuan(price_fen)).to_string()
    })
}
