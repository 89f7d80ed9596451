//! What holds for every format: a writer that tells of no loss loses nothing, and its normal form is a fixed point.

use kanbao::article::{
    AnnotationsBuilder, Argument, Article, ByteSpan, MentionDraft, Meta, Relation, SourceForm,
    Target, Text,
};
use kanbao::format::{
    Document, File, Files, Format, ReadOptions, WriteOptions, bytes, joined, write,
};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

/// A mention as it can be compared: label and the words' places.
type Told = (String, Vec<ByteSpan>);

fn mentions(article: &Article) -> Vec<Told> {
    let made = &article.annotations;
    let told = made.mentions().iter().map(|mention| {
        (
            made.label_name(mention.label).to_owned(),
            mention.spans().to_vec(),
        )
    });
    let mut told: Vec<Told> = told.collect();
    told.sort();
    told
}

/// Roles of what follows in a relation.
const FOLLOWING: [&str; 5] = ["to", "Arg2", "child", "Dependent", "passive"];

/// Relations by label and the words of what takes part, what leads first, whatever the order in which they stand.
pub(crate) fn relations(article: &Article) -> Vec<(String, Vec<String>)> {
    let made = &article.annotations;
    let words = |target: Target| match target {
        Target::Mention(id) => {
            let spans = made.mention(id).unwrap().spans();
            format!(
                "{:?}",
                spans
                    .iter()
                    .map(|s| (s.start(), s.end()))
                    .collect::<Vec<_>>()
            )
        }
        other => format!("{other:?}"),
    };
    let mut told: Vec<_> = made
        .relations()
        .iter()
        .map(|r| {
            let mut arguments: Vec<&Argument> = r.arguments.iter().collect();
            arguments.sort_by_key(|a| FOLLOWING.contains(&&*a.role));
            let words = arguments.iter().map(|a| words(a.target)).collect();
            (r.label.clone(), words)
        })
        .collect();
    told.sort();
    told
}

/// The bytes of a file with this article alone, and of the file beside it.
pub(crate) fn file_of(format: Format, article: &Article) -> (Vec<u8>, Option<Vec<u8>>) {
    let (written, _) = write(format, article, &WriteOptions::default());
    let [open, _, close] = joined(format).unwrap_or_default();
    let whole = format!("{open}{}{close}", written.main);
    let beside = written.beside.map(|(_, text)| text.into_bytes());
    (bytes(format, &whole, article.form), beside)
}

/// Opens a file and what stands beside it. The text of Web Annotations is what stands beside them.
fn open(format: Format, main: &[u8], beside: Option<&[u8]>) -> Document {
    let (main, beside) = match beside {
        Some(text) if format == Format::WebAnnotation => (text, Some(main)),
        _ => (main, beside),
    };
    let files = Files {
        main: File::new("a/b.x", main),
        annotations: beside.map(|bytes| File::new("a/b.y", bytes)),
    };
    Document::open(format, files, ReadOptions::default())
}

pub(crate) fn read(format: Format, main: &[u8], beside: Option<&[u8]>) -> Article {
    open(format, main, beside).read(0).unwrap()
}

fn check(format: Format, article: &Article) -> Result<(), TestCaseError> {
    {
        let (_, losses) = write(format, article, &WriteOptions::default());
        let (main, beside) = file_of(format, article);
        let document = open(format, &main, beside.as_deref());
        let shown = String::from_utf8_lossy(&main).into_owned();
        if losses.is_empty() {
            prop_assert_eq!(document.len(), 1, "{} {}", format, shown);
            let back = document.read(0).unwrap();
            let text = |article: &Article| article.text.whole().trim_end_matches('\n').to_owned();
            prop_assert_eq!(text(&back), text(article), "{} {}", format, shown);
            prop_assert_eq!(mentions(&back), mentions(article), "{} {}", format, shown);
            prop_assert_eq!(relations(&back), relations(article), "{} {}", format, shown);
        }
        if document.len() == 1 {
            let back = document.read(0).unwrap();
            let (again, beside_again) = file_of(format, &back);
            let back = read(format, &again, beside_again.as_deref());
            let (third, beside_third) = file_of(format, &back);
            prop_assert_eq!(
                String::from_utf8_lossy(&third),
                String::from_utf8_lossy(&again),
                "{} from {}",
                format,
                shown
            );
            prop_assert_eq!(beside_third, beside_again, "{}", format);
        }
    }
    Ok(())
}

