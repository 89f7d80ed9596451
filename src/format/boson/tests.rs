//! Boson inline: what is read, what is said of what is wrong, and what is written.

use super::ENTRY;
use crate::article::Article;
use crate::format::loss::Losses;
use crate::format::{Confidence, Document, Feature, File, Files, Format, Look, ReadOptions};
use proptest::prelude::*;

const GOOD: &str = include_str!("../../../tests/formats/boson/good.txt");
const BAD: &str = include_str!("../../../tests/formats/boson/bad.txt");

fn document(format: Format, main: &[u8], annotations: &[u8]) -> Document {
    let files = Files {
        main: File::new("here/a.txt", main),
        annotations: Some(File::new("here/a.ann", annotations)),
    };
    Document::open(format, files, ReadOptions::default())
}

fn articles(text: &str) -> Vec<Article> {
    let document = document(Format::Boson, text.as_bytes(), b"");
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
fn a_line_is_an_article_with_line_ends_and_nested_mentions() {
    let articles = articles(GOOD);
    let texts: Vec<&str> = articles.iter().map(|a| a.text.whole()).collect();
    assert_eq!(
        texts,
        [
            "林小满去风城。\n　　她说：“云州纸厂好。”",
            "\n三月， 欧 阳在{a}和b}里\\\\写字。",
            "没有人。\n"
        ]
    );
    assert_eq!(
        marked(&articles[0]),
        [
            ("林小满", "person_name"),
            ("风城", "location"),
            ("云州纸厂", "org_name"),
            ("云州", "location"),
        ]
    );
    assert_eq!(
        marked(&articles[1]),
        [("\n三月", "time"), (" 欧 阳", "person_name")]
    );
    assert_eq!(articles[0].text.blocks().len(), 2);
    assert!(articles.iter().all(|a| a.diagnostics.is_empty()));
}

#[test]
fn the_usual_spelling_is_the_normal_form() {
    let lines: Vec<String> = articles(GOOD).iter().map(|a| written(a).0).collect();
    assert_eq!(lines.join("\n") + "\n", GOOD.replace("\n\n", "\n"));
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    let articles = articles(BAD);
    let found: Vec<_> = articles
        .iter()
        .flat_map(|a| &a.diagnostics)
        .map(|d| (d.line, d.column, d.code))
        .collect();
    assert_eq!(
        found,
        [
            (1, 14, "syntax"),
            (2, 2, "syntax"),
            (3, 1, "missing-value"),
            (3, 15, "syntax"),
            (4, 33, "syntax"),
            (4, 37, "syntax"),
        ]
    );
    let texts: Vec<&str> = articles.iter().map(|a| a.text.whole()).collect();
    assert_eq!(
        texts,
        [
            "今天下雨}}",
            "她{{time:今天风城",
            "去{{风城}} ",
            "{{a:{{a:x}}}}"
        ]
    );
    assert_eq!(marked(&articles[1]), [("风城", "location")]);
    let unplaced = &articles[2].annotations.unplaced()[0];
    assert_eq!(&*unplaced.place, "{{time:}}");
    let undecodable = document(Format::Boson, b"a\xFF\n", b"");
    let found = &undecodable.found()[0];
    assert_eq!(
        (found.line, found.column, found.code),
        (1, 2, "undecodable")
    );
}

#[test]
fn it_is_known_by_its_types() {
    use Confidence::{Guess, Likely};
    for (start, whole, confidence) in [
        (GOOD, true, Some(Likely)),
        ("去{{location:风城}}和{{time:", false, Some(Likely)),
        ("{{人:甲}}和{{人:乙}}去{{地:风城}}\n", true, Some(Guess)),
        ("{{PER:林小满}}来了\n", true, Some(Guess)),
        (
            "{{地:3 号楼}}和{{地:5 号楼}}、{{地:A 座}}\n",
            true,
            Some(Guess),
        ),
        ("去{{location:A 座}}\n", true, Some(Likely)),
        ("{{person_name:Tam}} left\n", true, Some(Likely)),
        ("{{time:HH}} left\n", true, None),
        ("{{t:a}} {{t:b}} {{t:c}}\n", true, None),
        ("{{cite:风城}} 说明\n", true, None),
        ("{{PER:林小满}}、{{cite:风城}}\n", true, None),
        ("{\"text\": \"{{location:风城}}\"}\n", true, None),
        ("{{user.name}}，您好：{{ order:id }}\n", true, None),
        ("风城下雨。\n", true, None),
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
fn text_that_looks_like_markup_is_parted_by_spaces() {
    let brat = document(
        Format::Brat,
        "{{a:b}} {c}\\n".as_bytes(),
        "T1\tA B 8 11\t{c}\nT2\t地:名 0 3\t{{a\n".as_bytes(),
    );
    let article = brat.read(0).unwrap();
    assert_eq!(article.annotations.mentions().len(), 1);
    let (line, losses) = written(&article);
    assert_eq!(line, "{{地_名:{{a}}:b} } {c}\\ n");
    let lost: Vec<_> = losses.iter().collect();
    assert_eq!(
        lost,
        [
            (Feature::Spaces, 2),
            (Feature::Labels, 1),
            (Feature::Verbatim, 1)
        ]
    );
    let again = &articles(&line)[0];
    assert_eq!(written(again).0, line);
}

#[test]
fn what_the_form_cannot_carry_is_counted() {
    let brat = document(
        Format::Brat,
        "风城下雨了".as_bytes(),
        "T1\tA 0 2\t风城\nT2\tB 1 3\t城下\nT3\tC 0 1;3 4\t风 雨\n".as_bytes(),
    );
    let (line, losses) = written(&brat.read(0).unwrap());
    assert_eq!(line, "{{A:风城}}下雨了");
    let lost: Vec<_> = losses.iter().map(|(feature, _)| feature).collect();
    assert_eq!(lost, [Feature::Crossing, Feature::Discontinuous]);
}

proptest! {
    #[test]
    fn the_normal_form_is_a_fixed_point(text in "([ab:云　 {}\\\\n-]|\\{\\{a:|\\}\\}|\\\\n){0,24}") {
        for article in articles(&text) {
            // Faults are text that looks like markup, which the first writing mends.
            let (line, _) = written(&article);
            let again = articles(&line);
            prop_assert_eq!(again.len(), 1);
            prop_assert_eq!(again[0].diagnostics.len(), 0, "{}", line);
            prop_assert_eq!(again[0].annotations.mentions().len(), article.annotations.mentions().len());
            let (line_again, losses) = written(&again[0]);
            prop_assert!(losses.is_empty(), "{}", losses);
            prop_assert_eq!(line_again, line);
            if article.diagnostics.is_empty() {
                prop_assert_eq!(marked(&again[0]).len(), marked(&article).len());
            }
        }
    }
}
