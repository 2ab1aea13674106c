//! The OpenAPI document, held against every answer that a test sees.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::Answer;

/// The document that a server of this build publishes.
#[derive(Default)]
pub struct Document {
    /// Read once an answer is checked: by then the server has written it.
    value: OnceLock<Value>,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").finish_non_exhaustive()
    }
}

impl Document {
    /// The document itself.
    ///
    /// # Panics
    /// If it is no JSON.
    pub fn value(&self) -> &Value {
        self.value.get_or_init(|| {
            let mut value: Value =
                serde_json::from_str(server::http::router::document()).expect("the document is JSON");
            close_objects(&mut value["components"]["schemas"]);
            value
        })
    }

    /// Every operation, as method and path template.
    #[must_use]
    pub fn operations(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (path, item) in self.value()["paths"].as_object().into_iter().flatten() {
            for method in item.as_object().into_iter().flatten().map(|(method, _)| method) {
                found.push((method.to_ascii_uppercase(), path.clone()));
            }
        }
        found
    }

    /// Checks that an answer to `method` on `path` is as the document says, with no field that it doesn't know. Pages
    /// are not checked, and of what is no address of the API only that it isn't there.
    ///
    /// # Panics
    /// If the status is not described, or the body does not fit its schema; if something under `/api` answers that the
    /// document doesn't know.
    #[track_caller]
    pub fn check(&self, method: &str, path: &str, answer: &Answer) {
        let known = self.path_item(path).and_then(|(template, item)| {
            item.get(method.to_ascii_lowercase()).map(|operation| (template, operation))
        });
        let Some((template, operation)) = known else {
            let refused = matches!(answer.status, 404 | 405) || path.starts_with("/api/openapi.json");
            assert!(
                !path.starts_with("/api/") || refused,
                "{method} {path} isn't in the document: {}",
                answer.text
            );
            return;
        };
        let responses = &operation["responses"];
        let status = answer.status.to_string();
        let described = answer.status < 400;
        let response = if described { &responses[&status] } else { &responses["default"] };
        assert!(
            response.is_object(),
            "{method} {template} answered {status}, which the document does not know"
        );
        let Some(contents) = response["content"].as_object() else {
            assert!(answer.text.is_empty(), "{method} {template}: a body that the document does not know");
            return;
        };
        let media = answer.header("content-type").split(';').next().unwrap_or_default().to_owned();
        let content = contents.get(&media).unwrap_or_else(|| {
            panic!("{method} {template} answered {status} as {media:?}, which the document does not know")
        });
        if media.ends_with("json") {
            let key = format!("{method} {template} {status} {media}");
            let faults: Vec<String> = self
                .validator(&key, &content["schema"])
                .iter_errors(&answer.body)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{key} does not fit the document: {faults:#?}\n{}", answer.text);
        }
    }

    fn validator(&self, key: &str, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let made = validators.entry(key.to_owned()).or_insert_with(|| {
            let schemas = self.needed_by(schema);
            let root = json!({"allOf": [schema], "components": {"schemas": schemas}});
            Arc::new(jsonschema::validator_for(&root).expect("the document's schemas are schemas"))
        });
        Arc::clone(made)
    }

    /// The schemas that `schema` leads to. All of them at once would take longer to read than most tests run.
    fn needed_by(&self, schema: &Value) -> Map<String, Value> {
        let all = &self.value()["components"]["schemas"];
        let (mut found, mut open) = (Map::new(), named_in(schema));
        while let Some(name) = open.pop() {
            if !found.contains_key(&name) {
                open.extend(named_in(&all[&name]));
                found.insert(name.clone(), all[&name].clone());
            }
        }
        found
    }

    /// The template that fits the path: the one with the fewest parameters.
    fn path_item(&self, path: &str) -> Option<(&String, &Value)> {
        let path = path.split('?').next().unwrap_or_default();
        let fits = |template: &str| {
            let (mut ours, mut theirs) = (template.split('/'), path.split('/'));
            loop {
                match (ours.next(), theirs.next()) {
                    (None, None) => return true,
                    (Some(ours), Some(theirs)) if ours.starts_with('{') || ours == theirs => {}
                    _ => return false,
                }
            }
        };
        let paths = self.value()["paths"].as_object()?;
        paths
            .iter()
            .filter(|(template, _)| fits(template))
            .min_by_key(|(template, _)| template.matches('{').count())
    }
}

/// The names of the schemas that a schema refers to by itself.
fn named_in(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|target| target.strip_prefix("#/components/schemas/")).map(str::to_owned);
            own.into_iter().chain(fields.values().flat_map(named_in)).collect()
        }
        Value::Array(list) => list.iter().flat_map(named_in).collect(),
        _ => Vec::new(),
    }
}

/// Lets no object have fields that its schema doesn't name, unless the schema says what others may be like or is one of
/// several that together describe an object.
fn close_objects(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("unevaluatedProperties".to_owned(), json!(false));
            }
            for (name, field) in fields.iter_mut() {
                // What parts of a whole don't know, the whole may.
                if name != "allOf" {
                    close_objects(field);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(close_objects),
        _ => {}
    }
}
