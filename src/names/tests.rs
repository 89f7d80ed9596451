//! Four small articles about invented people, and what is known of them together.

mod pages;

use super::*;
use crate::article::{
    AnnotationsBuilder, Article, ByteSpan, Kind, MentionDraft, MentionId, Meta, SourceForm, Text,
};
use crate::desk::{NameRule, NameRules};
use crate::format::{Document, File, Files, Format, ReadOptions};
use crate::library::ArticleId;
use crate::text::{Ambiguous, Profile, str_width};

const ONE: &str = r#"
headline = "灯市开张"
date = 2024-01-05
body = """
苏格·林一舟在云陵市见到陈望。林一舟说，灯市会一年比一年好。
陈望是云陵灯具研究院的人。
云陵灯具研究院设在城东。
"""
[[entity]]
name = "苏格·林一舟"
kind = "person"
aliases = ["林一舟"]
link = "https://www.wikidata.org/wiki/Q90000001"
note = "做灯的人。"
[[entity]]
name = "陈望"
kind = "person"
[[entity]]
name = "云陵市"
kind = "place"
[[entity]]
name = "云陵灯具研究院"
kind = "organisation"
[[relation]]
label = "member"
from = "陈望"
to = "云陵灯具研究院"
"#;

const TWO: &str = r#"
headline = "第二年的灯"
date = "2024年1月9日"
body = """
林一舟又来了。陈 望陪着林一舟走了一圈。
总书记三个字写在匾上。
"""
[[entity]]
name = "林一舟"
kind = "person"
[[entity]]
name = "陈望"
kind = "person"
aliases = ["阿望"]
[[entity]]
name = "总书记"
kind = "person"
"#;

const THREE: &str = r#"
headline = "灯研院的来信"
body = """
灯研院来信：一舟先生，请回信。
阿望问候大家。
"""
[[entity]]
name = "灯研院"
kind = "organisation"
[[entity]]
name = "一舟"
kind = "person"
[[entity]]
name = "阿望"
kind = "person"
"#;

const FOUR: &str = r#"
headline = "同名的人"
date = 2024-03-01
body = """
林一舟是渔民，与灯无关。
Lamp Research Board 与 LRB 是一家。
"""
[[entity]]
name = "林一舟"
kind = "person"
link = "wikidata:Q90000002"
[[entity]]
name = "Lamp Research Board"
kind = "organisation"
[[entity]]
name = "LRB"
kind = "organisation"
"#;

const ALL: [&str; 4] = [ONE, TWO, THREE, FOUR];

fn digest(n: usize, text: &str) -> Digest {
    let name = format!("{}.toml", ["one", "two", "three", "four"][n]);
    let files = Files {
        main: File::new(&name, text.as_bytes()),
        annotations: None,
    };
    let document = Document::open(Format::Toml, files, ReadOptions::default());
    let article = document.into_only().unwrap();
    assert_eq!(article.diagnostics, []);
    Digest::of(ArticleId(u32::try_from(n).unwrap()), &article)
}

fn index(texts: &[usize]) -> Index {
    let mut index = Index::default();
    for n in texts {
        index.add(&digest(*n, ALL[*n]));
    }
    index
}

fn rules(text: &str) -> Vec<NameRule> {
    let read = NameRules::parse("names.toml", text);
    assert_eq!(read.faults, []);
    read.rules
}

/// Every group of a kind: name, mentions, articles.
fn listed(index: &Index, rules: &[NameRule], kind: Kind) -> Vec<String> {
    let groups = Groups::new(index, rules);
    let of_kind = groups.all().iter().filter(|group| group.kind == kind);
    let mut all: Vec<String> = of_kind
        .map(|group| format!("{} {}/{}", group.name, group.mentions, group.articles))
        .collect();
    all.sort();
    all
}

fn proposed(index: &Index, rules: &[NameRule]) -> Vec<String> {
    let groups = Groups::new(index, rules);
    let one = |one: &Proposal| {
        format!(
            "{} = {}: {} ({})",
            one.short.name,
            one.long.name,
            one.why.name(),
            one.together
        )
    };
    let mut all: Vec<String> = groups.proposals(index).iter().map(one).collect();
    all.sort();
    all
}

fn page(index: &Index, rules: &[NameRule], name: &str) -> Page {
    let groups = Groups::new(index, rules);
    let id = groups.named(index, name)[0];
    Page::new(index, &groups, &groups.proposals(index), id).unwrap()
}

