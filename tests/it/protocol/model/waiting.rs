//! The waiting list: whoever had least of it lately comes first, then whoever has waited longest. The model goes
//! through the list by these words, and tells whom every hold must have been given to.

use std::collections::{BTreeSet, VecDeque};

use rand::{RngExt, seq::IndexedRandom};
use tests::plant::DAY;
use uuid::Uuid;

use super::{
    FIRMS, Play,
    adopting::Hold,
    bookings::span,
    reason,
    rules::{Model, NOTICE, Product, Span},
};

/// So long a hold from the list that was let go still counts, in seconds.
const REMEMBERED: i64 = 30 * DAY * 60;
/// Entries that a firm may have.
const MOST: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    firm: usize,
    class: usize,
    batches: u32,
    window: Span,
    /// In seconds.
    since: i64,
    /// The hold that it got, and when.
    given: Option<(Uuid, i64)>,
    is_closed: bool,
}

impl Waiter {
    const fn waits(&self) -> bool {
        self.given.is_none() && !self.is_closed
    }

    fn wants_the_same(&self, other: &Self) -> bool {
        let wish = |one: &Self| (one.firm, one.class, one.batches, one.window);
        wish(self) == wish(other)
    }
}

impl Model {
    /// Those on the list whose window isn't over.
    fn waiting(&self) -> BTreeSet<Uuid> {
        let open = self.waiters.iter().filter(|(_, one)| one.waits() && one.window.1 > self.minute());
        open.map(|(id, _)| *id).collect()
    }

    /// Whose turn it is, first to last.
    fn ranked(&self, left: &BTreeSet<Uuid>) -> Vec<Uuid> {
        let key = |id: &Uuid| (self.had(self.waiters[id].firm), self.waiters[id].since, *id);
        let mut keys: Vec<(usize, i64, Uuid)> = left.iter().map(key).collect();
        keys.sort_unstable();
        keys.into_iter().map(|(.., id)| id).collect()
    }

    /// Holds that a firm has from the list, asked for or not until they are answered, and those that it let go lately.
    fn had(&self, firm: usize) -> usize {
        let counts = |(booking, at): (Uuid, i64)| match self.bookings[&booking].status {
            "held" => true,
            "requested" => self.bookings[&booking].due.is_some_and(|due| due > self.now),
            "withdrawn" | "expired" => at > self.now - REMEMBERED,
            _ => false,
        };
        self.waiters.values().filter(|one| one.firm == firm && one.given.is_some_and(counts)).count()
    }

    /// Whether there is a place for an entry, and its firm may hold it.
    fn could_be_given(&self, id: Uuid) -> bool {
        let Waiter { firm, class, batches, window, .. } = self.waiters[&id];
        self.full(firm, 1).is_empty() && self.finds_room(window, batches, Product::of(firm, class), None)
    }
}

