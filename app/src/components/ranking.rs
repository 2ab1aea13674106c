//! Why offers stand in their order.

use domain::calendar::DAY;

use crate::{
    contract::{OfferQuery, OfferView, field},
    language::Language,
    words::{length, say, yuan},
};

/// The ways in which an offer beats all the others; of the first one, where it has none, that nobody is done sooner.
pub fn merits(language: Language, offer: &OfferView, all: &[OfferView]) -> Vec<&'static str> {
    let others = || all.iter().filter(|other| other.key != offer.key);
    let beats = |better: &dyn Fn(&OfferView) -> bool| all.len() > 1 && others().all(better);
    let mut merits = Vec::new();
    if beats(&|other| offer.finish_minutes < other.finish_minutes) {
        merits.push(say!(language, offer.earliest));
    }
    if beats(&|other| offer.price_fen < other.price_fen) {
        merits.push(say!(language, offer.cheapest));
    }
    if merits.is_empty() && offer.rank == 1 && beats(&|other| offer.finish_minutes <= other.finish_minutes) {
        merits.push(say!(language, offer.none_sooner));
    }
    merits
}

/// How far an offer lies outside the window that was searched, in whole plant days; `None` of one inside it.
pub fn beyond(language: Language, asked: &OfferQuery, offer: &OfferView) -> Option<String> {
    let day = |name: &str, text: &str| field::plant_day(name, text).ok();
    let (from, to) = (day("from", &asked.from)?, day("to", &asked.to)?);
    let first = field::plant_date(offer.steps.iter().map(|step| step.start.minute()).min()?);
    // What ends at midnight ends with the day before.
    let last = field::plant_date(offer.steps.iter().map(|step| step.end.minute()).max()? - 1);
    let early = (from - first).whole_days();
    let late = (last - to).whole_days();
    let starts = (early > 0)
        .then(|| say!(language, find.starts_before, length = length(language, early * DAY)).to_string());
    let ends = (late > 0)
        .then(|| say!(language, find.ends_after, length = length(language, late * DAY)).to_string());
    let parts: Vec<String> = [starts, ends].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// How an offer lies to the first one: how much later it is done, and how much more or less it costs.
pub fn beside_first(language: Language, offer: &OfferView, first: &OfferView) -> String {
    // Those near a window are found by searches of their own, each with its own beginning.
    let done = |offer: &OfferView| offer.steps.iter().map(|step| step.end.minute()).max().unwrap_or_default();
    let later = done(offer) - done(first);
    let done = match later.signum() {
        0 => say!(language, find.with_first).to_owned(),
        1 => say!(language, find.after_first, length = length(language, later)).to_string(),
        _ => say!(language, find.before_first, length = length(language, -later)).to_string(),
    };
    let dearer = offer.price_fen - first.price_fen;
    let costs = match dearer.signum() {
        0 => return done,
        1 => say!(language, find.dearer, sum = yuan(dearer)).to_string(),
        _ => say!(language, find.less, sum = yuan(-dearer)).to_string(),
    };
    format!("{done} · {costs}")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::contract::{Instant, OfferStepView, TermsView, TextView};

    /// 2026-12-01T00:00 in the plant.
    const DECEMBER: i64 = 1_796_054_400;

    fn asked(from: &str, to: &str) -> OfferQuery {
        let blank = crate::query::blank(Instant(DECEMBER));
        OfferQuery { from: from.into(), to: to.into(), ..blank }
    }

    /// From one hour of December to another.
    fn offer(start: i64, end: i64) -> OfferView {
        let name = TextView { zh: String::new(), en: String::new() };
        let at = |hour: i64| Instant(DECEMBER + hour * 3600);
        let terms = TermsView {
            version: 1,
            hold_minutes: 0,
            reply_working_days: 3,
            reply_by: None,
            reservation_percent: 0,
            reservation_fen: 0,
            cancellation: Vec::new(),
            free_move_days: 60,
            use_or_lose: None,
            plan: None,
            lowered_percent: None,
            charges: Vec::new(),
        };
        OfferView {
            key: String::new(),
            route: Uuid::nil(),
            platform: Uuid::nil(),
            platform_name: name.clone(),
            steps: vec![OfferStepView {
                name: name.clone(),
                line: Uuid::nil(),
                line_name: name,
                start: at(start),
                end: at(end),
            }],
            price_fen: 1,
            terms,
            rank: 1,
            finish_minutes: 0,
            waiting_minutes: 0,
            instead: None,
        }
    }

    #[test]
    fn what_lies_outside_a_window_says_by_how_many_days() {
        let beyond =
            |start, end| beyond(Language::en, &asked("2026-12-07", "2026-12-20"), &offer(start, end));
        let days = |days: i64| length(Language::en, days * DAY);
        let starts = format!("starts {} before your earliest day", days(3));
        let ends = format!("ends {} after your latest day", days(2));
        assert_eq!(beyond(3 * 24 + 8, 8 * 24), Some(starts.clone()));
        assert_eq!(beyond(18 * 24, 22 * 24), Some(ends.clone()), "its end is the midnight after the day");
        assert_eq!(beyond(3 * 24 + 8, 21 * 24 + 1), Some(format!("{starts} · {ends}")));
        assert_eq!(beyond(6 * 24, 20 * 24), None);
    }
}
