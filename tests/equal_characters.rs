//! What counts as equal in a search, and what is read as Chinese: keys in, screen out.

use crate::reader::Reader;
use crate::searching::hits_everywhere;
use kanbao::article::Article;
use kanbao::library::Library;

#[test]
fn what_does_not_count_is_switched_in_the_prompt_and_shown() {
    let text = "IPv6 ipv6 ＩＰｖ６ １２ 12 一二 烏鎮乌镇 王 正王正 é e “「\n";
    for (query, key, with, without) in [
        ("IPv6", "<Alt-c>", 3, 2),
        ("IPv6", "<Alt-w>", 3, 2),
        ("12", "<Alt-d>", 3, 2),
        ("乌镇", "<Alt-s>", 2, 1),
        ("王正", "<Alt-g>", 2, 1),
        ("wuzhen", "<Alt-y>", 2, 0),
        ("\"é\"", "<Alt-a>", 1, 2),
        ("\"“\"", "<Alt-p>", 1, 2),
    ] {
        let mut reader = Reader::plain(text, 80, 12);
        let hits = |reader: &Reader| reader.app.find().map_or(0, |f| f.hits().len());
        reader.press("/").write(query);
        assert_eq!(hits(&reader), with, "{query}");
        let before = reader.status();
        assert!(before.contains("wcsgd--y"), "{before}");
        reader.press(key);
        assert_eq!(hits(&reader), without, "{query} {key}");
        assert_ne!(reader.status(), before);
        // It stays so for the next search, and can be turned back.
        reader.press("<Enter>/").write(query);
        assert_eq!(hits(&reader), without, "{query} {key}");
        reader.press(key);
        assert_eq!(hits(&reader), with, "{query} {key}");
    }
}

#[test]
fn a_name_is_found_however_it_is_typed() {
    let mut want = 0;
    for query in [
        "乌镇峰会",
        "烏鎮峰會",
        "wzfh",
        "wuzhenfenghui",
        "wuzhenfh",
        "wu1zhen4",
        "乌镇 峰会",
    ] {
        let mut reader = Reader::bundled(100, 30);
        reader.search(query);
        let hits = reader.app.find().unwrap().hits().len();
        want = want.max(hits);
        assert!(hits > 0, "{query}");
        let first = reader.at_point();
        assert!(first.starts_with("乌镇"), "{query}: {first}");
    }
    assert!(want > 3);
    let mut reader = Reader::plain("一九九八年、1998年、１９９８年、二○二三年\n", 60, 12);
    reader.search("1998年");
    assert_eq!(reader.app.find().unwrap().hits().len(), 3);
}

/// As grep counts on a folded copy.
#[test]
fn counts_are_those_of_a_folded_copy() {
    use kanbao::text::{Fold, Folded};
    let fold = Fold::default();
    let mut library = Library::bundled();
    let articles = (0..library.len()).map(kanbao::library::ArticleId);
    let copies: Vec<String> = articles
        .map(|id| Folded::key(library.load(id).unwrap().text.whole(), fold))
        .collect();
    for query in ["乌镇峰会", "高锐", "互联网", "大会", "\"IPv6\"", "，"] {
        let wanted = Folded::key(query.trim_matches('"'), fold);
        let counted: usize = copies
            .iter()
            .map(|copy| copy.matches(&wanted).count())
            .sum();
        assert!(counted > 3, "{query}");
        assert_eq!(hits_everywhere(query), counted, "{query}");
    }
}

#[test]
fn latin_letters_are_looked_for_first() {
    let mut reader = Reader::plain("爱好、碍事与AI，还有挨着。\n", 60, 12);
    reader.press("/").write("ai");
    assert_eq!(reader.at_point(), "AI");
    assert_eq!(reader.app.find().unwrap().hits().len(), 4);
    reader.press("<Enter>n");
    assert_eq!(reader.at_point(), "挨");
    reader.press("nn");
    assert_eq!(reader.at_point(), "碍");
}

#[test]
fn a_year_is_found_in_the_bundled_articles_however_it_is_written() {
    for query in ["1998年", "１９９８年", "一九九八年"] {
        let found = hits_everywhere(query);
        let counts: usize = (0..14)
            .map(|n| {
                Library::bundled()
                    .load(kanbao::library::ArticleId(n))
                    .unwrap()
            })
            .map(|article: std::sync::Arc<Article>| {
                let text = article.text.whole();
                let written = ["1998年", "１９９８年", "一九九八年"];
                written
                    .iter()
                    .map(|w| text.matches(w).count())
                    .sum::<usize>()
            })
            .sum();
        assert_eq!((found, counts), (3, 3), "{query}");
    }
}

#[test]
fn latin_letters_are_looked_for_first_from_wherever_one_searches() {
    let mut reader = Reader::plain(
        "开船，AI在船上。\n爱好与碍事。\n又有AI，还有挨着。\n",
        60,
        12,
    );
    let point = |reader: &Reader| reader.app.point().unwrap().offset;
    reader.press("}/").write("ai");
    assert_eq!(reader.at_point(), "AI");
    let below = point(&reader);
    assert!(reader.app.said().is_none(), "it lies ahead");
    // From the last letters on there are others above alone, which is told.
    reader.press("<Enter>/").write("ai");
    assert_eq!(reader.at_point(), "AI");
    assert!(point(&reader) < below);
    let said = reader.app.said().map(|(_, said)| said.as_str());
    assert_eq!(said, Some("past the end, on from the start"));
    // Where there are no letters, it is what is read so.
    let mut reader = Reader::plain("乌镇一\n船\n乌镇二\n", 60, 12);
    reader.press("}/").write("wuzhen");
    assert_eq!(point(&reader), "乌镇一\n船\n".len());
}
