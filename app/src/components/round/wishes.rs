//! A firm's own wishes in a call, as it ranks them.

use leptos::{prelude::*, server_fn::ServerFn};

use super::Decided;
use crate::{
    api::WithdrawWish,
    components::{
        post::Post,
        waiting::{waited, window_of},
        whole_code,
    },
    contract::{CallView, OfferQuery, WishView},
    language::Language,
    request::{use_language, use_link},
    words::{moment, say, text},
};

/// The windows of a wish, the most wanted first.
pub fn windows(language: Language, wish: &WishView) -> Vec<String> {
    let others = wish.otherwise.iter().map(|days| OfferQuery {
        from: days.from.clone(),
        to: days.to.clone(),
        ..wish.query.clone()
    });
    std::iter::once(wish.query.clone()).chain(others).map(|query| window_of(language, &query)).collect()
}

#[component]
pub fn Wishes(call: CallView, wishes: Vec<WishView>) -> impl IntoView {
    let language = use_language();
    let (open, counts) = (call.may("wish"), call.counts_points());
    let none = wishes.is_empty().then(|| view! { <p>{say!(language, round.mine_none)}</p> });
    let sealed = matches!(call.state.as_str(), "announced" | "open");
    let hint = sealed.then(|| view! { <p class="hint">{say!(language, round.mine_text)}</p> });
    let heads = [
        say!(language, round.rank),
        say!(language, round.what),
        say!(language, round.windows),
        // While it is open there is nothing but what can be done.
        if open { say!(language, round.actions) } else { say!(language, round.result) },
    ];
    let rows = wishes
        .into_iter()
        .map(|wish| {
            let all = windows(language, &wish);
            let count = all.len();
            let all = all.into_iter().map(|window| view! { <li>{window}</li> }).collect_view();
            let product = wish.product_code.clone().map(|code| view! { " · " {whole_code(code)} });
            let flexible = wish
                .flexible
                .then(|| view! { <span class="hint">{say!(language, waiting.flexible)}</span> });
            let state = match wish.result.clone() {
                Some(result) => {
                    let points = wish.points.map(|points| {
                        view! { <p class="hint">{say!(language, round.your_points, points = points).to_string()}</p> }
                    });
                    view! { <Decided result points=counts windows=count /> {points} }.into_any()
                }
                None if open => {
                    let href = use_link(&format!("/calls/{}?wish={}#wish", call.id, wish.id));
                    view! {
                        <div class="buttons">
                            <a class="button small quiet" href=href>{say!(language, round.change)}</a>
                            <Post class="inline" to=WithdrawWish::PATH>
                                <input type="hidden" name="id" value=wish.id.to_string() />
                                <input type="hidden" name="call" value=call.id.to_string() />
                                <button class="button small quiet" type="submit">{say!(language, round.withdraw)}</button>
                            </Post>
                        </div>
                    }
                    .into_any()
                }
                None => ().into_any(),
            };
            view! {
                <tr>
                    <td data-label=heads[0]>{wish.rank}</td>
                    <th scope="row">
                        {text(language, &wish.offering_name)}
                        <span class="hint"><span class="whole">{waited(language, &wish.query)}</span> {product}</span>
                        {flexible}
                        <span class="hint">{say!(language, round.asked)} " " {moment(language, wish.asked_at)}</span>
                    </th>
                    <td class="when" data-label=heads[2]><ol class="windows">{all}</ol></td>
                    <td data-label=heads[3]>{state}</td>
                </tr>
            }
        })
        .collect_view();
    let table = none.is_none().then(|| {
        let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
        view! {
            <table class="list">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="waiting" id="wishes" data-live aria-labelledby="mine">
            <h2 id="mine">{say!(language, round.mine)}</h2>
            {hint}
            {none}
            {table}
        </section>
    }
}
