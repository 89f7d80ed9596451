//! Files in usual and unusual spellings, the normal form, and every fault.

mod pointing;

use super::*;
use crate::article::{Annotations, Role, Target};
use crate::format::entry::WriteOptions;
use crate::format::loss::Losses;
use crate::format::read::Files;
use crate::format::{Document, Format, detect};

const NORMAL: &str = include_str!("../../../tests/formats/tei/normal.xml");
const USUAL: &str = include_str!("../../../tests/formats/tei/usual.xml");

fn open(text: &str) -> Document {
    let main = File::new("x/a.xml", text.as_bytes());
    let annotations = None;
    Document::open(
        Format::Tei,
        Files { main, annotations },
        ReadOptions::default(),
    )
}

fn article(text: &str) -> Article {
    open(text).read(0).unwrap()
}

/// A file with this body.
fn body(inner: &str) -> Article {
    article(&format!("<TEI><text><body>{inner}</body></text></TEI>"))
}

fn written(article: &Article) -> (String, Losses) {
    let mut losses = Losses::of(article, ENTRY.carries);
    let written = write::write(article, &WriteOptions::default(), &mut losses);
    (written.main, losses)
}

fn faults(article: &Article) -> Vec<String> {
    let said = |d: &crate::article::Diagnostic| format!("{}:{} {}", d.line, d.column, d.code);
    article.diagnostics.iter().map(said).collect()
}

/// Label and words of each mention.
fn mentions(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let said = |m: &crate::article::Mention| {
        let words = article.text.slice(m.hull());
        format!("{} {words}", made.label_name(m.label))
    };
    made.mentions().iter().map(said).collect()
}

/// What is on each mention.
fn attributes(made: &Annotations) -> Vec<String> {
    let said = |a: &crate::article::Attribute| match (&a.value, a.target) {
        (Some(value), Target::Mention(id)) => format!("{} {}={value}", id.0, a.name),
        (None, Target::Mention(id)) => format!("{} {}", id.0, a.name),
        _ => a.name.clone(),
    };
    made.attributes().iter().map(said).collect()
}

#[test]
fn the_usual_elements_are_read() {
    let article = article(USUAL);
    assert_eq!(
        article.text.whole(),
        "扉页也是正文。\n渡口的灯\n韦渡在云江边点灯。He said: come in and seven.\n灯一盏\n船一只\n字断开，社科院的人来过。\n二\n他走了。\n灯还亮。\n附录。"
    );
    use Role::*;
    let roles: Vec<Role> = article.text.blocks().iter().map(|b| b.role).collect();
    assert_eq!(
        roles,
        [
            Paragraph,
            Headline,
            Paragraph,
            Paragraph,
            Paragraph,
            Paragraph,
            SectionHead,
            Paragraph,
            Quote,
            Paragraph
        ]
    );
    assert_eq!(article.form.added, 9);
    let meta = &article.meta;
    assert_eq!(
        [
            &meta.title,
            &meta.source,
            &meta.date,
            &meta.page,
            &meta.language,
            &meta.name
        ],
        ["渡口的灯", "渡口社", "1999-05-06", "7", "zh", "a"]
    );
    assert_eq!(
        mentions(&article),
        [
            "persName 韦渡",
            "surname 韦",
            "forename 渡",
            "geogName 云江",
            "time seven",
            "abbr 社科院",
            "corr 人",
            "person 他"
        ]
    );
    let made = &article.annotations;
    assert_eq!(attributes(made), ["5 expan=社会科学院", "6 sic="]);
    let wei = &made.entities()[0];
    assert_eq!(
        (wei.name.as_str(), wei.given.as_deref()),
        ("韦渡", Some(""))
    );
    assert_eq!(wei.mentions().len(), 2);
    let links: Vec<&str> = made.links().iter().map(|l| l.reference.as_str()).collect();
    assert_eq!(links, ["Q1"]);
    assert_eq!(made.notes()[0].text, "见韦渡信");
    assert_eq!(made.notes()[0].target, None);
    assert_eq!(&*made.unplaced()[0].place, "in a note");
    assert_eq!(&*made.unplaced()[0].quote, "韦渡");
    assert_eq!(faults(&article), [""; 0]);
}