impl Play {
    /// A firm waits for days on which there is little room.
    pub(super) async fn join(&mut self) -> &'static str {
        let Some((query, class)) = self.crowded() else { return "nothing to wait for" };
        let firm = self.random.random_range(0..FIRMS);
        let (window, batches, since) = (span(&query), query.batches, self.model.now);
        let wanted = Waiter { firm, class, batches, window, since, given: None, is_closed: false };
        let mut mine = self.model.waiters.values().filter(|one| one.firm == firm && one.waits());
        let expected = if self.model.finds_room(window, batches, Product::unnamed(class), None) {
            Some("room_found")
        } else if !self.model.is_possible(window, batches) {
            Some("in vain")
        } else if mine.clone().count() >= MOST {
            Some("too_many_waiting")
        } else if mine.any(|one| one.wants_the_same(&wanted)) {
            Some("already_waiting")
        } else {
            None
        };
        match (self.firms[firm].wait(&query, class).await, expected) {
            (Ok(view), None) => {
                self.model.waiters.insert(view.id, wanted);
                self.count("join ok");
            }
            (Err(failure), Some(expected)) => {
                // What no empty plant could take is told in more words than one.
                let told = match reason(&failure) {
                    known @ ("room_found" | "too_many_waiting" | "already_waiting") => known,
                    _ => "in vain",
                };
                assert_eq!(told, expected, "{failure:?}");
                self.count("join refused");
                self.count(&format!("join: {told}"));
            }
            (done, expected) => panic!("join: {done:?}, by the rules {expected:?}"),
        }
        "join"
    }

    pub(super) async fn leave(&mut self) -> &'static str {
        let all: Vec<Uuid> = self.model.waiters.keys().copied().collect();
        let Some(id) = all.choose(&mut self.random).copied() else { return "nobody waits" };
        let waiter = self.model.waiters[&id].clone();
        match self.firms[waiter.firm].leave(id).await {
            Ok(()) => {
                assert!(waiter.given.is_none(), "left the list with a hold: {waiter:?}");
                self.model.waiters.get_mut(&id).expect("known").is_closed = true;
                self.count(if waiter.is_closed { "leave again" } else { "leave ok" });
            }
            Err(failure) => {
                assert_eq!(reason(&failure), "wait_given");
                assert!(waiter.given.is_some(), "no hold, and yet may not leave: {waiter:?}");
                self.count("leave refused");
            }
        }
        "leave"
    }

    /// What has become free goes to those who wait, now and then after a look at everybody.
    pub(super) async fn promote(&mut self) -> &'static str {
        let all = self.random.random_bool(0.4);
        let freed = self.db.number("SELECT count(*) FROM freed").await > 0;
        let given = if all {
            let minute = self.model.minute();
            let over = self.model.waiters.values_mut().filter(|one| one.waits() && one.window.1 <= minute);
            over.for_each(|one| one.is_closed = true);
            self.desk.promote_all().await
        } else {
            self.desk.promote().await
        };
        let taken = self.turn(all || freed).await;
        assert_eq!(given.expect("everybody's turn"), taken);
        "promote"
    }

    /// What the desk has given to those who wait, before anything else that it was asked for. Answers how many holds.
    pub(super) async fn gifts(&mut self) -> usize {
        self.turn(false).await
    }

    /// Goes through the list as the rule says: each hold that was given must be that of whose turn it was, and nobody
    /// who could have had one is passed over. Who has had a turn isn't asked again. Nothing of it if nothing was given,
    /// unless it is certain that they had their turns.
    async fn turn(&mut self, is_certain: bool) -> usize {
        let mut gifts = self.given().await;
        let count = gifts.len();
        if count == 0 && !is_certain {
            return 0;
        }
        let mut left = self.model.waiting();
        loop {
            let mut next = None;
            for id in self.model.ranked(&left) {
                left.remove(&id);
                if self.model.could_be_given(id) {
                    next = Some(id);
                    break;
                }
            }
            let Some(id) = next else { break };
            let waiter = self.model.waiters[&id].clone();
            let Some((booking, whose)) = gifts.pop_front() else {
                panic!("passed over, with room for it: {waiter:?}");
            };
            assert_eq!(whose, id, "given out of turn, which was that of {waiter:?}");
            let Waiter { firm, class, window, .. } = waiter;
            self.take_on(booking, Hold { firm, class, asked: window, notice: NOTICE }).await;
            self.note_cascade(booking);
            self.model.waiters.get_mut(&id).expect("known").given = Some((booking, self.model.now));
            self.count("promoted");
        }
        assert!(gifts.is_empty(), "given to nobody whose turn it was: {gifts:?}");
        count
    }

    /// Whether what is given now was given before, and let go.
    fn note_cascade(&mut self, booking: Uuid) {
        let place = self.model.bookings[&booking].place;
        let before = self.model.waiters.values().filter_map(|one| one.given);
        let mut before = before.map(|(booking, _)| &self.model.bookings[&booking]);
        let again = before.any(|one| {
            let is_over = matches!(one.status, "withdrawn" | "expired" | "declined" | "cancelled");
            is_over && one.place.line == place.line && one.place.meets((place.start, place.end))
        });
        if again {
            self.count("promoted next");
        }
    }

    /// The holds that those who wait were given since it was asked last, in their order, each with whom it was for.
    async fn given(&self) -> VecDeque<(Uuid, Uuid)> {
        let sql = "SELECT booking, id FROM waiter WHERE booking IS NOT NULL";
        let mut gifts: Vec<(Uuid, Uuid)> = Vec::new();
        for row in self.db.rows(sql, vec![]).await.expect("the list is read") {
            let id: Uuid = row.try_get_by_index(1).expect("an id");
            if self.model.waiters[&id].given.is_none() {
                gifts.push((row.try_get_by_index(0).expect("an id"), id));
            }
        }
        gifts.sort_unstable();
        gifts.into()
    }

    /// Whether the list is as the model has it.
    pub(super) async fn same_list(&self, after: &str) {
        let mut found: Vec<(Uuid, Option<Uuid>, bool)> = Vec::new();
        for row in self.db.rows("SELECT id, booking, closed_at FROM waiter", vec![]).await.expect("rows") {
            let closed_at: Option<i64> = row.try_get_by_index(2).expect("a time");
            let id = row.try_get_by_index(0).expect("an id");
            found.push((id, row.try_get_by_index(1).expect("an id"), closed_at.is_some()));
        }
        found.sort_unstable();
        let known = self.model.waiters.iter();
        let known: Vec<_> =
            known.map(|(id, one)| (*id, one.given.map(|(booking, _)| booking), one.is_closed)).collect();
        assert_eq!(found, known, "{after}");
    }
}
