//! A request while it is being filled in: between the form's fields and the contract.

use leptos::{prelude::*, serde_json};

use crate::{answered::Typed, contract::RequestDetails};

/// The name of the form field for `detail`.
pub fn field_name(detail: &str) -> String {
    format!("details[{detail}]")
}

/// What was typed, in the contract's terms.
pub fn draft_of(typed: &Typed) -> RequestDetails {
    let Ok(serde_json::Value::Object(mut fields)) = serde_json::to_value(RequestDetails::default()) else {
        return RequestDetails::default();
    };
    for (name, value) in &mut fields {
        let said = typed.get(&field_name(name));
        *value = match value {
            serde_json::Value::Bool(_) => serde_json::Value::Bool(said.is_some()),
            _ => said.unwrap_or_default().into(),
        };
    }
    if let Some(markets) = typed.get_all("markets[]") {
        fields.insert("market".into(), markets.join(",").into());
    }
    serde_json::from_value(fields.into()).unwrap_or_default()
}

/// The same as hidden fields, for a form that takes it along.
#[component]
pub fn HiddenDraft(details: RequestDetails) -> impl IntoView {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(details) else {
        return ().into_any();
    };
    fields
        .into_iter()
        .filter_map(|(name, value)| {
            let value = match value {
                serde_json::Value::Bool(true) => "true".to_owned(),
                serde_json::Value::String(text) if !text.is_empty() => text,
                _ => return None,
            };
            Some(view! { <input type="hidden" name=field_name(&name) value=value /> })
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_comes_back_whole() {
        let typed = Typed::read(
            "details%5Bproject%5D=P-7&details[strength]=5+mg&details[quality]=true&markets[]=cn&markets[]=ru",
        );
        let expected = RequestDetails {
            project: "P-7".into(),
            strength: "5 mg".into(),
            quality: true,
            market: "cn,ru".into(),
            ..RequestDetails::default()
        };
        assert_eq!(draft_of(&typed), expected);
    }
}
