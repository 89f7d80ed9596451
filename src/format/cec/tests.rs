//! Files in usual and unusual spellings, the normal form, ranges of ids, and every fault.

use super::*;
use crate::article::{Event, EventId, Mention, Role, Target};
use crate::format::entry::WriteOptions;
use crate::format::loss::Losses;
use crate::format::read::Files;
use crate::format::{Format, detect};

const NORMAL: &str = include_str!("../../../tests/formats/cec/normal.xml");
const USUAL: &str = include_str!("../../../tests/formats/cec/usual.xml");

fn article(text: &str) -> Article {
    read_file(
        &File::new("x/a.xml", text.as_bytes()),
        &ReadOptions::default(),
    )
    .unwrap()
}

/// A file with this sentence, and this behind the content.
fn sentence(inner: &str, behind: &str) -> Article {
    article(&format!(
        "<Body><Content><Sentence>{inner}</Sentence></Content>{behind}</Body>"
    ))
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

fn words(article: &Article, mention: &Mention) -> String {
    let label = article.annotations.label_name(mention.label);
    format!("{label} {}", article.text.slice(mention.hull()))
}

fn mentions(article: &Article) -> Vec<String> {
    let all = article.annotations.mentions().iter();
    all.map(|m| words(article, m)).collect()
}

/// `label trigger role=words role=e2`.
fn event(article: &Article, event: &Event) -> String {
    let made = &article.annotations;
    let mut said = event.label.clone();
    if let Some(trigger) = event.trigger.and_then(|t| made.mention(t)) {
        said += &format!(" {}", article.text.slice(trigger.hull()));
    }
    for argument in &event.arguments {
        let what = match argument.target {
            Target::Mention(id) => words(article, made.mention(id).unwrap()),
            Target::Event(EventId(n)) => made.events()[n as usize].source_id.to_string(),
            _ => "nowhere".to_owned(),
        };
        said += &format!(" {}={what}", argument.role);
    }
    said
}

fn events(article: &Article) -> Vec<String> {
    let all = article.annotations.events().iter();
    all.map(|e| event(article, e)).collect()
}

/// `label role=e1 role=e2`.
fn relations(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let said = |relation: &crate::article::Relation| {
        let mut said = relation.label.clone();
        for argument in &relation.arguments {
            let Target::Event(EventId(n)) = argument.target else {
                panic!("a relation between events")
            };
            let id = &made.events()[n as usize].source_id;
            said += &format!(" {}={id}", argument.role);
        }
        said
    };
    made.relations().iter().map(said).collect()
}

#[test]
fn the_corpus_spelling_is_read() {
    let article = article(USUAL);
    assert_eq!(
        article.text.whole(),
        "渡口 停航\n柳溪社\n2020-1-2\n大雾起，渡船停。共有 6 8条船。"
    );
    let roles: Vec<Role> = article.text.blocks().iter().map(|b| b.role).collect();
    use Role::*;
    assert_eq!(roles, [Headline, Paragraph, Dateline, Paragraph]);
    assert_eq!(article.meta.title, "渡口 停航");
    assert_eq!(article.meta.date, "2020-1-2");
    assert_eq!(article.form.added, 3);
    assert_eq!(
        mentions(&article),
        ["Denoter 起", "Object 渡船", "Denoter 停", "Object 8"]
    );
    assert_eq!(events(&article), ["emergency 起", " 停 Object=Object 渡船"]);
    assert_eq!(
        relations(&article),
        [
            "Causal cause=e1 effect=e1 effect=e2",
            "Follow bevent=e1 bevent=e2"
        ]
    );
    assert_eq!(faults(&article), ["18:3 dangling"]);
    let attributes = article.annotations.attributes();
    assert_eq!(attributes.last().unwrap().name, "aevent_eid");
    assert_eq!(attributes.last().unwrap().value.as_deref(), Some("e9"));
}

#[test]
fn the_normal_form_comes_out_as_it_was() {
    let article = article(NORMAL);
    assert_eq!(faults(&article), ["46:2 dangling"]);
    assert_eq!(
        events(&article),
        [
            "statement 讯 Participant=Participant 柳溪社 Time=Time 3月4日",
            "emergency 起火 Location=Location 青石镇 Object=Object 码头",
            "Event 伤 participant=participant 渔民",
            "operation 救 Object=Object 报警 Event=e5 Event=e6 Object=Object 水B",
            "action 报警",
            "movement 赶到 Means=Means 乘船",
        ]
    );
    assert_eq!(
        relations(&article)[0],
        "Thoughtcontent thoughtevent=e1 thoughtcontent=e2 thoughtcontent=e3 thoughtcontent=e4 thoughtcontent=e6"
    );
    let (out, losses) = written(&article);
    assert_eq!(out, NORMAL);
    assert!(losses.is_empty(), "{losses}");
}

#[test]
fn other_spellings_reach_the_normal_form_in_one_step() {
    for text in [
        USUAL,
        "",
        "文<b>字",
        "<Body><Title>a<Per>b</Per></Title><Content>x <Event><Denoter>y</Denoter> z<Event role=''><A>v</A></Event><B role='Denoter' type='T'/></Event>&#32;</Content></Body>",
        "<Body><Content><Event eid='e1' label='L'><Time role='when'>今<Event eid='e1'>后。</Event></Time><Mention label='a b' x='x'>一。二</Mention></Event></Content></Body>",
        "<Body><Content><Paragraph>一。<P>二</P>。”三！？<Paragraph>四　<P>　五</P> &#32;</Paragraph></Content></Body>",
    ] {
        let first = article(text);
        let (once, _) = written(&first);
        let again = article(&once);
        assert_eq!(written(&again).0, once, "{text}");
        assert_eq!(again.text.whole(), first.text.whole(), "{text}");
        assert_eq!(mentions(&again), mentions(&first), "{text}");
        assert_eq!(relations(&again), relations(&first), "{text}");
    }
}

#[test]
fn what_belongs_to_no_event_or_another_says_so() {
    let files = Files {
        main: File::new("a.txt", "甲打乙，丙在丁说戊\n己 走\n".as_bytes()),
        annotations: Some(File::new(
            "a.ann",
            "T1\tPER 0 1\t甲\nT2\tHit 1 2\t打\nT3\tPER 2 3\t乙\nT4\tPER 4 5\t丙\nT5\tLOC 6 7\t丁\nT6\tSay 7 8\t说\nT7\tX Y 8 9\t戊\nT8\tPER 10 13\t己 走\nT9\tPER 8 12\t戊 己\nE1\tHit:T2 Agent:T1 Patient:T3\nE2\tSay:T6 PER:T4 What:E1\nE3\tGo:T8 Who:T5\nA1\tNegation E2\nR1\tCause Arg1:E1 Arg2:E2\nR2\tNear Arg1:T1 Arg2:T3\n"
                .as_bytes(),
        )),
    };
    let read = crate::format::read(Format::Brat, files).unwrap();
    let (out, losses) = written(&read);
    let lost: Vec<&str> = losses.iter().map(|(f, _)| f.name()).collect();
    assert_eq!(
        lost,
        [
            "white space",
            "crossing mentions",
            "relations",
            "events",
            "lines that are no annotations"
        ],
        "{losses}"
    );
    let again = article(&out);
    assert_eq!(
        events(&again),
        [
            "Say 说 What=E1 PER=PER 丙",
            "Hit 打 Agent=PER 甲 Patient=PER 乙"
        ]
    );
    // The place lies in the event without being part of it.
    assert!(out.contains("<LOC id=\"T5\" role=\"\">丁</LOC>"), "{out}");
    assert_eq!(relations(&again), ["Cause Arg1=E1 Arg2=E2"]);
    assert_eq!(faults(&again), [""; 0]);
    assert_eq!(written(&again).0, out);
}

#[test]
fn every_fault_has_its_place() {
    for (inner, behind, want) in [
        ("<A>字", "", &["1:30 syntax"][..]),
        ("&x;", "", &["1:26 unresolved-entity"]),
        ("<Event/>", "", &["1:26 missing-value"]),
        ("\n<Time/>", "", &["2:1 missing-value"]),
        ("", "<eRelation relType='x'/>", &["1:47 missing-value"]),
        (
            "<Event eid='e1'/>\n<Event eid='e1'/>",
            "",
            &["2:1 duplicate-id"],
        ),
        (
            "<Event eid='e1'/>",
            "\n<eRelation a_eid='e1' b_eid='e2'/><eRelation a_eid='e1-e3' b_eid='e3-e1,x,e1'/>",
            &[
                "2:1 dangling",
                "2:35 dangling",
                "2:35 dangling",
                "2:35 dangling",
            ],
        ),
    ] {
        assert_eq!(faults(&sentence(inner, behind)), want, "{inner}{behind}");
    }
    let file = File::new("a.xml", b"<Body><Title>a\xFF</Title></Body>");
    let article = read_file(&file, &ReadOptions::default()).unwrap();
    assert_eq!(faults(&article), ["1:15 undecodable"]);
}

#[test]
fn ranges_cannot_name_more_than_there_is() {
    let events: String = (1..=2_000)
        .map(|n| format!("<Event eid='e{n}'/>"))
        .collect();
    let ties = "<eRelation a_eids='e1-e2000'/>".repeat(600);
    let article = sentence(&events, &ties);
    let arguments: usize = article
        .annotations
        .relations()
        .iter()
        .map(|r| r.arguments.len())
        .sum();
    assert_eq!(arguments, 1_000_000);
    assert!(
        faults(&article)
            .iter()
            .any(|f| f.ends_with("malformed-line"))
    );
    let huge = sentence(
        "<Event eid='e1'/>",
        "<eRelation a_eids='e1-e18446744073709551615'/>",
    );
    assert_eq!(huge.annotations.relations()[0].arguments.len(), 0);
}

#[test]
fn deep_and_broken_files_are_read_in_one_go() {
    for unit in [
        "<Event>",
        "<Event><Denoter>字",
        "<Object>字<Event>",
        "<Paragraph>",
        "<Title>",
        "<eRelation>",
        "</Event>",
        "<X>字</X>",
    ] {
        let text = format!("<Body><Content>{}", unit.repeat(5_000));
        let article = article(&text);
        let out = write::write(&article, &WriteOptions::default(), &mut Losses::default());
        assert!(out.main.ends_with("</Body>\n"));
    }
}

#[test]
fn a_file_is_known_by_its_root_and_what_is_in_it() {
    let known = |start: &str| {
        let look = Look {
            name: "a.xml",
            start,
            whole: true,
        };
        detect(&look).map(|(format, _)| format)
    };
    assert_eq!(known(NORMAL), Some(Format::Cec));
    assert_eq!(
        known("<Body><ReportTime>今天</ReportTime>"),
        Some(Format::Cec)
    );
    assert_eq!(known("<Body><p>文</p></Body>"), None);
    assert_eq!(known("<body><Denoter/></body>"), None);
    assert_eq!(known("说明：<Body><Denoter/></Body>"), None);
}

#[test]
fn what_is_known_beside_the_text_is_written_and_read_back() {
    for text in [
        NORMAL,
        USUAL,
        "<Body><Content><Paragraph><Sentence>文</Sentence></Paragraph></Content></Body>",
    ] {
        let mut first = article(text);
        first.meta.date = "1996-02-14".to_owned();
        first.meta.source = "柳溪 “日报”".to_owned();
        first.meta.language = "zh".to_owned();
        let (out, losses) = written(&first);
        assert!(losses.is_empty(), "{losses}");
        let again = article(&out);
        assert_eq!(faults(&again), faults(&article(&written(&article(text)).0)));
        assert_eq!(again.text.whole(), first.text.whole(), "{out}");
        let meta = |article: &Article| {
            let meta = &article.meta;
            [&meta.date, &meta.source, &meta.language].map(String::clone)
        };
        assert_eq!(meta(&again), meta(&first), "{out}");
        assert_eq!(written(&again).0, out);
    }
}
