//! The OpenAPI document, generated from the handlers.

use std::collections::BTreeSet;

use utoipa::{
    OpenApi,
    openapi::{
        Content, Ref, RefOr, ResponseBuilder, Schema,
        path::{Operation, PathItem},
        schema::{AdditionalProperties, Object},
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use super::problem::ProblemDetails;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Zhongshi",
        description = "Booking of pharmaceutical pilot capacity. Times are RFC 3339, intervals half-open, money integer \
                       fen. Every error is a problem (RFC 9457) in the language of Accept-Language. Writes that may be \
                       retried take an Idempotency-Key.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemDetails))
)]
struct Document;

/// The document's frame, for the router to fill.
#[must_use]
pub fn frame() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    let components = document.components.get_or_insert_default();
    let cookie = "The cookie that signing in sets; named __Host-zhongshi when the site is reached by https.";
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description("zhongshi", cookie))),
    );
    components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    document.security = Some(vec![
        SecurityRequirement::new("session", Vec::<String>::new()),
        SecurityRequirement::new("token", Vec::<String>::new()),
    ]);
    document
}

/// Adds what holds for every operation: its id, a word on success, and that any error is a problem.
#[must_use]
pub fn finish(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(operation_id(method, path));
            for response in operation.responses.responses.values_mut() {
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    "Done".clone_into(&mut response.description);
                }
            }
            let problem = ResponseBuilder::new()
                .description("A problem")
                .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
                .build();
            operation.responses.responses.insert("default".to_owned(), problem.into());
        }
    }
    close(&mut document);
    document
}

/// Says of every body that is sent that it takes no other fields than those named, as the extractor holds it.
fn close(document: &mut utoipa::openapi::OpenApi) {
    let mut asked = BTreeSet::new();
    for item in document.paths.paths.values_mut() {
        for (_, operation) in operations(item) {
            let body = operation.request_body.as_ref().and_then(|body| match body {
                RefOr::T(body) => Some(body),
                RefOr::Ref(_) => None,
            });
            let bodies = body.into_iter().flat_map(|body| body.content.values());
            let schemas = bodies.filter_map(|content| match content {
                RefOr::T(content) => content.schema.as_ref(),
                RefOr::Ref(_) => None,
            });
            schemas.for_each(|schema| named(schema, &mut asked));
        }
    }
    let Some(components) = document.components.as_mut() else { return };
    let mut closed = BTreeSet::new();
    while let Some(name) = asked.pop_first() {
        if !closed.insert(name.clone()) {
            continue;
        }
        match components.schemas.get_mut(&name) {
            Some(RefOr::T(Schema::Object(object))) => close_one(object, &mut asked),
            // One of several, such as a call's rule.
            Some(RefOr::T(Schema::OneOf(several))) => {
                for item in &mut several.items {
                    if let RefOr::T(Schema::Object(object)) = item {
                        close_one(object, &mut asked);
                    }
                }
            }
            _ => {}
        }
    }
}

fn close_one(object: &mut Object, asked: &mut BTreeSet<String>) {
    object.properties.values().for_each(|schema| named(schema, asked));
    object.additional_properties.get_or_insert_with(|| Box::new(AdditionalProperties::FreeForm(false)));
}

/// The schema that `schema` names, if it names one.
fn named(schema: &RefOr<Schema>, names: &mut BTreeSet<String>) {
    if let RefOr::Ref(reference) = schema
        && let Some(name) = reference.ref_location.rsplit('/').next()
    {
        names.insert(name.to_owned());
    }
}

/// Handlers of different files share names; method and path are unique.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.trim_start_matches("/api/v1").split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).fold(method.to_owned(), |id, word| id + "_" + word)
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, patch, .. } = item;
    [("get", get), ("put", put), ("post", post), ("delete", delete), ("patch", patch)]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}
