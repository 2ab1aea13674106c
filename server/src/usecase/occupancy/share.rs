//! What one line adds to the figures of a quarter.

use domain::{Interval, LineId, Minutes, OrganisationId, Second, metrics::LineUse, occupancy::Kind};

use super::super::usage::{self, Used};
use crate::store::Catalogue;

/// A line's hours in a quarter, by week and by whose they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineShare {
    /// Bookable minutes of each week.
    pub bookable: Vec<Minutes>,
    pub parts: Vec<Part>,
}

/// What one row of a campaign takes of one week.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The week's place in the quarter.
    pub week: usize,
    pub offering: String,
    /// `None`: the platform's own production.
    pub client: Option<OrganisationId>,
    /// Decided, or else held until `expires_at`.
    pub committed: bool,
    pub expires_at: Option<Second>,
    /// Process and changeover inside bookable time; above 0.
    pub minutes: Minutes,
}

impl LineShare {
    /// Counts the rows of a line, but for what outages take of it: `down`.
    pub fn of(
        catalogue: &Catalogue,
        line: LineId,
        (rows, down): (&[Used], &[LineUse]),
        weeks: &[Interval],
    ) -> Self {
        let mut share = Self::default();
        for (number, week) in weeks.iter().enumerate() {
            let touching: Vec<&Used> = rows.iter().filter(|used| used.touches(*week)).collect();
            let closures = || touching.iter().copied().filter(|used| used.kind == Kind::Closure);
            share.bookable.push(usage::hours(catalogue, line, (closures(), down), *week).bookable);
            for used in &touching {
                let Some(of) = &used.booking else { continue };
                let committed = used.is_committed();
                if !committed && !used.is_open() {
                    continue;
                }
                let alone = closures().chain(std::iter::once(*used));
                let hours = usage::hours(catalogue, line, (alone, down), *week);
                let minutes = hours.process_in_bookable + hours.changeover_in_bookable;
                // Who adds nothing to a figure hides nobody in it either.
                if minutes > 0 {
                    share.parts.push(Part {
                        week: number,
                        offering: of.offering.clone(),
                        client: of.client,
                        committed,
                        expires_at: used.expires_at,
                        minutes,
                    });
                }
            }
        }
        share
    }
}
