//! Questions as they are on record, and how they may end.

use std::collections::BTreeMap;

use app::contract::{RepairOrder, SwapOrder};
use uuid::Uuid;

use super::{
    FIRMS, Play,
    bookings::{span, which},
    proposals::{ANSWER, MOST, MOST_A_DAY, Move, Parts, Proposal},
    rules::{Place, midnight},
};

/// A day, in seconds.
const DAY: i64 = 24 * 3600;

impl Play {
    /// Open proposals of a firm.
    pub(super) fn open(&self, firm: usize) -> usize {
        let is_open = |one: &&Proposal| one.asker == Some(firm) && one.outcome.is_none();
        self.asks.values().filter(is_open).count()
    }

    /// Questions that a firm has put in the last 24 hours.
    pub(super) fn questions(&self, firm: usize) -> usize {
        let counts = |one: &&Proposal| one.asker == Some(firm) && self.model.now < one.since + DAY;
        self.asks.values().filter(counts).count()
    }

    /// Questions of a firm that ended in the last 24 hours since it took them back, or answers were due.
    fn ended_lately(&self, firm: usize) -> impl Iterator<Item = &Proposal> {
        self.asks.values().filter(move |one| {
            let in_vain = matches!(one.outcome.as_deref(), Some("withdrawn" | "expired"));
            let is_lately = one.ended.is_some_and(|at| self.model.now < at + DAY);
            one.asker == Some(firm) && in_vain && is_lately
        })
    }

    /// Whether a firm has asked about a booking so lately, and that in vain.
    pub(super) fn was_asked_lately(&self, firm: usize, booking: Uuid) -> bool {
        self.ended_lately(firm).any(|whole| whole.asked().any(|one| one.booking == booking))
    }

    /// Whether it has so about any.
    pub(super) fn has_asked_lately(&self, firm: usize) -> bool {
        self.ended_lately(firm).next().is_some()
    }

    /// Whether the owner of a booking has said no to one of those proposals.
    pub(super) fn has_declined(&self, booking: Uuid, which: impl Fn(&Proposal) -> bool) -> bool {
        let mut moves = self.asks.values().filter(|one| which(one)).flat_map(|one| &one.moves);
        moves.any(|one| one.booking == booking && one.answer.as_deref() == Some("declined"))
    }

    /// Looks at the record: what has come must be a question that may be asked, what has ended must have had to end so.
    /// `is_swept`: nothing that is over is open any more.
    pub(super) async fn record(&mut self, is_swept: bool) {
        let mut ended: Vec<(Uuid, String)> = Vec::new();
        let sql = "SELECT id, outcome FROM proposal ORDER BY id";
        let rows = self.db.rows(sql, vec![]).await.expect("proposals are read");
        for row in rows {
            let id: Uuid = row.try_get_by_index(0).expect("an id");
            let outcome: Option<String> = row.try_get_by_index(1).expect("a word");
            match self.asks.get(&id) {
                Some(known) if known.outcome == outcome => {}
                Some(known) => {
                    assert_eq!(known.outcome, None, "it ended as {outcome:?} after that");
                    ended.push((id, outcome.expect("it is over")));
                }
                None => {
                    let proposal = self.read(id).await;
                    self.begun(id, &proposal);
                    self.asks.insert(id, proposal);
                    ended.extend(outcome.map(|outcome| (id, outcome)));
                }
            }
        }
        for (id, outcome) in ended {
            self.ended(id, outcome);
        }
        assert!(self.told.is_empty(), "not on record: {:?}", self.told);
        self.same_answers().await;
        let open: Vec<&Proposal> = self.asks.values().filter(|one| one.outcome.is_none()).collect();
        let mut asked: BTreeMap<Uuid, u32> = BTreeMap::new();
        for one in &open {
            assert!(one.until > self.model.now, "still open: {one:?}");
            let has_lapsed = self.model.has_lapsed(one);
            assert!(!(is_swept && has_lapsed), "can't be made, and still open: {one:?}");
            one.asked().for_each(|one| *asked.entry(one.booking).or_default() += 1);
        }
        assert!(asked.values().all(|count| *count == 1), "asked about one campaign twice: {open:?}");
        for firm in 0..FIRMS {
            assert!(self.open(firm) <= MOST, "firm {firm} asks too much: {open:?}");
            assert!(self.questions(firm) <= MOST_A_DAY, "firm {firm} asks too often: {open:?}");
        }
    }

    /// A question that wasn't there before.
    fn begun(&mut self, id: Uuid, proposal: &Proposal) {
        let until = proposal.until - self.model.now;
        assert!(0 < until && until <= ANSWER * 60, "{proposal:?}");
        let told = self.told.remove(&id);
        if proposal.kind == "rescue" {
            self.check_rescue(proposal);
            let is_parted = proposal.moves.iter().any(|one| one.parts.is_some());
            self.count(if is_parted { "rescue parts" } else { "rescue asked" });
            return;
        }
        assert_eq!(told.as_deref(), Some("asked"), "nobody has asked: {proposal:?}");
        // All of it begins tomorrow or later, and an answer counts no longer than until the midnight before.
        let tomorrow = self.model.tomorrow();
        let is_ahead = |place: Place| place.start >= tomorrow && proposal.until <= midnight(place.start) * 60;
        assert!(proposal.places().all(is_ahead), "{proposal:?}");
        if proposal.kind == "room" {
            self.check_room(proposal);
        } else {
            self.check_swap(proposal);
        }
    }

