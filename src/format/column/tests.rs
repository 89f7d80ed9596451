//! Column files as a whole: what is read in each dialect, what is said of broken lines, and what is written.

use proptest::prelude::*;

use crate::article::{AnnotationsBuilder, Article, ByteSpan, MentionDraft, Meta, SourceForm, Text};
use crate::format::entry::{Look, ReadOptions, WriteOptions};
use crate::format::loss::{Feature, Losses};
use crate::format::read::{File, Files};
use crate::format::scheme::Scheme;
use crate::format::{Confidence, Document, Format, detect};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/formats/column/", $name)).as_slice()
    };
}

fn open(bytes: &[u8], options: ReadOptions) -> Vec<Article> {
    let files = Files {
        main: File::new("here/a.bio", bytes),
        annotations: None,
    };
    let document = Document::open(Format::Column, files, options);
    (0..document.len())
        .map(|index| document.read(index).unwrap())
        .collect()
}

fn article(bytes: &[u8]) -> Article {
    open(bytes, ReadOptions::default()).remove(0)
}

/// Each mention: its words and its label.
fn mentions(article: &Article) -> Vec<(&str, &str)> {
    let made = &article.annotations;
    let all = made.mentions().iter();
    all.map(|m| (article.text.slice(m.hull()), made.label_name(m.label)))
        .collect()
}

fn said(article: &Article) -> Vec<(u32, u32, &str)> {
    let all = article.diagnostics.iter();
    all.map(|d| (d.line, d.column, d.code)).collect()
}

fn write(article: &Article, scheme: Option<Scheme>) -> (String, Losses) {
    let mut losses = Losses::default();
    let options = WriteOptions {
        scheme,
        ..WriteOptions::default()
    };
    let written = super::write::write(article, &options, &mut losses);
    (written.main, losses)
}

fn write_all(articles: &[Article], scheme: Option<Scheme>) -> String {
    let [before, between, behind] = super::ENTRY.writer.joined.unwrap();
    let all: Vec<String> = articles.iter().map(|a| write(a, scheme).0).collect();
    format!("{before}{}{behind}", all.join(between))
}

#[test]
fn the_column_of_numbers_in_front_is_no_text() {
    let made =
        article("0\t乌\tn\tB-LOC\n1\t镇\tn\tI-LOC\n2\t雨\tn\tI-PER\n\n0\t晴\ta\tO\n".as_bytes());
    assert_eq!(made.text.whole(), "乌镇雨\n晴");
    assert_eq!(mentions(&made), [("乌镇", "LOC"), ("雨", "PER")]);
    assert_eq!(said(&made), [(3, 7, "orphan-tag")]);
    let attribute = &made.annotations.attributes()[0];
    assert_eq!(
        (&*attribute.name, attribute.value.as_deref()),
        ("column2", Some("n n"))
    );
}

#[test]
fn two_columns_of_tags_are_of_mentions_and_of_those_within_them() {
    let text = "#\thttp://a.b/c [2009-10-17]\n1\tUniversität\tB-ORG\tO\n2\tNorhaven\tI-ORG\tB-LOC\n3\tRook\tB-PER\tI-ORG\n4\t.\tO\tO\n\n#\tb.de vom 26.02.2005\n1\tNorhavener\tB-LOCderiv\tO\n2\t.\tO\n3\tx\tO\tO\n4\ty\tO\tO\n5\tz\tO\tO\n6\tx\tO\tO\n";
    let made = article(text.as_bytes());
    assert_eq!(
        made.text.whole(),
        "Universität Norhaven Rook .\nNorhavener . x y z x"
    );
    assert_eq!(made.annotations.layers().len(), 1, "one annotator");
    assert_eq!(
        mentions(&made),
        [
            ("Universität Norhaven", "ORG"),
            ("Norhaven", "LOC"),
            ("Rook", "PER"),
            ("Rook", "ORG"),
            ("Norhavener", "LOCderiv"),
        ]
    );
    assert_eq!(made.annotations.attributes(), []);
    assert_eq!(
        said(&made),
        [(4, 14, "orphan-tag"), (9, 1, "malformed-line")]
    );
    let (written, losses) = write(&made, None);
    assert!(written.starts_with("Universität\tB-ORG\nNorhaven\tI-ORG\n"));
    assert!(
        losses.is_empty(),
        "what is within is counted with what the format cannot carry"
    );
}