fn article(parts: &[&str], places: &[Place], ties: &[Tie]) -> Article {
    // To any reader CR LF is one line end.
    let mut whole = parts.concat();
    while whole.contains("\r\n") {
        whole = whole.replace("\r\n", "\n");
    }
    let text = Text::from_lines(whole.clone()).unwrap();
    let ends: Vec<usize> = whole
        .char_indices()
        .map(|(at, _)| at)
        .chain([whole.len()])
        .collect();
    let mut builder = AnnotationsBuilder::new(&text);
    let layer = builder.layer("a");
    let mut made = Vec::new();
    for (start, length, label) in places {
        let from = ends[start % ends.len()];
        let to = ends[(start % ends.len() + length).min(ends.len() - 1)];
        if from >= to || whole[from..to].trim().is_empty() {
            continue;
        }
        let label = builder.label(label);
        let spans = vec![ByteSpan::new(from, to)];
        let draft = MentionDraft {
            layer,
            label,
            spans,
            ..MentionDraft::default()
        };
        made.push(builder.mention(draft).unwrap());
    }
    for (from, to, label, roles) in ties {
        if made.len() < 2 {
            break;
        }
        let ends = [made[from % made.len()], made[to % made.len()]];
        let ends = roles.iter().zip(ends);
        let arguments = ends.map(|(role, id)| Argument {
            role: (*role).into(),
            target: Target::Mention(id),
        });
        let relation = Relation {
            layer,
            source_id: "".into(),
            label: (*label).to_owned(),
            arguments: arguments.collect(),
        };
        builder.relation(relation).unwrap();
    }
    let annotations = builder.finish();
    Article {
        meta: Meta {
            title: "b".to_owned(),
            name: "b".to_owned(),
            ..Meta::default()
        },
        text,
        annotations,
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    }
}

fn part() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => Just("水"), 6 => Just("乡"), 3 => Just("，"), 2 => Just("“"), 1 => Just("a"), 1 => Just("b c"),
        1 => Just(" "), 1 => Just("\n"), 1 => Just("😀"), 1 => Just("e\u{301}"), 1 => Just("<&>"), 1 => Just("\"\\"),
        1 => Just("[@#*]"), 1 => Just("{{x:y}}"), 1 => Just("/n"), 1 => Just("\t"), 1 => Just("　"), 1 => Just("1998"),
        1 => Just("\\n"), 1 => Just("#"), 1 => Just("B-PER"), 1 => Just("\u{200B}"), 1 => Just("_"), 1 => Just("|"),
        1 => Just("\u{7}"), 1 => Just("\u{C}"), 1 => Just("\r"), 1 => Just("\u{85}"),
    ]
}

/// Labels as corpora have them.
fn usual() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("PER"), Just("LOC"), Just("organization")]
}

