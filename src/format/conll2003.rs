//! The four columns of the shared task of CoNLL 2003: token, part of speech, chunk, tag.
//!
//! It is read as [`super::column`] is, but the columns in between have names: `pos` and `chunk`, attributes of
//! the mention, with a value for each of its tokens (in German files `lemma` before them). What they say of tokens in
//! no mention stays in the file alone. The first release has IOB1 tags, later ones BIO.
//!
//! The normal form: parted by one space; `-DOCSTART- -X- -X- O` and a blank line before each article; BIO when no
//! scheme is asked for; `_` where a part of speech or a chunk is not known.
//!
//! Source: <https://www.clips.uantwerpen.be/conll2003/ner/>.

use super::column::{self, CODES, Dialect, Seen, Tagged, kept, tagged};
use super::entry::{Entry, Look, Reader, Sign, WriteOptions, Writer, Written};
use super::loss::{Feature, Losses};
use super::scheme::Scheme;
use crate::article::{Article, MentionId, Target};

/// CoNLL-2003.
pub(super) const ENTRY: Entry = Entry {
    name: "conll2003",
    about: "CoNLL-2003: token, part of speech, chunk, tag",
    detect,
    reader: Reader::Many {
        split: column::split,
        read: |source| column::read(source, &DIALECT),
    },
    writer: Writer {
        ending: "conll",
        joined: Some(["", "", ""]),
        write,
    },
    carries: &[
        Feature::Mentions,
        Feature::Lines,
        Feature::Attributes,
        Feature::Controls,
    ],
    partly: &[Feature::Attributes],
    codes: &CODES,
};

const DIALECT: Dialect = Dialect {
    names: |count| match count {
        0 => &[],
        1 => &NAMES[1..2],
        2 => &NAMES[1..],
        _ => &NAMES,
    },
};

const NAMES: [&str; 3] = ["lemma", "pos", "chunk"];

fn detect(look: &Look<'_>) -> Option<Sign> {
    let seen = Seen::of(look);
    if !seen.is_chunked() {
        return None;
    }
    Some(if seen.starts_article {
        Sign::certain("its lines are a token, a part of speech, a chunk and a tag, in articles")
    } else {
        Sign::likely("its lines are a token, a part of speech, a chunk and a tag")
    })
}

/// What is said of the tokens of a mention: parts of speech and chunks.
#[derive(Clone, Default)]
struct Said<'a> {
    pos: Vec<&'a str>,
    chunk: Vec<&'a str>,
}

/// Writes an article.
fn write(article: &Article, options: &WriteOptions, losses: &mut Losses) -> Written {
    let mentions = kept(&article.annotations);
    let scheme = options.scheme.unwrap_or(Scheme::Bio);
    let rows = tagged(article, &mentions, scheme, losses);
    let ids: Vec<MentionId> = mentions.iter().map(|(id, _)| *id).collect();
    let said = said(article, &ids, &rows, losses);
    let mut out = String::from("-DOCSTART- -X- -X- O\n");
    for row in rows {
        if row.first {
            out.push('\n');
        }
        let of = row.within.and_then(|(mention, at)| {
            let said = said.get(mention)?;
            Some((said.pos.get(at).copied(), said.chunk.get(at).copied()))
        });
        let (pos, chunk) = of.unwrap_or_default();
        for part in [row.token, " ", pos.unwrap_or("_"), " "] {
            out.push_str(part);
        }
        for part in [chunk.unwrap_or("_"), " ", &row.tag, "\n"] {
            out.push_str(part);
        }
    }
    out.push('\n');
    Written {
        main: out,
        beside: None,
    }
}

