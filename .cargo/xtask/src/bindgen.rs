//! The browser's module and its JavaScript, from the compiled wasm.

use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

/// What the browser loads.
pub struct Module {
    pub script: Vec<u8>,
    pub wasm: Vec<u8>,
}

/// Binds the wasm at `input`. The library refuses a module made with another version of `wasm-bindgen`.
pub fn bind(input: &Path) -> Result<Module, String> {
    let problem = |error| format!("wasm-bindgen: {error:#}");
    let mut output = Bindgen::new()
        .input_path(input)
        .out_name("app")
        .web(true)
        .map_err(problem)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .map_err(problem)?;
    let inline = output.snippets().values().any(|snippets| !snippets.is_empty());
    if inline || !output.local_modules().is_empty() {
        return Err(
            "a dependency of the browser half brings JavaScript files of its own, which the site does not \
                    serve: see `snippets` in .cargo/xtask/src/bindgen.rs"
                .into(),
        );
    }
    Ok(Module { script: output.js().as_bytes().to_vec(), wasm: output.wasm_mut().emit_wasm() })
}
