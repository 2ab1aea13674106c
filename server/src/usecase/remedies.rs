//! Whether a search as it would have to be for what refused a line is worth making.

use app::contract::{LineRefusalView, OfferQuery, RefusalView};
use domain::{Second, availability, resolve::waiting, snapshot::Snapshot};

/// Notes of each of the `refusals` of a search whether what it asks for would be in vain.
pub(super) fn judge(query: &OfferQuery, snapshot: &Snapshot, refusals: &mut [LineRefusalView], now: Second) {
    let mut remedies = Remedies { query, snapshot, now, empty: None, tried: Vec::new() };
    for line in refusals {
        line.in_vain = remedies.lead_nowhere(&line.refusal);
    }
}

/// The searches that the refusals lead to, each tried once.
struct Remedies<'a> {
    query: &'a OfferQuery,
    snapshot: &'a Snapshot,
    now: Second,
    /// The plants as if nobody had anything booked, once that is asked.
    empty: Option<Snapshot>,
    tried: Vec<(OfferQuery, bool)>,
}

impl Remedies<'_> {
    /// Whether the search without what `refusal` was for would find nothing even if nobody had anything booked: another
    /// step refuses it, or the window or what a line runs between two full cleans is too short for it.
    fn lead_nowhere(&mut self, refusal: &RefusalView) -> bool {
        let Some(changed) = app::remedied(self.query, refusal) else { return false };
        if let Some((_, nowhere)) = self.tried.iter().find(|(known, _)| *known == changed) {
            return *nowhere;
        }
        let empty = self.empty.get_or_insert_with(|| waiting::emptied(self.snapshot));
        let asked = changed.request().ok();
        let found = asked.and_then(|asked| availability::search(empty, &asked, self.now).ok());
        let nowhere = found.is_none_or(|found| found.offers.is_empty());
        self.tried.push((changed, nowhere));
        nowhere
    }
}
