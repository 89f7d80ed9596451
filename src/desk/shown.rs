//! A path as a message has it that must not be long.

use std::path::Path;

use crate::text::{Profile, str_width};

/// A longer path is told without its first folders, in cells: `~/.local/state/kanbao/names.toml` is not.
const LONGEST: u16 = 32;

/// A path with `~` for home; of a long one its last folder and name.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    shown(path, etcetera::home_dir().ok().as_deref())
}

fn shown(path: &Path, home: Option<&Path>) -> String {
    let in_home = home.and_then(|home| path.strip_prefix(home).ok());
    let whole = match in_home {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    };
    if str_width(&whole, &Profile::default()) <= LONGEST {
        return whole;
    }
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
    let file = name(path).unwrap_or_default();
    let folder = path.parent().and_then(name);
    let short = folder.map(|folder| format!("…/{folder}/{file}"));
    short
        .filter(|short| str_width(short, &Profile::default()) <= LONGEST)
        .unwrap_or_else(|| format!("…/{file}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short() {
        let home = Some(Path::new("/home/lin"));
        for (path, want) in [
            (
                "/home/lin/.local/state/kanbao/names.toml",
                "~/.local/state/kanbao/names.toml",
            ),
            ("/home/lina/n.toml", "/home/lina/n.toml"),
            (
                "/srv/a/very/deep/folder/for/state/names.toml",
                "…/state/names.toml",
            ),
            (
                "/srv/一个名字特别特别长的文件夹之中/names.toml",
                "…/names.toml",
            ),
        ] {
            assert_eq!(shown(Path::new(path), home), want);
        }
    }
}
