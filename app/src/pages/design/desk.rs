//! Samples of what operators work with: their queue, a line's time, closing it, and the district's quarters.

use std::sync::Arc;

use domain::calendar::{DAY, DAY_SECONDS, plant_date, plant_midnight};
use leptos::prelude::*;
use uuid::Uuid;

use super::{HOUR, Part, both, sample};
use crate::{
    backend::use_backend,
    components::{
        Told,
        district::QuarterChooser,
        operator::{
            Announce, BoardsInWords, BookingList, Cleanings, CloseForm, Hits, Lane, Lapsing, Legend,
            MonthField, Pieces, Requests, Runs, Timeline, WaitingCompanies,
        },
    },
    contract::{
        BookingView, BusyView, CampaignName, CleaningView, ClosureHit, DownView, FreeView, Instant,
        LineBoard, OrganisationKind, OrganisationView, PieceView, QuarterView, WeekView,
    },
    deed::Deed,
    query::ClosureDraft,
    request::{use_language, use_link},
    words::{say, weekday_name},
};

#[component]
pub fn Desk() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let requests = [1, 2, 4].map(|number| sample::booking(now, number, "requested"));
    let bookings = vec![sample::booking(now, 1, "cancelled"), sample::booking(now, 2, "confirmed")];
    let holds = vec![sample::booking(now, 3, "held")];
    let to_start = BookingView { actions: vec!["start".to_owned()], ..sample::booking(now, 0, "confirmed") };
    let stuck = BookingView { id: Uuid::from_u128(9), ..to_start.clone() };
    let down = vec![DownView {
        booking: stuck.id,
        line_name: both(|language| say!(language, design.line_one)),
        from: now,
        until: Instant(now.0 + 30 * HOUR),
    }];
    let runs = vec![to_start, stuck, sample::booking(now, 1, "running")];
    let board = board(now);
    let (pieces, free) = (board.pieces.clone(), board.free.clone());
    let days: Vec<String> = (0..7).map(|day| weekday_name(language, day).to_owned()).collect();
    let lanes = vec![Lane {
        label: say!(language, design.line_one).to_owned(),
        note: None,
        href: None,
        from: board.from,
        to: board.to,
        board: Arc::new(board),
    }];
    let draft = ClosureDraft::blank(now);
    let (looked, clear) = (draft.clone(), draft.clone());
    let hits = vec![hit(now, 1, "confirmed"), hit(now, 2, "held")];
    view! {
        <Part id="told" name=say!(language, design.told)>
            <Told deed=Deed::Approved focus=false />
        </Part>
        <Part id="requests" name=say!(language, desk.requests)>
            <Requests requests=requests.into() now />
        </Part>
        <Part id="bookings" name=say!(language, desk.bookings)>
            <MonthField chosen=String::new() now />
            <BookingList bookings />
        </Part>
        <Part id="lapsing" name=say!(language, desk.lapsing)>
            <Lapsing holds now />
        </Part>
        <Part id="runs" name=say!(language, desk.runs)>
            <Runs runs down now operates=true id="runs" />
        </Part>
        <Part id="cleanings" name=say!(language, desk.conflicts)>
            <Cleanings cleanings=vec![cleaning(now, true), cleaning(now, false)] operates=true />
        </Part>
        <Part id="companies" name=say!(language, district.waiting)>
            <WaitingCompanies companies=vec![company(now)] />
        </Part>
        <Part id="line-time" name=say!(language, design.line_time)>
            <BoardsInWords lanes=lanes.clone() own=Some(Uuid::from_u128(1)) />
            <Timeline lanes ticks=days />
            <Legend outside=true />
        </Part>
        <Part id="pieces" name=say!(language, desk.everything)>
            <Pieces line=Uuid::nil() pieces free operates=true next=use_link("/design?view=desk") />
        </Part>
        <Part id="closing" name=say!(language, design.closing)>
            <CloseForm line=Uuid::nil() draft failure=None />
            <Hits line=Uuid::nil() draft=clear hits=Vec::new() />
            <Hits line=Uuid::nil() draft=looked.clone() hits=hits.clone() />
            <Announce line=Uuid::nil() draft=looked hits />
        </Part>
        <Part id="quarters" name=say!(language, district.chooser)>
            <QuarterChooser quarter=quarter() />
        </Part>
    }
}

