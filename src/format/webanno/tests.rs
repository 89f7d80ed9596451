//! Files of all versions, read, written, and broken.

use super::*;
use crate::article::{Annotations, MentionId, Severity, Target};
use crate::format::loss::Losses;
use crate::format::{Counting, Format, Unit, WriteOptions};
use proptest::prelude::*;

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/webanno/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

fn read_as(text: &str, options: &ReadOptions) -> Article {
    read(File::new("x/a.tsv", text.as_bytes()), options).unwrap()
}

fn article(text: &str) -> Article {
    read_as(text, &ReadOptions::default())
}

fn written(article: &Article) -> (String, String) {
    let mut losses = Losses::default();
    let written = (ENTRY.writer.write)(article, &WriteOptions::default(), &mut losses);
    (written.main, losses.to_string())
}

/// Mentions as `label words`.
fn mentions(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let mentions = made.mentions().iter();
    mentions
        .map(|m| {
            format!(
                "{} {}",
                made.label_name(m.label),
                article.text.slice(m.hull())
            )
        })
        .collect()
}

fn words(article: &Article, target: Target) -> String {
    match target {
        Target::Mention(MentionId(n)) => mentions(article).swap_remove(n as usize),
        Target::Unplaced(id) => {
            let unplaced = article.annotations.unplaced_of(id).unwrap();
            format!("? {}", unplaced.place)
        }
        other => format!("{other:?}"),
    }
}

/// Relations and events as `label role: words, role: words`.
fn ties(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let relations = made.relations().iter().map(|r| (&r.label, &r.arguments));
    let events = made.events().iter().map(|e| (&e.label, &e.arguments));
    relations
        .chain(events)
        .map(|(label, arguments)| {
            let parts = arguments.iter();
            let parts = parts.map(|a| format!("{}: {}", a.role, words(article, a.target)));
            format!("{label} {}", parts.collect::<Vec<_>>().join(", "))
        })
        .collect()
}

fn attributes(article: &Article) -> Vec<String> {
    let made: &Annotations = &article.annotations;
    let attributes = made.attributes().iter();
    attributes
        .map(|a| format!("{}={}", a.name, a.value.as_deref().unwrap_or("")))
        .collect()
}

#[test]
fn a_file_says_itself_what_it_is() {
    for (start, known) in [
        ("#FORMAT=WebAnno TSV 3.3\n", true),
        ("\n#FORMAT=WebAnno TSV 3.1\n#T_SP=", true),
        ("#FORMAT=WebAnno TSV 2.0\n", false),
        ("# 青溪镇\n\n下雨了。\n", false),
        ("name\tplace\n1-1\t0-4\tThis\n", false),
        ("{\"FORMAT\": \"WebAnno TSV 3\"}", false),
        ("", false),
    ] {
        let look = Look {
            name: "a.tsv",
            start,
            whole: false,
        };
        assert_eq!(detect(&look).is_some(), known, "{start}");
    }
}

#[test]
fn layers_slots_chains_and_relations_are_read() {
    let article = article(&fixture("all.tsv"));
    assert_eq!(article.diagnostics, []);
    assert_eq!(
        article.text.whole(),
        "😊 Ada Quill met Bo Finch .\nShe left\tat once ."
    );
    assert_eq!(article.form.added, 1, "the line end between the sentences");
    assert_eq!(
        mentions(&article),
        [
            "PER Ada Quill",
            "NAM Ada Quill",
            "MOOD ill",
            "MEET met",
            "PER Bo Finch",
            "ORG Bo Finch",
            "PRO She",
            "LEAVE left"
        ]
    );
    assert_eq!(
        ties(&article),
        [
            "knows Governor: PER Ada Quill, Dependent: PER Bo Finch",
            "Tie Governor: PER Ada Quill, Dependent: ORG Bo Finch",
            "MEET agent: PER Ada Quill, parts: PER Bo Finch",
            "LEAVE "
        ]
    );
    assert_eq!(
        attributes(&article),
        ["tense=past", "sure=yes", "referenceRelation=ana"]
    );
    let made = &article.annotations;
    assert_eq!(made.links()[0].reference, "http://kb/q_1");
    let layers: Vec<&str> = made.layers().iter().map(|l| l.name.as_str()).collect();
    assert_eq!(
        layers[1..],
        [
            "webanno.custom.Deed",
            "webanno.custom.CorefLink",
            "webanno.custom.Tie"
        ]
    );
    let chain = made.entities().iter().find(|e| e.given.is_some()).unwrap();
    assert_eq!(
        (chain.name.as_str(), chain.mentions().len()),
        ("Ada Quill", 2)
    );
    assert_eq!(chain.aliases, ["She"]);
    let ids: Vec<&str> = made.mentions().iter().map(|m| &*m.source_id).collect();
    assert_eq!(ids, ["1", "m2", "4", "m4", "2", "3", "m7", "m8"]);
}

