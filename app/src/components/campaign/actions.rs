//! What the owner may do with a booking besides its request: each says what follows before it is done.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::Withdraw,
    components::{Field, Once, Post, complaint_at, failed_elsewhere},
    contract::BookingView,
    request::{use_failure, use_kept, use_language, use_link, use_typed},
    words::say,
};

#[component]
pub fn Actions(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let id = booking.id;
    let moves = booking.may("move").then(|| {
        view! {
            <div class="action">
                <p>{say!(language, campaign.move_text)}</p>
                <a class="button quiet" href=use_link(&format!("/bookings/{id}/move"))>
                    {say!(language, campaign.relocate)}
                </a>
            </div>
        }
    });
    let cancel = booking.may("cancel").then(|| {
        view! {
            <div class="action">
                <p>{say!(language, campaign.cancel_text)}</p>
                <a class="button quiet" href=use_link(&format!("/bookings/{id}/cancel"))>
                    {say!(language, campaign.cancel)}
                </a>
            </div>
        }
    });
    let withdraw = booking.may("withdraw").then(|| view! { <WithdrawForm id=id.to_string() /> });
    let some = moves.is_some() || cancel.is_some() || withdraw.is_some();
    let section = some.then(|| {
        view! {
            <section class="actions" aria-labelledby="change">
                <h2 id="change">{say!(language, campaign.change)}</h2>
                {moves}
                {cancel}
                {withdraw}
            </section>
        }
    });
    view! { <div id="actions" data-live data-typed=use_kept()>{section}</div> }
}

#[component]
fn WithdrawForm(id: String) -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<Withdraw>();
    let open = failure.is_some();
    let complaint = complaint_at(failure.as_ref(), "reason", say!(language, campaign.reason));
    let wrong = complaint.is_some();
    let typed = use_typed::<Withdraw>().and_then(|typed| typed.get("reason")).unwrap_or_default();
    view! {
        <details class="action danger" open=open>
            <summary>{say!(language, campaign.withdraw)}</summary>
            {failed_elsewhere::<Withdraw>(&["reason"])}
            <p>{say!(language, campaign.withdraw_text)}</p>
            <Post class="stack" to=Withdraw::PATH>
                <input type="hidden" name="id" value=id />
                <Once />
                <Field id="reason" label=say!(language, campaign.reason) hint=say!(language, campaign.reason_hint) complaint>
                    <input id="reason" name="reason" value=typed aria-describedby="reason-hint reason-problem" autofocus=wrong />
                </Field>
                <button class="button danger" type="submit">{say!(language, campaign.withdraw)}</button>
            </Post>
        </details>
    }
}
