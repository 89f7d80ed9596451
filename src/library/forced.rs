//! Which files of a folder or an archive are read in a format that was asked for.

use std::path::Path;

use crate::format::Format;

/// The endings of texts, in which markup may stand as well.
const TEXTS: &[&str] = &["txt", "text"];
const COLUMNS: &[&str] = &[
    "conll", "bio", "iob", "iob1", "iob2", "bioes", "bmes", "bieo", "tsv", "txt", "text",
];
const JSON: &[&str] = &["json", "jsonl", "ndjson"];

/// Whether a file is called as those of a format that was asked for may be, so that it is read in it although it does
/// not look like it.
pub(super) fn could_be(name: &Path, forced: Format) -> bool {
    let endings = endings(forced);
    let ending = name.extension().map(|e| e.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// What files of a format that was asked for end in, in words.
pub(super) fn wanted(forced: Format) -> String {
    match endings(forced) {
        [] => "a .txt with an .ann beside it".to_owned(),
        endings => {
            let endings: Vec<String> = endings.iter().map(|e| format!(".{e}")).collect();
            format!("files that end in {}", endings.join(", "))
        }
    }
}

/// What files of a format that was asked for end in.
const fn endings(forced: Format) -> &'static [&'static str] {
    match forced {
        Format::Toml => &["toml"],
        // A pair says what it is.
        Format::Brat => &[],
        Format::Text | Format::Pfr | Format::Msra | Format::Boson => TEXTS,
        Format::Yedda => &["ann", "txt", "text"],
        Format::Conll2003 | Format::Column => COLUMNS,
        Format::Conllu => &["conllu", "conll", "txt", "text"],
        Format::LabelStudio | Format::Cluener | Format::DuEe | Format::Spacy | Format::Doccano => {
            JSON
        }
        Format::WebAnnotation => &["json", "jsonld"],
        Format::Tei | Format::Cec => &["xml"],
        Format::Enamex => &["xml", "sgm", "sgml", "txt", "text"],
        Format::WebAnno => &["tsv"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_a_format_is_read_in_it_from_a_folder() {
        for format in Format::ALL {
            let name = format!("a.{}", crate::format::ending(*format));
            let is_pair = *format == Format::Brat;
            assert!(could_be(Path::new(&name), *format) != is_pair, "{name}");
            assert!(!could_be(Path::new("README.md"), *format), "{format}");
            assert!(!could_be(Path::new("LICENSE"), *format), "{format}");
        }
    }
}
