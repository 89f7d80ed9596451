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
fn every_character_is_found_in_columns_whose_lines_end_with_cr() {
    let file = "林\tB-PER\r小\tI-PER\r\r去\tO\r";
    let (chars, places) = all(&open(Format::Column, "a.bio", file), 0, file);
    assert_eq!(chars, ['林', '小', '去']);
    for (c, (_, rest)) in chars.iter().zip(&places) {
        assert!(rest.starts_with(*c), "{c}: {rest}");
    }
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

/// What is to be seen at the faults of a file.
fn seen(name: &str, format: Format, file: &str) -> Vec<Option<String>> {
    let document = open(format, name, file);
    let mut article = document.read(0).unwrap();
    document.see_faults(0, &mut article);
    let text = article.text.whole().to_owned();
    let faults = article.diagnostics.iter();
    let at = faults.map(|fault| fault.at.map(|at| text[at..].chars().take(2).collect()));
    at.collect()
}

#[test]
fn a_fault_is_seen_where_the_file_has_it() {
    let some = |text: &str| Some(text.to_owned());
    for (format, file, want) in [
        // An inside without its beginning; the tag stands behind the token.
        (
            Format::Column,
            "去\tO\n风\tB-LOC\n城\tI-LOC\n\n见\tO\n林\tI-PER\n小\tI-PER\n满\tI-PER\n",
            vec![some("林小")],
        ),
        // Of what is no text the nearest.
        (
            Format::Boson,
            "去{{place:风城}}，见{{person_name:林小满。",
            vec![some("{{")],
        ),
        // What is wrong with a label is not a place of the text.
        (
            Format::Doccano,
            "{\"text\": \"去风城。\", \"label\": [[1, 9, \"LOC\"]]}\n",
            vec![None],
        ),
    ] {
        assert_eq!(seen("a", format, file), want, "{format}");
    }
}

/// The rest of the line at the place where the article has these words the nth time, from 0.
fn found<'a>(format: Format, file: &'a str, words: &str, nth: usize) -> &'a str {
    let document = open(format, "a", file);
    let article = document.read(0).unwrap();
    let text = article.text.whole();
    let at = text.match_indices(words).nth(nth).unwrap().0;
    let place = document.places(0, text, &[at])[0];
    &file.split('\n').nth(place.line - 1).unwrap()[place.column - 1..]
}

#[test]
fn a_text_that_stands_in_the_file_twice_is_found_where_it_is_read() {
    let record = |inner: &str| format!("{{{inner}}}\n");
    let task = |data: &str| format!("[{{\"data\": {{{data}}}, \"annotations\": []}}]");
    for (format, file, behind) in [
        (
            Format::Doccano,
            record("\"meta\": {\"text\": \"去风城。\"}, \"title\": \"去风城。\", \"label\": [[0, 3, \"去风城。\"]], \"text\": \"去风城。\", \"x\": 1"),
            "去风城。\", \"x\"",
        ),
        (
            Format::Cluener,
            record("\"label\": {\"name\": {\"去风城。\": [[0, 3]]}}, \"text\": \"去风城。\", \"x\": 1"),
            "去风城。\", \"x\"",
        ),
        (
            Format::LabelStudio,
            task("\"title\": \"去风城。\", \"text\": \"去风城。\", \"x\": 1"),
            "去风城。\", \"x\"",
        ),
        (
            Format::Toml,
            "# 去风城。\ntitle = \"去风城。\"\nheadline = \"去风城。\" # x\n".to_owned(),
            "去风城。\" # x",
        ),
        (
            Format::Tei,
            "<TEI><teiHeader><title>去风城。</title></teiHeader><tei:text><body><p>又<note>去风</note>去风城。x</p></body></tei:text></TEI>".to_owned(),
            "去风城。x",
        ),
    ] {
        let there = found(format, &file, "去风城。", 0);
        assert!(there.starts_with(behind), "{format}: {there}");
    }
}

#[test]
fn words_of_one_token_are_no_text() {
    let line = |id: &str, form: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n");
    let words =
        |all: &[(&str, &str)]| -> String { all.iter().map(|(id, form)| line(id, form)).collect() };
    let first = [
        ("1", "fin"),
        ("2-3", "du"),
        ("2", "de"),
        ("3", "le"),
        ("3.1", "chat"),
        ("4", "dernier"),
    ];
    let file = format!(
        "# text = fin du dernier\n{}\n# text = le chat\n{}\n",
        words(&first),
        words(&[("1", "le"), ("2", "chat")])
    );
    assert!(found(Format::Conllu, &file, "dernier", 0).starts_with("dernier\t"));
    let place = found(Format::Conllu, &file, "chat", 0);
    assert!(
        place.starts_with("chat\t") && file.ends_with(&format!("{place}\n\n")),
        "{place}"
    );
}

#[test]
fn a_text_that_is_put_together_is_found_in_its_parts() {
    let ids = |n: u32| format!("19980101-01-001-00{n}/m  ");
    let pfr = format!("{}乙/n  后/n\n{}甲/n  前/n\n", ids(2), ids(1));
    assert_eq!(found(Format::Pfr, &pfr, "乙", 0), "乙/n  后/n");
    assert_eq!(found(Format::Pfr, &pfr, "甲", 0), "甲/n  前/n");
    let toml =
        "# 风城\nsource = \"风城报\"\nbody = \"\"\"\n在风城\n\"\"\"\nheadline = \"\\u98ce城\"\n";
    assert_eq!(found(Format::Toml, toml, "风城", 0), "\\u98ce城\"");
    assert_eq!(found(Format::Toml, toml, "风城", 1), "风城");
    let boson = "去{{place:风城}}见{{person_name:林说";
    assert_eq!(found(Format::Boson, boson, "说", 0), "说");
}
