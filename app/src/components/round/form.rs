//! Handing in a wish, or changing it.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    answered::Typed,
    api::HandIn,
    components::{
        campaign_fields::{CampaignFields, MoreFields},
        complaints::{Complaints, complaint},
        field::Field,
        plan_tick::PlanTick,
        post::{Once, Post},
    },
    contract::{CallView, Failure, FieldProblem, OfferQuery, OfferingView, OtherDays, WishView},
    language::Language,
    query::{self, CampaignDraft},
    request::{use_failure, use_language, use_link, use_typed},
    words::say,
};

/// What the form holds.
struct Filled {
    draft: CampaignDraft,
    other: OtherDays,
    product_code: String,
    rank: String,
    flexible: bool,
}

#[component]
pub fn WishForm(
    call: CallView,
    offerings: Vec<OfferingView>,
    /// The wish that is changed; else a new one is handed in.
    wish: Option<WishView>,
    /// What a new one is ranked until somebody says otherwise.
    next_rank: u16,
    /// The own wishes by their rank.
    #[prop(optional)]
    ranks: Vec<(u16, String)>,
) -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<HandIn>();
    let changed = wish.as_ref().map(|wish| wish.id.to_string());
    let filled = match (use_typed::<HandIn>(), wish) {
        (Some(typed), _) => typed_in(&typed),
        (None, Some(wish)) => of(wish),
        (None, None) => blank(&call, next_rank),
    };
    let Filled { draft, other, product_code, rank, flexible } = filled;
    let wrong = |field: &str| complaint(failure.as_ref(), field);
    let problems = [wrong("else_from"), wrong("else_to"), wrong("product_code"), wrong("rank")];
    let [else_from, else_to, product, ranked] = problems;
    let ranked = rank_taken(language, failure.as_ref(), &ranks, &rank).or(ranked);
    let plan_wrong = wrong("flexible");
    let plan = call.plan.as_ref().map(|plan| {
        let words = match plan.freeze_days {
            1 => say!(language, round.flexible_one, percent = plan.percent).to_string(),
            days => say!(language, round.flexible, days = days, percent = plan.percent).to_string(),
        };
        view! { <PlanTick id="flexible" words checked=flexible complaint=plan_wrong /> }
    });
    let note = failure.clone().map(|failure| view! { <Complaints failure /> });
    let (title, words) = match &changed {
        Some(_) => (say!(language, round.wish_changing), say!(language, round.save)),
        None => (say!(language, round.wish), say!(language, round.send)),
    };
    let hint = match &changed {
        Some(_) => say!(language, round.changed_text),
        None => say!(language, round.wish_text),
    };
    let keep = changed.is_some().then(|| {
        let href = use_link(&format!("/calls/{}", call.id));
        view! { <a href=href>{say!(language, round.keep)}</a> }
    });
    let (first, last) = (call.from.clone(), call.to.clone());
    let (first_too, last_too) = (first.clone(), last.clone());
    view! {
        <section class="wish" aria-labelledby="wish">
            <h2 id="wish">{title}</h2>
            <p class="hint">{hint}</p>
            {note}
            <Post class="search" to=HandIn::PATH>
                <Once />
                <input type="hidden" name="id" value=call.id.to_string() />
                <input type="hidden" name="wish" value=changed.unwrap_or_default() />
                <div class="search-main wish-main">
                    <CampaignFields draft=draft.clone() failure=failure.clone() offerings />
                    <Field id="else_from" label=say!(language, round.else_from) hint=say!(language, round.else_hint) complaint=else_from>
                        <input id="else_from" name="else_from" type="date" min=first max=last value=other.from aria-describedby="else_from-hint else_from-problem" />
                    </Field>
                    <Field id="else_to" label=say!(language, round.else_to) complaint=else_to>
                        <input id="else_to" name="else_to" type="date" min=first_too max=last_too value=other.to aria-describedby="else_to-problem" />
                    </Field>
                    <Field id="product_code" label=say!(language, offer.product_code) hint=say!(language, round.product_hint) complaint=product>
                        <input id="product_code" name="product_code" autocomplete="off" value=product_code aria-describedby="product_code-hint product_code-problem" />
                    </Field>
                    <Field id="rank" label=say!(language, round.rank) hint=say!(language, round.rank_hint) complaint=ranked>
                        <input id="rank" name="rank" type="number" min="1" max="20" required value=rank aria-describedby="rank-hint rank-problem" />
                    </Field>
                </div>
                {plan}
                <MoreFields draft failure hazards_as="hazards[]" set=0 wrong=false>
                    <span hidden></span>
                </MoreFields>
                <div class="wish-foot">
                    <button class="button" type="submit">{words}</button>
                    {keep}
                </div>
            </Post>
        </section>
    }
}

/// Which wish has the rank that was `typed`, if that is what is wrong with it.
fn rank_taken(
    language: Language,
    failure: Option<&Failure>,
    ranks: &[(u16, String)],
    typed: &str,
) -> Option<String> {
    let Failure::Invalid { faults } = failure? else { return None };
    if faults.about("rank")?.problem != FieldProblem::Taken {
        return None;
    }
    let rank: u16 = typed.trim().parse().ok()?;
    let (_, wish) = ranks.iter().find(|(known, _)| *known == rank)?;
    Some(say!(language, round.rank_taken, rank = rank, wish = wish.as_str()).to_string())
}

fn blank(call: &CallView, next_rank: u16) -> Filled {
    let query = OfferQuery { from: call.from.clone(), to: call.to.clone(), ..query::blank(call.now) };
    let other = OtherDays { from: String::new(), to: String::new() };
    let rank = next_rank.to_string();
    Filled { draft: query.into(), other, product_code: String::new(), rank, flexible: false }
}

fn of(wish: WishView) -> Filled {
    let none = OtherDays { from: String::new(), to: String::new() };
    Filled {
        other: wish.otherwise.into_iter().next().unwrap_or(none),
        product_code: wish.product_code.unwrap_or_default(),
        rank: wish.rank.to_string(),
        flexible: wish.flexible,
        draft: wish.query.into(),
    }
}

fn typed_in(typed: &Typed) -> Filled {
    let text = |name: &str| typed.get(name).unwrap_or_default();
    let draft = CampaignDraft {
        offering: text("offering"),
        batch_size: text("batch_size"),
        unit: text("unit"),
        batches: text("batches"),
        from: text("from"),
        to: text("to"),
        hazards: typed.get_all("hazards[]").unwrap_or_default().join(","),
        oeb: text("oeb"),
        gmp: text("gmp"),
        stage: text("stage"),
        ..CampaignDraft::default()
    };
    let other = OtherDays { from: text("else_from"), to: text("else_to") };
    let flexible = typed.get("flexible").is_some();
    Filled { draft, other, product_code: text("product_code"), rank: text("rank"), flexible }
}
