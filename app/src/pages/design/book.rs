//! Samples of booking for whoever phoned: the search, in which something is wrong, and what it finds; and the way from
//! week to week.

use domain::calendar::plant_date;
use leptos::prelude::*;

use super::{Part, deals::offer, sample, wrong::two_faults};
use crate::{
    backend::use_backend,
    components::operator::{BookForm, BookOffers, Caller, WindowBar},
    contract::NearestView,
    query::{self, CampaignDraft},
    request::use_language,
    window::Window,
    words::say,
};

#[component]
pub fn Book() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let query = sample::query(now);
    let client = sample::organisation(now, 1, true);
    let caller = Caller { company: "1".to_owned(), product_code: "ZS-1".to_owned() };
    let (search, draft) = (query::write(&query), CampaignDraft::from(query.clone()));
    let on_line = say!(language, desk.on_line, line = say!(language, design.line_one)).to_string();
    let offers = vec![(Some(on_line), vec![offer(now, 1)]), (None, vec![offer(now, 2)])];
    let nearest = vec![NearestView { query, offer: offer(now, 3) }];
    let window = Window::week(plant_date(now.minute()));
    let (known, asked) = (vec![client.clone()], caller.clone());
    view! {
        <Part id="window-sample" name=say!(language, desk.period)>
            <WindowBar path="/lines".to_owned() window />
        </Part>
        <Part id="book-sample" name=say!(language, desk.book)>
            <BookForm caller=asked draft failure=two_faults() offerings=sample::offerings() clients=known waiting=2 line=None />
        </Part>
        <Part id="book-offers" name=say!(language, design.offers)>
            <BookOffers caller client=Some(client) search offers nearest />
        </Part>
    }
}
