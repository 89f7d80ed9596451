//! CoNLL-U files as a whole: what is read, what is said of what is wrong, and what is written.

use proptest::prelude::*;

use crate::article::{AnnotationsBuilder, Article, ByteSpan, MentionDraft, Meta, SourceForm, Text};
use crate::format::loss::Losses;
use crate::format::{
    Confidence, Document, File, Files, Format, Look, ReadOptions, WriteOptions, detect,
};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/formats/conllu/", $name)).as_slice()
    };
}

fn open(bytes: &[u8]) -> Vec<Article> {
    let files = Files {
        main: File::new("here/a.conllu", bytes),
        annotations: None,
    };
    let document = Document::open(Format::Conllu, files, ReadOptions::default());
    (0..document.len())
        .map(|index| document.read(index).unwrap())
        .collect()
}

/// Each mention: its fragments and its label.
fn mentions(article: &Article) -> Vec<(Vec<&str>, &str)> {
    let made = &article.annotations;
    let all = made.mentions().iter();
    all.map(|m| {
        let fragments = m.spans().iter().map(|s| article.text.slice(*s));
        (fragments.collect(), made.label_name(m.label))
    })
    .collect()
}

fn said(article: &Article) -> Vec<(u32, u32, &str)> {
    let all = article.diagnostics.iter();
    all.map(|d| (d.line, d.column, d.code)).collect()
}

fn write(article: &Article) -> (String, Losses) {
    let mut losses = Losses::default();
    let written = super::write::write(article, &WriteOptions::default(), &mut losses);
    (written.main, losses)
}

#[test]
fn brackets_are_mentions_of_entities() {
    let articles = open(fixture!("brackets.conllu"));
    let [article] = &articles[..] else {
        panic!("{} articles", articles.len());
    };
    assert_eq!(said(article), []);
    assert_eq!(article.meta.name, "harbour");
    assert_eq!(
        article.text.whole(),
        "Maro Tessel saw Norhaven.\n\nShe left the old, cold town by ferry."
    );
    assert_eq!(article.form.added, 2, "a paragraph's line ends");
    assert_eq!(
        mentions(article),
        [
            (vec!["Maro Tessel"], "person"),
            (vec!["Norhaven"], "place"),
            (vec!["She"], "person"),
            (vec!["the old", "town"], "place"),
        ]
    );
    let made = &article.annotations;
    let entities: Vec<_> = made
        .entities()
        .iter()
        .map(|e| (e.name.as_str(), e.given.is_some(), e.mentions().len()))
        .collect();
    assert_eq!(entities, [("Maro Tessel", true, 2), ("Norhaven", true, 2)]);
    assert_eq!(made.attributes().len(), 4);
    assert_eq!(made.attributes()[0].name, "infstat");
    assert_eq!(made.links()[0].reference, "Norhaven");
}

#[test]
fn tags_are_mentions_and_ranges_are_one_word() {
    let articles = open(fixture!("tags.conllu"));
    assert_eq!(articles.len(), 2);
    assert_eq!(said(&articles[0]), []);
    assert_eq!(
        articles[0].text.whole(),
        "林远山在白沙镇。\nVámonos al puerto Viejo"
    );
    assert_eq!(
        mentions(&articles[0]),
        [
            (vec!["林远山"], "PER"),
            (vec!["白沙镇"], "LOC"),
            (vec!["puerto Viejo"], "LOC")
        ]
    );
    assert!(
        articles[0]
            .annotations
            .entities()
            .iter()
            .all(|e| e.given.is_none()),
        "tags do not say which mentions are one"
    );
    assert_eq!(articles[1].text.whole(), "Sun");
}

