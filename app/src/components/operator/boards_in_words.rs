//! Lines' time in words, for whoever doesn't see it drawn: all that is on each, in its order, and what is free.

use domain::calendar::DAY_SECONDS;
use leptos::prelude::*;
use uuid::Uuid;

use super::timeline::{Lane, label, sort};
use crate::{
    components::{InWords, LineWords},
    contract::{FreeView, Instant, LineBoard, PieceView},
    language::Language,
    request::use_language,
    words::{open_hours, say, short_moment, span, stretches},
};

/// So many rows in all, shared by the lines.
const MOST: usize = 60;
/// However many lines there are, each has as many, and none has more than the last.
const EACH: [usize; 2] = [3, 12];
/// The longest time of which nights are told, in seconds.
const NIGHTS: i64 = 14 * DAY_SECONDS;

/// What lanes show that are a line each. The booking `own` is the one that the page is about.
#[component]
pub fn BoardsInWords(lanes: Vec<Lane>, #[prop(optional_no_strip)] own: Option<Uuid>) -> impl IntoView {
    let language = use_language();
    let [least, most] = EACH;
    let most = (MOST / lanes.len().max(1)).clamp(least, most);
    let lines = lanes
        .into_iter()
        .map(|lane| LineWords {
            rows: rows(language, &lane.board, own),
            closed: closed_words(language, &lane.board),
            name: lane.label,
        })
        .collect();
    view! { <InWords label=say!(language, desk.lines) lines most /> }
}

fn rows(language: Language, board: &LineBoard, own: Option<Uuid>) -> Vec<String> {
    let pieces = board.pieces.iter().map(|piece| (piece.start, piece_words(language, piece, own)));
    let free = board.free.iter().map(|free| (free.start, free_words(language, *free)));
    let mut rows: Vec<(Instant, String)> = pieces.chain(free).collect();
    rows.sort_by_key(|(start, _)| *start);
    rows.into_iter().map(|(_, words)| words).collect()
}

/// What a piece is, whose, when, when the line is made ready for it, and from when on time is kept for it.
fn piece_words(language: Language, piece: &PieceView, own: Option<Uuid>) -> String {
    let sort = match own {
        Some(_) if piece.booking == own => say!(language, desk.this_booking).to_owned(),
        _ => sort(language, piece),
    };
    let (words, when) = (label(language, piece), span(language, piece.start, piece.end));
    let bar = say!(language, desk.bar, sort = sort, words = words, when = when).to_string();
    let setup = piece.setup().map(|(start, end)| {
        let times = span(language, start, end);
        say!(language, time.stretches, what = say!(language, desk.setup), times = times).to_string()
    });
    let words = [Some(bar), setup, kept_words(language, piece)];
    words.into_iter().flatten().collect::<Vec<_>>().join(say!(language, term.semicolon))
}

/// From when on the time up to a piece isn't free, though nothing goes on.
pub(super) fn kept_words(language: Language, piece: &PieceView) -> Option<String> {
    let (from, _) = piece.kept()?;
    Some(say!(language, desk.kept_from, moment = short_moment(language, from)).to_string())
}

fn free_words(language: Language, free: FreeView) -> String {
    let FreeView { start, end, minutes } = free;
    let when = span(language, start, end);
    let free = say!(language, time.stretches, what = say!(language, desk.free), times = when).to_string();
    let open = say!(language, desk.open_hours, length = open_hours(language, minutes)).to_string();
    [free, open].join(say!(language, term.comma))
}

/// When nobody works on a line; of a long time the days alone.
pub fn closed_words(language: Language, board: &LineBoard) -> Option<String> {
    let (mut at, mut closed) = (board.from, Vec::new());
    for open in &board.open {
        if open.start > at {
            closed.push((at, open.start));
        }
        at = at.max(open.end);
    }
    if at < board.to {
        closed.push((at, board.to));
    }
    if board.to.0 - board.from.0 > NIGHTS {
        closed.retain(|(start, end)| end.0 - start.0 >= DAY_SECONDS);
    }
    stretches(language, say!(language, desk.shut), &closed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{BusyView, TextView};

    // 2026-11-30T16:00Z is the first minute of 1 December in the plant.
    const DECEMBER: i64 = 1_796_054_400;

    fn at(hours: i64) -> Instant {
        Instant(DECEMBER + hours * 3600)
    }

    fn board(days: i64, pieces: Vec<PieceView>) -> LineBoard {
        let shift = |day: i64| BusyView { start: at(24 * day + 8), end: at(24 * day + 16) };
        LineBoard {
            line: Uuid::nil(),
            code: String::new(),
            name: TextView { zh: String::new(), en: String::new() },
            gmp: true,
            offerings: Vec::new(),
            from: at(0),
            to: at(24 * days),
            // Its fourth day is one of rest.
            open: (0..days).filter(|day| *day != 3).map(shift).collect(),
            pieces,
            free: Vec::new(),
            next_free: None,
            now: at(0),
        }
    }

    fn campaign(start: i64, end: i64) -> PieceView {
        PieceView {
            setup_start: Some(at(start - 20)),
            setup_end: Some(at(start - 18)),
            kept_from: Some(at(start - 2)),
            booking: Some(Uuid::nil()),
            reference: Some("ZS-1".into()),
            status: Some("held".into()),
            company: Some(TextView { zh: "甲".into(), en: "Firm".into() }),
            ..PieceView::bare(Uuid::nil(), "campaign", at(start), at(end))
        }
    }

    #[test]
    fn all_that_is_on_a_line_is_told_in_its_order() {
        let free = vec![FreeView { start: at(32), end: at(40), minutes: 480 }];
        let board = LineBoard { free, ..board(2, vec![campaign(10, 16)]) };
        let own = "This booking: Firm · ZS-1, 1 Dec 10:00 – 16:00; Set-up 30 Nov 14:00 – 16:00; \
            kept for it from 1 Dec 08:00";
        let free = "free 2 Dec 08:00 – 16:00, 8 h open";
        assert_eq!(rows(Language::en, &board, Some(Uuid::nil())), [own, free]);
        let stranger = rows(Language::en, &board, None);
        assert!(stranger[0].starts_with("Held: Firm"), "{stranger:?}");
        let chinese = rows(Language::zh_CN, &board, None);
        assert_eq!(chinese[1], "空闲：12月2日 08:00 – 16:00，开放工时 8 小时");
    }

    #[test]
    fn nights_are_told_of_a_week_and_days_of_rest_of_a_month() {
        let told = |days| closed_words(Language::en, &board(days, Vec::new())).unwrap_or_default();
        assert_eq!(told(1), "outside shifts 1 Dec 00:00 – 08:00, 1 Dec 16:00 – 24:00");
        assert_eq!(told(30), "outside shifts 3 Dec 16:00 – 5 Dec 08:00");
    }
}
