//! Deciding a call. What was changed of its draft by hand is lost by deciding it again: that is agreed to first.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::Hidden;
use crate::{api::DecideCall, components::LongWork, language::Language, request::use_language, words::say};

/// The button that decides a call, `again` if there is a draft: its class, and what it says.
pub(super) fn decide_words(language: Language, again: bool) -> (&'static str, &'static str) {
    if again {
        ("button quiet", say!(language, round.decide_again))
    } else {
        ("button", say!(language, round.decide))
    }
}

/// `again`: there is a draft, of which the platform has made so many `changes`.
#[component]
pub fn DecideForm(call: Uuid, again: bool, changes: u32, next: String) -> impl IntoView {
    let language = use_language();
    let (class, words) = decide_words(language, again);
    let lost = match changes {
        0 => None,
        1 => Some(say!(language, round.discard_one).to_owned()),
        count => Some(say!(language, round.discard, count = count).to_string()),
    };
    // What a colleague changes meanwhile isn't agreed to by it: the number goes along.
    let lost = lost.map(|words| {
        view! {
            <label class="tick" for="discard">
                <input id="discard" type="checkbox" name="discard" value=changes.to_string() required />
                {words}
            </label>
        }
    });
    view! {
        <form class="act" method="post" action=DecideCall::PATH>
            <Hidden id=call.to_string() next />
            <p class="hint">{say!(language, round.decide_text)}</p>
            {lost}
            <button class=class type="submit">{words}</button>
            <LongWork words=say!(language, round.deciding) />
        </form>
    }
}

/// What giving points does, to a draft too, of which the platform has made so many `changes`.
#[component]
pub fn PointsHint(changes: u32) -> impl IntoView {
    let language = use_language();
    let lost = match changes {
        0 => None,
        1 => Some(say!(language, round.points_lose_one).to_owned()),
        count => Some(say!(language, round.points_lose, count = count).to_string()),
    };
    view! {
        <p class="hint">{say!(language, round.points_text)}</p>
        {lost.map(|words| view! { <p class="note warn">{words}</p> })}
    }
}