#[test]
fn broken_lines_are_told_and_the_rest_is_read() {
    let article = open(fixture!("broken.conllu")).remove(0);
    assert_eq!(
        said(&article),
        [
            (12, 3, "undecodable"),
            (1, 10, "quote-differs"),
            (5, 1, "malformed-line"),
            (6, 1, "malformed-line"),
            (7, 3, "malformed-line"),
            (8, 19, "unfinished-tag"),
            (9, 19, "orphan-tag"),
            (10, 19, "orphan-tag"),
        ]
    );
    assert_eq!(article.text.whole(), "甲丙\n丁 戊 己 庚 辛 \u{FFFD}");
    assert_eq!(mentions(&article), [(vec!["辛"], "LOC")]);
    let unplaced: Vec<_> = article
        .annotations
        .unplaced()
        .iter()
        .map(|u| (article.annotations.label_name(u.label), &*u.place))
        .collect();
    assert_eq!(
        unplaced,
        [("e7", "line 9"), ("person", "line 8"), ("place", "line 11")],
        "a word that is not written has no place"
    );
    let mut codes: Vec<&str> = article.diagnostics.iter().map(|d| d.code).collect();
    // Any reader may meet a file whose encoding is a guess; keys that are not read have a test of their own.
    codes.extend(["encoding", "unknown-key"]);
    codes.sort_unstable();
    codes.dedup();
    let mut listed: Vec<&str> = super::ENTRY.codes.iter().map(|code| code.name).collect();
    listed.sort_unstable();
    assert_eq!(codes, listed, "each code has its example");
}

/// Words with these values in MISC, as a sentence.
fn sentence(misc: &[&str]) -> String {
    let words = (1..).zip(misc);
    let rows = words.map(|(n, misc)| format!("{n}\tw{n}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n"));
    rows.collect::<String>() + "\n"
}

#[test]
fn tags_of_named_entities_are_mentions_and_a_word_there_is_none() {
    let text = sentence(&["NamedEntity=B-PER", "NamedEntity=I-PER", "NamedEntity=O"]);
    let article = open(text.as_bytes()).remove(0);
    assert_eq!(mentions(&article), [(vec!["w1 w2"], "PER")]);
    assert_eq!(said(&article), []);
    let text = sentence(&["NamedEntity=Yes", "NamedEntity=Yes", "_"]);
    let article = open(text.as_bytes()).remove(0);
    assert_eq!(mentions(&article), []);
    assert_eq!(said(&article), []);
}

#[test]
fn keys_that_hold_tags_and_are_not_read_are_told_once() {
    let text = sentence(&[
        "Gloss=I-NOM|Name=O",
        "Gloss=B-house|SpaceAfter=No|Name=B-PER",
        "Gloss=see|Name=I-PER|Ref=B-7|Kind=I-x",
        "Name=B-LOC|Ref=_",
    ]);
    let article = open(text.as_bytes()).remove(0);
    assert_eq!(mentions(&article), []);
    assert_eq!(
        said(&article),
        [(2, 20, "unknown-key"), (3, 20, "unknown-key")]
    );
    let first = &article.diagnostics[0].message;
    assert!(
        first.contains("3 words") && first.contains("Name"),
        "{first}"
    );
}

#[test]
fn an_empty_label_is_written_as_corefud_writes_it() {
    let head = "# newdoc id = a\n# global.Entity = eid-etype-head-other\n";
    let text =
        head.to_owned() + &sentence(&["Entity=(e3--1", "Entity=e3)(e4--1)", "Entity=(e3-_-1)"]);
    let article = open(text.as_bytes()).remove(0);
    assert_eq!(
        mentions(&article),
        [(vec!["w1 w2"], ""), (vec!["w2"], ""), (vec!["w3"], "_")]
    );
    let (written, losses) = write(&article);
    assert_eq!(losses, Losses::default());
    assert!(written.contains("Entity=(e1--1\n"), "{written}");
    assert!(written.contains("(e2--1)"), "{written}");
    let again = open(written.as_bytes()).remove(0);
    assert_eq!(again.annotations, article.annotations);
    assert_eq!(write(&again).0, written);
}

#[test]
fn the_normal_form_comes_out_as_it_was() {
    let bytes = fixture!("normal.conllu");
    let (written, losses) = write(&open(bytes)[0]);
    assert_eq!(written, std::str::from_utf8(bytes).unwrap());
    assert_eq!(losses, Losses::default());
}

#[test]
fn fields_links_and_parts_are_written() {
    let given = open(fixture!("brackets.conllu")).remove(0);
    let (written, losses) = write(&given);
    assert_eq!(losses, Losses::default());
    let again = open(written.as_bytes()).remove(0);
    assert_eq!(again.text, given.text);
    assert_eq!(again.annotations, given.annotations);
    assert_eq!(write(&again).0, written);
}