#[test]
fn a_well_formed_file_comes_out_as_it_was() {
    for name in ["all.tsv", "slots.tsv"] {
        let source = fixture(name).replace("a;b\t1-2\t", "a\t1-2\t");
        assert_eq!(
            written(&article(&source)),
            (source, String::new()),
            "{name}"
        );
    }
}

#[test]
fn older_versions_escape_otherwise() {
    let java = article(&fixture("java.tsv"));
    assert_eq!(java.diagnostics, []);
    assert_eq!(java.text.whole(), "Lu山 said \"no\"");
    assert_eq!(mentions(&java), ["PLACE Lu山"]);
    let text = |version: &str, line: &str| {
        let file = format!("#FORMAT=WebAnno TSV {version}\n\n\n#Text={line}\n");
        article(&file).text.whole().to_owned()
    };
    assert_eq!(text("3", "a\\tb"), "a\\tb");
    assert_eq!(
        text("3.1", "\\101\\uD83D\\uDE0A\\uD83D\\q"),
        "A😊\u{FFFD}\\q"
    );
    assert_eq!(text("3.2", "a\\tb\\\\c\\u0041\\"), "a\tb\\c\\u0041\\");
    assert_eq!(text("3.3", "a\n#Text=b"), "a\nb");
}

#[test]
fn the_words_tell_how_offsets_are_counted() {
    let source = fixture("points.tsv");
    let told = article(&source);
    assert_eq!(mentions(&told), ["地名 青溪镇", "人名 安小河"]);
    let [fault] = &told.diagnostics[..] else {
        panic!("{:?}", told.diagnostics)
    };
    assert_eq!((fault.code, fault.line), ("offset-unit", 0));
    let forced = read_as(
        &source,
        &ReadOptions {
            offsets: Some(Counting::CODE_POINTS.with(Unit::Utf16)),
            ..ReadOptions::default()
        },
    );
    assert_eq!(mentions(&forced)[0], "地名 😊青", "as was asked for");
    // In the normal form they count as WebAnno does, and a Chinese character is a token.
    let again = article(&written(&told).0);
    assert_eq!(again.diagnostics, []);
    assert_eq!(mentions(&again), mentions(&told));
}

#[test]
fn every_fault_has_its_place() {
    let broken = article(&fixture("broken.tsv"));
    let found: Vec<_> = broken
        .diagnostics
        .iter()
        .map(|d| (d.line, d.column, d.code))
        .collect();
    assert_eq!(
        found,
        [
            (1, 9, "syntax"),
            (3, 1, "malformed-line"),
            (7, 23, "dangling"),
            (8, 5, "quote-differs"),
            (9, 1, "malformed-line"),
            (10, 5, "offset-range"),
            (11, 1, "empty-span"),
            (12, 1, "duplicate-id"),
            (12, 5, "offset-unusable"),
            (12, 20, "dangling"),
            (13, 5, "malformed-line"),
            (13, 13, "malformed-line"),
            (14, 1, "stray-line"),
            (16, 1, "missing-value"),
        ]
    );
    assert_eq!(broken.text.whole(), "Ada met Bo .\n\nAll say");
    assert_eq!(mentions(&broken), ["PER Ada", "ACT met", "PER Bo"]);
    let unplaced: Vec<_> = broken
        .annotations
        .unplaced()
        .iter()
        .map(|u| {
            format!(
                "{} {} “{}”",
                broken.annotations.label_name(u.label),
                u.place,
                u.quote
            )
        })
        .collect();
    assert_eq!(
        unplaced,
        [
            "X 11-99 “.”",
            "Y 11-11 “”",
            "Z 12-11 “.”",
            "Span token 9-9 “”",
            "Span token 1-1[7] “”",
            "Span 1-0 “.”"
        ]
    );
}

