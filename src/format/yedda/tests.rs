//! YEDDA: what is read, what is said of what is wrong, and what is written.

use super::ENTRY;
use crate::article::Article;
use crate::format::loss::Losses;
use crate::format::{Confidence, Feature, File, Files, Format, Look, detect, read};
use proptest::prelude::*;

const GOOD: &str = include_str!("../../../tests/formats/yedda/good.ann");
const BAD: &str = include_str!("../../../tests/formats/yedda/bad.ann");

fn article(format: Format, main: &[u8], annotations: &[u8]) -> Article {
    let files = Files {
        main: File::new("here/a.txt.ann", main),
        annotations: Some(File::new("here/a.ann", annotations)),
    };
    read(format, files).unwrap()
}

fn yedda(text: &str) -> Article {
    article(Format::Yedda, text.as_bytes(), b"")
}

/// What is marked, with its label and layer.
fn marked(article: &Article) -> Vec<(&str, &str, u16)> {
    let made = &article.annotations;
    let label = |m: &crate::article::Mention| made.label_name(m.label);
    made.mentions()
        .iter()
        .map(|m| (article.text.slice(m.hull()), label(m), m.layer.0))
        .collect()
}

fn written(article: &Article) -> (String, Losses) {
    let mut losses = Losses::of(article, ENTRY.carries);
    let written = (ENTRY.writer.write)(article, &Default::default(), &mut losses);
    (written.main, losses)
}

#[test]
fn a_file_is_an_article_with_nested_and_recommended_mentions() {
    let article = yedda(GOOD);
    assert_eq!(
        article.text.whole(),
        "　　林小满去风城。\n她在云州纸厂写C#语言，\n\n不是 a[0] #1* 也不是 [x]。\n"
    );
    assert_eq!(
        marked(&article),
        [
            ("林小满", "Person", 0),
            ("风城", "Location", 0),
            ("云州纸厂", "Organization", 0),
            ("云州", "Location", 0),
            ("C#语言", "Work", 1),
        ]
    );
    let layers: Vec<&str> = article
        .annotations
        .layers()
        .iter()
        .map(|l| &*l.name)
        .collect();
    assert_eq!(layers, ["a.txt.ann", "recommended"]);
    assert_eq!(article.meta.name, "a.txt");
    assert!(article.diagnostics.is_empty());
    let (text, losses) = written(&article);
    assert_eq!(text, GOOD, "the usual spelling is the normal form");
    assert!(losses.is_empty());
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    let article = yedda(BAD);
    let found: Vec<_> = article
        .diagnostics
        .iter()
        .map(|d| (d.line, d.column, d.code))
        .collect();
    assert_eq!(
        found,
        [(1, 18, "syntax"), (2, 2, "syntax"), (2, 5, "missing-value")]
    );
    assert_eq!(article.text.whole(), "风城下雨#Time*]。\n说[@她去云\n州\n");
    assert_eq!(
        marked(&article),
        [("风城", "Location", 0), ("云\n州", "Location", 0)]
    );
    assert_eq!(&*article.annotations.unplaced()[0].place, "[@#Person*]");

    let undecodable = &self::article(Format::Yedda, b"a\xFF", b"").diagnostics[0];
    assert_eq!(
        (undecodable.line, undecodable.column, undecodable.code),
        (1, 2, "undecodable")
    );
    let deep = yedda(&format!("{}风{}", "[@".repeat(9), "#A*]".repeat(9)));
    assert_eq!(deep.annotations.mentions().len(), 8);
    assert_eq!(deep.diagnostics[0].code, "syntax");
}

#[test]
fn it_is_told_from_brat_by_its_content() {
    use Confidence::{Certain, Likely};
    for (name, start, sign) in [
        ("a.ann", GOOD, Some(Certain)),
        ("a.txt.ann", "云[@风", None),
        ("a.txt", "云[@风城#Location*]", Some(Likely)),
        ("a.ann", "T1\tLocation 0 14\t[@风城#Location*]\n", None),
        ("a.ann", "#1\tAnnotatorNotes T1\t[@风城#L*]\n", None),
        ("a.ann", "", None),
        ("a.json", "{\"text\": \"[@风城#L*]\"}", None),
        ("a.txt", "a[@b], c#d*]", Some(Likely)),
        ("a.txt", "c#d*] a[@b]", None),
        ("a.md", "写给[@小满]：#1 a*b*", None),
    ] {
        let look = Look {
            name,
            start,
            whole: false,
        };
        let found = (ENTRY.detect)(&look).map(|s| s.confidence);
        assert_eq!(found, sign, "{name}: {start}");
    }
    let look = Look {
        name: "a.ann",
        start: GOOD,
        whole: true,
    };
    assert_eq!(detect(&look).map(|(format, _)| format), Some(Format::Yedda));
}

#[test]
fn text_that_looks_like_markup_is_parted_by_spaces() {
    let article = article(
        Format::Brat,
        "见[@甲]和[$乙]，#1*]完".as_bytes(),
        "T1\ta*b 3 4\t甲\nT2\tB 2 3\t@\nT3\tC 0 3;5 6\t见[@ 和\n".as_bytes(),
    );
    let (text, losses) = written(&article);
    assert_eq!(text, "见[[@@#B*][@甲#a_b*]]和[ $乙]，#1* ]完");
    let lost: Vec<_> = losses.iter().collect();
    assert_eq!(
        lost,
        [
            (Feature::Spaces, 2),
            (Feature::Discontinuous, 1),
            (Feature::Labels, 1)
        ]
    );
    let again = yedda(&text);
    assert!(again.diagnostics.is_empty());
    assert_eq!(written(&again).0, text);
}

proptest! {
    #[test]
    fn the_normal_form_is_a_fixed_point(text in "([ab#*\\[\\]@$云\n]|\\[@|#a\\*\\]){0,24}") {
        let article = yedda(&text);
        // Faults are text that looks like markup, which the first writing mends.
        let (form, _) = written(&article);
        let again = yedda(&form);
        prop_assert_eq!(again.diagnostics.len(), 0, "{}", form);
        prop_assert_eq!(again.annotations.mentions().len(), article.annotations.mentions().len());
        let (form_again, losses) = written(&again);
        prop_assert!(losses.is_empty(), "{}", losses);
        prop_assert_eq!(form_again, form);
        if article.diagnostics.is_empty() {
            prop_assert_eq!(marked(&again), marked(&article));
        }
    }
}