/// What a cancellation left.
fn cleaning(now: Instant, removable: bool) -> CleaningView {
    CleaningView {
        id: Uuid::nil(),
        line: Uuid::nil(),
        line_name: both(|language| say!(language, design.line_one)),
        start: Instant(now.0 + 24 * HOUR),
        end: Instant(now.0 + 40 * HOUR),
        removable,
    }
}

/// One that waits to be verified.
fn company(now: Instant) -> OrganisationView {
    OrganisationView {
        id: Uuid::nil(),
        kind: OrganisationKind::Company,
        name: sample::company(),
        credit_code: Some("91350100M000100Y43".to_owned()),
        contact: String::new(),
        size: None,
        in_district: true,
        verified_at: None,
        created_at: now,
        innovation: None,
        turned_away: None,
    }
}

/// This week of a line, with a piece of every kind on it.
fn board(now: Instant) -> LineBoard {
    let today = plant_date(now.minute());
    let monday = plant_midnight(today) - i64::from(today.weekday().number_days_from_monday()) * DAY;
    let from = Instant::from_minute(monday);
    let at = |hours: i64| Instant(from.0 + hours * HOUR);
    let open = (0..5).map(|day| BusyView { start: at(24 * day + 8), end: at(24 * day + 24) }).collect();
    let campaign = |number: u8, status: &str, start: i64, end: i64| PieceView {
        setup_start: Some(at(start - 20)),
        setup_end: Some(at(start - 4)),
        kept_from: Some(at(start - 4)),
        booking: Some(Uuid::from_u128(number.into())),
        reference: Some(format!("ZS-00000-0000{number}")),
        status: Some(status.to_owned()),
        offering: Some("TAB".to_owned()),
        product: Some(format!("ZS-{number}")),
        company: Some(sample::company()),
        ..piece(number, "campaign", at(start), at(end))
    };
    let closure = PieceView {
        closure: Some(Uuid::from_u128(3)),
        reason: Some("maintenance".to_owned()),
        ..piece(3, "closure", at(104), at(114))
    };
    let cleaning = PieceView { removable: true, ..piece(4, "cleaning", at(80), at(90)) };
    LineBoard {
        line: Uuid::nil(),
        code: String::new(),
        name: both(|language| say!(language, design.line_one)),
        gmp: true,
        offerings: vec!["TAB".to_owned()],
        from,
        to: Instant(from.0 + 7 * DAY_SECONDS),
        open,
        pieces: vec![
            campaign(1, "confirmed", 24, 48),
            campaign(2, "held", 68, 80),
            cleaning,
            closure,
            piece(5, "outage", at(120), at(130)),
        ],
        free: vec![FreeView { start: at(90), end: at(96), minutes: 6 * 60 }],
        next_free: None,
        now,
    }
}

fn piece(number: u8, kind: &str, start: Instant, end: Instant) -> PieceView {
    PieceView::bare(Uuid::from_u128(number.into()), kind, start, end)
}

/// What a closure would hit.
fn hit(now: Instant, number: u8, status: &str) -> ClosureHit {
    let booking = sample::booking(now, number, status);
    let name = CampaignName {
        offering: booking.offering,
        product_code: booking.product_code,
        company_name: booking.company_name,
    };
    ClosureHit {
        kind: "campaign".to_owned(),
        booking: Some(booking.id),
        reference: Some(booking.reference),
        campaign: Some(name),
        status: Some(booking.status),
        start: Instant(now.0 + 24 * HOUR),
        end: Instant(now.0 + 48 * HOUR),
        why: (number == 1).then(|| "changeover".to_owned()),
        latest_end: (number == 1).then_some(Instant(now.0 + 8 * HOUR)),
        way: Some(if number == 1 { "stays" } else { "asked" }.to_owned()),
        to: if number == 1 { Vec::new() } else { booking.steps },
        parted: None,
    }
}

fn quarter() -> QuarterView {
    let week = |number: u8, from: &str| WeekView { number, from: from.to_owned() };
    QuarterView {
        quarter: "2026-4".to_owned(),
        from: "2026-09-28".to_owned(),
        to: "2027-01-03".to_owned(),
        previous: Some("2026-3".to_owned()),
        next: Some("2027-1".to_owned()),
        weeks: vec![week(40, "2026-09-28"), week(53, "2026-12-28")],
    }
}