/// Labels of any characters: what parts words, opens and closes, or stands for something in one format or another.
fn label() -> impl Strategy<Value = &'static str> {
    const LONG: &str =
        "a-label-that-is-longer-than-any-that-a-format-with-markup-in-the-text-has-room-for";
    let odd = proptest::sample::select(vec![
        "A B",
        "A_B",
        " A",
        "A ",
        "a:b",
        "PER/NAM",
        "person|location",
        "C#",
        "组织机构（公司）",
        "1st",
        "o",
        "O",
        "_",
        "",
        "*",
        "B-PER",
        "-",
        "x-y",
        "a.b",
        "a]b",
        "[a",
        "(a)",
        "{a}",
        "<a&b>",
        "\"a\"",
        "'",
        "\\",
        "a\\n",
        "\t",
        "a\nb",
        "\r",
        "a\u{7}b",
        "\u{c}",
        "\u{85}",
        "\u{feff}",
        "\u{a0}",
        "　",
        "%20",
        "😀",
        "e\u{301}",
        "ＰＥＲ",
        "nr",
        "nr1",
        "nr2",
        "nrf",
        "t",
        "w",
        "label",
        "type",
        "Event",
        "mention",
        "Mention",
        "rs",
        "name",
        "persName",
        "TIMEX",
        "DATE",
        "NULL",
        "null",
        "true",
        "e1",
        "a=b",
        "a;b",
        "a,b",
        "~",
        "^",
        "|",
        "@",
        "$",
        "x:type",
        "xml",
        "xmlns",
        "lb",
        LONG,
    ]);
    prop_oneof![1 => usual(), 3 => odd]
}

/// Runs the check for every format, and tells the smallest failure of each.
fn check_all(strategy: &impl Strategy<Value = Made>) {
    let mut failed = Vec::new();
    for format in Format::ALL.iter().copied() {
        let config = ProptestConfig {
            cases: 256,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        let mut runner = TestRunner::new(config);
        let ran = runner.run(strategy, |(parts, places, ties)| {
            let article = article(&parts, &places, &ties);
            if article.text.blocks().is_empty() {
                return Ok(());
            }
            check(format, &article)
        });
        if let Err(error) = ran {
            failed.push(format!("{format}: {error}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// The parts of a text, the places of mentions, which of them are tied.
type Made = (Vec<&'static str>, Vec<Place>, Vec<Tie>);

/// Where a mention begins, how long it is (code points), and its label.
type Place = (usize, usize, &'static str);

/// Which two mentions are tied, the label, and the roles.
type Tie = (usize, usize, &'static str, [&'static str; 2]);

/// Roles of two that say which of them leads, in either order.
fn roles() -> impl Strategy<Value = [&'static str; 2]> {
    proptest::sample::select(vec![
        ["Arg1", "Arg2"],
        ["Arg2", "Arg1"],
        ["from", "to"],
        ["to", "from"],
        ["child", "head"],
        ["Dependent", "Governor"],
        ["passive", "active"],
        ["either", "either"],
        ["mutual", "mutual"],
    ])
}

#[test]
fn what_no_loss_is_told_of_comes_back() {
    check_all(&(
        proptest::collection::vec(part(), 1..24),
        proptest::collection::vec((0usize..30, 1usize..6, usual()), 0..5),
        proptest::collection::vec((0usize..5, 0usize..5, Just("near"), roles()), 0..3),
    ));
}

#[test]
fn so_do_labels_of_any_characters() {
    let sentence = proptest::collection::vec(
        prop_oneof![Just("水"), Just("乡"), Just("，"), Just("b c")],
        4..12,
    );
    check_all(&(
        sentence,
        proptest::collection::vec((0usize..10, 1usize..4, label()), 1..4),
        proptest::collection::vec((0usize..5, 0usize..5, label(), roles()), 0..3),
    ));
}

#[test]
fn so_does_a_plain_sentence_with_mentions_beside_each_other() {
    let word = prop_oneof![Just("水乡"), Just("老人"), Just("读报"), Just("，")];
    let words = proptest::collection::vec((word, any::<bool>()), 1..12);
    check_all(&words.prop_map(|words| {
        let (mut at, mut places) = (0, Vec::new());
        for (word, marked) in &words {
            let length = word.chars().count();
            if *marked {
                places.push((at, length, ["PER", "LOC"][usize::from(length > 1)]));
            }
            at += length;
        }
        let words = words.into_iter().map(|(word, _)| word).collect();
        (words, places, Vec::new())
    }));
}
