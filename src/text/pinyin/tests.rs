//! Tables of cases, and the hits of many queries and texts against a plain recursive search by the same rules.

use ib_matcher::pinyin::{PinyinData, PinyinNotation};
use proptest::prelude::*;

use super::*;

/// The hits of a query, `|` between them; `-` when it is no pinyin.
fn hits(query: &str, hay: &str) -> String {
    let Some(pinyin) = Pinyin::new(query) else {
        return "-".to_owned();
    };
    let hits: Vec<&str> = pinyin.hits(hay).map(|hit| &hay[hit]).collect();
    hits.join("|")
}

/// Rows of query, text and hits.
fn check(rows: &[(&str, &str, &str)]) {
    for (query, hay, want) in rows {
        assert_eq!(hits(query, hay), *want, "{query} in {hay}");
    }
}

const TOWN: &str = "在乌镇峰会上";

#[test]
fn syllables_and_initials_in_any_mixture() {
    check(&[
        ("wuzhen", TOWN, "乌镇"),
        ("wuzhenfenghui", TOWN, "乌镇峰会"),
        ("wz", TOWN, "乌镇"),
        ("wzfh", TOWN, "乌镇峰会"),
        ("wuzhenfh", TOWN, "乌镇峰会"),
        ("wzfenghui", TOWN, "乌镇峰会"),
        ("wzhfh", TOWN, "乌镇峰会"),
        ("WuZhen", TOWN, "乌镇"),
        ("ｗｕｚｈｅｎ", TOWN, "乌镇"),
        ("wzx", TOWN, ""),
        ("wzfh", "烏鎮峰會", "烏鎮峰會"),
        ("tw", "到臺灣去", "臺灣"),
        ("shh", "从上海来", "上海"),
        ("lingyi", "二〇一六", "〇一"),
        ("wz", "乌\n镇", ""),
        ("wz", "乌，镇", ""),
    ]);
}

#[test]
fn a_syllable_of_one_letter_is_read_with_its_tone() {
    check(&[
        ("a1", "阿姨，啊，安", "阿|啊"),
        ("e4", "恶鹅", "恶"),
        ("ō", "噢，喔", "噢|喔"),
        ("a", "阿姨", "-"),
        ("b1", "八", "-"),
    ]);
}

#[test]
fn the_last_syllable_may_be_begun() {
    check(&[
        ("wuz", TOWN, "乌镇"),
        ("wuzh", TOWN, "乌镇"),
        ("wuzhe", TOWN, "乌镇"),
        ("wuzhenfengh", TOWN, "乌镇峰会"),
        ("wuzhe fh", TOWN, ""),
        ("wuzhe'", TOWN, ""),
        ("sh", "上海", "上"),
    ]);
}

#[test]
fn characters_of_several_readings() {
    check(&[
        ("cq", "重庆", "重庆"),
        ("zq", "重庆", "重庆"),
        ("yh", "银行", "银行"),
        ("yx", "银行", "银行"),
        ("zhangda", "长大", "长大"),
        ("changda", "长大", "长大"),
        ("xian", "西安人先来", "西安|先"),
    ]);
}

#[test]
fn u_with_two_dots() {
    for query in [
        "lvyou",
        "lüyou",
        "LÜYOU",
        "lu:you",
        "lu\u{308}you",
        "ly",
        "lǚyóu",
    ] {
        assert_eq!(hits(query, "去旅游"), "旅游", "{query}");
    }
    check(&[
        ("luyou", "去旅游", ""),
        ("nue", "虐", "虐"),
        ("nve", "虐", "虐"),
        ("nüe", "虐", "虐"),
        ("nvren", "女人", "女人"),
        ("jüzi", "橘子", "橘子"),
        ("xüe", "雪", "雪"),
    ]);
}

#[test]
fn tones_and_ends_of_syllables() {
    check(&[
        ("wu1zhen4", TOWN, "乌镇"),
        ("wu1 zhen", TOWN, "乌镇"),
        ("wuzhen4", TOWN, "乌镇"),
        ("wu2zhen", TOWN, ""),
        ("wuzhe4", TOWN, ""),
        ("wz4", TOWN, "-"),
        ("wūzhèn", TOWN, "乌镇"),
        ("Wūzhèn", TOWN, "乌镇"),
        ("wúzhèn", TOWN, ""),
        ("wu\u{304}zhe\u{300}n", TOWN, "乌镇"),
        ("zhang3", "长", "长"),
        ("zhang2", "长", ""),
        ("chang2", "长", "长"),
        ("haizi5", "孩子", "孩子"),
        ("xi'an", "先到西安", "西安"),
        ("xi’an", "先到西安", "西安"),
        ("xi-an", "先到西安", "西安"),
        ("wu zhen", TOWN, "乌镇"),
        (" wu  zhen ", TOWN, "乌镇"),
    ]);
}