#[test]
fn other_faults_have_their_places() {
    let place = |text: &str, options: &ReadOptions| {
        let found = read_as(text, options).diagnostics;
        let [fault] = &found[..] else {
            panic!("{found:?}")
        };
        (fault.line, fault.column, fault.code, fault.severity)
    };
    let plain = ReadOptions::default();
    use Severity::{Error, Warning};
    assert_eq!(
        place(&fixture("chain.tsv"), &plain),
        (6, 13, "malformed-line", Error)
    );
    assert_eq!(
        place(&fixture("slots.tsv"), &plain),
        (7, 18, "malformed-line", Error)
    );
    assert_eq!(place("#Text=a\n", &plain), (1, 1, "syntax", Error));
    let shifted =
        "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a bc d\n1-1\t0-1\ta\t\n1-2\t3-5\tbc\t\n1-3\t5-6\td\t\n";
    assert_eq!(place(shifted, &plain), (6, 5, "quote-differs", Warning));
    let anchored = ReadOptions {
        anchor: true,
        ..ReadOptions::default()
    };
    assert_eq!(place(shifted, &anchored), (6, 5, "re-anchored", Warning));
    let within =
        "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a😊b\n1-1\t0-1\ta\t\n1-2\t1-2\t😊\t\n1-3\t3-4\tb\t\n";
    assert_eq!(place(within, &plain), (6, 5, "offset-unusable", Error));
    let bytes = b"#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\xFF\n";
    let found = read(File::new("x/a.tsv", bytes), &plain)
        .unwrap()
        .diagnostics;
    assert_eq!(
        (found[0].line, found[0].column, found[0].code),
        (4, 8, "undecodable")
    );
}

#[test]
fn a_token_takes_part_without_an_annotation_of_its_own() {
    let source = "#FORMAT=WebAnno TSV 3.3\n\
        #T_RL=x.y.syntax.type.dependency.Dependency|DependencyType|BT_x.y.segmentation.type.Token\n\n\n\
        #Text=Ada left\n1-1\t0-3\tAda\tSBJ\t1-2\t\n1-2\t4-8\tleft\tROOT\t1-2\t\n";
    let article = article(source);
    assert_eq!(article.diagnostics, []);
    assert_eq!(
        ties(&article)[0],
        "SBJ Governor: Token left, Dependent: Token Ada"
    );
    assert_eq!(written(&article).0, source);
}

#[test]
fn what_other_formats_have_is_written_or_counted() {
    let brat = crate::format::Files {
        main: File::new("a.txt", "　　安小河、安小河 去了\n\n青溪镇。\n".as_bytes()),
        annotations: Some(File::new(
            "a.ann",
            "T1\tPER 2 5\t安小河\nT2\tPER 6 9\t安小河\nT3\tLOC 14 17\t青溪镇\nT4\tGo 10 12\t去了\n\
             T5\tPER 2 5;6 9\t安小河 安小河\nE1\tGo:T4 Who:T1 Whither:T3\nR1\tin Arg1:T1 Arg2:T3\n\
             *\tEquiv T1 T2\nA1\tSure T1\nA2\tSure R1 so\nN1\tReference T3 base:7\t\n#1\tN T1\tx\n"
                .as_bytes(),
        )),
    };
    let source = crate::format::read(Format::Brat, brat).unwrap();
    let (file, lost) = written(&source);
    // What the format cannot carry at all is counted elsewhere.
    assert_eq!(lost, "");
    let again = article(&file);
    assert_eq!(again.diagnostics, [], "{file}");
    assert_eq!(again.text.whole(), "　　安小河、安小河 去了\n\n青溪镇。");
    assert_eq!(
        mentions(&again),
        ["PER 安小河", "PER 安小河", "Go 去了", "LOC 青溪镇"]
    );
    assert_eq!(
        ties(&again),
        [
            "in Governor: PER 安小河, Dependent: LOC 青溪镇",
            "Go Who: PER 安小河, Whither: LOC 青溪镇"
        ]
    );
    assert_eq!(attributes(&again), ["Sure=true", "Sure=so"]);
    assert_eq!(again.annotations.links()[0].reference, "base:7");
    let given = again
        .annotations
        .entities()
        .iter()
        .filter(|e| e.given.is_some());
    assert_eq!(given.map(|e| e.mentions().len()).collect::<Vec<_>>(), [2]);
    assert_eq!(written(&again).0, file);
}