#[test]
fn lines_may_end_with_cr_alone() {
    let text =
        "-DOCSTART-\tO\r\r林\tB-PER\r小\tI-PER\r\r去\tO\r-DOCSTART-\tO\r\r风\tB-LOC\r城\tB-\r";
    for (name, start) in [
        ("a.bio", text),
        ("a.txt", text.trim_end_matches("城\tB-\r")),
    ] {
        let look = Look {
            name,
            start,
            whole: true,
        };
        assert_eq!(
            detect(&look).map(|(format, _)| format),
            Some(Format::Column)
        );
    }
    let all = open(text.as_bytes(), ReadOptions::default());
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].text.whole(), "林小\n去");
    assert_eq!(mentions(&all[0]), [("林小", "PER")]);
    assert_eq!(mentions(&all[1])[0], ("风", "LOC"));
    let places: Vec<u32> = all[1].diagnostics.iter().map(|d| d.line).collect();
    assert_eq!(places, [10], "{:?}", all[1].diagnostics);
}

#[test]
fn characters_are_joined_and_sentences_are_lines() {
    let article = article(fixture!("characters.bio"));
    assert_eq!(said(&article), []);
    assert_eq!(
        article.text.whole(),
        "林远山在白沙镇开了3家店。\n他们卖USB线。"
    );
    assert_eq!(mentions(&article), [("林远山", "PER"), ("白沙镇", "LOC")]);
    assert_eq!(article.form.added, 1, "the line end is not in the file");
    assert_eq!(article.meta.name, "a");
}

#[test]
fn spaces_and_underscores_do_as_well() {
    let article = article(fixture!("underscore.txt"));
    assert_eq!(said(&article), []);
    assert_eq!(article.text.whole(), "林远山去白沙镇\n镇上有雨");
    assert_eq!(
        mentions(&article),
        [("林远山", "Person"), ("白沙镇", "Location")]
    );
}

#[test]
fn a_place_stuck_to_the_character_is_no_text() {
    let article = article(fixture!("indexed.txt"));
    assert_eq!(
        article.text.whole(),
        "林远山说：第一二百零五十个是13号\n老林来了"
    );
    assert_eq!(
        mentions(&article),
        [("林远山", "PER.NAM"), ("老林", "PER.NOM")]
    );
    assert_eq!(said(&article), [(19, 4, "orphan-tag")]);
}

#[test]
fn in_iob1_a_mention_needs_no_beginning() {
    let articles = open(fixture!("iob1.conll"), ReadOptions::default());
    let [first, second] = &articles[..] else {
        panic!("{} articles", articles.len());
    };
    assert_eq!(
        first.text.whole(),
        "Maro Tessel met Iben Rook in Norhaven ."
    );
    assert_eq!(
        mentions(first),
        [
            ("Maro Tessel", "PER"),
            ("Iben", "PER"),
            ("Rook", "PER"),
            ("Norhaven", "LOC")
        ]
    );
    assert_eq!(said(first), []);
    assert_eq!(
        first.form.added, 7,
        "spaces between words are not in the file"
    );
    assert_eq!(second.text.whole(), "Rain fell .");
    assert_eq!((&*second.meta.name, mentions(second)), ("a#2", vec![]));
}

#[test]
fn ends_and_single_tokens_are_marked_in_bioes_and_bmes() {
    let bioes = article(fixture!("bioes.txt"));
    assert_eq!(said(&bioes), []);
    assert_eq!(mentions(&bioes), [("林远山", "PER"), ("吴", "PER")]);
    let bmes = article(fixture!("bmes.txt"));
    assert_eq!(said(&bmes), []);
    assert_eq!(mentions(&bmes), [("林远山", "NAME"), ("吴", "NAME")]);
}

