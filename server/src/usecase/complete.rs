//! A campaign that is done. Before its planned end the rest of its time is free again, as of one that is broken off;
//! what it costs was agreed for the campaign and not by the hour, and stays.

use async_trait::async_trait;
use domain::booking::Action;
use serde_json::json;

use super::{
    booking::Loaded,
    cut_short::{Ahead, cut_short, over_at},
    protocol::{Scene, Stop},
    transition::{Change, Made},
};
use crate::store::Tx;

pub(crate) struct Complete;

#[async_trait]
impl Change for Complete {
    fn action(&self) -> Action {
        Action::Complete
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        let cut = cut_short(tx, scene, booking, Ahead::Done).await?;
        if cut.steps.is_empty() {
            // It ran to its planned end, or what follows needs that end: its rows stay as they are.
            return Ok(Made::default());
        }
        Ok(Made {
            outcome: json!({ "ended_at": over_at(scene.now), "freed": cut.freed }),
            effects: cut.effects,
            steps: cut.steps,
            ..Made::default()
        })
    }
}
