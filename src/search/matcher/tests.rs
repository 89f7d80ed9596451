//! What queries find, in blocks and in articles.

use proptest::prelude::*;

use super::*;
use crate::format::{Document, File, Files, Format, ReadOptions};

fn matcher(text: &str, regex: bool) -> Matcher {
    let text = text.to_owned();
    Matcher::new(&Query {
        text,
        regex,
        ..Query::default()
    })
    .expect("a query")
}

fn plain(content: &str) -> Article {
    Article {
        meta: Meta::default(),
        text: Text::from_lines(content.to_owned()).expect("short"),
        annotations: Annotations::default(),
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    }
}

fn words(article: &Article, hits: &[ByteSpan]) -> String {
    let words: Vec<&str> = hits.iter().map(|hit| article.text.slice(*hit)).collect();
    words.join("|")
}

/// Whoever types on does not wait for a long article.
#[test]
fn a_search_ends_within_an_article() {
    let article = plain(&format!("{}灯市\n灯会", "没有的一行字\n".repeat(60_000)));
    let sparse = plain(&"灯市".repeat(4_000));
    for query in ["灯市", "/灯[市会]/", "灯会 灯市", "灯市 -没"] {
        for article in [&article, &sparse] {
            let asked = std::cell::Cell::new(0);
            let ask = |most: u32| {
                asked.set(asked.get() + 1);
                asked.get() > most
            };
            let whole = matcher(query, false).in_article(article);
            let unless = |most| {
                asked.set(0);
                matcher(query, false).in_article_unless(article, &|| ask(most))
            };
            assert_eq!(unless(u32::MAX), whole, "{query}");
            let times = asked.get();
            assert!(times > 2, "{query}: {times}");
            assert_eq!(unless(times - 1), None, "{query}");
        }
    }
}

#[test]
fn blank_and_long_queries() {
    for (query, regex, empty) in [
        ("", false, true),
        ("", true, true),
        (" 　", false, true),
        (" ", true, false),
        ("王", false, false),
    ] {
        assert_eq!(matcher(query, regex).is_empty(), empty, "{query:?}");
    }
    let text = "王".repeat(MAX_QUERY_CHARS + 1);
    for regex in [false, true] {
        let text = text.clone();
        let query = Query {
            text,
            regex,
            ..Query::default()
        };
        let error = Matcher::new(&query).expect_err("is too long");
        assert_eq!(error.at, Some(3000..3003));
    }
}

#[test]
fn an_expression_stays_in_its_block() {
    let article = plain("甲乙\n\n乙丙\n");
    for (pattern, want) in [
        ("^乙", 1),
        ("乙$", 1),
        (r"乙\s+乙", 0),
        ("[^x]+", 2),
        ("(?s).+", 2),
    ] {
        assert_eq!(
            matcher(pattern, true).hits(&article).len(),
            want,
            "{pattern}"
        );
    }
    for (query, wrong) in [
        ("甲 /人(国/", 8..9),
        (r"/\/国(/", 6..7),
        (r"甲 /\/\/人\q/", 12..14),
    ] {
        let error = Matcher::new(&Query::new(query)).expect_err("a fault");
        assert_eq!(error.at, Some(wrong), "{query}: {error}");
    }
    let slash = plain("去/来\n");
    let hits = matcher(r"/去\/来/", false).hits(&slash);
    assert_eq!(words(&slash, &hits), "去/来");
}

const TEXT: &str =
    "乌镇峰会在乌镇开幕，高锐致辞。\n高锐说，峰会在乌 镇。\n烏鎮　峰會闭幕。Wuzhen AI\n";

