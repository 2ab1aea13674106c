//! What the types of problems mean.

use app::{
    contract::{Failure, TextView},
    language::Language,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    http::{Json, Path, Problem, words::title_of},
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
    let title = |language| title_of(&name, language).map(str::to_owned).ok_or(Failure::NotFound);
    let title = TextView { zh: title(Language::zh_CN)?, en: title(Language::en)? };
    Ok(Json(ProblemKind { name, title }))
}