    /// A question that was open until now.
    fn ended(&mut self, id: Uuid, outcome: String) {
        let told = self.told.remove(&id);
        let proposal = &self.asks[&id];
        // What can't stay where it is, is asked for that alone.
        let is_rescue = |one: &Proposal, booking| one.kind == "rescue" && one.cause == Some(booking);
        let rescued = |booking| self.asks.values().any(|one| is_rescue(one, booking));
        let is_right = match outcome.as_str() {
            known if told.as_deref() == Some(known) => true,
            "expired" => proposal.until <= self.model.now,
            "withdrawn" => proposal.kind == "rescue",
            "overtaken" => {
                let is_replaced = proposal.moves.iter().any(|one| rescued(one.booking));
                let may_be_taken = proposal.kind != "rescue";
                may_be_taken && (is_replaced || self.model.is_taken(proposal))
                    || self.model.has_lapsed(proposal)
            }
            _ => false,
        };
        assert!(is_right, "{outcome}, told as {told:?}: {proposal:?}");
        let what = format!("{} {outcome}", proposal.kind);
        self.count(&what);
        let known = self.asks.get_mut(&id).expect("known");
        (known.outcome, known.ended) = (Some(outcome), Some(self.model.now));
    }

    /// Whether everybody's answers are on record as they were given.
    async fn same_answers(&self) {
        let mut found: BTreeMap<Uuid, Option<String>> = BTreeMap::new();
        for row in self.db.rows("SELECT id, answer FROM proposal_move", vec![]).await.expect("rows") {
            let id = row.try_get_by_index(0).expect("an id");
            found.insert(id, row.try_get_by_index(1).expect("a word"));
        }
        let moves = self.asks.values().flat_map(|one| &one.moves);
        let known: BTreeMap<Uuid, Option<String>> = moves.map(|one| (one.id, one.answer.clone())).collect();
        assert_eq!(found, known);
    }

    /// A proposal as it stands in the database; that it has ended isn't read.
    async fn read(&self, id: Uuid) -> Proposal {
        let sql = "SELECT kind, cause, organisation, wish, place, expires_at FROM proposal WHERE id = $1";
        let rows = self.db.rows(sql, vec![id.into()]).await.expect("a proposal is read");
        let row = rows.first().expect("a proposal");
        let text = |index| row.try_get_by_index::<String>(index).expect("a text");
        let kind = text(0);
        let asker = (kind != "rescue").then(|| self.firm(row.try_get_by_index(2).expect("a firm")));
        let (window, hold) = match kind.as_str() {
            "room" => {
                let order: RepairOrder = serde_json::from_str(&text(3)).expect("an order");
                (Some(span(&order.query)), Some((self.place_of(&text(4)), which(&order.query))))
            }
            "swap" => {
                let order: SwapOrder = serde_json::from_str(&text(3)).expect("an order");
                (Some((order.from.minute(), order.to.minute())), None)
            }
            _ => (None, None),
        };
        Proposal {
            cause: row.try_get_by_index(1).expect("a booking"),
            asker,
            window,
            hold,
            moves: self.moves(id).await,
            since: self.model.now,
            until: row.try_get_by_index(5).expect("a second"),
            outcome: None,
            ended: None,
            kind,
        }
    }

    async fn moves(&self, proposal: Uuid) -> Vec<Move> {
        let sql = "SELECT id, booking, organisation, from_place, to_place, stays, goes, rest_place, answer \
            FROM proposal_move WHERE proposal = $1 ORDER BY id";
        let mut moves = Vec::new();
        for row in self.db.rows(sql, vec![proposal.into()]).await.expect("moves are read") {
            let organisation: Option<Uuid> = row.try_get_by_index(2).expect("a firm");
            let place = |index| self.place_of(&row.try_get_by_index::<String>(index).expect("a place"));
            let count = |index| {
                let batches = row.try_get_by_index::<Option<i64>>(index).expect("batches")?;
                Some(u32::try_from(batches).expect("few"))
            };
            let rest: Option<String> = row.try_get_by_index(7).expect("a place");
            let parts = count(5).zip(count(6)).zip(rest);
            moves.push(Move {
                id: row.try_get_by_index(0).expect("an id"),
                booking: row.try_get_by_index(1).expect("an id"),
                firm: organisation.map(|organisation| self.firm(organisation)),
                from: place(3),
                to: place(4),
                parts: parts.map(|((stays, goes), to)| Parts { stays, goes, to: self.place_of(&to) }),
                answer: row.try_get_by_index(8).expect("a word"),
            });
        }
        moves
    }
}
