//! Whether the database holds what the model does: rows, states, deadlines, plan windows, the list and the outages.

use uuid::Uuid;

use super::{
    FIRMS, Play,
    rules::{Kind, Row, Span},
};

impl Play {
    /// Whether the database holds what the model does, and that keeps to the rules.
    pub(super) async fn same(&mut self, after: &str) {
        self.same_rows(after).await;
        self.same_bookings(after).await;
        self.same_list(after).await;
        self.same_outages(after).await;
        assert_eq!(self.model.unfit(), None, "{after}");
        assert!(!self.model.has_too_many(FIRMS), "{after}: more holds or requests than a firm may have");
    }

    async fn same_rows(&mut self, after: &str) {
        let sql = "SELECT o.line, o.starts_at, o.ends_at, o.kind, s.booking, c.id FROM occupancy o
            LEFT JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL LEFT JOIN closure c ON c.occupancy = o.id
            WHERE o.live IS NOT NULL AND o.head IS NULL";
        let mut found: Vec<(usize, i64, i64, Kind)> = Vec::new();
        for row in self.db.rows(sql, vec![]).await.expect("rows are read") {
            let text: String = row.try_get_by_index(3).expect("a word");
            let kind = match text.as_str() {
                "campaign" => Kind::Campaign(row.try_get_by_index(4).expect("a booking's")),
                "closure" => Kind::Closure(row.try_get_by_index(5).expect("a closure's")),
                _ => Kind::Cleaning,
            };
            let line = self.line(row.try_get_by_index(0).expect("a line"));
            let time = |index| row.try_get_by_index::<i64>(index).expect("a minute");
            found.push((line, time(1), time(2), kind));
        }
        found.sort_unstable();
        let rows = self.model.lines.iter().enumerate();
        let rows = rows.flat_map(|(line, rows)| rows.iter().map(move |row| (line, row)));
        let mut known: Vec<_> =
            rows.map(|(line, Row { start, end, kind, .. })| (line, *start, *end, *kind)).collect();
        known.sort_unstable();
        assert_eq!(found, known, "{after}");
        if known.iter().any(|(.., kind)| *kind == Kind::Cleaning) {
            self.count("cleaning");
        }
    }

    async fn same_bookings(&self, after: &str) {
        let mut found: Vec<(Uuid, String, Option<i64>, i64)> = Vec::new();
        let sql = "SELECT id, status, COALESCE(hold_expires_at, reply_by), begins_at FROM booking";
        for row in self.db.rows(sql, vec![]).await.expect("rows") {
            let id = row.try_get_by_index(0).expect("an id");
            let status = row.try_get_by_index(1).expect("a word");
            let due = row.try_get_by_index(2).expect("a second");
            found.push((id, status, due, row.try_get_by_index(3).expect("a second")));
        }
        found.sort();
        let known = self.model.bookings.iter();
        let known: Vec<_> = known
            .map(|(id, booking)| (*id, booking.status.to_owned(), booking.due, booking.place.start * 60))
            .collect();
        assert_eq!(found, known, "{after}");
        let mut found: Vec<(Uuid, Span)> = Vec::new();
        let sql = "SELECT booking, starts_at, ends_at FROM plan_window";
        for row in self.db.rows(sql, vec![]).await.expect("rows") {
            let time = |index| row.try_get_by_index::<i64>(index).expect("a minute");
            found.push((row.try_get_by_index(0).expect("an id"), (time(1), time(2))));
        }
        found.sort_unstable();
        let planned = self.model.bookings.iter().filter_map(|(id, booking)| Some((*id, booking.plan?)));
        assert_eq!(found, planned.collect::<Vec<_>>(), "{after}");
    }
}