#[test]
fn names_come_together_by_name_and_by_alias() {
    let index = index(&[0, 1, 2]);
    assert_eq!(
        listed(&index, &[], Kind::Person),
        ["一舟 1/1", "总书记 1/1", "苏格·林一舟 4/2", "陈望 4/3"]
    );
    let page = page(&index, &[], "林一舟");
    let why: Vec<String> = page
        .joins
        .iter()
        .map(|j| format!("{} {} {} {}", j.why.name(), j.one, j.other, j.by))
        .collect();
    assert_eq!(why, ["alias 苏格·林一舟 林一舟 林一舟"]);
    let page = self::page(&index, &[], "陈望");
    let why: Vec<(&str, &str)> = page.joins.iter().map(|j| (j.why.name(), &*j.by)).collect();
    assert_eq!(why, [("name", "2 articles"), ("alias", "阿望")]);
}

#[test]
fn references_that_differ_keep_names_apart() {
    // An alias does not join what references tell apart.
    let index_of_all = index(&[0, 1, 2, 3]);
    assert_eq!(
        listed(&index_of_all, &[], Kind::Person),
        [
            "一舟 1/1",
            "总书记 1/1",
            "林一舟 3/2",
            "苏格·林一舟 2/1",
            "陈望 4/3"
        ]
    );
    let said = proposed(&index_of_all, &[]);
    let part = "林一舟 = 苏格·林一舟: a part of the name (0)";
    assert!(said.iter().any(|one| one == part), "{said:?}");
    // Nor does the name; where there is no reference, it may be either, and is joined to neither.
    let mut index = index(&[1, 3]);
    index.add(&digest(0, &FOUR.replace("Q90000002", "Q90000003")));
    let people = listed(&index, &[], Kind::Person);
    assert_eq!(
        people,
        [
            "总书记 1/1",
            "林一舟 1/1",
            "林一舟 1/1",
            "林一舟 2/1",
            "陈望 1/1"
        ]
    );
    let said = proposed(&index, &[]);
    let reference = "林一舟 = 林一舟: the same name, other references (0)";
    assert_eq!(
        said.iter().filter(|one| *one == reference).count(),
        2,
        "{said:?}"
    );
    let one = rules("[[same]]\nnames = [\"林一舟\"]\n");
    assert_eq!(
        listed(&index, &one, Kind::Person),
        ["总书记 1/1", "林一舟 4/3", "陈望 1/1"]
    );
}

#[test]
fn the_same_reference_joins_whatever_the_name() {
    let other = ONE
        .replace("苏格·林一舟", "苏格·林")
        .replace("https://www.wikidata.org/wiki/", "wikidata:");
    let mut index = index(&[]);
    index.add(&digest(0, ONE));
    index.add(&digest(1, &other));
    let page = page(&index, &[], "苏格·林");
    assert_eq!(page.group.articles, 2);
    assert!(page.joins.iter().any(|join| join.why == Why::Link));
}

#[test]
fn a_mention_in_fragments_finds_its_page() {
    let text = Text::from_lines("Foo and\nbar came.".to_owned()).unwrap();
    let mut builder = AnnotationsBuilder::new(&text);
    let label = builder.label("person");
    let draft = MentionDraft {
        label,
        spans: vec![ByteSpan::new(0, 4), ByteSpan::new(7, 11)],
        ..MentionDraft::default()
    };
    builder.mention(draft).unwrap();
    let article = Article {
        meta: Meta::default(),
        annotations: builder.finish(),
        text,
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    };
    let id = ArticleId(0);
    let key = Key::of_mention(id, &article, MentionId(0)).unwrap();
    assert_eq!(key.name, "Foo…bar");
    assert!(Page::of_article(&Digest::of(id, &article), &key, &[]).is_some());
}

