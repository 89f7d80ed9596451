//! What literal queries find, and that it is what folded texts have in common.

use proptest::prelude::*;

use super::*;
use crate::text::{FoldOptions, Folded, numeral};

fn literal(query: &str) -> Literal {
    Literal::new(query, Fold::default()).expect("not blank")
}

fn found(query: &str, hay: &str) -> String {
    let literal = literal(query);
    let hits: Vec<&str> = literal.hits(hay).map(|hit| &hay[hit]).collect();
    hits.join("|")
}

#[test]
fn what_a_literal_query_finds() {
    for (query, hay, want) in [
        ("高锐", "记者高锐报道，高 锐摄。", "高锐|高 锐"),
        (
            "王正",
            "王 正、王　正、王正、王  正、王\n正",
            "王 正|王　正|王正|王  正",
        ),
        ("王 正", "王 正、王正", "王 正|王正"),
        ("王　 正", "王 正、王正", "王 正|王正"),
        (
            "王建国",
            "王 建 国王建 国王 建国",
            "王 建 国|王建 国|王 建国",
        ),
        ("ｉｐｖ６", "IPv6、ＩＰｖ６、ipv4", "IPv6|ＩＰｖ６"),
        (
            "IPv6",
            "IPv6、ＩＰｖ６、ipv6、IPｖ6",
            "IPv6|ＩＰｖ６|ipv6|IPｖ6",
        ),
        ("12", "１２月12日 1２ 1 2 一二三", "１２|12|1２|一二"),
        (",", "，,、", "，|,"),
        ("5g ", "5G 与５Ｇ　与5g", "5G |５Ｇ　"),
        ("IPv6规", "IPv6规模、IPv6 规模", "IPv6规"),
        ("a.c", "abc a.c", "a.c"),
        ("哈哈", "哈哈哈哈哈", "哈哈|哈哈"),
        ("哈", "哈哈", "哈|哈"),
        ("straße", "STRASSE Straße", "Straße"),
        ("的\n", "的\n", ""),
        (" 王", "李 王、 王", " 王"),
        (
            "烏鎮峰會",
            "乌镇峰会在乌 镇，烏鎮 峯會",
            "乌镇峰会|烏鎮 峯會",
        ),
        ("台湾", "臺灣、台灣、台湾、台 湾", "臺灣|台灣|台湾|台 湾"),
        (
            "1998年",
            "一九九八年，１９９８年，1998年，一九九8 年",
            "一九九八年|１９９８年|1998年",
        ),
        (
            "二〇二三年",
            "2023年，二零二三年，二○二三年",
            "2023年|二零二三年|二○二三年",
        ),
        ("一", "1一１", "一"),
        (
            "葛飾",
            "葛\u{E0100}飾区葛饰\u{FE00}",
            "葛\u{E0100}飾|葛饰\u{FE00}",
        ),
        ("⽂化", "文化文 化", "文化|文 化"),
    ] {
        assert_eq!(found(query, hay), want, "{query} in {hay}");
    }
    for blank in ["", " ", "　 \t", "\n"] {
        assert!(Literal::new(blank, Fold::default()).is_none());
    }
}

#[test]
fn switches_are_heeded() {
    for (off, query, hay, want) in [
        (
            FoldOptions {
                script: false,
                ..FoldOptions::default()
            },
            "乌镇",
            "烏鎮乌镇",
            "乌镇",
        ),
        (
            FoldOptions {
                width: false,
                ..FoldOptions::default()
            },
            "A",
            "Ａaa",
            "a|a",
        ),
        (
            FoldOptions {
                case: false,
                ..FoldOptions::default()
            },
            "A",
            "aＡA",
            "Ａ|A",
        ),
        (
            FoldOptions {
                spaces: false,
                ..FoldOptions::default()
            },
            "王正",
            "王 正王正",
            "王正",
        ),
        (
            FoldOptions {
                spaces: false,
                ..FoldOptions::default()
            },
            "王 正",
            "王正王　正",
            "王　正",
        ),
        (
            FoldOptions {
                digits: false,
                ..FoldOptions::default()
            },
            "12",
            "一二12",
            "12",
        ),
        (
            FoldOptions::all(true),
            "cafe“",
            "Café「cafe\u{301}\"",
            "Café「|cafe\u{301}\"",
        ),
    ] {
        let literal = Literal::new(query, Fold::new(off)).expect("not blank");
        let hits: Vec<&str> = literal.hits(hay).map(|hit| &hay[hit]).collect();
        assert_eq!(hits.join("|"), want, "{query} in {hay}");
    }
}

