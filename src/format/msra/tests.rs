//! MSRA inline: what is read, what is said of what is wrong, and what is written.

use super::ENTRY;
use crate::article::Article;
use crate::format::loss::Losses;
use crate::format::{Confidence, Document, Feature, File, Files, Format, Look, ReadOptions};
use proptest::prelude::*;

const GOOD: &str = include_str!("../../../tests/formats/msra/good.txt");
const BAD: &str = include_str!("../../../tests/formats/msra/bad.txt");

fn document(format: Format, main: &[u8], annotations: &[u8]) -> Document {
    let files = Files {
        main: File::new("here/a.txt", main),
        annotations: Some(File::new("here/a.ann", annotations)),
    };
    Document::open(format, files, ReadOptions::default())
}

fn articles(text: &str) -> Vec<Article> {
    let document = document(Format::Msra, text.as_bytes(), b"");
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
    (written.main, losses)
}

#[test]
fn a_line_is_an_article_of_segments() {
    let articles = articles(GOOD);
    let texts: Vec<&str> = articles.iter().map(|a| a.text.whole()).collect();
    assert_eq!(
        texts,
        [
            "云州纸厂的人去风城，见了林小满。",
            "“春天来了。”",
            "比 例 是风城：１/２ 还是 a/2 。"
        ]
    );
    assert_eq!(
        marked(&articles[0]),
        [("云州纸厂", "nt"), ("风城", "ns"), ("林小满", "nr")]
    );
    assert_eq!(articles[2].meta.name, "a#3");
    assert!(articles.iter().all(|a| a.diagnostics.is_empty()));
}

#[test]
fn the_usual_spelling_is_the_normal_form() {
    let lines: Vec<String> = articles(GOOD).iter().map(|a| written(a).0).collect();
    let [open, between, close] = ENTRY.writer.joined.unwrap();
    let whole = format!("{open}{}{close}", lines.join(between));
    assert_eq!(whole, GOOD.replace("\r\n\r\n", "\r\n"));
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    let articles = articles(BAD);
    let found: Vec<_> = articles
        .iter()
        .flat_map(|a| &a.diagnostics)
        .map(|d| (d.line, d.column, d.code))
        .collect();
    assert_eq!(found, [(2, 1, "malformed-line"), (2, 16, "malformed-line")]);
    assert_eq!(articles[1].text.whole(), "来了风城也下雨 ");
    assert_eq!(marked(&articles[1]), [("风城", "ns")]);
    let undecodable = document(Format::Msra, b"a\xFF/o \n", b"");
    let found = &undecodable.found()[0];
    assert_eq!(
        (found.line, found.column, found.code),
        (1, 2, "undecodable")
    );
}

#[test]
fn it_is_known_by_its_segments() {
    use Confidence::{Guess, Likely};
    for (start, whole, confidence) in [
        (GOOD, true, Some(Likely)),
        ("风城/ns 下雨/o 云", false, Some(Likely)),
        ("风城/LOC 下雨/o \n", true, Some(Guess)),
        ("风城/ns 下雨\n", true, None),
        ("风城下雨。\n", true, None),
        ("风城/ns  下雨/v  。/w  \n", true, None),
        ("a/o b/o\n", true, None),
        ("", true, None),
    ] {
        let start = start.replace("\r\n", "\n");
        let look = Look {
            name: "a.txt",
            start: &start,
            whole,
        };
        let sign = (ENTRY.detect)(&look);
        assert_eq!(sign.map(|s| s.confidence), confidence, "{start}");
    }
}

#[test]
fn what_the_form_cannot_carry_is_counted() {
    let brat = document(
        Format::Brat,
        "风城和/或 云州\n下雨 in New\nYork\n".as_bytes(),
        "T1\tA:b 0 2\t风城\nT2\tLOC 0 1\t风\nT3\tLOC 6 8\t云州\nT4\t地 15 23\tNew York\nT5\to 9 10\t下\n".as_bytes(),
    );
    let article = brat.read(0).unwrap();
    let (line, losses) = written(&article);
    assert_eq!(
        line,
        "风城/A_b 和//o 或 /o 云州/LOC 下/o_ 雨 in /o New York/地 "
    );
    let lost: Vec<_> = losses.iter().collect();
    assert_eq!(
        lost,
        [
            (Feature::Lines, 2),
            (Feature::Nested, 1),
            (Feature::Labels, 2)
        ]
    );
    assert_eq!(
        losses.to_string(),
        "2 line ends in the text, 1 nested mentions, 2 labels as they are written (“A:b” “o”)"
    );
    let again = &articles(&line)[0];
    assert_eq!(again.text.whole(), "风城和/或 云州下雨 in New York");
    assert_eq!(written(again).0, line);
}

proptest! {
    #[test]
    fn the_normal_form_is_a_fixed_point(text in "([ab/o云　 -]|/o |/nr |/ns |//o ){0,20}") {
        for article in articles(&text) {
            let (line, losses) = written(&article);
            prop_assert!(losses.is_empty(), "{}", losses);
            let again = articles(&line);
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(again[0].diagnostics.len(), 0, "{}", line);
            prop_assert_eq!(again[0].text.whole(), article.text.whole());
            prop_assert_eq!(marked(&again[0]), marked(&article));
            prop_assert_eq!(written(&again[0]).0, line);
        }
    }
}
