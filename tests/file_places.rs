//! Where the text of an article stands in its file.

use std::sync::Arc;

use kanbao::article::Article;
use kanbao::format::{
    self, Document, File, FilePlace, Files, Format, ReadOptions, WriteOptions, joined,
};
use kanbao::library::{ArticleId, Library};

fn open(format: Format, name: &str, text: &str) -> Document {
    let files = Files {
        main: File::new(name, text.as_bytes()),
        annotations: None,
    };
    Document::open(format, files, ReadOptions::default())
}

/// The places of all characters of an article that are no blanks, each with the rest of the file from there.
fn all<'a>(
    document: &Document,
    index: usize,
    file: &'a str,
) -> (Vec<char>, Vec<(FilePlace, &'a str)>) {
    let article = document.read(index).unwrap();
    let text = article.text.whole();
    let inked: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .collect();
    let wanted: Vec<usize> = inked.iter().map(|(at, _)| *at).collect();
    let lines: Vec<&str> = file.split('\n').collect();
    let places = document.places(index, text, &wanted);
    let rest = |place: FilePlace| (place, &lines[place.line - 1][place.column - 1..]);
    let chars = inked.into_iter().map(|(_, c)| c).collect();
    (chars, places.into_iter().map(rest).collect())
}

fn articles() -> Vec<Arc<Article>> {
    let mut library = Library::bundled();
    let ids = (0..library.len()).map(ArticleId);
    ids.map(|id| library.load(id).unwrap()).collect()
}

#[test]
fn every_character_is_found_in_every_format() {
    for to in Format::ALL {
        if *to == Format::Brat {
            continue;
        }
        for article in articles() {
            let (written, _) = format::write(*to, &article, &WriteOptions::default());
            let [open_with, _, close] = joined(*to).unwrap_or_default();
            let file = format!("{open_with}{}{close}", written.main);
            let document = open(*to, "a", &file);
            for index in 0..document.len() {
                let (chars, places) = all(&document, index, &file);
                let wrong: Vec<String> = chars
                    .iter()
                    .zip(&places)
                    .filter(|(c, (_, rest))| !rest.starts_with([**c, '\\', '&']))
                    .map(|(c, (place, rest))| {
                        format!(
                            "{c} at {place:?} {}",
                            rest.chars().take(8).collect::<String>()
                        )
                    })
                    .collect();
                assert!(
                    wrong.is_empty(),
                    "{to}, {}: {} of {}: {:?}",
                    article.meta.title,
                    wrong.len(),
                    chars.len(),
                    &wrong[..wrong.len().min(8)]
                );
                let sorted = places.windows(2).filter(|two| two[1].0 < two[0].0).count();
                assert_eq!(sorted, 0, "{to}: places ascend");
            }
        }
    }
}
