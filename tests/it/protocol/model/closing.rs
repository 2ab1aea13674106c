//! Lines that are closed, for less time after all, or not at all.

use std::collections::BTreeSet;

use app::contract::Failure;
use rand::RngExt;
use tests::plant::DAY;
use uuid::Uuid;

use super::{Play, reason, rules::Row};

impl Play {
    pub(super) async fn close(&mut self) -> &'static str {
        let line = self.random.random_range(0..self.plant.lines.len());
        let start = self.model.minute() + self.random.random_range(60..30 * DAY);
        let end = start + self.random.random_range(60..DAY);
        let hits = self.model.close(line, start, end);
        let (closure, named) = match self.desk.close(self.plant.line(line), (start, end)).await {
            Ok(answer) => (answer.closure, Vec::new()),
            Err(Failure::InTheWay { hits }) => (None, hits),
            // The changeover of what comes behind would be too short.
            Err(Failure::Refused { .. }) => (None, Vec::new()),
            Err(other) => panic!("close: {other:?}"),
        };
        let named: BTreeSet<Uuid> = named.iter().filter_map(|hit| hit.booking).collect();
        match (closure, hits) {
            (Some(closure), None) => {
                self.model.put_closure(line, closure.id, start, end);
                self.closures.push((closure.id, line));
                self.count("close ok");
            }
            (None, Some(hit)) => {
                assert!(hit.is_subset(&named), "{hit:?} of {named:?}");
                self.count("close refused");
            }
            (closure, hits) => panic!("closed {closure:?}, and by the rules it hits {hits:?}"),
        }
        "close"
    }

    pub(super) async fn lift(&mut self) -> &'static str {
        if self.closures.is_empty() {
            return "nothing to lift";
        }
        let (id, line) = self.closures.swap_remove(self.random.random_range(0..self.closures.len()));
        self.shorten(id, line).await;
        if self.model.closed(line, id).end <= self.model.minute() {
            match self.desk.lift(id).await {
                Err(failure) => assert_eq!(reason(&failure), "closure_over"),
                Ok(()) => panic!("lifted what is over"),
            }
            self.count("lift refused");
            return "lift";
        }
        self.desk.lift(id).await.expect("without clean-hold times every closure can be lifted");
        self.model.lift(line, id);
        self.count("lift ok");
        "lift"
    }

    /// Before a closure goes it takes less time, unless that is past.
    async fn shorten(&mut self, id: Uuid, line: usize) {
        let Row { start, end, .. } = self.model.closed(line, id);
        let (less, now) = ((end - start) / 4, self.model.minute());
        // One that has begun keeps its start.
        let (start, end) = (if start <= now { start } else { start + less }, end - less);
        if end < now {
            return;
        }
        self.desk.shorten(id, (start, end)).await.expect("what is closed can always take less time");
        self.model.shorten(line, id, (start, end));
        self.same("a closure takes less time").await;
        self.count("shorten ok");
    }
}