#[test]
fn columns_in_between_are_attributes_of_the_mention() {
    let article = article(fixture!("three.tsv"));
    assert_eq!(said(&article), []);
    let attributes: Vec<_> = article.annotations.attributes().iter().collect();
    assert_eq!(attributes.len(), 1);
    assert_eq!(attributes[0].name, "column2");
    assert_eq!(attributes[0].value.as_deref(), Some("NNP NNP"));
}

#[test]
fn broken_lines_are_told_and_the_rest_is_read() {
    let broken = article(fixture!("broken.bio"));
    assert_eq!(
        said(&broken),
        [
            (3, 1, "malformed-line"),
            (4, 1, "malformed-line"),
            (5, 1, "malformed-line"),
            (9, 3, "orphan-tag"),
            (10, 3, "unknown-tag"),
            (11, 3, "unknown-tag"),
            (12, 3, "unknown-tag"),
            (13, 3, "orphan-tag"),
        ]
    );
    assert_eq!(broken.text.whole(), "林远山白吴沈\n来了的人好");
    assert_eq!(
        mentions(&broken),
        [
            ("林远", "PER"),
            ("吴", "PER"),
            ("沈", "PER"),
            ("来", "LOC"),
            ("了", "X-LOC"),
            ("的人", "PER"),
            ("好", "PER")
        ]
    );
    let unfinished = article(fixture!("unfinished.bioes"));
    assert_eq!(
        said(&unfinished),
        [
            (2, 3, "unfinished-tag"),
            (4, 3, "unfinished-tag"),
            (8, 3, "unknown-tag"),
            (8, 3, "orphan-tag"),
            (8, 3, "unfinished-tag"),
        ]
    );
    let undecodable = article(fixture!("undecodable.bio"));
    assert_eq!(said(&undecodable), [(2, 1, "undecodable")]);
    let mut codes: Vec<&str> = [&broken, &unfinished, &undecodable]
        .iter()
        .flat_map(|a| a.diagnostics.iter().map(|d| d.code))
        .collect();
    // Any reader may meet a file whose encoding is a guess.
    codes.push("encoding");
    codes.sort_unstable();
    codes.dedup();
    let mut listed: Vec<&str> = super::CODES.iter().map(|code| code.name).collect();
    listed.sort_unstable();
    assert_eq!(codes, listed, "each code has its example");
}

#[test]
fn a_mention_whose_lines_have_no_token_has_no_place() {
    let article = article("乌\tO\n\tB-LOC\n镇\tO\n".as_bytes());
    assert_eq!(article.annotations.mentions().len(), 0);
    let unplaced = &article.annotations.unplaced()[0];
    assert_eq!(&*unplaced.place, "line 2");
}

#[test]
fn the_usual_spelling_comes_out_as_it_was() {
    for (bytes, scheme) in [
        (fixture!("characters.bio"), None),
        (fixture!("bioes.txt"), Some(Scheme::Bioes)),
    ] {
        let articles = open(bytes, ReadOptions::default());
        let text = std::str::from_utf8(bytes).unwrap();
        assert_eq!(write_all(&articles, scheme), text);
    }
}

#[test]
fn every_scheme_reads_back_what_was_written_in_it() {
    for bytes in [
        fixture!("iob1.conll"),
        fixture!("bmes.txt"),
        fixture!("indexed.txt"),
    ] {
        let articles = open(bytes, ReadOptions::default());
        for scheme in Scheme::ALL {
            let written = write_all(&articles, Some(scheme));
            let again = open(written.as_bytes(), ReadOptions::default());
            assert_eq!(write_all(&again, Some(scheme)), written);
            let of = |all: &[Article]| -> Vec<String> {
                all.iter().map(|a| format!("{:?}", mentions(a))).collect()
            };
            assert_eq!(of(&again), of(&articles), "{scheme}: {written}");
            assert!(again.iter().all(|a| a.diagnostics.is_empty()), "{scheme}");
        }
    }
}

