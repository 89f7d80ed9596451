//! What must hold for any text at any measure: nothing lost, nothing split, nothing over the edge, no rule broken
//! without a word, and one map between bytes and cells.
//!
//! The generator is weighted to what makes lines hard: Han and marks in rows, wide and joined emoji, characters
//! without width, white space, numbers with units, Latin words.

use kanbao::text::{Ambiguous, Profile, graphemes, is_cjk};
use kanbao::typeset::{
    Align, GlyphKind, HANG_RESERVE, Kinsoku, Line, Options, Setting, lines, setting, stretch_at,
};
use kanbao::{article::Role, typeset::STRETCH_BYTES};
use proptest::prelude::*;
use proptest::sample::select;

const STARTS_NO_LINE: &str =
    "，。、；：？！）》」』”’】〉〕］｝％‰℃·～／–・〗〞﹂﹄ー々ょッ,.;:?!)]}%";
const ENDS_NO_LINE: &str = "（《「『【〈〔［｛“‘￥〖〝﹁﹃([{$";

fn piece() -> impl Strategy<Value = String> {
    let pick = |from: &'static [&'static str]| select(from).prop_map(str::to_owned);
    prop_oneof![
        8 => "[一-鿿]{1,6}",
        2 => select(STARTS_NO_LINE.chars().collect::<Vec<_>>()).prop_map(String::from),
        2 => select(ENDS_NO_LINE.chars().collect::<Vec<_>>()).prop_map(String::from),
        2 => pick(&["——", "……", "—", "…", "“", "”", "‘", "’", "·", "～", "\"", "'", "———", "…………"]),
        2 => pick(&["，", "。", "、", "。”", "，", "：“"]),
        2 => pick(&["2023年", "11月", "3.5％", "20℃", "１２３", "１，００５", "第5页", "100 km", "￥300", "－3℃", "-3"]),
        2 => pick(&["IPv6", "5G", "ＩＰｖ６", "don’t", "Advanced-ready", "https://a.example/b?c=d&e=f", "me@example.org"]),
        2 => pick(&[" ", "  ", "\t", "\u{3000}", "\u{A0}", "\u{2003}"]),
        1 => pick(&["😀", "👨\u{200D}👩\u{200D}👧\u{200D}👦", "👍\u{1F3FD}", "\u{1F1E8}\u{1F1F3}", "❤\u{FE0F}", "1\u{FE0F}\u{20E3}"]),
        1 => pick(&["\u{301}", "\u{3099}", "葛\u{E0100}", "e\u{301}", "か\u{3099}", "ｶﾞ", "\u{200D}", "\u{FE0F}"]),
        1 => pick(&["\u{200B}", "\u{FEFF}", "\u{AD}", "\u{2060}", "\u{1b}", "\u{7}", "\u{9b}", "\u{202E}", "\r", "\u{2028}"]),
        1 => "[a-zA-Z0-9]{1,12}",
        1 => pick(&["한국", "ᄀ", "カタカナ", "ｶﾀｶﾅ", "α", "Ж", "ā", "ไทย", "עברית", "①"]),
        1 => any::<char>().prop_filter("a block has no line feed", |c| *c != '\n').prop_map(String::from),
    ]
}

fn block() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options> {
    (select(Kinsoku::ALL.to_vec()), any::<[bool; 4]>()).prop_map(
        |(kinsoku, [hang, autospace, justify, wide])| Options {
            kinsoku,
            hang,
            autospace,
            justify,
            profile: Profile::new(if wide { Ambiguous::Two } else { Ambiguous::One }),
        },
    )
}

fn settings() -> impl Strategy<Value = Setting> {
    let measure = prop_oneof![1u16..12, 1u16..=200];
    let of_role = (select(Role::ALL.to_vec()), measure.clone(), any::<bool>())
        .prop_map(|(role, measure, traditional)| setting(role, measure, 4, traditional));
    let any_indent =
        (measure, 0u16..20, 0u16..20).prop_map(|(measure, first_indent, indent)| Setting {
            measure,
            first_indent,
            indent,
            ..Setting::default()
        });
    prop_oneof![3 => of_role, 1 => any_indent]
}