#[test]
fn the_normal_form_comes_out_as_it_was() {
    let read = article(NORMAL);
    assert_eq!(faults(&read), [""; 0]);
    let (out, losses) = written(&read);
    assert_eq!(out, NORMAL);
    assert!(losses.is_empty(), "{losses}");
    let made = &read.annotations;
    assert_eq!(made.relations()[0].arguments.len(), 2);
    assert_eq!(made.notes().len(), 4);
    let on = |text: &str| made.notes().iter().find(|n| n.text == text).unwrap().target;
    assert!(matches!(on("存疑"), Some(Target::Relation(_))));
    assert!(matches!(on("人物"), Some(Target::Entity(_))));
    assert!(matches!(on("又名\n阿满"), Some(Target::Mention(_))));
    assert_eq!(on("全文\n是编的"), None);
}

#[test]
fn other_spellings_reach_the_normal_form_in_one_step() {
    for text in [
        USUAL,
        "",
        "<TEI><text><body>字<name type='x'> a </name>&#32;<p/>  <p>b &#32; c&#9;</p></body></text></TEI>",
        "<TEI><text><body><head type='kicker'>一</head><p>二</p><head>三</head><p>一<persName>&#32;</persName>一<lb/><rs xml:id='m1' ref='#no a:b'>四<lb/></rs></p></body></text></TEI>",
        "<TEI><text><body><p><choice><orig><persName ref='u:1'>甲</persName></orig><reg>乙<lb/>丙</reg></choice><app><lem>丁</lem><rdg wit='a'>戊</rdg><rdg/></app></p></body></text></TEI>",
        "<TEI><text><body><p><persName key='k'>甲</persName>、<persName key='k'>乙</persName><rs key='l' ref='u:1 u:2'>丙</rs></p></body></text></TEI>",
    ] {
        let first = article(text);
        let (once, _) = written(&first);
        let again = article(&once);
        assert_eq!(written(&again).0, once, "{text}");
        assert_eq!(again.text.whole(), first.text.whole(), "{text}");
        assert_eq!(mentions(&again), mentions(&first), "{text}");
        assert_eq!(
            attributes(&again.annotations),
            attributes(&first.annotations),
            "{text}"
        );
        assert_eq!(
            again.annotations.links().len(),
            first.annotations.links().len(),
            "{text}"
        );
    }
}

#[test]
fn what_the_format_cannot_carry_is_told() {
    use crate::format::Format::{Brat, Tei};
    let files = Files {
        main: File::new("a.txt", "甲和乙丙在丁\n戊\n".as_bytes()),
        annotations: Some(File::new(
            "a.ann",
            "T1\tPER 0 1;2 3\t甲 乙\nT2\tPER 2 4\t乙丙\nT3\tLOC 3 6\t丙在丁\nT4\tX Y 6 8\t 戊\nT5\tORG 2 3\t乙\nE1\tGo:T5 A:T2\nR1\tIn Arg1:T5 Arg2:T2\nR2\tIn A:T1 B:T2\nA1\tNegation T2\n#1\tAnnotatorNotes T2\t话\n"
                .as_bytes(),
        )),
    };
    let read = crate::format::read(Brat, files).unwrap();
    let mut losses = Losses::of(&read, Tei.carries());
    let out = write::write(&read, &WriteOptions::default(), &mut losses).main;
    let lost: Vec<String> = losses.iter().map(|(f, _)| f.name().to_owned()).collect();
    assert!(lost.iter().any(|l| l == "crossing mentions"), "{losses}");
    assert!(
        lost.iter().any(|l| l == "discontinuous mentions"),
        "{losses}"
    );
    assert!(lost.iter().any(|l| l == "events"), "{losses}");
    let again = article(&out);
    assert_eq!(mentions(&again), ["PER 乙丙", "ORG 乙"]);
    assert_eq!(again.annotations.mentions()[0].source_id.as_ref(), "T2");
    assert_eq!(attributes(&again.annotations), ["0 Negation"]);
    assert_eq!(again.annotations.notes()[0].label, "AnnotatorNotes");
    assert_eq!(again.annotations.relations().len(), 2);
    assert_eq!(written(&again).0, out);
}

