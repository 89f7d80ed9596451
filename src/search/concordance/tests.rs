//! Concordances of invented sentences.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::article::{Annotations, Article, ByteSpan, Meta, SourceForm, Text};
use crate::search::{Matcher, Query};
use crate::text::{Ambiguous, FoldOptions, Profile, Words, is_unsafe, str_width};

mod near;

fn article(text: &str, date: &str) -> Article {
    Article {
        meta: Meta {
            title: format!("题 {date}"),
            date: date.to_owned(),
            ..Meta::default()
        },
        text: Text::from_lines(text.to_owned()).unwrap(),
        annotations: Annotations::default(),
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    }
}

fn hits(article: &Article, query: &str) -> Vec<ByteSpan> {
    matcher(query).hits(article)
}

fn matcher(query: &str) -> Matcher {
    Matcher::new(&Query::new(query)).unwrap()
}

/// A concordance of a query in articles of these texts and dates.
fn concordance(query: &str, texts: &[(&str, &str)], order: Order, across: bool) -> Concordance {
    let mut made = Concordance::new(order, across);
    for (text, date) in texts {
        let article = article(text, date);
        let source = made.add_source(Source::of(&article, "a.txt"));
        made.add(source, &article.text, &hits(&article, query));
    }
    made.arrange(&Words::characters());
    made
}

/// Every line, its parts apart by bars.
fn told(made: &Concordance) -> Vec<String> {
    let lines = (0..made.len()).filter_map(|n| made.get(n));
    lines
        .map(|(_, c)| format!("{}|{}|{}", flat(c.left), c.hit, flat(c.right)))
        .collect()
}

const fn order(sort: Sort, depth: u8) -> Order {
    Order {
        sort,
        unit: Unit::Characters,
        depth,
    }
}

/// Characters, folded as is usual.
fn counting(words: &Words) -> Counting<'_> {
    Counting {
        unit: Unit::Characters,
        fold: FoldOptions::default(),
        words,
    }
}

#[test]
fn contexts_end_with_the_block_or_go_on_over_a_mark() {
    let text = "早上。\n\n　　甲镇开会。\n晚上";
    for (across, want) in [
        (false, "　　|甲镇|开会。"),
        (true, "早上。¶|甲镇|开会。¶晚上"),
    ] {
        let made = concordance("甲镇", &[(text, "")], Order::default(), across);
        assert_eq!(told(&made), [want], "{across}");
    }
    let made = concordance("上", &[(text, "")], Order::default(), false);
    assert_eq!(told(&made), ["早|上|。", "晚|上|"]);
}

#[test]
fn lines_stand_in_the_order_that_was_asked_for() {
    let first = "丙在甲镇乙处。丁在甲镇，丙处。";
    let second = "（丙）于甲镇丁处";
    let texts = [(first, "2024-02-01"), (second, "2023-01-01")];
    let short = |made: &Concordance| -> Vec<String> {
        let near = |(_, c): (&Source, Context<'_>)| {
            let left = c.left.chars().next_back().unwrap();
            let right = c.right.chars().find(|c| *c != '，').unwrap();
            format!("{left}{right}")
        };
        (0..made.len())
            .map(|n| near(made.get(n).unwrap()))
            .collect()
    };
    for (sort, depth, want) in [
        (Sort::Article, 1, ["在乙", "在丙", "于丁"]),
        (Sort::Date, 1, ["于丁", "在乙", "在丙"]),
        // 丁 U+4E01 < 丙 U+4E19 < 乙 U+4E59 < 于 U+4E8E < 在 U+5728.
        (Sort::Right, 1, ["于丁", "在丙", "在乙"]),
        // One character does not tell two of them apart: then the text's order counts.
        (Sort::Left, 1, ["于丁", "在乙", "在丙"]),
        // From the hit outwards: 在丁 before 在丙.
        (Sort::Left, 2, ["于丁", "在丙", "在乙"]),
    ] {
        let made = concordance("甲镇", &texts, order(sort, depth), false);
        assert_eq!(short(&made), want, "{sort:?} {depth}");
    }
}