/// Each blank looked through the whole run on both sides; that would not end.
#[test]
fn runs_of_blanks_are_looked_through_once() {
    let all = FoldOptions::all(true);
    let strict = FoldOptions {
        spaces: false,
        ..all
    };
    let spaces = " ".repeat(400_000);
    let widthless = "\u{200B}".repeat(400_000);
    for (fold, query, hay, want) in [
        (strict, "”  “", format!("{spaces}乙"), 0),
        (strict, "” “", format!("“ “{spaces}“"), 1),
        (all, "\u{200B}", format!("甲{widthless}乙"), 0),
        (all, "\u{200B}", format!("甲{widthless}，"), 400_000),
        (all, "\u{200B}甲", format!("{widthless}甲"), 1),
    ] {
        let literal = Literal::new(query, Fold::new(fold)).expect("not blank");
        assert_eq!(literal.hits(&hay).count(), want, "{query}");
    }
}

#[test]
fn the_rarest_character_is_looked_for() {
    for (query, want) in [("的翀国", 1), ("国翀ab", 1), ("王王李", 2), ("ipv6", 3)] {
        assert_eq!(literal(query).anchor, want, "{query}");
    }
}

/// The same by the definition: both folded as a whole, and compared unit by unit.
fn naive(query: &str, hay: &str, fold: Fold) -> Vec<Range<usize>> {
    let own = |text: &str| -> Vec<(char, char, Range<usize>)> {
        let units = Folded::new(text, fold);
        let own = |range: &Range<usize>| text[range.clone()].chars().next().expect("not empty");
        units
            .units()
            .map(|(c, range)| (c, own(&range), range))
            .collect()
    };
    let (query, hay) = (own(query), own(hay));
    // A numeral counts as one when it is equal to one.
    let digit = |(folded, own, _): &(char, char, Range<usize>)| {
        numeral(*own).or_else(|| {
            "0123456789〇零○一二三四五六七八九"
                .chars()
                .find(|c| fold.char(*c) == *folded)
                .and_then(numeral)
        })
    };
    let numeric: Vec<bool> = query
        .iter()
        .map(|(_, own, _)| numeral(*own).is_some())
        .collect();
    let is_run = |i: usize| {
        fold.options().digits
            && numeric[i]
            && ((i > 0 && numeric[i - 1]) || numeric.get(i + 1).copied().unwrap_or(false))
    };
    let same = |i: usize, unit: &(char, char, Range<usize>)| {
        unit.1 != '\n'
            && if is_run(i) {
                digit(unit) == digit(&query[i])
            } else {
                unit.0 == query[i].0
            }
    };
    let mut hits = Vec::new();
    let mut at = 0;
    while at + query.len() <= hay.len() {
        if (0..query.len()).all(|i| same(i, &hay[at + i])) {
            hits.push(hay[at].2.start..hay[at + query.len() - 1].2.end);
            at += query.len();
        } else {
            at += 1;
        }
    }
    hits
}

fn any_fold() -> impl Strategy<Value = Fold> {
    any::<[bool; 7]>().prop_map(|on| {
        let mut options = FoldOptions::default();
        for (switch, on) in crate::text::Switch::ALL.into_iter().zip(on) {
            options.set(switch, on);
        }
        Fold::new(options)
    })
}

/// Characters that meet in all ways.
const ALPHABET: &str = "王正鎮镇台臺 　\u{200B}aAＡé\u{301}\u{FE00}1１一二○，,“\"\n";

fn any_text(longest: usize) -> impl Strategy<Value = String> {
    let chars: Vec<char> = ALPHABET.chars().collect();
    let char = proptest::sample::select(chars);
    proptest::collection::vec(char, 0..=longest).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn hits_are_those_of_folded_texts(
        fold in any_fold(),
        query in any_text(5),
        hay in any_text(50),
    ) {
        let Some(literal) = Literal::new(&query, fold) else { return Ok(()) };
        let got: Vec<Range<usize>> = literal.hits(&hay).collect();
        prop_assert_eq!(&got, &naive(&query, &hay, fold));
        prop_assert!(got.is_empty() || literal.may_be_in(hay.as_bytes()));
    }
}