#[test]
fn every_fault_has_its_place() {
    for (text, want) in [
        (
            "<TEI><text><body><p>字</text></TEI>",
            &["1:12 syntax", "1:12 syntax"][..],
        ),
        (
            "<TEI><text>\n<body>&x;</body></text></TEI>",
            &["2:7 unresolved-entity"],
        ),
        ("<TEI>\n<teiHeader/></TEI>", &["1:1 missing-value"]),
        (
            "<TEI><text><body>字<persName/></body></text></TEI>",
            &["1:19 missing-value"],
        ),
        (
            "<TEI><text><body><persName xml:id='a'>甲</persName>\n<rs xml:id='a'>乙</rs></body></text></TEI>",
            &["2:1 duplicate-id"],
        ),
        (
            "<TEI><text><body><rs ref='#a'>乙</rs><note target='#b'>丙</note><relation name='x' active='#c'/></body></text></TEI>",
            &["1:18 dangling", "1:37 dangling", "1:63 dangling"],
        ),
    ] {
        let mut found = faults(&article(text));
        if text.contains("<p>字</text>") {
            found = found
                .into_iter()
                .map(|f| f.replace("1:22", "1:12"))
                .collect();
        }
        assert_eq!(found, want, "{text}");
    }
    let main = File::new("a.xml", b"<TEI><text><body>a\xFFb</body></text></TEI>");
    let annotations = None;
    let document = Document::open(
        Format::Tei,
        Files { main, annotations },
        ReadOptions::default(),
    );
    assert_eq!(faults(&document.read(0).unwrap()), ["1:19 undecodable"]);
}

#[test]
fn what_a_broken_file_has_is_there() {
    let article = body("<p>甲<persName>乙</p><p>丙 < 丁</p><p>&#xD800;<orgName>戊");
    assert_eq!(article.text.whole(), "甲乙\n丙 < 丁\n\u{FFFD}戊");
    assert_eq!(mentions(&article), ["persName 乙", "orgName 戊"]);
}

#[test]
fn a_corpus_has_many_articles() {
    let one = |word: &str| format!("<TEI><text><body><p>{word}<persName/></p></body></text></TEI>");
    let text = format!(
        "<!DOCTYPE x [<!ENTITY a 'b'>]>\n<teiCorpus><teiHeader/>\n{}{}<TEI>",
        one("甲"),
        one("乙")
    );
    let document = open(&text);
    assert_eq!(document.len(), 3);
    let texts: Vec<Article> = (0..3).map(|n| document.read(n).unwrap()).collect();
    assert_eq!(texts[0].text.whole(), "甲");
    assert_eq!(texts[1].text.whole(), "乙");
    assert_eq!(texts[1].meta.name, "a#2");
    assert_eq!(
        faults(&texts[0]),
        ["1:14 unresolved-entity", "3:22 missing-value"]
    );
    assert_eq!(faults(&texts[1]), ["3:78 missing-value"]);
}

#[test]
fn a_file_is_known_by_its_root() {
    let known = |start: &str, whole: bool| {
        let look = Look {
            name: "a.xml",
            start,
            whole,
        };
        detect(&look).map(|(format, _)| format)
    };
    assert_eq!(known(NORMAL, true), Some(Format::Tei));
    assert_eq!(known(USUAL.get(..200).unwrap(), false), Some(Format::Tei));
    assert_eq!(known("<!-- <TEI> --><html><TEI>", true), None);
    assert_eq!(known("这是<TEI>的说明", true), None);
    assert_eq!(known("<?xml version='1.0'?><TE", false), None);
}

#[test]
fn deep_and_broken_files_are_read_in_one_go() {
    for unit in [
        "<p>",
        "<hi>",
        "<persName>",
        "<choice>",
        "<note>",
        "<quote>",
        "<person xml:id='a'>",
        "<orig>字",
        "<rs ref='#a'>字",
        "<body>",
        "<TEI>",
        "</TEI>",
    ] {
        for start in ["<TEI><text><body>", "<TEI><teiHeader>", ""] {
            let text = format!(
                "{start}{}{}",
                unit.repeat(3_000),
                "<lb/>字<note/>".repeat(2_000)
            );
            let article = open(&text).read(0).unwrap();
            let out = write::write(&article, &WriteOptions::default(), &mut Losses::default()).main;
            assert!(out.ends_with("</TEI>\n"));
        }
    }
}
