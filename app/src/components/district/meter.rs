//! A share as a bar: what is taken, or in another tone what is free. The figure beside it says the same in digits.

use leptos::prelude::*;

/// Width of the drawing in its own units.
const WIDTH: i64 = 1000;

/// `part` of `whole`, and `more` after it in a lighter tone.
#[component]
pub fn Meter(
    part: i64,
    #[prop(optional)] more: i64,
    whole: i64,
    /// Whether the part is what is free.
    #[prop(optional)]
    free: bool,
) -> impl IntoView {
    let at = move |minutes: i64| if whole > 0 { (minutes * WIDTH / whole).clamp(0, WIDTH) } else { 0 };
    let (first, second) = (at(part), at(part + more));
    let class = if free { "meter free" } else { "meter" };
    view! {
        <svg class=class viewBox=format!("0 0 {WIDTH} 10") preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width=WIDTH height="10" rx="3" />
            <rect class="more" width=second height="10" />
            <rect class="part" width=first height="10" />
        </svg>
    }
    .into_any()
}
