//! Where the user's config is, and reading it.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use super::problem::Problem;
use super::{Config, layer};

/// Why a config file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file that was asked for does not exist.
    #[error("there is no config file {}: check the path after --config, or leave it out", .0.display())]
    Missing(PathBuf),
    /// The file is there but cannot be read.
    #[error("the config file {} cannot be read: {source}; check that it is a file and that you may read it", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Where the user's config is looked for: `explicit`, else `kanbao/config.toml` in `$XDG_CONFIG_HOME` or `~/.config`.
///
/// `None` where there is no home to speak of. The file need not exist.
#[must_use]
pub fn user_path(explicit: Option<&Path>) -> Option<PathBuf> {
    match explicit {
        Some(path) => Some(path.to_owned()),
        None => Xdg::new()
            .ok()
            .map(|xdg| xdg.config_dir().join("kanbao").join("config.toml")),
    }
}

/// Reads the user's config over the defaults, and says which file it was, if any.
///
/// # Errors
/// When the file that was asked for does not exist, or when a file is there but cannot be read. What is wrong *in* it,
/// invalid UTF-8 included, is a [`Problem`].
pub fn load(explicit: Option<&Path>) -> Result<(Config, Vec<Problem>, Option<PathBuf>), LoadError> {
    let defaults = || {
        let (config, problems) = layer(None);
        Ok((config, problems, None))
    };
    let Some(path) = user_path(explicit) else {
        return defaults();
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return if explicit.is_some() {
                Err(LoadError::Missing(path))
            } else {
                defaults()
            };
        }
        Err(source) => return Err(LoadError::Unreadable { path, source }),
    };
    let name = path.display().to_string();
    let (mut config, problems) = match std::str::from_utf8(&bytes) {
        Ok(text) => layer(Some((&name, text))),
        Err(error) => {
            let (config, mut problems) = layer(None);
            problems.push(invalid_utf8(&name, &bytes, error.valid_up_to()));
            (config, problems)
        }
    };
    config.library = config.library.map(|library| at_home(&library));
    Ok((config, problems, Some(path)))
}

fn invalid_utf8(name: &str, bytes: &[u8], at: usize) -> Problem {
    let text = String::from_utf8_lossy(bytes);
    // What is valid up to there is the same, byte for byte, in the lossy text.
    let place = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
    let help = "save the file as UTF-8; until then all settings are the defaults";
    Problem::new(
        name,
        &text,
        place,
        "the config is not valid UTF-8",
        "not UTF-8",
        help,
    )
}

/// A path as it was typed, where `~` and `~/…` stand for the home folder.
#[must_use]
pub fn at_home(path: &Path) -> PathBuf {
    expand(path, etcetera::home_dir().ok().as_deref())
}

/// `~` and `~/…` become the home folder.
fn expand(path: &Path, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) if rest.as_os_str().is_empty() => home.to_owned(),
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_is_expanded_only_where_it_stands_alone() {
        let home = Some(Path::new("/home/li"));
        for (path, want) in [
            ("~/news", "/home/li/news"),
            ("~", "/home/li"),
            ("~li/news", "~li/news"),
            ("/a/~/b", "/a/~/b"),
        ] {
            assert_eq!(expand(Path::new(path), home), Path::new(want));
        }
        assert_eq!(expand(Path::new("~/news"), None), Path::new("~/news"));
    }

    #[test]
    fn a_missing_file_is_an_error_only_when_it_was_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("none.toml");
        let error = load(Some(&path)).expect_err("is missing").to_string();
        assert!(
            error.contains("none.toml") && error.contains("--config"),
            "{error}"
        );
        assert!(
            load(Some(folder.path()))
                .expect_err("is a folder")
                .to_string()
                .contains("cannot be read")
        );
    }

    #[test]
    fn a_file_is_read_and_bad_bytes_are_placed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "theme = \"paper\"\n").expect("written");
        let (config, problems, from) = load(Some(&path)).expect("reads");
        assert_eq!(
            (config.theme.dark.as_str(), problems.len(), from),
            ("paper", 0, Some(path.clone()))
        );
        std::fs::write(&path, b"theme = \"paper\"\n# \xe4\xb8\xad\xff\n").expect("written");
        let (config, problems, _) = load(Some(&path)).expect("reads");
        assert_eq!(config.theme.dark, "dark");
        assert_eq!((problems[0].line, problems[0].column), (2, 4));
    }
}