/// An article of this text with mentions over these bytes.
fn made(text: &str, spans: &[(usize, usize)]) -> Article {
    let text = Text::from_lines(text.to_owned()).unwrap();
    let mut builder = AnnotationsBuilder::new(&text);
    let layer = builder.layer("x");
    for (index, (start, end)) in spans.iter().enumerate() {
        let label = builder.label(["PER", "Place Name", "O"][index % 3]);
        let draft = MentionDraft {
            layer,
            label,
            spans: vec![ByteSpan::new(*start, *end)],
            ..MentionDraft::default()
        };
        // A span that the text has not is left out.
        let _ = builder.mention(draft);
    }
    let annotations = builder.finish();
    Article {
        meta: Meta::default(),
        text,
        annotations,
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    }
}

#[test]
fn what_does_not_come_back_is_counted() {
    for (text, spans, lost) in [
        ("甲在 乌镇。\n\n　　好", &[][..], vec![(Feature::Spaces, 2)]),
        ("Go to Ban-de now", &[(6, 9)], vec![(Feature::Spaces, 1)]),
        ("白沙\n镇好", &[(0, 10)], vec![(Feature::Lines, 1)]),
        ("a -DOCSTART- b", &[], vec![(Feature::Spaces, 1)]),
        ("甲乙\n丙\n", &[(0, 6)], vec![]),
    ] {
        let (_, losses) = write(&made(text, spans), None);
        assert_eq!(losses.iter().collect::<Vec<_>>(), lost, "{text}");
    }
    let (written, _) = write(&made("白沙\n镇好", &[(0, 10)]), None);
    assert_eq!(written, "白\tB-PER\n沙\tI-PER\n镇\tI-PER\n好\tO\n\n");
    let (written, _) = write(&made("甲乙丙", &[(0, 6), (3, 9)]), None);
    assert_eq!(
        written, "甲\tB-PER\n乙\tI-PER\n丙\tO\n\n",
        "of two that cross the first stays"
    );
}

#[test]
fn columns_are_known_by_their_tags() {
    use Confidence::{Certain, Guess, Likely};
    for (name, text, want) in [
        ("train", "林\tB-PER\n远\tI-PER\n", Some(Likely)),
        ("a.txt", "林 O\n远 O\n来 O\n了 O\n。 O\n", Some(Guess)),
        ("a.bio", "林 O\n", Some(Likely)),
        ("a.txt", "-DOCSTART-\tO\n\na\tO\n", Some(Certain)),
        ("a.txt", "# id 12 domain=zh\n林 _ _ B-PER\n", Some(Likely)),
        ("a.txt", "林远山在白沙镇开了店。\n他们卖线。\n", None),
        ("a.csv", "name,tag\nx,B-PER\n", None),
        ("a.md", "# Notes\n\n- Vitamin B\n- Plan O\n", None),
        ("a.json", "{\n  \"a\": \"B-PER\"\n}\n", None),
        ("a.tsv", "x\tB-12\ny\tB-13\n", None),
        ("a.txt", "乌\tB\n镇\tE\n", None),
        ("a.txt", "1\t乌\t_\t_\t_\t_\t_\t_\t_\tB-LOC\n", None),
    ] {
        let look = Look {
            name,
            start: text,
            whole: true,
        };
        let found = detect(&look).filter(|(format, _)| *format == Format::Column);
        assert_eq!(found.map(|(_, sign)| sign.confidence), want, "{text}");
    }
    for (text, want) in [
        // Tables, and lines of a text, some of whose last words look like tags.
        ("Ann\tMaths\tA\tB-\tO\nBob\tMaths\tB-\tO\tB-Team\n", false),
        (
            "shirt\tred\tcotton\t10\tS-M\ncap\tblue\twool\t5\tO\nshirt\tgrey\tlinen\t9\tM-L\n",
            false,
        ),
        (
            "id\tname\tage\tsex\tgroup\n1\tAnn\t9\tf\tO\n2\tBob\t8\tm\tB-pos\n3\tEve\t7\tf\tO\n",
            false,
        ),
        (
            "We sing the song O\nFish and chips B-side\nAnd then we cry O\nThe sea is a road O\n",
            false,
        ),
        ("Otto\tO\nName\tB-Ware\n", false),
        (
            "Ann\tA\tO\nBob\tB\tS-M\nEve\tC\tO\nMax\tD\tO\nZoe\tE\tO\n",
            false,
        ),
        // One sentence with one mention.
        ("我\tO\n爱\tO\n她\tB-thing\n", true),
        ("我0\tO\n爱1\tO\n她0\tB-thing\n", true),
        ("Ann\tB-PER\nruns\tO\n", true),
        ("play\tO\nYesterday\tB-song\n.\tO\n", true),
        ("play\tO\nYesterday\tB-song\n\nstop\tO\n", true),
        ("play\tO\nLet\tB-song\nIt\tI-song\n", true),
        ("Ann NNP B-NP B-PER\nruns VBZ B-VP O\n", true),
        ("小明 B-name\n去 O\n", true),
    ] {
        let look = Look {
            name: "a.txt",
            start: text,
            whole: true,
        };
        let found = detect(&look).map(|(format, _)| format);
        let is_column = matches!(found, Some(Format::Column | Format::Conll2003));
        assert_eq!(is_column, want, "{text}");
    }
    for (name, want) in [("a.bio", Some(Format::Column)), ("a.txt", None)] {
        let look = Look {
            name,
            start: "林\tB-3\n远\tI-3\n",
            whole: true,
        };
        let found = detect(&look).map(|(format, _)| format);
        assert_eq!(found.filter(|f| *f == Format::Column), want, "{name}");
    }
    let cut = Look {
        name: "a",
        start: "林\tB-PER\n远\tI-P",
        whole: false,
    };
    assert_eq!(detect(&cut).map(|(format, _)| format), Some(Format::Column));
}

