//! Answers: the last yes makes all that was asked for, if that can still be; a no, or no answer in time, nothing.

use app::contract::Failure;
use rand::{RngExt, seq::IndexedRandom};
use uuid::Uuid;

use super::{
    Play,
    adopting::Hold,
    fees::Room,
    proposals::{Move, Parts, Proposal},
    reason,
    rules::Booking,
};

impl Play {
    /// Somebody says yes or no.
    pub(super) async fn answer(&mut self) -> &'static str {
        let of = |is_open: bool| -> Vec<(Uuid, Uuid)> {
            let all = self.asks.iter().flat_map(|(id, whole)| {
                let waits = move |one: &Move| whole.outcome.is_none() && one.answer.is_none();
                whole.asked().filter(move |one| waits(one) == is_open).map(move |one| (*id, one.id))
            });
            all.collect()
        };
        let (open, others) = (of(true), of(false));
        let is_other = open.is_empty() || self.random.random_bool(0.15) && !others.is_empty();
        let list = if is_other { others } else { open };
        let Some((id, ask)) = list.choose(&mut self.random).copied() else { return "nobody is asked" };
        let is_yes = self.random.random_bool(0.65);
        self.say(id, ask, is_yes).await;
        "answer"
    }

    /// An answer to what is over, which nobody has noticed yet.
    pub(super) async fn late(&mut self) {
        let over = self.asks.iter().filter(|(_, one)| one.outcome.is_none() && one.until <= self.model.now);
        let late: Vec<(Uuid, Uuid)> =
            over.flat_map(|(id, whole)| whole.asked().map(move |one| (*id, one.id))).collect();
        let Some((id, ask)) = late.choose(&mut self.random).copied() else { return };
        let is_yes = self.random.random_bool(0.5);
        self.say(id, ask, is_yes).await;
        self.count("answer after the time");
    }

    async fn say(&mut self, id: Uuid, ask: Uuid, is_yes: bool) {
        let whole = self.asks[&id].clone();
        let one = whole.moves.iter().find(|one| one.id == ask).expect("a move of it");
        let word = if is_yes { "accepted" } else { "declined" };
        let done = self.firms[one.firm.expect("who is asked")].answer(ask, is_yes).await;
        self.gifts().await;
        let is_over = whole.outcome.is_some() || whole.until <= self.model.now;
        let refused = match one.answer.as_deref() {
            Some(said) if said == word => None,
            _ if is_over => Some("proposal_over"),
            Some(_) => Some("proposal_answered"),
            None => None,
        };
        match (done, refused) {
            (Ok(_), None) if one.answer.is_some() => self.count("answer again"),
            (Ok(_), None) => self.said(id, ask, word).await,
            (Err(failure), Some(why)) => {
                assert_eq!(reason(&failure), why, "{word} to {whole:?}");
                self.count("answer refused");
            }
            (done, refused) => panic!("{word}: {done:?}, by the rules {refused:?}; {whole:?}"),
        }
    }

    /// An answer that counts. The last yes makes all of it, if that can be; a no ends it.
    async fn said(&mut self, id: Uuid, ask: Uuid, word: &str) {
        let known = self.asks.get_mut(&id).expect("known");
        let one = known.moves.iter_mut().find(|one| one.id == ask).expect("a move of it");
        one.answer = Some(word.to_owned());
        let whole = known.clone();
        let is_last = whole.asked().all(|one| one.answer.is_some());
        let sql = "SELECT outcome, booking FROM proposal WHERE id = $1";
        let rows = self.db.rows(sql, vec![id.into()]).await.expect("a proposal is read");
        let row = rows.first().expect("a proposal");
        let outcome: Option<String> = row.try_get_by_index(0).expect("a word");
        let hold: Option<Uuid> = row.try_get_by_index(1).expect("an id");
        match outcome.as_deref() {
            None => assert!(word == "accepted" && !is_last, "{word}, and it is open still: {whole:?}"),
            Some("declined") => assert_eq!(word, "declined"),
            Some(ended @ ("made" | "overtaken")) => {
                assert!(word == "accepted" && is_last, "{word}, and it is {ended}: {whole:?}");
                let is_made = ended == "made";
                let can_be = self.model.can_be_made(&whole);
                assert!(can_be.is_none_or(|can_be| can_be == is_made), "{ended}: {whole:?}");
                if is_made {
                    self.make(&whole, hold).await;
                }
            }
            Some(other) => panic!("{word}, and it is {other}: {whole:?}"),
        }
        self.told.extend(outcome.map(|outcome| (id, outcome)));
        self.count(if word == "accepted" { "yes" } else { "no" });
    }

    /// All of a proposal was made.
    async fn make(&mut self, whole: &Proposal, hold: Option<Uuid>) {
        if whole.kind == "rescue" {
            let one = whole.moves.first().expect("the campaign that can't stay");
            match one.parts {
                Some(parts) => self.part(one, parts).await,
                None => self.go(one.booking, one.to).await,
            }
            return;
        }
        let mut rooms: Vec<Room> = Vec::new();
        for one in &whole.moves {
            match hold.zip(whole.asker) {
                Some(wanted) => rooms.extend(self.makes_room((one.booking, one.firm.is_some()), wanted)),
                // Both sides of a swap put their campaigns there themselves.
                None => {
                    self.model.keeps(one.booking);
                    self.model.notices_anew(one.booking);
                }
            }
        }
        let moves: Vec<_> = whole.moves.iter().map(|one| (one.booking, one.to)).collect();
        self.model.rearrange(&moves);
        if let Some((_, firm)) = hold.zip(whole.asker) {
            for (id, _) in &moves {
                self.moved_by_itself(*id, firm).await;
            }
        }
        if whole.kind == "swap" {
            // Each pays for its new place, as if it had moved there by itself.
            for one in &whole.moves {
                let price = self.stored(one.booking).await.price;
                let plan = self.model.bookings[&one.booking].plan;
                let plan =
                    plan.filter(|plan| one.to.is_inside(*plan) && self.model.leaves_room(*plan, one.to));
                let booking = self.model.bookings.get_mut(&one.booking).expect("known");
                (booking.price, booking.plan) = (price, plan);
            }
        }
        if let (Some((place, class)), Some(firm)) = (whole.hold, whole.asker) {
            let asked = whole.window.expect("a window");
            let hold = hold.expect("room for a hold");
            self.take_on(hold, Hold { firm, class, asked, notice: 0 }).await;
            assert_eq!(self.model.bookings[&hold].place, place, "not the place that was asked for");
            self.model.rooms.extend(rooms);
        }
        assert_eq!(self.model.unfit(), None);
    }

    /// Some batches of a campaign go elsewhere, at their share of the price; the others stay with it.
    async fn part(&mut self, asked: &Move, Parts { stays, goes, to }: Parts) {
        let id = asked.booking;
        let sql = "SELECT rest FROM proposal_move WHERE id = $1";
        let rows = self.db.rows(sql, vec![asked.id.into()]).await.expect("a move is read");
        let rest: Uuid = rows.first().expect("a move").try_get_by_index(0).expect("the other batches");
        let (one, other) = (self.stored(id).await, self.stored(rest).await);
        self.model.stays_noticed(id);
        let before = self.model.bookings[&id].clone();
        assert_eq!((one.place, other.place, other.firm), (asked.to, to, before.firm));
        assert_eq!((stays + goes, one.price + other.price), (before.batches, before.price));
        // What leaving cost before falls with the price.
        let share = before.left * i64::from(stays) / i64::from(before.batches);
        let apart = Booking {
            status: "confirmed",
            place: to,
            batches: goes,
            due: None,
            price: other.price,
            paid: 0,
            left: before.left - share,
            plan: before.plan.filter(|plan| to.is_inside(*plan)),
            ..before
        };
        self.model.part(id, one.place, (rest, apart));
        let known = self.model.bookings.get_mut(&id).expect("known");
        (known.price, known.left) = (one.price, share);
        assert_eq!(self.model.unfit(), None);
    }

    /// A firm takes back what it asks, or the platform.
    pub(super) async fn take_back(&mut self) -> &'static str {
        let open = self.asks.iter().filter(|(_, one)| one.outcome.is_none());
        let open: Vec<Uuid> = open.map(|(id, _)| *id).collect();
        let all: Vec<Uuid> = self.asks.keys().copied().collect();
        let list = if open.is_empty() || self.random.random_bool(0.2) { all } else { open };
        let Some(id) = list.choose(&mut self.random).copied() else { return "nobody asks" };
        let (asker, outcome) = (self.asks[&id].asker, self.asks[&id].outcome.clone());
        let done = match asker {
            Some(firm) => self.firms[firm].take_back(id).await,
            None => self.desk.call_off(id).await,
        };
        match (done, outcome.as_deref()) {
            (Ok(()), None) => {
                self.told.insert(id, "withdrawn".into());
                self.count("take back ok");
            }
            (Ok(()), Some("withdrawn")) => self.count("take back again"),
            (Err(Failure::Refused { refusal }), Some(_)) => {
                assert_eq!(refusal.reason, "proposal_over");
                self.count("take back refused");
            }
            (done, outcome) => panic!("take back: {done:?}, and it is {outcome:?}"),
        }
        "take back"
    }
}
