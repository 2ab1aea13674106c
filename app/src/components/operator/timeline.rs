//! Lines' time drawn on a common axis, a lane a row. What stands beside it says the same in words, so that it is hidden
//! from screen readers and its links are for the mouse.

use std::sync::Arc;

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    contract::{Instant, LineBoard, PieceView},
    language::Language,
    request::{use_language, use_link},
    words::{self, closure, outage, say, span, status, text},
};

/// One row: a part of a line's time.
#[derive(Clone, Debug)]
pub struct Lane {
    pub label: String,
    pub note: Option<String>,
    pub href: Option<String>,
    pub from: Instant,
    pub to: Instant,
    pub board: Arc<LineBoard>,
}

impl Lane {
    /// Where an instant lies, as a percentage of the lane; what lies outside is put on its edge.
    fn at(&self, instant: Instant) -> i64 {
        let span = (self.to.0 - self.from.0).max(1);
        (instant.0.clamp(self.from.0, self.to.0) - self.from.0) * 100_000 / span
    }

    /// Left edge and width of what lies in the lane.
    fn place(&self, start: Instant, end: Instant) -> Option<(String, String)> {
        if start >= self.to || end <= self.from {
            return None;
        }
        let (left, right) = (self.at(start), self.at(end));
        Some((percent(left), percent((right - left).max(250))))
    }
}