#[test]
fn dates_are_ordered_as_days_however_they_are_written() {
    let texts = [
        ("丙甲镇", "2023-11-01"),
        ("丁甲镇", "2023-9-5"),
        ("乙甲镇", "2023年10月3日"),
        ("于甲镇", "昨天"),
    ];
    let made = concordance("甲镇", &texts, order(Sort::Date, 1), false);
    assert_eq!(
        told(&made),
        ["于|甲镇|", "丁|甲镇|", "乙|甲镇|", "丙|甲镇|"]
    );
}

#[test]
fn a_filter_keeps_the_lines_that_hold_something() {
    let text = "红花开在甲镇。\n白花开在甲镇。\n甲镇有红花。\n红花";
    let mut made = concordance("甲镇", &[(text, "")], Order::default(), false);
    made.set_filter(Some(matcher("红花")));
    made.arrange(&Words::characters());
    assert_eq!(told(&made), ["红花开在|甲镇|。", "|甲镇|有红花。"]);
    assert_eq!((made.len(), made.total()), (2, 3));
    made.set_filter(None);
    made.arrange(&Words::characters());
    assert_eq!(made.len(), 3);
}

#[test]
fn long_contexts_and_hits_are_cut_on_graphemes() {
    let far = format!("{}葛\u{E0100}", "乌".repeat(300));
    let text = format!("{far}甲镇{}", "e\u{301}".repeat(300));
    let made = concordance("甲镇", &[(&text, "")], Order::default(), false);
    let (_, context) = made.get(0).unwrap();
    assert!(context.left.len() <= MOST_BYTES && context.left.len() > MOST_BYTES - 4);
    assert!(context.right.len() <= MOST_BYTES && context.right.ends_with('\u{301}'));
    let article = article(&"长".repeat(400), "");
    let mut made = Concordance::default();
    let source = made.add_source(Source::of(&article, "a"));
    made.add(source, &article.text, &[ByteSpan::new(0, 1200)]);
    made.arrange(&Words::characters());
    let (_, context) = made.get(0).unwrap();
    assert_eq!((context.hit.len(), context.right), (MOST_BYTES, ""));
}

#[test]
fn hits_begin_in_one_column() {
    let profile = Profile::default();
    let text = "他说甲镇很好\n甲镇\n一条很长很长很长很长的路通往甲镇外面的地方去了";
    let made = concordance("甲镇", &[(text, "")], Order::default(), false);
    let columns = Columns::new(30, 200);
    let rows: Vec<String> = (0..made.len())
        .map(|n| {
            let (_, context) = made.get(n).unwrap();
            let row = set(&context, &columns, &profile);
            let indent = " ".repeat(row.indent.into());
            format!("{indent}{} {} {}", row.left, row.hit, row.right)
        })
        .collect();
    assert_eq!(
        rows,
        [
            "      他说 甲镇 很好",
            "           甲镇 ",
            "长的路通往 甲镇 外面的地方去了",
        ]
    );
}

#[test]
fn collocates_are_counted_by_hand() {
    // 甲 twice, once with 乙 on both sides; what stands between two hits counts once.
    let text = "乙甲乙。丙丙丙丙丙丙\n丁甲戊甲丁，乙";
    let made = concordance("甲", &[(text, "")], Order::default(), false);
    let words = Words::characters();
    let mut frequencies = Frequencies::default();
    let counting = counting(&words);
    frequencies.add(text, &counting);
    let window = Window { left: 1, right: 1 };
    let found = collocates(&made, window, &frequencies, &counting);
    let counts: Vec<_> = found
        .iter()
        .map(|c| (c.word.as_str(), c.left, c.right, c.all))
        .collect();
    assert_eq!(counts, [("丁", 1, 1, 2), ("戊", 0, 1, 1), ("乙", 1, 1, 3)]);
    // 5 of the 15 characters stand near a hit, 丁 only there: log2(2 / (5 * 2 / 15)).
    assert!((found[0].mutual_information - 3f64.log2()).abs() < 1e-9);
    // Marks are not counted, whatever the window.
    let wide = Window { left: 5, right: 5 };
    let found = collocates(&made, wide, &frequencies, &counting);
    assert!(found.iter().all(|c| c.word != "，" && c.word != "。"));
    let zero = Window { left: 0, right: 0 };
    assert!(collocates(&made, zero, &frequencies, &counting).is_empty());
}

