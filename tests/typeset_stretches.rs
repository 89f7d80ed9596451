//! A paragraph of 20 MB: its rows are the same however one got there, and what it costs to get there is a stretch.

use kanbao::typeset::{Line, Options, STRETCH_BYTES, Setting, lines, stretch_at};

/// Sentences of many lengths, none a divisor of a stretch.
fn paragraph(bytes: usize) -> String {
    let words = [
        "乌镇",
        "峰会",
        "在2023年11月",
        "举行",
        "，",
        "IPv6",
        "与",
        "5G",
        "——",
        "“网络”",
        "；",
        "嘉宾李·某",
        "说",
    ];
    let mut text = String::with_capacity(bytes + 100);
    let mut seed = 7usize;
    while text.len() < bytes {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text += words[(seed >> 33) % words.len()];
        if (seed >> 40).is_multiple_of(23) {
            text += "。";
        }
    }
    text
}

fn rows_at(text: &str, offset: usize, set: &Setting) -> Vec<Line> {
    lines(text, stretch_at(text, offset), set, &Options::default())
}

#[test]
fn rows_of_a_long_paragraph_do_not_depend_on_the_way() {
    let text = paragraph(20 << 20);
    let set = Setting {
        measure: 80,
        first_indent: 4,
        ..Setting::default()
    };
    let middle = text.floor_char_boundary(text.len() / 2);
    // From the middle down ...
    let mut down = Vec::new();
    let mut at = middle;
    for _ in 0..6 {
        let rows = rows_at(&text, at, &set);
        at = rows.last().map_or(text.len(), |row| row.span.end);
        down.push(rows);
    }
    // ... and back up, each stretch found from the byte before the one below.
    for rows in down.iter().rev() {
        let found = rows_at(&text, at - 1, &set);
        assert_eq!(&found, rows);
        at = found[0].span.start;
    }
    // ... and from any byte of it.
    let want = &down[2];
    let (first, last) = (want[0].span.start, want[want.len() - 1].span.end);
    for offset in (first..last).step_by(997) {
        assert_eq!(&rows_at(&text, offset, &set), want);
    }
    assert!(last - first < 2 * STRETCH_BYTES);
    assert_eq!(rows_at(&text, 0, &set)[0].indent, 4);
    assert_eq!(want[0].indent, 0);
    assert_eq!(stretch_at(&text, text.len()).end, text.len());
}

#[test]
fn stretches_begin_behind_sentences_where_they_can() {
    let text = "他说：“今天下雨。”明天也许晴吧".repeat(6_000);
    let mut at = stretch_at(&text, 0).end;
    while at < text.len() {
        assert!(text[..at].ends_with("。”"), "at {at}");
        at = stretch_at(&text, at).end;
    }
    // No sentence end anywhere: the grapheme boundary at or behind the checkpoint.
    let text = "今".repeat(60_000);
    assert_eq!(stretch_at(&text, 0), 0..STRETCH_BYTES.next_multiple_of(3));
}

#[test]
fn hostile_text_takes_no_more_than_its_length() {
    let set = Setting {
        measure: 40,
        ..Setting::default()
    };
    let mark = |mark: &str, bytes: usize| mark.repeat(bytes / mark.len());
    for (name, text, fewest) in [
        (
            "combining marks",
            format!("e{}", mark("\u{301}", 2 << 20)),
            1,
        ),
        ("closing brackets", mark("）", 1 << 20), 1 << 14),
        ("opening brackets", mark("（", 1 << 20), 1 << 14),
        ("spaces", mark(" ", 1 << 20), 1),
        ("zero-width spaces", mark("中\u{200B}", 1 << 20), 1 << 12),
        ("flags", mark("\u{1F1E8}\u{1F1F3}", 1 << 20), 1 << 12),
        ("joined emoji", mark("👍\u{200D}", 1 << 20), 1),
        ("jamo", mark("ᄀ", 1 << 20), 1),
        ("digits", mark("1", 1 << 20), 1 << 14),
        ("number lists", mark("1,年", 1 << 20), 1 << 12),
        ("quotes", mark("“ ", 1 << 20), 1 << 12),
        ("brackets and spaces", mark("( ", 1 << 20), 1 << 12),
        ("addresses", mark("a@b://www.", 1 << 20), 1 << 14),
    ] {
        let (mut at, mut count) = (0, 0);
        while at < text.len() {
            let stretch = stretch_at(&text, at);
            let rows = lines(&text, stretch.clone(), &set, &Options::default());
            assert_eq!(
                rows.first().map(|row| row.span.start),
                Some(stretch.start),
                "{name}"
            );
            at = rows.last().map_or(text.len(), |row| row.span.end);
            assert_eq!(at, stretch.end, "{name}");
            count += rows.len();
        }
        assert!(count >= fewest, "{name}: {count} rows");
    }
}