#[test]
fn terms_belong_together_in_a_block() {
    let article = plain(TEXT);
    for (query, want) in [
        ("乌镇 峰会", "乌镇峰会|乌镇|峰会|乌 镇|烏鎮　峰會"),
        ("峰会 乌镇", "乌镇|峰会|乌镇|峰会|乌 镇|烏鎮|峰會"),
        ("\"乌镇 峰会\"", "烏鎮　峰會"),
        ("乌镇 高锐", "乌镇|乌镇|高锐|高锐|乌 镇"),
        ("乌镇 -高锐", "烏鎮"),
        ("高锐 OR 闭幕", "高锐|高锐|闭幕"),
        ("(致辞 OR 闭幕) 峰会", "峰会|致辞|峰會|闭幕"),
        ("高锐 ~2 峰会", "高锐|峰会"),
        ("峰会 ~2 高锐", "高锐|峰会"),
        ("高锐 ~1 峰会", ""),
        ("乌镇 ~8 高锐 ~0 致辞", "乌镇|乌镇|高锐|致辞"),
        ("乌镇 ~7 高锐 ~0 致辞", "乌镇|高锐|致辞"),
        ("-高锐", ""),
        ("wzfh", "乌镇峰会|烏鎮　峰會"),
        ("wuzhen", "乌镇|乌镇|乌 镇|烏鎮|Wuzhen"),
        ("\"wuzhen\"", "Wuzhen"),
        ("/乌.?镇/ 致辞", "乌镇|乌镇|致辞"),
        ("乌镇 乌镇峰会", "乌镇峰会|乌镇|烏鎮　峰會"),
        // Those that stand together are one, whatever else lies over them.
        ("乌镇 峰会 乌镇", "乌镇峰会|乌镇|峰会|乌 镇|烏鎮　峰會"),
        ("乌镇 峰会 镇峰", "乌镇峰会|乌镇|烏鎮　峰會"),
        ("(/乌.*高/ OR 开) ~0 锐", "乌镇峰会在乌镇开幕，高|锐"),
    ] {
        let hits = matcher(query, false).hits(&article);
        assert_eq!(words(&article, &hits), want, "{query}");
    }
}

#[test]
fn what_is_near_is_not_hidden_by_what_lies_between() {
    let article = plain("甲丁丁丁丁丁丁丁丁丁乙丙\n");
    for (query, want) in [
        ("(/甲.*乙/ OR 丁) ~0 丙", "甲丁丁丁丁丁丁丁丁丁乙|丙"),
        ("丙 ~0 (/甲.*乙/ OR 丁)", "甲丁丁丁丁丁丁丁丁丁乙|丙"),
        ("甲 ~10 丙", "甲|丙"),
        ("甲 ~9 丙", ""),
        ("甲 ~99999999 丙", "甲|丙"),
    ] {
        let hits = matcher(query, false).hits(&article);
        assert_eq!(words(&article, &hits), want, "{query}");
    }
}

/// Four code points of a family are one character between the others.
#[test]
fn distances_count_what_is_seen_as_one_character() {
    let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
    let article = plain(&format!("甲{family}{family}e\u{301}乙\n"));
    for (query, want) in [("甲 ~2 乙", ""), ("甲 ~3 乙", "甲|乙")] {
        let hits = matcher(query, false).hits(&article);
        assert_eq!(words(&article, &hits), want, "{query}");
    }
}

#[test]
fn what_folding_passes_over_is_not_asked_for() {
    let article = plain("甲乙\n丙\n");
    let fold = crate::text::FoldOptions::all(true);
    for (query, want) in [
        ("甲 \u{301}", "甲"),
        ("\u{301} 甲 -\u{301}", "甲"),
        ("甲 OR \u{301}", "甲"),
        ("甲 ~0 \u{301} ~0 乙", "甲|乙"),
        ("\u{301} ~0 甲", "甲"),
        ("丙 person:\u{301}", "丙"),
        ("\u{301} \u{302}", ""),
    ] {
        let text = query.to_owned();
        let query = Query {
            text,
            fold,
            ..Query::default()
        };
        let matcher = Matcher::new(&query).expect("a query");
        let hits = matcher.hits(&article);
        assert_eq!(words(&article, &hits), want, "{}", query.text);
        assert_eq!(matcher.is_empty(), want.is_empty(), "{}", query.text);
    }
}

#[test]
fn what_stands_together_and_lies_over_another_hit_is_kept_where_it_lies_over_none() {
    for (text, query, want) in [
        ("互联网大会", "互联网 联网 大会", "互联网|大会"),
        ("互联网大会开幕", "互联网 联网 大会 开幕", "互联网|大会开幕"),
        ("互联网大会", "互 联网 大会 互联网", "互联网大会"),
        // What is left of two such is looked at again.
        (
            "互联网大会开幕",
            "互联网 联网 大会 大会开 会开 幕",
            "互联网|大会开|幕",
        ),
        ("互联网 大会", "互联网 联网 大会 开 / 大/", "互联网| 大"),
    ] {
        let whole = format!("{text}，开\n");
        let article = plain(&whole);
        let hits = matcher(query, false).hits(&article);
        let mut found = words(&article, &hits);
        if let Some(before) = found.strip_suffix("|开") {
            found.truncate(before.len());
        }
        assert_eq!(found, want, "{query}");
    }
}

