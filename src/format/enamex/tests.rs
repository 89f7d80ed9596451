//! Files in usual and unusual spellings, the normal form, and every fault.

use super::*;
use crate::article::{Article, Role};
use crate::format::entry::WriteOptions;
use crate::format::loss::Losses;
use crate::format::read::Files;
use crate::format::{Document, Format, detect};

const NORMAL: &str = include_str!("../../../tests/formats/enamex/normal.sgml");
const DOCUMENT: &str = include_str!("../../../tests/formats/enamex/document.sgml");
const USUAL: &str = include_str!("../../../tests/formats/enamex/usual.sgml");

fn open(text: &str) -> Document {
    let main = File::new("x/a.sgml", text.as_bytes());
    let annotations = None;
    Document::open(
        Format::Enamex,
        Files { main, annotations },
        ReadOptions::default(),
    )
}

fn article(text: &str) -> Article {
    open(text).read(0).unwrap()
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

fn mentions(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let said = |m: &crate::article::Mention| {
        let words = article.text.slice(m.hull());
        format!("{} {} {words}", m.source_id, made.label_name(m.label))
    };
    made.mentions().iter().map(said).collect()
}

#[test]
fn text_with_tags_is_read_as_it_stands() {
    let article = article(NORMAL);
    assert_eq!(
        article.text.whole(),
        "　　三月四日，青石镇码头修好了。\n\n  A < B & C > D，五千元， 陆 小满 说。\n"
    );
    assert_eq!(
        mentions(&article),
        [
            "m1 DATE 三月四日",
            "m2 ORGANIZATION 青石镇码头",
            "a1 LOCATION 青石镇",
            "m4 MONEY 五千元",
            "m5 人 物  陆 小满 "
        ]
    );
    assert_eq!(article.form.added, 0);
    assert_eq!(article.annotations.attributes()[0].name, "STATUS");
    assert_eq!(faults(&article), [""; 0]);
    let (out, losses) = written(&article);
    assert_eq!(out, NORMAL);
    assert!(losses.is_empty(), "{losses}");
}

#[test]
fn a_document_has_a_header() {
    let article = article(DOCUMENT);
    assert_eq!(
        article.text.whole(),
        "青石镇码头修好\n2021-03-04\n柳溪日报\n柳溪讯\n第一行，韦渡来了。\n\n第二行 "
    );
    use Role::*;
    let roles: Vec<Role> = article.text.blocks().iter().map(|b| b.role).collect();
    assert_eq!(
        roles,
        [
            Headline, Dateline, Paragraph, Dateline, Paragraph, Paragraph
        ]
    );
    let meta = &article.meta;
    assert_eq!(
        [&meta.title, &meta.name, &meta.date, &meta.source],
        ["青石镇码头修好", "qs-0304", "2021-03-04", "柳溪日报"]
    );
    let (out, losses) = written(&article);
    assert_eq!(out, DOCUMENT);
    assert!(losses.is_empty(), "{losses}");
}

#[test]
fn sgml_is_read_as_it_is_usual() {
    let document = open(USUAL);
    assert_eq!(document.len(), 2);
    let first = document.read(0).unwrap();
    assert_eq!(
        first.text.whole(),
        "A1\nHarbour & bridge\n03/04/21\nLu Xiaoman of AT&T said: 3 < 4, <某某>.\nQingshi is &MD; open."
    );
    assert_eq!(
        [&first.meta.title, &first.meta.name, &first.meta.date],
        ["Harbour & bridge", "qs.1", "03/04/21"]
    );
    assert_eq!(
        mentions(&first),
        [
            "m1 DATE 03/04/21",
            "m2 PERSON Lu Xiaoman",
            "m3 ORGANIZATION|LOCATION Qingshi"
        ]
    );
    assert_eq!(faults(&first), ["10:75 unresolved-entity"]);
    let second = document.read(1).unwrap();
    assert_eq!(mentions(&second), ["m1 TIMEX2 March", "t1 TIME noon"]);
    assert_eq!(second.meta.name, "2");
    assert_eq!(faults(&second), [""; 0]);
}

#[test]
fn other_spellings_reach_the_normal_form_in_one_step() {
    for text in [
        USUAL,
        "",
        "<timex>今天</TIMEX> & <x> &#32;<",
        "<HL>题</HL>文<TEXT><p>一<p> 二<enamex TYPE=A>三</enamex>\n</TEXT>",
        "<DOCNO>a &amp; b<HL>题<ENAMEX TYPE=A>目</HL><DD>今</DD><DD>昨</DD>天</ENAMEX>",
        "<DOC><DATELINE> 甲 </DATELINE>\n\n<SO>乙</SO>",
    ] {
        let first = article(text);
        let (once, _) = written(&first);
        let again = article(&once);
        assert_eq!(written(&again).0, once, "{text}");
        assert_eq!(mentions(&again), mentions(&first), "{text}");
    }
}

#[test]
fn a_label_that_is_the_name_of_a_tag_is_written_as_its_type() {
    let text = "<ENAMEX TYPE=\"TIMEX\">今天</ENAMEX>，<ENAMEX TYPE=\"NUMEX\">五</ENAMEX>，<ENAMEX TYPE=\"ENAMEX\">韦渡</ENAMEX>";
    let (out, _) = written(&article(text));
    assert_eq!(
        out,
        "<TIMEX TYPE=\"TIMEX\">今天</TIMEX>，<NUMEX TYPE=\"NUMEX\">五</NUMEX>，<ENAMEX TYPE=\"ENAMEX\">韦渡</ENAMEX>"
    );
    assert_eq!(faults(&article(&out)), [""; 0]);
}

#[test]
fn every_fault_has_its_place() {
    for (text, want) in [
        ("文<ENAMEX TYPE=\"A\">字", &["1:2 syntax"][..]),
        ("文\n字</timex>", &["2:2 syntax"]),
        (
            "<ENAMEX TYPE=\"A\"字</ENAMEX>",
            &["1:1 syntax", "1:18 syntax"],
        ),
        (
            "<ENAMEX TYPE=\"A>字</ENAMEX>",
            &["1:1 syntax", "1:9 syntax"],
        ),
        ("<p><b>&nbsp;", &["1:7 unresolved-entity"]),
        ("<ENAMEX>字</ENAMEX>", &["1:1 missing-value"]),
        ("<NUMEX TYPE='B'></NUMEX>", &["1:1 missing-value"]),
        (
            "<ENAMEX TYPE='A' ID=1>甲</ENAMEX><ENAMEX TYPE='A' ID=1>乙</ENAMEX>",
            &["1:33 duplicate-id"],
        ),
    ] {
        assert_eq!(faults(&article(text)), want, "{text}");
    }
    let main = File::new("a.sgml", b"a\xFF<DOC>");
    let annotations = None;
    let files = Files { main, annotations };
    let document = Document::open(Format::Enamex, files, ReadOptions::default());
    assert_eq!(document.len(), 1);
    assert_eq!(faults(&document.read(0).unwrap()), ["1:2 undecodable"]);
}

#[test]
fn deep_and_broken_files_are_read_in_one_go() {
    for unit in [
        "<ENAMEX TYPE='A'>字",
        "<DOC>",
        "<p>",
        "</ENAMEX>",
        "<HL>字",
        "<DOCNO>",
        "< ",
    ] {
        let text = unit.repeat(5_000);
        let document = open(&text);
        let article = document.read(0).unwrap();
        write::write(&article, &WriteOptions::default(), &mut Losses::default());
    }
}

#[test]
fn a_file_is_known_by_its_tags() {
    let known = |name: &str, start: &str| {
        let look = Look {
            name,
            start,
            whole: true,
        };
        detect(&look).map(|(format, _)| format)
    };
    for text in [NORMAL, DOCUMENT, USUAL] {
        assert_eq!(known("a.sgml", text), Some(Format::Enamex));
        assert_eq!(known("a.txt", text), Some(Format::Enamex));
        assert_eq!(known("README.md", text), None);
    }
    // A mention may be the first word of what somebody says.
    let said = "<TEXT><p>\"<ENAMEX TYPE=\"PERSON\">韦渡</ENAMEX>来了<TIMEX TYPE=\"DATE\">周一</TIMEX>\"。</p></TEXT>";
    for (name, text) in [
        ("a.txt", said.to_owned()),
        ("a.txt", format!("<DOC>\n{said}</DOC>\n")),
        (
            "a.txt",
            "<DOC>\"<ENAMEX TYPE=\"A\">甲</ENAMEX>\"</DOC>".to_owned(),
        ),
        ("a.SGM", "\"<ENAMEX TYPE=\"A\">甲</ENAMEX>\"".to_owned()),
    ] {
        assert_eq!(known(name, &text), Some(Format::Enamex), "{text}");
    }
    for text in [
        "用 `<ENAMEX TYPE=\"PERSON\">` 和 `</ENAMEX>` 标注。",
        "标签是<ENAMEX TYPE=\"PERSON\">。",
        "{\"a\": \"<ENAMEX TYPE=\\\"PERSON\\\">乙</ENAMEX>\"}",
        "<DOC>文</DOC>",
    ] {
        assert_ne!(known("a.txt", text), Some(Format::Enamex), "{text}");
    }
}

#[test]
fn what_is_known_beside_the_text_is_written_and_read_back() {
    use crate::article::Meta;
    let told = |text: &str| Article {
        meta: Meta {
            date: "1996-02-14".to_owned(),
            source: "柳溪\n“日报”".to_owned(),
            page: "03".to_owned(),
            section: "要闻 ".to_owned(),
            language: "zh".to_owned(),
            ..article(text).meta
        },
        ..article(text)
    };
    for text in [
        "标题\n<ENAMEX TYPE=\"PERSON\">王伟</ENAMEX>在北京。",
        "\n\n 空行\n\n在前 \n",
        "",
        "<DOC><HL>题</HL><DATE>今天</DATE><TEXT>文</TEXT></DOC>",
        "<DOC><SO>柳溪</SO></DOC>",
    ] {
        let first = told(text);
        let (out, losses) = written(&first);
        assert!(losses.is_empty(), "{losses}");
        let again = article(&out);
        assert_eq!(faults(&again), [""; 0], "{out}");
        let end = |article: &Article| article.text.whole().trim_end_matches('\n').to_owned();
        assert_eq!(end(&again), end(&first), "{out}");
        assert_eq!(mentions(&again), mentions(&first));
        let meta = |article: &Article| {
            let meta = &article.meta;
            [
                &meta.date,
                &meta.source,
                &meta.page,
                &meta.section,
                &meta.language,
            ]
            .map(String::clone)
        };
        assert_eq!(meta(&again), meta(&first), "{out}");
        assert_eq!(written(&again).0, out);
    }
    // What is a line of the text is told by that.
    let out = written(&article(DOCUMENT)).0;
    assert_eq!(out, DOCUMENT);
    let mut spaced = article("<DOC><HL>题</HL><TEXT>文</TEXT></DOC>");
    spaced.text = crate::article::Text::from_lines("题\n\n文".to_owned()).unwrap();
    let first = spaced.text.block_at(0).unwrap();
    spaced.text.set_role(first, Role::Headline);
    let (_, losses) = written(&spaced);
    assert_eq!(losses.to_string(), "1 white space");
}

/// Two datelines, of which the second says the source as well: written anew it is a line of the source.
#[test]
fn a_line_that_has_no_element_left_of_its_role_is_the_source_if_it_says_it() {
    let (once, _) = written(&article("<DD>甲<SO><DATELINE>甲"));
    let (again, _) = written(&article(&once));
    assert_eq!(again, once);
}