#[test]
fn forms_that_fold_alike_are_one_collocate() {
    let text = "網甲\n网甲\n甲网\nＡＩ甲AI\n甲ai\n甲ai\n網";
    let made = concordance("甲", &[(text, "")], Order::default(), false);
    let words = Words::characters();
    let window = Window { left: 1, right: 1 };
    let found = |fold| {
        let counting = Counting {
            fold,
            ..counting(&words)
        };
        let mut frequencies = Frequencies::default();
        frequencies.add(text, &counting);
        let found = collocates(&made, window, &frequencies, &counting);
        let mut found: Vec<(String, u64, u64, u64)> = found
            .into_iter()
            .map(|c| (c.word, c.left, c.right, c.all))
            .collect();
        found.sort_unstable();
        found
    };
    let told = |word: &str, left, right, all| (word.to_owned(), left, right, all);
    let folded = found(FoldOptions::default());
    assert!(folded.contains(&told("网", 2, 1, 4)), "{folded:?}");
    assert!(folded.contains(&told("a", 0, 3, 4)), "{folded:?}");
    let as_written = found(FoldOptions::all(false));
    for one in [
        told("網", 1, 0, 2),
        told("网", 1, 1, 2),
        told("A", 0, 1, 1),
        told("a", 0, 2, 2),
    ] {
        assert!(as_written.contains(&one), "{as_written:?}");
    }
    let by_script = found(FoldOptions {
        script: true,
        ..FoldOptions::all(false)
    });
    assert!(by_script.contains(&told("网", 2, 1, 4)) && by_script.contains(&told("A", 0, 1, 1)));
}

#[test]
fn tables_are_quoted_and_harmless() {
    let text = "他说\"甲镇\",\t好\u{1b}[31m\n甲镇";
    let made = concordance("甲镇", &[(text, "2024-01-02")], Order::default(), true);
    let written = |form| {
        let mut out = Vec::new();
        write_line_names(&mut out, form).unwrap();
        write_lines(&mut out, &made, form).unwrap();
        String::from_utf8(out).unwrap()
    };
    let tsv = written(Form::Tsv);
    let rows: Vec<Vec<&str>> = tsv.lines().map(|l| l.split('\t').collect()).collect();
    assert_eq!(
        rows[1],
        [
            "a.txt",
            "题 2024-01-02",
            "2024-01-02",
            "1",
            "8",
            "7",
            "13",
            "他说\"",
            "甲镇",
            "\", 好␛[31m¶甲镇"
        ]
    );
    assert_eq!(rows[2][3..7], ["2", "1", "25", "31"]);
    let csv = written(Form::Csv);
    assert!(
        csv.contains(",\"他说\"\"\",甲镇,\"\"\", 好␛[31m¶甲镇\"\n"),
        "{csv}"
    );
    let whole: serde_json::Value = serde_json::from_str(&written(Form::Json)).unwrap();
    assert_eq!(whole[0]["right"], "\",\t好\u{1b}[31m\n甲镇");
    assert_eq!(whole.as_array().map(Vec::len), Some(rows.len() - 1));
    let mut empty = Vec::new();
    write_collocates(&mut empty, &[], Form::Json).unwrap();
    assert_eq!(empty, b"[]\n");
    let json = written(Form::JsonLines);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first["right"], "\",\t好\u{1b}[31m\n甲镇");
    assert!(!json.replace('\n', "").chars().any(is_unsafe));

    let found = [Collocate {
        word: "乌,镇".to_owned(),
        left: 1,
        right: 2,
        all: 4,
        log_likelihood: 1.5,
        mutual_information: 0.25,
    }];
    let mut out = Vec::new();
    write_collocates(&mut out, &found, Form::Csv).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "word,count,left,right,all,log_likelihood,mutual_information\n\"乌,镇\",3,1,2,4,1.5000,0.2500\n"
    );
    for (name, form) in [
        ("a.tsv", Some(Form::Tsv)),
        ("a.CSV", Some(Form::Csv)),
        ("a.b.jsonl", Some(Form::JsonLines)),
        ("a.json", Some(Form::Json)),
        ("a", None),
        ("tsv", None),
    ] {
        assert_eq!(Form::of_name(name), form, "{name}");
    }
}

#[cfg(feature = "words")]
#[test]
fn words_decide_as_wholes() {
    let words = Words::load();
    let text = "在北京的甲镇\n在北方的甲镇\n去北京甲镇";
    let by = Order {
        sort: Sort::Left,
        unit: Unit::Words,
        depth: 2,
    };
    let mut made = concordance("甲镇", &[(text, "")], by, false);
    made.set_order(by);
    made.arrange(&words);
    assert_eq!(
        told(&made),
        ["去北京|甲镇|", "在北京的|甲镇|", "在北方的|甲镇|"]
    );
}