/// What attributes say of the tokens of each mention; those that do not fit are lost.
fn said<'a>(
    article: &'a Article,
    ids: &[MentionId],
    rows: &[Tagged<'_>],
    losses: &mut Losses,
) -> Vec<Said<'a>> {
    let mut tokens = vec![0; ids.len()];
    for (mention, at) in rows.iter().filter_map(|row| row.within) {
        if let Some(count) = tokens.get_mut(mention) {
            *count = at + 1;
        }
    }
    let mut said = vec![Said::default(); ids.len()];
    let mut lost = 0;
    for attribute in article.annotations.attributes() {
        let at = match attribute.target {
            Target::Mention(id) => ids.binary_search(&id).ok(),
            _ => None,
        };
        let value = attribute.value.as_deref().unwrap_or("");
        let values: Vec<&str> = value.split_whitespace().collect();
        let slot = at.and_then(|at| {
            let fits = tokens.get(at) == Some(&values.len());
            let said = said.get_mut(at).filter(|_| fits)?;
            match attribute.name.as_str() {
                "pos" => Some(&mut said.pos),
                "chunk" => Some(&mut said.chunk),
                _ => None,
            }
        });
        match slot {
            Some(slot) if slot.is_empty() => *slot = values,
            _ => lost += 1,
        }
    }
    losses.add(Feature::Attributes, lost);
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Confidence, Document, File, Files, Format, ReadOptions};

    const IOB1: &[u8] = include_bytes!("../../tests/formats/conll2003/iob1.conll");
    const BROKEN: &[u8] = include_bytes!("../../tests/formats/conll2003/broken.conll");
    const NORMAL: &[u8] = include_bytes!("../../tests/formats/conll2003/normal.conll");

    fn open(bytes: &[u8]) -> Vec<Article> {
        let files = Files {
            main: File::new("here/a.conll", bytes),
            annotations: None,
        };
        let document = Document::open(Format::Conll2003, files, ReadOptions::default());
        (0..document.len())
            .map(|index| document.read(index).unwrap())
            .collect()
    }

    fn write_all(articles: &[Article]) -> String {
        let mut losses = Losses::default();
        let options = WriteOptions::default();
        let all = articles
            .iter()
            .map(|a| write(a, &options, &mut losses).main);
        let written = all.collect();
        assert!(losses.is_empty(), "{losses}");
        written
    }

    #[test]
    fn the_columns_in_between_are_attributes() {
        let articles = open(IOB1);
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[0].diagnostics, []);
        assert_eq!(
            articles[0].text.whole(),
            "Maro Tessel met Iben Rook .\nIt rained ."
        );
        let made = &articles[0].annotations;
        assert_eq!(made.mentions().len(), 3);
        let attributes: Vec<_> = made
            .attributes()
            .iter()
            .map(|a| (&*a.name, a.value.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(
            attributes,
            [
                ("pos", "NNP NNP"),
                ("chunk", "I-NP I-NP"),
                ("pos", "NNP"),
                ("chunk", "I-NP"),
                ("pos", "NNP"),
                ("chunk", "I-NP"),
            ]
        );
    }

    #[test]
    fn in_german_files_the_lemma_is_an_attribute_and_a_b_is_rare() {
        let article = open("-DOCSTART- -X- -X- -X- O\n\nNorhaven Norhaven NE I-NC I-LOC\nMaro <unknown> NE I-NC I-PER\nfür für APPR I-PC O\nRook <unknown> NE I-NC I-PER\n. . $. O O\nIben <unknown> NE I-NC I-PER\nRook <unknown> NE B-NC B-PER\nin in APPR I-PC O\nTessel <unknown> NE I-NC B-LOC\n".as_bytes())
            .remove(0);
        assert_eq!(article.diagnostics, []);
        let made = &article.annotations;
        let found = made.mentions().iter();
        let found = found.map(|m| (article.text.slice(m.hull()), made.label_name(m.label)));
        assert_eq!(
            found.collect::<Vec<_>>(),
            [
                ("Norhaven", "LOC"),
                ("Maro", "PER"),
                ("Rook", "PER"),
                ("Iben", "PER"),
                ("Rook", "PER"),
                ("Tessel", "LOC"),
            ]
        );
        let said = made.attributes().iter().take(3);
        let said = said.map(|a| (a.name.as_str(), a.value.as_deref().unwrap_or("")));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [("lemma", "Norhaven"), ("pos", "NE"), ("chunk", "I-NC")]
        );
    }

    #[test]
    fn the_normal_form_is_a_fixed_point() {
        assert_eq!(
            write_all(&open(NORMAL)),
            std::str::from_utf8(NORMAL).unwrap()
        );
        let written = write_all(&open(IOB1));
        let again = open(written.as_bytes());
        assert_eq!(write_all(&again), written);
        assert_eq!(again.len(), 2);
        assert_eq!(
            again[0].annotations.attributes(),
            open(IOB1)[0].annotations.attributes()
        );
    }

    #[test]
    fn broken_lines_are_told_and_the_rest_is_read() {
        let article = open(BROKEN).remove(0);
        let said: Vec<_> = article
            .diagnostics
            .iter()
            .map(|d| (d.line, d.column, d.code))
            .collect();
        assert_eq!(
            said,
            [
                (1, 6, "undecodable"),
                (2, 1, "malformed-line"),
                (4, 15, "orphan-tag"),
                (6, 16, "unknown-tag"),
            ]
        );
        let ends =
            open(b"Maro NNP B-NP B-PER\nTessel NNP I-NP I-PER\nand CC O O\nIben NNP B-NP S-PER\n");
        assert_eq!(ends[0].diagnostics[0].code, "unfinished-tag");
    }

    #[test]
    fn the_chunk_of_a_line_that_is_cut_off_is_no_tag() {
        let article =
            open(b"Maro NNP I-NP B-PER\nTessel NNP I-NP\nsleeps VBZ I-VP O\nIben NNP I-NP B-PER\n")
                .remove(0);
        let made = &article.annotations;
        let labels = made.mentions().iter().map(|m| made.label_name(m.label));
        assert_eq!(labels.collect::<Vec<_>>(), ["PER", "PER"]);
        assert_eq!(article.diagnostics[0].code, "malformed-line");
    }

    #[test]
    fn it_is_known_by_its_chunks() {
        for (text, want) in [
            (
                "Maro NNP B-NP B-PER\nsleeps VBZ B-VP O\n",
                Some(Confidence::Likely),
            ),
            (
                "-DOCSTART- -X- -X- O\n\nMaro NNP B-NP B-PER\n",
                Some(Confidence::Certain),
            ),
            ("Maro\tNNP\tI-NP\tI-PER\n", Some(Confidence::Likely)),
            ("# id 1\nMaro _ _ B-PER\n", None),
            (
                "-DOCSTART- -X- -X- O\n\nMaro _ _ B-PER\nsleeps _ _ O\n",
                Some(Confidence::Certain),
            ),
            ("Maro B-PER\n", None),
        ] {
            let look = Look {
                name: "a.txt",
                start: text,
                whole: true,
            };
            let found = crate::format::detect(&look);
            let found = found.filter(|(format, _)| *format == Format::Conll2003);
            assert_eq!(found.map(|(_, sign)| sign.confidence), want, "{text}");
        }
    }
}