#[test]
fn an_alias_of_two_names_joins_nothing() {
    let made = |name: &str, aliases: &str| {
        format!(
            "headline = \"题\"\nbody = \"{name}\"\n[[entity]]\nname = \"{name}\"\nkind = \"event\"\naliases = [{aliases}]\n"
        )
    };
    let texts = [
        made("甲地峰会", "\"峰会\""),
        made("乙地峰会", "\"峰会\""),
        made("峰会", ""),
        made("甲地大会", "\"甲地峰会\", \"峰会\""),
    ];
    let mut index = index(&[]);
    for (n, text) in texts.iter().enumerate() {
        index.add(&digest(n, text));
    }
    assert_eq!(
        listed(&index, &[], Kind::Event),
        ["乙地峰会 1/1", "峰会 1/1", "甲地峰会 2/2"]
    );
    let said = proposed(&index, &[]);
    assert_eq!(
        said,
        [
            "峰会 = 乙地峰会: an alias of several names (0)",
            "峰会 = 甲地峰会: an alias of several names (0)"
        ]
    );
    // Once the reader says that the two are one, it is an alias of one name.
    let one = rules("[[same]]\nnames = [\"甲地峰会\", \"乙地峰会\"]\nkind = \"event\"\n");
    assert_eq!(listed(&index, &one, Kind::Event), ["甲地峰会 4/4"]);
}

#[test]
fn short_forms_are_proposed_and_titles_are_none() {
    let index = index(&[0, 1, 2, 3]);
    let said = proposed(&index, &[]);
    for want in [
        "一舟 = 林一舟: without the surname (0)",
        "灯研院 = 云陵灯具研究院: an abbreviation (0)",
        "LRB = Lamp Research Board: an abbreviation (1)",
    ] {
        assert!(said.iter().any(|one| one == want), "{want}: {said:?}");
    }
    assert!(!said.iter().any(|one| one.contains("总书记")), "{said:?}");
}

#[test]
fn a_title_joins_nobody_and_is_proposed_for_nobody() {
    let made = |name: &str, link: &str| {
        format!(
            "headline = \"题\"\nbody = \"{name}\"\n[[entity]]\nname = \"{name}\"\nkind = \"person\"\n\
             aliases = [\"总书记\", \"書記\"]\n{link}"
        )
    };
    let bare = |link: &str| {
        format!(
            "headline = \"题\"\nbody = \"总书记\"\n[[entity]]\nname = \"总书记\"\nkind = \"person\"\n{link}"
        )
    };
    // One who has it as an alias.
    let mut index = index(&[]);
    index.add(&digest(0, &made("林一舟", "")));
    index.add(&digest(1, &bare("link = \"wikidata:Q90000001\"\n")));
    assert_eq!(
        listed(&index, &[], Kind::Person),
        ["总书记 1/1", "林一舟 1/1"]
    );
    assert_eq!(proposed(&index, &[]), [""; 0]);
    // Two who have it, and the title with two references.
    index.add(&digest(2, &made("陈望", "")));
    index.add(&digest(3, &bare("link = \"wikidata:Q90000002\"\n")));
    assert_eq!(proposed(&index, &[]), [""; 0]);
    let one = rules("[[same]]\nnames = [\"林一舟\", \"总书记\"]\nkind = \"person\"\n");
    let people = listed(&index, &one, Kind::Person);
    assert_eq!(people, ["总书记 3/3", "陈望 1/1"], "the reader may say so");
}

#[test]
fn the_readers_word_goes_before_all_else_and_the_later_one_holds() {
    let index = index(&[0, 1, 2]);
    let merged = "[[same]]\nnames = [\"一舟\", \"林一舟\"]\nkind = \"person\"\n";
    assert!(listed(&index, &rules(merged), Kind::Person).contains(&"苏格·林一舟 5/3".to_owned()));
    let page = page(&index, &rules(merged), "一舟");
    assert!(page.joins.iter().any(|join| join.why == Why::Hand));
    let parted = format!("{merged}[[different]]\nnames = [\"林一舟\", \"一舟\"]\n");
    assert!(listed(&index, &rules(&parted), Kind::Person).contains(&"一舟 1/1".to_owned()));
    assert!(
        !proposed(&index, &rules(&parted))
            .iter()
            .any(|one| one.starts_with("一舟"))
    );
    let again = format!("{parted}{merged}");
    assert!(listed(&index, &rules(&again), Kind::Person).contains(&"苏格·林一舟 5/3".to_owned()));
    // Against an alias.
    let parted = "[[different]]\nnames = [\"林一舟\", \"苏格·林一舟\"]\n";
    assert!(listed(&index, &rules(parted), Kind::Person).contains(&"林一舟 2/1".to_owned()));
    // One name, somebody else in one article.
    let parted = "[[different]]\nnames = [\"陈望\"]\narticles = [\"two\"]\n";
    let people = listed(&index, &rules(parted), Kind::Person);
    assert!(people.contains(&"陈望 2/1".to_owned()), "{people:?}");
}
