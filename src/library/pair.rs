//! Which files make an article together: a text, and annotations beside it.

use std::path::{Path, PathBuf};

use super::asked::Asked;
use super::place::{Place, recognise};
use super::unpack::{inner_name, start_of};
use crate::format::{self, FIRST_LOOK, Format, SHARED};

/// The file that makes a brat article of this one; none when the `.ann` of the two is of another format, as YEDDA's are.
pub(super) fn brat_half(
    path: &Path,
    asked: &Asked,
    is_there: &dyn Fn(&Path) -> bool,
) -> Option<PathBuf> {
    let inner = inner_name(path);
    let is_text = has_ending(&inner, "txt");
    if !is_text && !has_ending(&inner, "ann") {
        return None;
    }
    let other = beside(path, is_there)?;
    let ann = if is_text { other.as_path() } else { path };
    let start = start_of(ann, FIRST_LOOK).unwrap_or_default();
    let found = recognise(ann, &start, asked);
    let is_brat = found.is_none_or(|(format, _)| format == Format::Brat);
    (is_brat || asked.format == Some(Format::Brat)).then_some(other)
}

/// The article of a BioNLP shared task to which a text or a file of annotations belongs. An `.ann` beside the text has all
/// that they have, and goes before them.
pub(super) fn shared_task(
    path: &Path,
    asked: &Asked,
    is_there: &dyn Fn(&Path) -> bool,
) -> Option<Place> {
    if !matches!(asked.format, None | Some(Format::Brat)) {
        return None;
    }
    let inner = inner_name(path);
    let is_text = has_ending(&inner, "txt");
    if !is_text && !SHARED.iter().any(|ending| has_ending(&inner, ending)) {
        return None;
    }
    let found = |ending| {
        let other = inner.with_extension(ending);
        if other.as_os_str() == inner.as_os_str() {
            return Some(path.to_owned());
        }
        packed_or_not(&other, is_there)
    };
    let annotations: Vec<PathBuf> = SHARED.into_iter().filter_map(found).collect();
    let first = annotations.first()?;
    let start = start_of(first, FIRST_LOOK).unwrap_or_default();
    let is_brat = matches!(recognise(first, &start, asked), Some((Format::Brat, _)));
    if !is_brat || found("ann").is_some() {
        return None;
    }
    Some(Place {
        main: found("txt")?,
        annotations,
        format: Format::Brat,
        reason: "annotations of a BioNLP shared task (.a1, .a2) stand beside it",
    })
}

/// Whether a file is called as the annotations of a shared task are, compressed or not.
pub(super) fn is_of_task(path: &Path) -> bool {
    let inner = inner_name(path);
    SHARED.iter().any(|ending| has_ending(&inner, ending))
}

/// The file that makes a brat article of this one, compressed or not.
pub(super) fn beside(path: &Path, is_there: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    packed_or_not(&format::companion(&inner_name(path))?, is_there)
}

/// A file under its name, or compressed.
pub(super) fn packed_or_not(other: &Path, is_there: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    let name = other.file_name()?.to_string_lossy();
    format::packed_or_not(&name)
        .map(|name| other.with_file_name(name))
        .find(|other| is_there(other))
}

pub(super) fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case(wanted))
}
