//! What the types of problems mean.

use app::contract::{Failure, TextView};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Json, Path, Problem, words::PROBLEMS},
    state::AppState,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(explain))
}

/// A kind of problem.
#[derive(Debug, Serialize, ToSchema)]
struct ProblemKind {
    name: String,
    title: TextView,
}

/// Explains a problem's `type`.
#[utoipa::path(get, path = "/api/problems/{name}", tag = "health", security(()), params(("name" = String, Path)),
    responses((status = 200, body = ProblemKind)))]
async fn explain(Path(name): Path<String>) -> Result<Json<ProblemKind>, Problem> {
    let (name, zh, en) = PROBLEMS.iter().find(|(known, ..)| *known == name).ok_or(Failure::NotFound)?;
    let title = TextView { zh: (*zh).to_owned(), en: (*en).to_owned() };
    Ok(Json(ProblemKind { name: (*name).to_owned(), title }))
}
