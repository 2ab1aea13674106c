//! Form fields with their label, hint and complaint bound together for everybody, screen readers included.

use leptos::prelude::*;

/// A labelled control. `id` is the control's; the complaint describes it.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    complaint: Option<String>,
    children: Children,
) -> impl IntoView {
    let class = if complaint.is_some() { "field wrong" } else { "field" };
    view! {
        <div class=class>
            <label for=id.clone()>{label}</label>
            {children()}
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {complaint.map(|words| view! { <p class="complaint" id=format!("{id}-problem")>{words}</p> })}
        </div>
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
