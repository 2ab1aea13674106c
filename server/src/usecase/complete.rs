//! A campaign that is done. Before its planned end the rest of its time is free again, as of one that is broken off;
//! what it costs was agreed for the campaign and not by the hour, and stays. Of one with a step ahead nothing is done:
//! what won't run any more is broken off.

use app::contract::{Failure, RefusalView};
use async_trait::async_trait;
use domain::{RouteId, booking::Action};
use serde_json::json;

use super::{
    booking::{Loaded, Piece},
    cut_short::{Ahead, cut_short, over_at, step_ahead},
    protocol::{Scene, Stop},
    refusal::second,
    transition::{Change, Made},
};
use crate::store::{Catalogue, Tx};

pub(crate) struct Complete;

#[async_trait]
impl Change for Complete {
    fn action(&self) -> Action {
        Action::Complete
    }

    async fn make(&self, tx: &Tx<'_>, scene: &Scene, booking: &mut Loaded) -> Result<Made, Stop> {
        if let Some(step) = step_ahead(booking, scene.now) {
            return Err(too_soon(&scene.catalogue, booking, step).into());
        }
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

/// That `step` is still ahead: which one, on which line, and from when on.
fn too_soon(catalogue: &Catalogue, booking: &Loaded, step: &Piece) -> Failure {
    let mut refusal = RefusalView::named("step_ahead");
    let route = catalogue.route(RouteId(booking.row.route));
    if let Some(known) = route.and_then(|route| route.steps.get(step.seq as usize)) {
        refusal = refusal.with("name", &known.name.zh).with("name_en", &known.name.en);
    }
    if let Some(line) = catalogue.line(step.line) {
        refusal = refusal.with("line", &line.name.zh).with("line_en", &line.name.en);
        refusal.line = Some(line.name.clone().into());
    }
    Failure::Refused { refusal: refusal.with("start", second(step.interval.start * 60)) }
}