#[test]
fn spaces_between_han() {
    check(&[
        ("wangzheng", "记者王 正报道", "王 正"),
        ("wz", "记者王\u{3000}正报道", "王\u{3000}正"),
        ("wangzheng", "王  正", "王  正"),
        ("wangzheng", "王\u{3000}\u{3000}正", "王\u{3000}\u{3000}正"),
        ("wangzheng", "王\u{200B}正", "王\u{200B}正"),
        ("wz", "王 \n正", ""),
        ("wz", "王 、正", ""),
    ]);
    let strict = PinyinOptions { han_spaces: false };
    let pinyin = Pinyin::with("wangzheng", strict).unwrap();
    assert!(!pinyin.is_match("王 正") && pinyin.is_match("王正"));
}

#[test]
fn latin_letters_of_the_text_stand_for_themselves() {
    check(&[
        ("kalaok", "唱卡拉OK去", "卡拉OK"),
        ("klo", "唱卡拉ＯＫ去", "卡拉Ｏ"),
        ("agu", "买A股", "A股"),
        // Latin text alone is another search's, and within a word nothing begins.
        ("wuzhen", "in Wuzhen", ""),
        ("eyou", "the有", ""),
        ("ipde", "IPv6的", ""),
        ("ka la ok", "卡拉 OK", ""),
    ]);
}

#[test]
fn selectors_belong_to_their_character() {
    check(&[
        ("gecheng", "葛\u{E0100}城", "葛\u{E0100}城"),
        ("chengge", "城葛\u{E0100}，", "城葛\u{E0100}"),
        ("ge", "葛\u{FE00}", "葛\u{FE00}"),
    ]);
}

#[test]
fn zhuyin() {
    check(&[
        ("ㄨㄓㄣˋ", TOWN, "乌镇"),
        ("ㄨ ㄓㄣˋ", TOWN, "乌镇"),
        ("ㄨˊㄓㄣˋ", TOWN, ""),
        ("ㄨㄓㄈㄏ", TOWN, "乌镇峰会"),
        ("ㄊㄞˊㄨㄢ", "臺灣", "臺灣"),
        ("ㄓㄓˇ", "制止", "制止"),
        ("ㄌㄩˇㄧㄡˊ", "旅游", "旅游"),
        ("ㄒㄩㄥˊㄇㄠ", "熊猫", "熊猫"),
        ("ㄒㄧㄢ", "西安先", "先"),
        ("ㄋㄩㄝˋ", "虐", "虐"),
        ("ㄓㄨㄥㄍㄨㄛˊ", "中国", "中国"),
        ("ㄨx", TOWN, "-"),
    ]);
}

#[test]
fn what_is_no_pinyin() {
    for query in [
        "", "w", "ü", "1", "乌镇", "wu镇", "wu,zhen", "wu6", "1wu", "'wu", "IPv6", "IPv4", "wu11",
        "w.z", "vv", "ii", "lu::", "x:",
    ] {
        assert!(Pinyin::new(query).is_none(), "{query}");
    }
    assert!(Pinyin::new(&"a".repeat(60)).is_some());
    assert!(Pinyin::new(&"a".repeat(61)).is_none());
}

#[test]
fn each_reading_finds_its_character() {
    let data = PinyinData::new(PinyinNotation::Ascii | PinyinNotation::AsciiTone);
    let mut read = 0;
    for c in "一丁乌镇重庆银行长大旅虐臺灣𠀀龘〇㐀\u{FA18}".chars() {
        let hay = c.to_string();
        for pinyin in data.get_pinyins(c) {
            for notation in [PinyinNotation::Ascii, PinyinNotation::AsciiTone] {
                let query = pinyin.notation(notation).unwrap();
                if query.len() < 2 {
                    continue;
                }
                assert_eq!(hits(query, &hay), hay, "{query} in {hay}");
                read += 1;
            }
        }
    }
    assert!(read > 40);
}

#[test]
fn many_ways_cost_no_more_than_few() {
    // Each character is read `a` and `na` among others; to try one way after another would not end.
    let query = "na".repeat(30);
    let pinyin = Pinyin::new(&query).unwrap();
    let hay = "那".repeat(20_000);
    assert_eq!(pinyin.hits(&hay).count(), 20_000 / 30);
    assert!(
        !Pinyin::new(&format!("{}b", "na".repeat(29)))
            .unwrap()
            .is_match(&hay)
    );
}

/// The same rules once more, one way after another: the ends of all hits that `hay` begins with, as characters that were
/// matched and bytes. `query` has `'` for all that ends a syllable.
struct Naive {
    data: PinyinData,
    options: PinyinOptions,
}

impl Naive {
    fn new(options: PinyinOptions) -> Self {
        let data = PinyinData::new(PinyinNotation::Ascii | PinyinNotation::AsciiTone);
        Self { data, options }
    }