/// Thousandths of a percent as SVG writes them.
fn percent(thousandths: i64) -> String {
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

/// Draws the lanes below `ticks`, which divide each lane evenly. The bars of the booking `own` stand out.
#[component]
pub fn Timeline(
    lanes: Vec<Lane>,
    ticks: Vec<String>,
    #[prop(optional_no_strip)] own: Option<Uuid>,
) -> impl IntoView {
    let count = i64::try_from(ticks.len()).unwrap_or(1).max(1);
    let many = ticks.iter().filter(|tick| !tick.is_empty()).count() > 7;
    let head = if many { "ticks-row many" } else { "ticks-row" };
    let heads = ticks.into_iter().map(|tick| view! { <span>{tick}</span> }).collect_view();
    let rows = lanes.into_iter().map(|lane| view! { <Row lane count own /> }).collect_view();
    view! {
        <div class="timeline" aria-hidden="true">
            <div class="timeline-head">
                <span></span>
                <div class=head>{heads}</div>
            </div>
            {rows}
        </div>
    }
}

#[component]
fn Row(lane: Lane, count: i64, own: Option<Uuid>) -> impl IntoView {
    let language = use_language();
    let board = &lane.board;
    let open = board
        .open
        .iter()
        .filter_map(|open| lane.place(open.start, open.end))
        .map(|(x, width)| view! { <rect class="open" x=x y="0" width=width height="100%" /> })
        .collect_view();
    let lines = (1..count)
        .map(|tick| percent(tick * 100_000 / count))
        .map(|x| view! { <line class="tick-line" x1=x.clone() x2=x y1="0" y2="100%" /> })
        .collect_view();
    let setups = board
        .pieces
        .iter()
        .filter_map(PieceView::setup)
        .filter_map(|(start, end)| lane.place(start, end))
        .map(|(x, width)| view! { <rect class="setup" x=x y="11" width=width height="12" /> })
        .collect_view();
    let kept = board
        .pieces
        .iter()
        .filter_map(PieceView::kept)
        .filter_map(|(start, end)| lane.place(start, end))
        .map(|(x, width)| view! { <rect class="kept" x=x y="11" width=width height="12" /> })
        .collect_view();
    let bars = board
        .pieces
        .iter()
        .filter_map(|piece| Some((lane.place(piece.start, piece.end)?, piece)))
        .map(|((x, width), piece)| bar(language, piece, (x, width), own, !lies_over(&lane, piece)))
        .collect_view();
    // Days of a week that belong to the month before or after: what is on them isn't known here.
    let outside = [(lane.from, board.from), (board.to, lane.to)]
        .into_iter()
        .filter(|(start, end)| start < end)
        .filter_map(|(start, end)| lane.place(start, end))
        .map(|(x, width)| view! { <rect class="outside" x=x y="0" width=width height="100%" /> })
        .collect_view();
    let now = (lane.from <= board.now && board.now < lane.to).then(|| {
        let x = percent(lane.at(board.now));
        view! { <line class="now" x1=x.clone() x2=x y1="0" y2="100%" /> }
    });
    let class = if now.is_some() { "lane-label today" } else { "lane-label" };
    let note = lane.note.clone().map(|note| view! { <small>{note}</small> });
    let label = match lane.href.clone() {
        Some(href) => view! { <a href=href tabindex="-1">{lane.label.clone()}</a> }.into_any(),
        None => view! { <span>{lane.label.clone()}</span> }.into_any(),
    };
    view! {
        <div class="lane">
            <div class=class>{label} " " {note}</div>
            <svg class="lane-time" width="100%" height="34">
                {open}
                {lines}
                {setups}
                {kept}
                {bars}
                {outside}
                {now}
            </svg>
        </div>
    }
}

/// Whether it is an outage drawn over what is booked, whose words are there already.
fn lies_over(lane: &Lane, piece: &PieceView) -> bool {
    let (from, to) = (piece.start.max(lane.from), piece.end.min(lane.to));
    let meets = |other: &PieceView| other.kind != piece.kind && other.start < to && from < other.end;
    piece.kind == "outage" && lane.board.pieces.iter().any(meets)
}

fn bar(
    language: Language,
    piece: &PieceView,
    (x, width): (String, String),
    own: Option<Uuid>,
    worded: bool,
) -> AnyView {
    let mut class = format!("piece {}", piece.kind);
    if let Some(status) = &piece.status {
        class += " ";
        class += status;
    }
    if own.is_some() && piece.booking == own {
        class += " own";
    }
    let words = label(language, piece);
    let (sort, when) = (sort(language, piece), span(language, piece.start, piece.end));
    let title = say!(language, desk.bar, sort = sort, words = words.as_str(), when = when).to_string();
    let words = worded.then_some(words);
    let inner = view! {
        <rect class=class x=x.clone() y="3" width=width.clone() height="28" rx="4" />
        <foreignObject x=x y="3" width=width height="28">
            <div class="bar-room"><div class="bar-words">{words}</div></div>
        </foreignObject>
        <title>{title}</title>
    };
    match piece.booking {
        Some(id) => {
            let href = use_link(&format!("/desk/requests/{id}"));
            view! { <a href=href tabindex="-1">{inner}</a> }.into_any()
        }
        None => view! { <g>{inner}</g> }.into_any(),
    }
}

/// What a piece is, its status included.
pub(super) fn sort(language: Language, view: &PieceView) -> String {
    match &view.status {
        Some(name) => status(language, name),
        None if is_planned(view) => outage(language, "planned").to_owned(),
        None => words::piece(language, &view.kind),
    }
}

/// Whether the line is down for work that was announced.
fn is_planned(piece: &PieceView) -> bool {
    piece.kind == "outage" && piece.reason.as_deref() == Some("planned")
}

/// Whose or what a piece is, in a few words.
pub(super) fn label(language: Language, piece: &PieceView) -> String {
    if let Some(reference) = &piece.reference {
        let company = piece.company.as_ref();
        let company = company
            .map_or_else(|| say!(language, desk.own_production).to_owned(), |name| text(language, name));
        return format!("{company} · {reference}");
    }
    // That the line is down its sort says; what matters is why.
    if let Some(note) = piece.note.as_ref().filter(|note| piece.kind == "outage" && !note.is_empty()) {
        return note.clone();
    }
    match &piece.reason {
        Some(_) if is_planned(piece) => outage(language, "planned").to_owned(),
        Some(reason) => closure(language, reason),
        None => words::piece(language, &piece.kind),
    }
}