/// Lines as they can be compared: file, place, parts.
fn lines(made: &Concordance) -> Vec<(ByteSpan, String, String, String)> {
    let lines = (0..made.len()).filter_map(|n| made.get(n));
    lines
        .map(|(_, c)| {
            (
                c.span,
                c.left.to_owned(),
                c.hit.to_owned(),
                c.right.to_owned(),
            )
        })
        .collect()
}

proptest! {
    #[test]
    fn batches_in_any_order_are_as_all_at_once(
        text in "[甲乙丙，\n e\u{301}]{0,60}", cut in 0usize..20, sort in 0u8..3, depth in 1u8..4
    ) {
        let sort = [Sort::Article, Sort::Left, Sort::Right][usize::from(sort)];
        let words = Words::characters();
        let article = article(&text, "");
        let hits = hits(&article, "甲");
        let whole = {
            let mut made = Concordance::new(order(sort, depth), false);
            let source = made.add_source(Source::of(&article, "a"));
            made.add(source, &article.text, &hits);
            made.arrange(&words);
            made
        };
        let (first, second) = hits.split_at(cut.min(hits.len()));
        // Of an article that is kept, the later ones first.
        let mut parts = Concordance::new(order(sort, depth), false);
        let kept = Arc::new(article);
        let source = parts.add_source(Source::kept(Arc::clone(&kept), "a"));
        for part in [second, first] {
            parts.add(source, &kept.text, part);
            parts.arrange(&words);
        }
        prop_assert_eq!(lines(&whole), lines(&parts));
        prop_assert_eq!(whole.places(), parts.places());
        // Each context is that of the text, and in order by what decides.
        for (span, left, hit, right) in lines(&whole) {
            prop_assert_eq!(kept.text.slice(span), hit.as_str());
            prop_assert!(kept.text.whole()[..span.start()].ends_with(&left));
            prop_assert!(kept.text.whole()[span.end()..].starts_with(&right));
            prop_assert!(!left.contains('\n') && !right.contains('\n'));
        }
        let keys: Vec<Arc<str>> = (0..whole.len())
            .filter_map(|n| whole.get(n))
            .map(|(_, c)| whole.order().key(&c, "", &words))
            .collect();
        prop_assert!(keys.is_sorted());
    }

    #[test]
    fn every_row_is_straight_and_fits(
        text in "[甲乙“”…—αａa\u{301}👍\n\t 　]{0,80}", cells in 20u16..80, most in 1u16..60, wide: bool, across: bool
    ) {
        let profile = Profile::new(if wide { Ambiguous::Two } else { Ambiguous::One });
        let columns = Columns::new(cells, most);
        let made = concordance("甲", &[(&text, "")], Order::default(), across);
        for n in 0..made.len() {
            let (_, context) = made.get(n).unwrap();
            let row = set(&context, &columns, &profile);
            let left = row.indent + str_width(&row.left, &profile);
            prop_assert_eq!(left, columns.left);
            let rest = [row.hit.as_str(), " ", &row.right].concat();
            let used = str_width(&row.hit, &profile) + str_width(&row.right, &profile) + 1;
            prop_assert!(left + 1 + used <= cells.max(columns.left + 2), "{rest}");
            prop_assert!(str_width(&row.right, &profile) <= most);
            prop_assert!(!rest.contains('\n'));
        }
    }

    #[test]
    fn counts_of_collocates_never_exceed_what_there_is(text in "[甲乙丙丁，\n]{0,80}", near in 0u8..6) {
        let words = Words::characters();
        let made = concordance("甲", &[(&text, "")], Order::default(), false);
        let mut frequencies = Frequencies::default();
        let counting = counting(&words);
        frequencies.add(&text, &counting);
        let window = Window { left: near, right: near };
        for one in collocates(&made, window, &frequencies, &counting) {
            let there = text.matches(one.word.as_str()).count() as u64;
            prop_assert_eq!(one.all, there);
            prop_assert!(one.count() <= there);
            prop_assert!(one.log_likelihood.is_finite() && one.mutual_information.is_finite());
        }
    }
}
