//! Where state is kept.

use std::ffi::OsString;
use std::path::PathBuf;

/// `kanbao` in `$XDG_STATE_HOME`, else in `~/.local/state`; `None` where there is no home to speak of. The folder need
/// not exist.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    folder(
        std::env::var_os("XDG_STATE_HOME"),
        etcetera::home_dir().ok(),
    )
}

/// A relative `$XDG_STATE_HOME` does not count, as the XDG specification has it.
fn folder(state_home: Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    let states = state_home
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| Some(home?.join(".local").join("state")))?;
    Some(states.join("kanbao"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_follows_xdg() {
        for (state_home, home, want) in [
            (Some("/s"), Some("/home/li"), Some("/s/kanbao")),
            (Some("/s"), None, Some("/s/kanbao")),
            (None, Some("/home/li"), Some("/home/li/.local/state/kanbao")),
            (Some(""), Some("/h"), Some("/h/.local/state/kanbao")),
            (Some("rel"), Some("/h"), Some("/h/.local/state/kanbao")),
            (None, None, None),
        ] {
            let got = folder(state_home.map(OsString::from), home.map(PathBuf::from));
            assert_eq!(got, want.map(PathBuf::from));
        }
    }
}
