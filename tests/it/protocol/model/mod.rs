//! Random sequences of all that is done to bookings and lines, of all that gives room and of all that takes it, against
//! a plain model of the rules: what the model allows happens, what it forbids is refused with a reason that it gives,
//! and afterwards both hold the same.
//!
//! Where the resolver chooses (which campaign makes room, and where what can't stay goes), the model asks of the choice
//! what the rules ask, takes it on and goes on comparing. Of those who wait it tells whose turn it is. What it doesn't
//! foresee is whether a way was found where there may be one: those refusals it takes, and counts.

mod adopting;
mod agreed;
mod answering;
mod asking;
mod bookings;
mod changes;
mod closing;
mod comparing;
mod fees;
mod outages;
mod proposals;
mod record;
mod rescuing;
mod rules;
mod splitting;
mod swapping;
mod waiting;

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{Failure, OfferQuery, OfferView};
use domain::{OrganisationId, policy::Policy};
use futures::future::LocalBoxFuture;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use server::{clock::SetClock, settings::Settings, store::verify::verify};
use tests::{
    Plant, TestDatabase, audit,
    desk::{Desk, clock},
    on_both_databases,
    plant::BEGIN,
};
use uuid::Uuid;

use proposals::Proposal;
use rules::{Booking, Model};

/// What a product's hazards are: each a class of its own, and one product of each, of every firm.
const HAZARDS: [&str; 3] = ["", "hormone", "high_activity"];
const WINDOWS: [(&str, &str); 3] =
    [("2026-03-03", "2026-03-14"), ("2026-03-08", "2026-03-25"), ("2026-03-20", "2026-05-20")];
const FIRMS: usize = 3;
const MOST_HOLDS: u32 = 4;
const MOST_UNCONFIRMED: u32 = 6;
const DEEDS: u32 = 260;

struct Play {
    db: TestDatabase,
    plant: Plant,
    /// That of the first firm, and of the platform.
    desk: Desk,
    firms: Vec<Desk>,
    clock: Arc<SetClock>,
    random: StdRng,
    model: Model,
    closures: Vec<(Uuid, usize)>,
    /// Offers seen a while ago, each with its search.
    seen: Vec<(OfferQuery, OfferView)>,
    /// What firms are or were asked.
    asks: BTreeMap<Uuid, Proposal>,
    /// What the last deed did to one of those, by its outcome; `asked`: it asked.
    told: BTreeMap<Uuid, String>,
    /// Whether something that couldn't stay has moved since the last deed began.
    stirred: bool,
    tally: BTreeMap<String, u32>,
}

/// Which deed it is, for whoever reads why the play broke off.
struct At {
    seed: u64,
    deed: u32,
}

impl Drop for At {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, deed {}", self.seed, self.deed);
        }
    }
}

on_both_databases! {
    async fn whatever_is_done_comes_out_as_the_plain_rules_say(db: TestDatabase) {
        let mut tally: BTreeMap<String, u32> = BTreeMap::new();
        for seed in 0..12 {
            let mut at = At { seed, deed: 0 };
            let mut play = Play::begin(TestDatabase::migrated(db.engine()).await, seed).await;
            for deed in 0..DEEDS {
                at.deed = deed;
                let name = play.act().await;
                aside(|| play.settle()).await;
                let after = format!("seed {seed}, deed {deed}: {name}");
                aside(|| play.same(&after)).await;
            }
            assert_eq!(audit(&play.db).await, []);
            verify(&play.desk.state.store).await.unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
            for (what, count) in play.tally {
                *tally.entry(what).or_default() += count;
            }
        }
        for what in [
            "hold ok", "hold refused", "request ok", "approve ok", "decline ok", "withdraw ok", "cancel ok", "move ok",
            "move refused", "start ok", "start refused", "complete early", "settle ok", "abort ok", "no-show ok", "close ok",
            "close refused", "lift ok", "shorten ok", "withdraw refused", "approve refused", "cleaning",
        ] {
            assert!(tally.contains_key(what), "never came to {what:?}: {tally:#?}");
        }
        // What the resolver does, and how often that must have come about at least.
        for (what, least) in [
            ("hold flexibly ok", 5), ("split ok", 3), ("join ok", 5), ("join refused", 5), ("leave ok", 2),
            ("promoted", 5), ("room by rule", 3), ("room asked", 5), ("room refused", 5),
            ("room made", 1), ("room declined", 1), ("swap asked", 5), ("swap refused", 5),
            ("swap made", 1), ("yes", 10), ("no", 5), ("answer refused", 3),
            ("answer after the time", 1), ("take back ok", 3), ("down hits", 5), ("down longer", 3), ("down for less", 3),
            ("rescue by rule", 3), ("rescue asked", 5), ("rescue made", 2), ("rescue declined", 1),
        ] {
            let count = tally.get(what).copied().unwrap_or(0);
            assert!(count >= least, "came to {what:?} {count} times: {tally:#?}");
        }
    }
}