#[test]
fn white_space_is_kept_but_for_runs_of_blank_lines() {
    let text = |said: &str| {
        let file = File::new("a.txt", said.as_bytes());
        let files = crate::format::Files {
            main: file,
            annotations: None,
        };
        let (file, lost) = written(&crate::format::read(Format::Text, files).unwrap());
        (article(&file).text.whole().to_owned(), lost)
    };
    for kept in ["\ta b\n\tc  d \n  e", "　　甲。\n\n　　乙。"] {
        assert_eq!(text(kept), (kept.to_owned(), String::new()));
    }
    let lost = text("\n甲。\n\n\n乙。\n \n丙。\n");
    assert_eq!(
        lost,
        (
            "甲。\n\n乙。\n\n丙。".to_owned(),
            "3 white space".to_owned()
        )
    );
}

/// Files that are nearly WebAnno.
fn near() -> impl Strategy<Value = String> {
    let head = prop_oneof![
        Just("#T_SP=a.b.Span|value\n"),
        Just("#T_SP=a.b.Two|x|identifier\n"),
        Just("#T_SP=a.b.Bare|\n"),
        Just(
            "#T_SP=a.b.Host|ROLE_a.b.Host:s_a.b.L|a.b.Span|ROLE_a.b.Host:t_a.b.M|uima.tcas.Annotation\n"
        ),
        Just("#T_CH=a.b.Link|referenceRelation|referenceType\n"),
        Just("#T_CH=webanno.custom.SameLink|referenceRelation|referenceType\n"),
        Just("#T_RL=a.b.Tie|value|BT_a.b.Span\n"),
        Just("#T_RL=a.b.Any|x|BT_uima.tcas.Annotation\n"),
    ];
    let cell = prop_oneof![
        4 => Just("_".to_owned()),
        2 => Just("*".to_owned()),
        1 => "(A|Span|\\*)\\[[1-4]\\]",
        1 => "(A|\\*|x\\\\_)\\|B(\\[[1-4]\\])?",
        1 => "(\\*|z)->[12]-[12]",
        1 => "(r;)?\\*;q",
        1 => "1-[1-4](\\[[0-3](_[0-3])?\\])?(;2-1)?",
        1 => "[\\[\\]|_*;a>-]{0,4}",
    ];
    let line = (1u32..3, 1u32..4, 0u32..12, 0u32..4, "[a青😊]{0,2}")
        .prop_map(|(s, t, a, n, w)| format!("{s}-{t}\t{a}-{}\t{w}", a + n));
    let unit = (line, proptest::collection::vec(cell, 0..9))
        .prop_map(|(line, cells)| format!("{line}\t{}\t\n", cells.join("\t")));
    let body = prop_oneof![
        2 => Just("\n#Text=a 青😊 bb青a a，a\n".to_owned()),
        1 => Just("\n#Text=　a\\t青 \n#Text=\n".to_owned()),
        6 => unit,
        1 => "\\PC{0,6}\n",
    ];
    let head = proptest::collection::vec(head, 0..4);
    (head, proptest::collection::vec(body, 0..14)).prop_map(|(head, body)| {
        format!(
            "#FORMAT=WebAnno TSV 3.3\n{}\n{}",
            head.concat(),
            body.concat()
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn what_is_written_is_read_and_written_alike(source in near()) {
        let first = written(&article(&source)).0;
        let read = article(&first);
        let faults: Vec<_> = read.diagnostics.iter().filter(|d| d.code != "dangling" && d.code != "empty-span").collect();
        prop_assert!(faults.is_empty(), "{first}\n{faults:?}");
        prop_assert_eq!(&written(&read).0, &first);
    }
}
