//! The People's Daily corpus: what is read, what is said of what is wrong, and what is written.

use super::ENTRY;
use crate::article::Article;
use crate::format::inline::DEPTH;
use crate::format::loss::Losses;
use crate::format::{Confidence, Document, Feature, File, Files, Format, Look, ReadOptions};
use proptest::prelude::*;

const OF_1998: &str = include_str!("../../../tests/formats/pfr/1998.txt");
const OF_2003: &str = include_str!("../../../tests/formats/pfr/2003.txt");
const OF_2014: &str = include_str!("../../../tests/formats/pfr/2014.txt");
const BAD: &str = include_str!("../../../tests/formats/pfr/bad.txt");

fn articles(text: &str) -> Vec<Article> {
    let files = Files {
        main: File::new("here/a.txt", text.as_bytes()),
        annotations: None,
    };
    let document = Document::open(Format::Pfr, files, ReadOptions::default());
    (0..document.len())
        .map(|index| document.read(index).unwrap())
        .collect()
}

/// What is marked, with its labels.
fn marked(article: &Article) -> Vec<(&str, &str)> {
    let made = &article.annotations;
    made.mentions()
        .iter()
        .map(|m| (article.text.slice(m.hull()), made.label_name(m.label)))
        .collect()
}

fn written(article: &Article) -> (String, Losses) {
    let mut losses = Losses::of(article, ENTRY.carries);
    let written = (ENTRY.writer.write)(article, &Default::default(), &mut losses);
    (written.main + "\n", losses)
}

#[test]
fn an_article_is_its_paragraphs_wherever_they_stand() {
    let articles = articles(OF_1998);
    assert_eq!(articles.len(), 2);
    let first = &articles[0];
    assert_eq!(
        first.text.whole(),
        "风城的春天\n本报风城２月２日电记者林小满、欧阳青报道：风城水利公司在河边种了树。\n（照片３张）"
    );
    let meta = &first.meta;
    assert_eq!(
        (&*meta.title, &*meta.name, &*meta.date, &*meta.page),
        ("风城的春天", "19980203-02-017", "1998-02-03", "02")
    );
    assert_eq!(first.form.added, 2, "the line ends");
    assert_eq!(articles[1].text.whole(), "“人多，都来看。”古丽阿依说。");
    assert!(articles.iter().all(|a| a.diagnostics.is_empty()));
}

#[test]
fn halves_of_names_of_1998_are_one_mention() {
    let articles = articles(OF_1998);
    assert_eq!(
        marked(&articles[0]),
        [
            ("风城", "ns"),
            ("春天", "t"),
            ("风城", "ns"),
            ("２月", "t"),
            ("２日", "t"),
            ("林小满", "nr"),
            ("欧阳青", "nr"),
            ("风城水利公司", "nt"),
            ("风城", "ns"),
        ]
    );
    assert_eq!(
        marked(&articles[1]),
        [("古丽", "nr"), ("阿依", "nr")],
        "no surname, so two names"
    );
}

#[test]
fn compounds_nest_and_names_of_2003_are_told_by_their_tags() {
    let articles = articles(OF_2003);
    assert_eq!(articles.len(), 1);
    assert_eq!(
        articles[0].text.whole(),
        "ＡＢ厂的人Open Book\n单小满先生和阿依古丽青木去云州纸厂。"
    );
    assert_eq!(articles[0].form.added, 2, "a line end and a space");
    assert_eq!(
        marked(&articles[0]),
        [
            ("ＡＢ", "nx"),
            ("Open", "nx"),
            ("Book", "nx"),
            ("单小满", "nr"),
            ("阿依古丽", "nr"),
            ("青木", "nr"),
            ("云州纸厂", "nt"),
            ("云州", "ns"),
            ("云", "ns"),
        ]
    );
}

#[test]
fn a_file_of_2014_is_one_article_and_its_nrf_a_name_of_its_own() {
    let articles = articles(OF_2014);
    assert_eq!(articles.len(), 1);
    let article = &articles[0];
    assert_eq!(
        (article.meta.name.as_str(), article.meta.date.as_str()),
        ("a", "")
    );
    assert_eq!(
        article.text.whole(),
        "风城日报3月讯，云州纸业（集团）公司的米拉多约翰说：\n“林小满来了。”1/2"
    );
    assert_eq!(
        marked(article),
        [
            ("风城", "ns"),
            ("3月", "t"),
            ("云州纸业（集团）公司", "nt"),
            ("云州", "ns"),
            ("米拉多", "nrf"),
            ("约翰", "nrf"),
            ("林小满", "nr"),
        ]
    );
    assert!(article.diagnostics.is_empty());
    assert_eq!(article.annotations.entities().len(), 7);
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    let articles = articles(BAD);
    let found: Vec<_> = articles[0]
        .diagnostics
        .iter()
        .map(|d| (d.line, d.column, d.code))
        .collect();
    assert_eq!(
        found,
        [
            (1, 24, "syntax"),
            (2, 27, "syntax"),
            (3, 26, "syntax"),
            (3, 31, "malformed-line"),
            (3, 34, "malformed-line"),
            (3, 47, "missing-value"),
            (4, 1, "stray-line"),
            (5, 1, "duplicate-id"),
        ]
    );
    let text = articles[0].text.whole();
    assert_eq!(text, "风城的人\n城来\n来风城\n又来\n再来");
    let unplaced = articles[0].annotations.unplaced();
    assert_eq!((unplaced.len(), &*unplaced[0].place), (1, "]ns"));

    let files = Files {
        main: File::new("a.txt", b"20010305-01-001-001/m  \xFF/n"),
        annotations: None,
    };
    let document = Document::open(Format::Pfr, files, ReadOptions::default());
    let found = &document.found()[0];
    assert_eq!(
        (found.line, found.column, found.code),
        (1, 24, "undecodable")
    );

    let mut codes: Vec<&str> = articles[0].diagnostics.iter().map(|d| d.code).collect();
    // Any reader may meet a file whose encoding is a guess.
    codes.extend([found.code, "encoding"]);
    let all = ENTRY.codes.iter().all(|code| codes.contains(&code.name));
    assert!(all, "each sort of fault is met");
}

