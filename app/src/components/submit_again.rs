//! The way back for a company that was turned away, or whose verification was withdrawn.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Post, failed};
use crate::{
    api::SubmitAgain,
    request::{use_here, use_language, use_link, use_reader},
    words::say,
};

/// The button for its administrators; who else reads it is told who can.
#[component]
pub fn SubmitAgainForm() -> impl IntoView {
    let language = use_language();
    if !use_reader().is_some_and(|reader| reader.role.administers()) {
        return view! { <p>{say!(language, register.submit_admin)}</p> }.into_any();
    }
    view! {
        <p>{say!(language, register.submit_again_text)}</p>
        {failed::<SubmitAgain>()}
        <Post to=SubmitAgain::PATH>
            <input type="hidden" name="next" value=use_link(&use_here()) />
            <button class="button small" type="submit">{say!(language, register.submit_again)}</button>
        </Post>
    }
    .into_any()
}