#[test]
fn terms_belong_together_in_an_article() {
    let article = plain(TEXT);
    for (query, want) in [
        ("闭幕 致辞", Some("致辞|闭幕")),
        ("闭幕 -致辞", None),
        ("-王正", Some("")),
        ("王正 OR 闭幕", Some("闭幕")),
        ("致辞 ~2 高锐", Some("高锐|致辞|高锐")),
        ("王正", None),
        ("date:2023", None),
        ("-date:2023 闭幕", Some("闭幕")),
    ] {
        let hits = matcher(query, false).in_article(&article);
        let whole = Query {
            scope: Scope::Article,
            ..Query::new(query)
        };
        let in_steps = Matcher::new(&whole).expect("a query").hits(&article);
        assert_eq!(in_steps, hits.clone().unwrap_or_default(), "{query}");
        assert_eq!(
            hits.map(|hits| words(&article, &hits)).as_deref(),
            want,
            "{query}"
        );
    }
}

const NATIVE: &str = r#"
headline = "高锐在乌镇"
date = 2023-11-08
source = "新华社"
page = "02"
body = """
高锐说，峰会好。总干事笑。
北京的王正写道：乌镇在浙江。
"""
[[entity]]
name = "弗朗西斯·高锐"
kind = "person"
aliases = ["高锐", "总干事"]
note = "知识产权组织"
[[entity]]
name = "王正"
kind = "person"
[[entity]]
name = "乌镇"
kind = "place"
[[entity]]
name = "浙江"
kind = "place"
[[relation]]
label = "located"
from = "乌镇"
to = "浙江"
[[event]]
label = "说话"
trigger = "写道"
args = [{ role = "speaker", entity = "王正" }]
"#;

fn native() -> Article {
    let files = Files {
        main: File::new("a.toml", NATIVE.as_bytes()),
        annotations: None,
    };
    let document = Document::open(Format::Toml, files, ReadOptions::default());
    document.into_only().expect("an article")
}

#[test]
fn fields_ask_what_is_known() {
    let article = native();
    assert!(article.diagnostics.is_empty(), "{:?}", article.diagnostics);
    for (query, want) in [
        ("person:高锐", Some("高锐|高锐|总干事")),
        ("person:*", Some("高锐|高锐|总干事|王正")),
        ("person:gaorui", Some("高锐|高锐|总干事")),
        ("entity:\"高锐\"", Some("高锐|高锐|总干事")),
        ("entity:\"高\"", None),
        ("entity:\"弗朗西斯\"", None),
        ("entity:\"弗朗西斯·高锐\"", Some("高锐|高锐|总干事")),
        ("date:*", Some("")),
        ("kind:place", Some("乌镇|乌镇|浙江")),
        ("label:place", Some("乌镇|乌镇|浙江")),
        ("title:乌镇 浙江", Some("乌镇|浙江")),
        ("date:2023-11 王正", Some("王正")),
        ("date:2022 王正", None),
        ("date:..2023 source:新华 page:02 -王正", None),
        ("source:新华 page:\"2\"", None),
        ("note:知识产权", Some("高锐|高锐|总干事")),
        ("relation:located", Some("乌镇|乌镇|浙江")),
        ("relation:located(_, 浙江)", Some("乌镇|乌镇|浙江")),
        ("relation:located(浙江)", None),
        ("relation:*(to=浙江)", Some("乌镇|乌镇|浙江")),
        ("relation:*(to＝浙江)", Some("乌镇|乌镇|浙江")),
        ("relation:/^loc/", Some("乌镇|乌镇|浙江")),
        ("relation:/^ocat/", None),
        ("relation:/loc.*d/(_, 浙江)", Some("乌镇|乌镇|浙江")),
        ("event:写道", Some("王正|写道")),
        ("event:说话(speaker=王正)", Some("王正|写道")),
        ("event:说话(高锐)", None),
        (
            "person:(高锐 OR 王正) 峰会",
            Some("高锐|高锐|峰会|总干事|王正"),
        ),
        ("file:a", Some("")),
    ] {
        let hits = matcher(query, false).in_article(&article);
        let whole = Query {
            scope: Scope::Article,
            ..Query::new(query)
        };
        let in_steps = Matcher::new(&whole).expect("a query").hits(&article);
        assert_eq!(in_steps, hits.clone().unwrap_or_default(), "{query}");
        assert_eq!(
            hits.map(|hits| words(&article, &hits)).as_deref(),
            want,
            "{query}"
        );
    }
    let in_blocks = |query: &str| words(&article, &matcher(query, false).hits(&article));
    assert_eq!(in_blocks("person:* 峰会"), "高锐|峰会|总干事");
    assert_eq!(in_blocks("date:2023 峰会"), "峰会");
    assert_eq!(in_blocks("date:2022 峰会"), "");
}

