//! Breaking a running campaign off: the step under way ends now, those that were to follow don't begin, and their time
//! is free again. What ran stays, since it is the line's state.

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

pub(crate) struct Abort {
    pub reason: String,
}

#[async_trait]
impl Change for Abort {
    fn action(&self) -> Action {
        Action::Abort
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        let cut = cut_short(tx, scene, booking, Ahead::Dropped).await?;
        booking.broken_off = true;
        Ok(Made {
            outcome: json!({ "ended_at": over_at(scene.now), "released": cut.released, "shortened": cut.steps.len(),
                "freed": cut.freed }),
            effects: cut.effects,
            reason: Some(self.reason.clone()),
            steps: cut.steps,
            ..Made::default()
        })
    }
}
