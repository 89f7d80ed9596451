//! Any text as a config: no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = kanbao::config::layer(Some(("config.toml", text)));
});