fn all_lines(block: &str, set: &Setting, options: &Options) -> Vec<Line> {
    lines(block, 0..block.len(), set, options)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_cover_the_text_without_splitting_a_grapheme(text in block(), set in settings(), options in options()) {
        let lines = all_lines(&text, &set, &options);
        prop_assert!(!lines.is_empty());
        let mut at = 0;
        let mut spans = Vec::new();
        for line in &lines {
            prop_assert_eq!(line.span.start, at);
            prop_assert!(text.is_empty() || !line.span.is_empty());
            at = line.span.end;
            for glyph in line.glyphs(&text, &options) {
                prop_assert_eq!(glyph.text, &text[glyph.span.clone()]);
                spans.push(glyph.span);
            }
        }
        prop_assert_eq!(at, text.len());
        let want: Vec<_> = graphemes(&text).map(|g| g.start..g.end()).collect();
        prop_assert_eq!(spans, want);
    }

    #[test]
    fn no_line_is_wider_than_its_measure(text in block(), set in settings(), options in options()) {
        let mut hung_before = false;
        for line in all_lines(&text, &set, &options) {
            let reserve = if line.hung { HANG_RESERVE } else { 0 };
            prop_assert!(line.width(&text, &options) <= set.measure + reserve, "{:?}", &text[line.span.clone()]);
            let mut column = line.indent;
            let mut hung = 0;
            for glyph in line.glyphs(&text, &options) {
                prop_assert!(glyph.column >= column, "{glyph:?} overlaps");
                column = glyph.column + glyph.cells;
                hung += u16::from(glyph.kind == GlyphKind::Hung);
                let inner = glyph.kind == GlyphKind::Hung || glyph.cells == 0 || column <= set.measure;
                prop_assert!(inner, "{glyph:?} over the edge");
            }
            prop_assert_eq!(hung, u16::from(line.hung));
            prop_assert!(!line.hung || (options.hang && !set.traditional && options.kinsoku != Kinsoku::None));
            hung_before |= line.hung;
        }
        prop_assert!(options.hang || !hung_before);
    }

    #[test]
    fn no_rule_is_broken_without_a_word(text in block(), set in settings(), options in options()) {
        let kinsoku = options.kinsoku.max(Kinsoku::Basic);
        let options = Options { kinsoku, ..options };
        let lines = all_lines(&text, &set, &options);
        for pair in lines.windows(2) {
            if pair[0].forced {
                continue;
            }
            let shown = |line: &Line| -> Vec<char> {
                let seen = line.glyphs(&text, &options).filter(|g| g.kind != GlyphKind::Blank && g.cells > 0);
                seen.filter_map(|g| g.text.chars().next()).collect()
            };
            let (above, below) = (shown(&pair[0]), shown(&pair[1]));
            let (Some(end), Some(start)) = (above.last(), below.first()) else { continue };
            // Between two characters that are not CJK the rules are UAX #14's.
            if !is_cjk(*end) && !is_cjk(*start) {
                continue;
            }
            let context = format!("{:?} | {:?}", &text[pair[0].span.clone()], &text[pair[1].span.clone()]);
            prop_assert!(!STARTS_NO_LINE.contains(*start), "begins: {context}");
            prop_assert!(!ENDS_NO_LINE.contains(*end), "ends: {context}");
            if options.kinsoku >= Kinsoku::Gb {
                prop_assert!(!matches!(end, '／' | '/'), "ends: {context}");
            }
            let single = *start == '—' && below.get(1) != Some(&'—');
            prop_assert!(!single || pair[1].forced, "begins with a single dash: {context}");
            if options.kinsoku == Kinsoku::Strict {
                prop_assert!(!matches!(start, '—' | '…'), "begins at strict: {context}");
            }
        }
    }

    #[test]
    fn no_line_begins_with_a_visible_blank(text in block(), set in settings(), options in options()) {
        for line in all_lines(&text, &set, &options).iter().skip(1) {
            let mut glyphs = line.glyphs(&text, &options).filter(|g| g.cells > 0);
            prop_assert!(glyphs.next().is_none_or(|g| g.kind != GlyphKind::Blank));
        }
    }

    #[test]
    fn bytes_to_cells_and_back(text in block(), set in settings(), options in options()) {
        for line in all_lines(&text, &set, &options) {
            for glyph in line.glyphs(&text, &options).filter(|g| g.cells > 0) {
                let column = line.cell_of(&text, &options, glyph.span.start);
                prop_assert_eq!(column, glyph.column);
                prop_assert_eq!(line.cell_of(&text, &options, glyph.span.end - 1), glyph.column);
                for cell in column..column + glyph.cells {
                    prop_assert_eq!(line.offset_at(&text, &options, cell), glyph.span.start);
                }
            }
        }
    }

    #[test]
    fn justified_lines_are_even(text in "[一-鿿，。a-z ]{0,80}", measure in 8u16..60) {
        let options = Options { justify: true, ..Options::default() };
        let set = Setting { measure, ..Setting::default() };
        let lines = all_lines(&text, &set, &options);
        let plain = all_lines(&text, &set, &Options { justify: false, ..options });
        for (i, (line, ragged)) in lines.iter().zip(&plain).enumerate() {
            prop_assert_eq!(&line.span, &ragged.span);
            let width = line.width(&text, &options);
            let most = measure + if line.hung { HANG_RESERVE } else { 0 };
            if i + 1 == lines.len() {
                prop_assert_eq!(width, ragged.width(&text, &options));
            } else if width != most {
                // Only a line that has no place to grow may stay short.
                prop_assert_eq!(width, ragged.width(&text, &options));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn stretches_partition_a_long_block(unit in block(), long in "(\u{301}|👍\u{200D}|。|”|ab|中){1}", times in 1usize..60_000, offset in any::<prop::sample::Index>()) {
        let mut text = String::new();
        while text.len() < 3 * STRETCH_BYTES {
            text += &unit;
            text.push('中');
        }
        text += &long.repeat(times);
        while text.len() < 10 * STRETCH_BYTES {
            text.push_str(&unit);
            text.push('文');
        }
        let mut at = 0;
        let mut starts = Vec::new();
        while at < text.len() {
            let stretch = stretch_at(&text, at);
            prop_assert_eq!(stretch.start, at);
            prop_assert!(stretch.end > at);
            prop_assert_eq!(stretch_at(&text, stretch.end - 1), stretch.clone());
            prop_assert_eq!(kanbao::text::floor_boundary(&text, at), at);
            starts.push(at);
            at = stretch.end;
        }
        prop_assert_eq!(at, text.len());
        let offset = offset.index(text.len() + 1);
        let found = stretch_at(&text, offset);
        prop_assert!(starts.contains(&found.start));
        prop_assert!(found.contains(&offset) || (offset == text.len() && found.end == offset));
    }
}

#[test]
fn alignment_uses_the_whole_measure() {
    let options = Options::default();
    for align in [Align::Start, Align::Centre, Align::End] {
        let set = Setting {
            measure: 11,
            align,
            ..Setting::default()
        };
        let text = "标题在中";
        let line = &all_lines(text, &set, &options)[0];
        let want = match align {
            Align::Start => 0,
            Align::Centre => 1,
            Align::End => 3,
        };
        assert_eq!(line.indent, want);
    }
}