proptest! {
    /// What was written reads the same and is written the same, whatever the text.
    #[test]
    fn the_normal_form_is_a_fixed_point(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("乌"), Just("镇"), Just("。"), Just("“"), Just("—"), Just("a"), Just("Bc"), Just(" "), Just("　"),
                Just("\n"), Just("한"), Just("👨\u{200D}👩"), Just("1"), Just("0"), Just("-DOCSTART-"), Just("\u{FEFF}"),
                Just("# "), Just("ア"), Just("\t"), Just("O"),
            ],
            0..40,
        ),
        spans in proptest::collection::vec((0usize..60, 1usize..12), 0..6),
        scheme in 0usize..4,
    ) {
        let text = pieces.concat();
        let scheme = Some(Scheme::ALL[scheme]);
        let spans: Vec<(usize, usize)> = spans.into_iter().map(|(start, len)| (start, start + len)).collect();
        let given = made(&text, &spans);
        let (written, _) = write(&given, scheme);
        let articles = open(written.as_bytes(), ReadOptions::default());
        prop_assert_eq!(articles.len(), 1);
        let again = &articles[0];
        prop_assert_eq!(&again.diagnostics, &vec![]);
        let (twice, losses) = write(again, scheme);
        prop_assert_eq!(&twice, &written);
        prop_assert_eq!(losses, Losses::default());
        let bare = |text: &str| text.replace(|c: char| c.is_whitespace() || c == '\u{FEFF}', "");
        let kept: Vec<String> = super::write::kept(&given.annotations)
            .iter()
            .map(|(_, m)| bare(given.text.slice(m.hull())))
            .filter(|words| !words.is_empty())
            .collect();
        let back: Vec<String> = mentions(again).iter().map(|(words, _)| bare(words)).collect();
        prop_assert_eq!(back, kept);
    }

    /// Whatever the lines, each character of the file's tokens is there, and what is written reads the same.
    #[test]
    fn near_columns_are_read(
        lines in proptest::collection::vec("[乌a3 \t#-]{0,3}[ \t]?[BIMESOX]?[-_]?[PO ]{0,2}", 0..24),
        article in 0usize..24,
    ) {
        let mut lines = lines;
        if article < lines.len() {
            lines[article] = "-DOCSTART- O".to_owned();
        }
        let file = lines.join("\n");
        for article in open(file.as_bytes(), ReadOptions::default()) {
            let (written, _) = write(&article, None);
            let again = open(written.as_bytes(), ReadOptions::default());
            prop_assert_eq!(write(&again[0], None).0, written);
        }
    }
}