    fn readings(&self, c: char) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for pinyin in self.data.get_pinyins(c) {
            let letters = pinyin.notation(PinyinNotation::Ascii).unwrap().to_owned();
            let toned = pinyin.notation(PinyinNotation::AsciiTone).unwrap();
            let tone = toned[letters.len()..].to_owned();
            if letters.ends_with("ve") {
                all.push((letters.replace('v', "u"), tone.clone()));
            }
            all.push((letters, tone));
        }
        all
    }

    fn ends(
        &self,
        query: &str,
        hay: &str,
        read: bool,
        done: (usize, usize),
        ends: &mut Vec<(usize, usize)>,
    ) {
        let opened = query.trim_start_matches('\'');
        if opened.is_empty() {
            if read {
                ends.push(done);
            }
            return;
        }
        let Some(c) = hay[done.1..].chars().next() else {
            return;
        };
        let after = done.1 + c.len_utf8();
        let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        let same = |q: char| q.eq_ignore_ascii_case(&c);
        if let Some(rest) = opened.strip_prefix(same).filter(|rest| !digit(rest)) {
            self.ends(rest, hay, read, (done.0 + 1, after), ends);
        }
        let readings = self.readings(c);
        if readings.is_empty() {
            return;
        }
        let rest = &hay[after..];
        let stripped = rest.trim_start_matches('\u{E0100}');
        let end = after + (rest.len() - stripped.len()).min(4);
        for (letters, tone) in readings {
            let mut rests = Vec::new();
            if let Some(rest) = opened.strip_prefix(letters.as_str()) {
                if !digit(rest) {
                    rests.push(rest);
                } else if let Some(rest) = rest.strip_prefix(tone.as_str()) {
                    rests.push(rest);
                }
            }
            let mut initials = vec![&letters[..1]];
            initials.extend(
                ["zh", "ch", "sh"]
                    .iter()
                    .filter(|i| letters.starts_with(**i)),
            );
            for initial in initials.iter().filter(|initial| **initial != letters) {
                rests.extend(opened.strip_prefix(initial).filter(|rest| !digit(rest)));
            }
            if letters.starts_with(opened) {
                rests.push("");
            }
            for rest in rests {
                let mut done = (done.0 + 1, end);
                if !rest.trim_start_matches('\'').is_empty() && self.options.han_spaces {
                    let behind = hay[end..].trim_start_matches(crate::text::is_blank);
                    let next = behind.chars().next();
                    if next.is_some_and(|c| !self.readings(c).is_empty()) {
                        done.1 = hay.len() - behind.len();
                    }
                }
                self.ends(rest, hay, true, done, ends);
            }
        }
    }

    fn hits(&self, query: &str, hay: &str) -> Vec<Range<usize>> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < hay.len() {
            let c = hay[at..].chars().next().unwrap();
            let within =
                c.is_ascii_alphabetic() && hay[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
            let mut ends = Vec::new();
            if !within {
                self.ends(query, hay, false, (0, at), &mut ends);
            }
            match ends.iter().min() {
                Some((_, end)) => {
                    hits.push(at..*end);
                    at = *end;
                }
                None => at += c.len_utf8(),
            }
        }
        hits
    }
}

/// Characters with few and many readings, and what stands between them.
const LETTERS: [&str; 21] = [
    "西",
    "安",
    "先",
    "那",
    "阿",
    "重",
    "长",
    "略",
    "女",
    "着",
    "了",
    "的",
    "嗯",
    "葛",
    "\u{E0100}",
    " ",
    "\u{200B}",
    "\n",
    "a",
    "N",
    "，",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn hits_are_those_of_a_plain_search(
        query in prop::collection::vec(
            prop::sample::select(vec![
                "x", "xi", "an", "xian", "na", "a", "n", "zh", "z", "ch", "chang", "zhong", "lve", "lue", "nv", "zhao",
                "zhe", "le", "liao", "de", "di", "ng", "ge", "l", "d", "1", "2", "3", "4", "5", "'", "i", "c", "h", "o",
            ]),
            1..5,
        ),
        hay in prop::collection::vec(prop::sample::select(LETTERS.to_vec()), 0..24),
        han_spaces: bool,
    ) {
        let (query, hay) = (query.concat(), hay.concat());
        let options = PinyinOptions { han_spaces };
        if let Some(pinyin) = Pinyin::with(&query, options) {
            let hits: Vec<_> = pinyin.hits(&hay).collect();
            let want = Naive::new(options).hits(&query, &hay);
            prop_assert_eq!(&hits, &want, "{} in {}", query, hay);
            for hit in hits {
                prop_assert!(pinyin.is_match(&hay[hit]));
            }
        } else if query.len() > 1 && query.bytes().all(|b| b.is_ascii_lowercase()) {
            // Nothing is refused that would have been found.
            let want = Naive::new(options).hits(&query, &hay);
            prop_assert!(want.is_empty(), "{} in {}", query, hay);
        }
    }

    #[test]
    fn any_query_and_text_are_taken(query in ".{0,12}", hay in "(\\PC|[乌镇 ]){0,40}") {
        if let Some(pinyin) = Pinyin::new(&query) {
            let mut end = 0;
            for hit in pinyin.hits(&hay) {
                prop_assert!(end <= hit.start && hit.start < hit.end);
                prop_assert!(hay.get(hit.clone()).is_some());
                end = hit.end;
            }
        }
    }
}
