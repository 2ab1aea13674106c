//! Form fields with their label, hint and complaint bound together for everybody, screen readers included.

use leptos::{attr::aria_invalid, prelude::*};

/// A labelled control. `id` is the control's; the complaint describes it.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    complaint: Option<String>,
    /// Several controls stand beside each other: which of them is wrong they say themselves.
    #[prop(optional)]
    joined: bool,
    /// What helps to fill it in, before the control.
    #[prop(optional)]
    helper: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let class = if complaint.is_some() { "field wrong" } else { "field" };
    let control = children();
    let control = match &complaint {
        _ if joined => view! { <div class="joined">{control}</div> }.into_any(),
        Some(_) => control.add_any_attr(aria_invalid("true")).into_any(),
        None => control.into_any(),
    };
    view! {
        <div class=class>
            <label for=id.clone()>{label}</label>
            {helper}
            {control}
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {complaint.map(|words| view! { <p class="complaint" id=format!("{id}-problem")>{words}</p> })}
        </div>
    }
}

/// Whose password a form is about. Nobody sees it and it isn't sent: programs that keep passwords go by it, and else
/// couldn't tell which of several to change.
#[component]
pub fn Username(email: String) -> impl IntoView {
    view! { <input type="text" autocomplete="username" value=email readonly hidden /> }
}

/// A labelled select, named by its id, whose first option is none of the others: `none` says what that means.
#[component]
pub fn SelectField(
    id: &'static str,
    #[prop(into)] label: String,
    none: &'static str,
    /// Whether none of the others is chosen.
    empty: bool,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    complaint: Option<String>,
    /// The id of what else describes it.
    #[prop(optional)]
    beside: &'static str,
    children: Children,
) -> impl IntoView {
    let described = format!("{id}-problem {beside}").trim_end().to_owned();
    view! {
        <Field id label complaint>
            <select id=id name=id aria-describedby=described>
                <Choice value="" words=none chosen=empty />
                {children()}
            </select>
        </Field>
    }
}

/// One option of a select.
#[component]
pub fn Choice(
    #[prop(into)] value: String,
    #[prop(into)] words: String,
    chosen: bool,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    view! { <option value=value selected=chosen disabled=disabled>{words}</option> }
}