fn article_of(name: &str, main: &str, annotations: &str, format: Format) -> Article {
    let beside = (!annotations.is_empty()).then(|| File::new("a.ann", annotations.as_bytes()));
    let files = Files {
        main: File::new(name, main.as_bytes()),
        annotations: beside,
    };
    let document = Document::open(format, files, ReadOptions::default());
    document.into_only().expect("an article")
}

#[test]
fn a_quoted_name_is_all_of_it_and_a_label_may_have_more() {
    let text = "John Smith met John.\n";
    let marks = "T1\tPER-NAM 0 10\tJohn Smith\nT2\tPER-NAM 15 19\tJohn\n";
    let article = article_of("a.txt", text, marks, Format::Brat);
    for (query, want) in [
        ("person:\"John\"", "John"),
        ("person:\"john smith\"", "John Smith"),
        ("person:john", "John Smith|John"),
        ("label:per", "John Smith|John"),
        ("label:\"per\"", ""),
        ("label:\"per-nam\"", "John Smith|John"),
        ("date:*", ""),
    ] {
        let hits = matcher(query, false).hits(&article);
        assert_eq!(words(&article, &hits), want, "{query}");
    }
    assert_eq!(matcher("date:*", false).in_article(&article), None);
}

#[test]
fn a_mention_in_parts_has_the_words_of_its_parts() {
    let text = "彭大飞去甲镇。\n";
    let marks =
        "T1\tPerson 0 1;2 3\t彭 飞\nT2\tPlace 4 6\t甲镇\nR1\tin Arg1:T1 Arg2:T2\nE1\tPerson:T1\n";
    let article = article_of("a.txt", text, marks, Format::Brat);
    for (query, want) in [
        ("person:彭飞", "彭大飞"),
        ("person:\"彭飞\"", "彭大飞"),
        ("person:大", ""),
        ("relation:in(彭飞)", "彭大飞|甲镇"),
        ("relation:in(大)", ""),
        ("event:彭飞", "彭大飞"),
    ] {
        let hits = matcher(query, false).hits(&article);
        assert_eq!(words(&article, &hits), want, "{query}");
    }
}

#[test]
fn bytes_say_whether_reading_is_in_vain() {
    for (query, want) in [
        ("烏鎮", true),
        ("王正", false),
        ("乌镇 王正", false),
        ("乌镇 OR 王正", true),
        ("乌镇 -王正", true),
        ("王正 ~3 乌镇", false),
        ("wangzheng", true),
        ("person:王正", true),
        ("/王/", true),
        ("", false),
    ] {
        assert_eq!(
            matcher(query, false).may_be_in(TEXT.as_bytes()),
            want,
            "{query}"
        );
    }
}

proptest! {
    /// A tree finds in every block what its parts, each searched alone, say that it must.
    #[test]
    fn blocks_are_as_their_terms_say(hay in "[甲乙丙 \n]{0,60}", which in 0usize..4) {
        let article = plain(&hay);
        let query = ["甲 乙", "甲 OR 乙", "甲 -乙", "丙 (甲 OR -乙)"][which];
        let hits = matcher(query, false).hits(&article);
        for block in article.text.blocks() {
            let line = article.text.slice(block.span);
            let (a, b, c) = (line.contains('甲'), line.contains('乙'), line.contains('丙'));
            let want = [a && b, a || b, a && !b, c && (a || !b)][which];
            let got = hits.iter().any(|hit| hit.touches(block.span));
            prop_assert_eq!(got, want, "{} in {:?}", query, line);
        }
        for two in hits.windows(2) {
            prop_assert!(two[0].end() <= two[1].start());
        }
    }
}
