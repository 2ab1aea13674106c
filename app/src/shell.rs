//! The document around every page.

use std::sync::LazyLock;

use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*};
use leptos_i18n::Locale as _;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::{answered::Answered, app::App, language::Language};

/// What the pages load, by the names that the builder gave: hashed, and so cached for good.
#[derive(Clone, Debug)]
pub struct Assets {
    /// Script and wasm without their endings; `None` where the browser half was not built.
    pub module: Option<&'static str>,
    pub styles: Option<&'static str>,
    pub icon: Option<&'static str>,
}

/// Where the assets are served, without slashes.
pub const ASSETS: &str = "assets";

/// Whether the reader's clock is the plants'; what saves a draft, what shows that a form is on its way, what keeps it
/// while the language is changed, what copies a secret, what closes a menu, and what marks a notice that is looked
/// into. Too small for islands, and needed before any is awake.
static FORMS: LazyLock<String> = LazyLock::new(|| {
    let all = concat!(
        include_str!("away.js"),
        include_str!("changed.js"),
        include_str!("draft.js"),
        include_str!("busy.js"),
        include_str!("carry.js"),
        include_str!("copy.js"),
        include_str!("menu.js"),
        include_str!("read.js"),
    );
    // Every page carries them: what is only for whoever reads them here stays here.
    let lines = all.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
});

/// The whole document in `language`.
pub fn shell(language: Language, assets: Assets) -> impl IntoView {
    provide_context(language);
    provide_meta_context();
    let scripts = assets.module.map(|module| {
        let options = LeptosOptions::builder().output_name(module).site_pkg_dir(ASSETS).build();
        view! { <HydrationScripts options islands=true /> }
    });
    let styles = assets.styles.map(|name| {
        view! { <link rel="stylesheet" href=format!("/{ASSETS}/{name}") /> }
    });
    let icon = assets.icon.map(|name| {
        view! { <link rel="icon" href=format!("/{ASSETS}/{name}") type="image/svg+xml" /> }
    });
    // The answer to a form is its page: the address says so too, and can be reloaded and handed on.
    let address = use_context::<Answered>().map(|answered| {
        view! {
            <script nonce=use_nonce() data-here=answered.here>
                "history.replaceState(null, '', document.currentScript.dataset.here)"
            </script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=language.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {icon}
                {address}
                <script nonce=use_nonce() inner_html=FORMS.as_str()></script>
                {styles}
                {scripts}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