#[test]
fn it_is_known_by_its_columns() {
    let row = "1\tSun\t_\t_\t_\t_\t_\t_\t_\t_\n";
    for (text, want) in [
        (row.to_owned(), Some(Confidence::Likely)),
        (format!("# sent_id = 1\n{row}\n"), Some(Confidence::Likely)),
        ("# a heading\n\nSome text.\n".to_owned(), None),
        ("1\t2\t3\n".to_owned(), None),
        (String::new(), None),
    ] {
        let look = Look {
            name: "a.txt",
            start: &text,
            whole: true,
        };
        let found = detect(&look).filter(|(format, _)| *format == Format::Conllu);
        assert_eq!(found.map(|(_, sign)| sign.confidence), want, "{text}");
    }
}

/// An article of this text with mentions over these fragments, of two entities or none.
fn made(text: &str, all: &[Vec<(usize, usize)>]) -> Article {
    let text = Text::from_lines(text.to_owned()).unwrap();
    let mut builder = AnnotationsBuilder::new(&text);
    let layer = builder.layer("x");
    let label = builder.label("a b-(c)|=%_");
    let entities = [
        builder.entity("x", label, Vec::new()),
        builder.entity("y", label, Vec::new()),
    ];
    for (index, spans) in all.iter().enumerate() {
        let spans = spans.iter().map(|(start, end)| ByteSpan::new(*start, *end));
        let draft = MentionDraft {
            layer,
            label,
            spans: spans.collect(),
            entity: entities.get(index % 3).copied(),
            ..MentionDraft::default()
        };
        // Spans that the text has not, or out of order, are left out.
        let _ = builder.mention(draft);
    }
    Article {
        meta: Meta {
            name: "n 1".to_owned(),
            ..Meta::default()
        },
        annotations: builder.finish(),
        text,
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    }
}

proptest! {
    /// What was written reads the same and is written the same, whatever the text.
    #[test]
    fn the_normal_form_is_a_fixed_point(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("乌"), Just("镇"), Just("“"), Just("a"), Just("Bc"), Just(" "), Just("　"), Just("\n"), Just("한"),
                Just("_"), Just("#"), Just("\u{FEFF}"), Just("\t"), Just("\\"), Just("|"), Just("\r"),
            ],
            0..30,
        ),
        spans in proptest::collection::vec(
            proptest::collection::vec((0usize..40, 1usize..12), 1..3),
            0..6,
        ),
    ) {
        let text = pieces.concat();
        let spans: Vec<Vec<(usize, usize)>> = spans
            .into_iter()
            .map(|spans| spans.into_iter().map(|(start, len)| (start, start + len)).collect())
            .collect();
        let given = made(&text, &spans);
        let (written, losses) = write(&given);
        let articles = open(written.as_bytes());
        prop_assert_eq!(articles.len(), 1);
        let again = &articles[0];
        prop_assert_eq!(&again.diagnostics, &vec![], "{}", written);
        let (twice, lost) = write(again);
        prop_assert_eq!(&twice, &written);
        prop_assert_eq!(lost, Losses::default());
        if losses == Losses::default() {
            prop_assert_eq!(again.text.whole(), text.trim_end_matches('\n'));
            prop_assert_eq!(again.annotations.mentions().len(), given.annotations.mentions().len());
        }
    }

    #[test]
    fn near_files_are_read(
        lines in proptest::collection::vec(
            prop_oneof![
                Just("# newdoc id = x".to_owned()),
                Just("# newpar".to_owned()),
                Just("# global.Entity = eid-etype-head".to_owned()),
                Just("# text = a".to_owned()),
                Just(String::new()),
                ("[1-4]([-.][1-4])?", "[a乌_]{1,2}", "(Entity=[(]?e?[12](\\[1/2\\])?(-x)?[()]?e?1?[)]?|NER=[BIO](-x)?|_)")
                    .prop_map(|(id, form, misc)| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}")),
            ],
            0..24,
        ),
    ) {
        for article in open(lines.join("\n").as_bytes()) {
            let (written, _) = write(&article);
            let again = open(written.as_bytes());
            prop_assert_eq!(write(&again[0]).0, written);
        }
    }
}
