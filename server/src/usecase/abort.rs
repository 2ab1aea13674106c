//! Breaking a running campaign off: the step under way ends now, those that were to follow don't begin, and their time
//! is free again. What ran stays, since it is the line's state.

use async_trait::async_trait;
use domain::{
    Interval, LineId, Minute, OccupancyId, StepId,
    booking::Action,
    chain::{Shorten, relink},
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    booking::{self, Loaded, NewStep, Piece},
    protocol::{Effects, Scene, Stop},
    transition::{Change, Made},
};
use crate::store::{Tx, queries::PoolClaim, statement};

pub(crate) struct Abort {
    pub reason: String,
}

#[async_trait]
impl Change for Abort {
    fn action(&self) -> Action {
        Action::Abort
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        // The minute that has begun belongs to what ran.
        let now = (scene.now + 59).div_euclid(60);
        let mut effects = Effects::default();
        let (mut left, mut steps) = (Vec::new(), Vec::new());
        // Something ran, or it wouldn't be running: of a first step whose slot is still to come its first minute stays,
        // so that the line is known to be in the state that the product leaves.
        let ends =
            |piece: &Piece| now.max(if piece.seq == 0 { piece.interval.start + 1 } else { Minute::MIN });
        for piece in booking.steps.iter().filter(|piece| piece.live && ends(piece) <= piece.interval.start) {
            effects.release(piece.line, piece.occupancy);
            left.push(piece.step);
        }
        let under_way: Vec<Piece> = booking
            .live()
            .filter(|piece| (piece.interval.start + 1..piece.interval.end).contains(&ends(piece)))
            .cloned()
            .collect();
        for piece in under_way {
            let shorter =
                Shorten { row: piece.occupancy, id: OccupancyId(Uuid::now_v7()), end: ends(&piece) };
            if !fits(scene, &effects, piece.line, shorter) {
                continue;
            }
            effects.shorten(piece.line, shorter);
            for claim in
                claims(tx, piece.occupancy).await?.into_iter().filter(|claim| claim.cell < shorter.end)
            {
                effects.keep_claim(PoolClaim { occupancy: shorter.id, ..claim });
            }
            left.push(piece.step);
            steps.push(NewStep {
                id: StepId(Uuid::now_v7()),
                seq: piece.seq,
                occupancy: shorter.id,
                line: piece.line,
                interval: Interval { end: shorter.end, ..piece.interval },
            });
            replace(booking, &piece, shorter, &steps);
        }
        booking::leave(tx, &left).await?;
        booking.steps.retain(|piece| !left.contains(&piece.step));
        booking.broken_off = true;
        Ok(Made {
            effects,
            outcome: json!({ "ended_at": now, "released": left.len() - steps.len(), "shortened": steps.len() }),
            reason: Some(self.reason.clone()),
            steps,
            ..Made::default()
        })
    }
}

/// The booking's piece as it is from now on.
fn replace(booking: &mut Loaded, piece: &Piece, shorter: Shorten, steps: &[NewStep]) {
    let (Some(step), Some(known)) =
        (steps.last(), booking.steps.iter_mut().find(|known| known.step == piece.step))
    else {
        return;
    };
    known.step = step.id;
    known.occupancy = shorter.id;
    known.interval.end = shorter.end;
}

/// Whether what follows on the line still fits behind a row that ends sooner. It may not: the line would wait longer
/// than it stays clean, with no time to clean again. Then the row keeps its time.
fn fits(scene: &Scene, effects: &Effects, line: LineId, shorter: Shorten) -> bool {
    let mut change = effects.change(line, scene);
    change.shorten.push(shorter);
    scene
        .lines
        .get(&line)
        .is_some_and(|state| relink(state, &change, &mut || OccupancyId(Uuid::now_v7())).is_ok())
}

/// What a row claims of pools.
async fn claims(tx: &Tx<'_>, row: OccupancyId) -> Result<Vec<PoolClaim>, Stop> {
    let sql = "SELECT pool, starts_at, amount FROM pool_claim WHERE occupancy = ?";
    let mut claims = Vec::new();
    for found in tx.query_all_raw(statement(tx, sql, [row.0.into()])).await? {
        claims.push(PoolClaim {
            occupancy: row,
            pool: domain::PoolId(found.try_get("", "pool")?),
            cell: found.try_get("", "starts_at")?,
            amount: u32::try_from(found.try_get::<i64>("", "amount")?).unwrap_or(0),
        });
    }
    Ok(claims)
}