#[test]
fn brackets_are_read_to_a_depth() {
    let deep = format!(
        "20010305-01-001-001/m  {}风/n{}",
        "[".repeat(12),
        "]nt".repeat(12)
    );
    let articles = articles(&deep);
    assert_eq!(articles[0].annotations.mentions().len(), DEPTH);
    assert_eq!(articles[0].diagnostics.len(), 12 - DEPTH);
}

#[test]
fn it_is_known_by_its_ids_or_its_tags() {
    use Confidence::{Certain, Likely};
    for (start, whole, confidence) in [
        (OF_1998, true, Some(Certain)),
        (OF_2003, true, Some(Certain)),
        (OF_2014, true, Some(Likely)),
        (&OF_2014[..OF_2014.len() - 9], false, Some(Likely)),
        ("20010305-01-001-001/m  ", true, Some(Certain)),
        ("风城的春天来了，人们在河边种树。\n", true, None),
        (
            "20010305-01-001-001 is the number of this paper.\n",
            true,
            None,
        ),
        ("src/format/mod a/b c/d e/f g/h\n", true, None),
        ("风城/nt 的人/o 去/o 云州/ns ，/o \n", true, None),
        ("date,page\n1998/01,2\n", true, None),
        ("{\"text\": \"风/n\"}\n", true, None),
        ("", true, None),
    ] {
        let look = Look {
            name: "a.txt",
            start,
            whole,
        };
        let sign = (ENTRY.detect)(&look);
        assert_eq!(sign.map(|s| s.confidence), confidence, "{start}");
    }
}

#[test]
fn the_normal_form_has_every_line_and_every_mention() {
    let article = &articles(OF_2003)[0];
    let (form, losses) = written(article);
    assert_eq!(
        form,
        "19980107-11-002-001/m  ＡＢ/nx  厂的人/x  Open/nx  Book/nx  \n\
         19980107-11-002-002/m  单小满/nr  先生和/x  阿依古丽/nr  青木/nr  去/x  [[云/ns  州/x]ns  纸厂/x]nt  。/w  \n"
    );
    assert!(losses.is_empty());
}

#[test]
fn what_the_form_cannot_carry_is_counted() {
    let files = Files {
        main: File::new("here/a b.txt", "IPv6 is here, 林 小满\n\n[云州] {a}/n\n".as_bytes()),
        annotations: Some(File::new(
            "here/a b.ann",
            "T1\tPER 14 18\t林 小满\nT2\tnx 0 3\tIPv\nT3\tMade up 20 28\t[云州] {a}\nT4\tnr 14 15\t林\nT5\tnr 16 18\t小满\n"
                .as_bytes(),
        )),
    };
    let brat = Document::open(Format::Brat, files, ReadOptions::default());
    let article = brat.read(0).unwrap();
    let (form, losses) = written(&article);
    assert_eq!(
        form,
        "00000000-00-a_b-001/m  IPv6/x  is/x  here/x  ,/w  [林/nr  [小满/x]nr]PER  \n\
         00000000-00-a_b-002/m  \n\
         00000000-00-a_b-003/m  [/w  云州/x  ]/w  {/w  a/x  }/w  //w  n/x  \n"
    );
    let lost: Vec<_> = losses.iter().collect();
    assert_eq!(
        lost,
        [
            (Feature::Spaces, 3),
            (Feature::SubToken, 1),
            (Feature::Verbatim, 1)
        ]
    );
    let again = &articles(&form)[0];
    assert_eq!(again.text.whole(), "IPv6 is here,林小满\n\n[云州]{a}/n");
    assert_eq!(again.meta.name, "a_b");
    assert_eq!(written(again).0, form);
}

/// Words and brackets of any sort.
fn near() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("20010305-01-001-001/m"),
        Just("20010305-01-a-002/m"),
        Just("林/nr"),
        Just("小满/nr"),
        Just("林/nrf"),
        Just("云州/ns"),
        Just("a/nx"),
        Just("b1/x"),
        Just("看{kan4}/v"),
        Just("["),
        Just("[/w"),
        Just("]ns"),
        Just("]/nt"),
        Just("]/w"),
        Just("/"),
        Just("/w"),
        Just("{"),
        Just("}"),
        Just("　"),
        Just(" "),
        Just("  "),
        Just("\n"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_normal_form_is_a_fixed_point(text in near()) {
        for article in articles(&text) {
            let (form, losses) = written(&article);
            // A mention without a place, or with blanks at its ends, and no other thing, cannot be written.
            let known = [Feature::Unplaced, Feature::Edges];
            let lost = losses.iter().filter(|(feature, _)| !known.contains(feature)).count();
            prop_assert_eq!(lost, 0, "{}", losses);
            let again = articles(&form);
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(again[0].diagnostics.len(), 0, "{}", form);
            prop_assert_eq!(again[0].text.whole(), article.text.whole().trim_end_matches('\n'));
            prop_assert_eq!(marked(&again[0]), marked(&article), "{}", form);
            let form_again = written(&again[0]).0;
            prop_assert_eq!(form_again, form);
        }
    }
}
