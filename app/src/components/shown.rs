//! A secret that is shown once.

use leptos::prelude::*;

use super::text_area::TextArea;
use crate::{request::use_language, words::say};

/// The id of the field that has it: a page shows one at a time.
const ID: &str = "shown-once";
/// How that looks.
const LOOK: &str = "secret";

/// `secret` is whole and easily selected, with scripts and without; with them a button copies it.
#[component]
pub fn Shown(title: String, text: String, secret: String) -> impl IntoView {
    let language = use_language();
    view! {
        <div class="note good shown" role="status">
            <p class="note-title"><label for=ID>{title}</label></p>
            <p>{text}</p>
            <TextArea id=ID name=ID rows="2" text=secret readonly=true autofocus=true class=LOOK spellcheck="false" />
            <button class="button small quiet" type="button" hidden data-copy=ID data-done=say!(language, office.copied)>
                {say!(language, office.copy)}
            </button>
        </div>
    }
}