impl Play {
    async fn begin(db: TestDatabase, seed: u64) -> Self {
        let plant = Plant::new(3);
        plant.write(&db).await;
        let policy = Policy {
            max_holds: MOST_HOLDS,
            ask_answer: proposals::ANSWER,
            ask_reach: asking::REACH,
            move_most: asking::MOVES,
            ask_most: asking::MOVES,
            plan_freeze_days: agreed::FREEZE,
            plan_discount_percent: 10,
            ..Policy::default()
        };
        let document = serde_json::to_string(&policy).expect("a policy has a document");
        db.execute("UPDATE policy SET document = $1", vec![document.into()]).await.expect("another policy");
        for number in 1..FIRMS {
            let sql = "INSERT INTO organisation
                 (id, kind, name_zh, name_en, contact, in_district, verified_at, created_at)
                 VALUES ($1, 'company', $2, $2, 'x', $3, 0, 0)";
            let firm = tests::plant::id(8, number);
            let values = vec![firm.into(), format!("Firm {number}").into(), true.into()];
            db.execute(sql, values).await.expect("a firm is written");
        }
        let clock = clock();
        let mut desk = Desk::open(&db, &plant, clock.clone()).await;
        let mut settings = Settings::clone(&desk.state.settings);
        settings.limits.unconfirmed_per_company = MOST_UNCONFIRMED;
        settings.limits.questions_per_company = u32::try_from(proposals::MOST_A_DAY).expect("small");
        desk.state.settings = Arc::new(settings);
        let firm = |number| desk.of(OrganisationId(tests::plant::id(8, number)));
        let firms = (0..FIRMS).map(firm).collect();
        let model = Model::new(&plant, BEGIN * 60, (MOST_HOLDS, MOST_UNCONFIRMED));
        let random = StdRng::seed_from_u64(seed);
        let (closures, seen, asks, told, stirred, tally) = Default::default();
        Self { db, plant, desk, firms, clock, random, model, closures, seen, asks, told, stirred, tally }
    }

    fn count(&mut self, what: &str) {
        *self.tally.entry(what.to_owned()).or_default() += 1;
    }

    /// One of the bookings in one of these states mostly, else any.
    fn some(&mut self, states: &[&str]) -> Option<Uuid> {
        let wanted = |booking: &Booking| states.contains(&booking.status);
        let of = |right: bool| -> Vec<Uuid> {
            self.model.bookings.iter().filter(|(_, one)| wanted(one) == right).map(|(id, _)| *id).collect()
        };
        let (right, wrong) = (of(true), of(false));
        let list = if right.is_empty() || (self.random.random_bool(0.15) && !wrong.is_empty()) {
            wrong
        } else {
            right
        };
        list.choose(&mut self.random).copied()
    }

    /// Does something, and says what. Which one, is drawn; each is put aside, for together they would be too large for
    /// the stack of a test.
    fn act(&mut self) -> LocalBoxFuture<'_, &'static str> {
        match self.random.random_range(0..100) {
            0..=12 => aside(move || self.hold()),
            13..=15 => aside(move || self.relocate()),
            16 | 17 => aside(move || self.step("withdraw", &["held", "requested"])),
            18..=23 => aside(move || self.step("request", &["held"])),
            24..=30 => aside(move || self.step("approve", &["requested"])),
            31 => aside(move || self.step("decline", &["requested"])),
            32 | 33 => aside(move || self.step("cancel", &["confirmed"])),
            34..=37 => aside(move || self.step("start", &["confirmed"])),
            38 => aside(move || self.step("complete", &["running"])),
            39 | 40 => aside(move || self.step("abort", &["running"])),
            41 => aside(move || self.step("settle", &["completed"])),
            42 => aside(move || self.step("no-show", &["confirmed"])),
            43 | 44 => aside(move || self.close()),
            45 => aside(move || self.lift()),
            46..=50 => aside(move || self.join()),
            51 => aside(move || self.leave()),
            52..=54 => aside(move || self.promote()),
            55..=59 | 97..=99 => aside(move || self.room()),
            60..=66 | 87..=92 => aside(move || self.answer()),
            67 => aside(move || self.take_back()),
            68..=74 | 93..=96 => aside(move || self.swap()),
            75..=77 => aside(move || self.break_down()),
            78 | 79 => aside(move || self.change_outage()),
            80 | 81 => aside(move || self.split()),
            _ => aside(move || self.wait()),
        }
    }

    async fn wait(&mut self) -> &'static str {
        let mut seconds = self.random.random_range(0..20 * 3600);
        // Now and then until a campaign is about to begin.
        let confirmed = self.model.bookings.values().filter(|booking| booking.status == "confirmed");
        let ahead = confirmed.map(|booking| booking.place.start * 60 - self.model.now);
        let next = ahead.filter(|ahead| *ahead > 0).min();
        if let Some(ahead) = next.filter(|_| self.random.random_bool(0.3)) {
            seconds = (ahead + self.random.random_range(-4..12) * 3600).max(0);
        }
        self.clock.advance(seconds);
        self.model.now += seconds;
        aside(|| self.late()).await;
        self.desk.sweep().await.expect("a sweep");
        self.model.lapse();
        "wait"
    }

    /// What happens by itself after each deed, but for the turns of those who wait: these may be late.
    async fn settle(&mut self) {
        loop {
            self.desk.sweep().await.expect("a sweep");
            // A question that is overtaken by what moves only now is ended by the next sweep.
            let has_moved = aside(|| self.rescued()).await;
            aside(|| self.record(!has_moved)).await;
            if !has_moved {
                break;
            }
        }
        self.stirred = false;
    }
}

/// A deed on the heap.
fn aside<'a, F: Future + 'a>(deed: impl FnOnce() -> F) -> LocalBoxFuture<'a, F::Output> {
    Box::pin(deed())
}

/// Why it was refused.
fn reason(failure: &Failure) -> &str {
    match failure {
        Failure::Conflict { refusal, .. } | Failure::Refused { refusal } => &refusal.reason,
        other => panic!("{other:?}"),
    }
}
